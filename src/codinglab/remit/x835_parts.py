"""An 835 cut into its parts: head, payer, payee, claims with their lines, provider adjustments.

It asks no guide, since the parts of every version stand in this order; so an 835 of a version
without tables is read too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from codinglab.x12.loops import Interchange, WireSegment
from codinglab.x12.reading import Source, read
from codinglab.x12.syntax import Delimiters

_BETWEEN = frozenset({"ISA", "GS", "GE", "IEA", "TA1", "ST"})
_TRANSACTION = "835"


@dataclass(slots=True)
class ClaimPart:
    """The segments of a claim (from CLP on), and those of each line (from SVC on)."""

    segments: list[WireSegment]
    lines: list[list[WireSegment]] = field(default_factory=list)


@dataclass(slots=True)
class Parts:
    """One 835 in parts; `groups` are LX, TS3 and TS2, `unplaced` what belongs nowhere.

    `control` is ST02, `last` the number of its segments.
    """

    control: str
    interchange: Interchange
    head: list[WireSegment] = field(default_factory=list)
    payer: list[WireSegment] = field(default_factory=list)
    payee: list[WireSegment] = field(default_factory=list)
    groups: list[WireSegment] = field(default_factory=list)
    claims: list[ClaimPart] = field(default_factory=list)
    provider: list[WireSegment] = field(default_factory=list)
    unplaced: list[WireSegment] = field(default_factory=list)
    last: int = 0
    closed: bool = False


class _Cutter:
    """Cuts one transaction; each segment goes where the one before it stands, or further down."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._into = parts.head

    def close(self) -> None:
        """End the transaction: what follows belongs to none, as where an ST is missing."""
        self.parts.closed = True

    def take(self, segment: WireSegment) -> None:
        parts, name = self.parts, segment.elements[0]
        if parts.closed:
            parts.unplaced.append(segment)
        elif name == "CLP":
            parts.claims.append(ClaimPart([segment]))
            self._into = parts.claims[-1].segments
        elif name == "SVC" and parts.claims:
            parts.claims[-1].lines.append([segment])
            self._into = parts.claims[-1].lines[-1]
        elif name == "LX":
            parts.groups.append(segment)
            self._into = parts.groups
        elif name == "PLB":
            parts.provider.append(segment)
            self._into = parts.unplaced
        elif name == "N1":
            self._named(segment)
        else:
            self._into.append(segment)

    def _named(self, segment: WireSegment) -> None:
        parts, role = self.parts, segment.get(1)
        into = {"PR": parts.payer, "PE": parts.payee}.get(role)
        if into is None or into or parts.claims:
            into = parts.unplaced
        into.append(segment)
        self._into = into


def _next(between: Interchange, elements: list[str], marks: Delimiters) -> Interchange:
    if elements[0] == "ISA":
        return Interchange(tuple(elements), (), marks)
    return Interchange(between.isa, tuple(elements), marks) if elements[0] == "GS" else between


def _opened(elements: list[str], between: Interchange) -> _Cutter | None:
    """Return what cuts the transaction of an ST segment, None where it is no 835."""
    if elements[1:2] != [_TRANSACTION]:
        return None
    return _Cutter(Parts(elements[2] if len(elements) > len("ST") else "", between))


def _tidy(text: str) -> str:
    """Return a segment that ends with its line without a mark before its name."""
    return text[1:] if text and not text[0].isalnum() else text


def cut(source: Source, name: str = "") -> Iterator[Parts]:
    """Yield the parts of each 835 of `source`; other transactions are passed by.

    Raises NotX12 when the source is not X12.
    """
    reader = read(source, name)
    between, going, position = Interchange(), None, 0
    for whole in reader:
        marks = reader.delimiters
        text = _tidy(whole) if marks.segment in "\r\n" else whole
        elements = text.split(marks.element)
        kind = elements[0]
        if kind in _BETWEEN:
            if going is not None:
                yield going.parts
            between = _next(between, elements, marks)
            going, position = _opened(elements, between) if kind == "ST" else None, 1
        elif going is not None:
            position += 1
            going.parts.last = position
            if kind == "SE":
                going.close()
            elif text:
                going.take(WireSegment(text, elements, position, marks))
    if going is not None:
        yield going.parts
