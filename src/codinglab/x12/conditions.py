"""Relational conditions: which elements of a segment need, or exclude, each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from codinglab.x12.facts import Condition, SegmentNode

Broken = tuple[str, str, str, str, str]
"""Name of the finding, place, IK403 code, message, remedy."""


def _given(parts: Sequence[str], places: Sequence[int]) -> list[int]:
    return [at for at in places if at < len(parts) and parts[at]]


def holds(condition: Condition, parts: Sequence[str]) -> bool:
    """Say whether the segment with its name and elements in `parts` keeps `condition`."""
    places = condition.places
    given = len(_given(parts, places))
    if condition.kind == "P":
        return given in {0, len(places)}
    if condition.kind == "R":
        return given > 0
    if condition.kind == "E":
        return given <= 1
    if not _given(parts, places[:1]):
        return True
    return given == len(places) if condition.kind == "C" else given > 1


@lru_cache(maxsize=2048)
def live(node: SegmentNode) -> tuple[Condition, ...]:
    """Return the conditions that the usages of the guide do not settle already.

    An element that the guide does not use has a finding of its own when it is there; so a
    condition counts only what may be there.
    """
    usage = {at: place.usage for at, place in enumerate(node.shape.places, 1)}
    return tuple(one for one in node.conditions if not _settled(one, usage))


def _settled(condition: Condition, usage: dict[int, str]) -> bool:
    said = [usage.get(at, "N") for at in condition.places]
    every, first, others = set(said), said[0], set(said[1:])
    if condition.kind == "P":
        return every in ({"R"}, {"N"})
    if condition.kind == "R":
        return "R" in every or every == {"N"}
    if condition.kind == "E":
        return sum(one != "N" for one in said) <= 1
    if condition.kind == "C":
        return first == "N" or others <= {"R"}
    return first == "N" or "R" in others


def broken(node: SegmentNode, parts: Sequence[str]) -> Iterator[Broken]:
    """Yield each condition of `node` that the segment breaks."""
    for one in live(node):
        if not holds(one, parts):
            yield _said(one, node.name, parts)


def _said(condition: Condition, name: str, parts: Sequence[str]) -> Broken:
    places = condition.places
    given = _given(parts, places)
    absent = [at for at in places if at not in given]
    names = [f"{name}{at:02}" for at in places]
    if condition.kind == "E":
        return (
            "exclusive",
            f"{given[1]:02}",
            "10",
            f"stands beside {name}{given[0]:02}; only one of {_list(names, 'and')} may be there",
            "Keep one of them.",
        )
    at = f"{absent[0]:02}"
    if condition.kind == "R":
        return ("condition", at, "2", f"or {_list(names[1:], 'or')} must be there", "Give one.")
    if condition.kind == "P":
        there = _list([f"{name}{one:02}" for one in given], "and")
        return ("condition", at, "2", f"is missing, though {there} is there", "Give both, or none.")
    needed = _list(names[1:], "and" if condition.kind == "C" else "or")
    return (
        "condition",
        at,
        "2",
        f"is missing: {names[0]} needs {needed}",
        f"Give it, or leave {names[0]} out.",
    )


def _list(names: Sequence[str], word: str) -> str:
    return f" {word} ".join(filter(None, (", ".join(names[:-1]), names[-1])))
