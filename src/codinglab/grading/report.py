"""A marking for people and programs to read, open (practice) or sealed (graded work).

A sealed report never shows what the key expects: no expected value, no reason of the key's own,
no evidence, no citation that names the answer itself. It shows the verdict, the class of the
error in general words, and the other citations.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TypedDict

from codinglab.core.cite import Cite
from codinglab.grading.error_classes import Direction, error_class
from codinglab.grading.marking import Mark, Marking, PartMark, SequenceMark, Verdict
from codinglab.grading.methods import methods


class PartRow(TypedDict):
    """One part of an item. `expected`, `missing` and `extra` are None in a sealed report."""

    part: str
    verdict: str
    answered: list[str]
    expected: list[str] | None
    missing: list[str] | None
    extra: list[str] | None
    earned: float
    possible: float
    error_class: str
    reason: str


class MarkRow(TypedDict):
    """One mark. `about` is "item" or "order"; points are rounded to four decimals.

    `expected` and `evidence` are None in a sealed report. `direction` is "over-coded",
    "under-coded" or empty. `optional` items neither earn nor cost.
    """

    about: str
    verdict: str
    kind: str
    place: str
    answered: str | None
    expected: str | None
    optional: bool
    critical: bool
    credit: float
    earned: float
    possible: float
    error_class: str
    direction: str
    reason: str
    cites: list[str]
    evidence: list[str] | None
    parts: list[PartRow]


_SAID = {
    Verdict.EXACT: "This is right.",
    Verdict.ACCEPTED: "This is accepted.",
    Verdict.PARTIAL: "This is close, but not what the record supports.",
    Verdict.MISSING: "The record supports something that is not here.",
    Verdict.EXTRA: "The record does not support this.",
}
_OTHER = "other"


def rows(marking: Marking, *, sealed: bool) -> list[MarkRow]:
    """Return a row for each mark, items first, then errors of order; `sealed` hides the key."""
    items = [_item_row(mark, sealed=sealed) for mark in marking.marked]
    return items + [_order_row(mark, sealed=sealed) for mark in marking.sequencing]


def as_text(marking: Marking, *, sealed: bool) -> str:
    """Return the report as lines of plain text: each mark, the sum, and every method."""
    lines = [line for row in rows(marking, sealed=sealed) for line in _row_lines(row)]
    lines.append(f"points: {_number(marking.earned)} of {_number(marking.possible)}")
    for name, share in methods(marking).as_json().items():
        said = "does not apply" if share is None else f"{share:.2%}"
        lines.append(f"{name.replace('_', ' ')}: {said}")
    if marking.blocked_by:
        named = "" if sealed else ": " + ", ".join(marking.blocked_by)
        lines.append(f"not passed, {len(marking.blocked_by)} critical{named}")
    return "\n".join(lines)


def _row_lines(row: MarkRow) -> Iterator[str]:
    place = f"{row['place']}: " if row["place"] else ""
    value = row["answered"] or row["expected"] or row["kind"]
    source = f" [{'; '.join(row['cites'])}]" if row["cites"] else ""
    points = f"{row['earned']:g} of {row['possible']:g}"
    yield f"{place}{value}: {row['verdict']}, {points}. {row['reason']}{source}"
    for part in row["parts"]:
        points = f"{part['earned']:g} of {part['possible']:g}"
        yield f"  {part['part']}: {part['verdict']}, {points}. {part['reason']}"


def _item_row(mark: Mark, *, sealed: bool) -> MarkRow:
    expected, answer = mark.expected, mark.answer
    known = _class(mark.error_class, sealed=sealed)
    return {
        "about": "item",
        "verdict": mark.verdict.value,
        "kind": mark.kind,
        "place": answer.place if answer else "",
        "answered": answer.value if answer else None,
        "expected": None if sealed or not expected else expected.value,
        "optional": expected is not None and expected.status.value == "optional",
        "critical": mark.blocks,
        "credit": _number(mark.credit),
        "earned": _number(mark.earned),
        "possible": _number(mark.possible),
        "error_class": known,
        "direction": _direction(mark.error_class),
        "reason": _general(known, mark.verdict) if sealed else mark.reason,
        "cites": _cites(mark.cites, hide=sealed and not _known(mark)),
        "evidence": None if sealed else list(expected.evidence if expected else ()),
        "parts": [_part_row(part, sealed=sealed) for part in mark.parts],
    }


def _part_row(part: PartMark, *, sealed: bool) -> PartRow:
    known = _class(part.error_class, sealed=sealed)
    return {
        "part": part.name,
        "verdict": part.verdict.value,
        "answered": list(part.answered),
        "expected": None if sealed else list(part.expected),
        "missing": None if sealed else list(part.missing),
        "extra": None if sealed else list(part.extra),
        "earned": _number(part.earned),
        "possible": _number(part.possible),
        "error_class": known,
        "reason": _general(known, part.verdict) if sealed else part.reason,
    }


def _order_row(mark: SequenceMark, *, sealed: bool) -> MarkRow:
    known = _class(mark.error_class, sealed=sealed)
    return {
        "about": "order",
        "verdict": Verdict.PARTIAL.value,
        "kind": mark.answer.kind,
        "place": mark.answer.place,
        "answered": mark.answer.value,
        "expected": None,
        "optional": False,
        "critical": False,
        "credit": 0.0,
        "earned": _number(mark.earned),
        "possible": 0.0,
        "error_class": known,
        "direction": "",
        "reason": _general(known, Verdict.PARTIAL) if sealed else mark.reason,
        "cites": _cites(mark.cites, hide=sealed),
        "evidence": None,
        "parts": [],
    }


def _known(mark: Mark) -> bool:
    """Say whether the answer already has what the key expects, so that naming it tells nothing."""
    return mark.verdict.right


def _cites(cites: tuple[Cite, ...], *, hide: bool) -> list[str]:
    return [str(cite) for cite in cites if not (hide and cite.names_answer)]


def _class(name: str, *, sealed: bool) -> str:
    """Return the class as shown: a sealed report names none that a key's author made up."""
    return _OTHER if sealed and name and error_class(name) is None else name


def _general(name: str, verdict: Verdict) -> str:
    known = error_class(name)
    return known.sentence if known else _SAID[verdict]


def _direction(name: str) -> str:
    known = error_class(name)
    return (known.direction if known else Direction.NEITHER).value


def _number(points: Fraction) -> float:
    return float(round(points, 4))
