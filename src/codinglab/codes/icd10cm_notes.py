"""What the notes of the tabular list refer to: sets of codes, with their conditions.

The references were read from the notes when the table was compiled; a question is a few index
look-ups, and is remembered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from codinglab.codes.icd10cm import Code, Icd10cm, Note, key_of, open_table
from codinglab.codes.icd10cm_reference_rows import REFERENCE_KINDS
from codinglab.codes.icd10cm_references import Condition, parse

__all__ = [
    "REFERENCE_KINDS",
    "Reference",
    "Stretch",
    "Unread",
    "coverage",
    "kinds_of_notes",
    "references",
    "unread",
]


_ROWS = "select place, first, last, condition, scope from reference where ordinal = ? order by part"
_NOTES = "select place, kind, text, head from note where ordinal = ? order by place"
_UNREAD = (
    "select ordinal, kind, text, reason from unread join note using (ordinal, place) "
    "order by ordinal, place"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Everything from ordinal `first` to `last` that meets the `condition`, if there is one."""

    first: int
    last: int
    condition: Condition | None = None

    def holds(self, code: Code) -> bool:
        """Say whether `code` lies here and meets the condition."""
        if not self.first <= code.ordinal <= self.last:
            return False
        return self.condition is None or self.condition.holds(key_of(code.code))


@dataclass(frozen=True, slots=True)
class Reference:
    """A note that names codes: the `note`, with the node that states it, and what it names.

    `head` is the list it stands in ("underlying disease, such as:"), "" where it stands in none.
    """

    note: Note
    head: str
    stretches: tuple[Stretch, ...]

    def holds(self, code: Code) -> bool:
        """Say whether the note names `code`."""
        return any(one.holds(code) for one in self.stretches)


@dataclass(frozen=True, slots=True)
class Unread:
    """A note that carries a code and could not be resolved, and the `reason`."""

    note: Note
    reason: str


def _stretches(table: Icd10cm, ordinal: int) -> dict[int, list[tuple[Stretch, bool]]]:
    found: dict[int, list[tuple[Stretch, bool]]] = {}
    for place, first, last, condition, scope in table.rows(_ROWS, ordinal):
        stretch = Stretch(first, last, Condition.read(condition) if condition else None)
        found.setdefault(place, []).append((stretch, bool(scope)))
    return found


@lru_cache(maxsize=32768)
def _stated(table: Icd10cm, at: Code) -> tuple[tuple[Reference, tuple[Stretch, ...]], ...]:
    """Return what the notes at one node refer to, each with the scope it is restricted to."""
    rows = _stretches(table, at.ordinal)
    found = []
    for place, kind, text, head in table.rows(_NOTES, at.ordinal) if rows else ():
        parts = rows.get(place, [])
        if targets := tuple(one for one, scope in parts if not scope):
            reference = Reference(Note(kind, text, at.code), head, targets)
            found.append((reference, tuple(one for one, scope in parts if scope)))
    return tuple(found)


@lru_cache(maxsize=8192)
def _all(table: Icd10cm, code: str) -> tuple[Reference, ...]:
    asked = table.node(code)
    return tuple(
        reference
        for node in (asked, *table.ancestors(code))
        for reference, scope in _stated(table, node)
        if not scope or any(one.holds(asked) for one in scope)
    )


def references(code: str, kind: str, day: date) -> tuple[Reference, ...]:
    """Return the references of `kind` that govern `code` on `day`: its own, then those above.

    `kind` is one of REFERENCE_KINDS. A list head holds no codes itself; its items carry it as
    `head`. Raises KeyError for an unknown code, ValueError for an unknown kind, NotInForce when
    no release covers the day.
    """
    if kind not in REFERENCE_KINDS:
        raise ValueError(f"{kind}: not one of {', '.join(REFERENCE_KINDS)}")
    table = open_table(day)
    return tuple(one for one in _all(table, key_of(code)) if one.note.kind == kind)


def kinds_of_notes(table: Icd10cm, code: str) -> frozenset[str]:
    """Return the kinds of notes that govern `code`; none for a code that `table` has not."""
    if table.find(code) is None:
        return frozenset()
    return frozenset(one.note.kind for one in _all(table, key_of(code)))


def unread(day: date) -> tuple[Unread, ...]:
    """Return every reference note that carries a code and could not be resolved, with why."""
    table = open_table(day)
    return tuple(
        Unread(Note(kind, text, table.at(ordinal).code), reason)
        for ordinal, kind, text, reason in table.rows(_UNREAD)
    )


def coverage(day: date) -> tuple[int, int, int]:
    """Return how many reference notes there are, carry a code, and of these could be resolved."""
    every = open_table(day).rows("select kind, text from note")
    notes = [text for kind, text in every if kind in REFERENCE_KINDS]
    coded = sum(parse(text).carries_code for text in notes)
    return len(notes), coded, coded - len(unread(day))
