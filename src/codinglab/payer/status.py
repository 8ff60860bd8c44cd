"""The question what has become of a claim: a 276 (guide 005010X212)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from codinglab.claim.model import Claim
from codinglab.claim.x837_parties import entity, named
from codinglab.core.findings import Finding, errors
from codinglab.payer.members import SimulatedPayer
from codinglab.payer.written import STATUS, Written, head, sent, trace
from codinglab.x12 import syntax
from codinglab.x12.envelope import Envelope
from codinglab.x12.npi import is_npi
from codinglab.x12.syntax import Segment, amount

SELF = "18"


@dataclass(frozen=True, slots=True)
class StatusInquiry:
    """One question about `claim`; `payer_number` is the payer's own number where it is known."""

    claim: Claim
    payer_number: str = ""

    @property
    def days(self) -> tuple[date, date] | None:
        """Return the first and last day of the bill, None where it has no line."""
        bill = self.claim.bill
        if bill is not None:
            return bill.statement_from, bill.statement_to
        if not self.claim.lines:
            return None
        lines = self.claim.lines
        return min(one.first for one in lines), max(one.last or one.first for one in lines)


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
        wrong = tuple(_problems(one, place, envelope.when.date(), payers))
        found += wrong
        if not errors(wrong):
            bodies.append((place, [*_body(one, envelope, trace(envelope, at))]))
    return sent("276", STATUS, bodies, envelope, found)


def _problems(
    inquiry: StatusInquiry, place: str, today: date, payers: Mapping[str, SimulatedPayer]
) -> Iterator[Finding]:
    claim, coverage = inquiry.claim, inquiry.claim.coverage
    if coverage.payer.payer_id not in payers:
        yield Finding(
            "payer.unknown_payer",
            place,
            f"no payer answers to the identifier {coverage.payer.payer_id!r}.",
            f"Look it up in the clearinghouse's list; those here: {', '.join(payers)}.",
        )
    if not coverage.member_id:
        yield Finding(
            "payer.no_member_id",
            place,
            "there is no member number; no payer finds the claim without it.",
            "Copy it from the claim that was sent.",
        )
    if not is_npi(claim.billing.npi):
        yield Finding(
            "payer.provider_npi",
            place,
            f"the billing provider's NPI {claim.billing.npi!r} is missing or no NPI.",
            "Ask under the NPI that the claim was sent with.",
        )
    if coverage.relationship != SELF and coverage.insured is None:
        yield Finding(
            "payer.no_subscriber",
            place,
            "the patient is insured through another person, who is not named.",
            "Enter the insured person's name.",
        )
    if claim.patient.born is None:
        yield Finding(
            "payer.no_birth_date",
            place,
            "the patient's birth date is missing.",
            "Copy it from the claim that was sent.",
        )
    yield from _day_problems(inquiry, place, today)


def _day_problems(inquiry: StatusInquiry, place: str, today: date) -> Iterator[Finding]:
    days = inquiry.days
    if days is None:
        yield Finding(
            "payer.no_service_date",
            place,
            "the claim has no line and so no date of service.",
            "Ask about the claim as it was sent.",
        )
    elif days[0] > today:
        yield Finding(
            "payer.future_date",
            place,
            f"the service of {days[0]} lies ahead; there can be no claim for it.",
            "Correct the date.",
        )


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
