"""An institutional claim as the cells of a UB-04: 22 lines a page, the totals on the last.

Sources: Medicare Claims Processing Manual (Pub. 100-04), chapter 25, sections 75.1 to 75.6; the
tables in code_sets/claim_forms hold the rule of each box.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from codinglab.claim.form_choices import listed
from codinglab.claim.form_layout import layout
from codinglab.claim.form_page import Page, typed
from codinglab.claim.form_text import count, day_run, money
from codinglab.claim.form_ub04_codes import codes, too_many
from codinglab.claim.form_ub04_people import others, patient, providers, who
from codinglab.claim.form_ub04_policies import policies
from codinglab.claim.model import Claim, InstitutionalBill, Line
from codinglab.core.findings import Finding

Texts = dict[str, str]
TOTAL = "0001"
"""The revenue code of the line of totals."""


def institutional_pages(
    claim: Claim, day: date, printed: date | None
) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """Return the pages of an institutional claim made on `printed`, and what paper cannot say.

    Raises ValueError for a claim without its bill.
    """
    bill = claim.bill
    if bill is None:
        raise ValueError(f"claim {claim.account} is institutional and has no bill; give it one")
    size = layout("ub04", day).rows
    parts = [claim.lines[at : at + size] for at in range(0, len(claim.lines), size)] or [()]
    head = {
        **who(claim, bill),
        **patient(claim, bill),
        **codes(claim, bill),
        **policies(claim),
        **providers(claim, day),
    }
    pages = tuple(
        Page("ub04", day, _page(head, claim, bill, part, (number, len(parts)), printed))
        for number, part in enumerate(parts, start=1)
    )
    numbered = tuple(
        Page("ub04", day, page.texts, number, len(parts))
        for number, page in enumerate(pages, start=1)
    )
    return numbered, tuple(_not_said(claim, bill, day))


def _page(  # noqa: PLR0913, PLR0917  what a page is made of
    head: Texts,
    claim: Claim,
    bill: InstitutionalBill,
    lines: tuple[Line, ...],
    place: tuple[int, int],
    printed: date | None,
) -> Texts:
    number, of = place
    texts = dict(head)
    dated = not listed("undated", bill.bill_type, bill.statement_from)
    for at, line in enumerate(lines, start=1):
        texts |= {f"{name}.{at}": text for name, text in _row(line, dated=dated).items()}
    texts |= {"43.page": str(number), "43.pages": str(of), "45.created": day_run(printed)}
    if number == of:
        spared = [line.noncovered for line in claim.lines if line.noncovered is not None]
        texts |= {
            "42.total": TOTAL,
            "47.total": money(claim.total),
            "48.total": money(sum(spared, Decimal(0))) if spared else "",
        }
    return {name: text for name, text in texts.items() if text}


def _row(line: Line, *, dated: bool) -> Texts:
    return {
        "42": line.revenue_code,
        "43": what(line),
        "44": f"{line.code}{''.join(line.modifiers)}" if line.code else _rate(line),
        "45": day_run(line.first) if dated else "",
        "46": count(line.units),
        "47": money(line.charge),
        "48": money(line.noncovered),
    }


def what(line: Line) -> str:
    """Return FL 43: a drug as N4, NDC, unit and quantity without blanks, else the words told."""
    if line.drug:
        return f"N4{line.drug.ndc}{line.drug.unit}{count(line.drug.quantity)}"
    return typed(line.description or line.note)


def _rate(line: Line) -> str:
    """Return the rate a day of room and board with its point, blank for a line of another kind.

    A rate has whole dollars, the point and the cents, unlike the amounts of FL 47.
    """
    if line.unit_kind != "DA" or not line.units:
        return ""
    rate = line.charge / line.units
    return f"{rate:.2f}" if rate == round(rate, 2) else ""


def _not_said(claim: Claim, bill: InstitutionalBill, day: date) -> Iterator[Finding]:
    cite = layout("ub04", day).cite
    for box, what_is, has, room in (
        *too_many(claim, bill),
        ("78-79", "other providers", len(others(claim, day)), 2),
        ("50", "payers", len(claim.coverages), 3),
    ):
        if has > room:
            yield Finding(
                "form.too_many",
                f"box {box}",
                f"the bill has {has} {what_is} and the form has room for {room}.",
                "Leave out those that weigh least, or send the 837, which has more room.",
                cite=cite(box),
            )
    if claim.patient_paid is not None:
        yield Finding(
            "form.no_box",
            "box 54",
            "a UB-04 has no box for what the patient paid; it is left out.",
            "Tell it as a value code where the payer has one for it.",
            cite=cite("54"),
        )
