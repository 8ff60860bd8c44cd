"""Rules on units: how many a payer takes on a line and on a day, and how they are written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.unit_limits import (
    BY_DAY_CLINICAL,
    BY_LINE,
    LimitTable,
    UnitLimit,
    limit_table,
)
from codinglab.core.findings import Finding, Severity
from codinglab.edits.ncci_lines import (
    BILLED_BY_LINE,
    MANUAL,
    is_visit,
    kind_of_bill,
    lines_by_day,
)
from codinglab.edits.once import once
from codinglab.edits.rule import edit
from codinglab.edits.trait import TWO_LINES, UNITS, carries
from codinglab.encounter.coded import CodedEncounter, ServiceLine

_AGAIN = ("76", "77", "91")
_BOTH_SIDES = "50"
_CLAIMS = "Medicare Claims Processing Manual"
_FIRM = "Correct the units or the code; neither a modifier nor a second line helps."
_TWO_SIDES = (
    "Both sides are one line with 50 and one unit where the bilateral indicator is 1; else correct "
    "the units or the code: no second line helps."
)


@once
def _limits(encounter: CodedEncounter, day: date) -> Iterator[tuple[LimitTable, list[ServiceLine]]]:
    """Yield the lines of each day, with the table of limits that judges them."""
    for on, lines in lines_by_day(encounter, day).items():
        table = limit_table(on, kind_of_bill(encounter), encounter.circumstances.payer)
        yield table, lines


@edit("mue.line", "units", source=f"{MANUAL}, section V", settings=BILLED_BY_LINE)
def by_line(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A line has no more units than the limit for one line.

    The payer denies the whole line, not only the units beyond the limit. Medicare counts so where
    the adjudication indicator (MAI) is 1; Medicaid counts each line in all cases. Units beyond the
    limit that were truly given stand on a further line with the modifier that says why.
    """
    for table, lines in _limits(encounter, day):
        for line in lines:
            limit = table.find(line.code)
            if limit and limit.adjudication == BY_LINE and (line.units or 0) > limit.units:
                yield _over_the_line(line, limit)


def _over_the_line(line: ServiceLine, limit: UnitLimit) -> Finding:
    return Finding(
        "mue.line",
        line.place,
        f"{line.code} has {line.units} units; {limit.payer} takes {limit.units} on a line.",
        "Count the units again (a unit is what the code's words say, not a milligram). "
        "If they were given, split the line, with 76, 77, 59 or a side or digit.",
        Severity.ERROR,
        limit.cite,
    )


@edit("mue.day", "units", source=f"{MANUAL}, section V", settings=BILLED_BY_LINE)
def by_day(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """All units of a code on a day stay within the limit for a day.

    The adjudication indicator (MAI) says how firm the limit is. With 2 it follows from policy or
    from what the code means: no modifier and no second line helps. With 3 it follows from clinical
    experience: the units are denied at first, and may be paid on appeal with the record.
    """
    for table, lines in _limits(encounter, day):
        counted: dict[str, int] = {}
        over: set[str] = set()
        for line in lines:
            limit = table.find(line.code)
            counted[line.code] = counted.get(line.code, 0) + (line.units or 0)
            if limit is None or limit.adjudication == BY_LINE or line.code in over:
                continue
            if counted[line.code] > limit.units:
                over.add(line.code)
                yield _over_the_day(line, limit, [one for one in lines if one.code == line.code])


def _over_the_day(line: ServiceLine, limit: UnitLimit, same: list[ServiceLine]) -> Finding:
    clinical = limit.adjudication == BY_DAY_CLINICAL
    total = sum(one.units or 0 for one in same)
    both = {"LT", "RT"} <= {modifier for one in same for modifier in one.modifiers}
    firm = _TWO_SIDES if both else _FIRM
    return Finding(
        "mue.day",
        line.place,
        f"{line.code} has {total} units on the day; {limit.payer} takes {limit.units}.",
        "Count again; if the record shows them all, bill them and appeal the denial."
        if clinical
        else firm,
        Severity.WARNING if clinical else Severity.ERROR,
        limit.cite,
    )


@edit(
    "units.bilateral",
    "units",
    source=f"{_CLAIMS}, chapter 12, section 40.7, and chapter 4, section 20.6.2",
    settings=BILLED_BY_LINE,
    payer="Medicare",
    on=carries("50"),
)
def bilateral(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """A procedure on both sides with modifier 50 is one line of one unit.

    The modifier already says two, and the price is raised by it. Two units with 50 say four. Some
    other payers want two lines with RT and LT.
    """
    for line in encounter.lines:
        if _BOTH_SIDES in line.modifiers and (line.units or 0) > 1:
            yield Finding(
                "units.bilateral",
                line.place,
                f"{line.code} has modifier 50 and {line.units} units.",
                "Write x1: modifier 50 says both sides.",
            )


@edit(
    "units.repeat",
    "units",
    source=f"{_CLAIMS}, chapter 4, section 20.6.5, and chapter 16, section 100.5.1",
    settings=BILLED_BY_LINE,
    needs=("earlier",),
    on=carries("76", "77", "91"),
)
def repeat(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A repeat (76, 77, 91) follows a first service of the same code on the day.

    The first stands on its own line without the modifier, or on a claim already sent. A modifier
    for repeats on the only line says that something is missing, or was not a repeat.
    """
    for on, lines in lines_by_day(encounter, day).items():
        firsts = {line.code for line in lines if not set(line.modifiers) & set(_AGAIN)}
        firsts |= {one.code for one in encounter.circumstances.earlier or () if one.day == on}
        for line in lines:
            used = [one for one in line.modifiers if one in _AGAIN]
            if used and line.code not in firsts:
                yield Finding(
                    "units.repeat",
                    line.place,
                    f"{line.code} has modifier {used[0]}, and no first {line.code} of the day.",
                    "Put the first service on a line of its own without the modifier, or take "
                    "the modifier off.",
                    Severity.WARNING,
                )


@edit(
    "units.duplicate",
    "units",
    source=f"{_CLAIMS}, chapter 1, section 120",
    settings=("professional",),
    on=(TWO_LINES,),
)
def duplicate(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Two lines alike in code, day, modifiers and place are taken for the same service twice.

    The second is denied as an exact duplicate. The same service again is told by units, or by a
    modifier: 76, 77 or 91 for a repeat, a side or a digit for another place of the body.
    """
    seen: dict[tuple[object, ...], ServiceLine] = {}
    for line in encounter.lines:
        key = line.code, line.day or day, frozenset(line.modifiers), line.place_of_service
        if first := seen.get(key):
            yield Finding(
                "units.duplicate",
                line.place,
                f"{line.code} stands on {first.place} in the same words.",
                "Take one out, or raise the units, or say by a modifier what differs.",
            )
        seen.setdefault(key, line)


@edit(
    "units.visit",
    "units",
    source=f"{_CLAIMS}, chapter 12, sections 30.6.5 and 30.6.7",
    settings=("professional",),
    on=(UNITS,),
)
def visit_units(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A visit is one unit.

    Its level already weighs how much was done, and several talks of one practitioner with a patient
    on a day make one visit of the level that they reach together.
    """
    for line in encounter.lines:
        if (line.units or 0) > 1 and is_visit(line.code, line.day or day):
            yield Finding(
                "units.visit",
                line.place,
                f"{line.code} is a visit and has {line.units} units.",
                "Write x1, at the level that the day's work reaches.",
                Severity.WARNING,
            )


EDITS = (by_line, by_day, bilateral, repeat, duplicate, visit_units)
