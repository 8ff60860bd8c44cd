"""Sample claims that are right, each of its own kind, for every test of the room.

`CLAIMS` may be sent as they are; `TO_SPLIT` must be split first. `claim(name)` returns one of both.
01820 (an anesthesia service) is in no table of the lab.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from claim_people import (
    AMBULANCE,
    ANESTHETIST,
    AUTO,
    BLUE,
    CHILD,
    CHILD_DOCTOR,
    COMMERCIAL,
    EMERGENCY_DOCTOR,
    EMPLOYER,
    FAMILY_DOCTOR,
    HMO,
    HOSPITAL,
    HOSPITALIST,
    MAN,
    MEDICAID,
    MEDICARE_B,
    MEDICARE_EQUIPMENT,
    OLD_MAN,
    OLD_WOMAN,
    PRACTICE,
    SOLE_DOCTOR,
    SUPPLEMENT,
    SUPPLIER,
    SURGERY_CENTER,
    WOMAN,
    WORK,
)
from made_bills import BILLS

from codinglab.claim.adjudicated import Adjustment, PaidLine, PriorPayment
from codinglab.claim.model import (
    Accident,
    Ambulance,
    Claim,
    Diagnosis,
    Drug,
    Equipment,
    Line,
    ProfessionalDates,
)
from codinglab.claim.parties import Coverage

DAY = date(2026, 3, 3)
PAID_DAY = date(2026, 3, 20)


def dollars(text: str) -> Decimal:
    return Decimal(text)


def dx(*codes: str) -> tuple[Diagnosis, ...]:
    return tuple(Diagnosis(code) for code in codes)


def line(code: str, charge: str, *pointers: int, units: str = "1", **more: object) -> Line:
    name, *modifiers = code.split("-")
    return Line(
        name,
        Decimal(charge),
        Decimal(units),
        **{"first": DAY, "modifiers": tuple(modifiers), "pointers": pointers, **more},
    )


_MEDICARE = Coverage(MEDICARE_B, "1EG4TE5MK73", "MB")
_COMMERCIAL = Coverage(COMMERCIAL, "NF00412345", "CI", group_number="88120")
_OLD_MANS = Coverage(COMMERCIAL, "NF00498765", "CI", group_number="90500")
_EMPLOYEE = Coverage(COMMERCIAL, "NF00498765", "CI", group_name="Tool Works Plan")

OFFICE_VISIT = Claim(
    kind="professional",
    account="OV1001",
    patient=OLD_MAN,
    coverages=(_MEDICARE,),
    billing=PRACTICE,
    diagnoses=dx("E11.22", "I12.9", "N18.31", "Z79.84"),
    lines=(
        line("99214", "210.00", 1, 2, 3),
        line("83036-QW", "28.50", 1, providers=(("ordering", FAMILY_DOCTOR),)),
        line("36415", "9.00", 1, providers=(("ordering", FAMILY_DOCTOR),)),
    ),
    place_of_service="11",
    providers=(("rendering", FAMILY_DOCTOR),),
    clia="36D0912345",
)
PATIENT_NOT_SUBSCRIBER = Claim(
    kind="professional",
    account="PN1002",
    patient=CHILD,
    coverages=(
        Coverage(HMO, "RB7741201", "HM", "19", insured=WOMAN, group_number="RB55", group_name=""),
    ),
    billing=PRACTICE,
    diagnoses=dx("Z00.129", "Z23"),
    lines=(
        line("99392-25", "160.00", 1),
        line("90707", "95.00", 2),
        line("90460", "30.00", 2),
        line("90461", "32.00", 2, units="2"),
    ),
    place_of_service="11",
    providers=(("rendering", CHILD_DOCTOR),),
    patient_paid=dollars("20.00"),
)
_MEDICARE_PAID = PriorPayment(
    coverage=0,
    paid=dollars("70.56"),
    adjudicated=PAID_DAY,
    lines=(
        PaidLine(
            line=1,
            paid=dollars("70.56"),
            units=Decimal(1),
            code="99213",
            adjudicated=PAID_DAY,
            adjustments=(
                Adjustment("CO", "45", dollars("60.00")),
                Adjustment("CO", "253", dollars("1.44")),  # 2 % of 72.00
                Adjustment("PR", "2", dollars("18.00")),  # 20 % of 90.00
            ),
            patient_still_owes=dollars("18.00"),
        ),
    ),
    control_number="2226061234567",
    patient_still_owes=dollars("18.00"),
)
SECONDARY = Claim(
    kind="professional",
    account="SC1003",
    patient=OLD_WOMAN,
    coverages=(
        Coverage(MEDICARE_B, "2AC4DE5FG67", "MB"),
        Coverage(SUPPLEMENT, "EG5550012", "CI"),
    ),
    billing=PRACTICE,
    diagnoses=dx("I10", "E78.5"),
    lines=(line("99213", "150.00", 1, 2),),  # 70.56 + 60.00 + 1.44 + 18.00
    to=1,
    place_of_service="11",
    providers=(("rendering", FAMILY_DOCTOR),),
    prior=(_MEDICARE_PAID,),
)
_PLAN_PAID = PriorPayment(
    coverage=0,
    paid=dollars("96.00"),
    adjudicated=PAID_DAY,
    lines=(
        PaidLine(
            line=1,
            paid=dollars("96.00"),
            units=Decimal(1),
            code="99213",
            adjudicated=PAID_DAY,
            adjustments=(
                Adjustment("CO", "45", dollars("30.00")),
                Adjustment("PR", "2", dollars("24.00")),
            ),
        ),
        PaidLine(
            line=2,
            paid=dollars("9.00"),
            units=Decimal(1),
            code="36415",
            adjudicated=PAID_DAY,
        ),
    ),
    control_number="NF26070099",
)
MEDICARE_SECOND = Claim(
    kind="professional",
    account="MS1004",
    patient=OLD_MAN,
    coverages=(_EMPLOYEE, Coverage(MEDICARE_B, "1EG4TE5MK73", "MB", msp_type="12")),
    billing=PRACTICE,
    diagnoses=dx("I10"),
    lines=(
        line("99213", "150.00", 1),
        line("36415", "9.00", 1, providers=(("ordering", FAMILY_DOCTOR),)),
    ),
    to=1,
    place_of_service="11",
    providers=(("rendering", FAMILY_DOCTOR),),
    prior=(replace(_PLAN_PAID, paid=dollars("105.00")),),  # 96.00 + 9.00
)
ANESTHESIA = Claim(
    kind="professional",
    account="AN1005",
    patient=WOMAN,
    coverages=(_COMMERCIAL,),
    billing=PRACTICE,
    diagnoses=dx("S52.531A", "W01.0XXA"),
    lines=(line("01820-AA-P2", "540.00", 1, units="45", unit_kind="MJ"),),
    place_of_service="24",
    providers=(("rendering", ANESTHETIST),),
    facility=SURGERY_CENTER,
    accident=Accident(other=True, day=date(2026, 3, 2)),
    anesthesia_procedure="25605",
)
AMBULANCE_TRIP = Claim(
    kind="professional",
    account="AM1006",
    patient=OLD_MAN,
    coverages=(_MEDICARE,),
    billing=AMBULANCE,
    diagnoses=dx("R07.9"),
    lines=(line("A0429-RH", "650.00", 1), line("A0425-RH", "96.00", 1, units="8")),
    place_of_service="41",
    ambulance=Ambulance(
        reason="A",
        miles=Decimal(8),
        conditions=("04", "06", "09"),
        pick_up=OLD_MAN.address,
        drop_off=HOSPITAL.address,
        weight=Decimal(170),
    ),
)
RENTAL = Claim(
    kind="professional",
    account="EQ1007",
    patient=OLD_WOMAN,
    coverages=(Coverage(MEDICARE_EQUIPMENT, "2AC4DE5FG67", "MB"),),
    billing=SUPPLIER,
    diagnoses=dx("G47.33"),
    lines=(
        line(
            "E0601-RR-KH-KX",
            "95.00",
            1,
            equipment=Equipment("E0601", 13, dollars("95.00"), dollars("950.00"), days=30),
            providers=(("ordering", FAMILY_DOCTOR),),
        ),
    ),
    place_of_service="12",
)
DRUG_IN_OFFICE = Claim(
    kind="professional",
    account="DR1008",
    patient=WOMAN,
    coverages=(Coverage(MEDICAID, "910000123456", "MC"),),
    billing=PRACTICE,
    diagnoses=dx("M54.50"),
    lines=(
        line("99213-25", "150.00", 1),
        line("96372", "35.00", 1),
        line("J1885", "12.00", 1, units="2", drug=Drug("00409379501", Decimal(1), "ML")),
    ),
    place_of_service="11",
    providers=(("rendering", FAMILY_DOCTOR),),
)
AUTO_ACCIDENT = Claim(
    kind="professional",
    account="AU1009",
    patient=MAN,
    coverages=(Coverage(AUTO, "RW3310077", "AM", claim_number="AU-55210"),),
    billing=PRACTICE,
    diagnoses=dx("S33.5XXA", "V43.52XA"),
    lines=(line("99203", "190.00", 1), line("72100", "85.00", 1)),
    place_of_service="11",
    providers=(("rendering", FAMILY_DOCTOR),),
    dates=ProfessionalDates(onset=date(2026, 3, 1)),
    accident=Accident(auto=True, state="OH", day=date(2026, 3, 1)),
)
WORK_INJURY = Claim(
    kind="professional",
    account="WC1010",
    patient=MAN,
    coverages=(Coverage(WORK, "EMP40017", "WC", "20", EMPLOYER, claim_number="26-104477"),),
    billing=PRACTICE,
    diagnoses=dx("S61.411A", "W31.2XXA", "Z23"),
    lines=(
        line("12002-RT", "240.00", 1),
        line("90715", "60.00", 3),
        line("90471", "28.00", 3),
    ),
    place_of_service="11",
    providers=(("rendering", FAMILY_DOCTOR),),
    dates=ProfessionalDates(onset=DAY, unable_to_work_from=DAY, unable_to_work_to=date(2026, 3, 9)),
    accident=Accident(employment=True, day=DAY),
)
REPLACEMENT = Claim(
    kind="professional",
    account="RP1011",
    patient=WOMAN,
    coverages=(_COMMERCIAL,),
    billing=SOLE_DOCTOR,
    diagnoses=dx("J02.9"),
    lines=(line("99213-25", "150.00", 1), line("87880-QW", "30.00", 1)),
    frequency="7",
    original_reference="NF26052200417",
    place_of_service="11",
    clia="36D0954321",
    note="Modifier 25 added to the visit",
)
TELEHEALTH = Claim(
    kind="professional",
    account="TH1012",
    patient=MAN,
    coverages=(Coverage(BLUE, "BTP123456789", "BL", group_number="7001"),),
    billing=PRACTICE,
    diagnoses=dx("F41.1"),
    lines=(line("99213-95", "150.00", 1),),
    place_of_service="10",
    providers=(("rendering", FAMILY_DOCTOR),),
    authorization="BTP26A0044",
)
NOTICE_OF_NONCOVERAGE = Claim(
    kind="professional",
    account="NC1013",
    patient=OLD_WOMAN,
    coverages=(Coverage(MEDICARE_B, "2AC4DE5FG67", "MB"),),
    billing=PRACTICE,
    diagnoses=dx("I10", "R53.83"),
    lines=(
        line("99213-25", "150.00", 1),
        line("80061-GA", "42.00", 2, providers=(("ordering", FAMILY_DOCTOR),)),
    ),
    place_of_service="11",
    providers=(("rendering", FAMILY_DOCTOR),),
    clia="36D0912345",
)
EMERGENCY_ROOM = Claim(
    kind="professional",
    account="ED1014",
    patient=WOMAN,
    coverages=(_COMMERCIAL,),
    billing=PRACTICE,
    diagnoses=dx("R10.31"),
    lines=(line("99284", "480.00", 1, emergency=True),),
    place_of_service="23",
    providers=(("rendering", EMERGENCY_DOCTOR),),
    facility=replace(HOSPITAL, tax_id="", contact="", phone=""),
)
FOURTEEN = (
    *("E11.42", "I25.10", "J44.9", "E78.5", "K21.9", "M17.11", "E03.9"),
    *("F32.A", "N40.1", "G47.33", "D50.9", "H91.90", "R53.83", "Z79.84"),
)
FOURTEEN_DIAGNOSES = Claim(
    kind="professional",
    account="FD1015",
    patient=OLD_MAN,
    coverages=(_OLD_MANS,),
    billing=PRACTICE,
    diagnoses=dx(*FOURTEEN),
    lines=(
        line("99215-25", "290.00", 1, 2, 3, 4),
        line("93000", "60.00", 2),
        line("94010", "70.00", 3),
        line("80053", "35.00", 7, 8, 10, 14),
        line("73560-RT", "80.00", 6),
        line("81001", "12.00", 9),
        line("85025", "20.00", 5, 11, 13),
    ),
    place_of_service="11",
    providers=(("rendering", FAMILY_DOCTOR),),
    clia="36D0912345",
)
SIXTY_LINES = Claim(
    kind="professional",
    account="SL1016",
    patient=OLD_MAN,
    coverages=(_COMMERCIAL,),
    billing=PRACTICE,
    diagnoses=dx("J44.9"),
    lines=tuple(
        line(
            "99232" if at % 2 == 0 else "94640",
            "120.00" if at % 2 == 0 else "25.00",
            1,
            first=DAY + timedelta(days=at // 2),
        )
        for at in range(60)
    ),
    place_of_service="21",
    providers=(("rendering", HOSPITALIST),),
    facility=replace(HOSPITAL, tax_id="", contact="", phone=""),
    dates=ProfessionalDates(admitted=DAY, discharged=DAY + timedelta(days=30)),
)

CLAIMS: dict[str, Claim] = {
    "office visit": OFFICE_VISIT,
    "patient not subscriber": PATIENT_NOT_SUBSCRIBER,
    "secondary": SECONDARY,
    "medicare second": MEDICARE_SECOND,
    "anesthesia": ANESTHESIA,
    "ambulance": AMBULANCE_TRIP,
    "rental": RENTAL,
    "drug in the office": DRUG_IN_OFFICE,
    "auto accident": AUTO_ACCIDENT,
    "work injury": WORK_INJURY,
    "replacement": REPLACEMENT,
    "telehealth": TELEHEALTH,
    "notice of noncoverage": NOTICE_OF_NONCOVERAGE,
    "emergency room": EMERGENCY_ROOM,
    **BILLS,
}
TO_SPLIT: dict[str, Claim] = {
    "14 diagnoses": FOURTEEN_DIAGNOSES,
    "60 lines": SIXTY_LINES,
}


def claim(name: str) -> Claim:
    """Return the sample called `name`."""
    return (CLAIMS | TO_SPLIT)[name]
