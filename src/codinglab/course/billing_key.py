"""A key's billing items: statements in the trainee's own notation, and what each element is worth.

A key says `say: post OV1001.1 paid 80.00 CO-45 30.00`; what is accepted and what is a near miss are
whole statements too, which differ from it in their elements alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from codinglab.core.tables import BadData
from codinglab.course import billing_statement as bill
from codinglab.course.billing_statement import Statement, Unreadable, read_statement
from codinglab.grading.items import Expected, ExpectedItem, ExpectedPart, Item, Items, Near, Part
from codinglab.grading.rubric import Rubric

_SHARES: Mapping[tuple[str, str], Fraction] = {
    (bill.POSTING, "paid"): Fraction(1, 3),
    (bill.POSTING, "adjustments"): Fraction(2, 3),
    (bill.ADJUSTMENT, "group"): Fraction(1, 2),
    (bill.ADJUSTMENT, "amount"): Fraction(1, 2),
    (bill.BILLED, "who"): Fraction(1, 2),
    (bill.BILLED, "amount"): Fraction(1, 2),
}
_OWN_WEIGHT = "last day"  # of a next action: a right step that is too late is no step
_VERB = {
    bill.BOX: "box",
    bill.POSTING: "post",
    bill.ADJUSTMENT: "cas",
    bill.BILLED: "bill",
    bill.REFUND: "refund",
    bill.NEXT: "next",
    bill.CLASS: "class",
    bill.SUM: "sum",
    bill.PAYER: "payer",
}
_CALLED = {
    bill.BOX: ("box {}", "a box of the form"),
    bill.POSTING: ("posting of {}", "a posting"),
    bill.ADJUSTMENT: ("adjustment of line and reason {}", "an adjustment"),
    bill.BILLED: ("bill for {}", "a bill"),
    bill.REFUND: ("refund for {}", "a refund"),
    bill.NEXT: ("next step for {}", "a next step"),
    bill.CLASS: ("what {} was denied for", "what a denial was about"),
    bill.SUM: ("sum {}", "a sum"),
    bill.PAYER: ("payer {}", "a payer"),
}
_WORD_BEFORE = {(bill.POSTING, "paid"): "paid ", (bill.NEXT, "last day"): "by "}


def called(kind: str, value: str | None) -> str:
    """Return an item in plain words: "posting of OV1001.1"; "a posting" where it has no value."""
    known, unknown = _CALLED.get(kind, ("{}", f"a {kind}"))
    return known.format(value) if value else unknown


def statement(text: str) -> Statement:
    """Return the statement that a key says; raises BadData where a trainee could not write it."""
    verb, _, rest = text.strip().partition(" ")
    if verb not in bill.VERBS:
        raise BadData(f"{text!r} begins with none of {', '.join(bill.VERBS)}")
    try:
        return read_statement(verb, rest, "key")
    except Unreadable as error:
        raise BadData(f"{text!r}: {error} {error.remedy}") from error


def points(one: Statement, rubric: Rubric) -> Fraction:
    """Return what naming it is worth: all of a payer, nothing of what has elements."""
    return Fraction(0) if one.parts else rubric.weight(one.kind)


def parts(
    one: Statement,
    accepted: Iterable[Statement],
    near: Iterable[tuple[Statement, Near]],
    rubric: Rubric,
) -> tuple[ExpectedPart, ...]:
    """Return the elements of `one` with their points, the sets as good, and the near misses.

    Raises BadData for a statement that is about something else than `one`.
    """
    as_good, missed = list(accepted), list(near)
    for other in (*as_good, *(each for each, _ in missed)):
        if (other.kind, other.value) != (one.kind, one.value):
            raise BadData(f"{other.kind} {other.value} is not about {one.kind} {one.value}")
    return tuple(_part(one, name, as_good, missed, rubric) for name, _ in one.parts)


def _part(
    one: Statement,
    name: str,
    accepted: list[Statement],
    near: list[tuple[Statement, Near]],
    rubric: Rubric,
) -> ExpectedPart:
    values = dict(one.parts)[name]
    as_good = (dict(other.parts).get(name, frozenset()) for other in accepted)
    misses = (
        Near(value, miss.credit, miss.error_class, miss.reason)
        for other, miss in near
        for value in sorted(dict(other.parts).get(name, frozenset()) - values)
    )
    return ExpectedPart(
        name,
        values,
        _worth(one.kind, name, rubric) if values else Fraction(0),
        accepted=tuple(other for other in dict.fromkeys(as_good) if other != values),
        near=tuple(misses),
    )


def _worth(kind: str, name: str, rubric: Rubric) -> Fraction:
    if name == _OWN_WEIGHT:
        return rubric.weight(name)
    return rubric.weight(kind) * _SHARES.get((kind, name), Fraction(1))


def as_the_key_writes(said: Items, wanted: Expected) -> Items:
    """Return `said` with each entry of a box in the key's own writing, where only that differs.

    A form holds no points, hyphens, dollar signs or fixed blanks: "E11.22" is "E1122", "210 00" is
    "210.00". Whoever writes them names the same entry.
    """
    known: dict[tuple[str, str], str] = {}
    for item in wanted.items:
        if item.kind == bill.BOX:
            for part in item.parts:
                near = (each.value for each in part.near)
                for entry in (
                    *part.values,
                    *(one for each in part.accepted for one in each),
                    *near,
                ):
                    known.setdefault((item.value, _bare(entry)), entry)
    return tuple(_rewritten(one, known) if one.kind == bill.BOX else one for one in said)


def _bare(entry: str) -> str:
    return "".join(one for one in entry.upper() if one.isalnum())


def _rewritten(item: Item, known: Mapping[tuple[str, str], str]) -> Item:
    parts = (
        Part(one.name, frozenset(known.get((item.value, _bare(v)), v) for v in one.values))
        for one in item.parts
    )
    return replace(item, parts=tuple(parts))


def written(item: ExpectedItem, instead: Mapping[str, frozenset[str]] | None = None) -> str:
    """Return `item` as a trainee writes it; `instead` holds other values of some elements."""
    changed = instead or {}
    if item.kind == bill.ADJUSTMENT:
        line, reason = item.value.split(" ")
        told = {one.name: sorted(changed.get(one.name, one.values)) for one in item.parts}
        (group,), (amount,) = told["group"], told["amount"]
        return f"{_VERB[item.kind]} {line} {group}-{reason} {amount}"
    said = [f"{_VERB[item.kind]} {item.value}"]
    for part in item.parts:
        values = sorted(changed.get(part.name, part.values))
        if values:
            said.append(_WORD_BEFORE.get((item.kind, part.name), "") + " ".join(values))
    return " ".join(said)
