"""SNIP 4 on the payers of a claim: their order, who is told of whom, and by which number."""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.core.findings import Severity
from codinglab.x12.claim_view import ClaimView
from codinglab.x12.loops import Loop, WireSegment
from codinglab.x12.rules import PROFESSIONAL, Hit, Rules

payer: Rules[ClaimView] = Rules(("837P", "837I"), PROFESSIONAL)
others: Rules[ClaimView] = Rules(("837P", "837I"), PROFESSIONAL)
"""Those that only a claim with further payers (loops 2320) can break."""

_MEDICARE = {"MA", "MB"}
_UNKNOWN_ORDER = "U"
_LATER = {"S", "T"}


def _named(loop: Loop, name: str) -> WireSegment | None:
    """Return the NM1 of the loop `name` right below `loop`, None where there is none."""
    for inner in loop.loops:
        if inner.id == name and inner.segments:
            return inner.segments[0]
    return None


@others(
    "x12.payer_order_twice",
    4,
    "Give each payer of the claim another place: P, S, T, A to H.",
    error="7",
)
def order_twice(view: ClaimView) -> Iterator[Hit]:
    """No two payers of a claim have the same place in the order of payment."""
    if not view.others or view.insurance is None:
        return
    seen = {view.insurance.get(1)} - {_UNKNOWN_ORDER}
    for other in view.others:
        head = other.segments[0]
        place = head.get(1)
        if place in seen:
            message = f"SBR01 is {place!r}, the place of another payer of this claim."
            yield Hit("2320", head, "SBR01", message)
        if place != _UNKNOWN_ORDER:
            seen.add(place)


@payer(
    "x12.filing_indicator",
    4,
    "Write in SBR09 the kind of insurance: CI commercial, MB Medicare Part B, MC Medicaid ...",
    error="I9",
)
def filing_indicator(view: ClaimView) -> Iterator[Hit]:
    """The insurance says of which kind it is (SBR09), as long as no national plan number does."""
    insurance = view.insurance
    if insurance is not None and not insurance.get(9):
        message = "SBR09 is missing: the payer's kind of insurance is not told."
        yield Hit("2000B", insurance, "SBR09", message)


@payer(
    "x12.primary_missing",
    4,
    "Add the primary payer in loop 2320, with what it paid; or send the claim as primary.",
    error="I9",
)
def primary_missing(view: ClaimView) -> Iterator[Hit]:
    """A claim to a secondary or tertiary payer tells of the primary one."""
    insurance = view.insurance
    if insurance is None or insurance.get(1) not in _LATER:
        return
    if not any(other.segments[0].get(1) == "P" for other in view.others):
        message = f"SBR01 is {insurance.get(1)}, but no loop 2320 tells of a primary payer."
        yield Hit("2000B", insurance, "SBR01", message)


@payer(
    "x12.msp_reason",
    4,
    "Write in SBR05 why Medicare pays second (12, 13, 14, 15, 16, 41, 42, 43 or 47).",
    kinds=("837P",),
    error="2",
)
def msp_reason(view: ClaimView) -> Iterator[Hit]:
    """A claim to Medicare as secondary payer says why Medicare is not the primary one."""
    insurance = view.insurance
    if (
        insurance is not None
        and insurance.get(9) in _MEDICARE
        and insurance.get(1) in _LATER
        and not insurance.get(5)
    ):
        message = f"Medicare is {insurance.get(1)} here (SBR01), but SBR05 does not say why."
        yield Hit("2000B", insurance, "SBR05", message)


@payer(
    "x12.paid_by_unknown",
    4,
    "Write in SVD01 the identifier of a payer that a loop 2330B names.",
    error="7",
)
def paid_by_unknown(view: ClaimView) -> Iterator[Hit]:
    """A line as another payer decided it names a payer that the claim tells of (2330B NM109)."""
    known: set[str] | None = None
    for line in view.lines:
        for loop in line.loop.loops:
            if loop.id != "2430":
                continue
            if known is None:
                heads = [_named(other, "2330B") for other in view.others]
                known = {head.get(9) for head in heads if head is not None}
            paid = loop.segments[0]
            if paid.get(1) not in known:
                message = f"SVD01 is {paid.get(1)!r}, but no loop 2330B names that payer."
                yield Hit("2430", paid, "SVD01", message)


@others(
    "x12.other_payer_same",
    4,
    "Write the other payer's own identifier in 2330B, or send the claim to the payer due next.",
    error="7",
    severity=Severity.WARNING,
)
def other_payer_same(view: ClaimView) -> Iterator[Hit]:
    """The other payers of a claim are not the one that it is sent to.

    A warning: one insurer may run two plans, and number them alike.
    """
    if not view.others or view.subscriber is None:
        return
    target = _named(view.subscriber, "2010BB")
    if target is None or not target.get(9):
        return
    for other in view.others:
        head = _named(other, "2330B")
        if head is not None and head.get(9) == target.get(9):
            message = f"2330B names payer {head.get(9)}, to which this very claim is sent."
            yield Hit("2330B", head, "NM109", message)
