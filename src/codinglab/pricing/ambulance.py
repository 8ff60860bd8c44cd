"""Ambulance trips: a base rate by the level of service, adjusted for the place, and miles.

Source: 42 CFR 414.610. Not handled: several patients on one trip, and the temporary add-ons that
Congress renews from time to time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_UP, Decimal
from pathlib import Path

from codinglab.codes.importers.fees import AmbulanceFeeRow
from codinglab.codes.importers.physician import PriceIndexRow
from codinglab.pricing.price import Price, Step, cents
from codinglab.pricing.schedules import Fees, rule_on

_ZERO, _TENTH, _WHOLE = Decimal(0), Decimal("0.1"), Decimal(1)


@dataclass(frozen=True, slots=True)
class Trip:
    """A trip: the codes of its `level` and of its `mile`, `miles` with the patient aboard.

    `miles` are as measured; they are billed rounded up. `rural` says whether the patient was
    picked up in a rural place.
    """

    level: str
    mile: str
    miles: Decimal
    rural: bool

    def __post_init__(self) -> None:
        """Refuse a distance that cannot be; raises ValueError."""
        if self.miles < 0:
            raise ValueError(f"a trip of {self.miles} miles; state the loaded miles")


def price_trip(trip: Trip, fees: Fees, index: PriceIndexRow, folder: Path | None = None) -> Price:
    """Return what Medicare allows for `trip`, rounded once.

    `index` holds the physician schedule's indices of the place of pickup, of which practice
    expense counts. Raises NotInTable for a code that the schedule lacks, and ValueError where a
    level and a mile do not go together.
    """
    level, mile = fees.row(trip.level, AmbulanceFeeRow), fees.row(trip.mile, AmbulanceFeeRow)
    trip = replace(trip, miles=billed_miles(trip.miles, fees.day, folder))
    if mile.kind != f"{level.kind} mile":
        raise ValueError(f"{trip.level} is {level.kind} and {trip.mile} is {mile.kind}; pair them")
    base = _base(level, fees, index, folder)
    miles = _miles(trip, mile, fees, folder)
    amount = base.amount + sum((one.amount for one in miles), _ZERO)
    steps = [base, *miles]
    if level.kind == "air" and trip.rural:
        rule = rule_on("ambulance_rural_air", fees.day, folder)
        how = f"{amount:,.4f} x {rule.value}"
        amount *= rule.value
        steps.append(Step("pickup in a rural place", how, amount, rule.source))
    return Price(cents(amount), tuple(steps))


def billed_miles(miles: Decimal, day: date, folder: Path | None = None) -> Decimal:
    """Return loaded `miles` as they are billed: up to a tenth, of long trips to a whole mile.

    Source: Medicare Claims Processing Manual, chapter 15, section 30.1.2.
    """
    tenths = miles < rule_on("ambulance_whole_miles_from", day, folder).value
    return miles.quantize(_TENTH if tenths else _WHOLE, rounding=ROUND_UP)


def _base(level: AmbulanceFeeRow, fees: Fees, index: PriceIndexRow, folder: Path | None) -> Step:
    rule = rule_on(f"ambulance_labour_{level.kind}", fees.day, folder)
    local = index.practice_expense
    amount = level.amount * (rule.value * local + (1 - rule.value))
    how = f"{level.amount} x ({rule.value} x {local} + {1 - rule.value})"
    source = f"{level.source} ({fees.release}); {rule.source}; {index.code} {index.label}"
    return Step(f"base rate of {level.code}", how, amount, source)


def _miles(trip: Trip, mile: AmbulanceFeeRow, fees: Fees, folder: Path | None) -> tuple[Step, ...]:
    source = f"{mile.source} ({fees.release})"
    near = _ZERO
    steps = []
    if trip.rural and mile.kind == "ground mile":
        first = rule_on("ambulance_rural_miles", fees.day, folder)
        factor = rule_on("ambulance_rural_mile", fees.day, folder)
        near = min(trip.miles, first.value)
        how = f"{near} x {mile.amount} x {factor.value}"
        amount = near * mile.amount * factor.value
        steps.append(Step(f"first {first.value} miles", how, amount, f"{source}; {factor.source}"))
    far = trip.miles - near
    if far or not steps:
        steps.append(Step("miles", f"{far} x {mile.amount}", far * mile.amount, source))
    return tuple(steps)
