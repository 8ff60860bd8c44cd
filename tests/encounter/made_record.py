"""An invented record in FHIR R4: one patient, a visit of 2026-03-03 and an older one."""

import base64
import json
from typing import Any

SNOMED = "http://snomed.info/sct"
STATUS = "http://terminology.hl7.org/CodeSystem/condition-clinical"
SURE = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
VISIT = "Encounter/v2"
NOTE = "CC: cough x 3 d.\nLungs clear. Suspect bronchitis."


def concept(text: str, code: str = "", system: str = SNOMED) -> dict[str, Any]:
    coding = [{"system": system, "code": code, "display": text}] if code else []
    return {"coding": coding, "text": text} if coding else {"text": text}


def state(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


def of_visit(kind: str, id_: str, visit: str = VISIT, **more: Any) -> dict[str, Any]:
    base = {
        "resourceType": kind,
        "id": id_,
        "subject": {"reference": "Patient/p1"},
        "encounter": {"reference": visit},
    }
    return {**base, **more}


PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "identifier": [
        {
            "type": {
                "coding": [
                    {"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}
                ]
            },
            "value": "MR-77",
        }
    ],
    "name": [{"family": "Quill", "given": ["Walter", "B"]}],
    "gender": "male",
    "birthDate": "1948-05-17",
    "telecom": [{"system": "phone", "value": "(614) 555-0171"}],
    "address": [
        {
            "line": ["12 Orchard Lane"],
            "city": "Millbrook",
            "state": "OH",
            "postalCode": "43015-1234",
        }
    ],
    "maritalStatus": {"text": "married"},
}
COVERAGE = {
    "resourceType": "Coverage",
    "id": "c1",
    "status": "active",
    "beneficiary": {"reference": "Patient/p1"},
    "payor": [{"reference": "Organization/o2"}],
    "subscriberId": "1EG4TE5MK73",
}
PAYER = {"resourceType": "Organization", "id": "o2", "name": "Training Medicare Part B"}
PRACTICE = {"resourceType": "Organization", "id": "o1", "name": "Harbor Family Medicine PC"}
DOCTOR = {
    "resourceType": "Practitioner",
    "id": "d1",
    "name": [{"family": "Okafor", "given": ["Ada"]}],
}
STRANGER = {
    "resourceType": "Practitioner",
    "id": "d9",
    "name": [{"family": "Nobody"}],
}
OLD_VISIT = {
    "resourceType": "Encounter",
    "id": "v1",
    "status": "finished",
    "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
    "type": [{"text": "Old visit"}],
    "subject": {"reference": "Patient/p1"},
    "period": {"start": "2025-09-01T10:00:00-04:00"},
}
NEW_VISIT = {
    "resourceType": "Encounter",
    "id": "v2",
    "status": "finished",
    "class": {
        "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
        "code": "AMB",
    },
    "type": [{"text": "Office visit"}],
    "subject": {"reference": "Patient/p1"},
    "participant": [{"individual": {"reference": "Practitioner/d1"}}],
    "period": {"start": "2026-03-03T09:10:00-05:00", "end": "2026-03-03T09:40:00-05:00"},
    "reasonCode": [{"text": "Cough"}],
    "serviceProvider": {"reference": "Organization/o1"},
}
BRONCHITIS = of_visit(
    "Condition",
    "k1",
    code=concept("Acute bronchitis", "10509002"),
    clinicalStatus=state(STATUS, "active"),
    verificationStatus=state(SURE, "provisional"),
    recordedDate="2026-03-03",
)
DIABETES = of_visit(
    "Condition",
    "k2",
    "Encounter/v1",
    code=concept("Type 2 diabetes", "44054006"),
    clinicalStatus=state(STATUS, "active"),
    verificationStatus=state(SURE, "confirmed"),
    recordedDate="2025-09-01",
)
SPRAIN = of_visit(
    "Condition",
    "k3",
    "Encounter/v1",
    code=concept("Sprain of ankle", "44465007"),
    clinicalStatus=state(STATUS, "resolved"),
    verificationStatus=state(SURE, "confirmed"),
    recordedDate="2025-09-01",
    abatementDateTime="2025-10-01",
)
PRESSURE = of_visit(
    "Observation",
    "b1",
    status="final",
    category=[state("http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs")],
    code=concept("Blood pressure", "85354-9", "http://loinc.org"),
    effectiveDateTime="2026-03-03T09:12:00-05:00",
    component=[
        {
            "code": concept("Systolic", "8480-6", "http://loinc.org"),
            "valueQuantity": {"value": 138, "unit": "mmHg"},
        },
        {
            "code": concept("Diastolic", "8462-4", "http://loinc.org"),
            "valueQuantity": {"value": 84, "unit": "mmHg"},
        },
    ],
)
DRUG = of_visit(
    "MedicationRequest",
    "m1",
    status="completed",
    intent="order",
    medicationCodeableConcept=concept("Benzonatate 100 MG"),
    authoredOn="2026-03-03",
    dosageInstruction=[{"text": "1 capsule three times a day as needed"}],
)
SHOT = {
    "resourceType": "Immunization",
    "id": "i1",
    "status": "not-done",
    "statusReason": {"text": "patient declined"},
    "vaccineCode": concept("Influenza vaccine", "140", "http://hl7.org/fhir/sid/cvx"),
    "patient": {"reference": "Patient/p1"},
    "encounter": {"reference": VISIT},
    "occurrenceDateTime": "2026-03-03",
}
XRAY = of_visit(
    "Procedure",
    "x1",
    status="completed",
    code=concept("Chest x-ray", "399208008"),
    performedDateTime="2026-03-03",
    reasonReference=[{"reference": "Condition/k1"}],
)
DOCUMENT = {
    "resourceType": "DocumentReference",
    "id": "n1",
    "status": "current",
    "type": {"text": "Progress note"},
    "subject": {"reference": "Patient/p1"},
    "date": "2026-03-03T09:38:00-05:00",
    "author": [{"reference": "Practitioner/d1"}],
    "context": {"encounter": [{"reference": VISIT}]},
    "content": [
        {
            "attachment": {
                "contentType": "text/plain",
                "data": base64.b64encode(NOTE.encode()).decode(),
            }
        },
        {"attachment": {"contentType": "application/pdf", "data": "JVBERi0="}},
    ],
}
CLAIM = {"resourceType": "Claim", "id": "cl1"}
RECORD = [
    *(PATIENT, COVERAGE, PAYER, PRACTICE, DOCTOR, STRANGER, OLD_VISIT, NEW_VISIT, BRONCHITIS),
    *(DIABETES, SPRAIN, PRESSURE, DRUG, SHOT, XRAY, DOCUMENT, CLAIM),
]


def bundle(*resources: dict[str, Any], **more: Any) -> str:
    """Return the JSON text of a bundle of the resources."""
    entries = [{"resource": one} for one in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries, **more})


def changed(resource: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the resource with other elements; None takes one away."""
    return {key: one for key, one in {**resource, **more}.items() if one is not None}


def record(*instead: dict[str, Any]) -> str:
    """Return the record, with the resources `instead` of those with the same type and id."""
    new = {(one["resourceType"], one["id"]): one for one in instead}
    kept = [new.pop((one["resourceType"], one["id"]), one) for one in RECORD]
    return bundle(*kept, *new.values())
