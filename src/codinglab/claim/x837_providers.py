"""Providers as 837 loops: NM1, PRV, N3, N4, REF and PER, each where its guide has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from codinglab.claim.model import Kind
from codinglab.claim.parties import Address, Name, OtherId, Provider, Role
from codinglab.claim.x837_block import GUIDES, Block, references
from codinglab.claim.x837_names import ORGANIZATION, entity, located, named, reached
from codinglab.x12.guide import guide
from codinglab.x12.syntax import Segment


@lru_cache(maxsize=128)
def _kinds_of_number(kind: Kind, loop: str) -> frozenset[str]:
    """Return the qualifiers of the REF segments that a loop of the guide has."""
    return frozenset(
        code
        for node in guide(GUIDES[kind]).nodes
        if node.name == "REF" and node.loop.id == loop
        for code in node.qualifiers
    )


def numbers(kind: Kind, loop: str, ids: Sequence[OtherId]) -> list[Segment]:
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
    return Block(place.loop, segments + numbers(place.kind, place.loop, provider.other_ids))


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
        *numbers(place.kind, place.loop, provider.other_ids),
    ]
    if telephone:
        segments += reached(provider.contact, provider.phone)
    return Block(place.loop, segments)


def nameless_block(place: Place, provider: Provider) -> Block:
    """Return the loop of a provider whom the guide asks for a number alone: NM1 and REF."""
    numbered = named(place.code, Name(""), entity(provider.name), "XX", provider.npi)
    ids = numbers(place.kind, place.loop, provider.other_ids)
    return Block(place.loop, [numbered, *ids])


def bare_place(loop: str, code: str, address: Address) -> Block:
    """Return the loop of a place without a name (pick-up, drop-off)."""
    return Block(loop, [("NM1", code, ORGANIZATION), *located(address)])
