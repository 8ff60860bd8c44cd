"""Which diagnoses the Medicare Code Editor holds to an age, to a sex or to a second place."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from codinglab.codes.icd10cm import key_of
from codinglab.codes.release import CodeRow, Release, has_days, in_force, row_on, rows, rows_on

SET = "mce_lists"
MceList = Literal["newborn", "pediatric", "maternity", "adult", "female", "male", "manifestation"]


class Ages(CodeRow):
    """The ages, in completed years at admission, at which the editor takes a list's codes."""

    first: int
    last: int


class _Listed(CodeRow):
    list: MceList


@lru_cache(maxsize=256)
def ages(name: MceList, day: date, folder: Path | None = None) -> Ages:
    """Return the ages of the list `name` for a discharge on `day`; both ends are included.

    Raises NotInTable for a list that asks for no age, NotInForce when there is no list for the day.
    """
    return row_on(in_force(SET, day, folder), "ages.csv", Ages, name, day)


@lru_cache(maxsize=65536)
def on_list(code: str, name: MceList, day: date, folder: Path | None = None) -> bool:
    """Say whether the ICD-10-CM `code` is on the list `name` for a discharge on `day`.

    Raises NotInForce when this lab has no list for the day.
    """
    heads, key = _heads(day, folder)[name], key_of(code)
    return any(key[:length] in heads for length in range(3, len(key) + 1))


def _heads(day: date, folder: Path | None) -> dict[MceList, frozenset[str]]:
    release = in_force(SET, day, folder)
    return _heads_on(release, day if has_days(release, "codes.csv", _Listed) else None)


@lru_cache(maxsize=32)
def _heads_on(release: Release, day: date | None) -> dict[MceList, frozenset[str]]:
    found: dict[MceList, set[str]] = {}
    every = rows(release, "codes.csv", _Listed)
    for row in every if day is None else rows_on(release, "codes.csv", _Listed, day):
        found.setdefault(row.list, set()).add(key_of(row.code))
    return {name: frozenset(keys) for name, keys in found.items()}
