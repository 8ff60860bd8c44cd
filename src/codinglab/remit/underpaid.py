"""Whether a payer paid what its contract says: line by line, the difference and why.

A denial is no underpayment: it is worked as a denial (`accounts.denial`). What is compared is what
was allowed, not what was paid, since deductible and coinsurance are the patient's part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from codinglab.claim.adjudicated import Adjustment
from codinglab.claim.model import Claim
from codinglab.codes.billing import CARC
from codinglab.codes.code_set import NotACode
from codinglab.codes.release import NotInTable
from codinglab.core.dates import Dated, NotInForce, Span
from codinglab.core.places import data_folder
from codinglab.core.tables import Row, read_yaml
from codinglab.payer.contract import Contract
from codinglab.payer.price import Allowed
from codinglab.payer.price_claim import expected
from codinglab.pricing.price import Price, Step
from codinglab.remit.model import RemitClaim, RemitLine, Remittance
from codinglab.remit.recoup import REVERSED

Verdict = Literal["underpaid", "overpaid", "as agreed", "denied", "not priced"]
_ZERO = Decimal(0)
_CAPITATION = "CT"
_LATER = frozenset({"2", "3", "20", "21"})
"""Statuses (CLP02) of a payer that pays after another: what that one paid decides."""


class ToleranceRow(Row):
    """From which difference on a line, or a claim as a whole, is told; in dollars.

    `after_price` are CARC that lower (or raise) the payment of a price and not the price. So do
    `of_a_part` where they take a part of the charge: what a limit leaves unpaid; where they take
    all of it they are a denial. `capitated` are CARC of services within a monthly payment.
    """

    effective_from: date
    effective_to: date | None = None
    line: Decimal
    claim: Decimal
    after_price: tuple[str, ...]
    of_a_part: tuple[str, ...]
    capitated: tuple[str, ...]
    source: str


class _File(Row):
    tolerances: tuple[ToleranceRow, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One line (or, as line 0, a stay) of a remittance against its contract; dollars.

    `difference` is expected less allowed: above zero the payer owes it. `why` tells how the
    contract's price is made, `source` where it stands. None where there is no price.
    """

    account: str
    number: str
    line: int
    code: str
    verdict: Verdict
    charge: Decimal
    allowed: Decimal
    expected: Decimal | None
    why: str
    source: str = ""

    @property
    def difference(self) -> Decimal:
        """Return what the payer owes, in dollars; below zero it paid too much."""
        return _ZERO if self.expected is None else self.expected - self.allowed


@lru_cache(maxsize=1)
def tolerances() -> Dated[ToleranceRow]:
    """Return the office's tolerances by day of payment (curriculum/payers/underpayment.yml)."""
    path = data_folder("curriculum") / "payers" / "underpayment.yml"
    rows = read_yaml(path, _File).tolerances
    spans = ((Span(one.effective_from, one.effective_to), one) for one in rows)
    return Dated.of("tolerance of underpayments", spans)


@lru_cache(maxsize=1024)
def _class(carc: str, day: date) -> str:
    try:
        return CARC.find(carc, day).denial_class
    except (NotACode, NotInTable, NotInForce):
        return ""


def allowed_by(
    charge: Decimal, adjustments: Iterable[Adjustment], day: date, rule: ToleranceRow
) -> Decimal:
    """Return what a payer allowed of a charge: what it paid, and what others pay of the price.

    The patient's share (PR of class patient) and what is taken after the price (sequestration,
    withholding, another payer's part) are within it.
    """
    within = _ZERO
    for one in adjustments:
        share = one.group == "PR" and _class(one.carc, day) == "patient"
        part = one.carc in rule.of_a_part and one.amount < charge
        if not (share or part or one.carc in rule.after_price):
            within += one.amount
    return charge - within


def _is_denied(adjustments: Iterable[Adjustment], allowed: Decimal, day: date) -> bool:
    """Say whether a charge was refused: nothing is allowed, for a reason that is no price."""
    kinds = {_class(one.carc, day) for one in adjustments if one.amount > 0}
    return not allowed and bool(kinds - {"contractual", "patient"})


def _matched(claim: Claim, line: RemitLine, at: int) -> int:
    """Return the number of the claim's line that a paid line is, from 1; 0 where it is none."""
    for number, one in enumerate(claim.lines, 1):
        if line.control_number and one.control_number == line.control_number:
            return number
    own = claim.lines[at - 1] if at <= len(claim.lines) else None
    return at if own is not None and (own.code or own.revenue_code) == line.code else 0


def _verdict(difference: Decimal, tolerance: Decimal) -> Verdict:
    if abs(difference) <= tolerance:
        return "as agreed"
    return "underpaid" if difference > 0 else "overpaid"


def _told(price: Allowed) -> tuple[str, str]:
    if price.price is None:
        return price.said or f"{price.rule} pays nothing", ""
    steps = price.price.steps
    last = next((one for one in reversed(steps) if one.source), None)
    said = "; ".join(f"{one.what}: {one.how}" for one in steps)
    return f"{price.rule}: {said}", last.source if last else ""


def _codes(adjustments: Iterable[Adjustment]) -> str:
    return ", ".join(f"{one.group} {one.carc} {one.amount:,.2f}" for one in adjustments)


@dataclass(frozen=True, slots=True)
class _Paid:
    """What a payer told of one line, or of a stay."""

    told: RemitClaim
    number: int
    code: str
    charge: Decimal
    adjustments: tuple[Adjustment, ...]

    def against(self, price: Allowed | None, tolerance: Decimal, day: date) -> Compared:
        """Return what was allowed against the contract's `price`."""
        allowed = allowed_by(self.charge, self.adjustments, day, tolerances().at(day))
        taken = _codes(self.adjustments)
        if _is_denied(self.adjustments, allowed, day):
            return self._as("denied", allowed, None, f"refused by {taken}; work it as a denial")
        if price is None or price.price is None:
            why = _told(price)[0] if price else "it is not among the lines that were sent"
            return self._as("not priced", allowed, None, why)
        why, source = _told(price)
        verdict = _verdict(price.amount - allowed, tolerance)
        if verdict != "as agreed":
            why = f"{why}; the payer told {taken or 'no adjustment'}"
        return self._as(verdict, allowed, price.amount, why, source)

    def _as(
        self,
        verdict: Verdict,
        allowed: Decimal,
        price: Decimal | None,
        why: str,
        source: str = "",
    ) -> Compared:
        about = (self.told.account, self.told.number, self.number, self.code)
        return Compared(*about, verdict, self.charge, allowed, price, why, source)


def _lines(
    told: RemitClaim, claim: Claim, prices: Mapping[int, Allowed], day: date
) -> Iterator[Compared]:
    tolerance = tolerances().at(day).line
    for at, line in enumerate(told.lines, 1):
        number = _matched(claim, line, at)
        paid = _Paid(told, number or at, line.code, line.charge, line.adjustments)
        yield paid.against(prices.get(number), tolerance, day)


def compare_claim(
    told: RemitClaim, claim: Claim, contract: Contract, day: date, plan: str = ""
) -> tuple[Compared, ...]:
    """Return each line of a paid claim against `contract`; a stay as one line, numbered 0.

    `day` is that of the payment. A reversal is not compared. Raises NotInForce for a day of
    service without terms, and what `payer.price_claim.expected` raises.
    """
    if told.status == REVERSED:
        return ()
    priced = expected(claim, contract, plan)
    if priced.stay is not None:
        return (_as_one(told, priced.stay, priced.drg or told.drg, day),)
    if not told.lines or allowed_by(_ZERO, told.adjustments, day, tolerances().at(day)):
        return (_as_one(told, _summed(priced.lines), "", day),)
    if refused := _refused(told, claim, priced.lines, day):
        priced = expected(claim, contract, plan, refused)
    return tuple(_lines(told, claim, {one.line: one for one in priced.lines}, day))


def _as_one(told: RemitClaim, price: Allowed | None, code: str, day: date) -> Compared:
    """Return a claim as a whole against its price, whatever its lines say."""
    below = (each for one in told.lines for each in one.adjustments)
    paid = _Paid(told, 0, code, told.charge, (*told.adjustments, *below))
    return paid.against(price, tolerances().at(day).claim, day)


def _summed(prices: tuple[Allowed, ...]) -> Allowed:
    """Return the prices of all lines as one; without a price where a line has none."""
    unknown = next((one for one in prices if one.price is None and one.rule == "none"), None)
    if unknown is not None:
        return unknown
    steps = tuple(
        Step(f"line {one.line}", f"{one.amount:,.2f} by {one.rule}", one.amount, _told(one)[1])
        for one in prices
    )
    total = sum((one.amount for one in prices), _ZERO)
    return Allowed(0, "the lines together", Price(total, steps))


def _refused(
    told: RemitClaim, claim: Claim, prices: Iterable[Allowed], day: date
) -> frozenset[int]:
    """Return the lines that the payer refused though they have a price.

    The others are priced without them, as the payer does: a refused procedure takes no rank.
    """
    priced, rule = {one.line for one in prices if one.amount}, tolerances().at(day)
    return frozenset(
        number
        for at, one in enumerate(told.lines, 1)
        if (number := _matched(claim, one, at)) in priced
        and _is_denied(one.adjustments, allowed_by(one.charge, one.adjustments, day, rule), day)
    )


def _untold(told: Iterable[RemitClaim], claim: Claim) -> list[int]:
    """Return the lines that were sent and of which no payment by lines says anything."""
    paid = [one for one in told if one.status != REVERSED]
    if not paid or not all(one.lines for one in paid) or any(one.drg for one in paid):
        return []
    seen = {_matched(claim, line, at) for one in paid for at, line in enumerate(one.lines, 1)}
    return [at for at, _ in enumerate(claim.lines, 1) if at not in seen]


def _within_capitation(
    compared: tuple[Compared, ...], told: RemitClaim, remittance: Remittance
) -> tuple[Compared, ...]:
    """Return the lines of a claim as not priced where the remittance pays a capitation for them."""
    carcs = tolerances().at(remittance.paid_on).capitated
    pays = any(one.reason == _CAPITATION for one in remittance.provider_adjustments)
    reasons = [*told.adjustments, *(each for one in told.lines for each in one.adjustments)]
    if not pays or not reasons or any(one.carc not in carcs for one in reasons):
        return compared
    why = "it is within the capitation that this payment pays (PLB CT): no denial"
    return tuple(replace(one, verdict="not priced", expected=None, why=why) for one in compared)


def compare(
    remittance: Remittance, claims: Mapping[str, Claim], contracts: Mapping[str, Contract]
) -> tuple[tuple[Compared, ...], tuple[str, ...]]:
    """Return each line against the contract of its payer, and which claims could not be compared.

    `claims` are those sent, by account; `contracts` by payer id. Claims of another payer than the
    remittance's, without a contract, or of a day without terms, are named with the reason.
    """
    found: list[Compared] = []
    left: list[str] = []
    for told in remittance.claims:
        claim = claims.get(told.account)
        if told.status in _LATER:
            left.append(f"claim {told.account}: paid after another payer; compare it by hand")
            continue
        if claim is None:
            left.append(f"claim {told.account}: it is not among the claims that were sent")
            continue
        contract = contracts.get(claim.coverage.payer.payer_id)
        if contract is None:
            name = claim.coverage.payer.payer_id
            left.append(f"claim {told.account}: there is no contract with payer {name}")
            continue
        try:
            compared = compare_claim(told, claim, contract, remittance.paid_on)
            found += _within_capitation(compared, told, remittance)
        except (NotInForce, NotInTable, ValueError) as error:
            left.append(f"claim {told.account}: {error}")
    for account in dict.fromkeys(one.account for one in found if one.line):
        about = [one for one in remittance.claims if one.account == account]
        if numbers := ", ".join(map(str, _untold(about, claims[account]))):
            left.append(f"claim {account}: the payment says nothing of line {numbers}; ask for it")
    return tuple(found), tuple(left)
