"""What several rules ask of one encounter, one after the other, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import TypeVar

from codinglab.encounter.coded import CodedEncounter

T = TypeVar("T")


def once(ask: Callable[[CodedEncounter, date], Iterable[T]]) -> Callable[..., tuple[T, ...]]:
    """Return `ask` with its last answer kept, for as long as the same encounter is asked about.

    The same means the very object: to compare two by their codes costs more than most rules.
    """
    kept: list[tuple[CodedEncounter, date, tuple[T, ...]]] = []

    @wraps(ask)
    def answer(encounter: CodedEncounter, day: date) -> tuple[T, ...]:
        if kept and kept[0][0] is encounter and kept[0][1] == day:
            return kept[0][2]
        found = tuple(ask(encounter, day))
        kept[:] = [(encounter, day, found)]
        return found

    return answer
