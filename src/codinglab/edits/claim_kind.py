"""Rules on what belongs to one kind of claim only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.core.findings import Finding, Severity
from codinglab.edits.rule import edit
from codinglab.edits.trait import DISPOSITION, PROCEDURE
from codinglab.encounter.coded import CodedEncounter


@edit(
    "proc.setting",
    "form",
    source="45 CFR 162.1002(c): ICD-10-PCS is for procedures of hospital inpatients",
    settings=("professional", "outpatient"),
    on=(PROCEDURE,),
)
def procedure_coding(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """ICD-10-PCS reports procedures of hospital inpatients, and nothing else.

    Physicians and outpatient departments report the same operation by CPT or HCPCS, on a service
    line. The standard names one code set for each, so a payer rejects the other one.
    """
    setting = encounter.circumstances.setting
    for one in encounter.procedures:
        yield Finding(
            "proc.setting",
            one.place,
            f"{one.code} is an ICD-10-PCS code on a {setting} claim.",
            "Report the procedure by CPT or HCPCS on a service line.",
        )


@edit(
    "disposition.setting",
    "form",
    source="UB-04 FL 17; CMS-1500",
    settings=("professional",),
    on=(DISPOSITION,),
)
def disposition_elsewhere(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """A discharge status belongs to a hospital's claim.

    It says where the patient went and stands in form locator 17 of the UB-04. A physician's claim
    has no place for it.
    """
    if encounter.discharge_status is not None:
        yield Finding(
            "disposition.setting",
            "the claim",
            f"Discharge status {encounter.discharge_status} has no place on a professional claim.",
            "Leave the dispo line out.",
            Severity.WARNING,
        )


@edit("disposition.missing", "form", source="UB-04 FL 17; 42 CFR 412.4", settings=("inpatient",))
def disposition_missing(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """An inpatient claim says where the patient was discharged to.

    The status decides whether the stay counts as a transfer, which is paid by the day, and some
    DRGs ask whether the patient left alive. A claim without it goes back.
    """
    if encounter.discharge_status is None:
        yield Finding(
            "disposition.missing",
            "the claim",
            "The inpatient claim has no discharge status.",
            "Write it like dispo 01, from the discharge summary.",
        )


EDITS = (procedure_coding, disposition_elsewhere, disposition_missing)
