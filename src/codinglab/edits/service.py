"""Rules that judge the service lines of an encounter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes import billing, modifiers, procedures
from codinglab.codes.modifiers import NotAModifier
from codinglab.codes.procedures import NotAProcedureCode
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import known
from codinglab.edits.rule import edit
from codinglab.edits.trait import (
    DATED,
    MANY_POINTERS,
    MODIFIER,
    NO_POINTER,
    NO_UNITS,
    PLACE,
    TWO_MODIFIERS,
)
from codinglab.encounter.coded import POINTER_LETTERS, CodedEncounter

UNKNOWN = (NotInTable, NotInForce, NotAProcedureCode)  # the ways a procedure code may not be found
_LOOK_AGAIN = "Check its characters. The lab holds few procedure codes; this case needs no other."
_POINTERS = 4  # CMS-1500 item 24E


@edit("line.unknown", "validity", source="45 CFR 162.1002: the code set in force on the date")
def known_procedure(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A procedure code must stand in this lab's table on the date of service.

    CPT codes outside the starter set are "not in this lab's table", never "invalid": the lab
    holds a small part of CPT (see code_sets/cpt). A day before or after the tables is not judged.
    """
    for line in encounter.lines:
        if known(line.code, line.day or day):
            continue
        try:
            procedures.find(line.code, line.day or day)
        except (NotInTable, NotAProcedureCode) as error:
            yield Finding("line.unknown", line.place, f"{error}.", _LOOK_AGAIN)


@edit(
    "modifier.unknown",
    "validity",
    source="CPT and HCPCS Level II modifiers",
    on=(MODIFIER,),
)
def known_modifier(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A modifier must exist on the date of service.

    Two characters, of CPT or of HCPCS Level II; payers reject a line with any other.
    """
    for line in encounter.lines:
        for modifier in line.modifiers:
            try:
                modifiers.find(modifier, line.day or day)
            except (NotInTable, NotAModifier) as error:
                remedy = "Check its two characters."
                yield Finding("modifier.unknown", line.place, f"{error}.", remedy)


@edit(
    "modifier.twice",
    "form",
    source="837P 2400 SV101 and CMS-1500 item 24D",
    on=(TWO_MODIFIERS,),
)
def modifier_twice(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """A modifier stands once on a line.

    There is room for four, and a second one of a kind says nothing more.
    """
    for line in encounter.lines:
        for modifier in sorted({one for one in line.modifiers if line.modifiers.count(one) > 1}):
            yield Finding(
                "modifier.twice",
                line.place,
                f"Modifier {modifier} stands twice on the line.",
                "Take one of them out.",
            )


@edit(
    "place.unknown",
    "validity",
    source="CMS place of service code set",
    on=(PLACE,),
)
def known_place(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A place of service must be one that CMS publishes.

    It says where the patient was, and chooses between the two prices of many services.
    """
    for line in encounter.lines:
        if line.place_of_service is None:
            continue
        try:
            billing.place_of_service(line.place_of_service, line.day or day)
        except NotInTable as error:
            remedy = "Use the two digits from the CMS list, such as 11 for an office."
            yield Finding("place.unknown", line.place, f"{error}.", remedy)


@edit(
    "units.none",
    "form",
    source="CMS-1500 item 24G",
    on=(NO_UNITS,),
)
def units_given(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """Every service line needs units of at least 1.

    A line without units is priced as nothing, or is rejected.
    """
    for line in encounter.lines:
        if not line.units:
            yield Finding(
                "units.none",
                line.place,
                f"{line.code} has no units.",
                "Write x1, or as many as were done.",
                Severity.WARNING,
            )


@edit(
    "pointer.none",
    "form",
    source="CMS-1500 item 24E",
    settings=("professional",),
    on=(NO_POINTER,),
)
def points_somewhere(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """Every service line points to at least one diagnosis.

    The pointer is how a claim says what the service was for.
    """
    for line in encounter.lines:
        if not line.pointers:
            yield Finding(
                "pointer.none",
                line.place,
                f"{line.code} points to no diagnosis.",
                "Say what it was done for: dx A",
                Severity.WARNING,
            )


@edit(
    "pointer.many",
    "form",
    source="CMS-1500 item 24E",
    settings=("professional",),
    on=(MANY_POINTERS,),
)
def points_to_four(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """A service line points to four diagnoses at most.

    The first is the main reason for the service.
    """
    for line in encounter.lines:
        if len(line.pointers) > _POINTERS:
            yield Finding(
                "pointer.many",
                line.place,
                f"{line.code} points to {len(line.pointers)} diagnoses.",
                "Keep the four that matter, the primary one first.",
            )


@edit("pointer.lost", "form", source="CMS-1500 items 21 and 24E")
def points_to_a_diagnosis(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """A pointer leads to a diagnosis that is on the claim.

    A letter beyond the last diagnosis leads nowhere, and the claim is rejected.
    """
    count = len(encounter.diagnoses)
    for line in encounter.lines:
        for pointer in (one for one in line.pointers if one > count):
            yield Finding(
                "pointer.lost",
                line.place,
                f"Pointer {POINTER_LETTERS[pointer - 1]} has no diagnosis; {count} are given.",
                "Point to a diagnosis on the worksheet, or add the one you mean.",
            )


@edit(
    "line.day",
    "form",
    source="CMS-1500 item 24A",
    settings=("professional",),
    on=(DATED,),
)
def day_of_service(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A line of a one-day visit has the date of that visit.

    Another date is another encounter.
    """
    for line in encounter.lines:
        if line.day is not None and line.day != day:
            yield Finding(
                "line.day",
                line.place,
                f"{line.code} is dated {line.day}; the visit was on {day}.",
                "Correct the date or leave it out.",
            )


EDITS = (
    *(known_procedure, known_modifier, modifier_twice, known_place, units_given),
    *(points_somewhere, points_to_four, points_to_a_diagnosis, day_of_service),
)
