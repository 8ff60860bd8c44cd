"""People, practices and payers of an 837 as values: the reverse of `x837_parties`."""

from __future__ import annotations

from collections.abc import Iterable

from codinglab.claim.parties import (
    Address,
    Name,
    OtherId,
    Person,
    Provider,
    Role,
    Sex,
)
from codinglab.claim.x837_fields import inner_first, needed
from codinglab.claim.x837_names import (
    SELF,
)
from codinglab.x12.loops import Loop, WireSegment
from codinglab.x12.values import day_of

_TAX_NUMBERS = ("EI", "SY")


def read_name(one: WireSegment) -> Name:
    """Return the name in an NM1 segment."""
    return Name(one.get(3), one.get(4), one.get(5), one.get(7))


def read_address(loop: Loop) -> Address | None:
    """Return the address of a loop, None where it has neither N3 nor N4."""
    street, city = loop.first("N3"), loop.first("N4")
    if street is None and city is None:
        return None
    line_1, line_2 = ("", "") if street is None else (street.get(1), street.get(2))
    if city is None:
        return Address(line_1, "", "", "", line_2)
    return Address(line_1, city.get(1), city.get(2), city.get(3), line_2)


def _telephone(loop: Loop) -> tuple[str, str]:
    """Return the name and the telephone number of the first PER segment."""
    found = loop.first("PER")
    if found is None:
        return "", ""
    return found.get(2), found.get(4) if found.get(3) == "TE" else ""


def read_person(loop: Loop) -> Person:
    """Return a patient or insured person."""
    name = read_name(needed(loop, "NM1"))
    born = loop.first("DMG")
    address, (_, phone) = read_address(loop), _telephone(loop)
    if born is None:
        return Person(name, None, None, address, phone)
    known: dict[str, Sex] = {"F": "F", "M": "M", "U": "U"}
    return Person(name, day_of(born.get(2)), known.get(born.get(3)), address, phone)


def read_provider(loop: Loop) -> Provider:
    """Return a provider: name, NPI, taxonomy, address, tax number, other numbers and contact."""
    one = needed(loop, "NM1")
    specialty = loop.first("PRV")
    numbers = [(each.get(1), each.get(2)) for each in loop.all("REF")]
    tax = next(((kind, text) for kind, text in numbers if kind in _TAX_NUMBERS), ("EI", ""))
    contact, phone = _telephone(loop)
    return Provider(
        name=read_name(one),
        npi=one.get(9) if one.get(8) == "XX" else "",
        taxonomy="" if specialty is None else specialty.get(3),
        tax_id=tax[1],
        tax_id_kind="SY" if tax[0] == "SY" else "EI",
        address=read_address(loop),
        contact=contact,
        phone=phone,
        other_ids=tuple(OtherId(*each) for each in numbers if each[0] not in _TAX_NUMBERS),
    )


def read_providers(
    loop: Loop, roles: Iterable[tuple[str, str, Role]]
) -> list[tuple[Role, Provider]]:
    """Return the providers of a claim or line: `roles` are (loop, NM101, role), in order."""
    return [
        (role, read_provider(one))
        for name, code, role in roles
        for one in loop.loops
        if one.id == name and one.first("NM1", code) is not None
    ]


def read_billing(loop: Loop, payer: Loop) -> Provider:
    """Return the billing provider of 2000A; `payer` (2010BB) has the numbers the payer gave."""
    found = inner_first(loop, "2010AA")
    if found is None:
        return Provider(Name(""))
    provider = read_provider(found)
    specialty = loop.first("PRV", "BI")
    given = tuple(
        OtherId(one.get(1), one.get(2)) for one in payer.all("REF") if one.get(1) in {"G2", "LU"}
    )
    return Provider(
        name=provider.name,
        npi=provider.npi,
        taxonomy="" if specialty is None else specialty.get(3),
        tax_id=provider.tax_id,
        tax_id_kind=provider.tax_id_kind,
        address=provider.address,
        contact=provider.contact,
        phone=provider.phone,
        other_ids=provider.other_ids + given,
    )


def insured_other_than(patient: Person, found: Person, *, bare: bool = False) -> Person | None:
    """Return the insured where it is somebody else or differently described, else None.

    Of another payer's insured (2330A) the wire has name and address alone: `bare`.
    """
    if (found.name, found.address) != (patient.name, patient.address):
        return found
    same = bare or (found.born, found.sex) == (patient.born, patient.sex)
    return None if same else found


def is_self(relationship: str) -> bool:
    """Say whether the patient is the insured."""
    return relationship in {"", SELF}
