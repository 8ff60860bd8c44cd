"""A remittance advice: one payment of a payer, the claims it is for, and what was set off.

Field names are the 835's (005010X221A1) own. Amounts are dollars; a positive adjustment lowers the
payment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from codinglab.claim.adjudicated import Adjustment
from codinglab.claim.parties import Name, OtherId, Payer, Provider
from codinglab.payer.decision import ClaimStatus

Method = Literal["ACH", "CHK", "NON", "FWT", "BOP"]
"""BPR04: electronic deposit, check, no payment, wire, as the bank chooses."""

Handling = Literal["C", "D", "H", "I", "P", "U", "X"]
"""BPR01: I tells of a payment that goes another way, H that there is none, C brings it along ..."""

Counted = tuple[str, Decimal]
"""A qualifier and its amount or count, as AMT and QTY hold them."""


@dataclass(frozen=True, slots=True)
class BankAccount:
    """An account: the bank's routing number (BPR06/07), the account's (BPR09) and its kind."""

    routing: str
    account: str
    kind: str = "DA"
    routing_kind: str = "01"


@dataclass(frozen=True, slots=True)
class Transfer:
    """From which account to which a deposit goes; `form` is BPR05, `company` BPR10.

    `supplement` is BPR11, the payer's further number of itself.
    """

    payer: BankAccount
    payee: BankAccount | None = None
    form: str = "CCP"
    company: str = ""
    supplement: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask: `kind` BL technical, CX for claims, IC a web site; `ways` as PER writes them.

    A way is a qualifier (TE, FX, EM, UR, EX) and the number or address.
    """

    kind: str
    name: str = ""
    ways: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RemitLine:
    """One service (2110): what was billed and paid, and every adjustment.

    `control_number` is the provider's own (REF 6R), by which the line is found again. `allowed` is
    AMT B6. `billed_code` is set where the payer paid by another code than was billed (SVC06), and
    `billed_units` where it paid other units (SVC07). `code_kind` is the qualifier of the code: HC
    a HCPCS or CPT code, NU a revenue code alone, AD a dental one, N4 a drug ... `references`,
    `amounts` and `quantities` are what else REF, AMT and QTY say; no equation asks for them.
    """

    code: str
    charge: Decimal
    paid: Decimal
    units: Decimal
    day: date | None = None
    last_day: date | None = None
    modifiers: tuple[str, ...] = ()
    revenue_code: str = ""
    billed_code: str = ""
    billed_units: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()
    control_number: str = ""
    allowed: Decimal | None = None
    code_kind: str = "HC"
    billed_modifiers: tuple[str, ...] = ()
    billed_kind: str = ""
    references: tuple[OtherId, ...] = ()
    amounts: tuple[Counted, ...] = ()
    quantities: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class RemitClaim:
    """One claim (2100).

    `account` is the provider's number (CLP01), `number` the payer's (CLP07). `patient_share` is
    CLP05, which no reversal has. `filing` is CLP06. `bill_type` and `frequency` are CLP08 (a place
    of service, or the first two digits of a type of bill) and CLP09. `passed_to` names the payer
    to whom the claim was passed on. `interest` is AMT I. `inpatient` says that the remarks stand in
    MIA and not in MOA. `insured` is named where it is not the patient, `corrected` where the payer
    knows him by another name or number. `references`, `amounts` and `quantities` are what else
    REF, AMT and QTY say.
    """

    account: str
    status: ClaimStatus
    charge: Decimal
    paid: Decimal
    patient_share: Decimal
    number: str
    filing: str
    patient: Name
    member_id: str = ""
    lines: tuple[RemitLine, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    received: date | None = None
    bill_type: str = ""
    frequency: str = ""
    drg: str = ""
    rendering_npi: str = ""
    passed_to: Payer | None = None
    interest: Decimal = Decimal(0)
    inpatient: bool = False
    drg_weight: Decimal | None = None
    insured: Name | None = None
    insured_id: str = ""
    corrected: Name | None = None
    corrected_id: str = ""
    rendering: Name | None = None
    rendering_id: OtherId | None = None
    references: tuple[OtherId, ...] = ()
    amounts: tuple[Counted, ...] = ()
    quantities: tuple[Counted, ...] = ()
    expires: date | None = None
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class ProviderAdjustment:
    """Money that is set off against the payment and belongs to no claim of it (PLB).

    `reason` is X12 element 426 (FB forwarded balance, WO overpayment recovery, L6 interest, 72
    authorized return, CT capitation, CS, J1 ...), `reference` what it is about. A positive
    `amount` lowers the payment. `provider` is PLB01, blank for the payee itself.
    """

    reason: str
    reference: str
    amount: Decimal
    provider: str = ""


@dataclass(frozen=True, slots=True)
class Remittance:
    """One payment (ST to SE): sum of the claims less the provider adjustments = `total` (BPR02).

    `trace` is TRN02, the number of the check or deposit, and `origin` TRN03 (1 and the payer's tax
    number). `made` is the day of the file (DTM 405), `paid_on` that of the payment (BPR16).
    `fiscal_end` is PLB02. `plan_id` is the payer's number in N104, `payer_ids` are further ones,
    `receiver` is REF EV and `version` REF F2. `control` is ST02.
    """

    payer: Payer
    payee: Provider
    trace: str
    origin: str
    method: Method
    paid_on: date
    made: date
    total: Decimal
    claims: tuple[RemitClaim, ...]
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()
    fiscal_end: date | None = None
    control: str = "0001"
    handling: Handling = "I"
    transfer: Transfer | None = None
    contacts: tuple[Contact, ...] = ()
    origin_supplement: str = ""
    plan_id: str = ""
    payer_ids: tuple[OtherId, ...] = ()
    receiver: str = ""
    version: str = ""
