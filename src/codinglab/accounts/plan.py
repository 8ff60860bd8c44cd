"""A payment plan: its instalments to the cent, and whether it is kept.

The site's own terms are in curriculum/accounts/patient/plans.yml. A plan moves nothing in the
journal: the money stays the patient's, and each instalment is entered as a patient payment.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Literal

from codinglab.accounts.journal import Entry
from codinglab.accounts.patient_policy import Plans, rules_on
from codinglab.accounts.patient_rules import rule
from codinglab.accounts.visit_flows import flows

State = Literal["kept", "late", "missed", "default", "paid"]
_CENT = Decimal("0.01")
_LAST_DAY, _MONTHS = 31, 12


class PlanRefused(ValueError):
    """The plan may not be agreed so; the message says why and what may be."""


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment of a plan: its number from 1, the day it is due, and dollars."""

    number: int
    due: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan for `account`, agreed on a day: `amount` and `finance_charge` in dollars."""

    account: str
    agreed: date
    amount: Decimal
    instalments: tuple[Instalment, ...]
    finance_charge: Decimal

    @property
    def total(self) -> Decimal:
        """Return what the instalments add up to, in dollars."""
        return self.amount + self.finance_charge


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """How a plan stands at the end of a day.

    `missed` counts instalments that are unpaid after their days of grace, `next` is the first one
    not yet paid. `left` is what is still to be paid, in dollars; in default all of it is due at
    once, since `defaulted`.
    """

    state: State
    paid: Decimal
    left: Decimal
    missed: int
    next: Instalment | None
    defaulted: date | None
    why: str


def agree(  # noqa: PLR0913  what two sides agree upon
    account: str,
    agreed: date,
    amount: Decimal,
    count: int,
    due_day: int,
    *,
    finance_charge: Decimal | None = None,
) -> Plan:
    """Return a plan of `count` monthly instalments; the last one takes the odd cents.

    The first is due on the first `due_day` after the day on which it was `agreed`; a month that is
    too short has its last day instead. `finance_charge` is in dollars, that of the policy where
    none is told. Raises PlanRefused beyond the policy, NotInForce before the first policy.
    """
    terms = rules_on("plans", Plans, agreed)
    charge = terms.finance_charge if finance_charge is None else finance_charge
    _whole_cents(amount, charge)
    if amount <= 0 or charge < 0 or not 1 <= due_day <= _LAST_DAY:
        raise PlanRefused(
            f"account {account}: {amount} dollars with a charge of {charge}, due on day {due_day}: "
            f"name an amount above 0, a charge of at least 0, and a day from 1 to {_LAST_DAY}"
        )
    if not 1 <= count <= terms.most_instalments:
        raise PlanRefused(f"{count} instalments: the policy allows 1 to {terms.most_instalments}")
    total = amount + charge
    each = (total / count).quantize(_CENT, rounding=ROUND_DOWN)
    if count > 1 and each < terms.least_instalment:
        most = max(1, int(total // terms.least_instalment))
        raise PlanRefused(
            f"{count} instalments of {each}: the policy asks for {terms.least_instalment} at "
            f"least; agree on {most} or fewer"
        )
    amounts = [each] * (count - 1) + [total - each * (count - 1)]
    dues = _dues(agreed, due_day, count)
    made = (Instalment(at, *one) for at, one in enumerate(zip(dues, amounts, strict=True), 1))
    return Plan(account, agreed, amount, tuple(made), charge)


def _whole_cents(*amounts: Decimal) -> None:
    for one in amounts:
        if one != one.quantize(_CENT):
            raise PlanRefused(f"{one} is no whole number of cents; round it first")


def _dues(agreed: date, due_day: int, count: int) -> list[date]:
    first = _in_month(agreed.year, agreed.month, due_day)
    skip = 0 if first > agreed else 1
    months = (agreed.month - 1 + skip + at for at in range(count))
    return [
        _in_month(agreed.year + month // _MONTHS, month % _MONTHS + 1, due_day) for month in months
    ]


def _in_month(year: int, month: int, due_day: int) -> date:
    return date(year, month, min(due_day, calendar.monthrange(year, month)[1]))


def lending_note(plan: Plan) -> str:
    """Return what Regulation Z says of the plan, blank where it has no part in it.

    Source: 12 CFR 1026.2(a)(17)(i) and (v).
    """
    most = rule("lending_instalments", plan.agreed)
    times = rule("lending_times", plan.agreed)
    many = len(plan.instalments) > most.value
    if not many and not plan.finance_charge:
        return ""
    why = f"is payable in more than {most.value} instalments" if many else "has a finance charge"
    return (
        f"Truth in Lending: this agreement {why}. Whoever extends such credit more than "
        f"{times.value} times a year is a creditor, and gives the disclosures of Regulation Z "
        f"before the patient signs ({most.source}, {times.source})."
    )


def payments(entries: Iterable[Entry], plan: Plan, day: date) -> tuple[tuple[date, Decimal], ...]:
    """Return what the patient paid on the plan's account after the day it was agreed, by `day`.

    What was undone comes back with its sign turned, unless it was paid before the agreement: that
    is a debt beside the plan.
    """
    every = tuple(entries)
    before: set[str] = set()
    for one in every:
        if one.undoes in before or (not one.undoes and one.day <= plan.agreed):
            before.add(one.number)
    return tuple(
        (one.day, one.amount)
        for entry in every
        if plan.agreed < entry.day <= day and entry.number not in before
        for one in flows((entry,), plan.account)
        if one.what == "patient paid"
    )


def standing(plan: Plan, paid: Sequence[tuple[date, Decimal]], day: date) -> PlanStanding:
    """Return how the plan stands at the end of `day`; `paid` are days and dollars.

    An instalment is missed when it is not paid in full by the last day of grace; what is paid
    settles the oldest instalment first. A payment that comes back is missing from that day on. A
    plan once in default stays so.
    """
    terms = rules_on("plans", Plans, plan.agreed)
    grace = timedelta(terms.grace_days)
    total = _paid_by(paid, day)
    left = max(plan.total - total, Decimal(0))
    defaulted = _defaulted(plan, paid, day, terms)
    missed = _missed(plan, paid, day, grace)
    ahead = next((one for one, due in _cumulated(plan) if due > total), None)
    if not left:
        state: State = "paid"
        why = f"all {plan.total} are paid"
    elif defaulted:
        state = "default"
        why = (
            f"{terms.default_after_missed} instalments were unpaid after {terms.grace_days} days "
            f"of grace: since {defaulted} the whole rest is due at once"
        )
    elif missed:
        state, why = (
            "missed",
            f"{missed} instalment is unpaid after {terms.grace_days} days of grace",
        )
    elif ahead and ahead.due < day:
        state = "late"
        why = f"instalment {ahead.number} was due on {ahead.due}; grace until {ahead.due + grace}"
    else:
        assert ahead is not None
        state, why = "kept", f"instalment {ahead.number} is due on {ahead.due}"
    return PlanStanding(state, total, left, missed, ahead if left else None, defaulted, why)


def _cumulated(plan: Plan) -> list[tuple[Instalment, Decimal]]:
    found, total = [], Decimal(0)
    for one in plan.instalments:
        total += one.amount
        found.append((one, total))
    return found


def _paid_by(paid: Iterable[tuple[date, Decimal]], day: date) -> Decimal:
    return sum((amount for when, amount in paid if when <= day), Decimal(0))


def _missed(plan: Plan, paid: Sequence[tuple[date, Decimal]], day: date, grace: timedelta) -> int:
    """Return how many instalments are past their grace and unpaid at the end of `day`."""
    total = _paid_by(paid, day)
    return sum(due > total for one, due in _cumulated(plan) if one.due + grace < day)


def _defaulted(
    plan: Plan, paid: Sequence[tuple[date, Decimal]], day: date, terms: Plans
) -> date | None:
    """Return the first day on which as many instalments as the policy says were missed at once.

    That is the day after a grace, or one on which a payment came back.
    """
    grace = timedelta(terms.grace_days)
    after = {one.due + grace + timedelta(1) for one in plan.instalments}
    back = {when for when, amount in paid if amount < 0}
    return next(
        (
            one
            for one in sorted(after | back)
            if one <= day and _missed(plan, paid, one, grace) >= terms.default_after_missed
        ),
        None,
    )
