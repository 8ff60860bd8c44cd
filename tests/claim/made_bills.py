"""Sample bills of a hospital: a stay, an emergency visit, a replaced bill and one to the second."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from claim_people import (
    COMMERCIAL,
    EMERGENCY_DOCTOR,
    HOSPITAL,
    HOSPITALIST,
    MEDICARE_A,
    OLD_MAN,
    SUPPLEMENT,
    SURGEON,
    WOMAN,
)

from codinglab.claim.adjudicated import Adjustment, PriorPayment
from codinglab.claim.model import (
    Claim,
    CodedDay,
    Diagnosis,
    InstitutionalBill,
    Line,
    StayProcedure,
    ValueCode,
)
from codinglab.claim.parties import Coverage

IN, OUT = date(2026, 3, 3), date(2026, 3, 5)


def revenue(code: str, charge: str, units: str, hcpcs: str = "", **more: object) -> Line:
    name, *modifiers = hcpcs.split("-")
    return Line(
        name,
        Decimal(charge),
        Decimal(units),
        **{"first": IN, "modifiers": tuple(modifiers), "revenue_code": code, **more},
    )


INPATIENT = Claim(
    kind="institutional",
    account="IP2001",
    patient=OLD_MAN,
    coverages=(Coverage(MEDICARE_A, "1EG4TE5MK73", "MA"),),
    billing=HOSPITAL,
    diagnoses=(Diagnosis("K35.80", "Y"), Diagnosis("E11.9", "Y"), Diagnosis("Z79.84")),
    lines=(
        revenue("0120", "3600.00", "2", unit_kind="DA"),
        revenue("0250", "640.25", "31"),
        revenue("0300", "410.00", "6"),
        revenue("0360", "8200.00", "1"),
        revenue("0370", "1900.00", "1"),
        revenue("0710", "950.00", "1"),
    ),
    providers=(("attending", HOSPITALIST), ("operating", SURGEON)),
    bill=InstitutionalBill(
        bill_type="011",
        statement_from=IN,
        statement_to=OUT,
        status="01",
        priority="1",
        origin="1",
        admitted=IN,
        admission_hour="14",
        discharge_hour="11",
        admitting_diagnosis="R10.31",
        procedures=(StayProcedure("0DTJ4ZZ", IN),),
        occurrences=(CodedDay("11", date(2026, 3, 2)),),
        values=(ValueCode("80", Decimal(2)), ValueCode("01", Decimal("1800.00"))),
        drg="399",
        record_number="MR55081",
    ),
)
OUTPATIENT = Claim(
    kind="institutional",
    account="OP2002",
    patient=WOMAN,
    coverages=(Coverage(COMMERCIAL, "NF00412345", "CI", group_number="88120"),),
    billing=HOSPITAL,
    diagnoses=(Diagnosis("S52.532A"),),
    lines=(
        revenue("0320", "310.00", "1", "73110-LT"),
        revenue("0450", "1450.00", "1", "99284-25"),
        revenue("0450", "980.00", "1", "25605-LT"),
    ),
    providers=(("attending", EMERGENCY_DOCTOR),),
    bill=InstitutionalBill(
        bill_type="013",
        statement_from=IN,
        statement_to=IN,
        status="01",
        priority="1",
        origin="1",
        reasons=("M25.532",),
        external_causes=(Diagnosis("W18.30XA"),),
        occurrences=(CodedDay("05", IN),),
        record_number="MR60417",
    ),
)
REPLACED_BILL = replace(
    OUTPATIENT, account="OP2003", frequency="7", original_reference="NF26066600981"
)
INPATIENT_SECOND = replace(
    INPATIENT,
    account="IP2004",
    coverages=(*INPATIENT.coverages, Coverage(SUPPLEMENT, "EG5550099", "CI")),
    to=1,
    prior=(
        PriorPayment(
            coverage=0,
            paid=Decimal("6400.00"),
            adjudicated=date(2026, 3, 24),
            # 15700.25 = 6400.00 + 7564.25 + 1736.00
            adjustments=(
                Adjustment("CO", "45", Decimal("7564.25")),
                Adjustment("PR", "1", Decimal("1736.00")),  # Part A deductible of 2026
            ),
            control_number="22608300123401OHA",
            patient_still_owes=Decimal("1736.00"),
        ),
    ),
)

BILLS: dict[str, Claim] = {
    "inpatient": INPATIENT,
    "outpatient hospital": OUTPATIENT,
    "replaced bill": REPLACED_BILL,
    "inpatient second": INPATIENT_SECOND,
}
