"""Service lines of a claim as items of FHIR R4."""

from __future__ import annotations

from typing import Any

from codinglab.claim.fhir_slots import DRUG, EQUIPMENT, LINE
from codinglab.claim.fhir_systems import (
    ABSENT,
    NDC,
    NUBC,
    PLACE,
    concept,
    filled,
    modifier_system,
    money,
    own,
    service_system,
    x12,
)
from codinglab.claim.fhir_write_information import Sheet
from codinglab.claim.model import Drug, Line


def item(sheet: Sheet, one: Line, number: int) -> dict[str, Any]:
    """Return the item of a line; what has no element of its own goes to the sheet."""
    told = sheet.inform(LINE, one)
    told += sheet.inform(DRUG, one.drug) if one.drug else []
    told += sheet.inform(EQUIPMENT, one.equipment) if one.equipment else []
    return filled(
        sequence=number,
        careTeamSequence=[sheet.join(role, who) for role, who in one.providers],
        diagnosisSequence=list(one.pointers),
        informationSequence=told,
        revenue=_one(f"{NUBC}RevenueCodes", one.revenue_code),
        productOrService=_service(one),
        modifier=[concept((modifier_system(each), each)) for each in one.modifiers],
        programCode=[concept((own("program"), each)) for each in _programs(one)],
        **_days(one),
        locationCodeableConcept=_one(PLACE, one.place_of_service),
        quantity={"value": one.units, "system": x12("355"), "code": one.unit_kind},
        net=money(one.charge),
        detail=[_drug(one.drug)] if one.drug else [],
    )


def _one(system: str, code: str) -> dict[str, Any]:
    return concept((system, code)) if code else {}


def _service(one: Line) -> dict[str, Any]:
    """Return the service; a revenue line without a code says that none applies."""
    if not one.code:
        return concept((ABSENT, "not-applicable"), text=one.description)
    return concept((service_system(one.code), one.code), text=one.description)


def _programs(one: Line) -> list[str]:
    told = [("epsdt", one.epsdt), ("family-planning", one.family_planning)]
    return [name for name, yes in told if yes]


def _days(one: Line) -> dict[str, Any]:
    if one.last is None:
        return {"servicedDate": one.first.isoformat()}
    return {"servicedPeriod": {"start": one.first.isoformat(), "end": one.last.isoformat()}}


def _drug(one: Drug) -> dict[str, Any]:
    amount = {"value": one.quantity, "system": x12("355"), "code": one.unit}
    return {
        "sequence": 1,
        "productOrService": concept((NDC, one.ndc)),
        "quantity": amount,
    }
