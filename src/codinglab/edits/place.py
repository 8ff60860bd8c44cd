"""Place of service against what was done there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.service_lists import ListName, members
from codinglab.core.findings import Finding, Severity
from codinglab.edits.fee_facts import known_facts
from codinglab.edits.line_facts import (
    PHYSICIAN_CLAIM,
    day_of,
    kind_of,
    of_list,
    on_line,
)
from codinglab.edits.rule import edit
from codinglab.edits.trait import service_lists
from codinglab.encounter.coded import CodedEncounter, ServiceLine

_EMERGENCY, _INPATIENT, _BY_VIDEO = "23", "21", "02"
_RESIDENCES = frozenset({"12", "13", "14", "31", "32"})
_PLACES: tuple[tuple[ListName, ListName], ...] = (
    ("hospital visit", "hospital visit place"),
    ("nursing facility visit", "nursing facility visit place"),
    ("home visit", "home visit place"),
)
_BOTH_PARTS, _TECHNICAL, _WHOLE, _INCIDENT = "1", "3", "4", "5"


def _in_hospital(encounter: CodedEncounter, day: date) -> Iterator[tuple[ServiceLine, date]]:
    for line in encounter.lines:
        when = day_of(line, day)
        if line.place_of_service in members("hospital place", when):
            yield line, when


@edit(
    "place.emergency",
    "place",
    source="Medicare Claims Processing Manual ch. 12 s. 30.6.11",
    settings=PHYSICIAN_CLAIM,
    on=service_lists("emergency visit"),
)
def emergency_place(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Emergency visits are made in a hospital's emergency department, place 23.

    Urgent care centers bill office visits. A department is open at all hours and belongs to a
    hospital. A physician who sees the department's patient by video has place 02.
    """
    for line, _ in of_list(encounter, day, "emergency visit"):
        if line.place_of_service not in {None, _EMERGENCY, _BY_VIDEO}:
            message = f"{line.code} is an emergency visit; the place is {line.place_of_service}."
            yield on_line(
                "place.emergency", line, message, "Correct the place, or use an office visit."
            )


@edit(
    "place.office-visit",
    "place",
    source="CPT office visits, in our own words; CMS place of service code set",
    settings=PHYSICIAN_CLAIM,
    on=service_lists("office visit"),
)
def office_place(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """An office visit is not made to an inpatient, nor in a nursing facility or a home.

    A patient who has been admitted has hospital visits with codes of their own, and so have
    residents of nursing facilities (31, 32) and patients at home (12 to 14). Outpatient departments
    (19, 22) do have office visits.
    """
    for line, _ in of_list(encounter, day, "office visit"):
        place = line.place_of_service
        if place == _INPATIENT:
            message = f"{line.code} is an office visit; place 21 is for inpatients."
            yield on_line(
                "place.office-visit", line, message, "Use a hospital visit, or correct the place."
            )
        elif place in _RESIDENCES:
            message = f"{line.code} is an office visit; the place is {place}, where patients live."
            remedy = "Use a home or nursing facility visit, or correct the place."
            yield on_line("place.office-visit", line, message, remedy, Severity.WARNING)


@edit(
    "place.visit-kind",
    "place",
    source=(
        "CPT hospital, nursing facility and home visits, in our own words; CMS place of service "
        "code set; Medicare Claims Processing Manual ch. 12 ss. 30.6.9, 30.6.13 and 30.6.14"
    ),
    settings=PHYSICIAN_CLAIM,
    on=service_lists("hospital visit", "nursing facility visit", "home visit"),
)
def place_of_kind(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Hospital, nursing facility and home visits are made where their names say.

    A hospital visit is to an inpatient or an observed outpatient; a nursing facility visit stands
    in 31, 32, or where psychiatric or disabled residents live; a home is also assisted living, a
    group home, a shelter or temporary lodging. By telehealth, 02 or 10 take their place.
    """
    for kind, places in _PLACES:
        for line, when in of_list(encounter, day, kind):
            place = line.place_of_service
            if place is not None and place not in members(places, when):
                message = f"{line.code} is a {kind}; the place is {place}."
                remedy = "Correct the place, or use the visit that belongs to it."
                yield on_line("place.visit-kind", line, message, remedy)


@edit(
    "place.technical-part",
    "place",
    source="Medicare Claims Processing Manual ch. 13 s. 20.1; fee schedule, PC/TC indicator",
    settings=PHYSICIAN_CLAIM,
    on=service_lists("hospital place"),
)
def technical_part(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """In a hospital the physician bills the reading alone (26); the rest is the hospital's.

    Machine, film and technician are the hospital's cost, and the hospital bills them. A line
    without 26 bills them twice. A code that is the whole test (PC/TC indicator 4) takes no 26; its
    reading has a code of its own.
    """
    for line, when in _in_hospital(encounter, day):
        found = known_facts(line, day)
        part = found.pc_tc if found else None
        if part == _TECHNICAL or (part == _BOTH_PARTS and "26" not in line.modifiers):
            message = f"{line.code} in place {line.place_of_service} bills the technical part."
            remedy = "Take it out." if part == _TECHNICAL or "TC" in line.modifiers else "Add 26."
            yield on_line("place.technical-part", line, message, remedy)
        elif part == _WHOLE:
            message = f"{line.code} in place {line.place_of_service} bills the technical part."
            yield on_line("place.technical-part", line, message, "Use the code of the reading.")
        elif part is None and kind_of(line.code, when) == "imaging" and "26" not in line.modifiers:
            message = f"The PC/TC indicator of {line.code} is not known here."
            remedy = "Look it up; if it is 1, a hospital's film needs 26."
            yield on_line("place.technical-part", line, message, remedy, Severity.NOTE)


@edit(
    "place.hospital-supplies",
    "place",
    source="42 CFR 410.26(b)(1); Medicare Benefit Policy Manual ch. 15 s. 50.3",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    on=service_lists("hospital place"),
)
def supplies_in_hospital(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Drugs, supplies and staff's injections in a hospital are the hospital's to bill.

    A physician bills them where the practice bought them and its staff gave them. PC/TC indicator
    5 marks services of staff.
    """
    for line, when in _in_hospital(encounter, day):
        kind = kind_of(line.code, when)
        found = known_facts(line, day) if kind == "administration" else None
        if kind in {"drug", "supply", "vaccine"} or (found and found.pc_tc == _INCIDENT):
            message = f"{line.code} in place {line.place_of_service} is the hospital's to bill."
            yield on_line("place.hospital-supplies", line, message, "Take it out.")


EDITS = (emergency_place, office_place, place_of_kind, technical_part, supplies_in_hospital)
