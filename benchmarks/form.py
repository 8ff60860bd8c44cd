"""Fill, draw, show and read claim forms: milliseconds a page.

Run with

    python benchmarks/form.py
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "claim"))
from made_claims import claim

from codinglab.claim.form_fill import fill
from codinglab.claim.form_pdf import as_pdf
from codinglab.claim.form_read import read
from codinglab.lab.form_page import form_html

RUNS = 40
LIMIT = 15.0
ON = date(2026, 4, 1)


def milliseconds(work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1000)
    return median(taken)


def main() -> None:
    print(
        f"{'CPU ms a page, median of ' + str(RUNS):34}{'fill':>8}{'PDF':>8}{'HTML':>8}{'read':>8}"
    )
    worst = 0.0
    for name in ("office visit", "inpatient", "60 lines"):
        one = claim(name)
        pages, _ = fill(one)
        many = len(pages)
        works: list[Callable[[], object]] = [
            lambda one=one: fill(one),
            lambda pages=pages: as_pdf(pages),
            lambda pages=pages: form_html(pages),
            lambda pages=pages: read(pages[0].form, [page.texts for page in pages], ON),
        ]
        each = [milliseconds(work) / many for work in works]
        worst = max(worst, each[0] + each[1])
        label = f"{name} ({many} page{'' if many == 1 else 's'})"
        print(f"{label:34}" + "".join(f"{one:8.2f}" for one in each))
    print(f"fill and draw: {worst:.2f} ms a page at most (limit {LIMIT:.0f})")
    if worst > LIMIT:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
