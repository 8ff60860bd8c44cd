"""The visit codes of an encounter against the level that its elements, once worked, give."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from codinglab.codes import procedures
from codinglab.codes.procedure_facts import facts
from codinglab.codes.procedures import NotAProcedureCode
from codinglab.codes.release import NotInTable
from codinglab.codes.visit_levels import levels
from codinglab.core.dates import NotInForce
from codinglab.encounter.coded import CodedEncounter, ServiceLine
from codinglab.encounter.em import code_by_level, code_by_time
from codinglab.encounter.em_elements import Reports
from codinglab.encounter.em_grid import Grid, WorkedTime, grid, worked_time

_NOT_KNOWN = (NotAProcedureCode, NotInTable, NotInForce)
_TESTS = frozenset({"imaging", "laboratory", "test"})
_READING = frozenset({"1", "2", "4"})  # both parts, the professional part alone, a whole test


@dataclass(frozen=True, slots=True)
class WorkedCode:
    """A billed visit code and those that decision making and time give, blank where none.

    `steps` count how far above (+) or below (-) the billed code stands of the `right` one.
    """

    place: str
    code: str
    family: str
    by_decision: str
    by_time: str
    right: str
    steps: int


@dataclass(frozen=True, slots=True)
class WorkedVisit:
    """The grid and the time of a visit, as far as they were told, and the codes they give."""

    grid: Grid | None
    time: WorkedTime | None
    codes: tuple[WorkedCode, ...]


def reported(encounter: CodedEncounter, day: date) -> dict[str, Reports]:
    """Return, by code, what the claim's lines of `day` report of tests: the reading, or a result.

    Source: CMS fee schedule, PC/TC indicator: 1 and 4 hold a reading unless TC is billed, 2 is one.
    """
    found: dict[str, Reports] = {}
    for line in encounter.lines:
        if line.day in {None, day} and (said := _reported(line, day)):
            found[line.code] = said
    return found


def _reported(line: ServiceLine, day: date) -> Reports | None:
    with suppress(*_NOT_KNOWN):
        kind = procedures.find(line.code, day).kind
        if kind not in _TESTS:
            return None
        if "26" in line.modifiers:
            return "reading"
        if kind == "laboratory" or "TC" in line.modifiers:
            return "result only"
        indicator = facts(line.code, day).pc_tc
        return "reading" if indicator in _READING else "result only"
    return None


def worked(encounter: CodedEncounter, day: date) -> WorkedVisit | None:
    """Return the worked level of the visit on `day`, None where its elements are not told.

    Raises NotInForce for a day without visit levels.
    """
    told = encounter.circumstances.elements
    if told is None:
        return None
    made = grid(told.decision, reported(encounter, day), day) if told.decision else None
    time = worked_time(told.time) if told.time is not None else None
    return WorkedVisit(made, time, tuple(_codes(encounter, made, time, day)))


def _codes(
    encounter: CodedEncounter, made: Grid | None, time: WorkedTime | None, day: date
) -> Iterator[WorkedCode]:
    families = {one.code: one.family for one in levels(day)}
    for line in encounter.lines:
        family = families.get(line.code)
        if family is None or line.day not in {None, day}:
            continue
        ranks = [one.code for one in levels(day) if one.family == family]
        by_decision = code_by_level(family, made.level, day) if made else ""
        by_time = ""
        with suppress(LookupError):
            by_time = code_by_time(family, time.minutes, day) if time else ""
        reached = [code for code in (by_decision, by_time) if code]
        right = max(reached, key=ranks.index, default="")
        steps = ranks.index(line.code) - (ranks.index(right) if right else -1)
        yield WorkedCode(line.place, line.code, family, by_decision, by_time, right, steps)
