"""Outlier payments of an outpatient claim: services that cost far more than they are paid.

Source: 42 CFR 419.43(d); Medicare Claims Processing Manual ch. 4 s. 10.7.1. The fixed-dollar
threshold changes each year and must be given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from codinglab.grouping.apc_line import GroupedLine
from codinglab.grouping.apc_tables import Tables
from codinglab.pricing.price import Step, cents

_WHOLE_CLAIM = frozenset({"J1", "J2"})
_COMPOSITE = "Q3"
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Charged:
    """What outliers are judged by.

    `charges` are dollars by the place of the line ("line 2"), for every line of the claim;
    `cost_to_charge` is the hospital's outpatient ratio; `threshold` the fixed dollars of the year.
    """

    charges: Mapping[str, Decimal]
    cost_to_charge: Decimal
    threshold: Decimal


@dataclass(frozen=True, slots=True)
class LinePayment:
    """A grouped line and its payment in dollars."""

    grouped: GroupedLine
    payment: Decimal


def outliers(lines: Sequence[LinePayment], tables: Tables, charged: Charged) -> tuple[Step, ...]:
    """Return the outlier step of each service that is paid by an APC and moved by wages.

    The charges of packaged lines go to the comprehensive service or the composite that took them
    in, else to all paid services in proportion to their payments. Raises ValueError, naming the
    line, where charges are missing.
    """
    _complete(lines, charged)
    paid = [
        one
        for one in lines
        if one.grouped.outcome == "paid" and tables.status(one.grouped.status).wages
    ]
    spread = _spread(lines, paid, charged)
    return tuple(_judged(one, spread, tables, charged) for one in paid)


def _complete(lines: Sequence[LinePayment], charged: Charged) -> None:
    missing = [one.grouped.line.place for one in lines]
    missing = [place for place in missing if place not in charged.charges]
    if missing:
        raise ValueError(f"no charges for {', '.join(missing)}; give them to judge outliers")


def _spread(
    lines: Sequence[LinePayment], paid: Sequence[LinePayment], charged: Charged
) -> dict[str, Decimal]:
    """Return the charges of each paid line with those of the lines that it took in."""
    found = {one.grouped.line.place: charged.charges[one.grouped.line.place] for one in paid}
    whole = [one.grouped.line.place for one in paid if one.grouped.status in _WHOLE_CLAIM]
    total = sum((one.payment for one in paid), _ZERO)
    loose = _ZERO
    for one in (one.grouped for one in lines if one.grouped.outcome == "packaged"):
        own = charged.charges[one.line.place]
        if whole or (one.published == _COMPOSITE and one.into in found):
            found[whole[0] if whole else one.into] += own
        else:
            loose += own
    if not total:
        return found
    return {
        one.grouped.line.place: found[one.grouped.line.place] + loose * one.payment / total
        for one in paid
    }


def _judged(one: LinePayment, spread: dict[str, Decimal], tables: Tables, charged: Charged) -> Step:
    """Return the outlier step of one service: part of its cost above a multiple of its payment."""
    multiple, share = tables.figure("outlier_multiple"), tables.figure("outlier_share")
    place = one.grouped.line.place
    cost = spread[place] * charged.cost_to_charge
    limit = multiple.value * one.payment
    fixed = one.payment + charged.threshold
    what = f"{place}: outlier"
    told = f"cost {spread[place]:,.2f} x {charged.cost_to_charge} = {cost:,.2f}"
    if cost <= limit or cost <= fixed:
        how = f"{told} is not above both {limit:,.2f} and {fixed:,.2f}"
        return Step(what, how, _ZERO, multiple.source)
    how = f"{told}; {share.value} x ({cost:,.2f} - {multiple.value} x {one.payment:,.2f})"
    return Step(what, how, cents(share.value * (cost - limit)), share.source)
