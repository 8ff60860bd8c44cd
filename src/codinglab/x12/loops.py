"""A transaction as a tree: loops that hold segments and further loops, as its guide nests them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from codinglab.x12.facts import LoopNode
from codinglab.x12.syntax import Delimiters
from codinglab.x12.values import day_of


class WireSegment:
    """One segment of a transaction; `position` counts from ST as 1."""

    __slots__ = ("_marks", "elements", "position", "text")

    def __init__(self, text: str, elements: list[str], position: int, marks: Delimiters) -> None:
        """Take the segment as text, and as name and elements not yet split into components."""
        self.text = text
        self.elements = elements
        self.position = position
        self._marks = marks

    @property
    def name(self) -> str:
        """Return the segment's name: "NM1"."""
        return self.elements[0]

    def get(self, at: int) -> str:
        """Return the element at place `at` from 1 as it stands, blank where there is none."""
        return self.elements[at] if at < len(self.elements) else ""

    def parts(self, at: int) -> list[str]:
        """Return the components of the element at place `at` from 1; none where it is blank."""
        text = self.get(at)
        return text.split(self._marks.component) if text else []

    def part(self, at: int, component: int) -> str:
        """Return one component of an element, both counted from 1, blank where there is none."""
        parts = self.get(at).split(self._marks.component)
        return parts[component - 1] if component <= len(parts) else ""

    def repeats(self, at: int) -> list[str]:
        """Return the repetitions of the element at place `at` from 1."""
        text = self.get(at)
        mark = self._marks.repetition
        return (text.split(mark) if mark else [text]) if text else []

    def __repr__(self) -> str:
        """Return the segment as it stands, with its position."""
        return f"<{self.position}: {self.text}>"


class Loop:
    """One loop: the segments that stand in it, and the loops within it, both in order."""

    __slots__ = ("counts", "due", "id", "loops", "node", "seen", "segments")

    def __init__(self, node: LoopNode) -> None:
        """Begin an empty loop of the kind that `node` describes."""
        self.id = node.id
        self.node = node
        self.segments: list[WireSegment] = []
        self.loops: list[Loop] = []
        self.seen = 0
        self.counts: dict[int, int] | None = None
        self.due: dict[int, int] | None = None

    def loops_of(self, name: str) -> list[Loop]:
        """Return all loops called `name` below this one, at any depth, in order."""
        return list(self._below(name))

    def _below(self, name: str) -> Iterator[Loop]:
        for loop in self.loops:
            if loop.id == name:
                yield loop
            if loop.loops:
                yield from loop._below(name)  # noqa: SLF001  its own kind

    def loop(self, name: str) -> Loop | None:
        """Return the first loop called `name` below this one, None where there is none."""
        return next(self._below(name), None)

    def first(self, name: str, qualifier: str = "") -> WireSegment | None:
        """Return the first segment called `name` in this very loop, None where there is none.

        With a `qualifier` its first element (or component) must be that.
        """
        return next(self._named(name, qualifier), None)

    def all(self, name: str, qualifier: str = "") -> list[WireSegment]:
        """Return all segments called `name` in this very loop, with that `qualifier` if given."""
        return list(self._named(name, qualifier))

    def _named(self, name: str, qualifier: str) -> Iterator[WireSegment]:
        for one in self.segments:
            if one.elements[0] == name and (
                not qualifier or qualifier in {one.get(1), one.part(1, 1)}
            ):
                yield one

    def walk(self) -> Iterator[tuple[Loop, WireSegment]]:
        """Yield every segment of this loop and of those below it, each with its loop.

        A loop's own segments come before its loops, so segments that the guide places behind an
        inner loop (SE, PLB) come early; their `position` tells the order.
        """
        for one in self.segments:
            yield self, one
        for loop in self.loops:
            yield from loop.walk()

    def __repr__(self) -> str:
        """Return the loop's name and how much it holds."""
        return f"<{self.id}: {len(self.segments)} segments, {len(self.loops)} loops>"


@dataclass(frozen=True, slots=True)
class Interchange:
    """What ISA and GS say: who to whom, when, the control numbers, and the delimiters."""

    isa: tuple[str, ...] = ()
    gs: tuple[str, ...] = ()
    delimiters: Delimiters = field(default_factory=Delimiters)

    def _isa(self, at: int) -> str:
        return self.isa[at].strip() if at < len(self.isa) else ""

    def _gs(self, at: int) -> str:
        return self.gs[at] if at < len(self.gs) else ""

    @property
    def sender(self) -> str:
        """Return ISA06 without its blanks."""
        return self._isa(6)

    @property
    def receiver(self) -> str:
        """Return ISA08 without its blanks."""
        return self._isa(8)

    @property
    def control(self) -> str:
        """Return ISA13."""
        return self._isa(13)

    @property
    def day(self) -> date | None:
        """Return the day in ISA09, None where it is no day."""
        return day_of(self._isa(9))

    @property
    def group_sender(self) -> str:
        """Return GS02."""
        return self._gs(2)

    @property
    def group_receiver(self) -> str:
        """Return GS03."""
        return self._gs(3)

    @property
    def group_control(self) -> str:
        """Return GS06."""
        return self._gs(6)

    @property
    def version(self) -> str:
        """Return GS08, the number of the guide."""
        return self._gs(8)


@dataclass(slots=True)
class TransactionTree:
    """One transaction: its guide and kind ("837P"), its number (ST02), and the loop from ST to SE.

    Handed to a rule by `check`, it holds one claim at a time with all that stands above it.
    """

    guide: str
    kind: str
    control: str
    root: Loop
    interchange: Interchange

    def loop(self, name: str) -> Loop | None:
        """Return the first loop called `name`, None where there is none."""
        return self.root if name == self.root.id else self.root.loop(name)

    def loops_of(self, name: str) -> list[Loop]:
        """Return all loops called `name`, at any depth, in order."""
        return self.root.loops_of(name)

    def first(self, name: str, qualifier: str = "") -> WireSegment | None:
        """Return the first segment called `name` outside all loops (BHT, BPR, ST)."""
        return self.root.first(name, qualifier)

    def all(self, name: str, qualifier: str = "") -> list[WireSegment]:
        """Return all segments called `name` outside all loops."""
        return self.root.all(name, qualifier)
