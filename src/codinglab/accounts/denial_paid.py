"""Duplicates of what was paid: a denial of them takes nothing, since nothing is owed twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from codinglab.accounts.denial import REVERSAL, Denial
from codinglab.remit.model import RemitClaim, Remittance

_DUPLICATE = "duplicate"


def paid_before(denials: Iterable[Denial], remittances: Sequence[Remittance]) -> dict[str, str]:
    """Return by `Denial.key` which claim was paid for the service that a duplicate repeats.

    It is the last payment of the same payer for the same patient, code, modifiers and day that was
    not taken back, in words: "paid on 2026-04-06, claim 2609600001". A duplicate of what nobody
    paid, as far as `remittances` tell, is left out.
    """
    found: dict[str, str] = {}
    for one in denials:
        if one.cause.code == _DUPLICATE:
            for day, number in _payments(one, remittances):
                found[one.key] = f"paid on {day}, claim {number or 'without a number'}"
    return found


def _payments(denial: Denial, remittances: Sequence[Remittance]) -> Iterator[tuple[date, str]]:
    for each in sorted(remittances, key=lambda one: (one.made, one.trace)):
        if each.payer.payer_id != denial.payer_id or each.made > denial.notice:
            continue
        for claim in each.claims:
            if _is_paid(denial, claim) and not _is_taken_back(claim, each.made, remittances):
                yield each.made, claim.number


def _is_paid(denial: Denial, claim: RemitClaim) -> bool:
    """Say whether a claim of a remittance pays the service that the duplicate repeats."""
    if claim.status == REVERSAL or claim.member_id != denial.member_id:
        return False
    if claim.patient != denial.patient or claim.number == denial.number:
        return False
    if denial.line is None:
        return claim.account == denial.account and claim.paid > 0
    service = denial.code, denial.modifiers, denial.first
    return any(
        (one.code or one.revenue_code, one.modifiers, one.day or claim.first) == service
        and one.paid > 0
        for one in claim.lines
    )


def _is_taken_back(claim: RemitClaim, made: date, remittances: Sequence[Remittance]) -> bool:
    return any(
        other.status == REVERSAL and other.number == claim.number
        for each in remittances
        if each.made >= made
        for other in each.claims
    )
