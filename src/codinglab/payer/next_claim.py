"""The claim to the next payer, which tells what the payers before decided.

Source: 837 loops 2320 and 2430 (what each earlier payer paid, adjusted and left to the patient).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from codinglab.claim.adjudicated import Adjustment, PaidLine, PriorPayment
from codinglab.claim.model import Claim
from codinglab.payer.decision import Decision, LineDecision, Reason

_REVERSAL = "22"


def next_claim(decided: Decision) -> Claim | None:
    """Return the claim to the policy after the one that decided, None where there is none.

    It goes out as an original one: a replacement or void was for the earlier payer alone. Raises
    ValueError for a reversal, which decides nothing anew.
    """
    claim = decided.claim
    if decided.status == _REVERSAL:
        raise ValueError(
            f"claim {decided.number} is a reversal; send the next payer what replaced it"
        )
    if claim.to + 1 >= len(claim.coverages):
        return None
    return replace(
        claim,
        to=claim.to + 1,
        frequency="1",
        original_reference="",
        prior=(*claim.prior, prior_of(decided)),
    )


def prior_of(decided: Decision) -> PriorPayment:
    """Return what was decided as the next payer is told it."""
    return PriorPayment(
        coverage=decided.claim.to,
        paid=decided.paid,
        adjudicated=decided.decided,
        lines=() if decided.reasons else tuple(_line(one, decided) for one in decided.lines),
        adjustments=_adjustments(decided.reasons),
        control_number=decided.number,
        patient_still_owes=decided.patient_share,
        remarks=decided.remarks,
    )


def _line(one: LineDecision, decided: Decision) -> PaidLine:
    return PaidLine(
        line=one.line,
        paid=one.paid,
        units=one.units,
        code=one.code,
        adjudicated=decided.decided,
        modifiers=one.modifiers,
        adjustments=_adjustments(one.reasons),
        patient_still_owes=one.patient_share,
    )


def _adjustments(reasons: Iterable[Reason]) -> tuple[Adjustment, ...]:
    """Return the adjustments of group and reason, each once."""
    found: dict[tuple[str, str], Adjustment] = {}
    for one in reasons:
        key = (one.group, one.carc)
        had = found.get(key)
        amount = one.amount + (had.amount if had else 0)
        found[key] = Adjustment(one.group, one.carc, amount)
    return tuple(found.values())
