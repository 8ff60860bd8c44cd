"""The service lines of an 837P: loop 2400 with SV1, SV5, drug, providers and what others paid."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from codinglab.claim.model import Claim, Drug, Equipment, Line
from codinglab.claim.parties import Provider, Role
from codinglab.claim.x837_benefits import paid_lines
from codinglab.claim.x837_block import Block, date_segment, procedure, references
from codinglab.claim.x837_names import (
    PERSON,
)
from codinglab.claim.x837_providers import (
    Place,
    located_block,
    nameless_block,
    provider_block,
)
from codinglab.x12.syntax import Segment, amount, day, days

_YES = {True: "Y", False: ""}


def _place(loop: str, code: str, kind: str = "", specialty: str = "") -> Place:
    return Place("professional", loop, code, kind, specialty)


_ORDER: tuple[tuple[Role, Place], ...] = (
    ("rendering", _place("2420A", "82", specialty="PE")),
    ("purchased service", _place("2420B", "QB")),
    ("supervising", _place("2420D", "DQ", PERSON)),
    ("ordering", _place("2420E", "DK", PERSON)),
    ("referring", _place("2420F", "DN", PERSON)),
)


def service_date(line: Line) -> Segment:
    """Return DTP 472: the day of service, or its first and last day."""
    if line.last is None:
        return date_segment("472", "D8", day(line.first))
    return date_segment("472", "RD8", days(line.first, line.last))


def drug_block(drug: Drug) -> Block:
    """Return loop 2410: the drug's NDC, quantity and prescription."""
    segments: list[Segment] = [
        ("LIN", "", "N4", drug.ndc),
        ("CTP", "", "", "", amount(drug.quantity), drug.unit),
        *references(("XZ", drug.prescription)),
    ]
    return Block("2410", segments)


def _service(line: Line) -> Segment:
    said: Segment = (
        "SV1",
        procedure(line.code, line.modifiers, line.description),
        amount(line.charge),
        line.unit_kind,
        amount(line.units),
        line.place_of_service,
        "",
        _pointers(line.pointers),
    )
    if not (line.emergency or line.epsdt or line.family_planning):
        return said
    return (*said, "", _YES[line.emergency], "", _YES[line.epsdt], _YES[line.family_planning])


def _pointers(pointers: tuple[int, ...]) -> str | tuple[str, ...]:
    return str(pointers[0]) if len(pointers) == 1 else tuple([str(one) for one in pointers])


def _equipment(one: Equipment) -> list[Segment]:
    """Return SV5, which is there where both prices are told: one alone is the line's charge."""
    if one.days is None or one.rental is None or one.purchase is None:
        return []
    prices = amount(one.rental), amount(one.purchase)
    return [("SV5", ("HC", one.code), "DA", str(one.days), *prices, one.every)]


def _segments(claim: Claim, line: Line, number: int) -> list[Segment]:
    said: list[Segment] = [("LX", str(number)), _service(line)]
    equipment = line.equipment
    if equipment is not None:
        said += _equipment(equipment)
    said += [
        ("PWK", one.kind, one.how, "", "", "AC" if one.control else "", one.control)
        for one in line.attachments
    ]
    if equipment is not None and equipment.certification:
        said.append(("CR3", equipment.certification, "MO", str(equipment.months)))
    said.append(service_date(line))
    if line.prescribed is not None:
        said.append(date_segment("471", "D8", day(line.prescribed)))
    if line.patients is not None:
        said.append(("QTY", "PT", str(line.patients)))
    if line.authorization or line.control_number:
        said += references(("G1", line.authorization), ("6R", line.control_number))
    if line.note:
        said.append(("NTE", "ADD", line.note))
    if claim.outside_laboratory is not None:
        said += _purchased(claim, line, claim.outside_laboratory)
    return said


def _purchased(claim: Claim, line: Line, price: Decimal) -> list[Segment]:
    """Return PS1: who performed a purchased service and its price, where one line says so."""
    if _purchasing(claim) != [line]:
        return []
    seller = next(one for role, one in line.providers if role == "purchased service")
    return [("PS1", seller.npi, amount(price))]


def _purchasing(claim: Claim) -> list[Line]:
    return [
        one for one in claim.lines if any(role == "purchased service" for role, _ in one.providers)
    ]


def _providers(line: Line) -> Iterator[Block]:
    for role, place in _ORDER:
        for named, one in line.providers:
            if named == role:
                yield _provider(role, place, one)


def _provider(role: Role, place: Place, one: Provider) -> Block:
    if role == "purchased service":
        return nameless_block(place, one)
    if role == "ordering":
        return located_block(place, one, telephone=True)
    return provider_block(place, one)


def line_blocks(claim: Claim) -> Iterator[Block]:
    """Yield loop 2400 of each line, numbered from 1."""
    paid = paid_lines(claim)
    for number, line in enumerate(claim.lines, 1):
        blocks = [] if line.drug is None else [drug_block(line.drug)]
        if line.providers:
            blocks += _providers(line)
        blocks += paid.get(number, ())
        yield Block("2400", _segments(claim, line, number), blocks)
