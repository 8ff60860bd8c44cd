"""The phrases that the search looks through, each with the entry that it stands for."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict

from codinglab.codes.icd10cm_compile import dotted
from codinglab.codes.release import CodeRow, rows
from codinglab.codes.search_sources import DIAGNOSES, Table
from codinglab.codes.search_terms import Led
from codinglab.codes.search_words import FAINT, STOP, cut, stem
from codinglab.core.dates import Span

_FIELDS = {"inclusion term": "inclusion term", "includes": "includes note"}
_WITH_SEVEN = 7
_MOST_BELOW = 12


class Synonym(CodeRow):
    """A phrase of the synonym file: what it means in other words, and the code it stands for.

    `means` holds one or more wordings parted by |; `code` is empty where there is no usual one.
    """

    code: str = ""
    phrase: str
    means: str = ""
    kind: Literal["abbreviation", "words"]


class LabelRow(CodeRow):
    """A row of a small set, of which the search needs code, label and days alone."""

    model_config = ConfigDict(extra="ignore")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a search finds: a billable code, or the codes that differ in the 7th character alone.

    `sevens` holds their characters, and `title` is that of the first; `chapter` is 0 outside
    ICD-10-CM; `starts` and `ends` are days of their own within the release, or empty.
    """

    system: str
    code: str
    title: str
    chapter: int = 0
    sevens: str = ""
    starts: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text, the field it stands in, the node that states it and the entry code it stands for."""

    text: str
    field: str
    node: str
    code: str


class Diagnoses:
    """The tabular list as the search sees it: entries, and phrases that stand for them."""

    def __init__(self, path: Path, days: Mapping[str, Span] | None = None) -> None:
        """Read the compiled table `path`; `days` are those of codes not in force all the time."""
        self._own_days = days or {}
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        query = "select key, title, kind, billable, parent from node order by ordinal"
        with closing(sqlite3.connect(uri, uri=True)) as base:
            self._nodes = {key: cells for key, *cells in base.execute(query)}
            self._notes = base.execute(
                "select node.key, note.kind, note.text from note join node using (ordinal) "
                "where note.kind in ('inclusion term', 'includes') order by ordinal, place"
            ).fetchall()
            defined = base.execute("select distinct key from node join seventh using (ordinal)")
            # No category has both codes with a 7th character of the list and others that long.
            self._with_sevenths = {key[:3] for (key,) in defined}
        self._children: dict[str, list[str]] = defaultdict(list)
        for key, (_, _, _, parent) in self._nodes.items():
            self._children[parent].append(key)

    def _extended(self, key: str) -> bool:
        return len(key) == _WITH_SEVEN and "-" not in key and key[:3] in self._with_sevenths

    def _sevens(self, key: str) -> str:
        below = self._children.get(key, ())
        return "".join(child[-1] for child in below if self._extended(child))

    def default(self, key: str) -> str:
        """Return the entry that a header stands for: the one that says no more than it."""
        while not self._nodes[key][2] and not self._sevens(key):
            key = min(self._children[key], key=lambda child: self._says(key, child))
        return key

    def written_default(self, code: str) -> str:
        """Return the entry code of `code`, both with the dot; "" where this release lacks it."""
        key = code.replace(".", "")
        if key not in self._nodes:
            return ""
        return dotted(self.default(str(self._nodes[key][3]) if self._extended(key) else key))

    def _says(self, parent: str, key: str) -> tuple[bool, bool, bool, str]:
        title = self._nodes[key][0].lower()
        plain = "unspecified" in title
        return (
            not (plain or "without complication" in title),
            not key.endswith(("9", "0")),
            "not elsewhere" in title or "other" in title,
            key[len(parent) :],
        )

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, in tabular order."""
        chapter = 0
        for key, (_, _, billable, _) in self._nodes.items():
            if key.startswith("CHAPTER "):
                chapter = int(key.split()[1])
            sevens = self._sevens(key)
            if sevens or (billable and not self._extended(key)):
                first = key.ljust(6, "X") + sevens[0] if sevens else key
                shown = self._nodes[first][0]
                yield Entry(DIAGNOSES, dotted(key), str(shown), chapter, sevens, *self._days(first))

    def _days(self, key: str) -> tuple[str, str]:
        if (span := self._own_days.get(key)) is None:
            return "", ""
        return span.start.isoformat(), span.end.isoformat() if span.end else ""

    def phrases(self) -> Iterator[Phrase]:
        """Yield titles, inclusion terms and includes notes of categories and what is below."""
        for key, (title, kind, _, _) in self._nodes.items():
            if kind > 1 and not self._extended(key):  # above are chapters and blocks
                yield self._phrase(title, "title", key)
        for key, kind, text in self._notes:
            if "-" not in key and not key.startswith("CHAPTER "):
                yield self._phrase(text, _FIELDS[kind], key)
                if kind == "inclusion term":
                    yield from self._refined(text, key)

    def _refined(self, text: str, key: str) -> Iterator[Phrase]:
        """Yield the inclusion term `text` of the header `key` with what tells each code below it.

        Another name of a header ("Pressure ulcer of coccyx") holds for each stage or side of it.
        """
        entries = list(islice(self._entries_below(key), _MOST_BELOW + 1))
        if key in entries or len(entries) > _MOST_BELOW:
            return
        known = {stem(word) for word in (*cut(str(self._nodes[key][0])), *cut(text))}
        for entry in entries:
            more = [one for one in cut(str(self._nodes[entry][0])) if stem(one) not in known]
            if set(more) - FAINT - STOP:
                said = f"{text} + {' '.join(more)}"
                yield Phrase(said, "inclusion term", dotted(key), dotted(entry))

    def _entries_below(self, key: str) -> Iterator[str]:
        if self._nodes[key][2] or self._sevens(key):
            yield key
            return
        for child in self._children.get(key, ()):
            yield from self._entries_below(child)

    def _phrase(self, text: str, where: str, key: str) -> Phrase:
        return Phrase(text, where, dotted(key), dotted(self.default(key)))

    def synonyms(self, found: Iterable[Synonym]) -> Iterator[Phrase]:
        """Yield the phrases of `found` whose code this release has."""
        for one in found:
            key = one.code.replace(".", "")
            if key in self._nodes:
                whole = self._nodes[key][3] if self._extended(key) else key
                yield self._phrase(one.phrase, "synonym", str(whole))

    def terms(self, found: Iterable[Led]) -> Iterator[Phrase]:
        """Yield the terms of an index whose code this release has."""
        for text, code in found:
            key = code.replace(".", "").rstrip("-")
            if key in self._nodes:
                whole = self._nodes[key][3] if self._extended(key) else key
                yield self._phrase(text, "index", str(whole))


def label_entries(found: Iterable[Table]) -> Iterator[Entry]:
    """Yield an entry for each labelled row of `found`; a system's first table comes first."""
    earlier: set[tuple[str, str]] = set()
    for table in found:
        labelled = [row for row in rows(table.release, table.file, LabelRow) if row.label]
        for row in labelled:
            if (table.system, row.code) not in earlier:
                days = (row.effective_from, row.effective_to)
                starts, ends = (day.isoformat() if day else "" for day in days)
                yield Entry(table.system, row.code, row.label, 0, "", starts, ends)
        earlier.update((table.system, row.code) for row in labelled)


def labels(entries: Iterable[Entry]) -> Iterator[tuple[str, Phrase]]:
    """Yield the label of each entry as a phrase, with its system."""
    for one in entries:
        yield one.system, Phrase(one.title, "label", one.code, one.code)
