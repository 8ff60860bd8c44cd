"""What a claim holds and asks for, by day: limits, lists, roles, member numbers, and the fields.

Each row of code_sets/claim_rules names its source. A code that a list lacks is not on this lab's
list.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal

from codinglab.claim.model import Kind
from codinglab.claim.parties import Role
from codinglab.codes.release import CodeRow, in_force, rows_on

SET = "claim_rules"
ListName = Literal[
    "anesthesia modifier",
    "notice modifier",
    "Medicare filing",
    "event filing",
    "facility place",
    "admission place",
    "ambulance place",
    "bills in its own name",
    "needs present on admission",
    "needs visit reason",
    "unscheduled visit",
    "unscheduled revenue",
    "needs no origin",
    "accident occurrence",
    "accident cause",
    "external cause",
    "work status",
    "transport revenue",
    "admission bill",
    "drug unit",
    "exempt from present on admission",
    "Medicare second value",
    "hour bill",
    "still a patient",
    "needs no order",
]


class LimitRow(CodeRow):
    """How many of what (`code`) a claim, a page or a line holds."""

    number: int
    source: str


class ListRow(CodeRow):
    """One code, or a range of categories, on one list."""

    list: ListName
    source: str


class RoleRow(CodeRow):
    """A kind of service, or a modifier (`code`), whose line must name a provider in a `role`.

    `qualifier` is the role's code on the CMS-1500, `filings` the claim filing indicators for which
    it is asked, `without` the modifier with which it is not.
    """

    role: Role
    qualifier: str
    filings: str
    without: str = ""
    source: str


class MemberIdRow(CodeRow):
    """The shape of the member number under a claim filing indicator (`code`)."""

    shape: str
    example: str
    source: str


class FieldRow(CodeRow):
    """Where a field (`code`) stands: box on paper, and loop, segment and element."""

    professional: str = ""
    institutional: str = ""


@lru_cache(maxsize=64)
def _limits(day: date) -> dict[str, LimitRow]:
    return {row.code: row for row in rows_on(in_force(SET, day), "limits.csv", LimitRow, day)}


def limit(name: str, day: date) -> LimitRow:
    """Return the limit called `name` ("professional lines"); raises NotInForce without lists."""
    return _limits(day)[name]


@lru_cache(maxsize=512)
def _listed(name: ListName, day: date) -> tuple[ListRow, ...]:
    found = rows_on(in_force(SET, day), "lists.csv", ListRow, day)
    return tuple(row for row in found if row.list == name)


@lru_cache(maxsize=4096)
def listed(code: str, name: ListName, day: date) -> ListRow | None:
    """Return the row of `code` on the list `name`, None where it is not on it.

    A row such as V00-X58 is a range of categories and covers every code of theirs.
    """
    for row in _listed(name, day):
        first, _, last = row.code.partition("-")
        if row.code == code or (last and first <= code[: len(first)] <= last):
            return row
    return None


@lru_cache(maxsize=64)
def _roles(day: date) -> dict[str, RoleRow]:
    return {row.code: row for row in rows_on(in_force(SET, day), "roles.csv", RoleRow, day)}


def role_needed(service: str, filing: str, modifiers: tuple[str, ...], day: date) -> RoleRow | None:
    """Return which role a line for a kind of `service` must name, None where it needs none."""
    for code in (service, *modifiers):
        row = _roles(day).get(code)
        if row and filing in row.filings.split() and row.without not in modifiers:
            return row
    return None


def is_ordered(service: str, day: date) -> bool:
    """Say whether a kind of `service` is one that somebody orders, whoever pays."""
    row = _roles(day).get(service)
    return row is not None and row.role == "ordering"


@lru_cache(maxsize=64)
def _member_ids(day: date) -> dict[str, MemberIdRow]:
    found = rows_on(in_force(SET, day), "member_ids.csv", MemberIdRow, day)
    return {row.code: row for row in found}


def member_id_shape(filing: str, day: date) -> MemberIdRow | None:
    """Return the shape of member numbers under the `filing` indicator, None where none is known."""
    return _member_ids(day).get(filing)


@lru_cache(maxsize=64)
def _fields(day: date) -> dict[str, FieldRow]:
    return {row.code: row for row in rows_on(in_force(SET, day), "fields.csv", FieldRow, day)}


def where(field: str, kind: Kind, day: date) -> str:
    """Return the box and the element of a `field`: "item 33a, 2010AA NM109".

    The form of the claim's `kind` names it; a field of the other form is named by that one.
    """
    row = _fields(day)[field]
    own, other = row.professional, row.institutional
    return (own or other) if kind == "professional" else (other or own)
