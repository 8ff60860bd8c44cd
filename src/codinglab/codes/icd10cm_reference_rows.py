"""Resolve the reference notes to stretches of the tabular list, when it is compiled.

Table `reference` has one row a stretch (`scope` 1: a restriction of the note, not a target),
`unread` one row for each note that carries a code and could not be resolved whole, with the
reason; such a note has no row in `reference`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from codinglab.codes.icd10cm_references import Condition, Span, parse
from codinglab.codes.icd10cm_xml import Node

REFERENCE_KINDS = ("excludes1", "excludes2", "code first", "use additional code", "code also")
REFERENCE_TABLES = """
create table reference (ordinal integer not null, place integer not null, part integer not null,
  first integer not null, last integer not null, condition text not null, scope integer not null,
  primary key (ordinal, place, part)) without rowid;
create table unread (ordinal integer not null, place integer not null, reason text not null,
  primary key (ordinal, place)) without rowid;
"""
_Row = tuple[int, int, str, int]  # first, last, condition, scope


class _Unresolved(Exception):
    """A reference names what this release does not have."""


class _Resolver:
    """Finds spans in `tree`, whose node at ordinal n ends at `last[n - 1]`."""

    def __init__(self, tree: list[Node], last: list[int]) -> None:
        self.tree, self.last = tree, last
        self.place = {node.key: ordinal for ordinal, node in enumerate(tree, 1)}

    def rows(self, text: str, head: str) -> list[_Row]:
        """Return the rows of the note `text` under `head`, without their note and number."""
        read = parse(text)
        if read.trouble:
            raise _Unresolved(read.trouble)
        restricted = read.scope or (parse(head).scope if head else ())
        found = [self.row(span, 0) for span in read.spans]
        return found + [self.row(span, 1) for span in restricted]

    def row(self, span: Span, scope: int) -> _Row:
        start, end = self.ordinal(span.first), self.last[self.ordinal(span.last) - 1]
        if start > end:
            raise _Unresolved(f"{span.first}-{span.last} runs backwards")
        if span.condition and not self.any_meets(start, end, span.condition):
            raise _Unresolved(f"no code of {span.first}-{span.last} meets {span.condition}")
        return start, end, str(span.condition or ""), scope

    def ordinal(self, code: str) -> int:
        if found := self.place.get(code.replace(".", "")):
            return found
        raise _Unresolved(f"{code} is not in this release")

    def any_meets(self, start: int, end: int, condition: Condition) -> bool:
        between = self.tree[start - 1 : end]
        return any(node.billable and condition.holds(node.key) for node in between)


def _notes(tree: list[Node]) -> Iterator[tuple[int, int, str, str]]:
    for ordinal, node in enumerate(tree, 1):
        for place, (kind, text, head) in enumerate(node.notes):
            if kind in REFERENCE_KINDS:
                yield ordinal, place, text, head


def write_references(base: sqlite3.Connection, tree: list[Node], last: list[int]) -> None:
    """Fill the two tables of `base` from the notes of `tree`."""
    resolver = _Resolver(tree, last)
    rows, unread = [], []
    for ordinal, place, text, head in _notes(tree):
        try:
            found = resolver.rows(text, head)
        except _Unresolved as why:
            unread.append((ordinal, place, str(why)))
        else:
            rows += [(ordinal, place, part, *cells) for part, cells in enumerate(found)]
    base.executemany("insert into reference values (?, ?, ?, ?, ?, ?, ?)", rows)
    base.executemany("insert into unread values (?, ?, ?)", unread)
