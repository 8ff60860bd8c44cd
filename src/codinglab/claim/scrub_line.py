"""Coding: the service lines, each code in its table on its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.rules import limit
from codinglab.claim.scrub_facts import CLAIM, in_table, lines, missing, place_of
from codinglab.claim.scrub_lists import members, on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.codes import modifiers, procedures
from codinglab.codes.billing import PLACES
from codinglab.codes.modifiers import NotAModifier
from codinglab.codes.procedures import NotAProcedureCode
from codinglab.codes.release import NotInTable
from codinglab.core.findings import Severity


@claim_edit(
    "line.none",
    "coding",
    "biller",
    4,
    source="CMS-1500 item 24; UB-04 FL 42; 837 2400",
    at="2400",
    answer="A6 247",
)
def none(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A claim has at least one line.

    Without a service there is nothing to pay for.
    """
    if not sent.claim.lines:
        yield missing(CLAIM, "Every service line", "Enter what was done.")


@claim_edit(
    "line.too-many",
    "coding",
    "biller",
    2,
    source="837P 2400: 50 lines; 837I 2400: 999",
    at="2400 LX",
    answer="A7 121",
)
def too_many(sent: Sent, day: date) -> Iterator[Said]:
    """A professional claim has fifty lines at most, an institutional one 999.

    The rest goes on a second claim with the same diagnoses. A paper page has six or twenty-two.
    """
    claim = sent.claim
    room = limit(f"{claim.kind} lines", day).number
    if len(claim.lines) > room:
        yield Said(CLAIM, f"{len(claim.lines)} lines; there is room for {room}.", "Split it.")


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
    "line.units",
    "coding",
    "biller",
    4,
    source="CMS-1500 item 24G; UB-04 FL 46; 837 2400 SV104, SV205",
    at="2400 SV104 or SV205",
    answer="A7 476",
    instead=("units.none",),
)
def units(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A line has units, more than 0.

    Nothing done is no line. Only the lines of a hospital that state a rate alone have none.
    """
    for place, line in lines(sent.claim):
        if line.units <= 0:
            yield Said(place, f"{line.units} units.", "Write 1, or as many as were done.")


@claim_edit(
    "line.dates",
    "coding",
    "biller",
    4,
    source="CMS-1500 item 24A; UB-04 FL 45; 837 2400 DTP 472",
    at="2400 DTP 472",
    answer="A8 187",
    instead=("line.day",),
    wire=("x12.period_reversed",),
)
def dates(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A line ends on the day that it begins, or later.

    Several days stand on one line only where the same service was given on each.
    """
    for place, line in lines(sent.claim):
        if line.last and line.last < line.first:
            yield Said(place, f"From {line.first} to {line.last}.", "Put the days in order.")


@claim_edit(
    "line.future",
    "coding",
    "biller",
    4,
    source="18 U.S.C. 287: a claim is for what was done; 837 2400 DTP 472 against BHT04",
    at="2400 DTP 472; 2300 DTP 434",
    answer="A7 187",
    wire=("x12.future_service",),
)
def future(sent: Sent, day: date) -> Iterator[Said]:
    """No service is billed before it is given.

    A day after that of sending is a year typed wrong, or a service that has not happened.
    """
    for place, line in lines(sent.claim):
        if (line.last or line.first) > day:
            yield Said(
                place,
                f"The service of {line.last or line.first} is after the day of sending, {day}.",
                "Correct the date, or wait until the service is given.",
            )


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


EDITS = (
    *(none, too_many, code, modifier, place_of_service, units, dates, future),
    unlisted,
)
