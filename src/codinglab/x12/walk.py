"""The walk of a transaction along its guide: which loop each segment belongs to.

From one segment the guide allows only some next ones; where a segment leads is remembered by
(where we stand, its name, its qualifier), so a file of a million segments is looked up and not
searched. What does not fit is put where it most likely belongs and told once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from codinglab.x12.facts import LoopNode, SegmentNode
from codinglab.x12.finding import Snip
from codinglab.x12.guide import BY_TWO, Guide
from codinglab.x12.loops import Loop, WireSegment
from codinglab.x12.syntax import Delimiters

Step = tuple[int, LoopNode | None, SegmentNode]
"""How many loops to leave, the loop to enter, and where the segment stands."""

Memory = list[dict[str, Step]]
"""For each node of a guide, where a segment of a name and qualifier leads from there."""


_FIRST = (1, 0)


@dataclass(frozen=True, slots=True)
class Misplaced:
    """What is wrong with a segment's or loop's place: `node` is what it is about, if known.

    `error` is its IK304 code.
    """

    id: str
    snip: Snip
    error: str
    loop: Loop
    position: int
    name: str
    node: SegmentNode | LoopNode | None = None
    value: str = ""
    often: int = 0


class Walker:
    """Walks one transaction; `root` is its tree so far.

    `closing` is called with the chain of open loops whenever a loop of those `watched` is
    complete; one for which it returns True is dropped from the tree, so that memory stays
    constant.
    """

    def __init__(
        self,
        guide: Guide,
        marks: Delimiters,
        memory: Memory,
        closing: Callable[[list[Loop]], bool] | None = None,
        watched: frozenset[str] = frozenset(),
    ) -> None:
        """Begin before ST; `memory` is shared by the transactions of one guide and delimiters."""
        self.guide = guide
        self.root = Loop(guide.root)
        self.open = [self.root]
        self.faults: list[Misplaced] = []
        self._marks = marks
        self._memory = memory
        self._next = memory[0]
        self._closing = closing
        self._watched = watched
        self._qualified = guide.qualified
        self._at = guide.nodes[0]
        self._lost = False

    def step(self, text: str, elements: list[str], position: int) -> SegmentNode | None:
        """Put a segment into the tree; return its node, None where it belongs nowhere.

        Faults of place are added to `faults`.
        """
        name = elements[0]
        at = self._qualified.get(name)
        if at is None:
            key = name
        elif at == _FIRST and len(elements) > 1:
            key = f"{name}*{elements[1]}"
        else:
            key = self._key(elements, at)
        found = self._next.get(key)
        if found is None:
            found = self._search(elements, key, position)
            if found is None:
                return None
        self._lost = False
        closed, opened, node = found
        while closed:
            self._close(position)
            closed -= 1
        loop = self.open[-1]
        if opened is not None:
            loop = self._enter(loop, opened, position)
        bit = node.bit
        if node.before & ~loop.seen:
            _note(loop, node.before, position)
        if loop.seen & bit:
            if node.repeat:
                self._again(loop, node, node.repeat, position, name)
        else:
            loop.seen |= bit
        loop.segments.append(WireSegment(text, elements, position, self._marks))
        self._at = node
        self._next = self._memory[node.index]
        return node

    def _key(self, elements: list[str], qualified: tuple[int, int]) -> str:
        """Return name and qualifier of a segment as one text."""
        at, component = qualified
        if at >= len(elements):
            return elements[0] + "*"
        if qualified == BY_TWO:
            return "*".join(elements[:3])
        text = elements[at]
        if component:
            text = text.partition(self._marks.component)[0]
        return f"{elements[0]}*{text}"

    def _search(self, elements: list[str], key: str, position: int) -> Step | None:
        """Find where a segment leads that has not come at this place before."""
        _, told, code = key.partition("*")
        name = elements[0]
        found = self._find(name, told, code)
        if found is not None:
            self._next[key] = found
            return found
        return self._stray(name, told, code.partition("*")[0], position)

    def finish(self, position: int) -> None:
        """Close every loop that is still open: the transaction ends at `position`."""
        while self.open:
            self._close(position)

    def _enter(self, above: Loop, opened: LoopNode, position: int) -> Loop:
        """Open a loop within `above`."""
        loop = Loop(opened)
        if opened.before & ~above.seen:
            _note(above, opened.before, position)
        if above.seen & opened.bit:
            if opened.repeat:
                self._again(above, opened, opened.repeat, position, opened.first.name)
        else:
            above.seen |= opened.bit
        above.loops.append(loop)
        self.open.append(loop)
        return loop

    def _again(
        self, loop: Loop, node: SegmentNode | LoopNode, most: int, position: int, name: str
    ) -> None:
        """Count a further segment or loop of its kind, and tell once when they are too many."""
        if loop.counts is None:
            loop.counts = {}
        often = loop.counts.get(node.bit, 1) + 1
        loop.counts[node.bit] = often
        if often == most + 1:
            inner = isinstance(node, LoopNode)
            self.faults.append(
                Misplaced(
                    "x12.loop_too_often" if inner else "x12.segment_too_often",
                    2,
                    "4" if inner else "5",
                    loop,
                    position,
                    name,
                    node,
                    often=most,
                )
            )

    def _close(self, position: int) -> None:
        loop = self.open[-1]
        absent = loop.node.required & ~loop.seen
        if absent:
            for child in loop.node.children:
                if child.bit & absent:
                    due = loop.due.get(child.bit, position) if loop.due else position
                    self._absent(loop, child, due)
        drop = self._closing is not None and loop.id in self._watched and self._closing(self.open)
        self.open.pop()
        if drop and self.open:
            self.open[-1].loops.pop()

    def _absent(self, loop: Loop, child: SegmentNode | LoopNode, position: int) -> None:
        inner = isinstance(child, LoopNode)
        self.faults.append(
            Misplaced(
                "x12.loop_missing" if inner else "x12.segment_missing",
                2,
                "3",
                loop,
                position,
                child.first.name if isinstance(child, LoopNode) else child.name,
                child,
            )
        )

    def _find(self, name: str, told: str, code: str) -> Step | None:
        """Return where the guide lets the segment stand from here on, None for nowhere."""
        first, _, second = code.partition("*")
        fitting = [
            step
            for step in self._ahead(name)
            if not told or not step[2].qualifiers or first in step[2].qualifiers
        ]
        chosen = [step for step in fitting if second in step[2].seconds]
        return next(iter(chosen or fitting), None)

    def _ahead(self, name: str) -> Iterator[Step]:
        """Yield every place at which a segment called `name` may come next, nearest first."""
        loop: LoopNode | None = self._at.loop
        order, closed = self._at.order, 0
        while loop is not None:
            for child in loop.children:
                if child.order < order:
                    continue
                if isinstance(child, LoopNode):
                    if child.first.name == name:
                        yield closed, child, child.first
                elif child.name == name and (not child.opens or self._is_start(child)):
                    yield closed, None, child
            order, closed, loop = loop.order, closed + 1, loop.parent

    def _is_start(self, node: SegmentNode) -> bool:
        """Say whether `node` is ST at the very beginning."""
        return node.loop.parent is None and not self.root.segments

    def _stray(self, name: str, told: str, code: str, position: int) -> Step | None:
        """Return the likely place of a segment that the guide does not let stand here."""
        if told and not self.guide.known(name, code):
            near = self._nearest(name)
            if near is not None:
                return near  # its code is wrong, which is told of the element
        behind = self._behind(name, code)
        if behind is not None:
            loop = self.open[-1 - behind[0]]
            self.faults.append(
                Misplaced("x12.segment_order", 1, "7", loop, position, name, behind[2], code)
            )
            return behind
        if not self._lost:
            known = any(one.name == name for one in self.guide.nodes)
            self.faults.append(
                Misplaced(
                    "x12.segment_unexpected" if known else "x12.segment_unknown",
                    1 if not known else 2,
                    "2" if known else "1",
                    self.open[-1],
                    position,
                    name,
                    None,
                    code,
                )
            )
        self._lost = True
        return None

    def _nearest(self, name: str) -> Step | None:
        """Return the one place ahead for a segment whose qualifier no place knows."""
        ahead = list(self._ahead(name))
        if not ahead:
            return None
        inner = [one for one in ahead if one[0] == ahead[0][0]]
        wanted = [one for one in inner if self._wanted(one)]
        chosen = wanted or inner
        return chosen[0] if len(chosen) == 1 else None

    def _wanted(self, step: Step) -> bool:
        closed, opened, node = step
        child = opened or node
        return child.usage == "R" and not self.open[-1 - closed].seen & child.bit

    def _behind(self, name: str, code: str) -> Step | None:
        """Return a place that the walk has passed already, in any open loop."""
        for closed, loop in enumerate(reversed(self.open)):
            for child in loop.node.children:
                inner = isinstance(child, LoopNode)
                node = child.first if isinstance(child, LoopNode) else child
                if node.name != name or (node.qualifiers and code not in node.qualifiers):
                    continue
                if isinstance(child, LoopNode):
                    return closed, child, node
                if not inner and not node.opens:
                    return closed, None, node
        return None


def _note(loop: Loop, wanted: int, position: int) -> None:
    """Remember that what `wanted` marks has not come by `position`; it may still, too late."""
    if loop.due is None:
        loop.due = {}
    absent = wanted & ~loop.seen
    while absent:
        bit = absent & -absent
        loop.due.setdefault(bit, position)
        absent ^= bit
