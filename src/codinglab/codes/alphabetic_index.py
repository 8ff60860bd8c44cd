"""The Alphabetic Index of ICD-10-CM: from a main term through its subterms to a code.

A coder looks up the condition in the index and verifies the code in the tabular list. The index
is that which the user imported (CDC/NCHS) where it covers the day, else this lab's own short one.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from codinglab.codes.index_compile import BOOKS, OURS, Book, compiled_file, stem
from codinglab.codes.index_rows import SEPARATOR, cell_names, fold
from codinglab.codes.index_targets import Leads
from codinglab.codes.index_tree import ROOT, walk
from codinglab.codes.release import Release, in_force, read_release, releases
from codinglab.core.cite import Cite

_FIELDS = "number, level, path, label, nonessential, code, manifestation, see, see_also, below"
_SELECT = f"select {_FIELDS} from term "  # noqa: S608  fixed names
_END = "\U0010ffff"
_Cells = tuple[int, int, str, str, str, str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Term:
    """A main term (`level` 0) or a subterm.

    `path` leads down to it from its main term; `nonessential` holds the words in parentheses that
    need not be said. `code` ends in "-" where more characters must be taken from the tabular
    list, and is "" where the term only leads on; `manifestation` is the second code, in brackets.
    `below` is the number of subterms directly below.
    """

    number: int
    level: int
    path: tuple[str, ...]
    label: str
    nonessential: str
    code: str
    manifestation: str
    see: str
    see_also: str
    below: int

    @property
    def written(self) -> str:
        """Return the path as it is typed: "Diabetes, diabetic > type 2"."""
        return SEPARATOR.join(self.path)


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a `see` (or, by `also`, a `see also`) leads.

    `leads` says how far the index follows it: to the `term` itself; to a `term` and then by the
    rule in `rest` ("by site"; without a term, the condition itself); in `part`; `elsewhere`, to a
    table or another book; to the `tabular` list; or to `nothing` that this index has.
    """

    text: str
    also: bool
    leads: Leads
    term: Term | None
    rest: str


def _term(cells: _Cells) -> Term:
    number, level, path, label, nonessential, code, manifestation, see, see_also, below = cells
    steps = tuple(path.split(SEPARATOR))
    said = (label, nonessential, code, manifestation, see, see_also)
    return Term(number, level, steps, *said, below)


class AlphabeticIndex:
    """One book of the index; get it from `open_index`."""

    def __init__(self, path: Path, release: Release, book: Book) -> None:
        """Open the compiled database `path` of `book` in `release`."""
        self.info = release.info
        self.book = book.name
        own = self.info.set == OURS
        name = "this lab's own short index" if own else "the index that you imported"
        self.source = f"{name} ({release}, {self.book})"
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._base = sqlite3.connect(uri, uri=True, check_same_thread=False)

    def _terms(self, query: str, *values: int | str) -> tuple[Term, ...]:
        return tuple(map(_term, self._base.execute(_SELECT + query, values)))

    def _called(self, parent: int, name: str) -> list[int]:
        query = "select number from name where parent = ? and name = ? order by rank, number"
        return [number for (number,) in self._base.execute(query, (parent, name))]

    def cite(self, term: Term) -> Cite:
        """Return the citation of `term` in this release of the index."""
        return Cite(f"ICD-10-CM index, {self.source}", self.info.release, term.written)

    def at(self, number: int) -> Term:
        """Return the term with the `number`; raises LookupError, naming the index, if none has."""
        for one in self._terms("where number = ?", number):
            return one
        raise LookupError(f"{self.source} has no term number {number}")

    def terms(self) -> tuple[Term, ...]:
        """Return every term, in the order of the index."""
        return self._terms("order by number")

    def main_terms(self, beginning: str, limit: int = 40) -> tuple[Term, ...]:
        """Return the main terms that begin with `beginning`, at most `limit` (-1: all)."""
        start = fold(beginning)
        query = "where parent = 0 and folded >= ? and folded < ? order by number limit ?"
        return self._terms(query, start, start + _END, limit)

    def find(self, text: str) -> Term | None:
        """Return the term written "Diabetes > type 2", None if there is none.

        Case, accents and words in parentheses do not count, and a part of a label between commas
        will do: "diabetes" for "Diabetes, diabetic".
        """
        steps = [one.strip() for one in text.split(SEPARATOR.strip())]
        number = walk(self._called, steps) if all(map(fold, steps)) else None
        return None if number is None else self.at(number)

    def below(self, term: Term) -> tuple[Term, ...]:
        """Return the subterms directly below `term`, in the order of the index."""
        return self._terms("where parent = ? order by number", term.number)

    def targets(self, term: Term) -> tuple[Lead, ...]:
        """Return where the see, then the see also, of `term` lead."""
        query = (
            "select text, also, leads, found, rest from target where number = ? "
            "order by also, place"
        )
        return tuple(
            Lead(text, bool(also), leads, None if found is None else self.at(found), rest)
            for text, also, leads, found, rest in self._base.execute(query, (term.number,))
        )

    def leading_to(self, code: str) -> tuple[Term, ...]:
        """Return the terms whose code (or second code) is `code` or a header above it.

        A header stands in the index with a dash: "S52.50-" leads to S52.501A.
        """
        key = stem("".join(code.split()).upper())
        stems = [key[:end] for end in range(3, len(key) + 1)]
        marks = ", ".join("?" * len(stems))
        inner = f"select number from code where stem in ({marks})"  # noqa: S608  marks alone
        return self._terms(f"where number in ({inner}) order by number", *stems)


class IndexTable(AlphabeticIndex):
    """A table of the index: the rows are terms, each with a code for each column."""

    def __init__(self, path: Path, release: Release, book: Book) -> None:
        """Open the compiled database `path` of the table `book` in `release`."""
        super().__init__(path, release, book)
        self.columns = cell_names(book.model)
        tops = self._terms("where parent = 0 limit 2")
        # The published Table of Neoplasms hangs all sites below the one term "Neoplasm".
        self._top = tops[0].number if len(tops) == 1 and tops[0].below > 1 else ROOT

    def codes(self, row: Term) -> dict[str, str]:
        """Return the code of each column of `row` that has one, by the column's name."""
        query = "select place, code from cell where number = ? order by place"
        found = self._base.execute(query, (row.number,))
        return {self.columns[place]: code for place, code in found}

    def find(self, text: str) -> Term | None:
        """Return the row written "breast > upper-outer quadrant", None if there is none."""
        steps = [one.strip() for one in text.split(SEPARATOR.strip())]
        number = walk(self._called, steps, self._top) if all(map(fold, steps)) else None
        return super().find(text) if number is None else self.at(number)

    def beginning(self, text: str, limit: int = 40) -> tuple[Term, ...]:
        """Return the rows, subterms left out, that begin with `text`, at most `limit` (-1: all)."""
        start = fold(text)
        query = "where parent = ? and folded >= ? and folded < ? order by number limit ?"
        return self._terms(query, self._top, start, start + _END, limit)

    def main_terms(self, beginning: str, limit: int = 40) -> tuple[Term, ...]:
        """Return what `beginning` returns: the rows are the main terms of a table."""
        return self.beginning(beginning, limit)


@lru_cache(maxsize=16)
def _opened(path: Path, folder: Path, book: str) -> AlphabeticIndex:
    made = IndexTable if book in {"neoplasms", "drugs"} else AlphabeticIndex
    return made(path, read_release(folder), BOOKS[book])


@lru_cache(maxsize=64)
def _open(day: date, folder: Path | None, book: str) -> AlphabeticIndex:
    imported = releases(BOOKS[book].imported, folder).rows
    covering = [release for span, release in imported if day in span]
    release = covering[0] if covering else in_force(OURS, day, folder)
    return _opened(compiled_file(release, BOOKS[book]), release.folder, book)


def open_index(
    day: date,
    folder: Path | None = None,
    book: Literal["diseases", "external causes"] = "diseases",
) -> AlphabeticIndex:
    """Return the index in force on `day`, compiling it at its first use.

    `folder` holds the code sets (the installation's own and imported ones by default). An
    imported index that covers the day comes before our own. Raises NotInForce, naming what is
    known, when neither covers it, and BadData when a file is wrong.
    """
    return _open(day, folder, book)


def open_neoplasms(day: date, folder: Path | None = None) -> IndexTable:
    """Return the Table of Neoplasms in force on `day`, as `open_index` does the index."""
    found = _open(day, folder, "neoplasms")
    assert isinstance(found, IndexTable)
    return found


def open_drugs(day: date, folder: Path | None = None) -> IndexTable:
    """Return the Table of Drugs and Chemicals in force on `day`, as `open_index` does."""
    found = _open(day, folder, "drugs")
    assert isinstance(found, IndexTable)
    return found


def open_book(day: date, book: str, folder: Path | None = None) -> AlphabeticIndex:
    """Return the book called `book` (diseases, external causes, neoplasms or drugs) on `day`.

    Raises KeyError for another name, else as `open_index` does.
    """
    return _open(day, folder, BOOKS[book].name)


def all_books(day: date, folder: Path | None = None) -> tuple[AlphabeticIndex, ...]:
    """Return all four books in force on `day`, as `open_index` does."""
    return tuple(_open(day, folder, book) for book in BOOKS)
