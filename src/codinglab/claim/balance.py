"""Whether what earlier payers decided adds up: charge = paid + adjustments, line by line.

Sources: 005010X222A1 and 005010X223A2, loops 2320 and 2430 (SVD and CAS); the same equation as in
the remittance, 005010X221A1 section 1.10.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from codinglab.claim.adjudicated import Adjustment, PaidLine, PriorPayment
from codinglab.claim.model import Claim
from codinglab.core.findings import Finding, Severity

_REMEDY = "Copy paid and every adjustment from the payer's remittance."


def taken(adjustments: tuple[Adjustment, ...]) -> Decimal:
    """Return the dollars by which `adjustments` lower the payment."""
    return sum((one.amount for one in adjustments), Decimal(0))


def unbalanced(claim: Claim) -> Iterator[Finding]:
    """Yield a finding for each earlier payment that does not add up to the claim's charges."""
    for one in claim.prior:
        yield from _of_payer(claim, one)


def _name(claim: Claim, one: PriorPayment) -> str:
    known = 0 <= one.coverage < len(claim.coverages)
    return claim.coverages[one.coverage].payer.name if known else f"payer {one.coverage + 1}"


def _of_payer(claim: Claim, one: PriorPayment) -> Iterator[Finding]:
    payer = _name(claim, one)
    if claim.kind == "professional" and not one.lines:
        message = f"What {payer} decided is told of the whole claim, and of no line."
        yield _finding("cob-lines", "2430 SVD", message, Severity.WARNING)
    for line in one.lines:
        yield from _of_line(claim, line, payer)
    told = {line.line for line in one.lines}
    if told and (absent := [n for n in range(1, len(claim.lines) + 1) if n not in told]):
        numbers = ", ".join(map(str, absent))
        message = f"{payer} adjudicated line by line, but line {numbers} is not told."
        yield _finding("cob-lines", "2430 SVD", message)
    if (len(told)) != len(one.lines):
        message = f"{payer}: one line is told twice."
        yield _finding("cob-lines", "2430 SVD", message)
    lower = taken(one.adjustments)
    every = lower + sum((taken(line.adjustments) for line in one.lines), Decimal(0))
    if claim.total != one.paid + every:
        message = (
            f"{payer}: the charge of {claim.total} is not the {one.paid} paid and the {every} "
            f"adjusted; {claim.total - one.paid - every} is left over."
        )
        yield _finding("cob-claim", "2320 AMT D and CAS", message)
    paid = sum((line.paid for line in one.lines), Decimal(0))
    if one.lines and one.paid != paid - lower:
        message = (
            f"{payer} paid {one.paid}, but its lines were paid {paid} and the claim adjusted by "
            f"{lower}."
        )
        yield _finding("cob-paid", "2320 AMT D", message)


def _of_line(claim: Claim, line: PaidLine, payer: str) -> Iterator[Finding]:
    place = f"line {line.line}, 2430 SVD and CAS"
    if not 1 <= line.line <= len(claim.lines):
        message = f"{payer} adjudicated line {line.line}, and the claim has {len(claim.lines)}."
        yield _finding("cob-lines", place, message)
        return
    charge, less = claim.lines[line.line - 1].charge, taken(line.adjustments)
    if charge != line.paid + less:
        message = (
            f"{payer}: the charge of {charge} is not the {line.paid} paid and the {less} adjusted; "
            f"{charge - line.paid - less} is left over."
        )
        yield _finding("cob-line", place, message)


def _finding(name: str, place: str, message: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(f"claim.{name}", place, message, _REMEDY, severity)
