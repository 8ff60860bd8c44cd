"""Medicare second on a hospital's outpatient bill: one payment of the claim, spread over lines.

The payment of a line holds what is packaged into it, while another payer paid charge by charge, so
that the four amounts of 42 CFR 411.33(e) are those of the covered services together. What comes of
them is spread over the lines by what Medicare would have paid of each, and what the patient owes by
the patient's shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from codinglab.payer.adjudicate_work import Work
from codinglab.payer.coordination_method import STEP, decide
from codinglab.payer.coordination_prior import Earlier, of_line, together
from codinglab.payer.coordination_reasons import coordinated
from codinglab.payer.decision import LineDecision
from codinglab.payer.msp_payment import Secondary
from codinglab.pricing.price import Price, cents

_PACKAGED = "97"
_ZERO = Decimal(0)


def outpatient(work: Work) -> Work:
    """Return the claim with its paid lines coordinated as one; denied lines stay as they are."""
    paid = [one for _, one in work.open_lines() if one.allowed is not None]
    if not paid:
        return work
    earlier = {one.line: of_line(work.claim, one.line, work.decided) for one in work.lines}
    covered = [*paid, *(one for one in work.lines if _is_packaged(work, one))]
    found = _decide(work, paid, together([earlier[one.line] for one in covered]))
    for step in (*found.pays.steps, *found.owes.steps):
        work = work.says(STEP, f"{step.what}: {step.how} = {step.amount:.2f}", None, step.source)
    pays = spread(found.pays.amount, [max(one.paid, _ZERO) for one in paid])
    owes = spread(found.owes.amount, [one.patient_share for one in paid])
    for line, part, owed in zip(paid, pays, owes, strict=True):
        one = Secondary(Price(part, ()), Price(owed, ()), _ZERO)
        reasons = coordinated(line.reasons, earlier[line.line], one, work.decided)
        work = work.with_line(replace(line, reasons=reasons))
    return work


def _decide(work: Work, paid: Sequence[LineDecision], earlier: Earlier) -> Secondary:
    shares = tuple(reason for one in paid for reason in one.reasons if reason.group == "PR")
    allowed = sum((one.allowed for one in paid if one.allowed is not None), _ZERO)
    return decide(work, shares, allowed, earlier)


def _is_packaged(work: Work, one: LineDecision) -> bool:
    return one.line in work.denied and any(each.carc == _PACKAGED for each in one.reasons)


def spread(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Return `amount` in parts by `weights`, to the cent; all on the first where none weighs."""
    total = sum(weights, _ZERO)
    if not total:
        return [amount, *([_ZERO] * (len(weights) - 1))]
    parts, before = [], _ZERO
    for weight in weights:
        until = before + weight
        parts.append(cents(amount * until / total) - cents(amount * before / total))
        before = until
    return parts
