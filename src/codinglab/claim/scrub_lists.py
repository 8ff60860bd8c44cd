"""Lists, limits and shapes that rules on whole claims ask for, by day; each row has a source.

They lie in code_sets/claim_lists, and those that the building of claims asks for too in
code_sets/claim_rules. What a list lacks is not in this lab's list.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Literal, cast, get_args

from codinglab.claim import rules
from codinglab.codes.release import CodeRow, in_force, row_on, rows_on

SET = "claim_lists"
MEMBERS, LIMITS, SHAPES = "members.csv", "limits.csv", "shapes.csv"
ListName = Literal[
    "relationship",
    "filing indicator",
    "work injury filing",
    "Medicare second type",
    "unlisted",
    "no CLIA number",
    "hands of a person",
    "revenue with code",
    "still a patient",
    "goes on",
    "corrects",
    "hospital frequency",
    "room",
    "ambulance trip",
    "ambulance service",
    "ambulance letter",
    "past accident",
    "POA indicator",
    "admission priority",
    "newborn priority",
    "point of origin",
    "newborn origin",
    "travels with a number",
]
LimitName = Literal["oldest patient", "days before a stay"]
ShapeName = Literal["CLIA", "NDC", "tax id", "ZIP", "ZIP+4", "post box"]

_SHARED = frozenset(get_args(rules.ListName))


class _Member(CodeRow):
    list: ListName
    last: str = ""
    source: str


class _Limit(CodeRow):
    number: int
    source: str


class _Shape(CodeRow):
    pattern: str
    source: str


@lru_cache(maxsize=512)
def _rows(name: ListName, day: date) -> tuple[_Member, ...]:
    found = rows_on(in_force(SET, day), MEMBERS, _Member, day)
    return tuple(row for row in found if row.list == name)


@lru_cache(maxsize=512)
def members(name: ListName, day: date) -> frozenset[str]:
    """Return the single codes on the list `name`; raises NotInForce without lists for `day`."""
    return frozenset(row.code for row in _rows(name, day) if not row.last)


@lru_cache(maxsize=16384)  # asked for each line of each claim
def on_list(name: ListName | rules.ListName, code: str, day: date) -> bool:
    """Say whether `code` is on the list `name`, itself or within a range of codes."""
    if name in _SHARED:
        return rules.listed(code, cast("rules.ListName", name), day) is not None
    return _is_member(cast("ListName", name), code, day)


def _is_member(name: ListName, code: str, day: date) -> bool:
    return code in members(name, day) or any(
        row.code <= code <= row.last for row in _rows(name, day) if row.last
    )


def limit(name: LimitName, day: date) -> int:
    """Return the number of the limit `name`."""
    return row_on(in_force(SET, day), LIMITS, _Limit, name, day).number


@lru_cache(maxsize=64)
def _shape(name: ShapeName, day: date) -> re.Pattern[str]:
    return re.compile(row_on(in_force(SET, day), SHAPES, _Shape, name, day).pattern)


@lru_cache(maxsize=16384)
def has_shape(name: ShapeName, text: str, day: date) -> bool:
    """Say whether the whole of `text` has the shape `name`."""
    return _shape(name, day).fullmatch(text) is not None
