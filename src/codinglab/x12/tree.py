"""Transactions as trees: the loops of the guide, each with its segments."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from codinglab.x12.guide import Guide, NoGuide, guide, guides
from codinglab.x12.loops import Interchange, Loop, TransactionTree, WireSegment
from codinglab.x12.reading import Reader, Source, read
from codinglab.x12.syntax import Delimiters
from codinglab.x12.walk import Memory, Walker

__all__ = ["Interchange", "Loop", "TransactionTree", "WireSegment", "trees"]

_BETWEEN = {"ISA", "GS", "GE", "IEA", "TA1"}


def trees(
    source: Source, name: str = "", *, pass_by: Callable[[list[str], NoGuide], None] | None = None
) -> Iterator[TransactionTree]:
    """Yield each transaction of `source` as a tree, one after the other.

    What does not fit its guide is placed where it most likely belongs, or left out; `check` tells
    of it. A transaction of a guide without tables is passed by where `pass_by` is given: it is
    called with the elements of ST and the error. Raises NotX12 when the source is not X12, and
    NoGuide without `pass_by`.
    """
    reader = read(source, name)
    memories: dict[tuple[str, Delimiters], Memory] = {}
    between = Interchange()
    walker: Walker | None = None
    control, position = "", 0
    for text in reader:
        elements = text.split(reader.delimiters.element)
        kind = elements[0]
        if kind in _BETWEEN:
            between = _next(between, elements, reader)
            continue
        if kind == "ST":
            if walker is not None:
                yield _tree(walker, control, between)
                walker = None
            try:
                table = _guide(between.version, elements)
            except NoGuide as error:
                if pass_by is None:
                    raise
                pass_by(elements, error)
                continue
            key = table.info.file, reader.delimiters
            memory = memories.setdefault(key, [{} for _ in table.nodes])
            walker = Walker(table, reader.delimiters, memory)
            control, position = elements[2] if len(elements) > 2 else "", 0  # noqa: PLR2004  it may lack
        if walker is None or not text:
            continue
        position += 1
        walker.step(text, elements, position)
        if kind == "SE":
            yield _tree(walker, control, between)
            walker = None
    if walker is not None:
        yield _tree(walker, control, between)


def chosen(version: str, st: list[str]) -> str:
    """Return which guide a transaction follows: GS08, or ST03 where no table knows that one."""
    known = {one.guide for one in guides()}
    return st[3] if version not in known and len(st) > 3 else version  # noqa: PLR2004  it may lack


def find_guide(version: str, st: list[str]) -> Guide | None:
    """Return the tables of the guide that a transaction names, None where there are none."""
    try:
        return _guide(version, st)
    except NoGuide:
        return None


def _guide(version: str, st: list[str]) -> Guide:
    return guide(chosen(version, st), st[1] if len(st) > 1 else "")


def _next(between: Interchange, elements: list[str], reader: Reader) -> Interchange:
    if elements[0] == "ISA":
        return Interchange(tuple(elements), (), reader.delimiters)
    if elements[0] == "GS":
        return Interchange(between.isa, tuple(elements), reader.delimiters)
    return between


def _tree(walker: Walker, control: str, between: Interchange) -> TransactionTree:
    table = walker.guide
    return TransactionTree(table.name, table.info.kind, control, walker.root, between)
