"""A claim as a file: whom it concerns, what was coded in the coder's notation, and what is asked.

A field that is None or blank was not told; what a claim cannot do without is then a finding of
`claim.build`, with the box that lacks it. Only what no field can hold is an error of the file.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from codinglab.claim.claim_rows import (
    AddressRow,
    CoverageRow,
    PersonRow,
    PriorRow,
    ProviderRow,
    Rank,
)
from codinglab.claim.claim_values import Day, Number
from codinglab.claim.model import Attachment, Frequency, UnitKind
from codinglab.claim.parties import Role
from codinglab.core.tables import Row
from codinglab.encounter.circumstances import Setting


class AccidentRow(Row):
    """What happened; a claim file without it says nothing of accidents."""

    employment: bool = False
    auto: bool = False
    other: bool = False
    state: str = ""
    day: Day | None = None


class DatesRow(Row):
    """The dates of a professional claim."""

    onset: Day | None = None
    last_menstrual: Day | None = None
    initial_treatment: Day | None = None
    last_seen: Day | None = None
    unable_to_work_from: Day | None = None
    unable_to_work_to: Day | None = None
    admitted: Day | None = None
    discharged: Day | None = None
    acute_manifestation: Day | None = None
    last_x_ray: Day | None = None
    prescribed: Day | None = None
    care_assumed: Day | None = None
    care_relinquished: Day | None = None
    first_contact: Day | None = None


class AmbulanceRow(Row):
    """A trip by ambulance; see `claim.model.Ambulance`."""

    reason: Literal["A", "B", "C", "D", "E"]
    miles: Number
    conditions: tuple[str, ...]
    pick_up: AddressRow
    drop_off: AddressRow
    weight: Number | None = None
    round_trip: str = ""
    stretcher: str = ""
    not_met: tuple[str, ...] = ()


class DrugRow(Row):
    """A drug by its NDC, with or without hyphens."""

    ndc: str
    quantity: Number
    unit: str
    prescription: str = ""


class EquipmentRow(Row):
    """Durable medical equipment; see `claim.model.Equipment`."""

    code: str
    months: int
    rental: Number | None = None
    purchase: Number | None = None
    every: str
    days: int | None = None
    certification: Literal["", "I", "R", "S"] = ""


class AttachmentRow(Row):
    """A paper or file that goes with the claim or line; see `claim.model.Attachment`."""

    kind: str
    how: str
    control: str = ""

    def value(self) -> Attachment:
        """Return the attachment."""
        return Attachment(self.kind, self.how, self.control)


class LineRow(Row):
    """What the worksheet does not say of its service `line`, counted from 1.

    `charge` is the whole line's and goes before the fee list. `minutes` are those of anesthesia.
    `pointers` count the diagnoses from 1 and go before the worksheet's, which end at L.
    """

    line: int
    charge: Number | None = None
    minutes: int | None = None
    pointers: tuple[int, ...] = ()
    last: Day | None = None
    revenue_code: str = ""
    noncovered: Number | None = None
    description: str = ""
    emergency: bool = False
    epsdt: bool = False
    family_planning: bool = False
    drug: DrugRow | None = None
    equipment: EquipmentRow | None = None
    providers: dict[Role, ProviderRow] = Field(default_factory=dict)
    authorization: str = ""
    control_number: str = ""
    note: str = ""
    attachments: tuple[AttachmentRow, ...] = ()
    patients: int | None = None
    prescribed: Day | None = None


class RevenueRow(Row):
    """A line of a hospital that has a revenue code and no procedure."""

    revenue_code: str
    charge: Number
    units: Number
    unit_kind: UnitKind
    day: Day | None = None
    noncovered: Number | None = None


class CodedDayRow(Row):
    """An occurrence code and its day, or a span code with its last day too."""

    code: str
    first: Day
    last: Day | None = None


class ValueRow(Row):
    """A value code and its amount."""

    code: str
    amount: Number


class BillRow(Row):
    """What only a UB-04 says; codes of diagnoses and procedures stand in the worksheet."""

    type: str = ""
    statement_from: Day | None = None
    statement_to: Day | None = None
    priority: str = ""
    origin: str = ""
    admitted: Day | None = None
    admission_hour: str = ""
    discharge_hour: str = ""
    admitting_diagnosis: str = ""
    reasons: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    occurrences: tuple[CodedDayRow, ...] = ()
    spans: tuple[CodedDayRow, ...] = ()
    values: tuple[ValueRow, ...] = ()
    drg: str = ""
    record_number: str = ""


class ClaimFile(Row):
    """The fields of a claim file.

    `on` is the day of each service that states none, and the day of discharge of an inpatient.
    `charges` is the fee list: dollars a unit by code ("99213") or by code with modifiers
    ("93000-26"), which goes first. `to` is whom the claim is sent to, and may be left out where
    there is one policy alone. `supervised` says that the rendering provider worked under another.
    """

    setting: Setting
    on: Day
    worksheet: str = Field(min_length=1)
    account: str = ""
    patient: PersonRow | None = None
    coverages: tuple[CoverageRow, ...] = Field(default=(), max_length=3)
    to: Rank | None = None
    billing: ProviderRow | None = None
    pay_to: AddressRow | None = None
    facility: ProviderRow | None = None
    providers: dict[Role, ProviderRow] = Field(default_factory=dict)
    supervised: bool = False
    frequency: Frequency | None = None
    original_reference: str = ""
    accepts: Literal["A", "B", "C"] | None = None
    signature_on_file: bool | None = None
    place_of_service: str = ""
    charges: dict[str, Number] = Field(default_factory=dict)
    lines: tuple[LineRow, ...] = ()
    revenue: tuple[RevenueRow, ...] = ()
    bill: BillRow | None = None
    dates: DatesRow = DatesRow()
    accident: AccidentRow | None = None
    ambulance: AmbulanceRow | None = None
    authorization: str = ""
    referral: str = ""
    clia: str = ""
    patient_paid: Number | None = None
    outside_laboratory: Number | None = None
    delay_reason: str = ""
    anesthesia_procedure: str = ""
    conditions: tuple[str, ...] = ()
    note: str = ""
    prior: tuple[PriorRow, ...] = ()
    attachments: tuple[AttachmentRow, ...] = ()
    fixed_notes: tuple[str, ...] = ()
    signed_for_patient: bool = False
