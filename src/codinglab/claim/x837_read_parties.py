"""People, practices and payers of an 837 as values: the reverse of `x837_parties`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from codinglab.claim.parties import (
    Address,
    Coverage,
    Name,
    OtherId,
    Payer,
    Person,
    Provider,
    Role,
    Sex,
)
from codinglab.claim.x837_fields import inner_first, needed, needed_code
from codinglab.claim.x837_parties import RANKS, SELF
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


def read_payer(loop: Loop) -> Payer:
    """Return a payer."""
    one = needed(loop, "NM1", "PR")
    return Payer(one.get(3), one.get(9), read_address(loop))


def rank(policy: WireSegment) -> int:
    """Return the place of a payer by SBR01; unknown ones come last."""
    found = RANKS.find(policy.get(1)) if policy.get(1) else -1
    return found if found >= 0 else len(RANKS)


Assigned = Literal["Y", "N", "W"]
Release = Literal["Y", "I"]


def read_answers(loop: Loop, one: WireSegment, assigned: int) -> tuple[Assigned, Release]:
    """Return the answers to assignment of benefits and release of information.

    They stand in CLM08 and CLM09 or in OI03 and OI06; `assigned` is the place of the first. Raises
    Unreadable when they are not the guide's codes.
    """
    release = assigned + (1 if one.name == "CLM" else 3)
    return (
        needed_code(loop, one, assigned, ("Y", "N", "W")),
        needed_code(loop, one, release, ("Y", "I")),
    )


def read_coverage(
    policy: WireSegment, insured: Loop, payer: Payer, answers: tuple[Assigned, Release]
) -> Coverage:
    """Return a policy: `policy` is SBR, `insured` the loop of the insured's NM1.

    The relationship is that of SBR02, and the insured is not yet named.
    """
    return Coverage(
        payer=payer,
        member_id=needed(insured, "NM1", "IL").get(9),
        filing=policy.get(9),
        relationship=policy.get(2),
        group_number=policy.get(3),
        group_name=policy.get(4),
        msp_type=policy.get(5),
        assigned=answers[0],
        release=answers[1],
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
