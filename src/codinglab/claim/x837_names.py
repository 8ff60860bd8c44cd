"""Names, addresses and contacts as 837 segments: NM1, N3, N4, DMG and PER."""

from __future__ import annotations

from codinglab.claim.parties import Address, Name, Person
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


def born(person: Person) -> list[Segment]:
    """Return DMG, or nothing where neither day of birth nor sex is known."""
    if person.born is None and person.sex is None:
        return []
    when = day(person.born) if person.born else ""
    return [("DMG", "D8" if when else "", when, person.sex or "")]
