"""Tell by its codes which fiscal year a list is of, where the file states no year of its own."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from codinglab.codes.release import CodeRow, releases, rows
from codinglab.core.dates import Span
from codinglab.core.tables import BadData

Days = Mapping[str, tuple[Span, ...]]
_OCTOBER = 10
_UPDATES = ((_OCTOBER, 1), (4, 1))
"""The days of a year on which ICD-10 lists change (42 CFR 412.60(d) and its April updates)."""


class _SpanRow(CodeRow):
    """Days of a code; `successors` took its place."""

    successors: str = ""


def _year(day: date) -> int:
    return day.year + (day.month >= _OCTOBER)


def _differences(codes: set[str], days: Days, day: date) -> int:
    """Count the codes that the list has and should not have on `day`, and the reverse."""
    return sum(
        (code in codes) != any(day in span for span in spans) for code, spans in days.items()
    )


def check(codes: set[str], days: Days, known: Span, span: Span) -> None:
    """Raise BadData when `codes` are those of another fiscal year than the one `span` begins in.

    `days` are the days of the codes that were not valid on all days of `known`. A list of a year
    outside `known` passes unless it is the list of a year within.
    """
    years = range(known.start.year, (known.end or known.start).year + 1)
    every = [date(year, *update) for year in years for update in _UPDATES]
    counts = {day: _differences(codes, days, day) for day in every if day in known}
    best = min(counts, key=lambda day: (counts[day], _year(day) != _year(span.start)))
    if _year(best) == _year(span.start):
        return
    here = _differences(codes, days, span.start) if span.start in known else None
    if here is None and counts[best]:
        return
    told = f"; {here} codes speak against that year" if here is not None else ""
    raise BadData(
        f"codes.csv: these are the codes of {best} (fiscal year {_year(best)}, "
        f"{counts[best]} codes differ), but the release begins on {span.start}, in fiscal year "
        f"{_year(span.start)}{told}; correct --release or --from, take the other file, or keep it "
        "all the same with --partial; nothing was imported"
    )


def _billable(table: Path) -> set[str]:
    with table.open(encoding="utf-8", newline="") as lines:
        return {
            row["code"].replace(".", "") for row in csv.DictReader(lines) if row["billable"] == "1"
        }


def checker(dates: Callable[[], tuple[Days, Span]]) -> Callable[[Path, Span], None]:
    """Return what checks the folder of a written list against the `dates` of its codes."""

    def check_folder(folder: Path, span: Span) -> None:
        check(_billable(folder / "codes.csv"), *dates(), span)

    return check_folder


def _days_of(name: str) -> tuple[Days, Span]:
    """Return the days of the codes of set `name` that were not valid on all days it knows."""
    dates = releases(name).rows[-1][1]
    known = dates.info.span
    found: dict[str, tuple[Span, ...]] = {}
    for row in rows(dates, "spans.csv", _SpanRow):
        one = Span(row.effective_from or known.start, row.effective_to)
        key = row.code.replace(".", "")
        found[key] = (*found.get(key, ()), one)
    return found, known


def diagnosis_days() -> tuple[Days, Span]:
    """Return the days of the diagnosis codes that were not valid on all days, and those known."""
    return _days_of("icd10cm_dates")


def procedure_days() -> tuple[Days, Span]:
    """Return the days of the ICD-10-PCS codes that were not valid on all days, and those known."""
    return _days_of("icd10pcs_dates")
