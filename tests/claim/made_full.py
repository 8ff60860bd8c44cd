"""Two claims in which every field says something: nobody would send them, but all must be kept."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from claim_people import (
    ANESTHETIST,
    CHILD_DOCTOR,
    COMMERCIAL,
    FAMILY_DOCTOR,
    HOSPITAL,
    SOLE_DOCTOR,
    SURGEON,
    WOMAN,
)
from made_bills import INPATIENT
from made_claims import AMBULANCE_TRIP, DAY, DRUG_IN_OFFICE, SECONDARY

from codinglab.claim.adjudicated import Adjustment, PaidLine, PriorPayment
from codinglab.claim.model import (
    Accident,
    Attachment,
    CodedDay,
    Diagnosis,
    Drug,
    Equipment,
    Line,
    ProfessionalDates,
    ValueCode,
)
from codinglab.claim.parties import Address, OtherId

PAID = PriorPayment(
    coverage=0,
    paid=Decimal("60.00"),
    adjudicated=DAY,
    lines=(
        PaidLine(
            line=1,
            paid=Decimal("70.56"),
            units=Decimal("1.5"),
            code="99213",
            adjudicated=date(2026, 3, 19),
            modifiers=("25", "LT"),
            adjustments=(Adjustment("CO", "45", Decimal("79.44"), Decimal("0.5")),),
            patient_still_owes=Decimal("18.00"),
        ),
    ),
    adjustments=(Adjustment("OA", "23", Decimal("10.56")),),  # 70.56 - 10.56 = 60.00
    control_number="22260612",
    patient_still_owes=Decimal("18.00"),
    noncovered=Decimal("1.00"),
    remarks=("MA18", "N130"),
)
FULL_LINE = Line(
    code="E0601",
    charge=Decimal("95.00"),
    units=Decimal("1.5"),
    first=DAY,
    last=date(2026, 3, 4),
    modifiers=("RR", "KH"),
    unit_kind="MJ",
    pointers=(2, 1),
    place_of_service="12",
    revenue_code="0270",
    noncovered=Decimal("5.00"),
    description="Machine \u201cquiet\u201d",
    emergency=True,
    epsdt=True,
    family_planning=True,
    drug=Drug("00409379501", Decimal("2.5"), "ML", "RX-1"),
    equipment=Equipment(
        "E0601", 13, Decimal("95.00"), Decimal("950.00"), "1", days=30, certification="I"
    ),
    providers=(("ordering", FAMILY_DOCTOR), ("supervising", SURGEON)),
    authorization="LA-1",
    control_number="L-1",
    note="Line note",
    attachments=(Attachment("CT", "FX", "A-2"), Attachment("OZ", "AA")),
    patients=2,
    prescribed=date(2026, 2, 27),
)
FULL_PROFESSIONAL = replace(
    SECONDARY,
    account="FP3001",
    patient=WOMAN,
    coverages=(
        replace(
            SECONDARY.coverages[0],
            relationship="01",
            insured=WOMAN,
            group_number="G1",
            group_name="Group one",
            msp_type="12",
            claim_number="EV-1",
            assigned="W",
            release="I",
            signed_for_patient=True,
        ),
        replace(SECONDARY.coverages[1], payer=COMMERCIAL, assigned="N", relationship="G8"),
    ),
    billing=replace(SOLE_DOCTOR, other_ids=(OtherId("0B", "LIC1"), OtherId("G2", "P-77"))),
    lines=(FULL_LINE, *DRUG_IN_OFFICE.lines[1:2]),
    to=1,
    frequency="7",
    original_reference="ICN-1",
    accepts="C",
    signature_on_file=False,
    pay_to=Address("PO Box 9", "Millbrook", "OH", "43015"),
    providers=(("rendering", FAMILY_DOCTOR), ("referring", CHILD_DOCTOR)),
    facility=replace(HOSPITAL, other_ids=(OtherId("LU", "LOC"),)),
    dates=ProfessionalDates(*(date(2026, 2, day) for day in range(1, 15))),
    accident=Accident(employment=True, auto=True, other=True, state="OH", day=date(2026, 2, 1)),
    ambulance=replace(
        AMBULANCE_TRIP.ambulance, round_trip="there and back", stretcher="fall", not_met=("12",)
    ),
    authorization="AU-1",
    referral="RF-1",
    clia="36D0912345",
    patient_paid=Decimal("20.00"),
    outside_laboratory=Decimal("12.34"),
    delay_reason="4",
    anesthesia_procedure="25605",
    conditions=("AA", "AB"),
    note="Claim note",
    prior=(PAID,),
    attachments=(Attachment("B4", "EL", "A-1"),),
    fixed_notes=("K3 one", "K3 two"),
    signed_for_patient=True,
)
FULL_BILL = replace(
    INPATIENT,
    account="FB3002",
    coverages=(replace(INPATIENT.coverages[0]), replace(SECONDARY.coverages[1], assigned="N")),
    diagnoses=(Diagnosis("K35.80", "Y"), Diagnosis("E11.9", "U"), Diagnosis("I10", "W")),
    to=1,
    frequency="8",
    original_reference="ICN-2",
    accepts="B",
    signature_on_file=False,
    pay_to=FULL_PROFESSIONAL.pay_to,
    providers=(("attending", ANESTHETIST), ("operating", SURGEON), ("other operating", SURGEON)),
    facility=replace(HOSPITAL, taxonomy="", contact=""),
    bill=replace(
        INPATIENT.bill,
        reasons=("M25.532", "R10.9"),
        external_causes=(Diagnosis("W18.30XA", "N"), Diagnosis("Y92.009")),
        conditions=("09", "44"),
        occurrences=(CodedDay("11", DAY), CodedDay("A3", DAY)),
        spans=(CodedDay("74", DAY, date(2026, 3, 4)),),
        values=(ValueCode("80", Decimal(2)), ValueCode("01", Decimal("1800.00"))),
    ),
    authorization="AU-2",
    referral="RF-2",
    clia="36D0912345",
    patient_paid=Decimal("1.00"),
    outside_laboratory=Decimal("2.00"),
    delay_reason="1",
    anesthesia_procedure="25605",
    note="Bill note",
    prior=(PAID,),
    attachments=(Attachment("OZ", "BM"),),
    fixed_notes=("K3",),
    signed_for_patient=True,
)
