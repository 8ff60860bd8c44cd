"""What happened to a practice's claims beside the journal: visits, sendings, decisions, work.

The journal says where each cent stands. When a claim was sent, what stopped it and who keyed it
stand here, and the key figures are worked out of both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Outcome = Literal["refused", "decided"]
Result = Literal["", "overturned", "upheld"]
"""Blank while no answer is there."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit whose charges were entered.

    `account` is the patient control number, `payer` the first payer (blank where the patient pays).
    `day` is that of the service, `entered` that of charge entry. `documented` is the visit level
    that an internal audit found in the note, blank where nobody read it, and `level` the one that
    was coded, blank for a visit without one. `charge` is in dollars.
    """

    account: str
    patient: str
    payer: str
    day: date
    entered: date
    provider: str
    coder: str
    registrar: str
    template: str
    charge: Decimal
    level: str = ""
    documented: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """One sending of a claim; `attempt` counts from 1.

    `stops` are findings of the practice's scrubber that had to be mended before, `frequency` is
    CLM05-3. `why` is the payer's reason of a refusal at the door, `decided` the day of a decision.
    """

    account: str
    attempt: int
    day: date
    payer: str
    outcome: Outcome
    frequency: str = "1"
    stops: int = 0
    why: str = ""
    decided: date | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """One line of a decision, as its remittance told it.

    `expected` is what the practice's own copy of the contract allows, `allowed` what the payer
    allowed; both are None for a line that was not priced. `denied` is the amount denied, by `carc`
    and `cause` (blank where nothing was). `known` is the day of the payment (of the 835 that tells
    it, where nothing was paid), and `taken_back` that of the one that reversed it, if any did.
    """

    account: str
    attempt: int
    line: int
    payer: str
    code: str
    modifiers: str
    charge: Decimal
    paid: Decimal
    patient: Decimal
    known: date
    allowed: Decimal | None = None
    expected: Decimal | None = None
    denied: Decimal = Decimal(0)
    carc: str = ""
    cause: str = ""
    taken_back: date | None = None


@dataclass(frozen=True, slots=True)
class Worked:
    """A denial that was worked: what was done on which `day`, and the answer.

    `action` is correct, appeal or give up; `recovered` is what the payer then paid more, dollars.
    """

    account: str
    line: int
    payer: str
    carc: str
    cause: str
    amount: Decimal
    day: date
    action: str
    answered: date | None = None
    result: Result = ""
    recovered: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cost:
    """What the billing office cost in the month that begins on `month`, in dollars."""

    month: date
    what: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class History:
    """All of it, each in the order in which it happened."""

    visits: tuple[Visit, ...] = ()
    sent: tuple[Sent, ...] = ()
    decided: tuple[Decided, ...] = ()
    worked: tuple[Worked, ...] = ()
    costs: tuple[Cost, ...] = ()
