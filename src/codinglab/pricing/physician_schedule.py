"""The physician fee schedule of one day and place: relative values, indices and factors.

Source: Social Security Act 1848(b); 42 CFR 414.20 to 414.36.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from codinglab.codes.importers.physician import AnesthesiaRow, PriceIndexRow
from codinglab.codes.release import CodeRow, Release, in_force, kept, row_on, rows_on
from codinglab.pricing.physician_rows import (
    Rate,
    ReadOn,
    ScheduleName,
    ValueRow,
    imported,
    read_on,
    value_row,
    values_on,
)
from codinglab.pricing.price import Step

FACTORS, INDICES = "pfs_factors", "pfs_indices"


class FactorRow(CodeRow):
    """One figure of the payment system: its `value` and the rule it comes from."""

    value: Decimal
    source: str


class PlaceRow(CodeRow):
    """A place of service: its `rate`, and whether a `hospital` is paid for equipment and staff."""

    rate: Rate
    hospital: bool


class ModifierRow(CodeRow):
    """A modifier that lowers a `part` of the price to the share `value`; part "none" pays nothing.

    `part` "technical" is that part of a test alone.
    """

    part: Literal["whole", "technical", "none"]
    value: Decimal
    source: str


class MissingFact(ValueError):
    """A fact that decides a price was not given; the message names it."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Everything that turns a code into dollars on one day in one locality.

    `values` is the release of relative values, read on the day `values_day`; `index` holds the
    locality's indices, `factors` the figures by name, `places` the rates by place of service,
    `modifiers` those that lower a price.
    `notes` must be shown with every price.
    """

    day: date
    values: Release
    values_day: date
    index: PriceIndexRow
    factors: dict[str, FactorRow]
    places: dict[str, PlaceRow]
    modifiers: dict[str, ModifierRow]
    qualifying: bool | None
    used: tuple[str, ...]
    notes: tuple[str, ...]

    def row(self, code: str, modifier: str = "") -> ValueRow:
        """Return the values of `code`; raises NotInTable naming code and release."""
        return value_row(self.values, code, modifier, self.values_day)

    def factor(self, name: str) -> FactorRow:
        """Return the figure `name`: its value and source."""
        return self.factors[name]

    def by_model(self, name: str) -> FactorRow:
        """Return the figure `name` that since 2026 depends on the payment model.

        Raises MissingFact where nobody said whether the practitioner qualifies.
        """
        if name in self.factors:
            return self.factors[name]
        if self.qualifying is None:
            raise MissingFact(
                f"on {self.day} the {name.replace('_', ' ')} depends on the advanced alternative "
                "payment models; say whether the practitioner is a qualifying participant"
            )
        return self.factors[f"{name}_{'qualifying' if self.qualifying else 'other'}"]

    def amount(self, row: ValueRow, rate: Rate) -> Decimal:
        """Return the fee schedule amount of `row`, not rounded and not capped."""
        return self._dollars(row.work_rvu, row.practice_expense(rate), row.malpractice_rvu)

    def cap(self, row: ValueRow, rate: Rate) -> Decimal | None:
        """Return the amount that the hospital outpatient schedule caps imaging at, or None."""
        expense = row.hospital_practice_expense(rate)
        if not expense:
            return None
        return self._dollars(row.work_rvu, expense, row.opps_malpractice)

    def expense_amount(self, row: ValueRow, rate: Rate) -> Decimal:
        """Return the part of the amount that is practice expense."""
        return self._dollars(Decimal(0), row.practice_expense(rate), Decimal(0))

    def _dollars(self, work: Decimal, expense: Decimal, malpractice: Decimal) -> Decimal:
        index, factor = self.index, self.by_model("conversion_factor").value
        return (
            work * index.work + expense * index.practice_expense + malpractice * index.malpractice
        ) * factor

    def steps(self, row: ValueRow, rate: Rate) -> tuple[Step, ...]:
        """Return the steps of the amount of one unit, with its cap where one binds."""
        index, factor = self.index, self.by_model("conversion_factor")
        expense, whole = row.practice_expense(rate), self.amount(row, rate)
        name = f"{row.code}-{row.modifier}" if row.modifier else row.code
        source = f"{row.source}; indices {index.code} {index.label}; factor: {factor.source}"
        first = Step(
            f"fee schedule amount of {name}, {rate}",
            f"({row.work_rvu} x {index.work} + {expense} x {index.practice_expense} + "
            f"{row.malpractice_rvu} x {index.malpractice}) x {factor.value}",
            whole,
            source,
        )
        cap = self.cap(row, rate)
        if cap is None or cap >= whole:
            return (first,)
        limit = Step(
            "no more than the hospital outpatient schedule",
            f"({row.work_rvu} x {index.work} + {row.hospital_practice_expense(rate)} x "
            f"{index.practice_expense} + {row.opps_malpractice} x {index.malpractice}) x "
            f"{factor.value}",
            cap,
            "Social Security Act 1848(b)(4)(A)",
        )
        return (first, limit)


def anesthesia_row(
    locality: str, day: date, folder: Path | None = None
) -> tuple[AnesthesiaRow, Release]:
    """Return the anesthesia factor of `locality` on `day`, and the release that has it.

    Raises NotInForce for a day without a table and NotInTable for an unknown locality.
    """
    if release := imported("anes", day, folder):
        return row_on(release, "factors.csv", AnesthesiaRow, locality, day), release
    release = in_force(INDICES, day, folder)
    return row_on(release, "anesthesia.csv", AnesthesiaRow, locality, day), release


@kept(1024)  # a year of days, for a few localities
def schedule_on(
    day: date,
    locality: str,
    qualifying: bool | None,
    name: ScheduleName | None = None,
    folder: Path | None = None,
) -> Schedule:
    """Return the schedule of `day` in the `locality` ("13202-01", contractor and locality).

    `qualifying` says whether the practitioner is a qualifying participant of an advanced payment
    model; None where nobody said so. `name` "teaching" takes the made-up schedule; without it the
    official values of that day are needed. Raises NotInForce and NotInTable, naming what is known.
    """
    factors = in_force(FACTORS, day, folder)
    at = read_on("pfs_values", day, name, folder)
    elsewhere = read_on("pfs_indices", day, name, folder)
    values = values_on(at.day, folder)
    indices = imported("gpci", elsewhere.day, folder) or in_force(INDICES, elsewhere.day, folder)
    return _schedule((day, qualifying), locality, (values, at), (indices, elsewhere), factors)


@lru_cache(maxsize=1024)  # a year of days, for a few localities
def _schedule(
    asked: tuple[date, bool | None],
    locality: str,
    values: tuple[Release, ReadOn],
    indices: tuple[Release, ReadOn],
    factors: Release,
) -> Schedule:
    (day, qualifying), on, elsewhere = asked, values[1], indices[1]
    return Schedule(
        day=day,
        values=values[0],
        values_day=on.day,
        index=row_on(indices[0], "indices.csv", PriceIndexRow, locality, elsewhere.day),
        factors={row.code: row for row in rows_on(factors, "factors.csv", FactorRow, day)},
        places={row.code: row for row in rows_on(factors, "places.csv", PlaceRow, day)},
        modifiers={row.code: row for row in rows_on(factors, "modifiers.csv", ModifierRow, day)},
        qualifying=qualifying,
        used=(*on.used, *(str(one) for one in (values[0], indices[0], factors))),
        notes=(*on.notes, *elsewhere.notes),
    )
