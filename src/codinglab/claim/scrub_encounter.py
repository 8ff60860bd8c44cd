"""A claim as the coded encounter that the edits of lines judge."""

from __future__ import annotations

import re

from codinglab.claim.model import Claim, Line
from codinglab.claim.scrub_facts import DIAGNOSIS, LINE, is_medicare, is_stay, last_day
from codinglab.encounter.circumstances import Circumstances, Patient, Setting
from codinglab.encounter.coded import (
    POINTER_LETTERS,
    CodedEncounter,
    Diagnosis,
    PcsProcedure,
    ServiceLine,
)

MEDICARE = "Medicare"
_PLACE = re.compile(r"[0-9]{2}")  # another shape is told by the rule on places


def setting_of(claim: Claim) -> Setting:
    """Return whose bill it is: professional, outpatient or inpatient."""
    if claim.kind == "professional":
        return "professional"
    return "inpatient" if is_stay(claim) else "outpatient"


def encounter_of(claim: Claim) -> CodedEncounter:
    """Return the coded encounter that the claim tells, its places named as the scrubber does.

    What other claims say (earlier services) and what the record says is not known, so edits that
    need it are not judged. Lines without a code (revenue lines) are left out. Raises NotInForce
    where the lab has no types of bill for the day.
    """
    bill, sex = claim.bill, claim.patient.sex
    day = last_day(claim)
    payer = claim.coverage.payer.name
    if day and is_medicare(claim, day):
        payer = MEDICARE
    lines = (_line(claim, at, one) for at, one in enumerate(claim.lines, 1) if one.code)
    return CodedEncounter(
        diagnoses=tuple(
            Diagnosis(one.code, DIAGNOSIS.format(at), one.poa or None)
            for at, one in enumerate(claim.diagnoses, 1)
        ),
        lines=tuple(lines),
        procedures=tuple(
            PcsProcedure(one.code, f"procedure {at}", one.day)
            for at, one in enumerate(bill.procedures if bill else (), 1)
        ),
        discharge_status=bill.status if bill else None,
        about=Circumstances(
            setting=setting_of(claim),
            payer=payer,
            patient=Patient(claim.patient.born, sex if sex in {"F", "M"} else None),
            admitted=bill.admitted if bill else None,
        ),
    )


def _line(claim: Claim, at: int, line: Line) -> ServiceLine:
    whole = line.units == line.units.to_integral_value()
    place = line.place_of_service or claim.place_of_service
    return ServiceLine(
        code=line.code,
        place=LINE.format(at),
        modifiers=line.modifiers,
        units=int(line.units) if whole and line.unit_kind != "MJ" else 1,
        place_of_service=place if _PLACE.fullmatch(place) else None,
        day=line.first,
        pointers=tuple(one for one in line.pointers if 1 <= one <= len(POINTER_LETTERS)),
    )
