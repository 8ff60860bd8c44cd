"""Judge the parts and the references of a pair of items whose values belong together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from codinglab.grading.items import (
    ONE,
    ZERO,
    ExpectedItem,
    ExpectedPart,
    ExpectedReferences,
    Item,
    Near,
    Policy,
)
from codinglab.grading.marking import PartMark, Verdict


@dataclass(frozen=True, slots=True)
class Pairing:
    """What pointers lead to.

    `written` holds all answered items by their id, `targets` the expected item that each of them
    pairs with so far, and `key` all expected items by their own id.
    """

    written: Mapping[str, Item]
    targets: Mapping[str, ExpectedItem]
    key: Mapping[str, ExpectedItem]

    def value(self, id_: str) -> str:
        """Return the value written under `id_`, or `id_` itself where nothing is."""
        return self.written[id_].value if id_ in self.written else id_


@dataclass(frozen=True, slots=True)
class _Count:
    """One part set against one set of values: what is there, what is not, what is too many."""

    answered: tuple[str, ...]
    expected: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    near: tuple[Near, ...]
    accepted: bool
    credit: Fraction


def judge_parts(
    answer: Item, expected: ExpectedItem, pairing: Pairing, policy: Policy
) -> tuple[PartMark, ...]:
    """Return a mark for each part and each set of references that the key or the answer fills.

    `pairing` translates pointers: a pointer to an answered item that is paired with an expected
    one counts as a pointer to that, even when the pair is just a near miss: one error counts once.
    """
    marks = [_judge_part(answer, part, policy) for part in expected.parts]
    marks += [_judge_references(answer, part, pairing, policy) for part in expected.references]
    return tuple(mark for mark in marks if mark is not None)


def _judge_part(answer: Item, part: ExpectedPart, policy: Policy) -> PartMark | None:
    answered = frozenset[str]().union(
        *(own.values for own in answer.parts if own.name == part.name)
    )
    counts = [
        _count(answered, wanted, part, policy, accepted=bool(place))
        for place, wanted in enumerate((part.values, *part.accepted))
    ]
    best = max(counts, key=lambda count: count.credit)  # of equals, the first: the key's own set
    return _mark(part, best, policy)


def _count(
    answered: frozenset[str],
    wanted: frozenset[str],
    part: ExpectedPart,
    policy: Policy,
    *,
    accepted: bool,
) -> _Count:
    missing = wanted - answered
    surplus = answered - wanted - part.optional
    stand_ins = sorted(
        (near for near in part.near if near.value in surplus),
        key=lambda near: (-near.credit, near.value),
    )[: len(missing)]
    extra = surplus - {near.value for near in stand_ins}
    hits = sum((near.credit for near in stand_ins), Fraction(len(wanted) - len(missing)))
    return _Count(
        answered=tuple(sorted(answered)),
        expected=tuple(sorted(wanted)),
        missing=tuple(sorted(missing)),
        extra=tuple(sorted(extra)),
        near=tuple(stand_ins),
        accepted=accepted,
        credit=_share(hits, len(wanted), len(extra), policy),
    )


def _share(hits: Fraction, elements: int, extra: int, policy: Policy) -> Fraction:
    """Return the share of a part's points: what is there, less what is too much, at least 0."""
    share = hits / elements if elements else ONE
    return max(share - policy.extra_part * extra, ZERO)


def _judge_references(
    answer: Item, part: ExpectedReferences, pairing: Pairing, policy: Policy
) -> PartMark | None:
    ids = [id_ for own in answer.references if own.name == part.name for id_ in own.ids]
    targets = {id_: pairing.targets[id_] for id_ in ids if id_ in pairing.targets}
    reached = {target.id for target in targets.values()}
    welcome = part.required | part.allowed
    extra = {id_ for id_ in ids if id_ not in targets or targets[id_].id not in welcome}
    led = bool(ids) and ids[0] in targets and targets[ids[0]].id in part.primary
    hits = len(part.required & reached) + led
    elements = len(part.required) + bool(part.primary)
    missing = part.required - reached
    unled = part.primary and not led
    count = _Count(
        answered=tuple(map(pairing.value, ids)),
        expected=_values(part.required | part.primary, pairing),
        missing=(*_values(missing, pairing), *(_first(part.primary, pairing) if unled else ())),
        extra=tuple(sorted(map(pairing.value, extra))),
        near=(),
        accepted=False,
        credit=_share(Fraction(hits), elements, len(extra), policy),
    )
    return _mark(part, count, policy)


def _values(names: frozenset[str], pairing: Pairing) -> tuple[str, ...]:
    return tuple(sorted(pairing.key[name].value for name in names))


def _first(primary: frozenset[str], pairing: Pairing) -> tuple[str]:
    return (f"{' or '.join(_values(primary, pairing))} in first place",)


def _mark(
    part: ExpectedPart | ExpectedReferences, count: _Count, policy: Policy
) -> PartMark | None:
    if not (count.expected or count.answered):
        return None
    unneeded = not count.expected
    penalty = policy.extra_part_points * len(count.extra) if unneeded else ZERO
    return PartMark(
        name=part.name,
        verdict=_verdict(count, unneeded=unneeded),
        answered=count.answered,
        expected=count.expected,
        missing=count.missing,
        extra=count.extra,
        credit=count.credit,
        earned=part.points * count.credit - penalty,
        possible=part.points,
        reason=_reason(part.name, count),
        error_class=_error_class(part, count),
        stood_in=sum(near.credit > 0 for near in count.near),
    )


def _verdict(count: _Count, *, unneeded: bool) -> Verdict:
    if not count.missing and not count.extra:
        return Verdict.ACCEPTED if count.accepted else Verdict.EXACT
    if unneeded:
        return Verdict.EXTRA
    return Verdict.PARTIAL if count.credit else Verdict.MISSING


def _reason(name: str, count: _Count) -> str:
    said = [f"{name} {near.value}: {near.reason}" for near in count.near]
    if count.missing:
        said.append(f"{name} missing: {', '.join(count.missing)}")
    if count.extra:
        said.append(f"{name} not needed: {', '.join(count.extra)}")
    return "; ".join(said) or f"{name} right"


def _error_class(part: ExpectedPart | ExpectedReferences, count: _Count) -> str:
    if not count.missing and not count.extra:
        return ""
    if count.near:
        return count.near[0].error_class
    if part.error_class:
        return part.error_class
    if not count.missing:
        return f"{part.name} unneeded"
    return f"{part.name} wrong" if count.extra else f"{part.name} missing"
