"""People, practices and payers as 837 loops: NM1, N3, N4, DMG, PRV, REF and PER."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from codinglab.claim.model import Claim, Kind
from codinglab.claim.parties import Address, Coverage, Name, OtherId, Person, Provider, Role
from codinglab.claim.x837_block import GUIDES, Block, references
from codinglab.x12.guide import guide
from codinglab.x12.syntax import Segment, day

PERSON, ORGANIZATION = "1", "2"
SELF = "18"
RANKS = "PSTABCDEFGH"
"""SBR01 of the payers in their order: primary, secondary, tertiary, fourth ... eleventh."""

PAYER_GAVE = frozenset({"G2", "LU"})
"""Numbers that the payer gave to the billing provider; they stand with the payer (2010BB)."""

ACCIDENT_FILING = frozenset({"AM", "LM", "WC"})
"""Claim filing indicators of automobile, liability and workers' compensation insurance."""


def entity(name: Name) -> str:
    """Return NM102: 1 for a person, 2 for an organization."""
    return PERSON if name.is_person else ORGANIZATION


def named(code: str, name: Name, kind: str, qualifier: str = "", number: str = "") -> Segment:
    """Return an NM1 segment; `code` is NM101, `kind` NM102, and `qualifier` NM108 of `number`."""
    said = ("NM1", code, kind, name.last, name.first, name.middle, "", name.suffix)
    return (*said, qualifier, number) if number else said


def located(address: Address | None) -> list[Segment]:
    """Return N3 and N4, or nothing where no address is known."""
    if address is None:
        return []
    return [
        ("N3", address.line_1, address.line_2),
        ("N4", address.city, address.state, address.zip_code),
    ]


def reached(name: str, phone: str) -> list[Segment]:
    """Return a PER segment for whom to ask, or nothing where nobody is named."""
    if not phone:
        return [("PER", "IC", name)] if name else []
    return [("PER", "IC", name, "TE", phone)]


def _born(person: Person) -> list[Segment]:
    if person.born is None and person.sex is None:
        return []
    when = day(person.born) if person.born else ""
    return [("DMG", "D8" if when else "", when, person.sex or "")]


@lru_cache(maxsize=128)
def _kinds_of_number(kind: Kind, loop: str) -> frozenset[str]:
    """Return the qualifiers of the REF segments that a loop of the guide has."""
    return frozenset(
        code
        for node in guide(GUIDES[kind]).nodes
        if node.name == "REF" and node.loop.id == loop
        for code in node.qualifiers
    )


def _numbers(kind: Kind, loop: str, ids: Sequence[OtherId]) -> list[Segment]:
    """Return REF segments of those numbers that the loop may have; others have no place there."""
    if not ids:
        return []
    known = _kinds_of_number(kind, loop)
    return references(*((one.qualifier, one.text) for one in ids if one.qualifier in known))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a provider stands: the kind of claim, the loop, and NM101 there.

    `entity` is NM102 where the guide leaves no choice, `specialty` PRV01 (PE, AT) where the loop
    has a taxonomy code.
    """

    kind: Kind
    loop: str
    code: str
    entity: str = ""
    specialty: str = ""


def provider_block(place: Place, provider: Provider) -> Block:
    """Return a provider's loop: NM1, then PRV where the guide has it, and REF."""
    name = provider.name
    segments = [named(place.code, name, place.entity or entity(name), "XX", provider.npi)]
    if place.specialty and provider.taxonomy:
        segments.append(("PRV", place.specialty, "PXC", provider.taxonomy))
    return Block(place.loop, segments + _numbers(place.kind, place.loop, provider.other_ids))


def provider_blocks(
    named_so: Iterable[tuple[Role, Provider]], places: Iterable[tuple[Role, Place]]
) -> Iterator[Block]:
    """Yield the loops of the providers in those roles, in the order of the places."""
    for role, place in places:
        for one in named_so:
            if one[0] == role:
                yield provider_block(place, one[1])


def located_block(place: Place, provider: Provider, *, telephone: bool) -> Block:
    """Return the loop of a facility, or of whoever ordered a service: NM1, N3, N4, REF, PER.

    `telephone` says whether the guide has PER there.
    """
    segments = [
        named(place.code, provider.name, place.entity, "XX", provider.npi),
        *located(provider.address),
        *_numbers(place.kind, place.loop, provider.other_ids),
    ]
    if telephone:
        segments += reached(provider.contact, provider.phone)
    return Block(place.loop, segments)


def nameless_block(place: Place, provider: Provider) -> Block:
    """Return the loop of a provider whom the guide asks for a number alone: NM1 and REF."""
    numbered = named(place.code, Name(""), entity(provider.name), "XX", provider.npi)
    ids = _numbers(place.kind, place.loop, provider.other_ids)
    return Block(place.loop, [numbered, *ids])


def bare_place(loop: str, code: str, address: Address) -> Block:
    """Return the loop of a place without a name (pick-up, drop-off)."""
    return Block(loop, [("NM1", code, ORGANIZATION), *located(address)])


def billing_block(kind: Kind, provider: Provider, pay_to: Address | None) -> Block:
    """Return loop 2000A without its HL: PRV, and 2010AA and 2010AB within it."""
    tax = [OtherId(provider.tax_id_kind, provider.tax_id)] if provider.tax_id else []
    own = [one for one in provider.other_ids if one.qualifier not in PAYER_GAVE]
    segments: list[Segment] = [
        named("85", provider.name, entity(provider.name), "XX", provider.npi),
        *located(provider.address),
        *_numbers(kind, "2010AA", [*tax, *own]),
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


def subscriber_block(claim: Claim) -> Block:
    """Return loop 2000B without its HL: SBR, and 2010BA and 2010BB within it."""
    coverage = claim.coverage
    dependent = is_dependent(coverage)
    person = (coverage.insured or claim.patient) if dependent else claim.patient
    kind = entity(person.name) if dependent else PERSON
    insured: list[Segment] = [
        named("IL", person.name, kind, "MI", coverage.member_id),
        *located(person.address),
        *_born(person),
        *(() if dependent else _event(claim, person)),
    ]
    given = [one for one in claim.billing.other_ids if one.qualifier in PAYER_GAVE]
    payer: list[Segment] = [
        payer_name(coverage.payer.payer_id, coverage.payer.name),
        *located(coverage.payer.address),
        *_numbers(claim.kind, "2010BB", given),
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
        *_born(patient),
        *_event(claim, patient),
    ]
    return Block("2000C", [("PAT", claim.coverage.relationship)], [Block("2010CA", segments)])
