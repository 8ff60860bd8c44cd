"""How many lines of a bill one core prices in a second, beside the bare formula.

Each bill is priced by itself, with all its steps, as `codinglab review` does. The peer is the
formula alone, with values already at hand, as one would write it in a notebook: no modifiers, no
ranking, no reasons. Run with

    python benchmarks/price.py
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from codinglab.encounter.circumstances import Circumstances, Practitioner
from codinglab.encounter.coded import ServiceLine
from codinglab.pricing.physician import price
from codinglab.pricing.physician_schedule import schedule_on
from codinglab.pricing.physician_terms import Terms
from codinglab.pricing.price import cents

DAY = date(2026, 3, 2)
ABOUT = Circumstances("professional", "Medicare", practitioner=Practitioner(role="physician"))
TERMS = Terms(
    "13202-01",
    participating=True,
    qualifying_apm=False,
    place_of_service="11",
    schedule="teaching",
)
BILLS = {
    "a visit": ("99213",),
    "a visit and two shots": ("99214-25", "90471", "90472", "96372"),
    "four operations, one on both sides": ("20611-50", "12032", "10060-59", "11400-59"),
    "two images, a heart tracing and a laboratory test": ("70450-26", "73610-RT", "93000", "80061"),
}
SECONDS = 2.0


def bill(codes: tuple[str, ...]) -> tuple[ServiceLine, ...]:
    lines = []
    for number, written in enumerate(codes, 1):
        code, *modifiers = written.split("-")
        lines.append(ServiceLine(code, f"line {number}", tuple(modifiers), 1))
    return tuple(lines)


def rate(work: Callable[[], object], lines: int) -> float:
    work()
    done, start = 0, time.process_time()
    while time.process_time() - start < SECONDS:
        work()
        done += lines
    return done / (time.process_time() - start)


def formula(codes: tuple[str, ...]) -> Callable[[], object]:
    schedule = schedule_on(DAY, "13202-01", qualifying=False, name="teaching")
    rows = [schedule.row(code.split("-")[0]) for code in codes]
    index, factor = schedule.index, Decimal("33.4009")
    values = [(row.work_rvu, row.nonfacility_pe_rvu, row.malpractice_rvu) for row in rows]
    return lambda: [
        cents(
            (work * index.work + expense * index.practice_expense + malpractice * index.malpractice)
            * factor
        )
        for work, expense, malpractice in values
    ]


def main() -> None:
    print(f"{'bill':52}{'lines/s':>10}{'formula':>10}{'ratio':>8}")
    for name, codes in BILLS.items():
        lines = bill(codes)
        ours = rate(lambda lines=lines: price(lines, ABOUT, TERMS, DAY), len(lines))
        bare = rate(formula(codes), len(lines))
        print(f"{name:52}{ours:>10,.0f}{bare:>10,.0f}{ours / bare:>8.3f}")


if __name__ == "__main__":
    sys.exit(main())
