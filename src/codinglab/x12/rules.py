"""The rules that look at a whole loop, by kind of transaction and loop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from codinglab.x12.finding import WireFinding
from codinglab.x12.loops import Loop, TransactionTree

LoopRule = Callable[[TransactionTree, Sequence[Loop]], Iterable[WireFinding]]
"""Asked when a loop is complete, with the tree and the chain of loops that ends with it."""

LoopRules = dict[str, list[LoopRule]]


def built_in(kind: str) -> LoopRules:
    return {}
