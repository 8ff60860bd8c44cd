"""ICD-10-CM: look up codes, their notes, their family, on a day.

`open_table(day)` opens the release in force; every question is then one or two index look-ups in
a read-only database, safe to share between threads.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from codinglab.codes.icd10cm_compile import KINDS, compiled_file, dotted
from codinglab.codes.release import ReleaseInfo, in_force
from codinglab.core.cite import Cite

SET = "icd10cm"
_SELECT = "select ordinal, key, title, kind, billable, parent, last from node "
_SEVEN = 8  # seven characters and the dot
_Cells = tuple[int, str, str, int, int, str | None, int]


@dataclass(frozen=True, slots=True)
class Code:
    """A node of the tabular list.

    `kind` is chapter, block, category (three characters, billable or not), subcategory or code.
    `code` and `parent` are written with the dot; blocks are ranges ("B20-B20"). `ordinal` is the
    place in tabular order, `last` that of the last node below.
    """

    code: str
    title: str
    kind: str
    billable: bool
    parent: str | None
    ordinal: int
    last: int


@dataclass(frozen=True, slots=True)
class Note:
    """An instruction of the tabular list: its `kind`, its `text` and the node that states it."""

    kind: str
    text: str
    from_code: str


def _written(key: str) -> str:
    if key.startswith("CHAPTER "):
        return key.capitalize()
    return key if "-" in key else dotted(key)


def _code(cells: _Cells) -> Code:
    ordinal, key, title, kind, billable, parent, last = cells
    above = None if parent is None else _written(parent)
    return Code(_written(key), title, KINDS[kind], bool(billable), above, ordinal, last)


def key_of(text: str) -> str:
    """Return `text` as the table's key: upper case, without dots and blanks ("e11.22 ")."""
    key = "".join(text.split()).replace(".", "").upper()
    return key.replace("CHAPTER", "CHAPTER ") if key.startswith("CHAPTER") else key


class Icd10cm:
    """One release of ICD-10-CM; get it from `open_table`."""

    def __init__(self, path: Path, info: ReleaseInfo) -> None:
        """Open the compiled database `path` of the release `info`."""
        self.info = info
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._base = sqlite3.connect(uri, uri=True, check_same_thread=False)

    def cite(self, place: str) -> Cite:
        """Return the citation of `place` ("E11.22, excludes1") in this release."""
        return Cite("ICD-10-CM tabular list", self.info.release, place)

    def find(self, text: str) -> Code | None:
        """Return the node written `text` in any case, with or without dot; None if there is none.

        A name shared by block and category ("B20") is the category; "B20-B20" is the block.
        """
        cells = self._base.execute(_SELECT + "where key = ?", (key_of(text),)).fetchone()
        return None if cells is None else _code(cells)

    def at(self, ordinal: int) -> Code:
        """Return the node at place `ordinal` of the tabular order."""
        return _code(self._base.execute(_SELECT + "where ordinal = ?", (ordinal,)).fetchone())

    def node(self, text: str) -> Code:
        """Return the node written `text`; raises KeyError, naming table and release, if none."""
        found = self.find(text)
        if found is None:
            raise KeyError(f"{text}: no such code in ICD-10-CM {self.info.release}")
        return found

    def nodes(self) -> tuple[Code, ...]:
        """Return every node, in tabular order."""
        return tuple(_code(one) for one in self._base.execute(_SELECT + "order by ordinal"))

    def children(self, code: str) -> tuple[Code, ...]:
        """Return the nodes directly below `code`, in tabular order."""
        query = _SELECT + "where parent = ? order by ordinal"
        cells = self._base.execute(query, (key_of(self.node(code).code),))
        return tuple(_code(one) for one in cells)

    def ancestors(self, code: str) -> tuple[Code, ...]:
        """Return the nodes above `code`, nearest first, the chapter last."""
        above: list[Code] = []
        parent = self.node(code).parent
        while parent is not None:
            above.append(self.node(parent))
            parent = above[-1].parent
        return tuple(above)

    def billable_below(self, code: str, limit: int = -1) -> tuple[Code, ...]:
        """Return the billable codes below the header `code`, at most `limit` (-1: all)."""
        node = self.node(code)
        query = _SELECT + (
            "where ordinal > ? and ordinal <= ? and billable order by ordinal limit ?"
        )
        cells = self._base.execute(query, (node.ordinal, node.last, limit))
        return tuple(_code(one) for one in cells)

    def _own_notes(self, node: Code) -> list[Note]:
        query = "select kind, text from note where ordinal = ? order by place"
        found = self._base.execute(query, (node.ordinal,))
        return [Note(kind, text, node.code) for kind, text in found]

    def notes(self, code: str, *, inherited: bool = True) -> tuple[Note, ...]:
        """Return the notes that govern `code`: its own, then those of each node above.

        Inclusion terms speak only of the node they stand at, so they are not inherited, except
        by the 7th character codes made from that node. Of 7th character notes the nearest holds.
        """
        node = self.node(code)
        found = self._own_notes(node)
        for above in self.ancestors(code) if inherited else ():
            silent = {note.kind for note in found} & {"seventh character"}
            if above.code != node.parent or not _is_extended(node, above):
                silent.add("inclusion term")
            found += [note for note in self._own_notes(above) if note.kind not in silent]
        return tuple(found)

    def seventh_characters(self, code: str) -> tuple[tuple[str, str], ...]:
        """Return the (character, meaning) pairs that govern `code`, from the nearest definition.

        Empty when no 7th character applies.
        """
        query = "select character, meaning from seventh where ordinal = ? order by place"
        for node in (self.node(code), *self.ancestors(code)):
            if pairs := self._base.execute(query, (node.ordinal,)).fetchall():
                return tuple(pairs)
        return ()

    def rows(self, query: str, *values: int | str) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the compiled tables; for the modules of this package."""
        return self._base.execute(query, values).fetchall()

    def search_blob(self) -> bytes:
        """Return gzip of `code TAB title` lines of all billable codes, in tabular order."""
        query = "select content from blob where name = 'search'"
        return bytes(self._base.execute(query).fetchone()[0])

    def billable_rows(self) -> list[tuple[str, str]]:
        """Return (code, title) of every billable code, in tabular order."""
        import gzip

        lines = gzip.decompress(self.search_blob()).decode().splitlines()
        return [(code, title) for code, _, title in (line.partition("\t") for line in lines)]


def _is_extended(node: Code, parent: Code) -> bool:
    """Say whether `node` is `parent` with placeholders and a 7th character added."""
    stem = parent.code if "." in parent.code else f"{parent.code}."
    return len(node.code) == _SEVEN and node.code[:-1] == stem.ljust(_SEVEN - 1, "X")


@lru_cache(maxsize=8)
def _opened(path: Path, info_folder: Path) -> Icd10cm:
    from codinglab.codes.release import read_release

    return Icd10cm(path, read_release(info_folder).info)


@lru_cache(maxsize=64)
def open_table(day: date, folder: Path | None = None) -> Icd10cm:
    """Return the ICD-10-CM in force on `day`, compiling it at its first use.

    `folder` holds the code sets (the installation's own by default). Raises NotInForce, naming
    what is known, when this lab has no text for that day.
    """
    release = in_force(SET, day, folder)
    return _opened(compiled_file(release), release.folder)
