"""The rows of an ICD-10-PCS table: sets of values of which any choice is a code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Table(Generic[V]):
    """The codes that begin with `prefix`: `head` is its three characters, `axes` name the others.

    Each row has the values of the characters 4 to 7; one of each makes a code.
    """

    prefix: str
    head: tuple[Any, ...]
    axes: tuple[str, ...]
    rows: tuple[tuple[tuple[V, ...], ...], ...]
    codes: int


def boxes(tails: Iterable[str]) -> list[tuple[str, ...]]:
    """Return sets of values, each a product, that together are exactly `tails`.

    Of each first character the tails below are split so; characters with the same set share it.
    boxes(["0A", "0B", "1A", "1B", "2C"]) is [("01", "AB"), ("2", "C")].
    """
    below: dict[str, set[str]] = defaultdict(set)
    for tail in tails:
        below[tail[0]].add(tail[1:])
    if below and "" in next(iter(below.values())):
        return [("".join(sorted(below)),)]
    shared: dict[tuple[str, ...], str] = defaultdict(str)
    for value in sorted(below):
        for box in boxes(below[value]):
            shared[box] += value
    return sorted((values, *box) for box, values in shared.items())
