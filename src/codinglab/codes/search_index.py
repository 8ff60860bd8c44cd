"""Compile all that the search looks through, one document a phrase, once into the user's cache.

Phrases are titles, inclusion terms and our own synonyms. A phrase of a header stands for the code
below it that says no more ("E11" for E11.9), since a claim may not carry the header. Codes made by
a 7th character are one entry; which character is meant is settled when it is shown. The documents
lie in the order of their cost, the plainest first, so that the first matches are good ones.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from codinglab.codes.icd10cm_compile import compiled_file
from codinglab.codes.preparing import compiled, steps
from codinglab.codes.release import Release, rows
from codinglab.codes.search_phrases import (
    Diagnoses,
    Entry,
    Phrase,
    Synonym,
    label_entries,
    labels,
)
from codinglab.codes.search_sources import (
    BILLING,
    DIAGNOSES,
    PROCEDURES,
    SYSTEMS,
    Sources,
    Table,
    file_name,
    hashes,
    since,
    sources,
    tables,
    words,
)
from codinglab.codes.search_terms import index_terms
from codinglab.codes.search_words import (
    FAINT,
    FAINT_TELLS,
    STOP,
    bracketed,
    cut,
    denied,
    essential,
    skeleton,
    stem,
    stemmed,
    typo_keys,
)
from codinglab.core.dates import Span

if TYPE_CHECKING:
    from codinglab.codes.icd10pcs import Icd10pcs

SCHEMA = 9
_SHORTEST_TYPO = 4
_FIELD_COST = {"synonym": -1.0, "label": 0.0, "title": 0.0, "inclusion term": 0.3}
# Chapters and families that a plain word seldom means: pregnancy, the newborn, what one is born
# with, outside causes, poisoning, what once was, and diabetes that something else brought about.
_SELDOM = (
    *(("E08", 2.0), ("E09", 2.0), ("E13", 2.0), ("O", 2.0), ("P", 2.0), ("Q", 1.5)),
    *(("T3", 1.5), ("T4", 1.5), ("T5", 1.5), ("T6", 1.0), ("V", 2.0), ("W", 1.5), ("X", 1.5)),
    *(("Y", 2.0), ("Z8", 1.0), ("Z9", 0.5), ("I15", 1.0), ("D", 0.3), ("C", 0.2), ("M1A", 0.5)),
    *(("B95", 1.0), ("B96", 1.0), ("B97", 1.0), ("T8", 1.0)),
    *(("M84", 1.0), ("M96", 1.0), ("M97", 1.0)),
)
_TABLES = """
create table entry (id integer primary key, system integer not null, code text not null,
  title text not null, chapter integer not null, sevens text not null, starts text not null,
  ends text not null);
create table phrase (id integer primary key, entry integer not null, system integer not null,
  chapter integer not null, stems text not null, weight real not null, usual integer not null,
  seldom real not null, field text not null, node text not null, text text not null);
create table term (stem text primary key, idf real not null) without rowid;
create table word (word text primary key) without rowid;
create table typo (key text not null, word text not null, sound text not null,
  primary key (key, word)) without rowid;
create table synonym (phrase text primary key, means text not null, named integer not null)
  without rowid;
create virtual table find using fts5 (words, content='', detail=none, columnsize=0,
  tokenize="unicode61 tokenchars '/'", prefix='3 4 5');
"""
_FINISH = "create index entry_code on entry (code); insert into find(find) values ('optimize');"


def synonyms(day: date, folder: Path | None = None) -> dict[str, str]:
    """Return "wording|wording#code" for each synonym, as the search of a page reads it."""
    return {
        " ".join(
            cut(one.phrase)
        ): f"{one.means.replace('<', '')}#{one.code.replace('.', '').lower()}"
        for one in _synonyms(words(day, folder), "words.csv")
    }


def _seldom(entry: Entry) -> float:
    if entry.system != DIAGNOSES:
        return 2.0  # who names no system means a diagnosis
    return next((cost for start, cost in _SELDOM if entry.code.startswith(start)), 0.0)


class _Writer:
    """Writes one index; `words` are the synonyms."""

    def __init__(self, base: sqlite3.Connection, words: tuple[Synonym, ...]) -> None:
        self._base, self._words = base, words
        self._place: dict[str, int] = {}
        self._shared: list[tuple[int, int, int, bool, float]] = []
        self._idf: dict[str, float] = {}
        self._known: set[str] = set()

    def entries(self, found: Iterable[Entry], default: Callable[[str], str]) -> None:
        """Write every entry; those that a synonym names are the usual ones."""
        usual = {default(one.code) for one in self._words if one.code}
        for at, one in enumerate(found):
            system = SYSTEMS.index(one.system)
            self._place[f"{one.system} {one.code}"] = at
            self._shared.append((at, system, one.chapter, one.code in usual, _seldom(one)))
            cells = (one.code, one.title, one.chapter, one.sevens, one.starts, one.ends)
            row = (at, system, *cells)
            self._base.execute("insert into entry values (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def phrases(self, found: Iterable[tuple[str, Phrase]]) -> None:
        """Write every phrase, the cheapest first, and the words that all have."""
        every = [(self._place[f"{system} {one.code}"], one) for system, one in found]
        cuts = [cut(one.text) for _, one in every]
        self._known.update(*cuts)
        said = [frozenset(stem(word) for word in one if word not in STOP) for one in cuts]
        count = Counter(word for words in said for word in words)
        self._idf = {word: math.log(len(every) / n) for word, n in count.items()}
        self._base.executemany("insert into term values (?, ?)", sorted(self._idf.items()))
        ready = [
            (self._cost(entry, one, weight), entry, one, have, weight, cells)
            for (entry, one), have, cells in zip(every, said, cuts, strict=True)
            for plain in (essential(one.text),)
            for weight in (self._weight(cells if plain == one.text else cut(plain)),)
        ]
        ready.sort(key=lambda each: (each[0], each[1]))
        for at, (_, entry, one, have, weight, cells) in enumerate(ready):
            text = " ".join(sorted(have))
            _, system, chapter, usual, seldom = self._shared[entry]
            shown = (one.field, one.node, one.text)
            marks_of = (*denied(cells, have), *bracketed(one.text, have))
            stems = " ".join([text, *sorted(marks_of)])
            row = (at, entry, system, chapter, stems, weight, usual, seldom, *shown)
            marks = ", ".join("?" * len(row))
            self._base.execute(f"insert into phrase values ({marks})", row)  # noqa: S608  marks
            self._base.execute("insert into find (rowid, words) values (?, ?)", (at, text))

    def _weight(self, said: list[str]) -> float:
        """Return how much a phrase says: the sum over its words, faint ones counting little."""
        telling = (word for word in said if word not in STOP)
        shares = {stem(word): FAINT_TELLS if word in FAINT else 1.0 for word in telling}
        return sum(self._idf[word] * share for word, share in shares.items())

    def _cost(self, entry: int, phrase: Phrase, weight: float) -> float:
        header = 0.0 if phrase.node == phrase.code else 0.2
        return weight / 5 + _FIELD_COST.get(phrase.field, 0.8) + header + self._shared[entry][-1]

    def words(self) -> None:
        """Write the synonyms, and each known word under the keys of its misspellings."""
        known = self._known.union(*(cut(one.phrase) for one in self._words))
        long = sorted(word for word in known if len(word) >= _SHORTEST_TYPO and word.isalpha())
        self._base.executemany("insert into word values (?)", zip(long, strict=True))
        keys = ((key, word, skeleton(word)) for word in long for key in typo_keys(word))
        self._base.executemany("insert into typo values (?, ?, ?)", sorted(keys))
        for one in self._words:
            row = (" ".join(cut(one.phrase)), one.means, bool(one.code))
            self._base.execute("insert or replace into synonym values (?, ?, ?)", row)
        for one in self._words:  # by its stems too, with a mark that no word has
            row = (stemmed(cut(one.phrase)), one.means, bool(one.code))
            self._base.execute("insert or ignore into synonym values (?, ?, ?)", row)


def _write(path: Path, fill: Callable[[_Writer], None], said: tuple[Synonym, ...]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.executescript("pragma journal_mode=off; pragma synchronous=off;" + _TABLES)
        base.execute("begin")
        writer = _Writer(base, said)
        fill(writer)
        writer.words()
        base.execute("commit")
        base.executescript(_FINISH)


def _synonyms(found: Release | None, *files: str) -> tuple[Synonym, ...]:
    there = [file for file in files if found and file in found.info.tables]
    return tuple(one for file in there if found for one in rows(found, file, Synonym))


def write_main(found: Sources, diagnoses_file: Path, path: Path) -> None:
    """Write the shelf of diagnoses, procedures and modifiers to `path`, which must not exist yet.

    `diagnoses_file` is the compiled tabular list of `found`.
    """
    said, others = _synonyms(found.words, "words.csv"), list(label_entries(found.tables))
    terms = list(index_terms(found.day, found.folder))  # compiles the index, which tells of itself
    with steps("the search", 100) as step:
        step("codes", 0)
        diagnoses = Diagnoses(diagnoses_file, _own_days(found))
        every = [*diagnoses.entries(), *others]
        phrases = [*diagnoses.phrases(), *diagnoses.synonyms(said)]
        phrases += diagnoses.terms(terms)

        def fill(writer: _Writer) -> None:
            step("codes", 15)
            writer.entries(every, diagnoses.written_default)
            step("phrases", 25)
            writer.phrases([(DIAGNOSES, one) for one in phrases] + list(labels(others)))
            step("words", 85)

        _write(path, fill, said)


def _own_days(found: Sources) -> dict[str, Span]:
    if not found.dates:
        return {}
    from codinglab.codes.icd10cm_dates import partly  # heavy, and of use while compiling alone

    return partly(found.diagnoses.info.span)


def write_billing(found: tuple[Table, ...], said: tuple[Synonym, ...], path: Path) -> None:
    """Write the shelf of the billing sets `found` to `path`, which must not exist yet."""
    every = list(label_entries(found))

    def fill(writer: _Writer) -> None:
        writer.entries(every, lambda _: "")
        writer.phrases(list(labels(every)))

    _write(path, fill, said)


def main_file(day: date, folder: Path | None = None) -> Path:
    """Return the shelf of diagnoses, procedures and modifiers for `day`, compiled at the first use.

    Its name holds the hashes of all it was made from, so that a stale one is never opened.
    Raises NotInForce, DataMissing and BadData as the tables it reads do.
    """
    found = sources(day, folder)
    diagnoses = compiled_file(found.diagnoses)
    name, family = file_name("main", found.since, SCHEMA, found.parts)
    return compiled(name, family, lambda path: write_main(found, diagnoses, path))


def billing_file(day: date, folder: Path | None = None) -> Path:
    """Return the shelf of the billing sets for `day`, compiled at the first use, as `main_file`."""
    found, said = tables(BILLING, day, folder), words(day, folder)
    first = since(BILLING, day, folder, "synonyms")
    parts = [*hashes(found), *(said.info.tables.values() if said else ())]
    name, family = file_name("billing", first, SCHEMA, parts)
    # Of two meanings the later holds: that of the billing office.
    every = _synonyms(said, "words.csv", "billing.csv")
    return compiled(name, family, lambda path: write_billing(found, every, path))


def write_procedures(table: Icd10pcs, said: tuple[Synonym, ...], path: Path) -> None:
    """Write the shelf of ICD-10-PCS, the titles of `table`, to `path`, which must not exist yet."""
    every = [Entry(PROCEDURES, code, title, 0, "", *days) for code, title, *days in table.titled()]
    known = {one.code for one in every}
    meant = [Phrase(one.phrase, "synonym", one.code, one.code) for one in said if one.code in known]
    with steps("the search of ICD-10-PCS") as step:

        def fill(writer: _Writer) -> None:
            step("codes", 0)
            writer.entries(every, lambda code: code)
            step("titles", 15)
            writer.phrases([*labels(every), *((PROCEDURES, one) for one in meant)])
            step("words", 90)

        _write(path, fill, said)


def procedures_file(day: date, folder: Path | None = None) -> Path:
    """Return the shelf of ICD-10-PCS for `day`, compiled at the first use, as `main_file`."""
    from codinglab.codes.icd10pcs import open_pcs  # of use only where it is asked for

    table, found = open_pcs(day, folder), words(day, folder)
    first = max(table.release.info.effective_from, table.titles.info.effective_from)
    parts = [table.made_of, *(found.info.tables.values() if found else ())]
    name, family = file_name("pcs", first, SCHEMA, parts)
    said = _synonyms(found, "procedures.csv")
    return compiled(name, family, lambda path: write_procedures(table, said, path))
