"""Rules that judge the service lines of an encounter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes import billing, modifiers, procedures
from codinglab.core.findings import Finding, Severity
from codinglab.encounter.coded import POINTER_LETTERS, CodedEncounter

_POINTERS = 4  # CMS-1500 item 24E


def known_procedure(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """`line.unknown`: the procedure code must stand in this lab's table on the date of service.

    CPT codes outside the starter set are "not in this lab's table", never "invalid": the lab
    holds a small part of CPT (see code_sets/cpt).
    """
    for line in encounter.lines:
        found = procedures.find(line.code, day)
        if isinstance(found, procedures.NotHere):
            yield Finding("line.unknown", line.place, found.message, found.remedy)


def known_modifier(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """`line.modifier`: each modifier must exist on the date of service, once a line."""
    for line in encounter.lines:
        for number, modifier in enumerate(line.modifiers):
            if modifiers.find(modifier, day) is None:
                yield Finding(
                    "line.modifier",
                    line.place,
                    f"Modifier {modifier} is not in this lab's table on {day}.",
                    "Check its two characters.",
                )
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
        place = line.place_of_service
        if place is not None and billing.place_of_service(place, day) is None:
            yield Finding(
                "line.place",
                line.place,
                f"{place} is not a place of service code on {day}.",
                "Use the two digits from the CMS list, such as 11 for an office.",
            )


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
