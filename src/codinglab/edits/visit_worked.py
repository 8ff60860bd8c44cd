"""The billed level of a visit against the grid worked from the pieces of the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import PHYSICIAN_CLAIM
from codinglab.edits.rule import edit
from codinglab.encounter.coded import CodedEncounter, DecisionMaking, VisitTime
from codinglab.encounter.em import LEVELS
from codinglab.encounter.em_grid import Cell
from codinglab.encounter.em_worked import WorkedCode, WorkedVisit, worked

_RULE = "visit.worked-grid"
_STAFF = "clinical staff"
_NOT_REACHED = "No code of the family is reached; tell the decision making too, if there was more."


@edit(
    _RULE,
    "visit",
    source="CPT evaluation and management guidelines of 2021 and 2023, in our own words",
    settings=PHYSICIAN_CLAIM,
)
def worked_grid(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The level billed is the one that the record's pieces give: problems, data, risk, or time.

    Each element is worked from what the record holds. A problem that was not addressed does not
    count; a test counts once, and not at all where the practitioner bills its reading; the risk is
    that of the riskiest decision made. Two of three elements decide, or the minutes if they give
    more. Too high a level is an error, too low one a warning. An element that the coder's own grid
    gives another level is a warning.
    """
    found = worked(encounter, day)
    if found is None:
        return
    for one in found.codes:
        of_staff = encounter.circumstances.practitioner.role == _STAFF and one.code == "99211"
        if one.steps and not of_staff:
            yield _finding(one, found)
    yield from _coder_s_own(encounter, found)


def _finding(one: WorkedCode, found: WorkedVisit) -> Finding:
    over = one.steps > 0
    message = f"{one.code} is {'above' if over else 'below'} what was shown. {working(found, one)}."
    said = [each for cell in _deciding(found) for each in cell.contested]
    if said:
        message += f" Contested: {'; '.join(said)}."
    remedy = f"Code {one.right}." if one.right else _NOT_REACHED
    return Finding(_RULE, one.place, message, remedy, Severity.ERROR if over else Severity.WARNING)


def _deciding(found: WorkedVisit) -> Iterator[Cell]:
    """Yield the elements that reach the level: what is contested of the others decides nothing."""
    if found.grid:
        least = LEVELS.index(found.grid.level)
        yield from (one for one in found.grid.cells if LEVELS.index(one.level) >= least)


def working(found: WorkedVisit, one: WorkedCode) -> str:
    """Return how the grid and the minutes lead to a code, in one sentence without a full stop."""
    ways = []
    if found.grid:
        cells = ", ".join(f"{cell.element} {cell.level}" for cell in found.grid.cells)
        ways.append(f"{cells}: two of three reach {found.grid.level}, {one.by_decision}")
    if found.time and one.family == "emergency":
        ways.append("time decides no emergency visit")
    elif found.time:
        ways.append(f"{found.time.minutes} minutes reach {one.by_time or 'no code'}")
    return "; ".join(ways)


def _coder_s_own(encounter: CodedEncounter, found: WorkedVisit) -> Iterator[Finding]:
    """Yield where the grid or the minutes that the coder wrote differ from the worked ones."""
    own = encounter.visit
    if isinstance(own, DecisionMaking) and found.grid:
        for cell in found.grid.cells:
            said = getattr(own, cell.element)
            if said != cell.level:
                message = f"{cell.element} is written as {said}; worked, it is {cell.level}: "
                yield _differs(own.place, f"{message}{cell.reason}.", f"Write {cell.level}.")
    if isinstance(own, VisitTime) and found.time and own.minutes != found.time.minutes:
        message = f"{own.minutes} minutes are written; {found.time.minutes} count."
        yield _differs(own.place, message, f"Write em time {found.time.minutes}")


def _differs(place: str, message: str, remedy: str) -> Finding:
    return Finding(_RULE, place, message, remedy, Severity.WARNING)


EDITS = (worked_grid,)
