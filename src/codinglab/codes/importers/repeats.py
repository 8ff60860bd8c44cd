"""Rows that say the same thing twice, found without holding a large table in memory."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

_OVERLAPS = """
select key, line, source, before_line, before_source, start > '' or before_stop < '9'
from (
  select *, lag(stop) over same as before_stop, lag(line) over same as before_line,
    lag(source) over same as before_source
  from seen window same as (partition by key order by start, source, line)
)
where before_stop > start order by source, line limit ?
"""
_BATCH = 20_000


class Repeats:
    """Keys with their days, and where each stands; `found` names those of the same days."""

    def __init__(self, file: Path) -> None:
        """Keep the keys in the new file `file`."""
        self._base = sqlite3.connect(file, isolation_level=None)
        self._base.execute("pragma journal_mode=off")
        self._base.execute("pragma synchronous=off")
        self._base.execute("begin")
        self._base.execute("create table seen (key, start, stop, source integer, line integer)")
        self._waiting: list[tuple[str, str, str, int, int]] = []

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._base.close()

    def add(self, key: str, start: str, stop: str, source: int, line: int) -> None:
        """Note that `key` stands at `line` of file `source`, in force from `start` to `stop`."""
        self._waiting.append((key, start, stop or "9999-12-31", source, line))
        if len(self._waiting) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._base.executemany("insert into seen values (?, ?, ?, ?, ?)", self._waiting)
        self._waiting.clear()

    def found(self, files: tuple[str, ...], limit: int = 10) -> tuple[str, ...]:
        """Return the first rows whose key and days stand twice, each as a line of text."""
        self._flush()
        return tuple(
            f"{files[source]}, line {line}: {key} "
            + ("overlaps the days of" if dated else "repeats")
            + (f" line {before}" if source == other else f" {files[other]}, line {before}")
            for key, line, source, before, other, dated in self._base.execute(_OVERLAPS, (limit,))
        )
