"""Lists of services and modifiers, and numbers, that rules on lines and visits ask for, by day.

Each row of code_sets/service_lists names its source. The lists are starter lists over the starter
codes: a code that a list lacks is not in this lab's list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from codinglab.codes.release import CodeRow, Release, in_force, rows, rows_on

SET = "service_lists"
MEMBERS, PERIODS, AGES = "members.csv", "periods.csv", "ages.csv"
PROLONGED, VACCINES, CONFLICTS = "prolonged.csv", "medicare_vaccines.csv", "modifier_conflicts.csv"
ListName = Literal[
    "midline",
    "finger",
    "great toe",
    "lesser toe",
    "waived with QW",
    "waived without QW",
    "hospital place",
    "telehealth place",
    "hospital visit place",
    "nursing facility visit place",
    "home visit place",
    "colorectal screening",
    "preventive by itself",
    "Medicare wellness visit",
    "allows complexity beside 25",
    "takes complexity",
    "office visit",
    "emergency visit",
    "preventive visit",
    "hospital visit",
    "nursing facility visit",
    "home visit",
    "critical care",
    "new patient",
    "established patient",
    "staff visit",
    "drug administration",
    "injection",
    "vaccine given",
    "vaccine given first",
    "not by Part B",
    "pricing modifier",
    "informational modifier",
    "finger modifier",
    "great toe modifier",
    "lesser toe modifier",
    "assistant modifier",
    "shared surgery modifier",
    "part of the package modifier",
    "no follow-up modifier",
    "telehealth modifier",
]


class MemberRow(CodeRow):
    """One code, modifier or place on one list, and where that is said."""

    list: ListName
    source: str


class PeriodRow(CodeRow):
    """A kind of global period (`code`, as 010): the days before and after the day of surgery."""

    before: int
    after: int
    source: str


class AgeRow(CodeRow):
    """The ages, in completed years, for which a code is made; no `oldest` where none is."""

    youngest: int
    oldest: int | None = None
    source: str


class ProlongedRow(CodeRow):
    """A prolonged visit `beside` a code: from `first` minutes on, a unit for each `step`.

    `payer` is blank for the rule of CPT, which those follow who have none of their own.
    """

    beside: str
    payer: str = ""
    first: int
    step: int
    source: str


class VaccineRow(CodeRow):
    """The Medicare code for giving a vaccine product."""

    administration: str
    source: str


class ConflictRow(CodeRow):
    """Two modifiers that say what cannot both be true of one line."""

    other: str
    source: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two modifiers that do not go together, and who says so."""

    one: str
    other: str
    source: str


# The calls below are asked for every line of every encounter, and nobody imports these lists, so
# their answers are kept. What raises is not kept.


@lru_cache(maxsize=4096)
def members(name: ListName, day: date) -> frozenset[str]:
    """Return what stands on the list `name` on `day`; raises NotInForce without lists."""
    release = in_force(SET, day)
    span, found = release.info.span, _on_lists(release).get(name, ())
    return frozenset(row.code for row in found if row.holds(day, span))


@lru_cache(maxsize=8)
def _on_lists(release: Release) -> dict[str, tuple[MemberRow, ...]]:
    """Return the rows of each list, so that a day is asked of its own list's rows alone."""
    found: dict[str, tuple[MemberRow, ...]] = {}
    for row in rows(release, MEMBERS, MemberRow):
        found[row.list] = (*found.get(row.list, ()), row)
    return found


@lru_cache(maxsize=256)
def periods(day: date) -> dict[str, PeriodRow]:
    """Return the global periods by kind ("010"); a kind that is missing has no days of its own."""
    return {row.code: row for row in rows_on(in_force(SET, day), PERIODS, PeriodRow, day)}


@lru_cache(maxsize=256)
def ages(day: date) -> dict[str, AgeRow]:
    """Return, by code, the ages for which a code is made."""
    return {row.code: row for row in rows_on(in_force(SET, day), AGES, AgeRow, day)}


@lru_cache(maxsize=256)
def prolonged(day: date) -> tuple[ProlongedRow, ...]:
    """Return from how many minutes on prolonged visits count."""
    return rows_on(in_force(SET, day), PROLONGED, ProlongedRow, day)


@lru_cache(maxsize=256)
def medicare_administration(day: date) -> dict[str, str]:
    """Return, by vaccine product, the Medicare code for giving it."""
    found = rows_on(in_force(SET, day), VACCINES, VaccineRow, day)
    return {row.code: row.administration for row in found}


@lru_cache(maxsize=256)
def conflicts(day: date) -> tuple[Conflict, ...]:
    """Return every two modifiers that do not go together on one line."""
    found = rows_on(in_force(SET, day), CONFLICTS, ConflictRow, day)
    return tuple(Conflict(row.code, row.other, row.source) for row in found)
