"""What of an 835 the values read from it do not hold: found by writing them again.

Nothing is lost in silence, since every code and amount that the second writing lacks is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from codinglab.claim.x837_atoms import Atom, atoms, joined
from codinglab.core.findings import Severity
from codinglab.x12.finding import WireFinding
from codinglab.x12.loops import WireSegment
from codinglab.x12.syntax import Delimiters, Segment, amount
from codinglab.x12.values import decimal_of

_ALWAYS_OF_A_KIND = frozenset({"REF", "DTM", "AMT", "QTY", "NM1", "PER", "LQ", "TS3", "TS2"})
_UNITS, _SHARE, _PLB_FIRST, _PLB_LAST = 5, 5, 3, 13


def _with(atom: Atom, at: int, text: str) -> Atom:
    padded = [*atom, *[""] * (at + 1 - len(atom))]
    padded[at] = text
    while padded and not padded[-1]:
        padded.pop()
    return tuple(padded)


def _said(segment: Segment | Sequence[str], mark: str) -> list[Atom]:
    """Return what a segment says, in a form in which equal things are equal.

    Units that are left out are one (SVC05), a patient's share that is left out is nothing.
    """
    found = []
    for atom in atoms(segment, mark):
        if atom == ("PER", "BL"):
            continue  # it must be there, and says nothing
        if atom[0] == "PLB":
            pairs = range(_PLB_FIRST, min(_PLB_LAST, len(atom) - 1) + 1, 2)
            found += [(*atom[:3], *atom[at : at + 2]) for at in pairs]
        elif atom[0] == "SVC" and not any(atom[_UNITS : _UNITS + 1]):
            found.append(_with(atom, _UNITS, "1"))
        elif atom[0] == "CLP" and atom[_SHARE : _SHARE + 1] == ("0",):
            found.append(_with(atom, _SHARE, ""))
        else:
            found.append(tuple(_number(one) for one in atom))
    return found


def _number(text: str) -> str:
    """Return an amount that is written with needless zeros or a bare point without them."""
    if text[:1] in {".", "0"} and "." in text:
        value = decimal_of(text)
        return text if value is None else amount(value)
    return text


def _text(segment: Segment, marks: Delimiters) -> str:
    """Return a written segment as it would stand on the wire, without its terminator."""
    element, mark = marks.element, marks.component
    try:
        return element.join(segment).rstrip(element)  # type: ignore[arg-type]
    except TypeError:
        parts = [one if isinstance(one, str) else mark.join(one).rstrip(mark) for one in segment]
        return element.join(parts).rstrip(element)


def _same(written: Sequence[Segment], wire: Sequence[WireSegment], marks: Delimiters) -> bool:
    """Say whether the wire is, letter by letter, what is written: nearly all of it is."""
    if len(written) != len(wire):
        return False
    for segment, one in zip(written, wire, strict=True):
        if _text(segment, marks) != one.text:
            return False
    return True


class Left:
    """Collects a finding for each thing that the wire says and the values do not, or else."""

    def __init__(self, transaction: str, marks: Delimiters) -> None:
        """Take the transaction's number (ST02) and the marks of its interchange."""
        self.findings: list[WireFinding] = []
        self._transaction = transaction
        self._marks = marks
        self._mark = marks.component

    def compare(
        self, loop: str, written: Iterable[Segment], wire: Sequence[WireSegment], claim: str = ""
    ) -> None:
        """Compare one part of the wire with what is written of it."""
        told_by, mark = list(written), self._mark
        if _same(told_by, wire, self._marks):
            return
        differing = Counter([joined(one, mark) for one in told_by])
        on_the_wire = []
        for segment in wire:
            said = tuple(segment.elements)
            if differing.get(said):
                differing[said] -= 1
            else:
                on_the_wire.append(segment)
        told = [one for one, often in differing.items() for _ in range(often)]
        if not told and not on_the_wire:
            return
        self._differ(loop, told, on_the_wire, claim, wire[0].position if wire else 1)

    def _differ(
        self, loop: str, told: list[Atom], wire: list[WireSegment], claim: str, at: int
    ) -> None:
        mark = self._mark
        written = Counter(atom for one in told for atom in _said(one, mark))
        left: list[tuple[WireSegment, Atom]] = []
        for segment in wire:
            for atom in _said(segment.elements, mark):
                if written[atom]:
                    written[atom] -= 1
                else:
                    left.append((segment, atom))
        added = [atom for atom, often in written.items() for _ in range(often)]
        for segment, atom in left:
            self._left(loop, segment, atom, _counterpart(atom, added), claim)
        for atom in added:
            said = "*".join(atom)
            message = f"{said} is understood, though the file does not say it."
            self._tell("x835.added", message, loop, at, said, claim)

    def _left(
        self, loop: str, segment: WireSegment, atom: Atom, other: Atom | None, claim: str
    ) -> None:
        said = "*".join(atom)
        if other is None:
            name, message = (
                "x835.left_out",
                f"{said} is left out: a remittance has no place for it.",
            )
        else:
            name, message = "x835.changed", f"{said} is read as {'*'.join(other)}."
        self._tell(name, message, loop, segment.position, said, claim)

    def _tell(  # noqa: PLR0913, PLR0917  the places of one finding
        self, name: str, message: str, loop: str, position: int, said: str, claim: str
    ) -> None:
        self.findings.append(
            WireFinding(
                name,
                2,
                message,
                "Keep the original file where this matters.",
                self._transaction,
                position,
                loop,
                said.partition("*")[0],
                value=said,
                claim=claim,
                severity=Severity.WARNING,
            )
        )

    def unplaced(self, segments: Iterable[WireSegment]) -> None:
        """Tell of segments that stand where no part of an 835 is."""
        for one in segments:
            message = f"{one.text[:60]} is left out: it stands where an 835 has no place for it."
            self._tell("x835.unplaced", message, "ST", one.position, "*".join(one.elements), "")


def _counterpart(atom: Atom, added: list[Atom]) -> Atom | None:
    """Take from `added` what stands for `atom`: the same segment, qualifier by preference."""
    same = [one for one in added if one[0] == atom[0]]
    near = [one for one in same if one[1:2] == atom[1:2]]
    loose = atom[0] not in _ALWAYS_OF_A_KIND
    chosen = next(iter(near or (same if loose else ())), None)
    if chosen is not None:
        added.remove(chosen)
    return chosen
