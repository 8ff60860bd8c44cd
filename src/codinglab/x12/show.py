"""X12 in plain words, line by line, indented as the loops nest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codinglab.x12.facts import Place, SegmentNode
from codinglab.x12.guide import Guide
from codinglab.x12.loops import Interchange, Loop
from codinglab.x12.names import element_name, loop_name, segment_name
from codinglab.x12.reading import Reader, Source, read
from codinglab.x12.syntax import Delimiters
from codinglab.x12.tree import find_guide
from codinglab.x12.walk import Walker

STEP = "  "
_HEADERS = {"ISA", "GS", "GE", "IEA", "TA1"}


def lines(source: Source, name: str = "") -> Iterator[str]:
    """Yield `source` as indented lines: each loop by its name, each segment with its elements.

    A segment that the guide has no place for is marked with "?". Raises NotX12 when the source is
    not X12.
    """
    reader = read(source, name)
    now = Interchange()
    told: _Transaction | None = None
    for text in reader:
        elements = text.split(reader.delimiters.element)
        kind = elements[0]
        if kind in _HEADERS:
            told = None
            now = _next(now, elements, reader)
            yield from _header(elements)
        elif kind == "ST" or told is not None:
            if kind == "ST":
                told = _Transaction(find_guide(now.version, elements), reader.delimiters)
            assert told is not None
            yield from told.lines(text, elements)
        elif text:
            yield f"? {text}"


def _next(now: Interchange, elements: Sequence[str], reader: Reader) -> Interchange:
    if elements[0] == "ISA":
        return Interchange(tuple(elements), (), reader.delimiters)
    if elements[0] == "GS":
        return Interchange(now.isa, tuple(elements), reader.delimiters)
    return now


def _header(elements: list[str]) -> Iterator[str]:
    one = Interchange(tuple(elements), tuple(elements))
    if elements[0] == "ISA":
        when = one.day.isoformat() if one.day else "an unknown day"
        yield f"interchange {one.control} from {one.sender} to {one.receiver}, {when}"
    elif elements[0] == "GS":
        yield f"{STEP}group {one.group_control} by the guide {one.version}"
    elif elements[0] == "TA1":
        yield f"{STEP}TA1 {segment_name('TA1')}: {', '.join(elements[1:])}"


class _Transaction:
    """Tells one transaction; without a guide, segment by segment."""

    def __init__(self, guide: Guide | None, marks: Delimiters) -> None:
        self.guide = guide
        self.marks = marks
        self.position = 0
        self.depth = 0
        if guide is not None:
            every = frozenset(node.loop.id for node in guide.nodes)
            self.walker = Walker(guide, marks, [{} for _ in guide.nodes], _forget, every)

    def lines(self, text: str, elements: list[str]) -> Iterator[str]:
        self.position += 1
        if self.guide is None:
            yield f"{STEP * 3}{self.position:>4} {text}"
            return
        node = self.walker.step(text, elements, self.position)
        self.walker.faults.clear()
        depth = len(self.walker.open)
        if node is None:
            yield f"{STEP * (depth + 2)}{self.position:>4} ? {text}"
            return
        if node.opens:
            name = loop_name(self.guide.info.kind, node.loop.id)
            head = f"transaction {self.guide.info.kind}" if depth == 1 else f"{node.loop.id} {name}"
            yield STEP * (depth + 1) + head
        self.walker.open[-1].segments.clear()
        yield f"{STEP * (depth + 2)}{self.position:>4} {self._segment(node, elements)}"

    def _segment(self, node: SegmentNode, elements: list[str]) -> str:
        name = elements[0]
        qualifier = elements[1].partition(self.marks.component)[0] if len(elements) > 1 else ""
        said = [
            f"{element_name(name, place.at, place.number) or place.at} {shown}"
            for place, value in zip(node.shape.places, elements[1:], strict=False)
            if (shown := self._value(name, place, value))
        ]
        return f"{name} {segment_name(name, qualifier)}: {'; '.join(said)}"

    def _value(self, name: str, place: Place, value: str) -> str:
        if not place.parts:
            return value
        parts = zip(place.parts, value.split(self.marks.component), strict=False)
        return ", ".join(
            f"{element_name(name, part.at, part.number) or part.at} {said}"
            for part, said in parts
            if said
        )


def _forget(chain: list[Loop]) -> bool:
    """Drop every loop once it has been told."""
    return bool(chain)
