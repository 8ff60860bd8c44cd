"""A claim, professional or institutional: what one payer is asked to pay for, and why.

The fields are those of the CMS-1500 (02/12), the UB-04 and the 837; the names are the field's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from codinglab.claim.adjudicated import PriorPayment
from codinglab.claim.parties import Address, Coverage, Person, Provider, Role

Kind = Literal["professional", "institutional"]
Frequency = Literal["1", "2", "3", "4", "7", "8"]
UnitKind = Literal["UN", "MJ", "DA"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """An ICD-10-CM code in dotted form; `poa` is Y, N, U, W or blank (professional, exempt)."""

    code: str
    poa: str = ""


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug by its NDC (11 digits), how much and in which unit (UN, ML, GR, F2, ME)."""

    ndc: str
    quantity: Decimal
    unit: str
    prescription: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A paper or file that goes with the claim (PWK).

    `kind` is the report type (element 755: OZ support data, B4 referral form, CT certification
    ...), `how` it travels (element 756: EL electronic, FX fax, BM mail, AA on request, NS not
    specified ...), `control` the number by which the payer finds it.
    """

    kind: str
    how: str
    control: str = ""


@dataclass(frozen=True, slots=True)
class Equipment:
    """Durable medical equipment: a rental or a purchase (837P SV5, CR3).

    `months` of need as a certificate says it (CR3, sent where `certification` is I initial, R
    renewal or S revised), `days` of need, the price of each, and `every` (1 weekly, 4 monthly, 6
    daily) as SV5 says them, which is sent where the days and both prices are known.
    """

    code: str
    months: int
    rental: Decimal | None
    purchase: Decimal | None
    every: str = "4"
    days: int | None = None
    certification: Literal["", "I", "R", "S"] = ""


@dataclass(frozen=True, slots=True)
class Ambulance:
    """A trip by ambulance (CR1, CRC 07, pick-up and drop-off).

    `reason` is the transport reason (A nearest facility, B preferred physician, C nearness of
    family, D specialist, E rehabilitation), `miles` the loaded miles, `conditions` the
    certified conditions (01, 04, 05, 06, 07, 08, 09, 12), `not_met` those that are certified not to
    hold. `weight` is in pounds.
    """

    reason: str
    miles: Decimal
    conditions: tuple[str, ...]
    pick_up: Address
    drop_off: Address
    weight: Decimal | None = None
    round_trip: str = ""
    stretcher: str = ""
    not_met: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Accident:
    """What happened: employment, auto or another accident; `state` of an auto one; its `day`."""

    employment: bool = False
    auto: bool = False
    other: bool = False
    state: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ProfessionalDates:
    """The dates of a professional claim (CMS-1500 items 14 to 18); None where there is none.

    `prescribed` is of glasses or hearing aids; `care_assumed` and `care_relinquished` are of the
    care after surgery; `first_contact` is the first visit for a work injury or an accident.
    """

    onset: date | None = None
    last_menstrual: date | None = None
    initial_treatment: date | None = None
    last_seen: date | None = None
    unable_to_work_from: date | None = None
    unable_to_work_to: date | None = None
    admitted: date | None = None
    discharged: date | None = None
    acute_manifestation: date | None = None
    last_x_ray: date | None = None
    prescribed: date | None = None
    care_assumed: date | None = None
    care_relinquished: date | None = None
    first_contact: date | None = None


@dataclass(frozen=True, slots=True)
class CodedDay:
    """An occurrence code and its day, or a span code with its last day too."""

    code: str
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class ValueCode:
    """A value code and its amount or number."""

    code: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class StayProcedure:
    """A procedure by ICD-10-PCS and its day; the first of a claim is the principal one."""

    code: str
    day: date


@dataclass(frozen=True, slots=True)
class InstitutionalBill:
    """What only a UB-04 says.

    `bill_type` has its first three characters ("011", "013"); the frequency is the claim's.
    Hours are "00" to "23" or "99". `priority` is the type of admission (1 emergency ... 9),
    `origin` the point of origin, `status` the discharge status. `reasons` are the patient's
    reasons for an outpatient visit, `external_causes` their codes with POA.
    """

    bill_type: str
    statement_from: date
    statement_to: date
    status: str
    priority: str = ""
    origin: str = ""
    admitted: date | None = None
    admission_hour: str = ""
    discharge_hour: str = ""
    admitting_diagnosis: str = ""
    reasons: tuple[str, ...] = ()
    external_causes: tuple[Diagnosis, ...] = ()
    procedures: tuple[StayProcedure, ...] = ()
    conditions: tuple[str, ...] = ()
    occurrences: tuple[CodedDay, ...] = ()
    spans: tuple[CodedDay, ...] = ()
    values: tuple[ValueCode, ...] = ()
    drg: str = ""
    record_number: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One service line.

    `code` is CPT, HCPCS or blank (a revenue line of a hospital). `charge` is the whole line's, in
    dollars. `units` are counts (UN), days (DA) or minutes of anaesthesia (MJ). `pointers` count
    the diagnoses from 1, at most four. `first` and `last` are the days of service.
    `description` tells an unlisted code. `control_number` is the provider's own (REF 6R).
    `patients` counts those that an ambulance carried at once, where they were several;
    `prescribed` is the day of the prescription that the line fills.
    """

    code: str
    charge: Decimal
    units: Decimal
    first: date
    last: date | None = None
    modifiers: tuple[str, ...] = ()
    unit_kind: UnitKind = "UN"
    pointers: tuple[int, ...] = ()
    place_of_service: str = ""
    revenue_code: str = ""
    noncovered: Decimal | None = None
    description: str = ""
    emergency: bool = False
    epsdt: bool = False
    family_planning: bool = False
    drug: Drug | None = None
    equipment: Equipment | None = None
    providers: tuple[tuple[Role, Provider], ...] = ()
    authorization: str = ""
    control_number: str = ""
    note: str = ""
    attachments: tuple[Attachment, ...] = ()
    patients: int | None = None
    prescribed: date | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim to one payer.

    `account` is the patient control number. `coverages` run from primary to tertiary, and `to`
    is the place (from 0) of the payer that this claim is sent to; `prior` holds what the payers
    before it decided. `frequency` 7 replaces and 8 voids the claim that the payer numbered
    `original_reference`. `accepts` is A (assigned), B (laboratory services only) or C (not
    assigned). `bill` belongs to an institutional claim, `dates` and `accident` mostly to a
    professional one. `signed_for_patient` says that the provider signed in the patient's stead
    (CLM10 P), `fixed_notes` are data that a law or state asks for in a format of its own (K3).
    """

    kind: Kind
    account: str
    patient: Person
    coverages: tuple[Coverage, ...]
    billing: Provider
    diagnoses: tuple[Diagnosis, ...]
    lines: tuple[Line, ...]
    to: int = 0
    frequency: Frequency = "1"
    original_reference: str = ""
    place_of_service: str = ""
    accepts: Literal["A", "B", "C"] = "A"
    signature_on_file: bool = True
    pay_to: Address | None = None
    providers: tuple[tuple[Role, Provider], ...] = ()
    facility: Provider | None = None
    bill: InstitutionalBill | None = None
    dates: ProfessionalDates = ProfessionalDates()
    accident: Accident = Accident()
    ambulance: Ambulance | None = None
    authorization: str = ""
    referral: str = ""
    clia: str = ""
    patient_paid: Decimal | None = None
    outside_laboratory: Decimal | None = None
    delay_reason: str = ""
    anesthesia_procedure: str = ""
    conditions: tuple[str, ...] = ()
    note: str = ""
    prior: tuple[PriorPayment, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    fixed_notes: tuple[str, ...] = ()
    signed_for_patient: bool = False

    @property
    def total(self) -> Decimal:
        """Return the total charge: the sum of the lines."""
        return sum((line.charge for line in self.lines), Decimal(0))

    @property
    def coverage(self) -> Coverage:
        """Return the policy that this claim is sent to."""
        return self.coverages[self.to]

    def provider(self, role: Role) -> Provider | None:
        """Return the claim's provider in `role`, None where it names none."""
        for key, one in self.providers:
            if key == role:
                return one
        return None
