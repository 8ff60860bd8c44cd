"""By which elements a resource of another FHIR version than R4 gives itself away.

Source: the resource definitions of HL7 FHIR DSTU2 (1.0.2), STU3 (3.0.2), R4 (4.0.1) and R5 (5.0.0).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

Version = Literal["DSTU2", "STU3", "R5"]
_ANY: tuple[type, ...] = (object,)
_TEXT: tuple[type, ...] = (str,)
_LIST: tuple[type, ...] = (list,)
_OBJECT: tuple[type, ...] = (dict,)

# type: (element, what stands there, version); the first that fits decides
_TELLS: dict[str, tuple[tuple[str, tuple[type, ...], Version], ...]] = {
    "Patient": (("animal", _ANY, "STU3"),),
    "Encounter": (
        ("class", _TEXT, "DSTU2"),
        ("class", _LIST, "R5"),
        ("actualPeriod", _ANY, "R5"),
        ("admission", _ANY, "R5"),
        ("reason", _ANY, "STU3"),
        ("incomingReferral", _ANY, "STU3"),
    ),
    "Condition": (
        ("clinicalStatus", _TEXT, "STU3"),
        ("verificationStatus", _TEXT, "STU3"),
        ("context", _ANY, "STU3"),
        ("assertedDate", _ANY, "STU3"),
        ("dateRecorded", _ANY, "DSTU2"),
        ("participant", _ANY, "R5"),
    ),
    "Procedure": (
        ("context", _ANY, "STU3"),
        ("notDone", _ANY, "STU3"),
        ("occurrenceDateTime", _ANY, "R5"),
        ("occurrencePeriod", _ANY, "R5"),
        ("recorded", _ANY, "R5"),
        ("reason", _ANY, "R5"),
    ),
    "Observation": (
        ("context", _ANY, "STU3"),
        ("related", _ANY, "STU3"),
        ("triggeredBy", _ANY, "R5"),
    ),
    "MedicationRequest": (
        ("context", _ANY, "STU3"),
        ("definition", _ANY, "STU3"),
        ("medication", _OBJECT, "R5"),
    ),
    "Immunization": (
        ("notGiven", _ANY, "STU3"),
        ("date", _ANY, "STU3"),
        ("practitioner", _ANY, "STU3"),
        ("reason", _ANY, "R5"),
        ("administeredProduct", _ANY, "R5"),
    ),
    "AllergyIntolerance": (
        ("clinicalStatus", _TEXT, "STU3"),
        ("assertedDate", _ANY, "STU3"),
        ("type", _OBJECT, "R5"),
        ("participant", _ANY, "R5"),
    ),
    "DocumentReference": (
        ("class", _ANY, "STU3"),
        ("indexed", _ANY, "STU3"),
        ("attester", _ANY, "R5"),
        ("modality", _ANY, "R5"),
        ("context", _LIST, "R5"),
    ),
    "DiagnosticReport": (
        ("context", _ANY, "STU3"),
        ("codedDiagnosis", _ANY, "STU3"),
        ("supportingInfo", _ANY, "R5"),
        ("composition", _ANY, "R5"),
    ),
    "Coverage": (
        ("grouping", _ANY, "STU3"),
        ("kind", _ANY, "R5"),
        ("insurer", _ANY, "R5"),
        ("paymentBy", _ANY, "R5"),
    ),
    "Claim": (
        ("information", _ANY, "STU3"),
        ("employmentImpacted", _ANY, "STU3"),
        ("hospitalization", _ANY, "STU3"),
        ("traceNumber", _ANY, "R5"),
        ("event", _ANY, "R5"),
        ("patientPaid", _ANY, "R5"),
    ),
    "ExplanationOfBenefit": (
        ("information", _ANY, "STU3"),
        ("insurance", _OBJECT, "STU3"),
        ("employmentImpacted", _ANY, "STU3"),
        ("hospitalization", _ANY, "STU3"),
        ("traceNumber", _ANY, "R5"),
        ("event", _ANY, "R5"),
    ),
    "ClaimResponse": (
        ("requestProvider", _ANY, "STU3"),
        ("totalCost", _ANY, "STU3"),
        ("traceNumber", _ANY, "R5"),
        ("event", _ANY, "R5"),
    ),
    "MedicationOrder": (("resourceType", _ANY, "DSTU2"),),
}


def other_version(resource: Mapping[str, Any]) -> tuple[Version, str] | None:
    """Return the version that `resource` is of and the element that tells, None for R4."""
    for element, shape, version in _TELLS.get(str(resource.get("resourceType")), ()):
        if element in resource and isinstance(resource[element], shape):
            return version, element
    return None
