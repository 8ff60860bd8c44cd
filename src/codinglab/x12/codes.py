"""The few lists of others that the wire alone can be judged by: states of an address."""

from __future__ import annotations

from functools import lru_cache

from codinglab.x12.guide import table


@lru_cache(maxsize=1)
def states() -> frozenset[str]:
    """Return the postal abbreviations of states, territories, military posts and provinces."""
    return frozenset(row[0] for row in table("states.csv"))
