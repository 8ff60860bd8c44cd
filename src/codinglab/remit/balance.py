"""Whether a remittance balances: line, claim, lines to claim, payment. It trusts no builder.

`balance_wire` asks the same of an 835 as text. A positive adjustment lowers the payment, a negative
one raises it. Source: ASC X12N 005010X221A1, section 1.10.2.1; X12 RFI 2348 (the equations), 2548
(the patient's share, which no reversal tells), 222 (no payment below zero).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from codinglab.claim.adjudicated import Adjustment
from codinglab.core.cite import Cite
from codinglab.core.findings import Finding, Severity
from codinglab.core.money import has_cents
from codinglab.remit.model import RemitClaim, RemitLine, Remittance

SOURCE = Cite("ASC X12N claim payment/advice", "005010X221A1", "section 1.10.2.1, balancing")
_REVERSAL, _INTEREST, _PATIENT, _NOTHING = "22", "L6", "PR", "NON"
_ZERO = Decimal(0)

REMEDIES = {
    "remit.line": "Correct the charge, the payment or an adjustment of the line.",
    "remit.claim": "Correct the charge, the payment or an adjustment of the claim or its lines.",
    "remit.charge": "Correct the claim's charge, or add the line that is missing.",
    "remit.lines_paid": "Correct the claim's payment, or the payment of a line.",
    "remit.share": "Correct CLP05, or the adjustments of group PR.",
    "remit.total": "Correct BPR02, a claim's payment, or an adjustment of the provider (PLB).",
    "remit.below_zero": "Carry what the provider owes forward (PLB FB), and pay nothing.",
    "remit.nothing": "Write NON where nothing is paid, and another way where something is.",
    "remit.interest": "Correct AMT I of a claim, or PLB L6.",
    "remit.cents": "Write dollars with two decimals at most.",
}
"""What to do about each finding, by its id."""


def found(name: str, place: str, message: str, severity: Severity = Severity.ERROR) -> Finding:
    """Return one finding of the balance."""
    return Finding(name, place, message, REMEDIES[name], severity, SOURCE)


def differs(  # noqa: PLR0913, PLR0917  one equation
    name: str,
    place: str,
    what: str,
    told: Decimal,
    because: str,
    worked_out: Decimal,
    severity: Severity = Severity.ERROR,
) -> Iterator[Finding]:
    """Yield a finding where what is told is not what was worked out."""
    if told != worked_out:
        message = f"{what} is {told}, but {because} {worked_out}: {told - worked_out:+} apart."
        yield found(name, place, message, severity)


def _sum(adjustments: Iterable[Adjustment]) -> Decimal:
    return sum((one.amount for one in adjustments), _ZERO)


def _line(line: RemitLine, place: str) -> Iterator[Finding]:
    worked = line.charge - _sum(line.adjustments)
    because = "charge less adjustments is"
    yield from differs("remit.line", place, "the payment of the line", line.paid, because, worked)


def _shared(claim: RemitClaim) -> Decimal:
    told = [*claim.adjustments, *(each for one in claim.lines for each in one.adjustments)]
    return _sum(one for one in told if one.group == _PATIENT)


def _share(claim: RemitClaim, place: str) -> Iterator[Finding]:
    worked = _shared(claim)
    reversed_ = claim.status == _REVERSAL
    if reversed_ and not claim.patient_share:
        return
    because = "the adjustments of group PR make"
    name, what = "remit.share", "the patient's share (CLP05)"
    yield from differs(name, place, what, claim.patient_share, because, worked)


def _claim(claim: RemitClaim, place: str) -> Iterator[Finding]:
    for at, line in enumerate(claim.lines, 1):
        yield from _line(line, f"{place}, line {at}")
    own = _sum(claim.adjustments)
    below = sum((_sum(one.adjustments) for one in claim.lines), _ZERO)
    because = "charge less all adjustments is"
    worked = claim.charge - own - below
    what = "the payment of the claim"
    yield from differs("remit.claim", place, what, claim.paid, because, worked)
    if claim.lines:
        charged = sum((one.charge for one in claim.lines), _ZERO)
        what, because = "the charge of the claim", "its lines' charges make"
        yield from differs("remit.charge", place, what, claim.charge, because, charged)
        paid = sum((one.paid for one in claim.lines), _ZERO) - own
        what, because = "the payment of the claim", "its lines' payments less its adjustments make"
        yield from differs("remit.lines_paid", place, what, claim.paid, because, paid)
    yield from _share(claim, place)


def _interest(remittance: Remittance) -> Iterator[Finding]:
    """Yield whether what the claims say of interest is what PLB L6 pays; told by few payers."""
    told = sum((one.interest for one in remittance.claims), _ZERO)
    taken = [one for one in remittance.provider_adjustments if one.reason == _INTEREST]
    if not told:
        return
    paid = -sum((one.amount for one in taken), _ZERO)
    name, what = "remit.interest", "the interest of the claims (AMT I)"
    yield from differs(name, "payment", what, told, "PLB L6 pays", paid, Severity.WARNING)


def _payment(remittance: Remittance) -> Iterator[Finding]:
    claims = sum((one.paid for one in remittance.claims), _ZERO)
    taken = sum((one.amount for one in remittance.provider_adjustments), _ZERO)
    because = f"the claims were paid {claims} and PLB takes {taken}, which makes"
    total = remittance.total
    name, what = "remit.total", "the payment (BPR02)"
    yield from differs(name, "payment", what, total, because, claims - taken)
    if total < 0:
        yield found("remit.below_zero", "payment", f"the payment is {total}, below zero.")
    if (remittance.method == _NOTHING) != (total == 0):
        message = f"the payment is {total}, and its way (BPR04) is {remittance.method}."
        severity = Severity.ERROR if remittance.method == _NOTHING else Severity.WARNING
        yield found("remit.nothing", "payment", message, severity)


def place_of(claim: RemitClaim) -> str:
    """Return how findings name a claim."""
    return f"claim {claim.account} ({claim.number})" if claim.number else f"claim {claim.account}"


def amounts(remittance: Remittance) -> Iterator[tuple[str, Decimal]]:
    """Yield every amount that a balance asks for, with its place."""
    yield "payment", remittance.total
    for plb in remittance.provider_adjustments:
        yield f"PLB {plb.reason} {plb.reference}", plb.amount
    for claim in remittance.claims:
        place = place_of(claim)
        yield from ((place, one) for one in (claim.charge, claim.paid, claim.patient_share))
        yield from ((place, one.amount) for one in claim.adjustments)
        for at, line in enumerate(claim.lines, 1):
            where = f"{place}, line {at}"
            yield from ((where, one) for one in (line.charge, line.paid))
            yield from ((where, one.amount) for one in line.adjustments)


def unbalanced(remittance: Remittance) -> tuple[Finding, ...]:
    """Return what of a remittance does not balance; nothing where every equation holds."""
    told: list[Finding] = []
    for place, one in amounts(remittance):
        if not has_cents(one):
            told.append(found("remit.cents", place, f"{one} is not a sum of whole cents."))
    for claim in remittance.claims:
        told += _claim(claim, place_of(claim))
    told += _payment(remittance)
    told += _interest(remittance)
    return tuple(told)
