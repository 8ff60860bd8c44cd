"""What a contract allows for a claim, line by line or for a stay as a whole, with its arithmetic.

This is the price alone: whether a service is paid at all is for the steps of `payer.adjudicate`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from codinglab.claim.model import Claim
from codinglab.encounter.coded import CodedEncounter
from codinglab.payer.contract import ContractTerms
from codinglab.payer.contract_parts import Denial, PriceRule
from codinglab.payer.service import Service
from codinglab.pricing.price import Price, Step, cents


@dataclass(frozen=True, slots=True)
class Allowed:
    """What one line is worth: its `price`, or how it is told that it is paid nothing.

    `rule` names the price of the contract, and `notes` must be shown with the price. `part` is the
    patient's share by the schedule itself (a fraction), None where the plan says it; `cap` is the
    most of that share in dollars.
    """

    line: int
    rule: str
    price: Price | None
    denial: Denial | None = None
    said: str = ""
    part: Decimal | None = None
    cap: Decimal | None = None
    notes: tuple[str, ...] = ()

    @property
    def amount(self) -> Decimal:
        """Return the dollars allowed, 0 where nothing is."""
        return self.price.amount if self.price else Decimal(0)


@dataclass(frozen=True, slots=True)
class Bill:
    """A claim to be priced: its lines as services, and as the coded encounter of schedules."""

    claim: Claim
    encounter: CodedEncounter
    services: tuple[Service, ...]
    terms: ContractTerms
    skipped: frozenset[int] = frozenset()

    def open(self) -> Iterator[Service]:
        """Yield the services that are to be priced."""
        return (one for one in self.services if one.line not in self.skipped)


@dataclass(frozen=True, slots=True)
class Priced:
    """The prices of a claim: of its `lines`, or of the `stay` as a whole (line 0) in its `drg`."""

    lines: tuple[Allowed, ...]
    stay: Allowed | None = None
    drg: str = ""


def capped(rule: PriceRule, price: Price, charge: Decimal) -> Price:
    """Return the price, no more than the charge where the contract says the lesser of both."""
    if not rule.lesser_of or price.amount <= charge:
        return price
    how = f"the charge of {charge:,.2f} is less than {price.amount:,.2f}"
    return Price(
        charge, (*price.steps, Step("lesser of price and charge", how, charge, rule.source))
    )


def shared(rule: PriceRule, price: Price) -> Price:
    """Return the part of a schedule's price that the contract pays."""
    share = rule.share
    if share is None or share == 1:
        return price
    amount = price.amount * share
    how = f"{price.amount:,.2f} x {share}"
    step = Step(f"{share * 100:f} percent".replace(".00 ", " "), how, amount, rule.source)
    return Price(cents(amount), (*price.steps, step))
