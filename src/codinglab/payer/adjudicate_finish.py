"""The last steps: what sequestration takes, interest, status, and the decision itself."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from codinglab.payer.adjudicate_work import ZERO, Work
from codinglab.payer.decision import ClaimStatus, Decision, LineDecision, Reason
from codinglab.payer.quirks import WITHHOLD
from codinglab.pricing.price import cents

SEQUESTRATION, HELD, INTEREST = "sequestration", "withhold", "interest"
_YEAR = 365
_PAID: tuple[ClaimStatus, ...] = ("1", "2", "3")
_PASSED_ON: tuple[ClaimStatus, ...] = ("19", "20", "21")
_DENIED: ClaimStatus = "4"
_REVERSED: ClaimStatus = "22"


def sequestration(work: Work) -> Work:
    """Take the federal cut from the payment, after everything that the patient owes.

    Source: 2 USC 901a(6). It lowers the payment alone, never what the patient owes.
    """
    rate = work.terms.sequestration
    if rate is None:
        return work.says(SEQUESTRATION, "This payer's payments are not cut.")
    return _cut(work, SEQUESTRATION, rate, "2 USC 901a(6)")


def withhold(work: Work) -> Work:
    """Hold back a share of the payment, where the contract says so."""
    quirk = work.terms.quirk(WITHHOLD)
    if quirk is None or quirk.value is None:
        return work.says(HELD, "Nothing is held back.")
    return _cut(work, HELD, quirk.value, quirk.source)


def _cut(work: Work, step: str, rate: Decimal, source: str) -> Work:
    """Return the claim with that share of each payment taken."""
    row = work.denial(step)
    why = f"{rate:f} of the payment is taken."
    if work.whole and work.is_open:
        cut = cents(max(_paid(work), ZERO) * rate)
        one = Reason(row.group, row.carc, cut, step, why, source, row.remarks)
        work = work.changed(reasons=(*work.reasons, one)) if cut else work
    elif not work.whole:
        for service, line in tuple(work.open_lines()):
            cut = cents(max(line.paid, ZERO) * rate)
            one = Reason(row.group, row.carc, cut, step, why, source, row.remarks)
            work = work.with_reason(service.line, one)
    return work.says(step, why, None, source)


def _paid(work: Work) -> Decimal:
    lines = sum((one.paid for one in work.lines), ZERO)
    return lines - sum((one.amount for one in work.reasons), ZERO)


def interest(work: Work) -> Work:
    """Add interest where a clean claim is paid later than the contract or the law says."""
    terms = work.terms.interest
    if terms is None:
        return work.says(INTEREST, "No interest is agreed.")
    late = (work.decided - work.received).days - terms.days
    paid = _paid(work)
    if late <= 0 or paid <= 0:
        what = f"Decided in {(work.decided - work.received).days} of {terms.days} days."
        return work.says(INTEREST, what, None, terms.source)
    amount = cents(paid * terms.rate * late / _YEAR)
    what = f"{paid:,.2f} x {terms.rate} x {late} / {_YEAR} = {amount:,.2f} for {late} days late."
    return work.changed(interest=amount).says(INTEREST, what, None, terms.source)


def decision(work: Work) -> Decision:
    """Return the decision that the work has come to."""
    return Decision(
        claim=work.claim,
        number=work.number,
        status=_status(work),
        received=work.received,
        decided=work.decided,
        lines=work.lines,
        reasons=work.reasons,
        remarks=work.remarks,
        said=work.said,
        interest=work.interest,
        drg=work.drg,
        passed_to=work.passed_to,
    )


def _status(work: Work) -> ClaimStatus:
    """Return CLP02: denied where every line is, else processed as primary, secondary, tertiary."""
    if not work.is_open:
        return _DENIED
    words = _PASSED_ON if work.passed_to else _PAID
    return words[min(work.claim.to, len(words) - 1)]


def reversal(old: Decision, work: Work) -> Decision:
    """Return the reversal of `old`: every amount of it negated, decided together with `work`."""
    why = f"Claim {old.number} is taken back: {old.paid:,.2f} were paid."
    return replace(
        old,
        status=_REVERSED,
        decided=work.decided,
        lines=tuple(_negated(one) for one in old.lines),
        reasons=_minus(old.reasons),
        said=(*work.says("reversal", why).said,),
        interest=-old.interest,
    )


def _negated(one: LineDecision) -> LineDecision:
    allowed = None if one.allowed is None else -one.allowed
    return replace(one, charge=-one.charge, allowed=allowed, reasons=_minus(one.reasons))


def _minus(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(replace(one, amount=-one.amount) for one in reasons)
