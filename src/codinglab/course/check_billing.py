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
        if (earned := _credit(one, wanted, item, part, values)) != 1:
            yield _wrong(item, f"{sorted(values)} is accepted and earns {earned}.")
    if len(part.values) != 1:
        return  # how many of several values are missed is the grading core's own test
    for near in part.near:
        earned = _credit(one, wanted, item, part, frozenset({near.value}))
        if earned != near.credit:
            yield _wrong(item, f"{near.value} earns {earned}, not {near.credit}.")


def _credit(
    one: Variant,
    wanted: Expected,
    item: ExpectedItem,
    part: ExpectedPart,
    values: frozenset[str],
) -> Fraction:
    """Return the share that the element earns with other values, all else being right."""
    right, changed = written(item), written(item, {part.name: values})
    text = worksheet(wanted).replace(f"{right}\n", f"{changed}\n")
    marking = mark(one.case.slug, one.number, text)
    lost = (1 - marking.score) * wanted.possible
    return 1 - lost / part.points


def _wrong(item: ExpectedItem, message: str) -> Finding:
    return Finding("case.element", item.id, message, "Correct the key.")
