"""The parts of a review's page: plain tables, everything escaped, for a notebook's output."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from codinglab.course import review_grid
from codinglab.course.review import EncounterReview
from codinglab.course.review_money import Valuation
from codinglab.course.review_text import group_lines, risk_lines

# Left and top, so that long sentences stay readable; notebooks set numbers to the right.
STYLE = (
    "<style>.codinglab-review table { width: 100%; margin: 12px 0; border-collapse: collapse }"
    ".codinglab-review caption { text-align: left; font-weight: 600; padding: 4px 0 }"
    ".codinglab-review th, .codinglab-review td { text-align: left !important; "
    "vertical-align: top; padding: 4px 12px 4px 0; border-top: 1px solid #8886 }</style>"
)


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table with its caption and a header cell for each column and row."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td>{escape(one)}</td>" for one in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def visit_page(one: EncounterReview) -> str:
    """Return the worked level of the visit as a table; blank where its pieces were not told."""
    if one.visit is None:
        return ""
    return table(review_grid.CAPTION, review_grid.HEADS, review_grid.rows(one.visit))


def groups_page(one: EncounterReview) -> str:
    """Return how the claim is grouped and scored, line by line; blank where it is not."""
    lines = (*group_lines(one), *risk_lines(one))
    return "".join(
        _points(group) if inner else "".join(f"<p>{escape(line)}</p>" for line in group)
        for inner, group in groupby(lines, key=lambda line: line.startswith("  "))
    )


def _points(lines: Iterable[str]) -> str:
    """Return the lines that say more of the one above them as a list."""
    return "<ul>" + "".join(f"<li>{escape(line.strip())}</li>" for line in lines) + "</ul>"


def prices_page(valued: Valuation) -> str:
    """Return the expected payment with its arithmetic, or why it is not known."""
    if valued.why:
        return f"<p>Not priced: {escape(valued.why)}</p>"
    rows = [
        (
            f"{one.place}: {one.code}",
            f"{one.price.amount:,.2f}" if one.price else "not priced",
            "; ".join(map(str, one.price.steps)) if one.price else one.why,
        )
        for one in valued.lines
    ]
    if valued.total is not None and len(rows) > 1:
        rows.append(("total of what is priced", f"{valued.total:,.2f}", ""))
    notes = dict.fromkeys(note for one in valued.lines for note in one.notes)
    said = "".join(f"<p>Note: {escape(note)}</p>" for note in notes)
    heads = ("Line", "Expected, in dollars", "How")
    return table(f"Expected payment ({valued.system})", heads, rows) + said


def not_judged_page(one: EncounterReview) -> str:
    """Return what must be told for the edits that could not judge, folded away."""
    if not one.not_judged:
        return ""
    rows = [(" and ".join(tell), ", ".join(ids)) for tell, ids in one.untold.items()]
    told = table("Not judged", ("For want of", "Edits"), rows)
    count = len(one.not_judged)
    return f"<details><summary>{count} edits could not judge</summary>{told}</details>"
