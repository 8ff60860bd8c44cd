"""Fill, draw, show and read claim forms, beside reportlab drawing the same things one by one.

Run with

    python benchmarks/form.py
"""

import io
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "claim"))
from made_claims import claim
from reportlab.pdfgen.canvas import Canvas

from codinglab.claim.form_fill import fill
from codinglab.claim.form_page import Page
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


def one_by_one(pages: tuple[Page, ...]) -> bytes:
    """Draw rectangles, labels and texts of each page by one call each, as most programs do."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1, pageCompression=0)
    for page in pages:
        frame = page.layout
        canvas.setFont("Helvetica", 5)
        for area in frame.areas:
            left, low = frame.x(area.left), frame.y(area.bottom)
            canvas.rect(left, low, frame.x(area.right) - left, frame.y(area.top) - low)
            canvas.drawString(left, frame.y(area.top) - 6, area.label)
        canvas.setFont("Courier", 10)
        for name, text in page.texts.items():
            cell = frame.cells[name]
            canvas.drawString(frame.x(cell.column), frame.y(cell.line + 1), text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def main() -> None:
    print(
        f"{'CPU ms a page, median of ' + str(RUNS):34}"
        f"{'fill':>8}{'PDF':>8}{'HTML':>8}{'read':>8}{'1 by 1':>8}"
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
            lambda pages=pages: one_by_one(pages),
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
