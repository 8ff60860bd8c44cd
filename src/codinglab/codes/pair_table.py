"""Procedure-to-procedure edits of the National Correct Coding Initiative (NCCI), by day.

A table that the site imported for the day is whole and is asked alone; otherwise the few starter
pairs are, of which a pair's absence says nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Literal

from codinglab.codes.pair_arrays import FOREVER, PairArrays, Row, Terms, open_pairs, pack
from codinglab.codes.preparing import Step, compiled, steps
from codinglab.codes.release import CodeRow, Release, digest, in_force, kept, releases, rows
from codinglab.core.cite import Cite
from codinglab.core.tables import BadData

PairSetting = Literal["practitioner", "hospital"]
SET, TABLE = "ncci_ptp", "pairs.csv"
NEVER, WITH_MODIFIER, VOID = 0, 1, 9
_SCHEMA = 1
_TERMS = ("modifier", "effective_from", "effective_to", "rationale")


class StarterPairRow(CodeRow):
    """One pair, looked up singly: `code` (column 1) is paid, `column_2` is not."""

    column_2: str
    setting: PairSetting
    modifier: Literal["0", "1"]
    rationale: str = ""
    source: str


@dataclass(frozen=True, slots=True)
class Pair:
    """An edit: `column1` is paid, `column2` denied, unless a modifier may open it and does.

    `modifier` is the indicator: 0 no modifier helps, 1 one may. `rationale` is CMS's own category,
    blank where it is not at hand.
    """

    column1: str
    column2: str
    modifier: int
    rationale: str
    source: str


@dataclass(frozen=True, slots=True)
class PairTable:
    """The pairs in force on one day, for one kind of bill.

    `whole` says that the table is complete: a pair that it has not is no edit. Of a table that
    is not whole, a missing pair is not known here.
    """

    release: Release
    whole: bool
    day: date
    arrays: PairArrays

    def find(self, one: str, other: str) -> Pair | None:
        """Return the edit between two codes in whichever order the table has them."""
        return self.directed(one, other) or self.directed(other, one)

    def directed(self, column1: str, column2: str) -> Pair | None:
        """Return the edit with exactly these columns; edits of indicator 9 do not apply."""
        said = self.arrays.find(column1, column2, self.day.toordinal())
        if said is None or said.modifier == VOID:
            return None
        if self.whole:
            return Pair(column1, column2, said.modifier, said.note, str(self.release))
        rationale, source = said.note.split("\t")
        return Pair(column1, column2, said.modifier, rationale, source)

    def cite(self, pair: Pair) -> Cite:
        """Return where `pair` stands."""
        place = f"column 1 {pair.column1}, column 2 {pair.column2}"
        return Cite("NCCI procedure-to-procedure edits", pair.source, place)


@kept(1024)
def pair_table(day: date, setting: PairSetting, folder: Path | None = None) -> PairTable:
    """Return the pairs in force on `day` for practitioners or for outpatient hospitals.

    `folder` holds the code sets (the installation's own and imported ones by default). An imported
    table is compiled into the cache when it is first asked for. Raises NotInForce when neither an
    imported table nor the starter pairs cover the day.
    """
    for span, release in releases(f"ncci_ptp_{setting}", folder).rows:
        if day in span:
            return PairTable(release, True, day, _imported(release, _hash(release)))
    release = in_force(SET, day, folder)
    return PairTable(release, False, day, _starter(release, _hash(release), setting))


def _hash(release: Release) -> str:
    found = release.info.tables.get(TABLE)
    if found is None:
        raise BadData(f"{release.folder / 'release.yml'}: tables does not list {TABLE}")
    return found


@lru_cache(maxsize=4)
def _starter(release: Release, sha: str, setting: PairSetting) -> PairArrays:  # noqa: ARG001  the hash keys the cache
    span = release.info.span

    def packed() -> Iterator[Row]:
        for row in rows(release, TABLE, StarterPairRow):
            if row.setting == setting:
                start, end = row.effective_from or span.start, row.effective_to or span.end
                days = start.toordinal(), end.toordinal() if end else FOREVER
                said = Terms(int(row.modifier), *days, f"{row.rationale}\t{row.source}")
                yield row.code, row.column_2, said

    return PairArrays(pack(packed()))


@lru_cache(maxsize=4)
def _imported(release: Release, sha: str) -> PairArrays:
    head = f"{release.info.set}-{release.info.release}"
    family = rf"{re.escape(head)}-[0-9a-f]{{16}}-v\d+\.pairs"
    return open_pairs(
        compiled(
            f"{head}-{sha[:16]}-v{_SCHEMA}.pairs", family, lambda path: _compile(release, path)
        )
    )


def _compile(release: Release, path: Path) -> None:
    source = release.folder / TABLE
    with steps(f"NCCI pairs {release.info.release}", 3) as step:
        step("check", 0)
        if digest(source) != _hash(release):
            raise BadData(f"{source}: not the file that release.yml names; import it again")
        path.write_bytes(pack(_read(source, release, step)))


def _read(source: Path, release: Release, step: Step) -> Iterator[Row]:
    """Yield the rows of an imported table, which the importer has checked one by one."""
    span = release.info.span
    start, end = span.start.toordinal(), span.end.toordinal() if span.end else FOREVER
    known: dict[tuple[str, ...], Terms] = {}  # a few thousand, for millions of rows
    step("pairs", 0.2)
    with source.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        place = {name: at for at, name in enumerate(next(lines))}
        code, other = place["code"], place["column_2"]
        terms = itemgetter(*(place[name] for name in _TERMS))
        for line in lines:
            told = terms(line)
            said = known.get(told)
            if said is None:
                said = known[told] = _terms(told, start, end)
            yield line[code], line[other], said
    step("sorting", 2)


def _terms(told: tuple[str, ...], start: int, end: int) -> Terms:
    modifier, first, until, rationale = told
    return Terms(
        int(modifier),
        date.fromisoformat(first).toordinal() if first else start,
        date.fromisoformat(until).toordinal() if until else end,
        rationale,
    )
