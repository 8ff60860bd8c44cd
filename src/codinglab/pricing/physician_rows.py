"""Relative values of the physician fee schedule, by code and modifier, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from codinglab.codes.release import CodeRow, NotInTable, Release, in_force, releases, rows
from codinglab.core.dates import NotInForce

VALUES, IMPORTED, TEACHING = "pfs_values", "pprrvu", "pfs_teaching"
TABLE = "values.csv"
Rate = Literal["facility", "non-facility"]
ScheduleName = Literal["teaching"]


class ValueRow(CodeRow):
    """What the fee schedule says of a code and modifier, as published; `source` names the file.

    The indicators are described in CMS's record layout of the relative value file.
    """

    modifier: str = ""
    status: str
    work_rvu: Decimal
    nonfacility_pe_rvu: Decimal
    nonfacility_na: str = ""
    facility_pe_rvu: Decimal
    facility_na: str = ""
    malpractice_rvu: Decimal
    pctc: str
    global_days: str
    preoperative: Decimal
    intraoperative: Decimal
    postoperative: Decimal
    multiple: str
    bilateral: str
    assistant: str
    co_surgeons: str
    team: str
    endoscopic_base: str = ""
    imaging_family: str = ""
    opps_nonfacility_pe: Decimal = Decimal(0)
    opps_facility_pe: Decimal = Decimal(0)
    opps_malpractice: Decimal = Decimal(0)
    source: str = ""

    def practice_expense(self, rate: Rate) -> Decimal:
        """Return the practice expense value in that setting."""
        return self.facility_pe_rvu if rate == "facility" else self.nonfacility_pe_rvu

    def hospital_practice_expense(self, rate: Rate) -> Decimal:
        """Return the practice expense of the hospital cap on imaging; 0 where there is none."""
        return self.opps_facility_pe if rate == "facility" else self.opps_nonfacility_pe


class CarriedRow(CodeRow):
    """A set that the teaching schedule carries into other days, and the `day` it is read on."""

    day: date


@dataclass(frozen=True, slots=True)
class ReadOn:
    """The day on which tables are read, what must be said of it, and the release that says so."""

    day: date
    notes: tuple[str, ...] = ()
    used: tuple[str, ...] = ()


def read_on(name: str, day: date, schedule: ScheduleName | None, folder: Path | None) -> ReadOn:
    """Return the day on which the set `name` is read for services of `day`.

    That is `day` itself, except in the teaching schedule, which must be asked for by name.
    Raises NotInForce where there is no teaching schedule for `day`, and ValueError for any other
    name.
    """
    if schedule is None:
        return ReadOn(day)
    if schedule != "teaching":
        raise ValueError(f"there is no schedule {schedule!r}; the made-up one is called teaching")
    release = in_force(TEACHING, day, folder)
    row = next(row for row in rows(release, "carried.csv", CarriedRow) if row.code == name)
    said = f"made-up schedule ({release}): {row.label} of {row.day.year} carried into {day.year}"
    return ReadOn(row.day, (said,), (str(release),))


def imported(name: str, day: date, folder: Path | None) -> Release | None:
    """Return the imported release of the set `name` in force on `day`, or None."""
    return next((one for span, one in releases(name, folder).rows if day in span), None)


def values_on(day: date, folder: Path | None) -> Release:
    """Return the relative values in force on `day`: the imported file, else the starter facts.

    Raises NotInForce, saying what can be done, when there are none.
    """
    if release := imported(IMPORTED, day, folder):
        return release
    try:
        return in_force(VALUES, day, folder)
    except NotInForce as error:
        raise NotInForce(
            f"{error}; import the official relative values of that year (codinglab codes import "
            "pprrvu), or ask for the made-up schedule by its name, teaching"
        ) from None


@lru_cache(maxsize=8)
def _by_key(release: Release) -> dict[tuple[str, str], tuple[ValueRow, ...]]:
    found: dict[tuple[str, str], tuple[ValueRow, ...]] = {}
    for row in _checked(release):
        key = (row.code, row.modifier)
        found[key] = (*found.get(key, ()), row)
    return found


def _checked(release: Release) -> tuple[ValueRow, ...]:
    if release.info.set != IMPORTED:
        return rows(release, TABLE, ValueRow)
    from codinglab.codes.importers.physician import RelativeValueRow

    source = f"CMS PPRRVU {release.info.release}, imported"
    names = set(ValueRow.model_fields) & set(RelativeValueRow.model_fields)
    return tuple(
        ValueRow.model_construct(**{name: getattr(row, name) for name in names}, source=source)
        for row in rows(release, TABLE, RelativeValueRow)
    )


def value_row(release: Release, code: str, modifier: str, day: date) -> ValueRow:
    """Return the values of `code` with `modifier` ("" for the whole service) on `day`.

    Raises NotInTable, naming code and release, when they are not in the table.
    """
    for row in _by_key(release).get((code, modifier), ()):
        if row.holds(day, release.info.span):
            return row
    shown = f"{code}-{modifier}" if modifier else code
    raise NotInTable(f"{shown} is not in this lab's table ({release}) on {day}")


def has_row(release: Release, code: str, modifier: str) -> bool:
    """Say whether the table has values of `code` with `modifier`."""
    return (code, modifier) in _by_key(release)
