"""The service lines of an 837 as values: the reverse of `x837_professional_line`."""

from __future__ import annotations

from datetime import date

from codinglab.claim.model import (
    Attachment,
    Drug,
    Equipment,
    Line,
)
from codinglab.claim.parties import Role
from codinglab.claim.x837_fields import (
    Unreadable,
    day_at,
    inner_first,
    needed,
    needed_code,
    needed_number,
    note_at,
    reference_at,
)
from codinglab.claim.x837_read_parties import read_providers
from codinglab.x12.loops import Loop, WireSegment
from codinglab.x12.values import decimal_of, period_of

_LINE_ROLES: tuple[tuple[str, str, Role], ...] = (
    ("2420A", "82", "rendering"),
    ("2420B", "QB", "purchased service"),
    ("2420D", "DQ", "supervising"),
    ("2420E", "DK", "ordering"),
    ("2420F", "DN", "referring"),
)


def read_drug(line: Loop) -> Drug | None:
    """Return the drug of a line (2410), None where there is none or it cannot be read."""
    loop = inner_first(line, "2410")
    if loop is None:
        return None
    item, much = loop.first("LIN"), loop.first("CTP")
    if item is None or much is None or item.get(2) != "N4":
        return None
    quantity = decimal_of(much.get(4))
    if quantity is None:
        return None
    return Drug(item.get(3), quantity, much.part(5, 1), reference_at(loop, "XZ"))


def read_days(loop: Loop) -> tuple[date, date | None] | None:
    """Return first and last day of service (DTP 472); None where there is none.

    The last is None where it is the first. Raises Unreadable when it is no day.
    """
    one = loop.first("DTP", "472")
    if one is None:
        return None
    found = period_of(one.get(3))
    if found is None:
        raise Unreadable(f"DTP03 {one.get(3)!r} is no day", loop.id, one.position, "DTP03")
    return found[0], None if found[0] == found[1] else found[1]


def read_modifiers(one: WireSegment, at: int) -> tuple[str, ...]:
    """Return the modifiers in a procedure (components 3 to 6)."""
    return tuple(part for part in one.parts(at)[2:6] if part)


def _equipment(loop: Loop) -> Equipment | None:
    """Return the equipment of SV5, of a certificate (CR3), or of both; None where neither is."""
    told, certified = loop.first("SV5"), loop.first("CR3")
    if told is None and certified is None:
        return None
    months = None if certified is None else decimal_of(certified.get(3))
    days = None if told is None else decimal_of(told.get(3))
    return Equipment(
        code="" if told is None else told.part(1, 2),
        months=int(months or 0),
        rental=None if told is None else decimal_of(told.get(4)),
        purchase=None if told is None else decimal_of(told.get(5)),
        every="" if told is None else told.get(6),
        days=None if days is None else int(days),
        certification="" if certified is None else needed_code(loop, certified, 1, ("I", "R", "S")),
    )


def read_line(loop: Loop) -> Line:
    """Return a line of loop 2400; raises Unreadable without service, charge, units or day."""
    one = needed(loop, "SV1")
    when = read_days(loop)
    if when is None:
        raise Unreadable("there is no day of service (DTP 472)", "2400", one.position, "DTP03")
    patients = loop.first("QTY", "PT")
    return Line(
        code=one.part(1, 2),
        charge=needed_number(loop, one, 2),
        units=needed_number(loop, one, 4),
        first=when[0],
        last=when[1],
        modifiers=read_modifiers(one, 1),
        unit_kind=needed_code(loop, one, 3, ("UN", "MJ", "DA")),
        pointers=tuple(int(part) for part in one.parts(7) if part.isascii() and part.isdigit()),
        place_of_service=one.get(5),
        description=one.part(1, 7),
        emergency=one.get(9) == "Y",
        epsdt=one.get(11) == "Y",
        family_planning=one.get(12) == "Y",
        drug=read_drug(loop),
        equipment=_equipment(loop),
        providers=tuple(read_providers(loop, _LINE_ROLES)),
        authorization=reference_at(loop, "G1"),
        control_number=reference_at(loop, "6R"),
        note=note_at(loop),
        attachments=tuple(
            Attachment(each.get(1), each.get(2), each.get(6)) for each in loop.all("PWK")
        ),
        prescribed=day_at(loop, "471"),
        patients=None if patients is None else int(decimal_of(patients.get(2)) or 0),
    )
