"""Code pairs (NCCI) as packed arrays beside a dictionary and sqlite, and the rules on them.

One table for all: the published practitioner table where half of it lies beside the checkout (and
pyarrow can read it), else 2,500,000 made pairs over 12,800 codes. It is stored as an import would
store it. Each engine runs in a fresh process, so that memory is its own; a check is one pair of
codes, given as text, and three in ten are in the table; the best of five rounds counts. Run with

    python benchmarks/ncci.py
"""

import csv
import hashlib
import random
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fresh import run

SHARED = Path(__file__).parents[2] / "shared" / "data" / "ncci"
PUBLISHED = SHARED / "ptp_practitioner_2024q3_part.parquet"
CODES, PAIRS, CHECKS = 12_800, 2_500_000, 200_000
COMMON = """
import csv, json, os, resource, sys, time
from datetime import date
DAY = date(2026, 3, 2)
HERE = os.environ["BENCH"]
SOURCE = os.path.join(os.environ["CODINGLAB_DATA"], "code_sets", "ncci_ptp_practitioner",
                      "2026-Q1", "pairs.csv")
with open(os.path.join(HERE, "checks.csv")) as file:
    CHECKS = [(one, other) for one, other in csv.reader(file)]
def memory():  # pages of the process in memory now, mapped ones too
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6
def rows():
    with open(SOURCE, newline="") as file:
        for row in csv.DictReader(file):
            yield row["code"], row["column_2"], int(row["modifier"]), row["effective_to"]
def run(name, find, loaded, before, size):
    took = []
    for _ in range(5):
        start = time.perf_counter()
        hits = sum(find(one, other) is not None for one, other in CHECKS)
        took.append(time.perf_counter() - start)
    print(json.dumps({"name": name, "checks": len(CHECKS) / min(took), "hits": hits,
        "load": loaded * 1000, "memory": memory() - before, "size": size / 1e6}))
"""
OURS = """
import yaml, pydantic  # the file border, which every command loads in any case
from codinglab.codes import pair_table as ours
from codinglab.codes.release import releases
from codinglab.core.places import cache_folder
if sys.argv[1:] == ["compile"]:
    start = time.perf_counter()
    ours.pair_table(DAY, "practitioner")
    print(json.dumps(time.perf_counter() - start))
    raise SystemExit
releases("ncci_ptp_practitioner")
before, start = memory(), time.perf_counter()
table = ours.pair_table(DAY, "practitioner")
loaded = time.perf_counter() - start
(file,) = cache_folder().glob("*.pairs")
run("packed arrays, mapped", table.directed, loaded, before, file.stat().st_size)
"""
DICTIONARY = """
before, start = memory(), time.perf_counter()
table = {(one, other): (modifier, end) for one, other, modifier, end in rows()}
loaded = time.perf_counter() - start
def find(one, other):
    said = table.get((one, other))
    return said if said and (not said[1] or said[1] > "2026-03-02") else None
run("dictionary of (str, str)", find, loaded, before, os.path.getsize(SOURCE))
"""
SQLITE = """
import sqlite3
name = os.path.join(HERE, "pairs.sqlite")
base = sqlite3.connect(name)
base.execute("create table pair (one text, other text, modifier int, until text, "
             "primary key (one, other, until)) without rowid")
base.executemany("insert into pair values (?, ?, ?, ?)", rows())
base.commit(); base.close()
before, start = memory(), time.perf_counter()
base = sqlite3.connect(f"file:{name}?immutable=1", uri=True)
base.execute("pragma mmap_size=1000000000")
loaded = time.perf_counter() - start
QUERY = ("select modifier from pair where one = ? and other = ? "
         "and (until = '' or until > '2026-03-02')")
def find(one, other):
    return base.execute(QUERY, (one, other)).fetchone()
run("sqlite without rowid, mapped", find, loaded, before, os.path.getsize(name))
"""
EVERY_LINE = """
import gc, json, resource
from edits import encounters, on_lines, rate
def memory():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6
found = rate(on_lines, encounters())
gc.collect()
print(json.dumps({"encounters": found, "memory": memory()}))
"""


def published() -> list[tuple[str, str, str, int]] | None:
    """Return the rows of the published table, None where it or its reader is not at hand."""
    try:
        import pandas as pd

        table = pd.read_parquet(PUBLISHED)
    except (ImportError, FileNotFoundError):
        return None
    ends = pd.to_datetime(table.deleted_on) + pd.Timedelta(days=1)
    until = ends.dt.strftime("%Y-%m-%d").fillna("")
    rows = zip(table.column1, table.column2, until, table.modifier_indicator, strict=True)
    last: dict[tuple[str, str], tuple[str, str, str, int]] = {}  # so that a dictionary can hold it
    for one, other, end, modifier in rows:
        if (one, other) not in last or not end or "" < last[one, other][2] < end:
            last[one, other] = (one, other, end, int(modifier))
    return list(last.values())


def made() -> list[tuple[str, str, str, int]]:
    """Return made pairs; three in ten ended, on one of forty days."""
    chance = random.Random(4)  # noqa: S311  numbers for a benchmark
    codes = [f"{number:05d}" for number in range(CODES)]
    until = [f"20{year:02d}-{month:02d}-01" for year in range(15, 25) for month in (1, 4, 7, 10)]
    ends = until + [""] * 93  # forty of 133 have ended
    return [
        (
            codes[at // CODES],
            codes[at % CODES],
            chance.choice(ends),
            chance.choice((0, 1, 1, 1)),
        )
        for at in chance.sample(range(CODES * CODES), PAIRS)
    ]


def store(folder: Path, rows: Iterable[tuple[str, str, str, int]]) -> None:
    """Store `rows` as an import would."""
    folder.mkdir(parents=True)
    with (folder / "pairs.csv").open("w", newline="") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(
            ["code", "column_2", "effective_to", "effective_from", "modifier", "rationale"]
        )
        for one, other, until, modifier in rows:
            sheet.writerow([one, other, until, "1996-01-01", modifier, ""])
    state(folder, "pairs.csv")


def store_units(folder: Path) -> None:
    """Store as an import would a made limit of 1 to 9 units, by line or day, for every code."""
    chance = random.Random(6)  # noqa: S311  numbers for a benchmark
    folder.mkdir(parents=True)
    with (folder / "limits.csv").open("w", newline="") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(["code", "units", "adjudication"])
        for number in range(CODES):
            sheet.writerow([f"{number * 7:05d}", chance.randrange(1, 10), chance.randrange(1, 4)])
    state(folder, "limits.csv")


def state(folder: Path, table: str) -> None:
    """Write the release.yml of a release that holds one table, in force from 2024 to 2026."""
    sha = hashlib.sha256((folder / table).read_bytes()).hexdigest()
    (folder / "release.yml").write_text(
        f"set: {folder.parent.name}\nrelease: {folder.name}\neffective_from: 2024-01-01\n"
        "effective_to: 2027-01-01\nclock: service\nsource: benchmark\nlicence: none\n"
        f"synthetic: yes\ntables:\n  {table}: {sha}\n"
    )


def draw(rows: list[tuple[str, str, str, int]]) -> list[tuple[str, str]]:
    """Return pairs to check, three in ten of them from the table."""
    chance = random.Random(5)  # noqa: S311  numbers for a benchmark
    codes = sorted({one for row in rows for one in row[:2]})
    found = [row[:2] for row in chance.sample(rows, CHECKS * 3 // 10)]
    found += [(chance.choice(codes), chance.choice(codes)) for _ in range(CHECKS - len(found))]
    chance.shuffle(found)
    return found


def main() -> None:
    """Print the measures."""
    real = published()
    rows = real or made()
    what = "published table (half)" if real else "made table"
    print(f"{len(rows):,} pairs, {what}; {CHECKS:,} checks")
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        store(home / "data" / "code_sets" / "ncci_ptp_practitioner" / "2026-Q1", rows)
        with (home / "checks.csv").open("w", newline="") as file:
            csv.writer(file).writerows(draw(rows))
        del rows
        where = {
            "BENCH": name,
            "CODINGLAB_DATA": str(home / "data"),
            "CODINGLAB_CACHE": str(home / "cache"),
        }
        print(f"compiled once in {run(COMMON + OURS, 'compile', **where):.1f} s")
        print(f"{'':30}{'checks/s':>10}{'load ms':>10}{'+MB':>8}{'file MB':>9}{'hits':>8}")
        for script in (OURS, DICTIONARY, SQLITE):
            one = run(COMMON + script, **where)
            print(
                f"{one['name']:30}{one['checks']:>10,.0f}{one['load']:>10,.1f}"
                f"{one['memory']:>8,.1f}{one['size']:>9.1f}{one['hits']:>8,}"
            )
        store_units(home / "data" / "code_sets" / "mue_practitioner" / "2026-Q1")
        on_every_line(where, where | {"CODINGLAB_DATA": str(home / "nothing")})


def on_every_line(full: dict[str, str], starter: dict[str, str]) -> None:
    """Print what the full tables cost the edits on lines, each in a process with all compiled."""
    print("the encounters of benchmarks/edits.py through all edits on lines")
    for place in (starter, full):
        run(EVERY_LINE, **place)  # compiles
    few, whole = run(EVERY_LINE, **starter), run(EVERY_LINE, **full)
    print(f"{'starter tables':30}{few['encounters']:>10,.0f}/s")
    more = whole["memory"] - few["memory"]
    print(f"{'full pairs and units':30}{whole['encounters']:>10,.0f}/s{more:>9,.1f} MB more")


if __name__ == "__main__":
    main()
