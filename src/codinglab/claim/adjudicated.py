"""What an earlier payer decided of a claim, as the next one is told (coordination of benefits)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Group = Literal["CO", "PR", "OA", "PI", "CR"]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One reason why less (or more) was paid: group, CARC, dollars, and units where told.

    A positive amount lowers the payment, a negative one raises it.
    """

    group: Group
    carc: str
    amount: Decimal
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PaidLine:
    """How a payer adjudicated one line: its number from 1, what it paid, and every adjustment.

    Line charge = `paid` + the sum of `adjustments`. `code` and `modifiers` are those paid by.
    """

    line: int
    paid: Decimal
    units: Decimal
    code: str
    adjudicated: date
    modifiers: tuple[str, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    patient_still_owes: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PriorPayment:
    """A payer's adjudication of the whole claim.

    `coverage` is the place in `Claim.coverages`, from 0. `adjustments` are those of the claim
    that no line carries. `control_number` is that payer's own number of the claim, `remarks` are
    its remark codes (RARC). `adjudicated` is None where it is not told, as on paper.
    """

    coverage: int
    paid: Decimal
    adjudicated: date | None
    lines: tuple[PaidLine, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    control_number: str = ""
    patient_still_owes: Decimal | None = None
    noncovered: Decimal | None = None
    remarks: tuple[str, ...] = ()
