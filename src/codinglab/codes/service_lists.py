"""Lists of services and modifiers, and numbers, that rules on lines and visits ask for, by day.

Each row of code_sets/service_lists names its source. The lists are starter lists over the starter
codes: a code that a list lacks is not in this lab's list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from codinglab.codes.release import CodeRow, Release, in_force, rows_on

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
    "colorectal screening",
    "preventive by itself",
    "Medicare wellness visit",
    "allows complexity beside 25",
    "takes complexity",
    "office visit",
    "emergency visit",
    "preventive visit",
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
    "without follow-up",
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
    """A prolonged visit `beside` a code: from `first` minutes on, a unit for each `step`."""

    beside: str
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


def members(name: ListName, day: date) -> frozenset[str]:
    """Return what stands on the list `name` on `day`; raises NotInForce without lists."""
    return _members(in_force(SET, day), name, day)


@lru_cache(maxsize=1024)
def _members(release: Release, name: ListName, day: date) -> frozenset[str]:
    found = rows_on(release, MEMBERS, MemberRow, day)
    return frozenset(row.code for row in found if row.list == name)


def period(kind: str, day: date) -> PeriodRow | None:
    """Return the global period of the kind ("010"), None where the kind has no days of its own."""
    found = rows_on(in_force(SET, day), PERIODS, PeriodRow, day)
    return next((row for row in found if row.code == kind), None)


def ages(code: str, day: date) -> AgeRow | None:
    """Return the ages for which `code` is made, None where it is not on the list."""
    found = rows_on(in_force(SET, day), AGES, AgeRow, day)
    return next((row for row in found if row.code == code), None)


def prolonged(day: date) -> tuple[ProlongedRow, ...]:
    """Return from how many minutes on prolonged visits count."""
    return rows_on(in_force(SET, day), PROLONGED, ProlongedRow, day)


def medicare_administration(product: str, day: date) -> str | None:
    """Return the Medicare code for giving the vaccine `product`, None where it is not listed."""
    found = rows_on(in_force(SET, day), VACCINES, VaccineRow, day)
    return next((row.administration for row in found if row.code == product), None)


def conflicts(day: date) -> tuple[Conflict, ...]:
    """Return every two modifiers that do not go together on one line."""
    return _conflicts(in_force(SET, day), day)


@lru_cache(maxsize=64)
def _conflicts(release: Release, day: date) -> tuple[Conflict, ...]:
    found = rows_on(release, CONFLICTS, ConflictRow, day)
    return tuple(Conflict(row.code, row.other, row.source) for row in found)
