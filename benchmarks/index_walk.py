"""Open the alphabetic index and walk to a code, beside a loop over the parsed text files.

Each measurement runs in a fresh process. Run with

    python benchmarks/index_walk.py
"""

from fresh import medians, run

OURS = """
import json, time
from datetime import date
from codinglab.codes import alphabetic_index as index
from codinglab.codes.release import forget
day = date(2026, 4, 2)
index.open_index(day)
index._open.cache_clear(); index._opened.cache_clear(); forget()
start = time.perf_counter()
book = index.open_index(day)
opened = time.perf_counter() - start
start = time.perf_counter()
for _ in range(200):
    term = book.find("Diabetes > type 2 > with > chronic kidney disease")
walked = (time.perf_counter() - start) / 200
start = time.perf_counter()
for _ in range(200):
    book.leading_to("E11.22")
back = (time.perf_counter() - start) / 200
print(json.dumps({"open": opened, "walk": walked, "back": back}))
"""
PEER = """
import json, time
from codinglab.codes.index_text import read_terms
from codinglab.codes.release import code_sets_folder
start = time.perf_counter()
home = code_sets_folder() / "alphabetic_index" / "2026-04"
rows = [one.row for file in sorted(home.glob("?-?.txt")) for one in read_terms(file)]
opened = time.perf_counter() - start
start = time.perf_counter()
path = "Diabetes, diabetic > type 2 > with > chronic kidney disease"
found = [row for row in rows if row.path == path]
walked = time.perf_counter() - start
start = time.perf_counter()
back = [row for row in rows if row.code and "E11.22".startswith(row.code.rstrip("-"))]
print(json.dumps({"open": opened, "walk": walked, "back": time.perf_counter() - start}))
"""
RUNS = 5


def main() -> None:
    run(OURS)  # compiles
    ours, peer = medians(OURS, RUNS), medians(PEER, RUNS)
    print(f"{'median of ' + str(RUNS):28}{'codinglab':>14}{'parse and loop':>20}{'ratio':>10}")
    for name, label in (
        ("open", "open, ms"),
        ("walk", "walk to a code, ms"),
        ("back", "what leads to a code, ms"),
    ):
        left, right = ours[name] * 1000, peer[name] * 1000
        print(f"{label:28}{left:14.3f}{right:20.3f}{left / right:10.4f}")


if __name__ == "__main__":
    main()
