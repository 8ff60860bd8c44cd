"""CMS's HCPCS Level II contractor file (HCPCyyyy_CONTR_ANWEB.txt): fixed width, 320 columns.

Record types: 3 begins a code and 4 continues its long text; 7 begins a modifier and 8 continues
it. Columns by CMS's record layout, counted from 1: code 1-5 (a modifier in 4-5), type 11, long
text 12-91, short text 92-119, coverage 230, date added 269-276, date ended 285-292 (included).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from codinglab.codes.importers.kind import Bad, Found, Good, Kind, LeftOut, Numbered
from codinglab.codes.importers.values import day, day_after, text
from codinglab.codes.release import CodeRow

_RECORD = re.compile(r"(?:[A-Z]\d{4}|   [A-Z0-9]{2})\d{5}[3478]")
_CODE, _TYPE, _LONG, _SHORT = slice(0, 5), 10, slice(11, 91), slice(91, 119)
_COVERAGE, _ADDED, _ENDED = 229, slice(268, 276), slice(284, 292)
_NEEDED = 292
_TABLES = {"3": "codes.csv", "7": "modifiers.csv"}


class Level2Row(CodeRow):
    """A HCPCS Level II code or modifier; `label` is the short text, `title` the long one.

    `coverage` is CMS's coverage letter (C carrier judgement, D special instructions, I not
    payable by Medicare, M not covered, S not covered by statute).
    """

    title: str
    coverage: str = ""


@dataclass(slots=True)
class _Entry:
    line: int
    first: str
    words: list[str] = field(default_factory=list)

    def found(self) -> Found:
        """Return the finished entry."""
        record, code = self.first, self.first[_CODE].strip()
        if code.startswith("D") and len(code) > 2:  # noqa: PLR2004  a code, not a modifier
            return LeftOut(self.line, "dental codes belong to the American Dental Association")
        try:
            start, stop = day(record[_ADDED]), day_after(record[_ENDED])
        except ValueError as error:
            return Bad(self.line, f"{code}: {error}")
        values = {
            "code": code,
            "label": text(record[_SHORT]),
            "title": text(" ".join(self.words)),
            "coverage": record[_COVERAGE].strip(),
            "effective_from": start,
            "effective_to": stop,
        }
        return Good(self.line, _TABLES[record[_TYPE]], values)


def read(lines: Numbered) -> Iterator[Found]:
    """Yield codes and modifiers, each with its long text put together."""
    entry: _Entry | None = None
    for line, said in lines:
        if not _RECORD.match(said):
            if entry and said.strip():
                yield Bad(line, "is not a record of this file")
            continue
        if said[_TYPE] in _TABLES:
            if entry:
                yield entry.found()
            entry = None
            if len(said) < _NEEDED:
                yield Bad(line, f"is {len(said)} characters long; a record has {_NEEDED} or more")
                continue
            entry = _Entry(line, said)
        if entry is None or entry.first[_CODE] != said[_CODE]:
            yield Bad(line, "continues a code that does not stand above it")
            continue
        entry.words.append(said[_LONG].strip())
    if entry:
        yield entry.found()


HCPCS = Kind(
    name="hcpcs_level2",
    title="HCPCS Level II contractor file (CMS ANWEB)",
    recognise=lambda head: any(_RECORD.match(said) for said in head),
    layout="records of 320 characters with code, sequence number and record type 3, 4, 7 or 8",
    read=read,
    tables={"codes.csv": Level2Row, "modifiers.csv": Level2Row},
    year_in=r"HCPC(20\d\d)",
    encoding="latin-1",
    fewest=4_000,
)
KINDS = (HCPCS,)
