"""What a comparison says: one mark per item, with a mark per part, and the sum."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from codinglab.core.cite import Cite
from codinglab.grading.items import ZERO, ExpectedItem, Item, Status


class Verdict(Enum):
    """What became of one item, or of one part of it."""

    EXACT = "exact"
    ACCEPTED = "accepted"
    PARTIAL = "partial"
    MISSING = "missing"
    EXTRA = "extra"

    @property
    def right(self) -> bool:
        """Say whether the value is one the key holds to be right."""
        return self in (Verdict.EXACT, Verdict.ACCEPTED)


@dataclass(frozen=True, slots=True)
class PartMark:
    """The mark of one part, or one set of references, of an item whose value was paired.

    `missing` and `extra` are the values too few and too many (of references: the values of the
    items they lead to). `credit` is the share of the part's points; `earned` is below 0 only
    where nothing was expected. MISSING with values in `extra` means: wrong. `stood_in` counts the
    missing values in whose place a near miss with credit stands.
    """

    name: str
    verdict: Verdict
    answered: tuple[str, ...]
    expected: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    credit: Fraction
    earned: Fraction
    possible: Fraction
    reason: str
    error_class: str = ""
    stood_in: int = 0

    @property
    def wrong(self) -> bool:
        """Say whether a value lacks or is too many, near misses that earn something aside."""
        return bool(self.extra) or len(self.missing) > self.stood_in


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one item: of an answered one, of an expected one, or of a pair of both.

    `verdict` and `credit` judge the value; the parts have their own. `earned` is the sum of both,
    never below 0 for a pair, and below 0 for an EXTRA item, which costs points.
    """

    verdict: Verdict
    answer: Item | None
    expected: ExpectedItem | None
    credit: Fraction
    earned: Fraction
    possible: Fraction
    reason: str
    cites: tuple[Cite, ...] = ()
    error_class: str = ""
    parts: tuple[PartMark, ...] = ()

    @property
    def kind(self) -> str:
        """Return the kind of the item."""
        item = self.answer or self.expected
        assert item is not None, "a mark is about an answered or an expected item"
        return item.kind

    @property
    def status(self) -> Status | None:
        """Return what the key says of the item, or None where the key does not have it."""
        return self.expected.status if self.expected else None

    @property
    def wholly_right(self) -> bool:
        """Say whether the value and every part are right."""
        return self.verdict.right and all(part.verdict.right for part in self.parts)

    @property
    def blocks(self) -> bool:
        """Say whether a critical item is missed or wrong, or forbidden and written.

        An item whose value earns nothing by itself is said by its elements, so that one of them
        which is wrong makes it wrong; what the key names as a near miss with credit is none.
        """
        item = self.expected
        if item is None or not item.critical:
            return False
        elements = self.parts if item.status is Status.REQUIRED and not item.points else ()
        return not self.credit or any(part.possible and part.wrong for part in elements)

    @property
    def scored_error(self) -> bool:
        """Say whether this is an error that counts: optional items never do."""
        return self.status is not Status.OPTIONAL and not self.wholly_right


@dataclass(frozen=True, slots=True)
class SequenceMark:
    """One error of order: `answer` should stand first, or before `later`. `earned` is 0 or less."""

    answer: Item
    expected: ExpectedItem
    later: Item | None
    earned: Fraction
    reason: str
    cites: tuple[Cite, ...] = ()
    error_class: str = "sequencing"


@dataclass(frozen=True, slots=True)
class Marking:
    """A whole comparison.

    Every answered item and every required item stands in `marked` exactly once; errors of order
    stand apart in `sequencing`. `earned` is the plain sum of all marks and may be below 0;
    `score` is earned / possible, kept within 0 and 1. `blocked_by` names the critical items
    missed (or said by wrong elements), and the critical forbidden ones written; it does not touch
    the score.
    """

    marked: tuple[Mark, ...]
    sequencing: tuple[SequenceMark, ...]
    possible: Fraction
    blocked_by: tuple[str, ...] = ()

    @property
    def earned(self) -> Fraction:
        """Return the sum of all marks, which penalties may bring below 0."""
        marks = sum((mark.earned for mark in self.marked), ZERO)
        return sum((mark.earned for mark in self.sequencing), marks)

    @property
    def score(self) -> Fraction:
        """Return earned / possible, at least 0 and at most 1."""
        return min(max(self.earned / self.possible, ZERO), Fraction(1))
