"""The dollars of a divided claim: what earlier payers and the patient paid goes with the lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from codinglab.claim.adjudicated import PaidLine, PriorPayment
from codinglab.claim.model import Claim
from codinglab.core.findings import Finding, Severity


def divided(
    claim: Claim, parts: tuple[Claim, ...], lines: Sequence[tuple[int, ...]]
) -> tuple[tuple[Claim, ...], tuple[Finding, ...]]:
    """Return `parts` with their share of earlier payments, and what could not be divided.

    `lines` holds for each part the places (from 0) of its lines in `claim`.
    """
    if len(parts) == 1:
        return parts, ()
    findings = [_undivided(claim, one) for one in claim.prior if not _by_line(one)]
    whole = [one for one in claim.prior if _by_line(one)]
    shared = [
        replace(part, prior=tuple(_share(one, places) for one in whole))
        for part, places in zip(parts, lines, strict=True)
    ]
    amounts = [one for one in (claim.patient_paid, claim.outside_laboratory) if one is not None]
    if amounts:
        message = "What the patient paid, or an outside laboratory charged, fills the first part."
        findings.append(_finding(claim, "split-paid", message, Severity.NOTE))
    return tuple(_with_paid(claim, shared)), tuple(findings)


def _by_line(one: PriorPayment) -> bool:
    """Say whether all that the payer decided stands on lines, so that it can be divided."""
    owes = one.patient_still_owes is None or all(
        line.patient_still_owes is not None for line in one.lines
    )
    return bool(one.lines) and not one.adjustments and one.noncovered is None and owes


def _undivided(claim: Claim, one: PriorPayment) -> Finding:
    payer = claim.coverages[one.coverage].payer.name
    message = f"What {payer} decided of the whole claim cannot be divided, and is on no part."
    return _finding(claim, "split-prior", message, Severity.ERROR)


def _finding(claim: Claim, name: str, message: str, severity: Severity) -> Finding:
    remedy = "State by line what was paid and adjusted, or correct the parts by hand."
    return Finding(f"claim.{name}", f"claim {claim.account}", message, remedy, severity)


def _share(one: PriorPayment, places: tuple[int, ...]) -> PriorPayment:
    number = {at + 1: new for new, at in enumerate(places, start=1)}
    lines = tuple(
        replace(line, line=number[line.line]) for line in one.lines if line.line in number
    )
    return replace(
        one,
        lines=lines,
        paid=_sum(lines),
        patient_still_owes=None
        if one.patient_still_owes is None
        else sum((line.patient_still_owes or Decimal(0) for line in lines), Decimal(0)),
    )


def _sum(lines: tuple[PaidLine, ...]) -> Decimal:
    return sum((line.paid for line in lines), Decimal(0))


def _with_paid(claim: Claim, parts: list[Claim]) -> list[Claim]:
    """Let the patient's payment fill the parts one after the other, the rest on the last."""
    rest = claim.patient_paid
    found = []
    for at, part in enumerate(parts):
        share = None
        if rest is not None:
            share = rest if at == len(parts) - 1 else min(rest, part.total)
            rest -= share
        outside = claim.outside_laboratory if at == 0 else None
        found.append(replace(part, patient_paid=share or None, outside_laboratory=outside))
    return found
