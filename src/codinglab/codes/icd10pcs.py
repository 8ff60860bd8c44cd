"""ICD-10-PCS: look up, check and build procedure codes, as valid on a day of discharge.

`open_pcs(day)` opens the table; which codes are valid is known from 2015-10-01 to 2027-03-31.
Titles are those of the FY2024 list and of what later texts this lab has; `caveat` says what is
missing. Where a user imported the CMS order file or tables of the day, those are used instead.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from codinglab.codes.icd10pcs_compile import Parts, compiled_file, compiled_name
from codinglab.codes.icd10pcs_table import Table, boxes
from codinglab.codes.icd10pcs_values import LENGTH, Axis, Code, Value, Verdict, key_of
from codinglab.codes.release import NotInTable, Release, in_force, releases
from codinglab.core.cite import Cite
from codinglab.core.dates import NotInForce, Span

SET, DATES, ORDER, TABLES = "icd10pcs", "icd10pcs_dates", "icd10pcs_order", "icd10pcs_tables"
PREFIX = 3
_LAST = "~"  # sorts after every character of a code
_COUNT = """select count(*) from life
where code >= ? and code < ? and start <= ? and (end = '' or end > ?)"""
_CODES = """select code, title from life left join title using (code)
where code >= ? and code < ? and start <= ? and (end = '' or end > ?) order by code"""
_NEXT = """select substr(code, ?, 1) as next, count(*) from life
where code >= ? and code < ? and start <= ? and (end = '' or end > ?)
group by next order by next"""
_FIRST = """select substr(prefix, ?, 1) as next, sum(codes) from tally
where prefix >= ? and prefix < ? and start <= ? and (end = '' or end > ?)
group by next order by next"""
_BEGINS = """select 1 from life
where code >= ? and code < ? and start <= ? and (end = '' or end > ?) limit 1"""
_IS_VALID = "select 1 from life where code = ? and start <= ? and (end = '' or end > ?)"
_UNTITLED = """select count(*) from life
where titled = 0 and start <= ? and (end = '' or end > ?)"""


class Icd10pcs:
    """ICD-10-PCS as valid on one day; get it from `open_pcs`."""

    def __init__(self, path: Path, day: date, parts: Parts) -> None:
        """Open the compiled database `path`, made of `parts`, for `day`."""
        self.day, self._parts = day, parts
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._base = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._on = (day.isoformat(), day.isoformat())

    @property
    def release(self) -> Release:
        """The release that says which codes are valid on the day."""
        return self._parts.order or self._parts.dates

    @property
    def titles(self) -> Release:
        """The release that most titles come from."""
        return self._parts.order or self._parts.names

    def cite(self, place: str) -> Cite:
        """Return the citation of `place` in the release that says which codes are valid."""
        return Cite("ICD-10-PCS", self.release.info.release, place)

    @cached_property
    def untitled(self) -> int:
        """How many of the codes valid on the day have no title in this lab."""
        return int(self._base.execute(_UNTITLED, self._on).fetchone()[0])

    @property
    def caveat(self) -> str:
        """What this lab lacks for the day, in plain words; empty if nothing."""
        if self.day in self.titles.info.span and not self.untitled:
            return ""
        said = f"Which codes are valid on {self.day} is known. Titles are those of FY"
        said += self.titles.info.release
        if not self.untitled:
            return f"{said}."
        year = self.day.year + (self.day.month >= 10)  # noqa: PLR2004  the fiscal year's first month
        return (
            f"{said}; {self.untitled:,} codes valid on that day have no title here: import the CMS "
            f"order file of FY{year} (codinglab codes import icd10pcs_order)."
        )

    def find(self, text: str) -> Code | None:
        """Return the code written `text`, valid on whatever days; None if it never was one."""
        code = key_of(text)
        query = "select start, end, successors from life where code = ? order by start"
        lives = self._base.execute(query, (code,)).fetchall()
        if not lives:
            return None
        query = "select title, text from title where code = ?"
        title, name = self._base.execute(query, (code,)).fetchone() or (None, None)
        spans = tuple(
            Span(date.fromisoformat(start), date.fromisoformat(end) if end else None)
            for start, end, _ in lives
        )
        return Code(code, title, name, spans, tuple(lives[-1][2].split()))

    def code(self, text: str) -> Code:
        """Return the code written `text` as valid on the day; raises NotInTable with the reason."""
        verdict = self.verdict(text)
        found = self.find(text)
        if found is None or not verdict.valid:
            raise NotInTable(verdict.message)
        return found

    def is_valid(self, text: str) -> bool:
        """Say whether `text` is a code that is valid on the day."""
        return self._base.execute(_IS_VALID, (key_of(text), *self._on)).fetchone() is not None

    def count(self, prefix: str = "") -> int:
        """Return how many codes valid on the day begin with `prefix`."""
        start = key_of(prefix)
        return int(self._base.execute(_COUNT, (start, start + _LAST, *self._on)).fetchone()[0])

    def begins(self, prefix: str) -> bool:
        """Say whether a code valid on the day begins with `prefix`."""
        start = key_of(prefix)
        return self._base.execute(_BEGINS, (start, start + _LAST, *self._on)).fetchone() is not None

    def codes(self, prefix: str = "") -> Iterator[tuple[str, str | None]]:
        """Yield (code, title) of the codes valid on the day that begin with `prefix`, in order."""
        start = key_of(prefix)
        yield from self._base.execute(_CODES, (start, start + _LAST, *self._on))

    @property
    def made_of(self) -> str:
        """A name that changes with any source of the table."""
        return compiled_name(self._parts)

    def titled(self) -> list[tuple[str, str, str, str]]:
        """Return (code, title, first day, day after the last or "") of each code with a title."""
        query = (
            "select code, title, min(start), end from life join title using (code) group by code"
        )
        return self._base.execute(query).fetchall()

    def next_values(self, prefix: str = "") -> tuple[Value, ...]:
        """Return the characters that may follow `prefix` (0 to 6 of them) on the day, in order.

        Empty where no code begins with `prefix`.
        """
        start = key_of(prefix)
        query = _FIRST if len(start) < PREFIX else _NEXT
        values = (len(start) + 1, start, start + _LAST, *self._on)
        found = self._base.execute(query, values) if len(start) < LENGTH else ()
        return tuple(Value(next_, self._name(start, next_)[0], count) for next_, count in found)

    def _name(self, before: str, value: str) -> tuple[str | None, str]:
        """Return name and meaning of `value` after the characters `before`."""
        query = (
            "select label, meaning from value where position = ? and value = ? "
            "and substr(?, 1, length(scope)) = scope order by length(scope) desc limit 1"
        )
        found = self._base.execute(query, (len(before) + 1, value, before)).fetchone()
        return (found[0], found[1]) if found else (None, "")

    def axis(self, section: str, position: int) -> str:
        """Return what the character at `position` of the codes of `section` stands for."""
        query = "select label from axis where section = ? and position = ?"
        found = self._base.execute(query, (section, position)).fetchone()
        return str(found[0]) if found else "Section"

    def axes(self, text: str) -> tuple[Axis, ...]:
        """Return the characters of `text`, a code or the beginning of one, each with its name."""
        code = key_of(text)
        return tuple(
            Axis(at + 1, self.axis(code[0], at + 1), value, *self._name(code[:at], value))
            for at, value in enumerate(code[:LENGTH])
        )

    def verdict(self, text: str) -> Verdict:
        """Judge `text` as a code on the day: valid, or where the first fault is and why."""
        code = key_of(text)
        if self.is_valid(code):
            return Verdict(code, valid=True, position=None, message=f"{code} is a valid code.")
        known = self.find(code)
        if known:
            return Verdict(code, valid=False, position=None, message=self._out_of_days(known))
        return self._fault(code)

    def _out_of_days(self, known: Code) -> str:
        first, last = known.spans[0].start, known.spans[-1].end
        if self.day < first:
            return f"{known.code} is valid only from {first} on, not on {self.day}."
        after = f"; use {' or '.join(known.successors)}" if known.successors else ""
        return f"{known.code} was valid from {first} until before {last}{after}."

    def _fault(self, code: str) -> Verdict:
        for at in range(min(len(code), LENGTH)):
            if not self.begins(code[: at + 1]):
                legal = self.next_values(code[:at])
                message = self._why(code, at, legal)
                return Verdict(code, valid=False, position=at + 1, message=message, legal=legal)
        if len(code) > LENGTH:
            said = f"{code} has {len(code)} characters; a code has {LENGTH}."
            return Verdict(code, valid=False, position=LENGTH + 1, message=said)
        said = f"{code or 'Nothing'} is no whole code: {len(code)} of {LENGTH} characters."
        legal = self.next_values(code)
        return Verdict(code, valid=False, position=len(code) + 1, message=said, legal=legal)

    def _why(self, code: str, at: int, legal: tuple[Value, ...]) -> str:
        letter = {"I": "1", "O": "0"}.get(code[at])
        never = (
            f" The letter {code[at]} is never used, since it looks like {letter}." if letter else ""
        )
        choice = ", ".join(one.value + (f" {one.label}" if one.label else "") for one in legal)
        start = f"after {code[:at]} " if at else ""
        axis = self.axis(code[0], at + 1).lower()
        return (
            f"{code[at]} is not possible as character {at + 1} ({axis}) {start}on {self.day}."
            f"{never} Legal there: {choice}."
        )

    def table(self, prefix: str) -> Table[Value]:
        """Return the table of the three characters `prefix` ("0FT"), in rows as the book has it.

        Raises NotInTable, saying what is legal, when no code of the day begins with them.
        """
        start = key_of(prefix)
        below = [code[PREFIX:] for code, _ in self.codes(start)] if len(start) == PREFIX else []
        if not below:
            raise NotInTable(self.verdict(start).message if start else "a table has 3 characters")
        rows = tuple(
            tuple(self._values(start, below, at, cell) for at, cell in enumerate(box))
            for box in self._cells(start) or boxes(below)
        )
        axes = tuple(self.axis(start[0], place) for place in range(PREFIX + 1, LENGTH + 1))
        return Table(start, self.axes(start), axes, rows, len(below))

    def _values(self, start: str, below: list[str], at: int, cell: str) -> tuple[Value, ...]:
        named = []
        for value in cell:
            tail = next((one for one in below if one[at] == value), "")
            count = sum(one[at] == value for one in below)
            named.append(Value(value, self._name(start + tail[:at], value)[0], count))
        return tuple(named)

    def _cells(self, prefix: str) -> list[tuple[str, ...]]:
        """Return the rows of the imported table; none where none was imported."""
        query = "select number, position, value from cell where prefix = ? order by 1, 2, 3"
        found: dict[int, list[str]] = {}
        for number, position, value in self._base.execute(query, (prefix,)):
            row = found.setdefault(number, ["", "", "", ""])
            row[position - PREFIX - 1] += value
        return [tuple(row) for row in found.values()]


def _covering(name: str, day: date, folder: Path | None) -> Release | None:
    return next((one for span, one in releases(name, folder).rows if day in span), None)


@lru_cache(maxsize=16)
def _opened(path: Path, day: date, parts: Parts) -> Icd10pcs:
    return Icd10pcs(path, day, parts)


def open_pcs(day: date, folder: Path | None = None) -> Icd10pcs:
    """Return ICD-10-PCS as valid on `day`, the day of discharge, compiling it at its first use.

    `folder` holds the code sets (the installation's own and imported ones by default). Raises
    NotInForce, naming what is known, when neither this lab nor an import covers the day.
    """
    names = releases(SET, folder).rows[-1][1]
    order, tables = _covering(ORDER, day, folder), _covering(TABLES, day, folder)
    try:
        dates = releases(DATES, folder).rows[-1][1] if order else in_force(DATES, day, folder)
    except NotInForce as error:
        raise NotInForce(
            f"{error}; for other days import the CMS order file of the fiscal year "
            "(codinglab codes import icd10pcs_order)"
        ) from None
    parts = Parts(names, dates, order, tables)
    return _opened(compiled_file(parts), day, parts)
