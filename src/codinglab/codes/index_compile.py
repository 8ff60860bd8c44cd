"""Compile an alphabetic index once into a small database in the user's cache.

Sources are our own text files and tables, or what the user imported. The file's name holds the
hashes that release.yml states and the schema version, so that a stale one is never opened.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from codinglab.codes.index_rows import TABLE, DrugRow, NeoplasmRow, TermRow, cell_names, fold
from codinglab.codes.index_tables import read_table
from codinglab.codes.index_targets import Finder, split
from codinglab.codes.index_text import read_terms
from codinglab.codes.index_tree import Tree
from codinglab.codes.preparing import compiled, steps
from codinglab.codes.release import Release, digest, rows
from codinglab.core.tables import BadData

SCHEMA = 1
OURS = "alphabetic_index"
_TABLES = """
create table term (number integer primary key, parent integer not null, level integer not null,
  path text not null, label text not null, nonessential text not null, code text not null,
  manifestation text not null, see text not null, see_also text not null, below integer not null,
  folded text not null);
create table name (parent integer not null, name text not null, rank integer not null,
  number integer not null, primary key (parent, name, rank, number)) without rowid;
create table target (number integer not null, also integer not null, place integer not null,
  text text not null, leads text not null, found integer, rest text not null,
  primary key (number, also, place)) without rowid;
create table code (stem text not null, number integer not null, primary key (stem, number))
  without rowid;
create table cell (number integer not null, place integer not null, code text not null,
  primary key (number, place)) without rowid;
"""
_INDEXES = """
create index term_parent on term (parent);
create index term_folded on term (parent, folded);
"""


@dataclass(frozen=True, slots=True)
class Book:
    """A book of the index: the code set that a user imports, and our own files of it."""

    name: str
    imported: str
    files: tuple[str, ...]
    model: type[TermRow] = TermRow


BOOKS = {
    one.name: one
    for one in (
        Book("diseases", "icd10cm_index", ("a-c.txt", "d-h.txt", "i-o.txt", "p-z.txt")),
        Book("external causes", "icd10cm_external_index", ("external.txt",)),
        Book("neoplasms", "icd10cm_neoplasms", ("neoplasms.csv",), NeoplasmRow),
        Book("drugs", "icd10cm_drugs", ("drugs.csv",), DrugRow),
    )
}


def stem(code: str) -> str:
    """Return a code of the index without dot and trailing dash: "S52.50-" is "S5250"."""
    return code.replace(".", "").rstrip("-")


def _own_rows(release: Release, book: Book) -> list[TermRow]:
    found: list[TermRow] = []
    for name in book.files:
        file, expected = release.folder / name, release.info.tables.get(name)
        if expected is None:
            continue
        if digest(file) != expected:
            raise BadData(
                f"{file}: not the file whose SHA-256 {release.folder / 'release.yml'} states; "
                "check it with scripts/check_index.py and restate the hash with --hashes"
            )
        if file.suffix == ".txt":
            found += (one.row for one in read_terms(file, len(found) + 1))
            continue
        table, wrong = read_table(file)
        if wrong:
            raise wrong[0]
        found += (row for _, row in table)
    return found


def book_rows(release: Release, book: Book) -> list[TermRow]:
    """Return all rows of `book` in `release`, ours or an imported one; raises BadData."""
    if release.info.set == OURS:
        return _own_rows(release, book)
    return list(rows(release, TABLE, book.model))


def _codes(row: TermRow, cells: tuple[str, ...]) -> Iterator[str]:
    for code in (row.code, row.manifestation, *(getattr(row, name) for name in cells)):
        yield from (stem(one) for one in code.split() if stem(one))


def _targets(every: list[TermRow], tree: Tree) -> Iterator[tuple[object, ...]]:
    finder = Finder.of(every, tree)
    for row in every:
        for also, text in enumerate((row.see, row.see_also)):
            for place, one in enumerate(split(text)):
                to = finder.find(one, row.number)
                yield row.number, also, place, to.text, to.leads, to.number, to.rest


def write(every: list[TermRow], cells: tuple[str, ...], path: Path) -> None:
    """Write the compiled index of the rows `every`, whose code columns are `cells`, to `path`."""
    tree = Tree.of(every)
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.executescript("pragma journal_mode=off; pragma synchronous=off;" + _TABLES)
        base.execute("begin")
        for table, filled in (
            ("term", _terms(every, tree)),
            ("name", tree.every_name()),
            ("target", _targets(every, tree)),
            ("code", sorted({(code, row.number) for row in every for code in _codes(row, cells)})),
            ("cell", _cells(every, cells)),
        ):
            width = len(base.execute(f"pragma table_info({table})").fetchall())
            marks = ", ".join("?" * width)
            base.executemany(f"insert into {table} values ({marks})", filled)  # noqa: S608  fixed
        base.execute("commit")
        base.executescript(_INDEXES)


def _terms(every: list[TermRow], tree: Tree) -> Iterator[tuple[object, ...]]:
    for row in every:
        said = (row.label, row.nonessential, row.code, row.manifestation, row.see, row.see_also)
        below = len(tree.children.get(row.number, ()))
        parent = tree.parents[row.number]
        yield row.number, parent, row.level, row.path, *said, below, fold(row.label)


def _cells(every: list[TermRow], cells: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    for row in every:
        for place, name in enumerate(cells):
            if code := getattr(row, name):
                yield row.number, place, code


def _family(release: Release, book: Book) -> str:
    words = (release.info.set, release.info.release, book.name)
    return "-".join(re.sub(r"[^A-Za-z0-9]+", "_", one) for one in words)


def _name(release: Release, book: Book) -> str:
    wanted = book.files if release.info.set == OURS else (TABLE,)
    hashes = [f"{name} {release.info.tables.get(name)}" for name in wanted]
    said = hashlib.sha256(" ".join([str(SCHEMA), *hashes]).encode()).hexdigest()
    return f"index-{_family(release, book)}-{said[:16]}.sqlite"


def compiled_file(release: Release, book: Book) -> Path:
    """Return the compiled `book` of `release`, compiling it when the cache has none.

    Raises BadData when a file is wrong or is not the one that release.yml names.
    """

    def make(path: Path) -> None:
        with steps(f"the index of {book.name}", 3) as step:
            step("terms", 0)
            every = book_rows(release, book)
            step("cross references", 1)
            write(every, cell_names(book.model), path)

    family = rf"index-{re.escape(_family(release, book))}-[0-9a-f]{{16}}\.sqlite"
    return compiled(_name(release, book), family, make)
