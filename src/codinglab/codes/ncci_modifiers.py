"""Modifiers that may open a procedure-to-procedure edit of indicator 1, by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from codinglab.codes.release import CodeRow, Release, in_force, rows_on

SET, TABLE = "ncci_modifiers", "modifiers.csv"
Kind = Literal["anatomic", "global", "distinct", "other"]


class OpeningModifier(CodeRow):
    """A modifier and what it tells: the part of the body, the global package, or distinctness."""

    kind: Kind
    source: str


def opening_modifiers(day: date, folder: Path | None = None) -> Mapping[str, Kind]:
    """Return the NCCI-associated modifiers in force on `day`, each with what it tells.

    `folder` holds the code sets. Raises NotInForce where there is no list for the day.
    """
    return _by_code(in_force(SET, day, folder), day)


@lru_cache(maxsize=64)
def _by_code(release: Release, day: date) -> Mapping[str, Kind]:
    found = rows_on(release, TABLE, OpeningModifier, day)
    return MappingProxyType({one.code: one.kind for one in found})
