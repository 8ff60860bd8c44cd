"""What Medicare pays as secondary payer: 42 CFR 411.33, each amount with its arithmetic.

Two formulas: (a) for services on a fee schedule, the lowest of three; (e) for everything else (a
stay, an outpatient visit, dialysis), the lowest of four. What the provider is obliged to accept
stands for the charge where it is less. The deductible is credited with what the primary payer paid
for (411.30(b)), and the patient owes of deductible and coinsurance what it left open (411.35).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from codinglab.pricing.price import Price, Step, cents

_ZERO = Decimal(0)
_RULE = "42 CFR 411.33"
_OPTION = "option {}: {}"


@dataclass(frozen=True, slots=True)
class Bill:
    """What is known of one line, or of a claim paid as a whole, in dollars.

    `obliged` is what the provider must accept as payment in full from the primary payer, None
    where nothing binds it. `allowed` is Medicare's own amount before deductible and coinsurance,
    `deductible` and `coinsurance` those that Medicare would apply if it were primary. `paid` is
    what the primary payer paid, `primary_allowed` what it allowed before its own deductible.
    """

    charge: Decimal
    allowed: Decimal
    deductible: Decimal
    coinsurance: Decimal
    paid: Decimal
    primary_allowed: Decimal = _ZERO
    obliged: Decimal | None = None

    @property
    def most(self) -> Decimal:
        """Return the charge, or what the provider is obliged to accept where that is less."""
        return self.charge if self.obliged is None else min(self.charge, self.obliged)


@dataclass(frozen=True, slots=True)
class Secondary:
    """What the secondary payer pays, what the patient still owes, and what is credited.

    `pays` and `owes` show their steps. `credited` is the part of the deductible that counts as met.
    """

    pays: Price
    owes: Price
    credited: Decimal


def fee_schedule(bill: Bill) -> Secondary:
    """Return Medicare's secondary payment of a service on a fee schedule: 42 CFR 411.33(a)."""
    source = f"{_RULE}(a)"
    share = bill.deductible + bill.coinsurance
    higher = max(bill.allowed, bill.primary_allowed)
    options = (
        _less(1, _charge_words(bill), bill.most, bill.paid, source),
        _less(2, "Medicare's payment if it were primary", bill.allowed, share, source),
        _less(3, _higher_words(bill), higher, bill.paid, source),
    )
    return _secondary(bill, options, source)


def other_basis(bill: Bill) -> Secondary:
    """Return Medicare's secondary payment of a stay or a facility's visit: 42 CFR 411.33(e)."""
    source = f"{_RULE}(e)"
    share = bill.deductible + bill.coinsurance
    options = (
        _less(1, "gross amount less deductible and coinsurance", bill.allowed, share, source),
        _less(2, "gross amount less primary payment", bill.allowed, bill.paid, source),
        _less(3, _charge_words(bill), bill.most, bill.paid, source),
        _less(4, "charge less deductible and coinsurance", bill.most, share, source),
    )
    return _secondary(bill, options, source)


def _charge_words(bill: Bill) -> str:
    if bill.most < bill.charge:
        return "amount the provider is obliged to accept less primary payment"
    return "charge less primary payment"


def _higher_words(bill: Bill) -> str:
    whose = "primary payer's" if bill.primary_allowed > bill.allowed else "Medicare's"
    return f"higher allowed amount ({whose}) less primary payment"


def _less(at: int, what: str, much: Decimal, less: Decimal, source: str) -> Step:
    """Return one option: `much` less `less`, and never below nothing."""
    how = f"{much:.2f} - {less:.2f}"
    if much < less:
        how += ", not below 0"
    return Step(_OPTION.format(at, what), how, max(much - less, _ZERO), source)


def _secondary(bill: Bill, options: Sequence[Step], source: str) -> Secondary:
    lowest = min(options, key=lambda one: one.amount)
    amount = cents(lowest.amount)
    chosen = ", ".join(f"{one.amount:.2f}" for one in options)
    steps = (*options, Step("secondary payment", f"lowest of {chosen}", amount, source))
    return Secondary(Price(amount, steps), _owed(bill, amount), cents(bill.deductible))


def _owed(bill: Bill, pays: Decimal) -> Price:
    """Return what the patient still owes: 42 CFR 411.35(b).

    Never more than the primary payment left of deductible and coinsurance, nor than what is left
    of the charge, or of the amount that the provider is obliged to accept.
    """
    source = "42 CFR 411.30(b), 411.35"
    share = bill.deductible + bill.coinsurance
    open_ = max(share - bill.paid, _ZERO)
    left = max(bill.most - bill.paid - pays, _ZERO)
    steps = (
        Step(
            "deductible and coinsurance that the primary payment left open",
            f"{bill.deductible:.2f} + {bill.coinsurance:.2f} - {bill.paid:.2f}"
            + (", not below 0" if share < bill.paid else ""),
            open_,
            source,
        ),
        Step(
            "what is left of the charge or of the amount to be accepted",
            f"{bill.most:.2f} - {bill.paid:.2f} - {pays:.2f}"
            + (", not below 0" if bill.most < bill.paid + pays else ""),
            left,
            source,
        ),
    )
    return Price(cents(min(open_, left)), steps)
