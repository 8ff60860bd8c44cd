from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from made_claims import claim as sample

from codinglab.accounts.balances import balances
from codinglab.accounts.charge import account_of, charge
from codinglab.accounts.journal import Posting
from codinglab.accounts.store import Refused, Store

D = Decimal
DAY = date(2026, 3, 5)


def test_each_line_of_a_claim_is_a_charge_owed_by_the_first_payer() -> None:
    claim = sample("office visit")
    payer = claim.coverages[0].payer.payer_id
    with Store("sqlite://") as store:
        (account,) = charge(store, [claim], DAY)
        assert [
            (one.number, one.day, one.kind, one.source, one.postings) for one in store.entries()
        ] == [
            (
                f"charge {claim.account}.{at}",
                DAY,
                "charge",
                f"claim {claim.account}",
                (
                    Posting("insurance receivable", one.charge, claim.account, at, payer),
                    Posting("revenue", -one.charge, claim.account, at, payer),
                ),
            )
            for at, one in enumerate(claim.lines, 1)
        ]
        assert store.accounts() == {claim.account: account}
        assert account.charge == claim.total
        assert [one.kind for one in store.notes(claim.account)] == ["charged"]


def test_an_account_knows_patient_payers_and_lines() -> None:
    claim = sample("office visit")
    account = account_of(claim, DAY)
    person = claim.patient
    assert account.patient == (f"{person.name.last}, {person.name.first} {person.born.isoformat()}")
    assert account.filings == tuple(one.filing for one in claim.coverages)
    assert [one.control_number for one in account.lines] == [
        one.control_number for one in claim.lines
    ]
    assert (account.payer_at(0), account.payer_at(5)) == (account.payers[0], "")


def test_a_patient_who_pays_alone_owes_the_charges() -> None:
    claim = sample("office visit")
    self_pay = replace(claim.coverages[0], filing="09")
    for number, coverages in (("A", ()), ("B", (self_pay,))):
        with Store("sqlite://") as store:
            charge(store, [replace(claim, account=number, coverages=coverages)], DAY)
            assert balances(store).total("patient receivable") == claim.total
            assert balances(store).total("insurance receivable") == D(0)


def test_charges_are_entered_once_and_all_or_none() -> None:
    claim = sample("office visit")
    other = replace(claim, account="OTHER")
    with Store("sqlite://") as store:
        charge(store, [claim], DAY)
        with pytest.raises(Refused, match=f"account {claim.account} has charges already"):
            charge(store, [other, claim], DAY)
        assert set(store.accounts()) == {claim.account}
        with pytest.raises(Refused, match="a claim without patient control number"):
            charge(store, [replace(claim, account="")], DAY)
