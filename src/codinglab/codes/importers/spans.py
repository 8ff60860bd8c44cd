"""The days of a release, from its name or as told, checked against what the file says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from codinglab.codes.importers.kind import Kind
from codinglab.core.dates import Span
from codinglab.core.tables import BadData

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,40}")
_YEAR = re.compile(r"(?:FY|CY)?(20\d\d)(?:-?Q([1-4]))?", re.IGNORECASE)
_OCTOBER = 10
_CENTURY = 2000


def check_name(release: str) -> None:
    """Raise BadData when `release` cannot name a folder."""
    if not _NAME.fullmatch(release):
        raise BadData(
            f"{release!r} cannot name a release; use letters, digits, '.', '_' and '-', as in "
            "2026, FY2026 or 2026-Q2"
        )


def span_of(release: str, kind: Kind, start: date | None, end: date | None) -> Span:
    """Return the days of the `release`: from `start` until before `end`, else by its name.

    A year is the calendar's or the fiscal one, as the kind of file counts; 2026-Q2 is a quarter
    of the calendar. Raises BadData when neither the name nor `start` says when it begins.
    """
    if start is not None:
        if end is not None and end <= start:
            raise BadData(f"--to {end} is not after --from {start}; name the day after the last")
        return Span(start, end)
    match = _YEAR.fullmatch(release)
    if not match:
        raise BadData(
            f"the release {release!r} does not say which days it covers; add --from YYYY-MM-DD "
            "(and --to, the day after the last)"
        )
    year, quarter = int(match[1]), int(match[2] or 0)
    if quarter:
        first = date(year, 3 * quarter - 2, 1)
        return Span(first, end or _three_months_on(first))
    if kind.year == "fiscal":
        return Span(date(year - 1, _OCTOBER, 1), end or date(year, _OCTOBER, 1))
    return Span(date(year, 1, 1), end or date(year + 1, 1, 1))


def _three_months_on(first: date) -> date:
    month = first.month + 3
    return date(first.year + month // 13, month if month < 13 else 1, 1)  # noqa: PLR2004  months


def check_year(kind: Kind, span: Span, label: str, head: tuple[str, ...]) -> None:
    """Raise BadData when the file `label` states another year, in itself or in its name."""
    if not kind.year_in:
        return
    expected = span.start.year + (kind.year == "fiscal" and span.start.month >= _OCTOBER)
    for line, said in enumerate((Path(label).name, *head)):
        match = re.search(kind.year_in, said, re.IGNORECASE)
        if not match:
            continue
        digits = int(next(group for group in match.groups() if group))
        stated = digits if digits > _CENTURY else _CENTURY + digits
        if stated != expected:
            place = f"line {line}" if line else "its name"
            raise BadData(
                f"{label}, {place}: says {stated}, but the release begins on {span.start}, in "
                f"{kind.year} year {expected}; correct --release or --from, or take the other file"
            )
        return
