"""What loops, segments and elements are called in plain words, our own."""

from __future__ import annotations

from functools import lru_cache

from codinglab.x12.facts import SegmentNode
from codinglab.x12.guide import Guide, table


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, str], str]:
    return {(of, key): name for of, key, name in table("names.csv")}


def loop_name(kind: str, loop: str) -> str:
    """Return what the loop is called in guides of `kind` ("837P"), blank where it has no name."""
    names = _names()
    for of in (kind, kind[:3], "loop"):
        if name := names.get((of, loop)):
            return name
    return ""


def segment_name(name: str, qualifier: str = "") -> str:
    """Return what the segment is called: by its qualifier where that says more."""
    names = _names()
    return names.get(("", f"{name}:{qualifier}"), names.get(("", name), ""))


def element_name(segment: str, at: str, number: str) -> str:
    """Return what the element at `at` ("09", "05-1") is called, by its `number` where need be."""
    names = _names()
    return names.get(("", segment + at), names.get(("", number), ""))


def number_of(node: SegmentNode, at: str) -> str:
    """Return the number of the X12 data element at `at` of `node`, blank where it has none."""
    for place in node.shape.places:
        if place.at == at:
            return place.number
        for part in place.parts:
            if part.at == at:
                return part.number
    return ""


def number_at(guide: Guide, loop: str, segment: str, at: str) -> str:
    """Return the number of the data element at `at` of a segment in the loop of that id."""
    for node in guide.nodes:
        if node.name == segment and node.loop.id == loop and (found := number_of(node, at)):
            return found
    return ""
