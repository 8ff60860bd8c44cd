"""Prove a key's billing items: every element that is as good, or nearly, earns what it should."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from codinglab.core.findings import Finding
from codinglab.course.billing_key import written
from codinglab.course.billing_statement import KINDS
from codinglab.course.mark import mark
from codinglab.course.solution import worksheet
from codinglab.course.variants import Variant
from codinglab.grading.items import Expected, ExpectedItem, ExpectedPart, Status
from codinglab.grading.marking import Marking


def check_elements(one: Variant, wanted: Expected) -> Iterator[Finding]:
    """Yield a finding for each accepted set and near miss that does not earn what the key says."""
    for item in wanted.items:
        if item.kind in KINDS and item.status is Status.REQUIRED:
            for part in item.parts:
                yield from _check_part(one, wanted, item, part)


def _check_part(
    one: Variant, wanted: Expected, item: ExpectedItem, part: ExpectedPart
) -> Iterator[Finding]:
    for values in part.accepted:
        marking = _marking(one, wanted, item, part, values)
        if (earned := _credit(marking, wanted, part)) != 1:
            yield _wrong(item, f"{sorted(values)} is accepted and earns {earned}.")
    if len(part.values) != 1:
        return  # how many of several values are missed is the grading core's own test
    for near in part.near:
        marking = _marking(one, wanted, item, part, frozenset({near.value}))
        earned = _credit(marking, wanted, part)
        if earned != near.credit:
            yield _wrong(item, f"{near.value} earns {earned}, not {near.credit}.")
        if (item.id in marking.blocked_by) != (item.critical and not near.credit):
            yield _wrong(item, f"{near.value} earns {earned} and blocks {marking.blocked_by}.")


def _marking(
    one: Variant,
    wanted: Expected,
    item: ExpectedItem,
    part: ExpectedPart,
    values: frozenset[str],
) -> Marking:
    """Return the marking where the element has other values, all else being right."""
    right, changed = written(item), written(item, {part.name: values})
    text = worksheet(wanted).replace(f"{right}\n", f"{changed}\n")
    return mark(one.case.slug, one.number, text)


def _credit(marking: Marking, wanted: Expected, part: ExpectedPart) -> Fraction:
    """Return the share of the element's points that such a marking earns."""
    lost = (1 - marking.score) * wanted.possible
    return 1 - lost / part.points


def _wrong(item: ExpectedItem, message: str) -> Finding:
    return Finding("case.element", item.id, message, "Correct the key.")
