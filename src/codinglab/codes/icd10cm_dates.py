"""When each ICD-10-CM code could be reported, FY2016 to FY2027, and what took its place.

The tabular text covers one year; these tables cover every day since ICD-10-CM came into use.
`code_sets/icd10cm_dates` holds only what that text does not imply: a billable code without a row
was valid on all those days. Titles come from the text nearest to the day, and `Title` says which.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from codinglab.codes.icd10cm import SET as TEXT
from codinglab.codes.icd10cm import Code, Icd10cm, key_of, open_table
from codinglab.codes.icd10cm_compile import dotted
from codinglab.codes.release import CodeRow, Release, digest, releases, rows
from codinglab.codes.release import in_force as release_on
from codinglab.core.cite import Cite
from codinglab.core.dates import Span
from codinglab.core.tables import BadData

SET = "icd10cm_dates"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Title:
    """A title and the release of the text it comes from; `exact` if that was in force that day."""

    title: str | None
    release: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Life:
    """The days on which a code could be reported, by start, and the codes that followed it.

    `header` says that the newest text has it as a header. Without any span it never was a code.
    """

    code: str
    spans: tuple[Span, ...]
    successors: tuple[str, ...] = ()
    header: bool = False

    @property
    def valid_from(self) -> date | None:
        """The first day, None if it never was a code."""
        return self.spans[0].start if self.spans else None

    @property
    def valid_to(self) -> date | None:
        """The first day on which the code is valid no more; None while no end is known."""
        return self.spans[-1].end if self.spans else None

    def at(self, day: date) -> bool:
        """Say whether the code could be reported on `day`."""
        return any(day in span for span in self.spans)

    def says(self, day: date) -> str:
        """Tell in words why the code cannot be reported on `day`; empty if it can or never could.

        "was valid from 2015-10-01 until 2025-09-30; since 2025-10-01 use B88.01 or B88.09"
        """
        if not self.spans or self.at(day):
            return ""
        if day < self.spans[0].start:
            return f"is valid only from {self.spans[0].start} on"
        past = [span for span in self.spans if span.end and span.end <= day][-1]
        end = past.end or day
        told = f"was valid from {past.start} until {end - _ONE_DAY}"
        if not self.successors:
            return f"{told}; no successor is recorded"
        return f"{told}; since {end} use {' or '.join(self.successors)}"


@lru_cache(maxsize=1)
def release() -> Release:
    """Return the release of the tables of dates that this lab has (the newest one)."""
    return releases(SET).rows[-1][1]


@lru_cache(maxsize=1)
def text() -> Icd10cm:
    """Return the newest tabular text that this lab has."""
    return open_table(releases(TEXT).rows[-1][0].start)


def check_day(day: date) -> None:
    """Raise NotInForce, naming the days that are known, when `day` is not one of them."""
    release_on(SET, day)


def _rows(table: str) -> dict[str, list[list[str]]]:
    """Return the rows of `table` by code, unread beyond their cells: one call asks for few of them.

    The hash vouches for them; tests read every row.
    """
    path = release().folder / table
    if digest(path) != release().info.tables.get(table):
        raise BadData(f"{path}: not the file that release.yml names; reinstall codinglab")
    found: dict[str, list[list[str]]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for code, *cells in csv.reader(lines):
            found.setdefault(code.replace(".", ""), []).append(cells)
    del found["code"]
    return found


@lru_cache(maxsize=1)
def _dated() -> dict[str, list[list[str]]]:
    """Return (start, end, successors) of codes that were not valid on all days."""
    return _rows("spans.csv")


@lru_cache(maxsize=1)
def _titles() -> dict[str, dict[str, str]]:
    """Return, for each code, the titles of older texts that no later text has."""
    return {key: {one[0]: one[1] for one in cells} for key, cells in _rows("titles.csv").items()}


def _span(start: str, end: str) -> Span:
    return Span(date.fromisoformat(start), date.fromisoformat(end) if end else None)


@lru_cache(maxsize=1)
def texts() -> tuple[tuple[str, Span], ...]:
    """Return the texts whose titles are here, oldest first, each with the days it was in force."""
    whole = release().info.span
    older = [
        (row.code, Span(row.effective_from or whole.start, row.effective_to))
        for row in rows(release(), "texts.csv", CodeRow)
    ]
    return (*older, *((one.info.release, span) for span, one in releases(TEXT).rows))


@lru_cache(maxsize=4096)
def life(code: str) -> Life | None:
    """Return the life of `code`, written in any way; None if no release knows it."""
    key = key_of(code)
    node = text().find(key)
    dated = _dated().get(key, [])
    if node is None and not dated:
        return None
    header = node is not None and not node.billable
    spans = tuple(_span(start, end) for start, end, _ in dated)
    if not spans and not header:
        spans = (Span(release().info.effective_from),)
    successors = tuple(dated[-1][-1].split()) if dated else ()
    return Life(node.code if node else dotted(key), spans, successors, header)


def spans(code: str) -> tuple[Span, ...]:
    """Return the spans of days on which `code` could be reported; none for headers and unknowns."""
    known = life(code)
    return known.spans if known else ()


def partly(within: Span) -> dict[str, Span]:
    """Return the codes, without the dot, that were not valid on all days of `within`.

    Each has the first of its spans of days that reaches into `within`, else its last.
    """
    end = within.end or date.max
    found = {}
    for key, cells in _dated().items():
        days = [_span(first, last) for first, last, _ in cells]
        there = [one for one in days if one.start < end and within.start < (one.end or date.max)]
        whole = any(one.start <= within.start and end <= (one.end or date.max) for one in there)
        if not whole:
            found[key] = (there or days[-1:])[0]
    return found


def in_force(code: str, day: date) -> bool:
    """Say whether `code` could be reported on `day`; raises NotInForce outside FY2016 to FY2027."""
    check_day(day)
    known = life(code)
    return known is not None and known.at(day)


def text_on(day: date) -> tuple[str, bool]:
    """Return the release of the text nearest to `day`, and whether it was in force that day.

    Of texts not in force the next later one is nearest, for titles are revised forward; after
    the last text that one.
    """
    check_day(day)
    name, span = next((one for one in texts() if one[1].end and day < one[1].end), texts()[-1])
    return name, day in span


def title_on(code: str, day: date) -> Title:
    """Return the title of `code` nearest to `day`; its title is None where no text has the code."""
    name, exact = text_on(day)
    key = key_of(code)
    older = _titles().get(key, {})
    node = text().find(key)
    known = life(code)
    coded = known is not None and known.at(day)
    later = [one for one, _ in texts() if one >= name and one in older]
    if later:
        return Title(older[later[0]], name if exact and coded else later[0], exact and coded)
    if node is not None:
        newest = texts()[-1][0]
        return Title(node.title, name if exact and coded else newest, exact and coded)
    if older:
        return Title(older[max(older)], max(older), exact=False)
    return Title(None, name, exact=False)


def nearest(code: str) -> Code | None:
    """Return the longest beginning of `code` that the newest text has; None if none is there."""
    key = key_of(code)
    found = (text().find(key[:length]) for length in range(len(key), 2, -1))
    return next((node for node in found if node), None)


@dataclass(frozen=True, slots=True)
class Change:
    """A code that began, ended or got another title; `day` is None for a title."""

    code: str
    title: str | None
    day: date | None
    successors: tuple[str, ...] = ()
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed from the end of one fiscal year to the end of another.

    `revised` is None where this lab lacks the text of one of the two years.
    """

    added: tuple[Change, ...]
    deleted: tuple[Change, ...]
    revised: tuple[Change, ...] | None


def last_day(year: int) -> date:
    """Return the last day of the fiscal year `year`; raises NotInForce outside FY2016 to FY2027."""
    day = date(year, 9, 30)
    check_day(day)
    return day


def _began(one: Life, day: date) -> date | None:
    return next((span.start for span in one.spans if day in span), None)


def _ended(one: Life, day: date) -> date | None:
    return next((span.end for span in one.spans if day in span), None)


def _revised(old: date, new: date) -> tuple[Change, ...] | None:
    if not (text_on(old)[1] and text_on(new)[1]):
        return None
    found = []
    for key in sorted(_titles()):
        one = life(key)
        if one is None or not (one.at(old) and one.at(new)):
            continue
        before, after = title_on(key, old).title, title_on(key, new).title
        if before != after:
            found.append(Change(one.code, after, None, before=before))
    return tuple(found)


def diff(old_year: int, new_year: int) -> Diff:
    """Return the codes added, deleted and retitled between two fiscal years.

    Both years are taken as they ended, so that updates within a year belong to that year.
    """
    old, new = last_day(old_year), last_day(new_year)
    added, deleted = [], []
    for key in sorted(_dated()):
        one = life(key)
        if one is None or one.at(old) == one.at(new):
            continue
        if one.at(new):
            added.append(Change(one.code, title_on(key, new).title, _began(one, new)))
        else:
            title = title_on(key, old).title
            deleted.append(Change(one.code, title, _ended(one, old), one.successors))
    return Diff(tuple(added), tuple(deleted), _revised(old, new))


def cite(code: str) -> Cite:
    """Return the citation of the days of `code`."""
    return Cite("ICD-10-CM dates", release().info.release, code)
