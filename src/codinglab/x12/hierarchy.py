"""The levels of a transaction: HL numbers, parents, and whether levels follow below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codinglab.x12.finding import WireFinding
from codinglab.x12.loops import Loop, WireSegment

_ABOVE, _BELOW = 2, 4


def _level(loop: Loop) -> WireSegment | None:
    """Return the HL segment that opens `loop`, None where it opens with another."""
    head = loop.segments[0] if loop.segments else None
    return head if head is not None and head.name == "HL" else None


class Hierarchy:
    """Counts the levels of one transaction."""

    def __init__(self, transaction: str) -> None:
        """Begin before the first level of the transaction numbered `transaction`."""
        self.transaction = transaction
        self.count = 0

    def opened(self, chain: Sequence[Loop]) -> Iterator[WireFinding]:
        """Yield what is wrong with the HL that has just opened the last loop of `chain`."""
        level = _level(chain[-1])
        if level is None:
            return
        self.count += 1
        if level.get(1) != str(self.count):
            yield self._told(
                "x12.hl_number",
                chain[-1],
                level,
                1,
                f"HL01 is {level.get(1)!r}, but this is level {self.count} of the transaction.",
                "Number the levels from 1 in steps of 1.",
            )
        above = next((one for one in map(_level, reversed(chain[:-1])) if one is not None), None)
        wanted = above.get(1) if above is not None else ""
        if level.get(_ABOVE) != wanted:
            yield self._told(
                "x12.hl_parent",
                chain[-1],
                level,
                _ABOVE,
                f"HL02 is {level.get(_ABOVE)!r}; the level above is {wanted!r}."
                if wanted
                else f"HL02 is {level.get(_ABOVE)!r}, though no level is above.",
                f"Write {wanted}." if wanted else "Leave HL02 blank.",
            )

    def closed(self, loop: Loop) -> Iterator[WireFinding]:
        """Yield whether HL04 of `loop`, now complete, tells rightly of levels below."""
        level = _level(loop)
        if level is None:
            return
        below = any(loop.seen & child.bit and child.first.name == "HL" for child in loop.node.loops)
        if level.get(_BELOW) in {"0", "1"} and (level.get(_BELOW) == "1") != below:
            yield self._told(
                "x12.hl_child",
                loop,
                level,
                _BELOW,
                "HL04 says that levels follow below, but none does."
                if not below
                else "HL04 says that no level follows below, but one does.",
                f"Write {'1' if below else '0'}; or is a level missing?",
            )

    def _told(  # noqa: PLR0913, PLR0917  the places of one finding
        self, name: str, loop: Loop, level: WireSegment, at: int, message: str, remedy: str
    ) -> WireFinding:
        return WireFinding(
            name,
            1,
            message,
            remedy,
            self.transaction,
            level.position,
            loop.id,
            "HL",
            f"HL{at:02}",
            level.get(at),
            error="I6" if at == _BELOW else "7",
        )
