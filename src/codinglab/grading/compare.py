"""Compare an answer with a key, whatever the order of either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from codinglab.grading.items import (
    ZERO,
    Expected,
    ExpectedItem,
    Item,
    Items,
    Policy,
    Status,
)
from codinglab.grading.marking import Mark, Marking, Verdict
from codinglab.grading.pairing import pair_kind
from codinglab.grading.parts import Pairing
from codinglab.grading.sequence import judge_sequence


def compare(answer: Items, reference: Expected, policy: Policy) -> Marking:
    """Return the marking of `answer` against `reference` under `policy`.

    Marks stand in the key's canonical order (by kind, then id), surplus items last; the order in
    which either side is written has no effect. Raises ValueError when two answered items share an
    id or the key's references run in a circle, and LookupError when the policy has no points for
    the kind of a surplus item.
    """
    _check_ids(answer)
    paired = _pairs(answer, reference, policy)
    written = {mark.expected.id: mark.answer for mark in paired if mark.expected and mark.answer}
    marked = (
        *paired,
        *_missing(reference, written),
        *_surplus(answer, reference, paired, policy),
    )
    return Marking(
        marked=tuple(sorted(marked, key=_place)),
        sequencing=judge_sequence(reference, written, policy),
        possible=reference.possible,
        blocked_by=tuple(
            sorted({mark.expected.id for mark in marked if mark.expected and mark.blocks})
        ),
    )


def _check_ids(answer: Items) -> None:
    ids = [item.id for item in answer]
    if twice := sorted({id_ for id_ in ids if ids.count(id_) > 1}):
        msg = f"answered items {twice} stand twice; give each its own id"
        raise ValueError(msg)


def _pairs(answer: Items, reference: Expected, policy: Policy) -> tuple[Mark, ...]:
    """Return the marks of all pairs, kind by kind, those that others point to first."""
    forbidden = _forbidden(reference)
    written = {item.id: item for item in answer}
    key = {item.id: item for item in reference.items}
    targets: dict[str, ExpectedItem] = {}
    marks: list[Mark] = []
    for kind in _kinds(reference):
        lefts = [
            item for item in answer if item.kind == kind and (kind, item.value) not in forbidden
        ]
        rights = [
            item
            for item in reference.items
            if item.kind == kind and item.status is not Status.FORBIDDEN
        ]
        new = pair_kind(lefts, rights, Pairing(written, targets, key), policy)
        marks += new
        targets |= {mark.answer.id: mark.expected for mark in new if mark.answer and mark.expected}
    return tuple(marks)


def _kinds(reference: Expected) -> list[str]:
    """Return the key's kinds, each after the kinds that its items refer to."""
    kind_of = {item.id: item.kind for item in reference.items}
    waits: dict[str, set[str]] = {item.kind: set() for item in reference.items}
    for item in reference.items:
        for references in item.references:
            waits[item.kind] |= {kind_of[id_] for id_ in references.required | references.allowed}
    order: list[str] = []
    while len(order) < len(waits):
        ready = sorted(kind for kind in waits if kind not in order and waits[kind] <= set(order))
        if not ready:
            circle = sorted(set(waits) - set(order))
            msg = f"kinds {circle} refer to each other in a circle; correct the key"
            raise ValueError(msg)
        order += ready
    return order


def _forbidden(reference: Expected) -> Mapping[tuple[str, str], ExpectedItem]:
    return {
        (item.kind, item.value): item
        for item in sorted(reference.items, key=lambda item: item.id)
        if item.status is Status.FORBIDDEN
    }


def _missing(reference: Expected, written: Mapping[str, Item]) -> Iterator[Mark]:
    for item in reference.items:
        if item.status is Status.REQUIRED and item.id not in written:
            yield Mark(
                verdict=Verdict.MISSING,
                answer=None,
                expected=item,
                credit=ZERO,
                earned=ZERO,
                possible=item.possible,
                reason=f"{item.value} is missing" + (f": {item.why}" if item.why else ""),
                cites=item.cites,
                error_class=item.error_class or "missed code",
            )


def _surplus(
    answer: Items, reference: Expected, paired: tuple[Mark, ...], policy: Policy
) -> Iterator[Mark]:
    forbidden = _forbidden(reference)
    met = {mark.answer.id: mark.answer.value for mark in paired if mark.answer}
    for item in answer:
        if item.id in met:
            continue
        banned = forbidden.get((item.kind, item.value))
        if banned:
            yield _forbidden_mark(item, banned, policy)
        else:
            again = item.value in {
                mark.answer.value
                for mark in paired
                if mark.answer and mark.kind == item.kind and mark.verdict.right
            }
            yield _extra_mark(item, policy, again=again)


def _forbidden_mark(item: Item, banned: ExpectedItem, policy: Policy) -> Mark:
    return Mark(
        verdict=Verdict.EXTRA,
        answer=item,
        expected=banned,
        credit=ZERO,
        earned=-policy.forbidden_item * policy.points_of(item.kind),
        possible=ZERO,
        reason=banned.why or f"{item.value} must not be written here",
        cites=banned.cites,
        error_class=banned.error_class or "unsupported code",
    )


def _extra_mark(item: Item, policy: Policy, *, again: bool) -> Mark:
    return Mark(
        verdict=Verdict.EXTRA,
        answer=item,
        expected=None,
        credit=ZERO,
        earned=-policy.extra_item * policy.points_of(item.kind),
        possible=ZERO,
        reason=f"{item.value} is written once too often"
        if again
        else f"{item.value} is not supported by the record",
        error_class="duplicate" if again else "unsupported code",
    )


def _place(mark: Mark) -> tuple[str, bool, str, str]:
    """Return where a mark stands: by kind, the key's items by id, then what is surplus."""
    surplus = mark.verdict is Verdict.EXTRA
    named = mark.answer.id if surplus and mark.answer else ""
    value = mark.answer.value if surplus and mark.answer else ""
    if not surplus and mark.expected:
        value = mark.expected.id
    return (mark.kind, surplus, value, named)
