"""Coordination of benefits as 837 loops: other payers (2320, 2330) and their lines (2430)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codinglab.claim.adjudicated import Adjustment, PaidLine, PriorPayment
from codinglab.claim.model import Claim
from codinglab.claim.parties import Coverage
from codinglab.claim.x837_block import Block, amounts, date_segment, procedure, references
from codinglab.claim.x837_names import (
    PERSON,
    SELF,
    entity,
    located,
    named,
)
from codinglab.claim.x837_parties import (
    payer_name,
    policy,
)
from codinglab.x12.syntax import Segment, amount, day

REASONS_A_SEGMENT = 6
"""A CAS segment holds one group code and at most this many reasons."""


def adjustment_segments(adjustments: Iterable[Adjustment]) -> list[Segment]:
    """Return CAS segments, one a group in the order in which the groups first come.

    A group with more than six reasons goes on in a further segment.
    """
    groups: dict[str, list[Adjustment]] = {}
    for one in adjustments:
        groups.setdefault(one.group, []).append(one)
    return [
        ("CAS", group, *_reasons(same[at : at + REASONS_A_SEGMENT]))
        for group, same in groups.items()
        for at in range(0, len(same), REASONS_A_SEGMENT)
    ]


def _reasons(adjustments: list[Adjustment]) -> Iterator[str]:
    for one in adjustments:
        yield one.carc
        yield amount(one.amount)
        yield "" if one.quantity is None else amount(one.quantity)


def last_day_told(prior: PriorPayment) -> bool:
    """Say whether the day of the whole claim's adjudication is the latest of its lines'."""
    return bool(prior.lines) and prior.adjudicated == max(one.adjudicated for one in prior.lines)


def _decided(claim: Claim, prior: PriorPayment | None) -> list[Segment]:
    if prior is None:
        return []
    first = (("D", prior.paid), ("A8", prior.noncovered), ("EAF", prior.patient_still_owes))
    order = first if claim.kind == "professional" else (first[0], first[2], first[1])
    return [*adjustment_segments(prior.adjustments), *amounts(*order)]


def _payer_block(claim: Claim, at: int, prior: PriorPayment | None) -> Block:
    payer = claim.coverages[at].payer
    segments = [payer_name(payer.payer_id, payer.name), *located(payer.address)]
    if prior is not None:
        if prior.adjudicated is not None and not last_day_told(prior):
            segments.append(date_segment("573", "D8", day(prior.adjudicated)))
        segments += references(("F8", prior.control_number))
    return Block("2330B", segments)


def _signed(claim: Claim, coverage: Coverage) -> str:
    """Return OI04, which the 837P alone has: P where the provider signed for the patient."""
    return "P" if coverage.signed_for_patient and claim.kind == "professional" else ""


def other_payer(claim: Claim, at: int) -> Block:
    """Return loop 2320 of the policy at place `at` (from 0), with 2330A and 2330B."""
    coverage = claim.coverages[at]
    prior = next((one for one in claim.prior if one.coverage == at), None)
    person = coverage.insured or claim.patient
    kind = PERSON if coverage.relationship == SELF else entity(person.name)
    insured = Block(
        "2330A",
        [named("IL", person.name, kind, "MI", coverage.member_id), *located(person.address)],
    )
    segments = [
        policy(claim, at, coverage.relationship),
        *_decided(claim, prior),
        ("OI", "", "", coverage.assigned, _signed(claim, coverage), "", coverage.release),
    ]
    if prior is not None and prior.remarks:
        segments.append(("MOA", "", "", *prior.remarks[:5]))
    return Block("2320", segments, [insured, _payer_block(claim, at, prior)])


def other_payers(claim: Claim) -> list[Block]:
    """Return loop 2320 of every policy other than the one that the claim is sent to."""
    return [other_payer(claim, at) for at in range(len(claim.coverages)) if at != claim.to]


def _paid(payer_id: str, revenue_code: str, paid: PaidLine) -> Block:
    code = procedure(paid.code, paid.modifiers)
    segments: list[Segment] = [
        ("SVD", payer_id, amount(paid.paid), code, revenue_code, amount(paid.units)),
        *adjustment_segments(paid.adjustments),
        date_segment("573", "D8", day(paid.adjudicated)),
        *amounts(("EAF", paid.patient_still_owes)),
    ]
    return Block("2430", segments)


def paid_lines(claim: Claim) -> dict[int, list[Block]]:
    """Return the 2430 loops of each line, by the line's number from 1."""
    found: dict[int, list[Block]] = {}
    for prior in sorted(claim.prior, key=lambda one: one.coverage):
        if prior.coverage not in range(len(claim.coverages)):
            continue
        payer_id = claim.coverages[prior.coverage].payer.payer_id
        for paid in prior.lines:
            if 0 < paid.line <= len(claim.lines):
                line = claim.lines[paid.line - 1]
                revenue = line.revenue_code if claim.kind == "institutional" else ""
                found.setdefault(paid.line, []).append(_paid(payer_id, revenue, paid))
    return found
