"""The question what has become of a claim: a 276 (guide 005010X212)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from codinglab.claim.model import Claim
from codinglab.claim.x837_names import entity, named
from codinglab.core.findings import Finding, errors
from codinglab.payer.inquiry import SELF
from codinglab.payer.members import SimulatedPayer
from codinglab.payer.status_inquiry import StatusInquiry, problems
from codinglab.payer.written import STATUS, Written, head, sent, trace
from codinglab.x12 import syntax
from codinglab.x12.envelope import Envelope
from codinglab.x12.syntax import Segment, amount


def status_request(
    inquiries: Sequence[StatusInquiry], envelope: Envelope, payers: Mapping[str, SimulatedPayer]
) -> Written:
    """Return the 276s of `inquiries`, one transaction each, and what is wrong with them.

    An inquiry that has an error is held back. The day of `envelope.when` is today, and its
    sender is who asks. Raises CannotWrite when the envelope itself cannot be written.
    """
    found: list[Finding] = []
    bodies = []
    for at, one in enumerate(inquiries, 1):
        place = f"inquiry {at}"
        wrong = tuple(problems(one, place, envelope.when.date(), payers))
        found += wrong
        if not errors(wrong):
            bodies.append((place, [*_body(one, envelope, trace(envelope, at))]))
    return sent("276", STATUS, bodies, envelope, found)


def _body(inquiry: StatusInquiry, envelope: Envelope, number: str) -> Iterator[Segment]:
    claim, coverage = inquiry.claim, inquiry.claim.coverage
    billing, payer = claim.billing, coverage.payer
    kind = entity(billing.name)
    dependent = coverage.relationship != SELF
    insured = coverage.insured or claim.patient
    yield head("0010", "13", number, envelope)
    yield ("HL", "1", "", "20", "1")
    yield ("NM1", "PR", "2", payer.name, "", "", "", "", "PI", payer.payer_id)
    yield ("HL", "2", "1", "21", "1")
    name = billing.name
    yield ("NM1", "41", kind, name.last, name.first, name.middle, "", "", "46", envelope.sender)
    yield ("HL", "3", "2", "19", "1")
    yield named("1P", name, kind, "XX", billing.npi)
    yield ("HL", "4", "3", "22", "1" if dependent else "0")
    if not dependent:
        yield from _born(claim)
    yield named("IL", insured.name, entity(insured.name), "MI", coverage.member_id)
    if dependent:
        yield ("HL", "5", "4", "23")
        yield from _born(claim)
        yield named("QC", claim.patient.name, entity(claim.patient.name))
    yield from _claim(inquiry, number)


def _born(claim: Claim) -> Iterator[Segment]:
    if claim.patient.born is not None:
        yield ("DMG", "D8", syntax.day(claim.patient.born), claim.patient.sex or "")


def _claim(inquiry: StatusInquiry, number: str) -> Iterator[Segment]:
    claim = inquiry.claim
    yield ("TRN", "1", number)
    if inquiry.payer_number:
        yield ("REF", "1K", inquiry.payer_number)
    if claim.bill is not None:
        yield ("REF", "BLT", bill_type(claim))
    yield ("REF", "EJ", claim.account)
    yield ("AMT", "T3", amount(claim.total))
    days = inquiry.days
    if days is not None:
        one_day = days[0] == days[1]
        form = "D8" if one_day else "RD8"
        yield ("DTP", "472", form, syntax.day(days[0]) if one_day else syntax.days(*days))


def bill_type(claim: Claim) -> str:
    """Return the type of bill as the 276 has it: without the leading zero, with the frequency."""
    assert claim.bill is not None
    return claim.bill.bill_type.removeprefix("0") + claim.frequency
