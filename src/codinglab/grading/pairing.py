"""Pair the items of one kind in passes, surest first: exact, accepted, near.

Within a pass the pairing is the best there is (see matching), so that no order of writing earns
more than another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from codinglab.grading.items import ONE, ZERO, ExpectedItem, Item, Near, Policy, Status
from codinglab.grading.marking import Mark, PartMark, Verdict
from codinglab.grading.matching import best_pairs
from codinglab.grading.parts import Pairing, judge_parts


@dataclass(frozen=True, slots=True)
class _Fit:
    """How an answered value meets an expected one: the verdict, and the near miss if it is one."""

    verdict: Verdict
    near: Near | None = None

    @property
    def credit(self) -> Fraction:
        return self.near.credit if self.near else ONE


_Pass = Callable[[Item, ExpectedItem, Policy], _Fit | None]


def _exact(item: Item, expected: ExpectedItem, policy: Policy) -> _Fit | None:  # noqa: ARG001  a _Pass
    return _Fit(Verdict.EXACT) if item.value == expected.value else None


def _accepted(item: Item, expected: ExpectedItem, policy: Policy) -> _Fit | None:  # noqa: ARG001  a _Pass
    return _Fit(Verdict.ACCEPTED) if item.value in expected.accepted else None


def _near(item: Item, expected: ExpectedItem, policy: Policy) -> _Fit | None:
    listed = (near for near in expected.near if near.value == item.value)
    near = next(listed, None) or policy.kin(item.kind, item.value, expected.value)
    return _Fit(Verdict.PARTIAL, near) if near else None


_PASSES: tuple[_Pass, ...] = (_exact, _accepted, _near)


def pair_kind(
    answered: Sequence[Item], expected: Sequence[ExpectedItem], pairing: Pairing, policy: Policy
) -> tuple[Mark, ...]:
    """Return the marks of the pairs among `answered` and `expected`, all of one kind.

    `pairing` holds the pairs of the kinds that these items point to. What is left unpaired, on
    either side, has no mark yet. The order of both sides is without effect.
    """
    marks: list[Mark] = []
    lefts = sorted(answered, key=lambda item: (item.value, item.rank, item.place, item.id))
    rights = sorted(expected, key=lambda item: (item.value, item.id))
    for fits in _PASSES:
        new = _best(lefts, rights, fits, pairing, policy)
        marks += new
        gone = {mark.answer for mark in new}
        met = {mark.expected.id for mark in new if mark.expected}
        lefts = [item for item in lefts if item not in gone]
        rights = [item for item in rights if item.id not in met]
    return tuple(marks)


def _best(
    lefts: list[Item], rights: list[ExpectedItem], fits: _Pass, pairing: Pairing, policy: Policy
) -> list[Mark]:
    """Return the marks of one pass: most pairs, then most required ones, then most points."""
    marks = {
        (left, right): _mark(item, other, fit, judge_parts(item, other, pairing, policy))
        for left, item in enumerate(lefts)
        for right, other in enumerate(rights)
        if (fit := fits(item, other, policy)) is not None
    }
    above_all = ONE + sum((item.worth for item in rights), ZERO)
    weights = {
        (left, right): mark.earned + above_all * (rights[right].status is Status.REQUIRED)
        for (left, right), mark in marks.items()
    }
    return [_counted(marks[pair]) for pair in best_pairs(weights)]


def _mark(item: Item, expected: ExpectedItem, fit: _Fit, parts: tuple[PartMark, ...]) -> Mark:
    """Return the mark of a pair as if it counted; its points are its weight in the pairing."""
    earned = sum((part.earned for part in parts), expected.points * fit.credit)
    return Mark(
        verdict=fit.verdict,
        answer=item,
        expected=expected,
        credit=fit.credit,
        earned=max(earned, ZERO),  # parts too many must not make writing worse than leaving out
        possible=expected.worth,
        reason=_reason(item, expected, fit),
        cites=expected.cites,
        error_class=fit.near.error_class if fit.near else "",
        parts=parts,
    )


def _reason(item: Item, expected: ExpectedItem, fit: _Fit) -> str:
    if fit.near:
        return fit.near.reason
    if fit.verdict is Verdict.ACCEPTED:
        return f"{item.value} is accepted in place of {expected.value}"
    return expected.why or f"{item.value} is right"


def _counted(mark: Mark) -> Mark:
    """Return `mark` itself, or with all points at 0 where the item is optional."""
    if mark.status is Status.REQUIRED:
        return mark
    parts = tuple(replace(part, earned=ZERO, possible=ZERO) for part in mark.parts)
    return replace(mark, earned=ZERO, possible=ZERO, parts=parts)
