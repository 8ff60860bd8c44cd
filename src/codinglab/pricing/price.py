"""A price and the steps that led to it, so that a reader can do the sum again by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")


def cents(amount: Decimal) -> Decimal:
    """Return `amount` in dollars rounded to whole cents, half a cent up (away from zero)."""
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a price.

    `what` names it ("operating payment"), `how` is its arithmetic in figures ("7000.00 x 1.0380"),
    `amount` its result in dollars, not rounded unless the rule says so, and `source` the rule or
    table it comes from.
    """

    what: str
    how: str
    amount: Decimal
    source: str

    def __str__(self) -> str:
        """Return the step as one line of text."""
        return f"{self.what}: {self.how} = {self.amount:,.2f} [{self.source}]"

    def as_json(self) -> dict[str, str]:
        """Return the step for JSON; the amount is text, so that no digit is lost."""
        return {
            "what": self.what,
            "how": self.how,
            "amount": f"{self.amount:f}",
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Price:
    """An `amount` in dollars and cents, and the `steps` that led to it, in order."""

    amount: Decimal
    steps: tuple[Step, ...]

    def as_text(self) -> str:
        """Return one line a step and the amount last."""
        return "\n".join([*(str(step) for step in self.steps), f"Pays {self.amount:,.2f}"])

    def as_json(self) -> dict[str, object]:
        """Return amount and steps for JSON, amounts as text."""
        return {
            "amount": f"{self.amount:f}",
            "steps": [step.as_json() for step in self.steps],
        }
