"""A mapping that is never changed, and of which a changed copy costs little."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
_SIDE = 16
_COUNT = _SIDE * _SIDE
_EMPTY: tuple[tuple[dict[object, object], ...], ...] = (({},) * _SIDE,) * _SIDE


@dataclass(frozen=True, slots=True)
class Shards(Generic[K, V]):
    """Keys and values in 16 rows of 16 small dictionaries, of which a change copies one.

    A payer's state has tens of thousands of members; copying all of them for each claim would cost
    more than the claim.
    """

    parts: tuple[tuple[dict[K, V], ...], ...] = _EMPTY  # type: ignore[assignment]

    def get(self, key: K) -> V | None:
        """Return the value of `key`, None where there is none."""
        at = hash(key) % _COUNT
        return self.parts[at // _SIDE][at % _SIDE].get(key)

    def put(self, key: K, value: V) -> Shards[K, V]:
        """Return the mapping with `key` set to `value`."""
        row, at = divmod(hash(key) % _COUNT, _SIDE)
        parts = list(self.parts)
        same = list(parts[row])
        same[at] = {**same[at], key: value}
        parts[row] = tuple(same)
        return Shards(tuple(parts))

    def items(self) -> Iterator[tuple[K, V]]:
        """Yield every key with its value, in no order that may be relied on."""
        for row in self.parts:
            for part in row:
                yield from part.items()
