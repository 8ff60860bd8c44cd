"""All rankings of a bill: both sides first, then operations, tests and therapy by the session."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from codinglab.codes.release import NotInTable
from codinglab.pricing.physician_lines import Item, NotPriced, name_of
from codinglab.pricing.physician_multiple import (
    ENDOSCOPY,
    EYE,
    HEART,
    IMAGING,
    RANKED,
    SURGERY,
    THERAPY,
    Portion,
    Session,
    has_no_rank,
    session_key,
    unreduced,
)
from codinglab.pricing.physician_schedule import Schedule
from codinglab.pricing.physician_sides import Sides, sides
from codinglab.pricing.physician_surgery import surgery
from codinglab.pricing.physician_tests import NoParts, tests, therapy


@dataclass(frozen=True, slots=True)
class Left:
    """What the rankings left of a line, a portion a service, or `why` they could not be made."""

    sides: Sides
    portions: tuple[Portion, ...] = ()
    why: str = ""


def rank(
    items: Sequence[Item], schedules: Mapping[date, Schedule], others: Sequence[NotPriced]
) -> tuple[Left, ...]:
    """Return what is left of each of `items`.

    A line among `others` that may have a rank, but could not be looked up, leaves the rank of the
    other lines of its day unknown.
    """
    unknown = {one.day: one for one in others if not one.unranked}
    groups: dict[tuple[object, ...], list[int]] = {}
    for at, item in enumerate(items):
        groups.setdefault(session_key(item), []).append(at)
    found: dict[int, Left] = {}
    for members in groups.values():
        day = items[members[0]].day
        counted = sides(items, schedules[day])
        session = Session(items, counted, tuple(members), schedules[day])
        found.update(_session(session, unknown.get(day)))
    return tuple(found[at] for at in range(len(items)))


def _session(session: Session, unknown: NotPriced | None) -> dict[int, Left]:
    whole = unreduced(session)
    if not any(session.items[at].row.multiple in RANKED for at in session.members):
        return _whole(session, whole)
    told = _unknown(unknown) if unknown else _portions(session)
    why = told if isinstance(told, str) else ""
    found = {}
    for at in session.members:
        portions = whole if isinstance(told, str) else [*whole, *told]
        mine = tuple(one for one in portions if one.item == at)
        ranked = not has_no_rank(session.items[at])
        found[at] = Left(session.sides[at], mine, why if ranked else "")
    return found


def _whole(session: Session, portions: list[Portion]) -> dict[int, Left]:
    return {
        at: Left(session.sides[at], tuple(one for one in portions if one.item == at))
        for at in session.members
    }


def _unknown(one: NotPriced) -> str:
    return (
        f"the rank is not known, because {one.line.place} ({name_of(one.line)}) has no value: "
        f"{one.why}"
    )


_RANKINGS: tuple[tuple[frozenset[str], Callable[[Session], list[Portion]]], ...] = (
    (frozenset({SURGERY, ENDOSCOPY}), surgery),
    (frozenset({IMAGING, HEART, EYE}), tests),
    (frozenset({THERAPY}), therapy),
)
"""The rankings, each with the indicators of the lines that it ranks."""


def _portions(session: Session) -> list[Portion] | str:
    there = {session.items[at].row.multiple for at in session.members}
    try:
        return [
            one
            for ranked, ranking in _RANKINGS
            if not ranked.isdisjoint(there)
            for one in ranking(session)
        ]
    except (NotInTable, NoParts) as error:
        return f"the rank is not known: {error}"
