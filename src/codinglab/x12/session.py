"""The transaction that is being read: its walk, its elements, its levels and its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from codinglab.x12 import npi
from codinglab.x12.conditions import holds, live
from codinglab.x12.elements import Judge, npi_place
from codinglab.x12.facts import Condition, LoopNode, SegmentNode
from codinglab.x12.finding import WireFinding
from codinglab.x12.guide import Guide
from codinglab.x12.hierarchy import Hierarchy
from codinglab.x12.loops import Interchange, Loop, TransactionTree
from codinglab.x12.patterns import compiled
from codinglab.x12.report import claim_of, of_element, of_place
from codinglab.x12.rulebook import built_in
from codinglab.x12.rules import LoopRules
from codinglab.x12.syntax import Delimiters
from codinglab.x12.tree import find_guide
from codinglab.x12.walk import Memory, Walker

TreeRule = Callable[[TransactionTree], Iterable[WireFinding]]
"""A further rule; see `check`."""

_Quick = tuple[set[str], Callable[[str], object], tuple[Condition, ...], int, bool]
"""What was faultless so far, pattern, conditions, the first element that one of them names, and
whether it is to be looked into for an NPI or an address."""

_LOOKED_INTO = {"NM1", "N1", "REF", "N4"}
"""The segments in which an NPI may be, and the one of an address."""

_KEPT = 512
"""Segments of each place that are remembered as faultless: claims repeat each other a lot."""


def _quick(node: SegmentNode, marks: Delimiters) -> _Quick:
    conditions = live(node)
    least = min((min(one.places) for one in conditions), default=99)
    if any(one.kind == "R" for one in conditions):
        least = 0
    return (
        set(),
        compiled(node.shape, marks).fullmatch,
        conditions,
        least,
        node.name in _LOOKED_INTO,
    )


@lru_cache(maxsize=64)
def _dropped(guide: Guide) -> frozenset[str]:
    """Return the loops that may be forgotten once they are judged: the claim and all above it."""
    found: set[str] = set()
    for node in guide.nodes:
        loop: LoopNode | None = node.loop
        if loop is not None and loop.id == guide.info.part:
            while loop is not None and loop.parent is not None:
                found.add(loop.id)
                loop = loop.parent
    return frozenset(found)


class Session:
    """Judges one transaction after the other.

    `going` says whether one is open that a guide is known for.
    """

    def __init__(self, rules: Sequence[TreeRule]) -> None:
        """Begin before the first transaction; `rules` are asked besides the built-in ones."""
        self.going = False
        self._more = rules
        self._memories: dict[tuple[str, Delimiters], Memory] = {}
        self._quicks: dict[tuple[str, Delimiters], list[_Quick | None]] = {}
        self._rules: dict[str, LoopRules] = {}

    def begin(self, elements: list[str], now: Interchange) -> bool:
        """Open the transaction of the ST segment in `elements`; return whether it has a guide."""
        guide = find_guide(now.version, elements)
        if guide is None:
            return False
        self.going = True
        self._guide, self._marks = guide, now.delimiters
        self._kind = guide.info.kind
        self._number = elements[2] if len(elements) > 2 else ""  # noqa: PLR2004  it may lack
        key = guide.info.file, now.delimiters
        memory = self._memories.setdefault(key, [{} for _ in guide.nodes])
        self._quick = self._quicks.setdefault(key, [None] * len(guide.nodes))
        self._levels = Hierarchy(self._number)
        if self._kind not in self._rules:
            self._rules[self._kind] = built_in(self._kind)
        self._asked = self._rules[self._kind]
        self._part = guide.info.part or guide.root.id
        self._drop = _dropped(guide)
        levels = frozenset(node.loop.id for node in guide.nodes if node.loop.level)
        watched = levels | self._drop | self._asked.keys() | {self._part}
        self._walker = Walker(guide, now.delimiters, memory, self._closing, watched)
        self._found: list[WireFinding] = []
        self._tree = TransactionTree(guide.name, self._kind, self._number, self._walker.root, now)
        return True

    def take(self, text: str, elements: list[str], position: int) -> Sequence[WireFinding]:
        """Judge one segment of the open transaction, as text and split; return what is wrong."""
        if not text:
            return (self._empty(position),)
        walker = self._walker
        node = walker.step(text, elements, position)
        if walker.faults or self._found:
            self._gather()
        if node is not None:
            quick = self._quick[node.index]
            if quick is None:
                quick = self._quick[node.index] = _quick(node, self._marks)
            if text not in quick[0] and not _faultless(quick, text, elements):
                self._found += self._elements(node, elements, position)
            if node.name == "HL":
                self._found += self._levels.opened(walker.open)
            elif node.name == "SE":
                self._end(elements, position)
        if self._found:
            found, self._found = self._found, []
            return found
        return ()

    def abandon(self, position: int) -> Iterator[WireFinding]:
        """Close a transaction that has no SE, and yield that it has none."""
        if not self.going:
            return
        self.going = False
        self._walker.finish(position)
        self._gather()
        yield from self._found

    def _end(self, elements: list[str], position: int) -> None:
        self.going = False
        self._walker.finish(position)
        self._gather()
        self._found += self._trailer(elements, position)

    def _trailer(self, elements: list[str], position: int) -> Iterator[WireFinding]:
        said = elements[1] if len(elements) > 1 else ""
        if not said.isdecimal() or int(said[:10]) != position:
            yield WireFinding(
                "x12.segment_count",
                1,
                f"SE01 is {said!r}, but the transaction has {position} segments from ST to SE.",
                f"Write {position}; or is a segment missing?",
                self._number,
                position,
                "ST",
                "SE",
                "SE01",
                said,
                error="4",
            )
        repeated = elements[2] if len(elements) > 2 else ""  # noqa: PLR2004  it may lack
        if repeated != self._number:
            yield WireFinding(
                "x12.transaction_number",
                1,
                f"SE02 is {repeated!r}, but ST02 is {self._number!r}.",
                f"Write {self._number}.",
                self._number,
                position,
                "ST",
                "SE",
                "SE02",
                repeated,
                error="3",
            )

    def _empty(self, position: int) -> WireFinding:
        return WireFinding(
            "x12.empty_segment",
            1,
            "there is an empty segment: two terminators with nothing between them.",
            "Take one out.",
            self._number,
            position,
            error="1",
        )

    def _closing(self, chain: list[Loop]) -> bool:
        loop = chain[-1]
        if loop.node.level:
            self._found += self._levels.closed(loop)
        for rule in self._asked.get(loop.id, ()):
            self._found += rule(self._tree, chain)
        if self._more and loop.id == self._part:
            for more in self._more:
                self._found += more(self._tree)
        return loop.id in self._drop

    def _gather(self) -> None:
        """Turn what the walk found wrong into findings, before those of rules."""
        faults, self._walker.faults = self._walker.faults, []
        claim = claim_of(self._walker.open)
        told = [of_place(one, self._kind, self._number, claim) for one in faults]
        self._found[:0] = told

    def _elements(
        self, node: SegmentNode, elements: list[str], position: int
    ) -> Iterator[WireFinding]:
        claim = claim_of(self._walker.open)
        for fault in Judge(node, elements, self._marks).faults():
            yield of_element(fault, node, position, self._number, claim)


def _faultless(quick: _Quick, text: str, elements: list[str]) -> bool:
    """Say whether a segment has no fault of its elements, as far as a quick look tells."""
    good, match, conditions, least, identified = quick
    if (
        match(text) is None
        or (least < len(elements) and not all(holds(one, elements) for one in conditions))
        or (identified and not _identified(elements[0], elements))
    ):
        return False
    if len(good) < _KEPT:
        good.add(text)
    return True


def _identified(name: str, elements: list[str]) -> bool:
    if name == "N4":
        return len(elements) > 3 and bool(elements[2] and elements[3])  # noqa: PLR2004  up to the postal code
    at = npi_place(name, elements)
    return not at or npi.is_npi(elements[at])
