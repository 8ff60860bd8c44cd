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
NEXT = date(2026, 4, 2)


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


def test_a_corrected_claim_withdraws_the_line_that_changed_and_adds_the_new_one() -> None:
    claim = sample("office visit")  # 99214 210.00, 83036 28.50, 36415 9.00
    payer = claim.coverages[0].payer.payer_id
    better = replace(claim.lines[0], code="99213", charge=D("150.00"))
    again = replace(claim, frequency="7", lines=(better, *claim.lines[1:]))
    with Store("sqlite://") as store:
        charge(store, [claim], DAY)
        (account,) = charge(store, [again], NEXT)
        assert [(one.line, one.code, one.withdrawn) for one in account.lines] == [
            (1, "99214", True),
            (2, "83036", False),
            (3, "36415", False),
            (4, "99213", False),
        ]
        assert account.charge == D("187.50")  # 247.50 - 210.00 + 150.00
        assert store.accounts() == {claim.account: account}
        assert [
            (one.number, one.kind, one.source, one.postings[0])
            for one in store.entries()
            if one.day == NEXT
        ] == [
            (
                f"{what} {claim.account}.{line}",
                "correction",
                f"claim {claim.account}, frequency 7",
                Posting("insurance receivable", D(amount), claim.account, line, payer),
            )
            for what, line, amount in (("withdrawn", 1, "-210.00"), ("charge", 4, "150.00"))
        ]
        assert balances(store).total("insurance receivable") == D("187.50")
        assert store.notes()[-1].text == "charges of 247.50 dollars become 187.50"


def test_a_voided_claim_leaves_no_charge_and_may_be_replaced_again() -> None:
    claim = sample("office visit")
    with Store("sqlite://") as store:
        (account,) = charge(store, [claim, replace(claim, frequency="8")], DAY)
        assert (account.charge, account.charged) == (0, ())
        assert balances(store).total("revenue") == 0
        (account,) = charge(store, [replace(claim, frequency="7")], NEXT)
        assert [one.line for one in account.charged] == [4, 5, 6]
        assert balances(store).total("insurance receivable") == claim.total


def test_lines_that_stand_twice_are_each_kept_once() -> None:
    claim = sample("office visit")
    twice = replace(claim, lines=(claim.lines[1], claim.lines[1]))
    once = replace(claim, frequency="7", lines=(claim.lines[1],))
    with Store("sqlite://") as store:
        (account,) = charge(store, [twice, once], DAY)
        assert [one.withdrawn for one in account.lines] == [False, True]
        assert balances(store).total("revenue") == D("-28.50")


def test_a_corrected_claim_without_charges_before_it_is_refused_and_nothing_is_written() -> None:
    claim = sample("office visit")
    again = replace(claim, account="OTHER", frequency="7")
    with Store("sqlite://") as store:
        with pytest.raises(Refused, match="account OTHER has no charges that a claim of frequency"):
            charge(store, [claim, again], DAY)
        assert not list(store.entries())
