"""Open the compiled ICD-10-CM table and look up a code, beside the package that carries the text.

Each measurement runs in a fresh process, so that memory and imports are its own. Run with

    python benchmarks/codes_open.py
"""

from fresh import medians, run

OURS = """
import json, resource, time
from datetime import date
from codinglab.codes import icd10cm
from codinglab.codes.release import forget, in_force
import yaml, pydantic  # the file border, which every command loads in any case
day = date(2026, 3, 2)
icd10cm.compiled_file(in_force("icd10cm", day))
forget()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
table = icd10cm.open_table(day)
opened = time.perf_counter() - start
table.find("I10")
start = time.perf_counter()
for _ in range(1000):
    table.find("E11.22")
looked = (time.perf_counter() - start) / 1000
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps({"open": opened, "find": looked, "megabytes": grown / 1024}))
"""
PEER = """
import json, resource, time
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
import simple_icd_10_cm as peer
opened = time.perf_counter() - start
start = time.perf_counter()
for _ in range(1000):
    peer.get_description("E11.22")
looked = (time.perf_counter() - start) / 1000
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps({"open": opened, "find": looked, "megabytes": grown / 1024}))
"""
RUNS = 5


def main() -> None:
    run(OURS)  # compiles
    ours, peer = medians(OURS, RUNS), medians(PEER, RUNS)
    print(f"{'median of ' + str(RUNS):28}{'codinglab':>14}{'simple_icd_10_cm':>20}{'ratio':>10}")
    for name, label, factor in (
        ("open", "open, ms", 1000),
        ("find", "one look-up, us", 1e6),
        ("megabytes", "memory, MB", 1),
    ):
        left, right = ours[name] * factor, peer[name] * factor
        print(f"{label:28}{left:14.2f}{right:20.2f}{left / right:10.4f}")


if __name__ == "__main__":
    main()
