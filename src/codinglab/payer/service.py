"""A service line as contracts and plans ask about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from codinglab.claim.model import Claim, Line
from codinglab.claim.scrub_encounter import setting_of
from codinglab.codes.procedures import NotAProcedureCode, find
from codinglab.codes.release import CodeRow, NotInTable, in_force, rows_on
from codinglab.core.dates import NotInForce
from codinglab.encounter.circumstances import Setting

RULES = "adjudication"
WHOLE_PLAN = "30"


@dataclass(frozen=True, slots=True)
class Service:
    """One line: what it is, where and for what.

    `line` counts from 1; `kind` is the kind of the procedure code, blank where the lab does not
    know it; `type` is the service type of plans (X12 element 1365); `diagnoses` are those that the
    line points to, in dotted form, all of the claim where it points to none.
    """

    line: int
    code: str
    kind: str
    type: str
    setting: Setting
    day: date
    place: str
    revenue: str
    modifiers: tuple[str, ...]
    diagnoses: tuple[str, ...]
    plan: str = ""
    drg: str = ""


class TypeRow(CodeRow):
    """A rule from a service to its service type, `code`; the first that fits decides."""

    kinds: str = ""
    begins: str = ""
    places: str = ""
    revenue: str = ""
    setting: str = ""


def services(claim: Claim, plan: str) -> tuple[Service, ...]:
    """Return the lines of `claim` as services of a member of the plan named `plan`.

    Raises NotInForce where the lab has no rules of adjudication, or bill types, for the day.
    """
    setting = setting_of(claim)
    every = tuple(one.code for one in claim.diagnoses)
    return tuple(
        _service(claim, at, line, setting, every, plan) for at, line in enumerate(claim.lines, 1)
    )


def _service(  # noqa: PLR0913, PLR0917  what is the same for all lines is worked out once
    claim: Claim,
    at: int,
    line: Line,
    setting: Setting,
    every: tuple[str, ...],
    plan: str,
) -> Service:
    place = line.place_of_service or claim.place_of_service
    kind = kind_of(line.code, line.first) if line.code else ""
    pointed = tuple(every[one - 1] for one in line.pointers if 1 <= one <= len(every))
    return Service(
        line=at,
        code=line.code,
        kind=kind,
        type=type_of(kind, line.code, place, line.revenue_code, setting, line.first),
        setting=setting,
        day=line.first,
        place=place,
        revenue=line.revenue_code,
        modifiers=line.modifiers,
        diagnoses=pointed or every,
        plan=plan,
    )


@lru_cache(maxsize=8192)
def kind_of(code: str, day: date) -> str:
    """Return the kind of the procedure `code` on `day`, blank where the lab does not know it."""
    try:
        return find(code, day).kind
    except (NotInTable, NotInForce, NotAProcedureCode):
        return ""


@lru_cache(maxsize=8192)
def type_of(  # noqa: PLR0913, PLR0917  the columns of the table
    kind: str, code: str, place: str, revenue: str, setting: str, day: date
) -> str:
    """Return the service type by code_sets/adjudication; the plan as a whole where none fits."""
    for row in _types(day):
        if (
            (not row.setting or row.setting == setting)
            and (not row.kinds or kind in row.kinds.split())
            and (not row.begins or code.startswith(tuple(row.begins.split())))
            and (not row.places or place in row.places.split())
            and (not row.revenue or revenue.startswith(tuple(row.revenue.split())))
        ):
            return row.code
    return WHOLE_PLAN


@lru_cache(maxsize=1024)
def _types(day: date) -> tuple[TypeRow, ...]:
    return rows_on(in_force(RULES, day), "service_types.csv", TypeRow, day)
