"""What a 271 says, as values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from codinglab.payer.refusal import Refusal

Day = tuple[str, str]
"""A qualifier (X12 element 374) and a day or period in words: ("346", "2026-01-01")."""


@dataclass(frozen=True, slots=True)
class Party:
    """Someone whom an answer names: X12 element 98, the name, and what else is known.

    `number` is an identifier; `contacts` are how to reach it ("TE 6145550100").
    """

    code: str
    name: str
    number: str = ""
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ToldBenefit:
    """One EB segment and what belongs to it; texts are blank where the payer is silent.

    `kind` is element 1390, `services` element 1365, `level` 1207, `insurance` 1336, `period` 615.
    `amount` is in dollars, `share` a fraction, `quantity` a number of `unit` (element 673).
    `authorization` and `network` are Y, N or U (the latter also W, both alike). `deliveries` are
    the elements of HSD, `limits` those of III: in this guide ZZ stands before a place of service.
    """

    kind: str
    level: str
    services: tuple[str, ...]
    insurance: str
    plan: str
    period: str
    amount: Decimal | None
    share: Decimal | None
    unit: str
    quantity: Decimal | None
    authorization: str
    network: str
    procedure: str
    days: tuple[Day, ...]
    references: tuple[Day, ...]
    deliveries: tuple[tuple[str, ...], ...]
    limits: tuple[tuple[str, ...], ...]
    messages: tuple[str, ...]
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one level of a 271.

    `level` is its loop (2000A payer, 2000B provider, 2000C subscriber, 2000D dependent), `name`
    and `member_id` who it is, `contacts` how the payer is reached.
    """

    level: str
    name: str
    member_id: str
    traces: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    days: tuple[Day, ...]
    benefits: tuple[ToldBenefit, ...]
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EligibilityAnswer:
    """One transaction: the payer, who asked, and what is said of each level."""

    control: str
    payer: str
    provider: str
    told: tuple[Told, ...]
