"""What earlier payers decided of a line or of a claim, as the next payer reads it.

Source: 837 loops 2320 and 2430; 005010X221A1 section 1.10.2.13 with X12's requests for
interpretation 2143 and 2535: what an earlier payer paid and wrote off (group CO) is posted already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from codinglab.claim.adjudicated import Adjustment, PaidLine, PriorPayment
from codinglab.claim.model import Claim
from codinglab.codes.billing import CARC
from codinglab.codes.code_set import NotACode
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.pricing.price import cents

_ZERO = Decimal(0)
SHARES = ("1", "2", "3")
"""CARCs of deductible, coinsurance and copayment."""

_BINDING = frozenset({"contractual", "bundling"})
_OWN_FAULT = frozenset({"authorization", "timely"})


@dataclass(frozen=True, slots=True)
class Earlier:
    """What payers before this one did of one charge, in dollars.

    `paid` is the sum of their payments, `written_off` of their adjustments of group CO, `bound` of
    those that a contract or bundling makes final. `allowed` is what the first payer allowed.
    `left` are the adjustments of group PR of the last payer that decided. `fault` is a CARC by
    which the first payer denied since its own rules were not followed, blank where it did not.
    """

    charge: Decimal
    paid: Decimal
    written_off: Decimal
    bound: Decimal
    allowed: Decimal
    left: tuple[Adjustment, ...]
    fault: str = ""

    @property
    def obliged(self) -> Decimal:
        """Return what the provider must accept as payment in full, or the charge."""
        return max(self.charge - self.bound, _ZERO)

    @property
    def open(self) -> Decimal:
        """Return what the earlier payers left that somebody may still be asked for."""
        return max(self.obliged - self.paid, _ZERO)

    @property
    def posted(self) -> Decimal:
        """Return what the provider has posted already: payments and write-offs."""
        return self.paid + self.written_off

    def share(self, carc: str) -> Decimal:
        """Return what the last payer left to the patient for the reason `carc`."""
        return _sum(one.amount for one in self.left if one.carc == carc)


def of_line(claim: Claim, number: int, day: date) -> Earlier:
    """Return what earlier payers did of the line `number`.

    A payer that decided the claim as a whole is spread over the lines by their charges. `day`
    chooses the list of reasons of a payer that does not say when it decided.
    """
    charge = claim.lines[number - 1].charge
    return _earlier(charge, day, [(one, _line(claim, one, number)) for one in _in_order(claim)])


def of_claim(claim: Claim, day: date) -> Earlier:
    """Return what earlier payers did of the whole claim; `day` is as in `of_line`."""
    parts = []
    for one in _in_order(claim):
        every = (*one.adjustments, *(each for line in one.lines for each in line.adjustments))
        parts.append((one, (one.paid, every)))
    return _earlier(claim.total, day, parts)


def together(parts: Sequence[Earlier]) -> Earlier:
    """Return what earlier payers did of several charges as if they were one."""
    return Earlier(
        _sum(one.charge for one in parts),
        _sum(one.paid for one in parts),
        _sum(one.written_off for one in parts),
        _sum(one.bound for one in parts),
        _sum(one.allowed for one in parts),
        tuple(each for one in parts for each in one.left),
        next((one.fault for one in parts if one.fault), ""),
    )


def _in_order(claim: Claim) -> list[PriorPayment]:
    found = (one for one in claim.prior if one.coverage < claim.to)
    return sorted(found, key=lambda one: one.coverage)


_Part = tuple[Decimal, tuple[Adjustment, ...]]


def _line(claim: Claim, prior: PriorPayment, number: int) -> _Part:
    told = next((one for one in prior.lines if one.line == number), None)
    if told is None:
        if prior.lines:
            return _ZERO, ()
        return _spread(claim, prior.paid, number), _shared(claim, prior.adjustments, number)
    return told.paid - _claim_level(claim, prior, number), _with_claim(claim, prior, told)


def _claim_level(claim: Claim, prior: PriorPayment, number: int) -> Decimal:
    """Return the part of the claim's own adjustments that lowers the payment of this line."""
    return _sum(one.amount for one in _shared(claim, prior.adjustments, number))


def _with_claim(claim: Claim, prior: PriorPayment, told: PaidLine) -> tuple[Adjustment, ...]:
    return (*told.adjustments, *_shared(claim, prior.adjustments, told.line))


def _shared(claim: Claim, adjustments: Sequence[Adjustment], number: int) -> tuple[Adjustment, ...]:
    return tuple(
        Adjustment(one.group, one.carc, _spread(claim, one.amount, number)) for one in adjustments
    )


def _spread(claim: Claim, amount: Decimal, number: int) -> Decimal:
    """Return the part of `amount` that falls on a line: by charges, to the cent, none lost."""
    total = claim.total
    if not total or not amount:
        return _ZERO
    before = _sum(line.charge for line in claim.lines[: number - 1])
    until = before + claim.lines[number - 1].charge
    return cents(amount * until / total) - cents(amount * before / total)


def _earlier(charge: Decimal, day: date, parts: Sequence[tuple[PriorPayment, _Part]]) -> Earlier:
    every = [(prior.adjudicated or day, one) for prior, (_, told) in parts for one in told]
    return Earlier(
        charge,
        _sum(paid for _, (paid, _) in parts),
        _sum(one.amount for _, one in every if one.group == "CO"),
        _sum(
            one.amount
            for on, one in every
            if one.group == "CO" and denial_class(one.carc, on) in _BINDING
        ),
        _allowed(parts[0][1]) if parts else _ZERO,
        tuple(one for one in parts[-1][1][1] if one.group == "PR") if parts else (),
        _fault(parts[0][0].adjudicated or day, parts[0][1][1]) if parts else "",
    )


def _fault(day: date, told: tuple[Adjustment, ...]) -> str:
    """Return the CARC by which a payer denied since its own rules were not followed, or blank."""
    found = (one.carc for one in told if denial_class(one.carc, day) in _OWN_FAULT)
    return next(found, "")


def _allowed(part: _Part) -> Decimal:
    paid, told = part
    return paid + _sum(
        one.amount for one in told if one.carc in SHARES or (one.group, one.carc) == ("CO", "253")
    )


@lru_cache(maxsize=1024)
def denial_class(carc: str, day: date) -> str:
    """Return the kind of denial that `carc` is, blank for one that the lab's table lacks."""
    try:
        return CARC.find(carc, day).denial_class
    except (NotACode, NotInTable, NotInForce):
        return ""


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, _ZERO)
