"""The code systems by which a claim is told in FHIR R4, and how a code finds its own.

Identifiers are those that HL7 Terminology and the US implementation guides (CARIN Blue Button,
Da Vinci) publish; an X12 code list is named by its element. What no published list says has a code
of the `urn:codinglab:` systems.
"""

from __future__ import annotations

import re
from typing import Any

CLAIM_TYPE = "http://terminology.hl7.org/CodeSystem/claim-type"
PRIORITY = "http://terminology.hl7.org/CodeSystem/processpriority"
CATEGORY = "http://terminology.hl7.org/CodeSystem/claiminformationcategory"
DIAGNOSIS_TYPE = "http://terminology.hl7.org/CodeSystem/ex-diagnosistype"
PROCEDURE_TYPE = "http://terminology.hl7.org/CodeSystem/ex-procedure-type"
ON_ADMISSION = "http://terminology.hl7.org/CodeSystem/ex-diagnosis-on-admission"
RELATED = "http://terminology.hl7.org/CodeSystem/ex-relatedclaimrelationship"
PAYEE = "http://terminology.hl7.org/CodeSystem/payeetype"
INCIDENT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
IDENTIFIER = "http://terminology.hl7.org/CodeSystem/v2-0203"
RELATIONSHIP = "http://terminology.hl7.org/CodeSystem/subscriber-relationship"
COVERAGE_CLASS = "http://terminology.hl7.org/CodeSystem/coverage-class"
ADJUDICATION = "http://terminology.hl7.org/CodeSystem/adjudication"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
ABSENT_URL = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
C4BB_DIAGNOSIS = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimDiagnosisType"
C4BB_ADJUDICATION = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication"
C4BB_INFORMATION = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSupportingInfoType"
CARC = "https://x12.org/codes/claim-adjustment-reason-codes"
RARC = "https://x12.org/codes/remittance-advice-remark-codes"
GROUP = "https://x12.org/codes/claim-adjustment-group-codes"
PLACE = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"
DRG = (
    "https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/AcuteInpatientPPS/"
    "MS-DRG-Classifications-and-Software"
)
NUBC = "https://www.nubc.org/CodeSystem/"
TAXONOMY = "http://nucc.org/provider-taxonomy"
NPI = "http://hl7.org/fhir/sid/us-npi"
SSN = "http://hl7.org/fhir/sid/us-ssn"
EIN = "urn:oid:2.16.840.1.113883.4.4"
NDC = "http://hl7.org/fhir/sid/ndc"
UCUM = "http://unitsofmeasure.org"
CURRENCY = "urn:iso:std:iso:4217"
ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
ICD10PCS = ("http://www.cms.gov/Medicare/Coding/ICD10", "http://hl7.org/fhir/sid/icd-10-pcs")
CPT = "http://www.ama-assn.org/go/cpt"
CDT = "http://www.ada.org/cdt"
HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
HIPPS = (
    "https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/ProspMedicareFeeSvcPmtGen/"
    "HIPPSCodes"
)
SERVICES = frozenset(
    {
        *(CPT, CDT, HCPCS, HIPPS, HCPCS.replace("http:", "https:")),
        "https://bluebutton.cms.gov/resources/codesystem/hcpcs",
    }
)
"""Every system by which a file may name a service code or a modifier."""
OWN = "urn:codinglab:fhir:"

_CPT = re.compile(r"\d{4}[0-9A-Z]")
_HCPCS = re.compile(r"[A-CE-V]\d{4}")
_CDT = re.compile(r"D\d{4}")


def x12(element: str) -> str:
    """Return the system of the code list of an X12 data element ("1032")."""
    return f"https://codesystem.x12.org/005010/{element}"


def own(name: str) -> str:
    """Return the system of this lab's own codes of one kind."""
    return OWN + name


def service_system(code: str) -> str:
    """Return the system of a service code by its form: CPT, CDT, HCPCS Level II, or else HIPPS."""
    if _CPT.fullmatch(code):
        return CPT
    if _CDT.fullmatch(code):
        return CDT
    return HCPCS if _HCPCS.fullmatch(code) else HIPPS


def modifier_system(modifier: str) -> str:
    """Return the system of a modifier: two digits are CPT's, as are P1 to P6, others HCPCS."""
    return CPT if re.fullmatch(r"\d\d|P[1-6]", modifier) else HCPCS


def coding(system: str, code: str) -> dict[str, Any]:
    """Return a Coding."""
    return {"system": system, "code": code}


def concept(*codings: tuple[str, str], text: str = "") -> dict[str, Any]:
    """Return a CodeableConcept of (system, code) pairs and words."""
    return filled(coding=[coding(*one) for one in codings], text=text)


def money(amount: Any) -> dict[str, Any]:
    """Return an amount of dollars as Money."""
    return {"value": amount, "currency": "USD"}


def identifier_account(number: str) -> dict[str, Any]:
    """Return the identifier that is the provider's own number of the patient's account."""
    return {"type": concept((IDENTIFIER, "AN")), "value": number}


def filled(**elements: Any) -> dict[str, Any]:
    """Return the elements that hold something: FHIR knows no blank texts and no empty lists.

    A trailing underscore is taken off a name, for `class_`.
    """
    return {
        name.rstrip("_"): one for name, one in elements.items() if one not in (None, "", [], {}, ())
    }
