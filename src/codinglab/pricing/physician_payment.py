"""Who pays the allowed amount: Medicare, the patient, and what sequestration takes.

Source: Social Security Act 1833(a)(1) and (b), 1848(g)(2); 2 USC 901a(6). Sequestration is taken
from Medicare's payment after deductible and coinsurance, and never from the patient's share.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from codinglab.pricing.physician_schedule import Schedule
from codinglab.pricing.price import Price, Step, cents

_ZERO = Decimal(0)
_DEDUCTIBLE = "Social Security Act 1833(b)"


@dataclass(frozen=True, slots=True)
class Payment:
    """An allowed amount divided, in dollars and cents.

    `medicare` is what Medicare pays after sequestration, with its steps. The patient owes
    `deductible` and `coinsurance`, and without assignment what is charged above as well.
    """

    allowed: Decimal
    deductible: Decimal
    coinsurance: Decimal
    sequestered: Decimal
    medicare: Price

    @property
    def patient(self) -> Decimal:
        """Return what the patient owes of the allowed amount."""
        return self.deductible + self.coinsurance


def payment(
    allowed: Decimal, schedule: Schedule, *, deductible_left: Decimal, shared: bool
) -> Payment:
    """Return who pays the `allowed` amount of an assigned claim.

    `deductible_left` is what the patient has still to meet of the year's deductible, in dollars.
    `shared` is false for preventive services without deductible and coinsurance. Raises ValueError
    for a negative amount.
    """
    if allowed < 0 or deductible_left < 0:
        raise ValueError("amounts are not negative; check the allowed amount and the deductible")
    rate, cut = schedule.factor("coinsurance"), schedule.factor("sequestration")
    met = min(deductible_left, allowed) if shared else _ZERO
    share = cents((allowed - met) * rate.value) if shared else cents(_ZERO)
    before = allowed - met - share
    taken = cents(before * cut.value)
    steps = (
        Step("after the deductible", f"{allowed:,.2f} - {met:,.2f}", allowed - met, _DEDUCTIBLE),
        Step("after coinsurance", f"{allowed - met:,.2f} - {share:,.2f}", before, rate.source),
        Step("after sequestration", f"{before:,.2f} - {taken:,.2f}", before - taken, cut.source),
    )
    return Payment(cents(allowed), cents(met), share, taken, Price(cents(before - taken), steps))


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A service that the practitioner charges without taking assignment, in dollars and cents.

    Medicare pays its part, `medicare`, to the patient, who pays the practitioner the whole of
    `charge` (no more than the limiting charge).
    """

    charge: Decimal
    medicare: Decimal

    @property
    def patient(self) -> Decimal:
        """Return what the patient is left to pay: coinsurance, deductible and what lies above."""
        return self.charge - self.medicare


def unassigned(
    charge: Decimal, allowed: Decimal, schedule: Schedule, *, deductible_left: Decimal, shared: bool
) -> Unassigned:
    """Return who pays a `charge` without assignment, where Medicare allows `allowed`.

    `allowed` is the amount of a practitioner who does not participate; others take assignment
    always. Sequestration lowers what Medicare pays to the patient. Raises ValueError for a charge
    above the limiting charge, naming it.
    """
    most = limiting_charge(allowed, schedule).amount
    if charge > most:
        raise ValueError(f"a charge of {charge} is above the limiting charge of {most}; lower it")
    paid = payment(min(charge, allowed), schedule, deductible_left=deductible_left, shared=shared)
    return Unassigned(cents(charge), paid.medicare.amount)


def limiting_charge(allowed: Decimal, schedule: Schedule) -> Price:
    """Return the most that may be charged without assignment.

    `allowed` is the amount of a practitioner who does not participate (95 % of the schedule),
    in dollars.
    """
    row = schedule.factor("limiting_charge")
    amount = allowed * row.value
    step = Step("limiting charge", f"{allowed:,.4f} x {row.value}", amount, row.source)
    return Price(cents(amount), (step,))
