"""The file of a paper EOB that somebody typed: fields as docs/remittance.md lists them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from codinglab.claim.adjudicated import Adjustment, Group
from codinglab.core.money import TOO_MUCH, has_cents
from codinglab.core.tables import Row
from codinglab.payer.decision import ClaimStatus
from codinglab.remit.model import Method

_REASON = re.compile(r"(CO|PR|OA|PI|CR)[ -]([A-Z0-9]{1,3})\s+(-?[0-9]+(?:\.[0-9]{1,2})?)")
_SHAPE = "CO 45 57.62 (group, reason, dollars)"


def _adjustment(text: object) -> object:
    found = _REASON.fullmatch(text.strip().upper()) if isinstance(text, str) else None
    if found is None:
        raise ValueError(f"an adjustment is written like {_SHAPE}")
    group: Group = found[1]  # type: ignore[assignment]
    return Adjustment(group, found[2], Decimal(found[3]))


def _cents(value: Decimal) -> Decimal:
    if not value.is_finite() or abs(value) >= TOO_MUCH:
        raise ValueError("dollars have fifteen digits before the point at most")
    if not has_cents(value):
        raise ValueError("dollars have two decimals at most")
    return value


Reason = Annotated[Adjustment, BeforeValidator(_adjustment)]
Dollars = Annotated[Decimal, AfterValidator(_cents)]


class PayerRow(Row):
    """Who paid: the name on the paper, and the number by which the office knows the payer."""

    name: str
    payer_id: str
    origin: str = ""


class PayeeRow(Row):
    """Who was paid."""

    name: str
    npi: str = ""
    tax_id: str = ""


class CheckRow(Row):
    """The check, deposit or notice: its number, amount and day."""

    number: str = Field(min_length=1)
    amount: Dollars
    day: date
    method: Method


class LineRow(Row):
    """One line of the paper."""

    code: str
    day: date
    charge: Dollars
    paid: Dollars
    units: Decimal = Decimal(1)
    modifiers: tuple[str, ...] = ()
    allowed: Dollars | None = None
    adjustments: tuple[Reason, ...] = ()
    remarks: tuple[str, ...] = ()
    control_number: str = ""
    code_kind: str = "HC"


class NameRow(Row):
    """A patient's name."""

    last: str
    first: str = ""
    middle: str = ""


class ClaimRow(Row):
    """One claim of the paper; `account` is the office's own number of it."""

    account: str = Field(min_length=1)
    patient: NameRow
    charge: Dollars
    paid: Dollars
    status: ClaimStatus
    number: str = ""
    member_id: str = ""
    filing: str = ""
    patient_share: Dollars = Decimal(0)
    lines: tuple[LineRow, ...] = ()
    adjustments: tuple[Reason, ...] = ()
    remarks: tuple[str, ...] = ()
    interest: Dollars = Decimal(0)


class SetOffRow(Row):
    """Money set off against the payment; a positive amount lowers it."""

    reason: str
    reference: str = ""
    amount: Dollars


class PaperRow(Row):
    """A paper EOB as it was typed: `entered_by` whom, `entered_at` when, `source` from what."""

    entered_by: str = Field(min_length=1)
    entered_at: datetime
    source: str = Field(min_length=1)
    payer: PayerRow
    payee: PayeeRow
    check: CheckRow
    claims: tuple[ClaimRow, ...]
    provider_adjustments: tuple[SetOffRow, ...] = ()
    notes: str = ""
    kind: Literal["paper EOB"] = "paper EOB"
