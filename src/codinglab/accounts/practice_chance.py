"""Chance out of a seed: the same seed and name give the same numbers on every machine."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Chance:
    """A stream of numbers of its own for each `name`, so that no draw moves those of others.

    Only `Random.random` is asked, whose numbers Python promises to keep.
    """

    def __init__(self, seed: int, *name: object) -> None:
        """Start the stream."""
        self._next = Random(f"{seed}/{'/'.join(map(str, name))}").random  # noqa: S311  no secret

    def number(self) -> float:
        """Return a number from 0 to below 1."""
        return self._next()

    def below(self, count: int) -> int:
        """Return a whole number from 0 to below `count`."""
        return int(self._next() * count)

    def happens(self, rate: Decimal) -> bool:
        """Say whether something happens that does so at `rate`; a number is drawn in any case."""
        return self._next() < rate


@dataclass(frozen=True, slots=True)
class Wheel(Generic[T]):
    """Values, each with its weight, to pick from."""

    values: tuple[T, ...]
    ends: tuple[float, ...]

    @classmethod
    def of(cls, weights: Mapping[T, Decimal]) -> Wheel[T]:
        """Return the wheel of `weights`, which need not sum to 1."""
        return cls(tuple(weights), tuple(accumulate(float(one) for one in weights.values())))

    def pick(self, chance: Chance) -> T:
        """Return one of the values."""
        at = bisect_right(self.ends, chance.number() * self.ends[-1])
        return self.values[min(at, len(self.values) - 1)]
