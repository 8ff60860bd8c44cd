"""What the importer of one official file declares, and what its reader yields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from codinglab.codes.release import CodeRow
from codinglab.core.dates import Span

FEDERAL = "United States federal publication, public domain"
AMA = (
    "CPT codes and their text belong to the American Medical Association; use them under the "
    "licence of your site, and do not pass this folder on"
)
X12 = "list text belongs to X12; use it under the licence of your site, and do not pass it on"
NUBC = (
    "list text belongs to the American Hospital Association (NUBC); use it under the licence of "
    "your site, and do not pass it on"
)
NUCC = (
    "list text belongs to the American Medical Association (NUCC); commercial use needs a "
    "licence; do not pass this folder on"
)
Numbered = Iterable[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Good:
    """A row for `table`, found at `line`; blank values are left out by the readers of tables."""

    line: int
    table: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be used, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is well formed but has no place in the table, and why."""

    line: int
    reason: str


Found = Good | Bad | LeftOut


@dataclass(frozen=True, slots=True)
class Kind:
    """One official file format.

    `recognise` says whether the first lines of a file are of this format; `layout` says in words
    what it looks for. `tables` are the tables written, each with the model of its rows, and
    `keys` the columns that name a row of each (with its days, where it has any). `year` is how a
    release called "2026" counts; `year_in` finds the year that the file states of itself.
    `fewest` is the number of rows below which the file cannot be whole. `check_days` raises BadData
    when the tables written to a folder are not those of the release's days.
    """

    name: str
    title: str
    recognise: Callable[[tuple[str, ...]], bool]
    layout: str
    read: Callable[[Numbered], Iterator[Found]]
    tables: Mapping[str, type[CodeRow]]
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    licence: str = FEDERAL
    needs_acceptance: bool = False
    clock: Literal["service", "discharge", "remit date"] = "service"
    year: Literal["calendar", "fiscal"] = "calendar"
    year_in: str = ""
    encoding: str = "cp1252"
    several_files: bool = False
    not_named: str = ""
    fewest: int = 1
    check_days: Callable[[Path, Span], None] | None = None

    def key(self, table: str) -> tuple[str, ...]:
        """Return the columns that name a row of `table`."""
        return self.keys.get(table, ("code",))
