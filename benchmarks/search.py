"""The search over codes beside simple-icd-10-cm, rapidfuzz and plain FTS5, in one run.

The queries are the half of tests/codes/search_queries.csv that nothing was tuned to. A hit counts
when its code begins with one that a coder would accept. Each engine runs in a fresh process, so
that memory and imports are its own. simple-icd-10-cm has no search: what stands for it is the loop
that one writes with it, all words in the description. Run with

    python benchmarks/search.py
"""

import json
import subprocess
import sys
from pathlib import Path

QUERIES = Path(__file__).parents[1] / "tests" / "codes" / "search_queries.csv"
COMMON = f"""
import csv, json, resource, time
from datetime import date
from statistics import median, quantiles
DAY = date(2026, 3, 2)
with open({str(QUERIES)!r}, encoding="utf-8", newline="") as file:
    QUERIES = [row for row in csv.DictReader(file) if row["half"] == "held"]
def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
def run(search, opened, grown_from):
    search("warm up")
    times, places = [], []
    for row in QUERIES:
        start = time.perf_counter()
        found = search(row["query"])
        times.append((time.perf_counter() - start) * 1000)
        right = tuple(row["accepted"].split())
        places.append(next((at for at, one in enumerate(found) if one.startswith(right)), 99))
    share = [sum(place < top for place in places) / len(places) for top in (1, 5, 10)]
    print(json.dumps({{"open": opened, "memory": memory() - grown_from, "median": median(times),
        "p95": quantiles(times, n=20)[-1], "top": share}}))
"""
OURS = """
import yaml, pydantic  # the file border, which every command loads in any case
from codinglab.codes import release, search
before, start = memory(), time.perf_counter()
engine = search.open_search(DAY)
opened = (time.perf_counter() - start) * 1000
run(lambda text: [hit.code for hit in engine.find(text)], opened, before)
"""
FTS5 = """
import os, re, sqlite3, tempfile
from codinglab.codes.icd10cm import open_table
name = os.path.join(tempfile.mkdtemp(), "plain.sqlite")
base = sqlite3.connect(name)
base.execute("create virtual table plain using fts5 (code unindexed, title, tokenize=porter)")
base.executemany("insert into plain values (?, ?)", open_table(DAY).billable_rows())
base.commit(); base.close()
before, start = memory(), time.perf_counter()
base = sqlite3.connect(name)
opened = (time.perf_counter() - start) * 1000
QUERY = "select code from plain where plain match ? order by rank limit 10"
def search(text):
    words = re.findall("[a-z0-9]+", text.lower())
    return [code for (code,) in base.execute(QUERY, (" ".join(f'"{one}"' for one in words),))]
run(search, opened, before)
"""
FUZZ = """
from codinglab.codes.icd10cm import open_table
before, start = memory(), time.perf_counter()
from rapidfuzz import fuzz, process, utils
rows = open_table(DAY).billable_rows()
codes, titles = zip(*rows)
titles = [utils.default_process(title) for title in titles]
opened = (time.perf_counter() - start) * 1000
def search(text):
    found = process.extract(utils.default_process(text), titles, scorer=fuzz.token_set_ratio)
    return [codes[at] for _, _, at in found]
run(search, opened, before)
"""
SIMPLE = """
before, start = memory(), time.perf_counter()
import simple_icd_10_cm as peer
codes = [code for code in peer.get_all_codes(with_dots=True) if peer.is_leaf(code)]
said = [(code, peer.get_description(code).lower()) for code in codes]
opened = (time.perf_counter() - start) * 1000
def search(text):
    words = text.lower().split()
    return [code for code, title in said if all(word in title for word in words)][:10]
run(search, opened, before)
"""
ENGINES = {
    "codinglab": OURS,
    "plain FTS5": FTS5,
    "rapidfuzz": FUZZ.replace("token_set_ratio)", "token_set_ratio, limit=10)"),
    "simple-icd-10-cm": SIMPLE,
}


def measure(program: str) -> dict[str, float | list[float]]:
    done = subprocess.run(
        [sys.executable, "-c", COMMON + program], capture_output=True, check=True, text=True
    )
    return json.loads(done.stdout)


def main() -> None:
    measure(OURS)  # compiles the index, once
    found = {name: measure(program) for name, program in ENGINES.items()}
    head = ("open, ms", "memory, MB", "median, ms", "p95, ms", "top 1", "top 5", "top 10")
    print(f"{'':18}" + "".join(f"{one:>12}" for one in head))
    for name, one in found.items():
        numbers = [one[key] for key in ("open", "memory", "median", "p95")]
        shares = "".join(f"{share:12.0%}" for share in one["top"])
        print(f"{name:18}" + "".join(f"{number:12.2f}" for number in numbers) + shares)
    ours = found.pop("codinglab")
    for name, one in found.items():
        ratios = [one[key] / ours[key] for key in ("open", "memory", "median", "p95")]
        print(f"{name + ' / ours':18}" + "".join(f"{ratio:12.2f}" for ratio in ratios))


if __name__ == "__main__":
    main()
