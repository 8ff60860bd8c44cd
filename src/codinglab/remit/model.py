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
from codinglab.claim.parties import Name, Payer, Provider
from codinglab.payer.decision import ClaimStatus

Method = Literal["ACH", "CHK", "NON", "FWT", "BOP"]
"""BPR04: electronic deposit, check, no payment, wire, as the bank chooses."""


@dataclass(frozen=True, slots=True)
class RemitLine:
    """One service (2110): what was billed and paid, and every adjustment.

    `control_number` is the provider's own (REF 6R), by which the line is found again. `allowed` is
    AMT B6. `billed_code` is set where the payer paid by another code than was billed (SVC06).
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


@dataclass(frozen=True, slots=True)
class RemitClaim:
    """One claim (2100).

    `account` is the provider's number (CLP01), `number` the payer's (CLP07). `patient_share` is
    CLP05. `filing` is CLP06. `bill_type` and `frequency` are CLP08 and CLP09. `passed_to` names the
    payer to whom the claim was passed on. `interest` is AMT I.
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


@dataclass(frozen=True, slots=True)
class ProviderAdjustment:
    """Money that is set off against the payment and belongs to no claim of it (PLB).

    `reason` is X12 element 426 (FB forwarded balance, WO overpayment recovery, L6 interest, 72
    authorized return, CT capitation, CS, J1 ...), `reference` what it is about.
    """

    reason: str
    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Remittance:
    """One payment (ST to SE): sum of the claims less the provider adjustments = `total` (BPR02).

    `trace` is TRN02, the number of the check or deposit, and `origin` TRN03 (1 and the payer's tax
    number). `made` is the day of the file (DTM 405), `paid_on` that of the payment (BPR16).
    `fiscal_end` is PLB02.
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
