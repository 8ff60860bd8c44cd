"""Conditional payments of Medicare, and what is repaid of them after a settlement.

Source: 42 CFR 411.21, 411.45, 411.50 to 411.53 (when), 411.24(h) and 411.37 (repaying).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from codinglab.payer.coordination_tables import days_on
from codinglab.pricing.price import Price, Step, cents

Insurer = Literal["workers' compensation", "no-fault", "liability"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim made to an accident insurer: when, when the care ended, and what came of it.

    `filed` is the day on which the insurer got the claim, None where none was filed. `denied` is
    the day of a denial. `service_ended` is the last day of service, or of the stay.
    """

    insurer: Insurer
    service_ended: date
    filed: date | None = None
    denied: date | None = None
    paid: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether Medicare may pay now on condition of being repaid, why, and from which day if not."""

    may_pay: bool
    why: str
    source: str
    from_day: date | None = None


def conditional(asked: Asked, day: date) -> Condition:
    """Say whether Medicare may pay conditionally on `day` for care that an accident insurer owes.

    The prompt period of 120 days runs from the day on which a no-fault or work-injury insurer got
    the claim; of a liability insurer, from the earlier of that day and the end of the care
    (411.50(b)). A denial lets Medicare pay at once.
    """
    source = {
        "workers' compensation": "42 CFR 411.21, 411.45",
        "no-fault": "42 CFR 411.50(b), 411.53",
        "liability": "42 CFR 411.50(b), 411.52",
    }[asked.insurer]
    name = f"the {asked.insurer} insurer"
    if asked.paid:
        return Condition(False, f"{name} has paid; Medicare pays only what 411.33 leaves", source)
    if asked.denied is not None and asked.denied <= day:
        return Condition(True, f"{name} denied on {asked.denied}", source)
    starts = _starts(asked)
    if starts is None:
        return Condition(False, f"no claim was filed with {name}; file it first", source)
    period = days_on("prompt_days", day).number
    first = starts + timedelta(days=period + 1)
    if day < first:
        why = f"{name} still has time: {period} days from {starts}, so until {first}"
        return Condition(False, f"{why} (not included)", source, first)
    return Condition(True, f"{name} has not paid within {period} days of {starts}", source, first)


def _starts(asked: Asked) -> date | None:
    if asked.insurer == "liability":
        return min(asked.filed or asked.service_ended, asked.service_ended)
    return asked.filed


def repay_by(day: date) -> date:
    """Return the last day to repay Medicare where the first payer paid on `day`: 411.24(h)."""
    return day + timedelta(days=days_on("refund_days", day).number)


def repaid(conditional_payment: Decimal, settlement: Decimal, procurement: Decimal) -> Price:
    """Return what Medicare recovers of its conditional payment after a settlement: 411.37.

    `procurement` is what it cost to get the `settlement` (attorney and other costs), in dollars.
    Where Medicare paid less than the settlement it bears its share of that cost (c); else it takes
    the settlement less the whole cost (d), and nothing where the cost took all of it. Raises
    ValueError for a settlement of nothing, and for a payment or cost below nothing.
    """
    if min(conditional_payment, procurement) < 0:
        msg = f"paid {conditional_payment}, cost {procurement}: give neither below 0"
        raise ValueError(msg)
    if settlement <= 0:
        msg = f"a settlement of {settlement} recovers nothing; give what was paid"
        raise ValueError(msg)
    if conditional_payment >= settlement:
        amount = max(settlement - procurement, Decimal(0))
        how = f"{settlement:.2f} - {procurement:.2f}"
        step = Step("settlement less its cost", how, amount, "42 CFR 411.37(d)")
        return Price(cents(amount), (step,))
    part = min(cents(conditional_payment * procurement / settlement), conditional_payment)
    amount = conditional_payment - part
    source = "42 CFR 411.37(c)"
    steps = (
        Step(
            "Medicare's share of the cost",
            f"{conditional_payment:.2f} x {procurement:.2f} / {settlement:.2f}",
            part,
            source,
        ),
        Step("Medicare recovers", f"{conditional_payment:.2f} - {part:.2f}", amount, source),
    )
    return Price(amount, steps)
