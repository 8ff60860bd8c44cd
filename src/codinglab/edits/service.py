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
from codinglab.encounter.coded import POINTER_LETTERS, CodedEncounter

UNKNOWN = (NotInTable, NotInForce, NotAProcedureCode)  # the ways a procedure code may not be found
_LOOK_AGAIN = "Check its characters. The lab holds few procedure codes; this case needs no other."
_POINTERS = 4  # CMS-1500 item 24E


def known_procedure(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """`line.unknown`: the procedure code must stand in this lab's table on the date of service.

    CPT codes outside the starter set are "not in this lab's table", never "invalid": the lab
    holds a small part of CPT (see code_sets/cpt).
    """
    for line in encounter.lines:
        try:
            procedures.find(line.code, day)
        except UNKNOWN as error:
            yield Finding("line.unknown", line.place, f"{error}.", _LOOK_AGAIN)


def known_modifier(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """`line.modifier`: each modifier must exist on the date of service, once a line."""
    for line in encounter.lines:
        for number, modifier in enumerate(line.modifiers):
            try:
                modifiers.find(modifier, day)
            except (NotInTable, NotInForce, NotAModifier) as error:
                remedy = "Check its two characters."
                yield Finding("line.modifier", line.place, f"{error}.", remedy)
            if modifier in line.modifiers[:number]:
                yield Finding(
                    "line.modifier-twice",
                    line.place,
                    f"Modifier {modifier} stands twice on the line.",
                    "Take one of them out.",
                )


def known_place(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """`line.place`: a place of service must be one that CMS publishes."""
    for line in encounter.lines:
        if line.place_of_service is None:
            continue
        try:
            billing.place_of_service(line.place_of_service, day)
        except (NotInTable, NotInForce) as error:
            remedy = "Use the two digits from the CMS list, such as 11 for an office."
            yield Finding("line.place", line.place, f"{error}.", remedy)


def units_given(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """`line.units`: every line needs units of at least 1 (CMS-1500 item 24G)."""
    for line in encounter.lines:
        if not line.units:
            yield Finding(
                "line.units",
                line.place,
                f"{line.code} has no units.",
                "Write x1, or as many as were done.",
                Severity.WARNING,
            )


def pointers(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """`line.pointer`: every line points to one to four diagnoses that are on the claim (24E)."""
    count = len(encounter.diagnoses)
    for line in encounter.lines:
        if not line.pointers:
            yield Finding(
                "line.no-pointer",
                line.place,
                f"{line.code} points to no diagnosis.",
                "Say what it was done for: dx A",
                Severity.WARNING,
            )
        if len(line.pointers) > _POINTERS:
            yield Finding(
                "line.pointers",
                line.place,
                f"{line.code} points to {len(line.pointers)} diagnoses.",
                "Keep the four that matter, the primary one first.",
            )
        for pointer in (one for one in line.pointers if one > count):
            yield Finding(
                "line.pointer",
                line.place,
                f"Pointer {POINTER_LETTERS[pointer - 1]} has no diagnosis; {count} are given.",
                "Point to a diagnosis on the worksheet, or add the one you mean.",
            )


def day_of_service(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """`line.day`: a line of a one-day visit has the date of that visit."""
    for line in encounter.lines:
        if line.day is not None and line.day != day:
            yield Finding(
                "line.day",
                line.place,
                f"{line.code} is dated {line.day}; the visit was on {day}.",
                "Correct the date or leave it out.",
            )


RULES = (known_procedure, known_modifier, known_place, units_given, pointers, day_of_service)
