"""What only an 837P says of a claim and its lines: the reverse of `x837_professional`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from codinglab.claim.model import (
    Accident,
    Ambulance,
    Diagnosis,
    ProfessionalDates,
)
from codinglab.claim.x837_fields import (
    amount_at,
    coded_parts,
    day_at,
    dotted,
    inner,
    inner_first,
    needed,
    needed_code,
    period_at,
    reference_at,
)
from codinglab.claim.x837_read_line import read_line
from codinglab.claim.x837_read_parties import read_address
from codinglab.x12.loops import Loop
from codinglab.x12.values import decimal_of

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
        "lines": tuple(read_line(one) for one in lines),
    }
