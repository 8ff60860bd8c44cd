"""Rules on the side of the body that a diagnosis or a line names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes import modifiers
from codinglab.codes.icd10cm import Code, Icd10cm, open_table
from codinglab.codes.modifiers import NotAModifier
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, Severity
from codinglab.edits.diagnosis_codes import (
    CATEGORY,
    Known,
    entry,
    guideline,
    known,
    other_sides,
    side_of,
)
from codinglab.edits.rule import edit
from codinglab.edits.trait import MODIFIER, TWO_DIAGNOSES, record_says
from codinglab.encounter.coded import CodedEncounter, Diagnosis, ServiceLine

_OPPOSITE = {"left": "right", "right": "left"}
_WORDS = {"left": "left", "right": "right", "both": "both", "bilateral": "both"}


def stated_side(encounter: CodedEncounter, code: str) -> str:
    """Return the side that the record states for `code`: left, right or both; "" if none."""
    found = encounter.circumstances.says("side", code)
    return _WORDS.get(found.value, "") if found else ""


@edit(
    "side.unspecified",
    "specificity",
    source="ICD-10-CM guidelines I.B.13",
    needs=("record",),
    on=record_says("side"),
)
def unspecified(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A side that the record states is coded; "unspecified side" is for records that do not.

    When the provider does not say it, the side may be taken from the notes of other clinicians
    who care for the patient. Many payers deny codes of an unspecified side.
    """
    table = open_table(day)
    for one, code in known(encounter, day):
        side = stated_side(encounter, one.code)
        if not side or side_of(code.title):
            continue
        better = [other for at, other in other_sides(table, code.code) if at == side]
        if better:
            yield Finding(
                "side.unspecified",
                one.place,
                f"{one.code} names no side, and the record says {side}.",
                f"Write {better[0].code} ({better[0].title}).",
                cite=guideline("I.B.13", day),
            )


@edit(
    "side.conflict",
    "specificity",
    source="ICD-10-CM guidelines I.B.13",
    needs=("record",),
    on=record_says("side"),
)
def conflict(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A diagnosis names the side that the record names.

    A wrong side is read as another disease by everybody who meets the patient next, and the
    line it explains is denied where a modifier names the right one.
    """
    table = open_table(day)
    for one, code in known(encounter, day):
        stated, coded = stated_side(encounter, one.code), side_of(code.title)
        if not stated or not coded or stated == coded:
            continue
        better = [other for at, other in other_sides(table, code.code) if at == stated]
        if stated == "both" and not better:
            continue
        yield Finding(
            "side.conflict",
            one.place,
            f"{one.code} says {coded}, and the record says {stated}.",
            f"Write {better[0].code} ({better[0].title})."
            if better
            else "Read the record again, and query the provider where its parts disagree.",
            cite=guideline("I.B.13", day),
        )


@edit(
    "side.both",
    "specificity",
    source="ICD-10-CM guidelines I.B.13",
    on=(TWO_DIAGNOSES,),
)
def both(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A condition of both sides has one bilateral code where the classification has one.

    Left and right are coded separately only where there is no bilateral code, and neither stands
    beside it. Once one side has been treated and is well, the code of the other side is used
    alone.
    """
    table = open_table(day)
    codes = known(encounter, day)
    yield from _beside_both(codes, table, day)
    rights = {code.code[:CATEGORY] for _, code in codes if side_of(code.title) == "right"}
    for one, code in codes:
        if code.code[:CATEGORY] not in rights or side_of(code.title) != "left":
            continue
        kin = other_sides(table, code.code)
        opposite = {other.code for at, other in kin if at == "right"}
        bilateral: list[Code] = [other for at, other in kin if at == "both"]
        for other, found in codes:
            if bilateral and found.code in opposite:
                last = max((one, other), key=encounter.diagnoses.index)
                yield Finding(
                    "side.both",
                    last.place,
                    f"{one.code} and {other.code} are the two sides of one condition, which has a "
                    "bilateral code.",
                    f"Write {bilateral[0].code} ({bilateral[0].title}) instead of the two.",
                    cite=guideline("I.B.13", day),
                )


def _beside_both(codes: Known, table: Icd10cm, day: date) -> Iterator[Finding]:
    """Find each code of one side that stands beside the bilateral code of the same condition."""
    for bilateral, code in codes:
        if side_of(code.title) != "both":
            continue
        single = {other.code for at, other in other_sides(table, code.code) if at != "both"}
        for one, found in codes:
            if found.code in single:
                yield Finding(
                    "side.both",
                    one.place,
                    f"{one.code} is one side of what {bilateral.code} says of both.",
                    f"Take {one.code} out, or {bilateral.code} if only one side has it now.",
                    cite=guideline("I.B.13", day),
                )


@edit(
    "side.modifier",
    "modifier",
    source="CMS-1500 items 21, 24D and 24E; HCPCS Level II side modifiers",
    settings=("professional", "outpatient"),
    on=(MODIFIER,),
)
def against_modifier(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A line's side and the side of the diagnosis it points to agree.

    RT with a diagnosis of the left side looks like a service without a reason, and many payers
    deny it. A warning, as a look at the sound side may be right for comparison.
    """
    table = open_table(day)
    for line in encounter.lines:
        if not (side := _line_side(line, day)):
            continue
        pointed = [
            (one, side_of(code.title))
            for one in _pointed(encounter, line)
            if (code := entry(table, one.code))
        ]
        if not pointed or {side, "both"} & {at for _, at in pointed}:
            continue
        one, at = pointed[0]
        if at == _OPPOSITE[side]:
            yield Finding(
                "side.modifier",
                line.place,
                f"{line.code} says {side} by its modifier, and {one.code} on {one.place}, which it "
                f"points to, says {at}.",
                "Find the side in the record and correct the modifier, the diagnosis or the "
                "pointer.",
                Severity.WARNING,
            )


def _pointed(encounter: CodedEncounter, line: ServiceLine) -> list[Diagnosis]:
    count = len(encounter.diagnoses)
    return [encounter.diagnoses[at - 1] for at in line.pointers if 0 < at <= count]


def _line_side(line: ServiceLine, day: date) -> str:
    """Return the one side that the modifiers of `line` name, "" where they name none or two."""
    sides = set()
    for modifier in line.modifiers:
        try:
            sides.add(side_of(modifiers.find(modifier, line.day or day).label))
        except (NotInTable, NotInForce, NotAModifier):
            continue
    found = sides - {"", "both"}
    return found.pop() if len(found) == 1 else ""


EDITS = (unspecified, conflict, both, against_modifier)
