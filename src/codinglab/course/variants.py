"""A variant is (case, number): one record of facts, and a surface that goes with it.

The numbers 1..N are a fixed shuffle of the N possible records, so that neighbours differ and no
two trainees of a class share a record while records last.
"""

from __future__ import annotations

import hashlib
import itertools
import random
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from codinglab.core.tables import BadData
from codinglab.course.case import Case, load, render
from codinglab.encounter.chart import Chart

if TYPE_CHECKING:
    from codinglab.course.billing_made import Made


@dataclass(frozen=True, slots=True)
class Variant:
    """One variant of a case: its number (from 1), its facts, and the record the chart reads."""

    case: Case
    number: int
    facts: tuple[tuple[str, str], ...]

    @property
    def fact(self) -> dict[str, str]:
        """Return the facts by name."""
        return dict(self.facts)

    @property
    def record(self) -> dict[str, object]:
        """Return what the chart template may name: the facts, the surface and the date."""
        surface = {
            name: choices[_draw(self.case.slug, self.number, name) % len(choices)]
            for name, choices in self.case.file.surface.items()
        }
        return {**self.fact, **surface, "service_date": self.case.day}

    @property
    def made(self) -> Made | None:
        """Return the claims and payments of a billing case, None where it has none."""
        if self.case.file.billing is None:
            return None
        from codinglab.course.billing_made import made

        return made(self.case, self.record)

    @property
    def chart(self) -> Chart:
        """Return the rendered record of the visit."""
        if (billing := self.made) is None:
            return render(self.case, self.record)
        from codinglab.course.billing_documents import Documents

        return render(self.case, {**self.record, "documents": Documents(billing)})


def _draw(slug: str, number: int, name: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{slug}/{number}/{name}".encode()).digest()[:8])


def _forbidden(facts: dict[str, str], case: Case) -> bool:
    return any(
        all(facts[name] in value.split("|") for name, value in rule.items())
        for rule in case.file.forbid
    )


@lru_cache(maxsize=256)
def records(slug: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return every possible record of facts of the case `slug`, in its fixed shuffled order.

    Raises BadData when a `forbid` rule names an unknown fact or value.
    """
    case = load(slug)
    facts = case.file.facts
    for rule in case.file.forbid:
        for name, value in rule.items():
            if name not in facts or not set(value.split("|")) <= set(facts[name]):
                raise BadData(
                    f"curriculum/cases/{slug}/case.yml: forbid: {name}: {value} is no fact"
                )
    every = [
        tuple(zip(facts, values, strict=True)) for values in itertools.product(*facts.values())
    ]
    kept = [record for record in every if not _forbidden(dict(record), case)]
    random.Random(f"codinglab/{slug}").shuffle(kept)  # noqa: S311  a fixed shuffle, not a secret
    return tuple(kept)


def variant(slug: str, number: int) -> Variant:
    """Return variant `number` (1 to the family's size) of the case `slug`.

    Raises BadData naming the range when the number is outside it.
    """
    kept = records(slug)
    if not 1 <= number <= len(kept):
        raise BadData(f"case {slug} has variants 1 to {len(kept)}; there is no variant {number}")
    return Variant(load(slug), number, kept[number - 1])


def all_variants(slug: str) -> tuple[Variant, ...]:
    """Return every variant of the case `slug`, in the order of their numbers."""
    return tuple(variant(slug, number) for number in range(1, len(records(slug)) + 1))
