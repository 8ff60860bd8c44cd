"""Coding: the codes of the service lines, each in its table on its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.rules import limit
from codinglab.claim.scrub_facts import in_table, lines, missing, place_of
from codinglab.claim.scrub_lists import members, on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.codes import modifiers, procedures
from codinglab.codes.billing import PLACES
from codinglab.codes.modifiers import NotAModifier
from codinglab.codes.procedures import NotAProcedureCode
from codinglab.codes.release import NotInTable
from codinglab.core.findings import Severity


@claim_edit(
    "line.code",
    "coding",
    "coder",
    5,
    source="45 CFR 162.1002: the code set in force on the date of service",
    at="2400 SV101-2 or SV202-2",
    answer="A7 454",
    instead=("line.unknown",),
    wire=("code.procedure",),
)
def code(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A procedure code is in force on the day of its line.

    The lab holds starter sets of CPT and HCPCS. A code of the right shape that is in neither is a
    warning, "not in this lab's table", and never called invalid; one of another shape is wrong.
    """
    for place, line in lines(sent.claim):
        if not line.code:
            if sent.claim.kind == "professional":
                yield missing(place, "The procedure code", "Code what was done.")
            continue
        try:
            procedures.find(line.code, line.first)
        except NotInTable as error:
            remedy = "Look it up in the code book of the day of service."
            yield Said(place, f"{error}.", remedy, Severity.WARNING)
        except NotAProcedureCode as error:
            yield Said(place, f"{error}.", "Look it up again.")


@claim_edit(
    "line.modifier",
    "coding",
    "coder",
    5,
    source="CPT and HCPCS Level II modifiers; 837 2400 SV101-3 to SV101-6",
    at="2400 SV101-3 or SV202-3",
    answer="A7 453",
    instead=("modifier.unknown",),
    wire=("code.modifier",),
)
def modifier(sent: Sent, day: date) -> Iterator[Said]:
    """A modifier is in force on the day of its line, and a line has four at most.

    The lab holds those in common use; another of the right shape is a warning. The two letters of
    an ambulance trip have a rule of their own.
    """
    room = limit("modifiers", day).number
    for place, line in lines(sent.claim):
        if len(line.modifiers) > room:
            remedy = f"Keep {room}; those that price come first."
            yield Said(place, f"{len(line.modifiers)} modifiers.", remedy)
        letters = members("ambulance letter", day)
        trip = on_list("ambulance service", line.code, day)
        for one in line.modifiers:
            if trip and letters.issuperset(one):
                continue
            try:
                modifiers.find(one, line.first)
            except NotInTable as error:
                yield Said(place, f"{error}.", "Look it up.", Severity.WARNING)
            except NotAModifier as error:
                yield Said(place, f"{error}.", "Look it up.")


@claim_edit(
    "line.place",
    "coding",
    "biller",
    5,
    source="CMS place of service code set; CMS-1500 item 24B",
    at="2300 CLM05-1; 2400 SV105",
    kinds=("professional",),
    answer="A7 249",
    instead=("place.unknown",),
    wire=("code.place",),
)
def place_of_service(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Every line of a professional claim has a place of service that CMS publishes.

    It says where the patient was, and chooses between two prices of many services.
    """
    for place, line in lines(sent.claim):
        where = place_of(sent.claim, line)
        if not where:
            yield missing(place, "The place of service", "Write it like 11, an office.")
            continue
        if found := in_table(PLACES, where, line.first, complete=True):
            yield Said(place, found[0], "Use the two digits of the CMS list.")


@claim_edit(
    "line.unlisted",
    "coding",
    "coder",
    4,
    source="837 2400 SV101-7; Medicare Claims Processing Manual ch. 26 s. 10.4 item 19",
    at="2400 SV101-7",
    answer="A6 306",
    wire=("code.unlisted",),
)
def unlisted(sent: Sent, day: date) -> Iterator[Said]:
    """A code for what has no code of its own says in words what it was.

    Such as J3490, a drug without a code: name, strength and dose. Nobody can price it otherwise.
    """
    for place, line in lines(sent.claim):
        if on_list("unlisted", line.code, day) and not line.description.strip():
            yield missing(place, f"What {line.code} stands for", "Describe it in a few words.")


EDITS = (code, modifier, place_of_service, unlisted)
