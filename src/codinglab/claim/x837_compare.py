"""What of a wire the claim read from it cannot hold: found by writing it again and comparing.

Nothing is lost in silence, since every code and amount that the second writing lacks is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from codinglab.claim.x837_block import Block
from codinglab.core.findings import Severity
from codinglab.x12.finding import WireFinding
from codinglab.x12.loops import Loop, WireSegment
from codinglab.x12.syntax import Element, Segment, amount
from codinglab.x12.values import NUMBER, decimal_of

Atom = tuple[str, ...]
"""The least thing that is compared: a segment, or one code of an HI, one reason of a CAS."""

_COUNTED = frozenset({"HL", "LX", "ST", "SE", "BHT"})
"""Segments that number or open what follows; they hold nothing of a claim."""

_ICD_9 = frozenset({"BK", "BF", "BJ", "PR", "BN", "BR", "BQ"})
"""Qualifiers of ICD-9-CM, which no service or discharge from 2015-10-01 on is coded in."""

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


def _stripped(parts: Iterable[str]) -> Atom:
    found = list(parts)
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _joined(segment: Segment, mark: str) -> Atom:
    """Return a written segment as its elements stand on the wire."""
    return _stripped(
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
        return [_stripped((name, elements[0], *elements[at : at + _REASON])) for at in reasons]
    return [_same_day(_stripped((name, *elements)))]


def _loops(block: Block, loop: Loop) -> Iterator[tuple[Block | None, Loop | None]]:
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


class Told:
    """Collects a finding for each thing that the wire says and the claim does not, or else.

    Loops named 2000B, 2000C and 2300 within another are claims of their own and left alone.
    """

    def __init__(self, transaction: str, mark: str) -> None:
        """Take the transaction's number (ST02) and the mark between components."""
        self.findings: list[WireFinding] = []
        self._claim = ""
        self._transaction = transaction
        self._mark = mark
        self._place = ""

    def compare(self, block: Block, loop: Loop, claim: str = "", place: str = "") -> None:
        """Compare one loop with what is written of it, and the loops within.

        `claim` is the patient control number, `place` the claim's place of service, which a line
        may repeat.
        """
        self._claim, self._place = claim, place
        self._compare(block, loop)

    def _atoms(self, segment: WireSegment) -> list[Atom]:
        found = atoms(segment.elements, self._mark)
        if segment.name == "SV1" and segment.get(5) == self._place:
            return [_stripped((*one[:5], "", *one[6:])) for one in found]
        return found

    def _compare(self, block: Block, loop: Loop) -> None:
        differing, on_the_wire = self._differing(block, loop)
        written = Counter(atom for one in differing for atom in atoms(one, self._mark))
        left: list[tuple[WireSegment, Atom]] = []
        for segment in on_the_wire:
            for atom in self._atoms(segment):
                if written[atom]:
                    written[atom] -= 1
                else:
                    left.append((segment, atom))
        added = [atom for atom, often in written.items() for _ in range(often)]
        for segment, atom in left:
            self._left(loop, segment, atom, _counterpart(atom, added))
        for atom in added:
            self._added(loop.id, loop.segments[0].position, atom)
        for inner_block, inner_loop in _loops(block, loop):
            self._pair(loop, inner_block, inner_loop)

    def _differing(self, block: Block, loop: Loop) -> tuple[list[Atom], list[WireSegment]]:
        """Return the segments of both sides that do not stand on the other letter by letter."""
        written = Counter(_joined(one, self._mark) for one in block.segments)
        on_the_wire = []
        for segment in loop.segments:
            said = tuple(segment.elements)
            if written.get(said):
                written[said] -= 1
            else:
                on_the_wire.append(segment)
        return list(written.elements()), on_the_wire

    def _pair(self, above: Loop, block: Block | None, loop: Loop | None) -> None:
        if loop is not None and loop.id in {"2000B", "2000C", "2300"}:
            return
        if block is not None and loop is not None:
            self._compare(block, loop)
        elif loop is not None:
            for where, segment in loop.walk():
                for atom in self._atoms(segment):
                    self._left(where, segment, atom, None)
        elif block is not None:
            for written in block.all():
                for atom in atoms(written, self._mark):
                    self._added(block.id, above.segments[0].position, atom)

    def _left(self, loop: Loop, segment: WireSegment, atom: Atom, other: Atom | None) -> None:
        said, instead = "*".join(atom), "*".join(other or ())
        if other is None:
            name, message = "x837.left_out", f"{said} is left out: {_why(atom)}."
        else:
            name, message = "x837.changed", f"{said} is read as {instead}."
        self.findings.append(
            WireFinding(
                name,
                2,
                message,
                "Keep the original file where this matters.",
                self._transaction,
                segment.position,
                loop.id,
                segment.name,
                value=said,
                claim=self._claim,
                severity=Severity.WARNING,
            )
        )

    def _added(self, loop: str, position: int, atom: Atom) -> None:
        said = "*".join(atom)
        self.findings.append(
            WireFinding(
                "x837.added",
                2,
                f"{said} is understood, though the file does not say it.",
                "Keep the original file where this matters.",
                self._transaction,
                position,
                loop,
                atom[0],
                value=said,
                claim=self._claim,
                severity=Severity.WARNING,
            )
        )


def _why(atom: Atom) -> str:
    if atom[0] == "HI" and atom[1].split(":", 1)[0] in _ICD_9:
        return "it is an ICD-9-CM code, and a claim here holds ICD-10-CM and ICD-10-PCS"
    return "a claim here has no place for it"


def _counterpart(atom: Atom, added: list[Atom]) -> Atom | None:
    """Take from `added` what stands for `atom`: the same segment, qualifier by preference."""
    same = [one for one in added if one[0] == atom[0]]
    near = [one for one in same if one[1:2] == atom[1:2]]
    chosen = next(iter(near or (same if atom[0] not in {"REF", "DTP", "AMT"} else ())), None)
    if chosen is not None:
        added.remove(chosen)
    return chosen
