"""From a claim to the books: charged, decided by the lab's payers, remitted and posted."""

from datetime import date
from decimal import Decimal

import pytest
from made_adjudication import decide

from codinglab.accounts.balances import balances, replay
from codinglab.accounts.charge import charge
from codinglab.accounts.post import post
from codinglab.accounts.store import Store
from codinglab.claim.split import split
from codinglab.cli.claim_read import read_built
from codinglab.core.places import data_folder
from codinglab.payer.decision import Decision, Refusal
from codinglab.remit.from_decisions import settled
from codinglab.remit.model import RemitClaim, RemitLine
from codinglab.remit.recoup import reversal
from codinglab.remit.remitting import paid_by

ENTERED = date(2026, 4, 10)
FIRST_TIME = [
    file
    for file in sorted((data_folder("curriculum") / "claims").glob("*.yml"))
    if file.stem != "replacement"  # asks for charges that stand in the books already
]


def parts_of(file):
    built = read_built(file)
    assert built.claim is not None
    return split(built.claim).parts


def decided(claim) -> Decision | Refusal:
    found, _ = decide(claim)
    return found


@pytest.mark.parametrize("file", FIRST_TIME, ids=lambda one: one.stem)
def test_what_a_payer_decides_is_posted_to_the_cent_and_can_be_taken_back(file) -> None:
    for claim in parts_of(file):
        found = decided(claim)
        if isinstance(found, Refusal) or claim.to:
            continue  # a later payer's decision is about what the first has left
        payer = claim.coverage.payer.payer_id
        told = paid_by(payer, [found], claim.billing, "T1", paid_on=found.decided, method="ACH")
        with Store("sqlite://") as store:
            charge(store, [claim], found.received)
            before = balances(store)
            posted = post(store, told, ENTERED)
            assert posted.held == ()
            after = balances(store)
            assert after == replay(store.entries())
            assert after.total("cash") == told.total == found.paid + found.interest
            # what the patient owes stands with the next payer where there is one
            after_first = claim.coverages[1].payer.payer_id if len(claim.coverages) > 1 else None
            owed = (
                after.total("insurance receivable", payer=after_first)
                if after_first
                else after.total("patient receivable")
            )
            assert owed == found.patient_share
            # charge = paid + given up + the patient's share + what is to be worked
            given_up = after.total("contractual adjustment") + after.total("sequestration")
            worked = after.total("insurance receivable", payer=payer)
            assert claim.total == found.paid + given_up + owed + worked
            back = settled(
                [reversal(one) for one in told.claims],
                told.payer,
                told.payee,
                "T2",
                origin=told.origin,
                paid_on=ENTERED,
                method="ACH",
            )
            assert post(store, back, ENTERED).held == ()
            left = {key: one for key, one in balances(store) if key.ledger not in NOT_HERE}
            assert left == {key: one for key, one in before if key.ledger not in NOT_HERE}


NOT_HERE = {"cash", "payer recoupment", "interest income"}


def test_the_sample_claims_that_are_not_second_are_all_decided() -> None:
    first = [one for file in FIRST_TIME for one in parts_of(file) if not one.to]
    assert len(first) == 15
    assert not any(isinstance(decided(one), Refusal) for one in first)


def told_by_the_first(claim):
    """Return the first payer's remittance as the second payer's claim tells of it."""
    (prior,) = claim.prior
    by_line = {one.line: one for one in prior.lines}
    lines = tuple(
        RemitLine(one.code, one.charge, by_line[at].paid, one.units, adjustments=told)
        for at, one in enumerate(claim.lines, 1)
        if at in by_line
        for told in (by_line[at].adjustments,)
    )
    patient = claim.patient.name
    one = RemitClaim(
        *(claim.account, "1", claim.total, prior.paid, Decimal(0), "ICN", "12", patient),
        lines=lines,
        adjustments=prior.adjustments,
    )
    payer = claim.coverages[0].payer
    paid = {"origin": "1", "paid_on": prior.adjudicated, "method": "ACH"}
    return settled([one], payer, claim.billing, "P1", **paid)


@pytest.mark.parametrize(
    ("name", "stands"),
    [
        # 6400.00 and the deductible of 1736.00, which the second pays
        ("inpatient-second", {"cash": "8136.00", "contractual adjustment": "7564.25"}),
        # 105.00; of the 24.00 left Medicare pays 23.52 and keeps 2 %
        (
            "medicare-second",
            {"cash": "128.52", "contractual adjustment": "30.00", "sequestration": "0.48"},
        ),
        # 70.56; the second pays the coinsurance of 18.00
        (
            "secondary",
            {"cash": "88.56", "contractual adjustment": "60.00", "sequestration": "1.44"},
        ),
    ],
)
def test_a_second_payer_settles_what_the_first_has_left(name, stands) -> None:
    (claim,) = parts_of(data_folder("curriculum") / "claims" / f"{name}.yml")
    second = decided(claim)
    assert isinstance(second, Decision)
    payer = claim.coverage.payer.payer_id
    told = paid_by(payer, [second], claim.billing, "S1", paid_on=second.decided, method="ACH")
    with Store("sqlite://") as store:
        charge(store, [claim], second.received)
        assert post(store, told_by_the_first(claim), ENTERED).held == ()
        assert post(store, told, ENTERED).held == ()
        found = {key: one for key, one in balances(store).by_ledger().items() if one}
    assert found.pop("revenue") == -claim.total
    assert found == {ledger: Decimal(amount) for ledger, amount in stands.items()}
