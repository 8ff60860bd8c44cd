"""What of a wire the claim read from it cannot hold: found by writing it again and comparing.

Nothing is lost in silence, since every code and amount that the second writing lacks is told.
"""

from __future__ import annotations

from collections import Counter

from codinglab.claim.x837_atoms import Atom, atoms, joined, paired, stripped
from codinglab.claim.x837_block import Block
from codinglab.core.findings import Severity
from codinglab.x12.finding import WireFinding
from codinglab.x12.loops import Loop, WireSegment

_ICD_9 = frozenset({"BK", "BF", "BJ", "PR", "BN", "BR", "BQ"})
"""Qualifiers of ICD-9-CM, which no service or discharge from 2015-10-01 on is coded in."""


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
            return [stripped((*one[:5], "", *one[6:])) for one in found]
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
        for inner_block, inner_loop in paired(block, loop):
            self._pair(loop, inner_block, inner_loop)

    def _differing(self, block: Block, loop: Loop) -> tuple[list[Atom], list[WireSegment]]:
        """Return the segments of both sides that do not stand on the other letter by letter."""
        written = Counter(joined(one, self._mark) for one in block.segments)
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
