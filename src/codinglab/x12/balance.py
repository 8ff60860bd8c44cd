"""SNIP 3 on a claim: totals that must agree with what they are the total of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from codinglab.core.cite import Cite
from codinglab.x12.claim_view import ClaimView
from codinglab.x12.loops import Loop, WireSegment
from codinglab.x12.rules import Hit, Rules
from codinglab.x12.values import decimal_of, money

BALANCING = Cite(
    "ASC X12N health care claim", "005010X222A1 and X223A2", "section 1.4.4, balancing"
)

balance: Rules[ClaimView] = Rules(("837P", "837I"), BALANCING)
cob: Rules[ClaimView] = Rules(("837P", "837I"), BALANCING)
"""Coordination of benefits: those that only a claim with further payers can break."""

_FIRST_AMOUNT, _LAST_AMOUNT, _STEP = 3, 18, 3


def adjusted(segments: Sequence[WireSegment]) -> Decimal:
    """Return the sum of all amounts in CAS segments, in dollars; up to six stand in one."""
    total = Decimal(0)
    for one in segments:
        for at in range(_FIRST_AMOUNT, min(_LAST_AMOUNT, len(one.elements) - 1) + 1, _STEP):
            total += money(one.elements[at])
    return total


@lru_cache(maxsize=4096)
def amount(text: str) -> Decimal:
    """Return dollars as `money` does, remembering the amounts that come again and again."""
    return money(text)


@lru_cache(maxsize=4096)
def _stated(text: str) -> Decimal | None:
    return decimal_of(text)


@balance(
    "x12.claim_total",
    3,
    "Correct the total in CLM02, or the charge of the line that is wrong.",
)
def claim_total(view: ClaimView) -> Iterator[Hit]:
    """The total charge of a claim is the sum of the charges of its lines."""
    stated = _stated(view.head.get(2))
    if not view.lines or stated is None:
        return
    total = Decimal(0)
    for line in view.lines:
        total += amount(line.charge)
    if total != stated:
        message = f"CLM02 is {view.head.get(2)}, but the lines add up to {total}."
        yield Hit("2300", view.head, "CLM02", message)


@cob(
    "x12.cob_line",
    3,
    "Copy the other payer's paid amount and every adjustment from its remittance.",
)
def line_as_paid(view: ClaimView) -> Iterator[Hit]:
    """What another payer paid for a line and its adjustments add up to the line's charge."""
    for line in view.lines:
        for loop in line.loop.loops:
            if loop.id != "2430" or not line.charge:
                continue
            paid = loop.segments[0]
            told = money(paid.get(2)) + adjusted(loop.all("CAS"))
            if told != money(line.charge):
                message = (
                    f"the line's charge is {line.charge}, but payer {paid.get(1)} paid "
                    f"{paid.get(2)} and its adjustments make {told} of it."
                )
                yield Hit("2430", paid, "SVD02", message)


def _payer(other: Loop) -> str:
    """Return the identifier of the payer in the loop 2320, blank where it has none."""
    inner = next((one for one in other.loops if one.id == "2330B"), None)
    head = inner.first("NM1") if inner else None
    return head.get(9) if head else ""


def _paid_lines(view: ClaimView, payer: str) -> list[Loop]:
    return [
        loop
        for line in view.lines
        for loop in line.loop.loops
        if loop.id == "2430" and loop.segments[0].get(1) == payer
    ]


@cob(
    "x12.cob_claim",
    3,
    "Correct the paid amount (AMT D) or the adjustments of that payer.",
)
def claim_as_paid(view: ClaimView) -> Iterator[Hit]:
    """What another payer paid for a claim and all its adjustments add up to the total charge.

    Adjustments stand once: on the claim (2320) or on its lines (2430).
    """
    for other in view.others:
        paid = other.first("AMT", "D")
        if paid is None:
            continue
        lines = _paid_lines(view, _payer(other))
        claim_level = other.all("CAS")
        if not lines and not claim_level:
            continue
        told = money(paid.get(2)) + adjusted(claim_level)
        told += sum((adjusted(loop.all("CAS")) for loop in lines), Decimal(0))
        if told != money(view.head.get(2)):
            message = (
                f"the total charge is {view.head.get(2)}, but what payer {_payer(other)} paid "
                f"({paid.get(2)}) and its adjustments make {told} of it."
            )
            yield Hit("2320", paid, "AMT02", message)
