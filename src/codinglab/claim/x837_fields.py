"""Fields of wire segments as values: days, amounts and hours, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TypeVar

from codinglab.x12.loops import Loop, WireSegment
from codinglab.x12.values import day_of, decimal_of, period_of

T = TypeVar("T", bound=str)


class Unreadable(ValueError):
    """A value without which there is no claim is missing or cannot be read; the message says it."""

    def __init__(self, message: str, loop: str, position: int, element: str) -> None:
        """Take the message and where on the wire it is about."""
        super().__init__(message)
        self.loop = loop
        self.position = position
        self.element = element


def inner(loop: Loop, name: str) -> list[Loop]:
    """Return the loops called `name` that stand directly in `loop`."""
    return [one for one in loop.loops if one.id == name]


def inner_first(loop: Loop, name: str) -> Loop | None:
    """Return the first loop called `name` directly in `loop`, None where there is none."""
    return next((one for one in loop.loops if one.id == name), None)


def _position(loop: Loop, one: WireSegment | None) -> int:
    if one is not None:
        return one.position
    return loop.segments[0].position if loop.segments else 0


def needed(loop: Loop, name: str, qualifier: str = "") -> WireSegment:
    """Return a segment without which there is no claim; raises Unreadable."""
    found = loop.first(name, qualifier)
    if found is None:
        said = f"{name} {qualifier}".strip()
        raise Unreadable(f"there is no {said} in {loop.id}", loop.id, _position(loop, None), name)
    return found


def needed_day(loop: Loop, one: WireSegment, at: int) -> date:
    """Return a day without which there is no claim; raises Unreadable."""
    found = day_of(one.get(at))
    if found is None:
        place = f"{one.name}{at:02}"
        raise Unreadable(f"{place} {one.get(at)!r} is no day", loop.id, one.position, place)
    return found


def needed_number(loop: Loop, one: WireSegment, at: int) -> Decimal:
    """Return a number without which there is no claim; raises Unreadable."""
    found = decimal_of(one.get(at))
    if found is None:
        place = f"{one.name}{at:02}"
        raise Unreadable(f"{place} {one.get(at)!r} is no number", loop.id, one.position, place)
    return found


def needed_code(loop: Loop, one: WireSegment, at: int, allowed: tuple[T, ...], part: int = 0) -> T:
    """Return a code that must be one of `allowed`; raises Unreadable."""
    said = one.part(at, part) if part else one.get(at)
    for code in allowed:
        if code == said:
            return code
    place = f"{one.name}{at:02}" + (f"-{part}" if part else "")
    known = ", ".join(allowed)
    raise Unreadable(f"{place} {said!r} is none of {known}", loop.id, one.position, place)


def day_at(loop: Loop, qualifier: str) -> date | None:
    """Return the day of a DTP segment, None where there is none."""
    found = loop.first("DTP", qualifier)
    return None if found is None else day_of(found.get(3)[:8])


def period_at(loop: Loop, qualifier: str) -> tuple[date, date] | None:
    """Return first and last day of a DTP segment, None where there is none."""
    found = loop.first("DTP", qualifier)
    return None if found is None else period_of(found.get(3))


def amount_at(loop: Loop, qualifier: str) -> Decimal | None:
    """Return the amount of an AMT segment, None where there is none."""
    found = loop.first("AMT", qualifier)
    return None if found is None else decimal_of(found.get(2))


def reference_at(loop: Loop, qualifier: str) -> str:
    """Return the number of a REF segment, blank where there is none."""
    found = loop.first("REF", qualifier)
    return "" if found is None else found.get(2)


def note_at(loop: Loop) -> str:
    """Return the text of the additional note (NTE ADD), blank where there is none."""
    found = loop.first("NTE", "ADD")
    return "" if found is None else found.get(2)


def dotted(code: str) -> str:
    """Return a diagnosis with its point after the third character."""
    return f"{code[:3]}.{code[3:]}" if len(code) > len("I10") else code


def coded_parts(loop: Loop, *kinds: str) -> Iterator[list[str]]:
    """Yield the components of each code in HI segments whose kind is one of `kinds`."""
    for one in loop.segments:
        if one.name == "HI":
            for at in range(1, len(one.elements)):
                parts = one.parts(at)
                if len(parts) > 1 and parts[0] in kinds:
                    yield parts
