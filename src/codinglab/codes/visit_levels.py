"""Levels of visits: the decision making or the minutes that each code needs."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from codinglab.codes.release import CodeRow, Release, in_force, row_on, rows_on

SET, TABLE = "visit_levels", "levels.csv"
Family = Literal[
    "office-new",
    "office-established",
    "emergency",
    "hospital-initial",
    "hospital-subsequent",
    "hospital-same-day",
    "nursing-initial",
    "nursing-subsequent",
    "home-new",
    "home-established",
]
FAMILIES: tuple[Family, ...] = get_args(Family)


class VisitLevel(CodeRow):
    """What a visit code needs: medical decision making (`mdm`), or `minutes` met or exceeded.

    Emergency visits have no minutes; the lowest office and emergency codes have neither. Where the
    lowest code of a family needs "low", it stands for straightforward decisions too.
    """

    family: Family
    mdm: Literal["straightforward", "low", "moderate", "high"] | None = None
    minutes: int | None = None


def levels(day: date, folder: Path | None = None) -> tuple[VisitLevel, ...]:
    """Return every visit level in force on `day`, each family from the lowest to the highest.

    Raises NotInForce before 2024, when the rules were others.
    """
    return tuple(_by_code(in_force(SET, day, folder), day).values())


def level(code: str, day: date, folder: Path | None = None) -> VisitLevel:
    """Return the level of the visit `code` on `day`; raises NotInTable, NotInForce."""
    release = in_force(SET, day, folder)
    found = _by_code(release, day).get(code)
    return row_on(release, TABLE, VisitLevel, code, day) if found is None else found


def _by_code(release: Release, day: date) -> dict[str, VisitLevel]:
    return _read(release, release.info.tables.get(TABLE, ""), day)


@lru_cache(maxsize=16)
def _read(release: Release, sha: str, day: date) -> dict[str, VisitLevel]:  # noqa: ARG001  the hash keys the cache
    return {row.code: row for row in rows_on(release, TABLE, VisitLevel, day)}
