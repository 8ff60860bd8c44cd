"""What only an 837P says of a claim and its lines: the reverse of `x837_professional`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from codinglab.claim.model import (
    Accident,
    Ambulance,
    Attachment,
    Diagnosis,
    Drug,
    Equipment,
    Line,
    ProfessionalDates,
)
from codinglab.claim.parties import Role
from codinglab.claim.x837_fields import (
    Unreadable,
    amount_at,
    coded_parts,
    day_at,
    dotted,
    inner,
    inner_first,
    needed,
    needed_code,
    needed_number,
    note_at,
    period_at,
    reference_at,
)
from codinglab.claim.x837_read_parties import read_address, read_providers
from codinglab.x12.loops import Loop, WireSegment
from codinglab.x12.values import decimal_of, period_of

_LINE_ROLES: tuple[tuple[str, str, Role], ...] = (
    ("2420A", "82", "rendering"),
    ("2420B", "QB", "purchased service"),
    ("2420D", "DQ", "supervising"),
    ("2420E", "DK", "ordering"),
    ("2420F", "DN", "referring"),
)
_STATE = 4  # the component of CLM11 that holds the state of an auto accident


def _accident(loop: Loop) -> Accident:
    header = needed(loop, "CLM")
    causes = set(header.parts(11)[: _STATE - 1])
    return Accident(
        employment="EM" in causes,
        auto="AA" in causes,
        other="OA" in causes,
        state=header.part(11, _STATE),
        day=day_at(loop, "439"),
    )


def _dates(loop: Loop) -> ProfessionalDates:
    unable = period_at(loop, "314") or (day_at(loop, "360"), day_at(loop, "361"))
    return ProfessionalDates(
        onset=day_at(loop, "431"),
        last_menstrual=day_at(loop, "484"),
        initial_treatment=day_at(loop, "454"),
        last_seen=day_at(loop, "304"),
        unable_to_work_from=unable[0],
        unable_to_work_to=unable[1],
        admitted=day_at(loop, "435"),
        discharged=day_at(loop, "096"),
        acute_manifestation=day_at(loop, "453"),
        last_x_ray=day_at(loop, "455"),
        prescribed=day_at(loop, "471"),
        care_assumed=day_at(loop, "090"),
        care_relinquished=day_at(loop, "091"),
        first_contact=day_at(loop, "444"),
    )


def _certified(loop: Loop, answer: str) -> tuple[str, ...]:
    return tuple(
        code
        for one in loop.all("CRC", "07")
        if one.get(2) == answer
        for code in one.elements[3:]
        if code
    )


def _ambulance(loop: Loop) -> Ambulance | None:
    """Return the trip; None where the claim tells of none or of no place at one of its ends."""
    told = loop.first("CR1")
    from_loop, to_loop = inner_first(loop, "2310E"), inner_first(loop, "2310F")
    pick_up = None if from_loop is None else read_address(from_loop)
    drop_off = None if to_loop is None else read_address(to_loop)
    miles = None if told is None else decimal_of(told.get(6))
    if told is None or pick_up is None or drop_off is None or miles is None:
        return None
    return Ambulance(
        reason=told.get(4),
        miles=miles,
        conditions=_certified(loop, "Y"),
        pick_up=pick_up,
        drop_off=drop_off,
        weight=decimal_of(told.get(2)),
        round_trip=told.get(9),
        stretcher=told.get(10),
        not_met=_certified(loop, "N"),
    )


def _diagnoses(loop: Loop) -> tuple[Diagnosis, ...]:
    return tuple(Diagnosis(dotted(one[1])) for one in coded_parts(loop, "ABK", "ABF"))


def _outside(lines: list[Loop]) -> Decimal | None:
    """Return the price of the one purchased service (PS1), None where none or several have one."""
    told = [one for line in lines for one in line.all("PS1")]
    return decimal_of(told[0].get(2)) if len(told) == 1 else None


def professional_fields(loop: Loop) -> dict[str, Any]:
    """Return the fields of a claim that only an 837P fills; raises Unreadable."""
    header = needed(loop, "CLM")
    anesthesia = list(coded_parts(loop, "BP"))
    lines = inner(loop, "2400")
    return {
        "place_of_service": header.part(5, 1),
        "signature_on_file": needed_code(loop, header, 6, ("Y", "N")) == "Y",
        "signed_for_patient": header.get(10) == "P",
        "accident": _accident(loop),
        "dates": _dates(loop),
        "ambulance": _ambulance(loop),
        "clia": reference_at(loop, "X4"),
        "patient_paid": amount_at(loop, "F5"),
        "outside_laboratory": _outside(lines),
        "anesthesia_procedure": anesthesia[0][1] if anesthesia else "",
        "conditions": tuple(one[1] for one in coded_parts(loop, "BG")),
        "diagnoses": _diagnoses(loop),
        "lines": tuple(_line(one) for one in lines),
    }


def read_drug(line: Loop) -> Drug | None:
    """Return the drug of a line (2410), None where there is none or it cannot be read."""
    loop = inner_first(line, "2410")
    if loop is None:
        return None
    item, much = loop.first("LIN"), loop.first("CTP")
    if item is None or much is None or item.get(2) != "N4":
        return None
    quantity = decimal_of(much.get(4))
    if quantity is None:
        return None
    return Drug(item.get(3), quantity, much.part(5, 1), reference_at(loop, "XZ"))


def read_days(loop: Loop) -> tuple[date, date | None] | None:
    """Return first and last day of service (DTP 472); None where there is none.

    The last is None where it is the first. Raises Unreadable when it is no day.
    """
    one = loop.first("DTP", "472")
    if one is None:
        return None
    found = period_of(one.get(3))
    if found is None:
        raise Unreadable(f"DTP03 {one.get(3)!r} is no day", loop.id, one.position, "DTP03")
    return found[0], None if found[0] == found[1] else found[1]


def read_modifiers(one: WireSegment, at: int) -> tuple[str, ...]:
    """Return the modifiers in a procedure (components 3 to 6)."""
    return tuple(part for part in one.parts(at)[2:6] if part)


def _equipment(loop: Loop) -> Equipment | None:
    """Return the equipment of SV5, of a certificate (CR3), or of both; None where neither is."""
    told, certified = loop.first("SV5"), loop.first("CR3")
    if told is None and certified is None:
        return None
    months = None if certified is None else decimal_of(certified.get(3))
    days = None if told is None else decimal_of(told.get(3))
    return Equipment(
        code="" if told is None else told.part(1, 2),
        months=int(months or 0),
        rental=None if told is None else decimal_of(told.get(4)),
        purchase=None if told is None else decimal_of(told.get(5)),
        every="" if told is None else told.get(6),
        days=None if days is None else int(days),
        certification="" if certified is None else needed_code(loop, certified, 1, ("I", "R", "S")),
    )


def _line(loop: Loop) -> Line:
    one = needed(loop, "SV1")
    when = read_days(loop)
    if when is None:
        raise Unreadable("there is no day of service (DTP 472)", "2400", one.position, "DTP03")
    patients = loop.first("QTY", "PT")
    return Line(
        code=one.part(1, 2),
        charge=needed_number(loop, one, 2),
        units=needed_number(loop, one, 4),
        first=when[0],
        last=when[1],
        modifiers=read_modifiers(one, 1),
        unit_kind=needed_code(loop, one, 3, ("UN", "MJ", "DA")),
        pointers=tuple(int(part) for part in one.parts(7) if part.isascii() and part.isdigit()),
        place_of_service=one.get(5),
        description=one.part(1, 7),
        emergency=one.get(9) == "Y",
        epsdt=one.get(11) == "Y",
        family_planning=one.get(12) == "Y",
        drug=read_drug(loop),
        equipment=_equipment(loop),
        providers=tuple(read_providers(loop, _LINE_ROLES)),
        authorization=reference_at(loop, "G1"),
        control_number=reference_at(loop, "6R"),
        note=note_at(loop),
        attachments=tuple(
            Attachment(each.get(1), each.get(2), each.get(6)) for each in loop.all("PWK")
        ),
        prescribed=day_at(loop, "471"),
        patients=None if patients is None else int(decimal_of(patients.get(2)) or 0),
    )
