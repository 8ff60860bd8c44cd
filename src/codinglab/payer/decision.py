"""What a payer decided of a claim: each line's amounts, with the step and the rule that decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from codinglab.claim.adjudicated import Group
from codinglab.claim.model import Claim

ClaimStatus = Literal["1", "2", "3", "4", "19", "20", "21", "22", "23", "25"]
"""X12 element 1029: 1 to 3 paid as primary, secondary, tertiary; 4 denied; 19 to 21 paid and passed
on to the next payer; 22 reversal of an earlier payment; 23 not our claim, passed on; 25 a price
told ahead of the service, nothing paid."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One adjustment: why `amount` dollars of a charge are not paid.

    `group` and `carc` go into CAS; a positive amount lowers the payment. `step` is the step of the
    adjudication that decided, `why` its reason in plain words, `source` the rule or the term of the
    contract. `remarks` are the RARC that explain it.
    """

    group: Group
    carc: str
    amount: Decimal
    step: str
    why: str
    source: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineDecision:
    """What was decided of one line: `line` counts from 1, dollars throughout.

    `allowed` is what the contract or schedule says the service is worth, None where it was never
    priced. `units` are those paid; `code` and `modifiers` are as billed.
    """

    line: int
    code: str
    charge: Decimal
    units: Decimal
    modifiers: tuple[str, ...] = ()
    allowed: Decimal | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def paid(self) -> Decimal:
        """Return the charge less every adjustment."""
        return self.charge - sum((one.amount for one in self.reasons), Decimal(0))

    @property
    def patient_share(self) -> Decimal:
        """Return what the patient owes: the adjustments of group PR."""
        return sum((one.amount for one in self.reasons if one.group == "PR"), Decimal(0))


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the adjudication: the `step`, what it found, and the `line` it was about."""

    step: str
    what: str
    line: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A payer's decision on `claim`.

    `number` is the payer's own (payer claim control number). `received` and `decided` are days.
    `reasons` are the adjustments of the claim as a whole (a stay paid by its DRG), `remarks` the
    RARC of the claim. `said` is what every step wrote, in order. `interest` is paid beside the
    claim (PLB L6). `drg` is the group by which a stay was paid. `passed_to` is the payer to whom
    the claim was passed on.
    """

    claim: Claim
    number: str
    status: ClaimStatus
    received: date
    decided: date
    lines: tuple[LineDecision, ...]
    reasons: tuple[Reason, ...] = ()
    remarks: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    interest: Decimal = Decimal(0)
    drg: str = ""
    passed_to: str = ""

    @property
    def charge(self) -> Decimal:
        """Return the total charge, in dollars; that of a reversal is negative."""
        return -self.claim.total if self.status == "22" else self.claim.total

    @property
    def paid(self) -> Decimal:
        """Return what the payer pays for the claim, in dollars, interest left out."""
        lines = sum((one.paid for one in self.lines), Decimal(0))
        return lines - sum((one.amount for one in self.reasons), Decimal(0))

    @property
    def patient_share(self) -> Decimal:
        """Return what the patient owes, in dollars."""
        own = sum((one.amount for one in self.reasons if one.group == "PR"), Decimal(0))
        return own + sum((one.patient_share for one in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A claim that was not taken into adjudication: rejected, never denied, without appeal."""

    claim: Claim
    received: date
    why: str
    category: str
    code: str
    source: str = ""
