"""Money that is taken back, carried forward or paid beside claims: reversals and PLB.

A payer may take an overpayment back at once (a reversal; what the payment cannot cover is carried
forward, FB), later (a reversal whose money WO leaves with the provider for now), or after a letter
(no reversal; WO names the letter). Sources: ASC X12N 005010X221A1 sections 1.10.2.8, 1.10.2.12 and
1.10.2.17, as X12 answers in RFI 222, 578, 1082, 1147, 1386 and 2442.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from codinglab.claim.adjudicated import Adjustment
from codinglab.payer.decision import ClaimStatus
from codinglab.remit.model import ProviderAdjustment, RemitClaim, RemitLine, Remittance

REVERSED: ClaimStatus = "22"
FORWARD, RECOVERY, INTEREST, CAPITATION = "FB", "WO", "L6", "CT"
"""Reasons of PLB (X12 element 426); code_sets/remit_terms has their words."""


_DECEMBER, _LAST_DAY = 12, 31


def year_end(day: date) -> date:
    """Return the end of a fiscal year that nobody knows: December 31 of the year (PLB02)."""
    return date(day.year, _DECEMBER, _LAST_DAY)


def _negated(adjustments: Iterable[Adjustment]) -> tuple[Adjustment, ...]:
    return tuple(replace(one, amount=-one.amount) for one in adjustments)


def _line(line: RemitLine) -> RemitLine:
    return replace(
        line,
        charge=-line.charge,
        paid=-line.paid,
        adjustments=_negated(line.adjustments),
        allowed=None,
        amounts=(),
        quantities=(),
    )


def reversal(claim: RemitClaim) -> RemitClaim:
    """Return what takes `claim` back: status 22, every charge, payment and adjustment negated.

    Groups, reasons and remarks stay those of the payment that is undone (RFI 1147, 2442); the
    patient's share is told by no reversal (RFI 2548, CLP05). Raises ValueError for a claim that is
    itself a reversal: a correction is a claim of its own, not the reversal of a reversal.
    """
    if claim.status == REVERSED:
        raise ValueError(f"claim {claim.account} ({claim.number}) is itself a reversal")
    return replace(
        claim,
        status=REVERSED,
        charge=-claim.charge,
        paid=-claim.paid,
        patient_share=Decimal(0),
        lines=tuple(_line(one) for one in claim.lines),
        adjustments=_negated(claim.adjustments),
        interest=-claim.interest,
        passed_to=None,
        amounts=(),
        quantities=(),
    )


def interest(claims: Iterable[RemitClaim]) -> tuple[ProviderAdjustment, ...]:
    """Return PLB L6 for the interest of each claim; negative, since it raises the payment."""
    return tuple(
        ProviderAdjustment(INTEREST, one.number, -one.interest) for one in claims if one.interest
    )


def forwarded(total: Decimal, trace: str) -> ProviderAdjustment:
    """Return PLB FB that raises a `total` below zero to zero; it names this very remittance.

    Raises ValueError for a total that is not below zero.
    """
    if total >= 0:
        raise ValueError(f"{total} is not below zero; nothing is carried forward")
    return ProviderAdjustment(FORWARD, trace, total)


def carried_forward(previous: Remittance) -> tuple[ProviderAdjustment, ...]:
    """Return what `previous` carried into the next remittance: each FB, now lowering the payment.

    Its reference is the trace number of `previous`, by which the two are matched (RFI 222).
    """
    return tuple(
        replace(one, amount=-one.amount)
        for one in previous.provider_adjustments
        if one.reason == FORWARD and one.amount < 0
    )


def delayed(taken_back: RemitClaim, corrected: RemitClaim | None = None) -> ProviderAdjustment:
    """Return PLB WO that leaves the overpayment with the provider until it is recovered.

    The amount is what reversal and correction take together, so this remittance pays as though
    nothing was taken; the reference is the payer's number of the claim that is undone (RFI 578).
    Raises ValueError where they take nothing.
    """
    net = taken_back.paid + (corrected.paid if corrected else Decimal(0))
    if taken_back.status != REVERSED or net >= 0:
        raise ValueError(
            f"claim {taken_back.account} ({taken_back.number}): reversal and correction take "
            f"nothing back (net {net}); only an overpayment can be recovered later"
        )
    return ProviderAdjustment(RECOVERY, taken_back.number, net)


def recovered(owed: ProviderAdjustment, amount: Decimal | None = None) -> ProviderAdjustment:
    """Return PLB WO that takes a `delayed` overpayment, or `amount` dollars of it, for good.

    Raises ValueError for more than is owed, and for nothing.
    """
    taken = -owed.amount if amount is None else amount
    if not 0 < taken <= -owed.amount:
        raise ValueError(f"{taken} of {owed.reference} cannot be recovered: {-owed.amount} is owed")
    return replace(owed, amount=taken)


def recovered_by_letter(control: str, amount: Decimal) -> ProviderAdjustment:
    """Return PLB WO for an overpayment of which a letter told under its number `control`.

    No reversal goes with it: the letter has changed the provider's books already (RFI 1082).
    """
    return ProviderAdjustment(RECOVERY, control, amount)


def capitation(reference: str, amount: Decimal) -> ProviderAdjustment:
    """Return PLB CT: `amount` dollars for the patients of a panel, paid whatever they need."""
    return ProviderAdjustment(CAPITATION, reference, -amount)
