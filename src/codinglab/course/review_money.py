"""The money of a review: what each line or stay pays, and what each finding puts at risk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from codinglab.core.findings import Finding, Severity
from codinglab.encounter.coded import CodedEncounter
from codinglab.pricing.price import Price


@dataclass(frozen=True, slots=True)
class Paid:
    """What the line or stay at `place` is expected to pay, or `why` that is not known.

    `code` is what is paid: code and modifiers, or a group. `notes` belong to every figure shown.
    """

    place: str
    code: str
    price: Price | None
    why: str = ""
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the line for JSON, amounts as text."""
        return {
            "place": self.place,
            "code": self.code,
            "price": self.price.as_json() if self.price else None,
            "why": self.why,
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class AtRisk:
    """What a finding puts at risk: an `amount` in dollars, or None, and `why` in words."""

    amount: Decimal | None
    why: str

    def __str__(self) -> str:
        """Return the money in words."""
        return self.why if self.amount is None else f"${self.amount:,.2f}: {self.why}"

    def as_json(self) -> dict[str, str | None]:
        """Return the money for JSON, the amount as text."""
        return {"amount": None if self.amount is None else f"{self.amount:f}", "why": self.why}


Stake = Callable[[Finding], AtRisk]


@dataclass(frozen=True, slots=True)
class Valuation:
    """What an encounter is expected to pay by one payment `system`.

    Where nothing could be priced `lines` is empty and `why` says what is missing.
    """

    system: str
    lines: tuple[Paid, ...] = ()
    why: str = ""

    @property
    def total(self) -> Decimal | None:
        """Return the sum of what could be priced, in dollars; None where nothing could be."""
        known = [one.price.amount for one in self.lines if one.price]
        return sum(known, Decimal(0)) if known else None

    def as_json(self) -> dict[str, object]:
        """Return the valuation for JSON, amounts as text."""
        return {
            "system": self.system,
            "lines": [one.as_json() for one in self.lines],
            "total": None if self.total is None else f"{self.total:f}",
            "why": self.why,
        }


NOTHING = AtRisk(None, "none: a note denies nothing")


def unpriced(why: str) -> AtRisk:
    """Return what is at risk where the price is not known."""
    return AtRisk(None, f"not priced: {why}")


def by_line(coded: CodedEncounter, valued: Valuation) -> Stake:
    """Return how the findings on a claim of service lines put money at risk.

    A finding on a service line puts that line's payment at risk, one on a diagnosis that of the
    lines that point to it, and one on the claim all of it.
    """
    paid = {one.place: one for one in valued.lines}
    rank = {one.place: number for number, one in enumerate(coded.diagnoses, start=1)}

    def stake(finding: Finding) -> AtRisk:
        if finding.severity is Severity.NOTE:
            return NOTHING
        if valued.why:
            return unpriced(valued.why)
        place = finding.place
        if place in paid:
            return _sum([paid[place]], "what the line pays")
        if place in rank:
            lines = [one.place for one in coded.lines if rank[place] in one.pointers]
            said = f"what {_listed(lines)} {'pays' if len(lines) == 1 else 'pay'} for it"
            return _sum([paid[one] for one in lines if one in paid], said)
        if place.startswith("line "):
            return unpriced("no service was read from the line")
        return _sum(list(valued.lines), "what the claim pays")

    return stake


def _listed(places: list[str]) -> str:
    numbers = [place.removeprefix("line ") for place in places]
    head = "line" if len(numbers) == 1 else "lines"
    last = f" and {numbers[-1]}" if len(numbers) > 1 else numbers[-1] if numbers else ""
    return f"{head} {', '.join(numbers[:-1])}{last}"


def _sum(lines: list[Paid], said: str) -> AtRisk:
    """Return the sum of the lines that have a price; what has none is said."""
    if not lines:
        return AtRisk(None, "none: no priced line points to it")
    without = [one for one in lines if one.price is None]
    if len(without) == len(lines):
        return unpriced("; ".join(dict.fromkeys(one.why for one in without)))
    amount = sum((one.price.amount for one in lines if one.price), Decimal(0))
    more = f" ({_listed([one.place for one in without])} not priced)" if without else ""
    return AtRisk(amount, f"{said}{more}")
