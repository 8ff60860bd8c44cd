"""Where the facts of a claim stand that FHIR's Claim has no element for: as supportingInfo.

Each slot is one kind of entry: its own code in `category`, beside HL7's, and the form of its value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from codinglab.claim.fhir_systems import CPT, DRG, HCPCS, NUBC, PLACE, x12

Form = Literal[
    "text", "code", "flag", "money", "quantity", "day", "period", "address", "coded", "attachment"
]


@dataclass(frozen=True, slots=True)
class Slot:
    """One kind of entry.

    `path` is the field it stands for, `until` that of the end of a period. `system` is the list
    that a code is of, `unit` the UCUM unit of a quantity. `many` holds one entry for each of a
    tuple. `always` is written even where the value is the usual one, and a `whole` quantity is a
    count. `coded` slots hold a CodedDay or a ValueCode.
    """

    key: str
    form: Form
    path: str
    system: str = ""
    category: str = "info"
    unit: str = ""
    until: str = ""
    many: bool = False
    always: bool = False
    whole: bool = False


CLAIM = (
    Slot("frequency", "code", "frequency", x12("1325"), always=True),
    Slot("place-of-service", "code", "place_of_service", PLACE),
    Slot("accepts-assignment", "code", "accepts", x12("1359"), always=True),
    Slot("signature-on-file", "flag", "signature_on_file", always=True),
    Slot("clia", "text", "clia"),
    Slot("patient-paid", "money", "patient_paid"),
    Slot("outside-laboratory", "money", "outside_laboratory"),
    Slot("delay-reason", "code", "delay_reason", x12("1514")),
    Slot("anesthesia-procedure", "code", "anesthesia_procedure", CPT),
    Slot("claim-code", "code", "conditions", f"{NUBC}ConditionCodes", many=True),
    Slot("note", "text", "note"),
    Slot("fixed-note", "text", "fixed_notes", many=True),
    Slot("signed-for-patient", "flag", "signed_for_patient"),
    Slot("attachment", "attachment", "attachments", category="attachment", many=True),
)
DATES = (
    Slot("onset", "day", "onset", category="onset"),
    Slot("last-menstrual-period", "day", "last_menstrual"),
    Slot("initial-treatment", "day", "initial_treatment"),
    Slot("last-seen", "day", "last_seen"),
    Slot(
        "unable-to-work",
        "period",
        "unable_to_work_from",
        category="employmentimpacted",
        until="unable_to_work_to",
    ),
    Slot("hospitalized", "period", "admitted", category="hospitalized", until="discharged"),
    Slot("acute-manifestation", "day", "acute_manifestation"),
    Slot("last-x-ray", "day", "last_x_ray"),
    Slot("prescribed", "day", "prescribed"),
    Slot("care-assumed", "day", "care_assumed"),
    Slot("care-relinquished", "day", "care_relinquished"),
    Slot("first-contact", "day", "first_contact"),
)
BILL = (
    Slot("type-of-bill", "code", "bill_type", f"{NUBC}TypeOfBill"),
    Slot("discharge-status", "code", "status", f"{NUBC}PatDischargeStatus", "discharge"),
    Slot("admission-type", "code", "priority", f"{NUBC}PriorityTypeOfAdmitOrVisit"),
    Slot("point-of-origin", "code", "origin", f"{NUBC}PointOfOrigin"),
    Slot("admission-date", "day", "admitted"),
    Slot("admission-hour", "text", "admission_hour"),
    Slot("discharge-hour", "text", "discharge_hour"),
    Slot("condition", "code", "conditions", f"{NUBC}ConditionCodes", many=True),
    Slot("occurrence", "coded", "occurrences", f"{NUBC}OccurrenceCodes", many=True),
    Slot("occurrence-span", "coded", "spans", f"{NUBC}OccurrenceSpanCodes", many=True),
    Slot("value", "coded", "values", f"{NUBC}ValueCodes", many=True),
    Slot("drg", "code", "drg", DRG),
    Slot("medical-record-number", "text", "record_number"),
)
AMBULANCE = (
    Slot("transport-reason", "code", "reason", x12("1317")),
    Slot("transport-miles", "quantity", "miles", unit="[mi_us]"),
    Slot("transport-condition", "code", "conditions", x12("1321"), many=True),
    Slot("pick-up", "address", "pick_up"),
    Slot("drop-off", "address", "drop_off"),
    Slot("patient-weight", "quantity", "weight", unit="[lb_av]"),
    Slot("round-trip", "text", "round_trip"),
    Slot("stretcher", "text", "stretcher"),
    Slot("transport-condition-not-met", "code", "not_met", x12("1321"), many=True),
)
LINE = (
    Slot("noncovered", "money", "noncovered"),
    Slot("emergency", "flag", "emergency"),
    Slot("authorization", "text", "authorization"),
    Slot("line-control-number", "text", "control_number"),
    Slot("line-note", "text", "note"),
    Slot("line-attachment", "attachment", "attachments", category="attachment", many=True),
    Slot("patients", "quantity", "patients", unit="1", whole=True),
    Slot("line-prescribed", "day", "prescribed"),
)
DRUG = (Slot("prescription", "text", "prescription"),)
EQUIPMENT = (
    Slot("equipment", "code", "code", HCPCS),
    Slot("equipment-months", "quantity", "months", unit="mo", whole=True),
    Slot("equipment-rental", "money", "rental"),
    Slot("equipment-purchase", "money", "purchase"),
    Slot("equipment-every", "code", "every", x12("594"), always=True),
    Slot("equipment-days", "quantity", "days", unit="d", whole=True),
    Slot("equipment-certification", "code", "certification", x12("1322")),
)
EVERY = (*CLAIM, *DATES, *BILL, *AMBULANCE, *LINE, *DRUG, *EQUIPMENT)
