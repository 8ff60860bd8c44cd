"""A claim as one Claim resource of FHIR R4 (4.0.1) that contains all it refers to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from codinglab.claim.fhir_slots import AMBULANCE, BILL, CLAIM, DATES
from codinglab.claim.fhir_systems import (
    ABSENT_URL,
    C4BB_DIAGNOSIS,
    CLAIM_TYPE,
    DIAGNOSIS_TYPE,
    ICD10CM,
    ICD10PCS,
    INCIDENT,
    ON_ADMISSION,
    PAYEE,
    PRIORITY,
    PROCEDURE_TYPE,
    RELATED,
    concept,
    filled,
    identifier_account,
    money,
    x12,
)
from codinglab.claim.fhir_write_information import Sheet
from codinglab.claim.fhir_write_lines import item
from codinglab.claim.fhir_write_parties import (
    address,
    coverage,
    facility,
    is_human,
    organization,
    payer,
    person,
    provider,
)
from codinglab.claim.fhir_write_response import response
from codinglab.claim.model import Accident, Claim, Diagnosis

ADMITTING = (DIAGNOSIS_TYPE, "admitting")
PRINCIPAL = (DIAGNOSIS_TYPE, "principal")
REASON = (C4BB_DIAGNOSIS, "patientreasonforvisit")
EXTERNAL = (C4BB_DIAGNOSIS, "externalcauseofinjury")
_NUMBER = re.compile(r'"\\u0000(-?\d+(?:\.\d+)?)"')


def claim_resource(claim: Claim, created: date) -> dict[str, Any]:
    """Return the Claim resource, as plain objects with amounts as Decimal.

    `created` is the day on which the claim is made. Everything that `claim` holds is in it, so
    that `read_claim` returns an equal claim.
    """
    sheet = Sheet()
    sheet.hold(person(claim.patient, "patient"))
    made = {
        "insurance": _insurance(sheet, claim),
        "provider": sheet.hold(provider(claim.billing, "billing")),
        **_places(sheet, claim),
    }
    for role, one in claim.providers:
        sheet.join(role, one)
    _inform(sheet, claim)
    items = [item(sheet, line, at) for at, line in enumerate(claim.lines, 1)]
    return filled(
        resourceType="Claim",
        contained=sheet.contained,
        identifier=[identifier_account(claim.account)],
        status="active",
        type=concept((CLAIM_TYPE, claim.kind)),
        use="claim",
        patient={"reference": "#patient"},
        billablePeriod=_period(claim),
        created=created.isoformat(),
        priority=concept((PRIORITY, "normal")),
        related=_related(claim),
        referral=_referral(claim),
        careTeam=sheet.team,
        supportingInfo=sheet.information,
        diagnosis=list(_diagnoses(claim)),
        procedure=_procedures(claim),
        accident=_accident(claim.accident),
        item=items,
        total=money(claim.total),
        **made,
    )


def to_json(resource: dict[str, Any]) -> str:
    """Return a resource as JSON text, each Decimal with the digits it has."""
    text = json.dumps(resource, indent=1, ensure_ascii=False, default=_decimal)
    return _NUMBER.sub(r"\1", text)


def _decimal(one: object) -> str:
    if isinstance(one, Decimal):
        return f"\0{one:f}"
    raise TypeError(f"{type(one).__name__} has no form in JSON")


def _inform(sheet: Sheet, claim: Claim) -> None:
    sheet.inform(CLAIM, claim)
    sheet.inform(DATES, claim.dates)
    if claim.bill:
        sheet.inform(BILL, claim.bill)
    if claim.ambulance:
        sheet.inform(AMBULANCE, claim.ambulance)


def _insurance(sheet: Sheet, claim: Claim) -> list[dict[str, Any]]:
    prior = {one.coverage: one for one in claim.prior}
    if len(prior) != len(claim.prior):
        raise ValueError(f"claim {claim.account}: two earlier payments of one policy; join them")
    made = []
    for at, one in enumerate(claim.coverages):
        sheet.hold(payer(one.payer, f"payer-{at + 1}"))
        if one.insured:
            make = (
                person(one.insured, f"insured-{at + 1}", "RelatedPerson")
                if is_human(one.insured)
                else organization(one.insured, f"insured-{at + 1}")
            )
            sheet.hold(make)
        entry: dict[str, Any] = {"sequence": at + 1, "focal": at == claim.to}
        entry["coverage"] = sheet.hold(coverage(one, at))
        if at == claim.to and claim.authorization:
            entry["preAuthRef"] = [claim.authorization]
        if at in prior:
            entry["claimResponse"] = sheet.hold(response(prior[at], claim.kind))
        made.append(entry)
    return made


def _places(sheet: Sheet, claim: Claim) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if claim.facility:
        made["facility"] = sheet.hold(facility(claim.facility, "facility"))
    if claim.pay_to:
        where = {"resourceType": "Organization", "id": "pay-to", "address": [address(claim.pay_to)]}
        name = claim.billing.name
        where["name"] = f"{name.first} {name.last}".strip()
        made["payee"] = {"type": concept((PAYEE, "provider")), "party": sheet.hold(where)}
    return made


def _period(claim: Claim) -> dict[str, Any]:
    if claim.bill:
        first, last = claim.bill.statement_from, claim.bill.statement_to
    elif claim.lines:
        first = min(line.first for line in claim.lines)
        last = max(line.last or line.first for line in claim.lines)
    else:
        return {}
    return {"start": first.isoformat(), "end": last.isoformat()}


def _related(claim: Claim) -> list[dict[str, Any]]:
    """Return the claim that this one replaces (7) or voids (8), by the payer's number."""
    if not claim.original_reference:
        return []
    named = {"type": "Claim", "identifier": {"value": claim.original_reference}}
    return [{"claim": named, "relationship": concept((RELATED, "prior"))}]


def _referral(claim: Claim) -> dict[str, Any]:
    if not claim.referral:
        return {}
    return {"type": "ServiceRequest", "identifier": {"value": claim.referral}}


def _diagnoses(claim: Claim) -> Iterator[dict[str, Any]]:
    """Yield the diagnoses that lines may point to, then those that only a hospital's bill has."""
    listed: list[tuple[Diagnosis, tuple[str, str] | None]] = [
        (one, PRINCIPAL if at == 0 else None) for at, one in enumerate(claim.diagnoses)
    ]
    if bill := claim.bill:
        admitting = [bill.admitting_diagnosis] if bill.admitting_diagnosis else []
        listed += [(Diagnosis(code), ADMITTING) for code in admitting]
        listed += [(Diagnosis(code), REASON) for code in bill.reasons]
        listed += [(one, EXTERNAL) for one in bill.external_causes]
    for number, (one, kind) in enumerate(listed, 1):
        yield filled(
            sequence=number,
            diagnosisCodeableConcept=concept((ICD10CM, one.code)),
            type=[concept(kind)] if kind else [],
            onAdmission=concept((ON_ADMISSION, one.poa.lower())) if one.poa else {},
        )


def _procedures(claim: Claim) -> list[dict[str, Any]]:
    held = claim.bill.procedures if claim.bill else ()
    return [
        {
            "sequence": number,
            "type": [concept((PROCEDURE_TYPE, "primary" if number == 1 else "secondary"))],
            "date": one.day.isoformat(),
            "procedureCodeableConcept": concept((ICD10PCS[0], one.code)),
        }
        for number, one in enumerate(held, 1)
    ]


def _accident(one: Accident) -> dict[str, Any]:
    """Return the accident; FHIR wants its date, so one that is not told is said to be unknown."""
    if one == Accident():
        return {}
    kinds = [(one.auto, ("AA", "MVA")), (one.employment, ("EM", "WPA")), (one.other, ("OA", ""))]
    codings = [
        pair
        for yes, (code, incident) in kinds
        if yes
        for pair in ((x12("1362"), code), (INCIDENT, incident))
        if pair[1]
    ]
    unknown = {"extension": [{"url": ABSENT_URL, "valueCode": "unknown"}]}
    return filled(
        date=one.day.isoformat() if one.day else "",
        _date={} if one.day else unknown,
        type=concept(*codings) if codings else {},
        locationAddress={"state": one.state} if one.state else {},
    )
