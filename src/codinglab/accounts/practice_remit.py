"""Payers pay on their weekday: the 835 is posted, and denials and patients' shares go to work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from codinglab.accounts.denial import REVERSAL, Denial, denials_of
from codinglab.accounts.denial_cause import cause_of
from codinglab.accounts.kpi_history import Decided
from codinglab.accounts.post import Posted, post
from codinglab.accounts.practice_case import Case
from codinglab.accounts.practice_patient import bill
from codinglab.accounts.practice_work import answered, to_work
from codinglab.accounts.practice_year import Year
from codinglab.claim.adjudicated import Adjustment
from codinglab.codes.code_set import NotACode
from codinglab.codes.release import NotInTable
from codinglab.payer.decision import Decision
from codinglab.payer.price_claim import expected
from codinglab.remit.model import RemitClaim, Remittance
from codinglab.remit.recoup import carried_forward
from codinglab.remit.remitting import paid_by

_ZERO = Decimal(0)


def pay(year: Year, payer: str, decisions: Sequence[Decision], day: date) -> None:
    """Let the payer pay for `decisions` on `day`, and have its 835 posted."""
    before = year.remitted.get(payer)
    made = paid_by(
        payer,
        decisions,
        year.office.billing,
        f"{payer}{day:%y%m%d}",
        paid_on=day,
        method="ACH",
        adjustments=carried_forward(before) if before else (),
    )
    year.remitted[payer] = made
    on = day + timedelta(days=year.office.practice.remits.posted_after)
    year.plan(on, lambda: _posted(year, made, on))


def _posted(year: Year, told: Remittance, day: date) -> None:
    done = post(year.store, told, day)
    denied: dict[str, list[Denial]] = {}
    for one in denials(told):
        denied.setdefault(one.account, []).append(one)
    for claim in told.claims:
        case = year.cases[claim.account]
        if claim.status == REVERSAL:
            _take_back(year, case, claim, told.paid_on)
            continue
        mine = denied.get(claim.account, [])
        _tell(year, case, claim, mine, told.paid_on)
        answered(year, case, claim, mine, told.paid_on)
        if mine:
            to_work(year, case, mine, day)
    bill(year, shares(done), day)


def denials(told: Remittance) -> Iterator[Denial]:
    """Yield the denials of a remittance that are refusals.

    What a payer withholds is on the work list too where it stays owed; no figure counts it as
    denied.
    """
    for one in denials_of(told):
        try:
            why = cause_of(one.carc, one.remarks, told.made)
        except (NotInTable, NotACode):
            yield one
            continue
        if why.worked:
            yield one


def _share(adjustments: Iterable[Adjustment]) -> Decimal:
    return sum((one.amount for one in adjustments if one.group == "PR"), _ZERO)


def shares(done: Posted) -> dict[str, Decimal]:
    """Return by how much each account's patient owes more (or less) after a posting."""
    found: dict[str, Decimal] = {}
    for entry in done.entries:
        for side in entry.postings:
            if side.ledger == "patient receivable":
                found[side.account] = found.get(side.account, _ZERO) + side.amount
    return found


def _take_back(year: Year, case: Case, claim: RemitClaim, day: date) -> None:
    attempt = case.numbers.get(claim.number)
    for at in case.told.pop(attempt, ()) if attempt else ():
        year.decided[at] = replace(year.decided[at], taken_back=day)


def _tell(year: Year, case: Case, claim: RemitClaim, denied: Sequence[Denial], day: date) -> None:
    """Write the decided lines down."""
    worth = _expected(year, case)
    attempt = case.numbers.get(claim.number, case.attempt)
    for at, line in enumerate(claim.lines, 1):
        mine = [one for one in denied if one.line in {at, None}]
        share = _share(line.adjustments)
        case.told.setdefault(attempt, []).append(len(year.decided))
        year.decided.append(
            Decided(
                case.account,
                attempt,
                at,
                case.patient.payer,
                line.code,
                "-".join(line.modifiers),
                line.charge,
                line.paid,
                _ZERO if mine else share,
                day,
                line.allowed,
                worth.get(at, line.allowed),
                sum((one.amount for one in mine), _ZERO),
                mine[0].carc if mine else "",
                mine[0].cause.code if mine else "",
            )
        )


def _expected(year: Year, case: Case) -> dict[int, Decimal | None]:
    """Return what the practice's copy of the contract allows, where the payer has another one."""
    payer = case.patient.payer
    if payer not in year.checked or case.last is None:
        return {}
    found = expected(case.last.claim, year.office.contracts[payer], case.patient.member.plan.name)
    return {one.line: one.amount if one.price else None for one in found.lines}
