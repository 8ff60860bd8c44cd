"""Simple fee schedules: which one is in force, and the clinical laboratory's.

A price needs the official schedule, imported by the site, or the made-up one, asked for by name.
Source: Social Security Act 1833(h) and 1834A (laboratory), 1834(a) (equipment) and 1834(l)
(ambulance).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal, TypeVar

from codinglab.codes.importers.fees import TABLE, LaboratoryFeeRow
from codinglab.codes.release import CodeRow, NotInTable, Release, in_force, kept, row_on, rows_on
from codinglab.core.dates import NotInForce
from codinglab.encounter.coded import ServiceLine
from codinglab.pricing.physician_lines import name_of
from codinglab.pricing.physician_rows import ScheduleName
from codinglab.pricing.physician_schedule import FactorRow
from codinglab.pricing.physician_terms import LinePrice
from codinglab.pricing.price import Price, Step, cents

FeeSet = Literal["laboratory", "equipment", "ambulance"]
RULES = "fee_rules"
R = TypeVar("R", bound=CodeRow)


@dataclass(frozen=True, slots=True)
class Fees:
    """The fee schedule `release` in force on a day, and what must be shown with its prices."""

    release: Release
    day: date
    notes: tuple[str, ...]

    def row(self, code: str, model: type[R]) -> R:
        """Return the row of `code`; raises NotInTable naming the schedule."""
        return row_on(self.release, TABLE, model, code, self.day)


@kept(4096)
def fees_on(
    name: FeeSet, day: date, schedule: ScheduleName | None = None, folder: Path | None = None
) -> Fees:
    """Return the schedule `name` in force on `day`: the imported one, or "teaching" by name.

    Raises NotInForce, saying what can be done, when there is none.
    """
    if schedule is not None:
        release = in_force(f"teaching_{name}", day, folder)
        return Fees(release, day, (f"made-up schedule ({release})",))
    try:
        return Fees(in_force(f"fees_{name}", day, folder), day, ())
    except NotInForce as error:
        raise NotInForce(
            f"{error}; import the official {name} fees (codinglab codes import fees-{name}), or "
            "ask for the made-up schedule by its name, teaching"
        ) from None


def rule_on(name: str, day: date, folder: Path | None = None) -> FactorRow:
    """Return the rule `name` of the simple schedules on `day`; raises NotInForce."""
    release = in_force(RULES, day, folder)
    rows = rows_on(release, "rules.csv", FactorRow, day)
    return next(row for row in rows if row.code == name)


def blank(line: ServiceLine, fees: Fees) -> LinePrice:
    """Return the line without a price yet, with the notes and the release of the schedule."""
    return LinePrice(line.place, name_of(line), None, notes=fees.notes, used=(str(fees.release),))


def price_laboratory(line: ServiceLine, fees: Fees) -> LinePrice:
    """Return the price of a laboratory test: the amount of the list for each unit.

    There is no deductible and no coinsurance. A test that is not in the table, or without units,
    has no price and says why.
    """
    said = blank(line, fees)
    try:
        row = fees.row(line.code, LaboratoryFeeRow)
    except NotInTable as error:
        return without(said, str(error))
    if line.units is None or line.units < 1:
        return without(said, "the units are not stated; write x1")
    amount = row.amount * line.units
    how = f"{row.amount} x {line.units}"
    step = Step("laboratory fee", how, amount, f"{row.source} ({fees.release})")
    return priced(said, amount, (step,))


def without(line: LinePrice, why: str) -> LinePrice:
    """Return the line as one that cannot be priced, and why."""
    return LinePrice(line.place, line.code, None, "unknown", why, notes=line.notes, used=line.used)


def nothing(line: LinePrice, why: str) -> LinePrice:
    """Return the line as one that the schedule pays nothing for, and why."""
    paid = Price(cents(Decimal(0)), ())
    return LinePrice(line.place, line.code, paid, "nothing", why, notes=line.notes, used=line.used)


def priced(line: LinePrice, amount: Decimal, steps: tuple[Step, ...]) -> LinePrice:
    """Return the line with its price, rounded once."""
    paid = Price(cents(amount), steps)
    return LinePrice(line.place, line.code, paid, notes=line.notes, used=line.used)
