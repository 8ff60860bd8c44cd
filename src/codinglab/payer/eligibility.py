"""The question whether a patient is covered: a 270 for a patient and a coverage.

Guide 005010X279A1; which days may be asked about is told by the CAQH CORE operating rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from codinglab.claim.x837_names import entity, named
from codinglab.core.findings import Finding, errors
from codinglab.payer.eligibility_problems import problems
from codinglab.payer.inquiry import Inquiry
from codinglab.payer.members import SimulatedPayer
from codinglab.payer.words import codes
from codinglab.payer.written import ELIGIBILITY, Written, head, sent, trace, trace_id
from codinglab.x12 import syntax
from codinglab.x12.envelope import Envelope
from codinglab.x12.syntax import Segment


def request(
    inquiries: Sequence[Inquiry], envelope: Envelope, payers: Mapping[str, SimulatedPayer]
) -> Written:
    """Return the 270s of `inquiries`, one transaction each, and what is wrong with them.

    An inquiry that has an error is held back, as a front end does. The day of `envelope.when`
    is today. Raises CannotWrite when the envelope itself cannot be written.
    """
    found: list[Finding] = []
    bodies = []
    for at, one in enumerate(inquiries, 1):
        place = f"inquiry {at}"
        wrong = problems(one, place, envelope.when.date(), payers)
        found += wrong
        if not errors(wrong):
            bodies.append((place, _body(one, envelope, trace(envelope, at))))
    return sent("270", ELIGIBILITY, bodies, envelope, found)


def _body(inquiry: Inquiry, envelope: Envelope, number: str) -> list[Segment]:
    payer, provider = inquiry.coverage.payer, inquiry.provider
    asked = [("TRN", "1", number, trace_id(provider))]
    about = _about(inquiry)
    insured = named(
        "IL",
        inquiry.subscriber.name,
        entity(inquiry.subscriber.name),
        "MI",
        inquiry.coverage.member_id,
    )
    group = inquiry.coverage.group_number
    reference: list[Segment] = [("REF", "6P", group)] if group else []
    body: list[Segment] = [
        head("0022", "13", number, envelope),
        ("HL", "1", "", "20", "1"),
        ("NM1", "PR", "2", payer.name, "", "", "", "", "PI", payer.payer_id),
        ("HL", "2", "1", "21", "1"),
        named("1P", provider.name, entity(provider.name), "XX", provider.npi),
    ]
    if not inquiry.of_dependent:
        return [*body, ("HL", "3", "2", "22", "0"), *asked, insured, *reference, *about]
    patient = inquiry.patient.name
    return [
        *body,
        ("HL", "3", "2", "22", "1"),
        insured,
        *reference,
        *(("HL", "4", "3", "23", "0"), *asked),
        named("03", patient, entity(patient)),
        *about,
    ]


def _about(inquiry: Inquiry) -> Iterable[Segment]:
    """Yield who the patient is, when the service is, and which services are asked about."""
    born, relationship = inquiry.patient.born, inquiry.coverage.relationship
    if born is not None:
        yield ("DMG", "D8", syntax.day(born), inquiry.patient.sex or "")
    if relationship in codes("relation asked"):
        yield ("INS", "N", relationship)
    yield ("DTP", "291", "D8", syntax.day(inquiry.day))
    for service in inquiry.services:
        yield ("EQ", service)
