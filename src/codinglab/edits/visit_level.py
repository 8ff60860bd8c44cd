"""The level of a visit against what it rests on, with the worked grid, and prolonged visits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from codinglab.codes.release import NotInTable
from codinglab.codes.service_lists import ListName, ProlongedRow, prolonged
from codinglab.codes.visit_levels import VisitLevel, level
from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import PHYSICIAN_CLAIM, day_of, kind_of, of_list, on_line
from codinglab.edits.rule import edit
from codinglab.edits.trait import PROLONGED, TWO_LINES, VISIT
from codinglab.encounter.coded import CodedEncounter, DecisionMaking, ServiceLine, VisitTime
from codinglab.encounter.em import LEVELS, code_by_level, code_by_time, decision_making
from codinglab.encounter.em_grid import worked_time

_SOURCE = "CPT evaluation and management guidelines of 2021 and 2023, in our own words"
_KINDS: tuple[ListName, ...] = (
    *("office visit", "emergency visit", "hospital visit"),
    *("nursing facility visit", "home visit"),
)


def _levelled(encounter: CodedEncounter, day: date) -> Iterator[tuple[ServiceLine, VisitLevel]]:
    """Yield each line whose code has a level that decision making or time can reach."""
    for line in encounter.lines:
        if kind_of(line.code, day_of(line, day)) not in {"visit", ""}:
            continue
        with suppress(NotInTable):
            found = level(line.code, day_of(line, day))
            if found.mdm:
                yield line, found


def grid(made: DecisionMaking) -> str:
    """Return the three elements and the level that two of them reach, as an auditor writes it."""
    reached = decision_making(made.problems, made.data, made.risk)
    elements = {"problems": made.problems, "data": made.data, "risk": made.risk}
    marks = ", ".join(
        f"{name} {word}{' (reaches it)' if _reaches(word, reached) else ''}"
        for name, word in elements.items()
    )
    return f"{marks}: two of three reach {reached}"


def spent(encounter: CodedEncounter) -> int | None:
    """Return the practitioner's minutes of the visit, None where time is not its reason."""
    told = encounter.circumstances.elements
    if told and told.time is not None:
        return worked_time(told.time).minutes
    return encounter.visit.minutes if isinstance(encounter.visit, VisitTime) else None


def _reaches(word: str, wanted: str) -> bool:
    return LEVELS.index(word) >= LEVELS.index(wanted)


def _right_code(family: str, reason: DecisionMaking | VisitTime, day: date) -> str:
    """Return the code that `reason` gives in `family`, blank if it reaches none."""
    if isinstance(reason, DecisionMaking):
        reached = decision_making(reason.problems, reason.data, reason.risk)
        return code_by_level(family, reached, day)
    with suppress(LookupError):
        return code_by_time(family, reason.minutes, day)
    return ""


def _working(reason: DecisionMaking | VisitTime, right: str, day: date) -> str:
    """Return how `reason` leads to the code `right`, as an auditor writes it."""
    if isinstance(reason, DecisionMaking):
        return grid(reason)
    if not right:
        return f"{reason.minutes} minutes reach no code of the family"
    least = level(right, day).minutes
    return f"{reason.minutes} minutes meet the {least} of {right} and no more"


@edit(
    "visit.level",
    "visit",
    source=_SOURCE,
    settings=PHYSICIAN_CLAIM,
    on=(VISIT,),
)
def visit_level(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The level of a visit is the one that its decision making, or its time, reaches.

    Two of the three elements (problems, data, risk) must reach a level, which is the middle one of
    the three. Or the practitioner's minutes on that day meet or exceed the code's number; since
    2024 they are one number, no range. Too high a level is an error, too low one a warning.
    """
    reason = encounter.visit
    if reason is None or encounter.circumstances.elements is not None:
        return  # what the elements give, once worked, comes before what the coder says of them
    for line, found in _levelled(encounter, day):
        if isinstance(reason, VisitTime) and found.family == "emergency":
            continue  # visit.time-emergency says so
        when = day_of(line, day)
        right = _right_code(found.family, reason, when)
        if right == line.code:
            continue
        over = not right or _is_above(found, level(right, when))
        message = f"{line.code} is {'above' if over else 'below'} what was shown. "
        message += f"{_working(reason, right, when)}."
        remedy = f"Code {right}." if right else "Choose the level by decision making."
        grade = Severity.ERROR if over else Severity.WARNING
        yield on_line("visit.level", line, message, remedy, grade)


def _is_above(one: VisitLevel, other: VisitLevel) -> bool:
    return LEVELS.index(one.mdm or LEVELS[0]) > LEVELS.index(other.mdm or LEVELS[0])


@edit(
    "visit.time-emergency",
    "visit",
    source=_SOURCE,
    settings=PHYSICIAN_CLAIM,
    on=(VISIT,),
)
def no_time_in_emergency(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The level of an emergency visit is never chosen by time.

    Its work is done in pieces between other patients, so its codes have no minutes; only decision
    making counts.
    """
    if isinstance(encounter.visit, VisitTime):
        for line, _ in of_list(encounter, day, "emergency visit"):
            message = f"{line.code} has no minutes, and time is given as its reason."
            yield on_line("visit.time-emergency", line, message, "Give em mdm instead.")


@edit(
    "visit.two-levels",
    "visit",
    source="Medicare Claims Processing Manual ch. 12 s. 30.6.7.B",
    settings=PHYSICIAN_CLAIM,
    on=(TWO_LINES,),
)
def two_levels(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """One practitioner bills one visit of a kind for a patient on one day.

    Two office visits of a day are one visit whose level takes in both, unless they were for
    unrelated problems that could not be seen to at once; then the second has 25 and a note of its
    own. A check-up is another kind and may stand beside an office visit.
    """
    for kind in _KINDS:
        first: dict[date, ServiceLine] = {}
        for line, when in of_list(encounter, day, kind):
            if when in first:
                message = f"{line.code} is a second {kind} of {when}, beside {first[when].code}."
                apart = "25" in line.modifiers
                remedy = "Bill one, of the level that both together reach."
                grade = Severity.WARNING if apart else Severity.ERROR
                yield on_line("visit.two-levels", line, message, remedy, grade)
            first.setdefault(when, line)


@edit(
    "visit.prolonged",
    "visit",
    source=(
        "CMS physician fee schedule rules CY2021, CY2023 and CY2024 on G2212 and G0316; CPT "
        "prolonged visits, in our own words"
    ),
    settings=PHYSICIAN_CLAIM,
    on=(PROLONGED,),
)
def prolonged_visit(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A prolonged visit stands beside the highest level, reached by time, in whole quarter hours.

    CPT counts from 15 minutes past the least time of the highest level: 99417 beside 99205 from 75
    minutes on, beside 99215 from 55. Medicare counts from the end of that level and has codes of
    its own: G2212 from 89 and 69 minutes, G0316 in a hospital. Each further full 15 minutes is
    one unit more. G0317 and G0318 count minutes of several days, and 99236 does with G0316; they
    are not judged.
    """
    payer = encounter.circumstances.payer
    every = prolonged(day)
    own = "Medicare" if payer == "Medicare" else ""
    names = {row.code for row in every}
    for line in (one for one in encounter.lines if one.code in names):
        rows = [row for row in every if row.code == line.code]
        if all(row.payer != own for row in rows):
            yield _other_payers(line, rows, every, own)
        else:
            yield from _prolonged(encounter, line, rows, day)


def _other_payers(
    line: ServiceLine, rows: list[ProlongedRow], every: tuple[ProlongedRow, ...], own: str
) -> Finding:
    """Return that this payer has another code for long visits, which begins elsewhere."""
    beside = {row.beside for row in rows}
    found = [row for row in every if row.payer == own and row.beside in beside]
    instead = ", ".join(f"{row.code} beside {row.beside} from {row.first} minutes" for row in found)
    if own:
        message = f"Medicare does not take {line.code}; it counts {instead}."
        return on_line("visit.prolonged", line, message, "Use its code if the minutes reach it.")
    message = f"{line.code} is Medicare's code for a long visit."
    remedy = "Look up the payer's policy; most others take the code of CPT."
    return on_line("visit.prolonged", line, message, remedy, Severity.NOTE)


def _prolonged(
    encounter: CodedEncounter, line: ServiceLine, rows: list[ProlongedRow], day: date
) -> Iterator[Finding]:
    others = {one.code for one in encounter.lines if day_of(one, day) == day_of(line, day)}
    found = next((row for row in rows if row.beside in others), None)
    minutes = spent(encounter)
    if line.code == "G0316" and "99236" in others:
        return
    if found is None:
        tops = " or ".join(row.beside for row in rows)
        message = f"{line.code} stands without {tops}."
        yield on_line("visit.prolonged", line, message, "Take it off, or raise the visit.")
    elif minutes is None:
        message = f"{line.code} needs a visit whose level was chosen by time."
        yield on_line("visit.prolonged", line, message, "Give the minutes: em time 95")
    else:
        units = max(0, (minutes - found.first) // found.step + 1)
        if (line.units or 0) != units:
            message = (
                f"{minutes} minutes beside {found.beside} are {units} units, from "
                f"{found.first} minutes on one for each {found.step}; {line.units} are billed."
            )
            remedy = f"Write x{units}." if units else "Take the line out."
            yield on_line("visit.prolonged", line, message, remedy)


EDITS = (visit_level, no_time_in_emergency, two_levels, prolonged_visit)
