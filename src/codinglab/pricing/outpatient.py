"""What Medicare pays a hospital for a grouped outpatient claim (OPPS), line by line.

Source: 42 CFR 419.32, 419.43 and 419.44; Medicare Claims Processing Manual ch. 4. The amount is
the whole payment, of which the patient owes a share (`outpatient_share`). Each line is rounded to
cents once, since a claim is paid by line. Not handled: the adjustments of rural sole community,
cancer and children's hospitals, off-campus departments, device credits, and the reduction for
missing quality data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from codinglab.grouping.apc import Outpatient
from codinglab.grouping.apc_line import GroupedLine
from codinglab.grouping.apc_tables import Apc, Tables
from codinglab.pricing.inpatient_rates import hospital
from codinglab.pricing.outpatient_outlier import Charged, LinePayment, outliers
from codinglab.pricing.price import Price, Step, cents

_ZERO = Decimal(0)
_UNJUDGED = Step(
    "outlier", "not judged: charges and threshold are not given", _ZERO, "42 CFR 419.43(d)"
)


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A grouped line with its `payment` in dollars and cents, 0 where this system pays nothing."""

    grouped: GroupedLine
    payment: Decimal
    step: Step


def pay_lines(claim: Outpatient, wage_index: Decimal) -> tuple[PaidLine, ...]:
    """Return what each line of `claim` is paid where wages have that `wage_index`.

    Raises ValueError for a wage index that is not above 0.
    """
    if wage_index <= 0:
        raise ValueError(f"a wage index of {wage_index} is not above 0; give the hospital's own")
    return tuple(_pay(one, claim.tables, wage_index) for one in claim.lines)


def _pay(one: GroupedLine, tables: Tables, wage_index: Decimal) -> PaidLine:
    if one.outcome != "paid" or one.apc is None:
        return PaidLine(one, _ZERO, _unpaid(one))
    rate, how = _adjusted(one, one.apc, tables, wage_index)
    payment = cents(rate * one.times)
    what = f"{one.line.place}: {one.line.code}, APC {one.apc.apc}"
    return PaidLine(one, payment, Step(what, f"{how} x {one.multiple}", payment, one.apc.source))


def _unpaid(one: GroupedLine) -> Step:
    """Return the step that says why a line adds nothing to this payment."""
    said = {
        "packaged": f"packaged into {one.into}" if one.into else "packaged, with nothing to pay it",
        "other schedule": "paid by another schedule, not in this sum",
        "cost": "paid at cost, not in this sum",
    }.get(one.outcome, one.outcome)
    return Step(f"{one.line.place}: {one.line.code}", said, _ZERO, one.service.source)


def _adjusted(
    one: GroupedLine, apc: Apc, tables: Tables, wage_index: Decimal
) -> tuple[Decimal, str]:
    """Return the rate where the hospital is, and its arithmetic; drugs are the same everywhere."""
    if not tables.status(one.status).wages:
        return apc.rate, f"{apc.rate:f}"
    labour = tables.figure("labour_share").value
    rest = 1 - labour
    how = f"{apc.rate:f} x ({labour} x {wage_index} + {rest})"
    return apc.rate * (labour * wage_index + rest), how


def price(claim: Outpatient, wage_index: Decimal, charged: Charged | None = None) -> Price:
    """Return what the whole `claim` is paid, before the patient's share, with its arithmetic.

    `wage_index` is that of the hospital. Without `charged` outliers are not judged, and the price
    says so. Raises ValueError for a wage index that is not above 0.
    """
    paid = pay_lines(claim, wage_index)
    beyond = (
        outliers([LinePayment(one.grouped, one.payment) for one in paid], claim.tables, charged)
        if charged
        else (_UNJUDGED,)
    )
    steps = (*(one.step for one in paid), *beyond)
    return Price(cents(sum((step.amount for step in steps), _ZERO)), steps)


def wage_index_of(name: str, day: date, folder: Path | None = None) -> Decimal:
    """Return the wage index of the lab's made-up hospital `name` for a service on `day`.

    The outpatient system takes the index of the fiscal year for the calendar year in which that
    fiscal year ends. Raises NotInTable or NotInForce.
    """
    return hospital(name, date(day.year, 1, 1), folder).wage_index
