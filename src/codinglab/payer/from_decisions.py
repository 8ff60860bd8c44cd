"""What a payer says of claims that it decided (276/277), and of what is left of benefits (271).

A `SimulatedPayer` answers questions out of its own table; `informed` gives it one that its
decisions have written, so that the answers before a visit and after a claim agree with the
adjudication.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from codinglab.payer.accumulators import person_of
from codinglab.payer.coordination_tables import StatusRow, status_row
from codinglab.payer.decision import Decision, Reason, Refusal
from codinglab.payer.members import Benefit, KnownClaim, Member, SimulatedPayer, Status
from codinglab.payer.state import Filed, PayerState

_COUNTED = frozenset({"C", "F", "G"})
"""Kinds of benefit of which a part may be left: deductible, limit, most of the patient."""

_DENIED, _DEDUCTIBLE = "4", "1"


@dataclass(frozen=True, slots=True)
class Payment:
    """The check or transfer that paid a claim: its number and day."""

    check: str
    day: date


def known_claims(
    state: PayerState,
    payments: Mapping[str, Payment],
    refusals: Iterable[tuple[str, Refusal]] = (),
) -> tuple[KnownClaim, ...]:
    """Return what the payer can say of every claim, by day, as `SimulatedPayer.claims` holds it.

    `payments` are those of claims that were in a payment run, by the payer's number of the claim.
    `refusals` are claims that were turned away at the door, each with the number it got there.
    A claim whose patient has no day of birth, or that has no line, is left out: nobody could ask.
    """
    found = (_known(one, payments.get(one.decision.number)) for one in _filed(state))
    refused = (_refused(number, one) for number, one in refusals)
    return tuple(one for one in (*found, *refused) if one is not None)


def _filed(state: PayerState) -> Iterator[Filed]:
    for one in state.decisions():
        filed = state.numbered(one.number)
        if filed is not None:
            yield filed


def _known(filed: Filed, payment: Payment | None) -> KnownClaim | None:
    one = filed.decision
    claim = one.claim
    if claim.patient.born is None or not claim.lines:
        return None
    statuses = [_status("received", one.received), *_decided(one, payment)]
    if filed.undone_on is not None:
        statuses.append(_status("revised", filed.undone_on))
    return KnownClaim(
        number=one.number,
        account=claim.account,
        member_id=filed.member_id,
        born=claim.patient.born,
        first=min(line.first for line in claim.lines),
        last=max(line.last or line.first for line in claim.lines),
        charge=claim.total,
        statuses=tuple(statuses),
    )


def _decided(one: Decision, payment: Payment | None) -> Iterator[Status]:
    row = _row(one)
    if one.paid <= 0:
        yield Status(one.decided, row.category, row.status, paid=one.paid)
        return
    yield _status("decided", one.decided)
    if payment is not None:
        yield replace(
            _status("passed" if one.passed_to else "paid", payment.day),
            paid=one.paid,
            check=payment.check,
            check_day=payment.day,
        )


def _row(one: Decision) -> StatusRow:
    """Return how a claim that is paid nothing is told: denied and why, or all the patient's."""
    reasons = _reasons(one)
    if one.status == _DENIED:
        largest = max(reasons, key=lambda each: each.amount, default=None)
        row = status_row(f"carc {largest.carc}", one.decided) if largest else None
        return row or _must("denied", one.decided)
    shares = {each.carc for each in reasons if each.group == "PR"}
    return _must("deductible" if shares == {_DEDUCTIBLE} else "nothing", one.decided)


def _reasons(one: Decision) -> tuple[Reason, ...]:
    return (*one.reasons, *(reason for line in one.lines for reason in line.reasons))


def _must(code: str, day: date) -> StatusRow:
    row = status_row(code, day)
    assert row is not None
    return row


def _status(code: str, day: date) -> Status:
    row = _must(code, day)
    return Status(day, row.category, row.status)


def _refused(number: str, one: Refusal) -> KnownClaim | None:
    claim = one.claim
    if claim.patient.born is None or not claim.lines:
        return None
    return KnownClaim(
        number=number,
        account=claim.account,
        member_id=claim.coverage.member_id,
        born=claim.patient.born,
        first=min(line.first for line in claim.lines),
        last=max(line.last or line.first for line in claim.lines),
        charge=claim.total,
        statuses=(Status(one.received, one.category, one.code),),
    )


def left(member: Member, person: str, state: PayerState, year: int) -> tuple[Benefit, ...]:
    """Return what is left of the plan's deductibles, limits and maxima for `person` in `year`.

    `person` is that of `accumulators.person_of`. A limit for life has no year and is left out.
    """
    return tuple(
        _remaining(one, member, person, state, year)
        for one in member.plan.benefits
        if one.kind in _COUNTED
        and one.period != "32"
        and (one.amount is not None or one.visits is not None)
    )


def _remaining(one: Benefit, member: Member, person: str, state: PayerState, year: int) -> Benefit:
    rest = state.accumulators.left(member, person, year, one)
    blank = replace(one, period="", authorization=False, message="")
    if one.amount is not None:
        return replace(blank, amount=rest)
    return replace(blank, visits=int(rest))


def informed(
    payer: SimulatedPayer,
    state: PayerState,
    year: int,
    payments: Mapping[str, Payment],
    refusals: Iterable[tuple[str, Refusal]] = (),
) -> SimulatedPayer:
    """Return the payer with what its decisions have written: claims, and what is left in `year`.

    A claim of its own table that bears the number of a decided one gives way to it.
    """
    claims = known_claims(state, payments, refusals)
    numbers = {one.number for one in claims}
    kept = tuple(one for one in payer.claims if one.number not in numbers)
    members = tuple(_informed(one, state, year) for one in payer.members)
    return replace(payer, members=members, claims=(*kept, *claims))


def _informed(member: Member, state: PayerState, year: int) -> Member:
    dependents = tuple(
        replace(one, left=left(member, person_of(one.person), state, year))
        for one in member.dependents
    )
    mine = left(member, person_of(member.person), state, year)
    return replace(member, left=mine, dependents=dependents)
