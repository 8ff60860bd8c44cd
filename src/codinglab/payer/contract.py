"""What a payer has agreed to pay for, and how much: dated terms, and nothing of it in Python.

curriculum/payers/contracts holds one file a payer (docs/payers.md). What others say too is not
said again: name, filing indicator and filing limit are the companion file's (`claim.scrub_terms`),
deductibles and copayments are the plans' (`payer.members`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from codinglab.claim.scrub_terms import Terms as Companion
from codinglab.claim.scrub_terms import all_terms
from codinglab.core.dates import Dated
from codinglab.payer.contract_parts import (
    Denial,
    Interest,
    Limit,
    OwnEdit,
    Policy,
    PriceRule,
    Quirk,
    Rule,
    Schedules,
    Sharing,
    StopLoss,
)

PayerKind = Literal[
    "commercial",
    "Medicare",
    "Medicare Advantage",
    "Medicaid",
    "workers' compensation",
    "no-fault",
    "liability",
    "supplement",
    "self-pay",
]


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """The terms of some days of service.

    `prices` are tried in their order, and the first that knows the service prices it; `unpriced`
    tells a service that none of them knows. `contractual` is the adjustment of a charge above the
    price (CO 45). `edits` are groups of code_sets/adjudication ("ncci", "mue"), judged by the
    tables of Medicare or Medicaid (`tables_of`). `notices` says that GA, GX, GY and GZ count here.
    `outside` are NPIs of billing providers that are not in the network. `referral_free` are
    beginnings of taxonomies that need no referral, None where nobody does. `decides_after` is the
    usual number of days from receipt to decision. `sequestration` is the share taken from the
    payment.
    """

    prices: tuple[PriceRule, ...]
    unpriced: Denial
    contractual: Denial
    sharing: Sharing
    decides_after: int
    source: str
    schedules: Schedules | None = None
    stop_loss: StopLoss | None = None
    authorizations: tuple[Rule, ...] = ()
    exclusions: tuple[Rule, ...] = ()
    limits: tuple[Limit, ...] = ()
    policies: tuple[Policy, ...] = ()
    own_edits: tuple[OwnEdit, ...] = ()
    edits: frozenset[str] = frozenset()
    tables_of: str | None = None
    notices: bool = False
    outside: frozenset[str] = frozenset()
    referral_free: tuple[str, ...] | None = None
    interest: Interest | None = None
    sequestration: Decimal | None = None
    quirks: tuple[Quirk, ...] = ()

    def quirk(self, name: str) -> Quirk | None:
        """Return the quirk `name`, None where this payer has it not."""
        for one in self.quirks:
            if one.name == name:
                return one
        return None


@dataclass(frozen=True, slots=True)
class Contract:
    """A payer's terms by day of service (of discharge, for a stay)."""

    payer_id: str
    kind: PayerKind
    source: str
    terms: Dated[ContractTerms]

    def on(self, day: date) -> ContractTerms:
        """Return the terms in force on `day`; raises NotInForce, naming the days known."""
        return self.terms.at(day)

    @property
    def companion(self) -> Companion:
        """Return the companion file: name, filing indicators, member numbers, filing limit."""
        return all_terms()[self.payer_id]

    @property
    def name(self) -> str:
        """Return the payer's name."""
        return self.companion.name
