"""Judge the order of what was paired: which item stands first, and which before which.

A missed item has no place, so it breaks no order: it is counted as missed, and once. Optional
items neither earn nor cost, here too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from codinglab.grading.items import Expected, ExpectedItem, Item, Policy, Status
from codinglab.grading.marking import SequenceMark

Written = Mapping[str, Item]  # the id of an expected item -> the answered one paired with it


def judge_sequence(
    reference: Expected, written: Written, policy: Policy
) -> tuple[SequenceMark, ...]:
    """Return a mark for each error of order among the `written` items, and none where all is well.

    A misplaced first item is one error; the pairs in which it should come before another are not
    counted again.
    """
    misplaced = {mark.expected.id: mark for mark in _first(reference, written, policy)}
    pairs = _before(reference, written, policy, frozenset(misplaced))
    return (*misplaced.values(), *pairs)


def _first(reference: Expected, written: Written, policy: Policy) -> Iterator[SequenceMark]:
    for kind in sorted({item.kind for item in reference.items if item.first}):
        may = [item for item in reference.items if item.first and item.kind == kind]
        there = [item for item in may if item.id in written]
        if any(written[item.id].rank == 1 for item in there):
            continue
        must = [item for item in there if item.status is Status.REQUIRED]
        for item in sorted(must, key=lambda item: (written[item.id].rank, item.id))[:1]:
            answer = written[item.id]
            reason = f"{answer.value} should stand first, not in place {answer.rank}"
            yield SequenceMark(answer, item, None, -policy.first_points, reason, cites=item.cites)


def _before(
    reference: Expected, written: Written, policy: Policy, misplaced: frozenset[str]
) -> Iterator[SequenceMark]:
    by_id = {item.id: item for item in reference.items}
    for item in sorted(reference.items, key=lambda item: item.id):
        for later in sorted(set(item.before)):
            both = _counts(item, written) and _counts(by_id[later], written)
            if not both or item.id in misplaced:
                continue
            answer, other = written[item.id], written[later]
            if answer.rank < other.rank:
                continue
            reason = f"{answer.value} should stand before {other.value}"
            yield SequenceMark(answer, item, other, -policy.before_points, reason, cites=item.cites)


def _counts(item: ExpectedItem, written: Written) -> bool:
    return item.status is Status.REQUIRED and item.id in written
