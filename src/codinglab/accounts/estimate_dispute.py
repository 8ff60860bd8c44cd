"""Whether a bill above its good-faith estimate may be disputed, until when, and what that halts.

Source: 45 CFR 149.620. Each provider's bill is compared with that provider's own total.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from codinglab.accounts.estimate import Estimate, EstimateRefused
from codinglab.accounts.patient_policy import EstimateWords, rules_on
from codinglab.accounts.patient_rules import rule


@dataclass(frozen=True, slots=True)
class Billed:
    """What a provider billed in all, in dollars, and when the patient first received the bill."""

    npi: str
    amount: Decimal
    received: date


@dataclass(frozen=True, slots=True)
class Dispute:
    """A provider's bill beside its estimate, in dollars.

    `may` says whether the patient may start a dispute on the day asked, `until` the last day,
    None where the bill is not high enough. `meanwhile` is what holds while a dispute is open.
    """

    provider: str
    expected: Decimal
    billed: Decimal
    may: bool
    until: date | None
    fee: Decimal
    why: str
    source: str
    meanwhile: tuple[str, ...] = ()

    @property
    def excess(self) -> Decimal:
        """Return the dollars billed above what was expected; below 0 where it was less."""
        return self.billed - self.expected


def dispute(estimate: Estimate, billed: Billed, day: date) -> Dispute:
    """Return whether the bill may be disputed on `day`.

    Raises EstimateRefused for a provider that the estimate does not name: whether it stood in
    for one that it names is for people to find out. A day before the bill came, and a bill that
    came before the estimate was made, are refused too.
    """
    if day < billed.received:
        raise EstimateRefused(
            f"the bill came on {billed.received}: ask about a dispute on that day or later, not "
            f"on {day}"
        )
    if billed.received < estimate.made:
        raise EstimateRefused(
            f"the bill came on {billed.received} and the estimate was made on {estimate.made}: it "
            "is no estimate of what that bill is for; name the day on which the bill came"
        )
    part = next((one for one in estimate.parts if one.npi == billed.npi), None)
    if part is None:
        names = ", ".join(f"{one.npi} {one.name}" for one in estimate.parts)
        raise EstimateRefused(f"the estimate has no provider {billed.npi}; it has {names}")
    least, days = rule("dispute_excess", billed.received), rule("dispute_days", billed.received)
    fee = rule("dispute_fee", billed.received)
    excess = billed.amount - part.total
    until = billed.received + timedelta(days.value)
    head = (part.name, part.total, billed.amount)
    if excess < least.value:
        why = f"{excess} above the estimate, less than {least.value}"
        return Dispute(*head, False, None, Decimal(0), why, least.source)
    if day > until:
        why = f"{excess} above the estimate, but the {days.value} days ended on {until}"
        return Dispute(*head, False, until, Decimal(0), why, days.source)
    words = rules_on("estimates", EstimateWords, day)
    why = f"{excess} above the estimate, at least {least.value}; until {until}"
    amount = Decimal(fee.value)
    return Dispute(*head, True, until, amount, why, least.source, words.meanwhile)
