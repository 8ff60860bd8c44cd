"""The least things that an 837 says, in a form in which equal ones are equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from codinglab.claim.x837_block import Block
from codinglab.x12.loops import Loop
from codinglab.x12.syntax import Element, Segment, amount
from codinglab.x12.values import NUMBER, decimal_of

Atom = tuple[str, ...]
"""The least thing that is compared: a segment, or one code of an HI, one reason of a CAS."""

_COUNTED = frozenset({"HL", "LX", "ST", "SE", "BHT"})
"""Segments that number or open what follows; they hold nothing of a claim."""


_REASON = 3  # elements of one reason in a CAS: code, amount, quantity
_PERIOD = 2  # a DTP03 of two days


def _plain(text: str) -> str:
    """Return a number without needless zeros; other texts as they are."""
    if "." in text and NUMBER.fullmatch(text):
        value = decimal_of(text)
        return text if value is None else amount(value)
    return text


def _element(value: Element, mark: str) -> str:
    parts = value.split(mark) if isinstance(value, str) else list(value)
    return mark.join(_plain(one) for one in parts).rstrip(mark)


def stripped(parts: Iterable[str]) -> Atom:
    """Return the parts without empty ones at the end."""
    found = list(parts)
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def joined(segment: Segment, mark: str) -> Atom:
    """Return a written segment as its elements stand on the wire."""
    return stripped(
        [one if isinstance(one, str) else mark.join(one).rstrip(mark) for one in segment]
    )


def _same_day(atom: Atom) -> Atom:
    """Return a period of one day as that day."""
    if atom[0] == "DTP" and atom[2:3] == ("RD8",):
        days = atom[3].split("-") if len(atom) > len(("DTP", "472", "RD8")) else []
        if len(days) == _PERIOD and days[0] == days[1]:
            return (*atom[:2], "D8", days[0])
    return atom


def atoms(segment: Segment | Sequence[str], mark: str) -> list[Atom]:
    """Return what one segment says, in a form in which equal things are equal.

    `mark` separates the components of an element. Codes of an HI and reasons of a CAS stand each
    for itself, since a segment may hold several.
    """
    name, *elements = (_element(one, mark) for one in segment)
    if name in _COUNTED:
        return []
    if name == "HI":
        return [(name, one) for one in elements if one]
    if name == "CAS":
        reasons = range(1, len(elements), _REASON)
        return [stripped((name, elements[0], *elements[at : at + _REASON])) for at in reasons]
    whole = stripped((name, *elements))
    return [_same_day(whole)] if whole else []


def paired(block: Block, loop: Loop) -> Iterator[tuple[Block | None, Loop | None]]:
    """Pair the inner loops of both sides: those of one name (and NM101) in their order."""
    written: dict[str, list[Block]] = {}
    for one in block.blocks:
        first = one.segments[0]
        written.setdefault(_kind(one.id, str(first[0]), str(first[1])), []).append(one)
    for found in loop.loops:
        if found.segments:
            first_wire = found.segments[0]
            kind = _kind(found.id, first_wire.name, first_wire.get(1))
            same = written.get(kind)
            yield (same.pop(0) if same else None), found
    for left in written.values():
        yield from ((one, None) for one in left)


def _kind(loop: str, name: str, code: str) -> str:
    return f"{loop}*{code}" if name == "NM1" else loop
