"""The guides as tables: which segments a transaction has, in which order, holding what.

The tables lie in code_sets/x12_guides; a transaction names its guide itself (GS08, ST03), so no
date chooses one.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from codinglab.core.places import data_folder
from codinglab.x12.facts import Condition, LoopNode, Place, SegmentNode, Shape

RELEASE = "2026"
_OPENING = "+"
BY_TWO = (1, -2)
"""Where qualifiers stand for a name that takes the first two elements to be told apart."""


class NoGuide(LookupError):
    """The lab has no tables of that guide; that says nothing of whether it exists."""


@dataclass(frozen=True, slots=True)
class GuideInfo:
    """What guides.csv says of a guide.

    `kind` is its name in this lab ("837P"), `transaction` stands in ST01, `group` in GS01, and
    `part` is the loop that holds one claim or answer, blank where the whole is one. `file` begins
    the names of its tables: a guide of a question and its answer has two.
    """

    guide: str
    kind: str
    transaction: str
    group: str
    part: str
    file: str


@dataclass(frozen=True, slots=True, eq=False)
class Guide:
    """One guide: its root loop, every segment node, and where qualifiers stand by segment name."""

    info: GuideInfo
    root: LoopNode
    nodes: tuple[SegmentNode, ...]
    qualified: dict[str, tuple[int, int]]

    @property
    def name(self) -> str:
        """Return the guide's number: "005010X222A1"."""
        return self.info.guide

    def known(self, name: str, qualifier: str) -> bool:
        """Say whether any segment called `name` has `qualifier` anywhere in the guide."""
        return any(one.name == name and qualifier in one.qualifiers for one in self.nodes)


def folder() -> Path:
    """Return the folder of the guides' tables."""
    return data_folder("code_sets") / "x12_guides" / RELEASE


def table(name: str) -> Iterator[list[str]]:
    """Yield the rows of the file `name` in that folder, without its header.

    Raises BadData when a row has not as many fields as the header.
    """
    path = folder() / name
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, strict=True)
        width = len(next(rows))
        for row in rows:
            if len(row) != width:
                from codinglab.core.tables import BadData  # brings pydantic with it

                raise BadData(f"{path}, line {rows.line_num}: has not {width} fields; add commas")
            yield row


@lru_cache(maxsize=1)
def guides() -> tuple[GuideInfo, ...]:
    """Return every guide of which the lab has tables."""
    return tuple(GuideInfo(*row) for row in table("guides.csv"))


def info(name: str, transaction: str = "") -> GuideInfo:
    """Return what is known of the guide `name`, of its `transaction` (ST01) where it has several.

    Another transaction than the guide's own counts for nothing. Raises NoGuide for a guide
    without tables.
    """
    found = [one for one in guides() if one.guide == name]
    if not found:
        known = ", ".join(dict.fromkeys(one.guide for one in guides()))
        raise NoGuide(f"no tables of the guide {name!r}; those here: {known}")
    return next((one for one in found if one.transaction == transaction), found[0])


@lru_cache(maxsize=1)
def _numbers() -> dict[str, tuple[str, int, int]]:
    """Return type, least and greatest length of each data element, by number."""
    return {row[0]: (row[1], int(row[2]), int(row[3])) for row in table("elements.csv")}


def _place(row: list[str], parts: list[Place]) -> Place:
    _, at, number, usage, repeat, codes, pattern = row
    kind, low, high = _numbers().get(number, ("", 0, 0))  # a composite has no type
    listed = frozenset(codes.split("|")) if codes and codes[0] != "=" else frozenset()
    return Place(
        at,
        number,
        usage,
        int(repeat or 1),
        kind,
        low,
        high,
        listed,
        codes[1:] if codes[:1] == "=" else "",
        pattern,
        tuple(parts),
    )


def shapes(name: str) -> dict[str, Shape]:
    """Return the shapes of the segments of the guide `name`."""
    gathered: dict[str, list[tuple[list[str], list[Place]]]] = {}
    for row in table(f"{name}.elements.csv"):
        places = gathered.setdefault(row[0], [])
        if "-" in row[1]:
            places[-1][1].append(_place(row, []))
        else:
            places.append((row, []))
    return {
        shape: Shape(
            shape, shape.partition(".")[0], tuple(_place(row, parts) for row, parts in places)
        )
        for shape, places in gathered.items()
    }


def _conditions(text: str) -> tuple[Condition, ...]:
    return tuple(
        Condition(one[0], tuple(int(one[at : at + 2]) for at in range(1, len(one), 2)))
        for one in text.split()
    )


class _Builder:
    """Puts the rows of a guide together as a tree of nodes."""

    def __init__(self, name: str) -> None:
        self.shapes = shapes(name)
        self.rows: dict[str, list[list[str]]] = {}
        for row in table(f"{name}.csv"):
            self.rows.setdefault(row[0], []).append(row)
        self.nodes: list[SegmentNode] = []

    def fill(self, loop: LoopNode) -> LoopNode:
        """Add all that stands in `loop`, and in the loops below it."""
        for at, (_, name, order, usage, repeat, shape, conditions) in enumerate(self.rows[loop.id]):
            bit = 1 << at
            if usage == "R":
                loop.required |= bit
            often = int(repeat or 0)
            if name[0] == _OPENING:
                inner = LoopNode(name[1:], loop, int(order), usage, often, bit)
                loop.children.append(self.fill(inner))
                continue
            loop.level = loop.level or (at == 0 and name == "HL")
            node = SegmentNode(
                len(self.nodes),
                name,
                loop,
                int(order),
                usage,
                often,
                self.shapes[shape],
                _conditions(conditions),
                bit,
                at == 0,
            )
            self.nodes.append(node)
            loop.children.append(node)
        for child in loop.children:
            child.before = sum(
                one.bit for one in loop.children if one.usage == "R" and one.order < child.order
            )
        return loop


def _qualifier_place(name: str, shape: Shape) -> tuple[int, int]:
    """Return the element (and component) whose codes tell a segment from others of its name."""
    first = shape.places[0]
    if name == "HL":
        return 3, 0
    if first.codes and first.usage == "R":
        return 1, 0
    if first.parts and first.parts[0].codes:
        return 1, 1
    return 0, 0


def _alike(same: list[SegmentNode]) -> bool:
    """Say whether two of these nodes stand in one loop with one qualifier (PWK CT)."""
    return any(
        one is not other and one.loop is other.loop and one.qualifiers & other.qualifiers
        for one in same
        for other in same
    )


def _qualify(nodes: list[SegmentNode]) -> dict[str, tuple[int, int]]:
    """Give each node its qualifiers; return where they stand for the names that need them."""
    by_name: dict[str, list[SegmentNode]] = {}
    for node in nodes:
        by_name.setdefault(node.name, []).append(node)
    found = {}
    for name, same in by_name.items():
        at = max(_qualifier_place(name, node.shape) for node in same)
        if len(same) < 2 or at == (0, 0):  # noqa: PLR2004  one alone needs no telling apart
            continue
        found[name] = at
        for node in same:
            if _qualifier_place(name, node.shape) == at:
                place = node.shape.places[at[0] - 1]
                node.qualifiers = place.parts[at[1] - 1].codes if at[1] else place.codes
        if at == (1, 0) and _alike(same):
            found[name] = BY_TWO
            for node in same:
                node.seconds = node.shape.places[1].codes
    return found


def guide(name: str, transaction: str = "") -> Guide:
    """Return the tables of the guide `name` ("005010X222A1") for a `transaction` ("837").

    Raises NoGuide for a guide without tables.
    """
    return _guide(info(name, transaction))


@lru_cache(maxsize=16)
def _guide(about: GuideInfo) -> Guide:
    builder = _Builder(about.file)
    root = builder.fill(LoopNode("ST", None, 0, "R", 1, 0))
    qualified = _qualify(builder.nodes)
    return Guide(about, root, tuple(builder.nodes), qualified)


@lru_cache(maxsize=1)
def envelope_shapes() -> dict[str, Shape]:
    """Return the shapes of ISA, GS, GE, IEA and TA1, by segment name."""
    return {one.segment: one for one in shapes("envelope").values()}
