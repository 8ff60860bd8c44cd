"""What a patient pays after a dispute over a good-faith estimate was decided, item by item.

Source: 45 CFR 149.620(f)(3). Whether a provider's information is credible people decide; what
follows from it is here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codinglab.accounts.estimate import Estimate, EstimateRefused
from codinglab.accounts.estimate_dispute import Billed, dispute
from codinglab.accounts.patient_rules import rule

SOURCE = "45 CFR 149.620(f)(3)"
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class BilledItem:
    """One service as it was billed, in dollars for all its units.

    `credible` says that the provider's information shows the cost of a medically necessary service
    and circumstances that nobody could foresee. `median` is what plans pay for such a service
    there, by an independent database; it is asked for only where the information is credible.
    """

    code: str
    billed: Decimal
    credible: bool = False
    median: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DecidedItem:
    """What is to be paid for one service, and why; `expected` is None where it is a new one."""

    code: str
    expected: Decimal | None
    billed: Decimal
    pays: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the patient pays for the provider's bill, in dollars.

    `pays` is the sum of the items less the fee that is `credited`; it is credited where the sum is
    lower than the bill, so that the patient has `prevailed`.
    """

    provider: str
    billed: Decimal
    items: tuple[DecidedItem, ...]
    credited: Decimal
    source: str = SOURCE

    @property
    def decided(self) -> Decimal:
        """Return the sum of the items, in dollars, before the fee is credited."""
        return sum((one.pays for one in self.items), _ZERO)

    @property
    def pays(self) -> Decimal:
        """Return what the patient pays the provider."""
        return self.decided - self.credited

    @property
    def prevailed(self) -> bool:
        """Say whether less than the bill is to be paid."""
        return self.decided < self.billed


def outcome(
    estimate: Estimate, bill: Billed, items: Sequence[BilledItem], started: date
) -> Outcome:
    """Return what is to be paid for a bill whose dispute was `started` on a day.

    Raises EstimateRefused where the bill may not be disputed on that day, where the items do not
    add up to it or one stands twice, and where a median is lacking.
    """
    opened = dispute(estimate, bill, started)
    if not opened.may:
        raise EstimateRefused(f"{opened.provider}: no dispute, so no outcome: {opened.why}")
    _whole(bill, items)
    part = next(one for one in estimate.parts if one.npi == bill.npi)
    expected: dict[str, Decimal] = {}
    for one in part.items:
        expected[_service(one.code)] = expected.get(_service(one.code), _ZERO) + one.expected
    decided = tuple(_decide(one, expected.get(_service(one.code))) for one in items)
    total = sum((one.pays for one in decided), _ZERO)
    fee = Decimal(rule("dispute_fee", bill.received).value)
    credited = min(fee, total) if total < bill.amount else _ZERO
    return Outcome(part.name, bill.amount, decided, credited)


def _service(code: str) -> str:
    return code.partition("-")[0]


def _whole(bill: Billed, items: Sequence[BilledItem]) -> None:
    """Refuse items that are not the bill."""
    for one in items:
        if one.billed < 0 or (one.median is not None and one.median < 0):
            raise EstimateRefused(f"{one.code}: dollars are 0 or more")
    total = sum((one.billed for one in items), _ZERO)
    if total != bill.amount:
        raise EstimateRefused(f"the items add up to {total}, and the bill is {bill.amount}")
    counted = Counter(_service(one.code) for one in items)
    if twice := [code for code, many in counted.items() if many > 1]:
        raise EstimateRefused(f"{', '.join(twice)} stands twice; put all its dollars together")


def _decide(item: BilledItem, expected: Decimal | None) -> DecidedItem:
    """Return what is to be paid for one service: 45 CFR 149.620(f)(3)."""
    if expected is not None and item.billed <= expected:
        why = "billed no higher than estimated: as billed"
        return DecidedItem(item.code, expected, item.billed, item.billed, why)
    if not item.credible:
        why = "not justified: as estimated" if expected is not None else "new and not justified"
        return DecidedItem(item.code, expected, item.billed, expected or _ZERO, why)
    if item.median is None:
        raise EstimateRefused(f"{item.code} is justified: name the median that plans pay for it")
    least = min(item.billed, item.median)
    if expected is not None and least < expected:
        why = f"justified, but the median {item.median} is lower than the estimate: as estimated"
        return DecidedItem(item.code, expected, item.billed, expected, why)
    why = f"justified: the lesser of the bill and the median {item.median}"
    return DecidedItem(item.code, expected, item.billed, least, why)
