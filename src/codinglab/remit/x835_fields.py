"""Fields of an 835's segments as values, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from codinglab.claim.parties import OtherId
from codinglab.claim.x837_fields import Unreadable
from codinglab.remit.model import Contact, Counted
from codinglab.x12.loops import WireSegment
from codinglab.x12.values import day_of, decimal_of

T = TypeVar("T", bound=str)
_FIRST_WAY, _LAST_WAY = 3, 7


Named = Mapping[str, Sequence[WireSegment]]
"""The segments of a part by their name."""

number = lru_cache(maxsize=8192)(decimal_of)
day = lru_cache(maxsize=4096)(day_of)
"""A file says the same amounts and days over and over."""


def by_name(part: Iterable[WireSegment]) -> Named:
    """Return the segments of a part by name, each in its order."""
    found: dict[str, list[WireSegment]] = {}
    for one in part:
        found.setdefault(one.elements[0], []).append(one)
    return found


def unreadable(loop: str, one: WireSegment, place: str, why: str) -> Unreadable:
    """Return the error that the element `place` ("CLP03") of a segment cannot be read."""
    return Unreadable(f"{place} {why}", loop, one.position, place)


def needed_number(loop: str, one: WireSegment, at: int) -> Decimal:
    """Return an amount without which nothing can be posted; raises Unreadable."""
    found = number(one.get(at))
    if found is None:
        raise unreadable(loop, one, f"{one.name}{at:02}", f"{one.get(at)!r} is no number")
    return found


def needed_day(loop: str, one: WireSegment, at: int) -> date:
    """Return a day without which nothing can be posted; raises Unreadable."""
    found = day(one.get(at))
    if found is None:
        raise unreadable(loop, one, f"{one.name}{at:02}", f"{one.get(at)!r} is no day")
    return found


def needed_code(loop: str, one: WireSegment, at: int, allowed: Sequence[T]) -> T:
    """Return a code that must be one of `allowed`; raises Unreadable."""
    said = one.get(at)
    for code in allowed:
        if code == said:
            return code
    known = ", ".join(allowed)
    raise unreadable(loop, one, f"{one.name}{at:02}", f"{said!r} is none of {known}")


def first(part: Iterable[WireSegment], name: str, qualifier: str = "") -> WireSegment | None:
    """Return the first segment called `name`, whose first element is `qualifier` if given."""
    for one in part:
        if one.elements[0] == name and (not qualifier or one.get(1) == qualifier):
            return one
    return None


def text_of(part: Iterable[WireSegment], name: str, qualifier: str) -> str:
    """Return the second element of that segment, blank where there is none."""
    found = first(part, name, qualifier)
    return "" if found is None else found.get(2)


def day_at(part: Iterable[WireSegment], qualifier: str) -> date | None:
    """Return the day of a DTM segment, None where there is none."""
    return day(text_of(part, "DTM", qualifier))


def references(part: Iterable[WireSegment], but: Sequence[str] = ()) -> tuple[OtherId, ...]:
    """Return every REF whose qualifier is none of `but`."""
    return tuple(
        OtherId(one.get(1), one.get(2))
        for one in part
        if one.elements[0] == "REF" and one.get(1) not in but
    )


def counted(part: Iterable[WireSegment], name: str, but: str = "") -> tuple[Counted, ...]:
    """Return every AMT or QTY whose qualifier is not `but`; what is no number is left out."""
    found = []
    for one in part:
        if one.elements[0] == name and one.get(1) != but:
            value = number(one.get(2))
            if value is not None:
                found.append((one.get(1), value))
    return tuple(found)


def contacts(part: Iterable[WireSegment]) -> tuple[Contact, ...]:
    """Return whom every PER names."""
    return tuple(
        Contact(
            one.get(1),
            one.get(2),
            tuple(
                (one.get(at), one.get(at + 1))
                for at in range(_FIRST_WAY, _LAST_WAY + 1, 2)
                if one.get(at) or one.get(at + 1)
            ),
        )
        for one in part
        if one.elements[0] == "PER"
    )
