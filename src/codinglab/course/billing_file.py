"""What a billing case says of its claims and payments, as its YAML writes them.

`case.yml` names the templates; what they render to is read here.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from codinglab.core.tables import Row
from codinglab.payer.decision import ClaimStatus
from codinglab.payer.member_rows import BenefitRow
from codinglab.remit.manual_rows import Reason
from codinglab.remit.model import Method

_Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
RESERVED = frozenset({"get", "items", "keys", "values", "ledger", "charges", "ack"})


class BillingRow(Row):
    """`billing:` of case.yml: templates in the case's folder.

    `claims` are claim files (docs/claims.md), `payments` says what payers make of them.
    """

    claims: tuple[str, ...] = ()
    payments: str = ""

    @property
    def templates(self) -> tuple[str, ...]:
        """Return the names of all templates."""
        return (*self.claims, *filter(None, [self.payments]))


class TypedLineRow(Row):
    """A service line of a remittance that is written out: what was adjusted, and why.

    Code, charge, units and day are those of the case's own claim where it has one. What was paid
    is the charge less the adjustments; `paid` says something else on purpose.
    """

    code: str = ""
    modifiers: tuple[str, ...] = ()
    charge: Decimal | None = None
    units: Decimal = Decimal(1)
    day: date | None = None
    paid: Decimal | None = None
    allowed: Decimal | None = None
    adjustments: tuple[Reason, ...] = ()
    remarks: tuple[str, ...] = ()


class TypedClaimRow(Row):
    """A claim of a remittance that is written out. `patient` is "Last, First"."""

    account: str
    status: ClaimStatus
    number: str
    patient: str = ""
    member_id: str = ""
    filing: str = ""
    lines: tuple[TypedLineRow, ...] = Field(min_length=1)
    adjustments: tuple[Reason, ...] = ()
    remarks: tuple[str, ...] = ()
    paid: Decimal | None = None
    passed_to: str = ""


class OffsetRow(Row):
    """Money set off against the payment (PLB); a positive `amount` lowers it."""

    reason: str
    reference: str
    amount: Decimal


class PaymentRow(Row):
    """One payment: decided by the payer's contract, or written out (`typed`).

    `received` is the day on which the payer got the claims, `decided` that of its decision, as
    its contract has it where left out. `claims` are account numbers, all that go to this payer
    where left out. `after` names the payments that came before, of which the claims tell. `left`
    is what remains of the members' deductibles, in place of what the payer's file says. `total`
    and `unbalanced` plant a fault.
    """

    name: _Name
    payer: str
    trace: str
    paid_on: date
    method: Method
    received: date | None = None
    decided: date | None = None
    claims: tuple[str, ...] = ()
    after: tuple[_Name, ...] = ()
    left: tuple[BenefitRow, ...] = ()
    typed: tuple[TypedClaimRow, ...] = ()
    offset: tuple[OffsetRow, ...] = ()
    total: Decimal | None = None
    unbalanced: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> PaymentRow:
        if self.name in RESERVED:
            raise ValueError(f"{self.name} is the name of another document; choose one")
        if bool(self.typed) == (self.received is not None):
            raise ValueError("give received (the payer decides), or typed, and not both")
        if self.typed and (self.claims or self.left or self.after or self.decided):
            raise ValueError("claims, after, left and decided belong to a payment that is decided")
        return self


class DepositLineRow(Row):
    """One line of a deposit slip: a payment by name, or a check of somebody else.

    `amount` is the payment's own where left out.
    """

    payment: _Name | None = None
    sender: str = ""
    trace: str = ""
    amount: Decimal | None = None

    @model_validator(mode="after")
    def _whose(self) -> DepositLineRow:
        if self.payment is None and (not self.sender or not self.trace or self.amount is None):
            raise ValueError("name a payment, or give sender, trace and amount")
        return self


class DepositRow(Row):
    """A deposit slip of the bank."""

    name: _Name
    bank: str
    day: date
    lines: tuple[DepositLineRow, ...] = Field(min_length=1)


class PaymentsFile(Row):
    """What the payments template renders to.

    `acknowledged` is the day on which a front end answers the claims with a 277CA. `charged`
    is the day on which the charges are entered, that of the service where left out.
    """

    acknowledged: date | None = None
    charged: date | None = None
    payments: tuple[PaymentRow, ...] = ()
    deposits: tuple[DepositRow, ...] = ()
