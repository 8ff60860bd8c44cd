"""Half-open spans of days, and values that are true only within them.

The date of service (or discharge, or remittance) chooses every release, and nothing else does:
there is no nearest match and no default before the first day.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


class NotInForce(LookupError):
    """Nothing is in force on the day asked for; the message names what is known."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from `start` (included) to `end` (not included; None means still in force)."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        """Refuse an empty or reversed span."""
        if self.end is not None and self.end <= self.start:
            msg = f"span ends on {self.end}, which is not after its start {self.start}"
            raise ValueError(msg)

    def __contains__(self, day: date) -> bool:
        """Say whether `day` lies within the span."""
        return self.start <= day and (self.end is None or day < self.end)

    def __str__(self) -> str:
        """Return the span in words, as error texts use it."""
        return f"from {self.start}" + (f" until before {self.end}" if self.end else " on")


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """One subject's values, each with the span of days in which it is in force."""

    subject: str
    rows: tuple[tuple[Span, T], ...]

    @classmethod
    def of(cls, subject: str, rows: Iterable[tuple[Span, T]]) -> Dated[T]:
        """Build from rows in any order; overlapping spans are a fault of the data."""
        ordered = tuple(sorted(rows, key=lambda row: row[0].start))
        for (left, _), (right, _) in itertools.pairwise(ordered):
            if left.end is None or right.start < left.end:
                msg = f"{subject}: {left} overlaps {right}"
                raise ValueError(msg)
        return cls(subject, ordered)

    def at(self, day: date) -> T:
        """Return the value in force on `day`.

        Raises NotInForce, naming the known spans, when there is none.
        """
        for span, value in self.rows:
            if day in span:
                return value
        known = "; ".join(str(span) for span, _ in self.rows) or "nothing at all"
        msg = f"{self.subject}: nothing in force on {day}; known: {known}"
        raise NotInForce(msg)
