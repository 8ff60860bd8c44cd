"""A mapping that is never changed, and of which a changed copy costs little."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
_COUNT = 256
_EMPTY: tuple[dict[object, object], ...] = ({},) * _COUNT


@dataclass(frozen=True, slots=True)
class Shards(Generic[K, V]):
    """Keys and values in 256 small dictionaries, of which a change copies one.

    A payer's state has tens of thousands of members; copying all of them for each claim would cost
    more than the claim.
    """

    parts: tuple[dict[K, V], ...] = _EMPTY  # type: ignore[assignment]

    def get(self, key: K) -> V | None:
        """Return the value of `key`, None where there is none."""
        return self.parts[hash(key) % _COUNT].get(key)

    def put(self, key: K, value: V) -> Shards[K, V]:
        """Return the mapping with `key` set to `value`."""
        at = hash(key) % _COUNT
        parts = list(self.parts)
        parts[at] = {**parts[at], key: value}
        return Shards(tuple(parts))

    def items(self) -> Iterator[tuple[K, V]]:
        """Yield every key with its value, in no order that may be relied on."""
        for part in self.parts:
            yield from part.items()
