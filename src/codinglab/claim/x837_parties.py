"""Who asks for payment, who is insured, and who is treated: loops 2000A, 2000B and 2000C."""

from __future__ import annotations

from codinglab.claim.model import Claim, Kind
from codinglab.claim.parties import Address, Coverage, OtherId, Person, Provider
from codinglab.claim.x837_block import Block, references
from codinglab.claim.x837_names import (
    ACCIDENT_FILING,
    ORGANIZATION,
    PAYER_GAVE,
    PERSON,
    RANKS,
    SELF,
    born,
    entity,
    located,
    named,
    reached,
)
from codinglab.claim.x837_providers import numbers
from codinglab.x12.syntax import Segment


def billing_block(kind: Kind, provider: Provider, pay_to: Address | None) -> Block:
    """Return loop 2000A without its HL: PRV, and 2010AA and 2010AB within it."""
    tax = [OtherId(provider.tax_id_kind, provider.tax_id)] if provider.tax_id else []
    own = [one for one in provider.other_ids if one.qualifier not in PAYER_GAVE]
    segments: list[Segment] = [
        named("85", provider.name, entity(provider.name), "XX", provider.npi),
        *located(provider.address),
        *numbers(kind, "2010AA", [*tax, *own]),
        *reached(provider.contact, provider.phone),
    ]
    above = Block("2000A", [], [Block("2010AA", segments)])
    if provider.taxonomy:
        above.segments.append(("PRV", "BI", "PXC", provider.taxonomy))
    if pay_to is not None:
        above.blocks.append(
            Block("2010AB", [("NM1", "87", entity(provider.name)), *located(pay_to)])
        )
    return above


def _policy(kind: Kind, coverage: Coverage, rank: int, relationship: str) -> Segment:
    return (
        *("SBR", RANKS[rank], relationship, coverage.group_number, coverage.group_name),
        *(coverage.msp_type if kind == "professional" else "", "", "", "", coverage.filing),
    )


def policy(claim: Claim, at: int, relationship: str) -> Segment:
    """Return SBR of the policy at place `at` (from 0)."""
    return _policy(claim.kind, claim.coverages[at], at, relationship)


def is_dependent(coverage: Coverage) -> bool:
    """Say whether the patient is another than the insured, and so has a loop of its own."""
    return coverage.relationship not in {"", SELF}


def _event(claim: Claim, person: Person) -> list[Segment]:
    """Return the number and the telephone that a payer of accidents asks for."""
    coverage = claim.coverage
    said = references(("Y4", coverage.claim_number))
    if claim.kind == "institutional" or not person.phone:
        return said
    if coverage.claim_number or coverage.filing in ACCIDENT_FILING:
        said.append(("PER", "IC", "", "TE", person.phone))
    return said


def payer_name(payer_id: str, name: str) -> Segment:
    """Return NM1 of a payer."""
    return ("NM1", "PR", ORGANIZATION, name, "", "", "", "", "PI", payer_id)


def subscriber_block(claim: Claim, *, whole: bool = False) -> Block:
    """Return loop 2000B without its HL: SBR, and 2010BA and 2010BB within it.

    Both guides ask for the address, birth date and sex in 2010BA where the patient is the
    subscriber, and say not to send them else; `whole` has them in any case, as others do send them.
    """
    coverage = claim.coverage
    dependent = is_dependent(coverage)
    person = (coverage.insured or claim.patient) if dependent else claim.patient
    kind = entity(person.name) if dependent else PERSON
    insured: list[Segment] = [
        named("IL", person.name, kind, "MI", coverage.member_id),
        *((*located(person.address), *born(person)) if whole or not dependent else ()),
        *(() if dependent else _event(claim, person)),
    ]
    given = [one for one in claim.billing.other_ids if one.qualifier in PAYER_GAVE]
    payer: list[Segment] = [
        payer_name(coverage.payer.payer_id, coverage.payer.name),
        *located(coverage.payer.address),
        *numbers(claim.kind, "2010BB", given),
    ]
    relationship = "" if dependent else coverage.relationship
    return Block(
        "2000B",
        [policy(claim, claim.to, relationship)],
        [Block("2010BA", insured), Block("2010BB", payer)],
    )


def patient_block(claim: Claim) -> Block | None:
    """Return loop 2000C without its HL, None where the patient is the subscriber."""
    if not is_dependent(claim.coverage):
        return None
    patient = claim.patient
    segments: list[Segment] = [
        named("QC", patient.name, PERSON),
        *located(patient.address),
        *born(patient),
        *_event(claim, patient),
    ]
    return Block("2000C", [("PAT", claim.coverage.relationship)], [Block("2010CA", segments)])
