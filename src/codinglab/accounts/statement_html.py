"""A statement as an HTML page."""

from __future__ import annotations

from html import escape

from codinglab.accounts.letter_html import items, page, paragraphs, table
from codinglab.accounts.statement import TRAINING, Statement, Visit
from codinglab.accounts.statement_text import (
    CUT,
    addressed,
    buckets,
    headline,
    notes,
    slip,
    sums,
    whys,
)
from codinglab.remit.eob import dollars


def _visit(visit: Visit) -> str:
    services = [
        (one.day.isoformat(), f"{one.code} {one.what}".strip(), dollars(one.charge))
        for one in visit.services
    ]
    money = [(what, dollars(amount)) for what, amount in sums(visit)]
    why = whys(visit)
    because = f"<h3>Why you owe it</h3>\n{items(why)}" if why else ""
    return (
        f"<section>\n<h2>Visit {escape(visit.account)}</h2>\n"
        + table(
            f"What was done, visit {visit.account}",
            ("day", "service", "charge"),
            services,
            total=False,
        )
        + "\n"
        + table(f"Who pays it, visit {visit.account}", ("what", "dollars"), money)
        + f"\n{because}\n</section>"
    )


def as_html(statement: Statement) -> str:
    """Return the statement as one HTML document, which a browser also prints."""
    head = statement.practice
    address = "<br>".join(map(escape, (head.name, *head.address, f"{head.phone}, {head.hours}")))
    title = f"Bill {statement.notice} for {addressed(statement)}"
    body = [
        f"<p>{address}</p>\n<h1>{escape(title)}</h1>",
        f"<p>{statement.made.isoformat()}. {escape(statement.message)}</p>",
        f'<p class="sum">{escape(headline(statement))}</p>',
        *map(_visit, statement.visits),
    ]
    if statement.owed:
        rows = [(name, dollars(amount)) for name, amount in buckets(statement)]
        body.append(table("How long you have owed it", ("age", "dollars"), rows, total=False))
        body.append(f"<h2>How to pay</h2>\n{items(head.pay)}")
    if told := notes(statement):
        body.append(f"<h2>Good to know</h2>\n{paragraphs(told)}")
    if told := slip(statement):
        lines = "<br>".join(map(escape, told))
        body.append(
            f'<section class="slip">\n<h2>{CUT.capitalize()}</h2>\n<p>{lines}</p>\n</section>'
        )
    return page(f"{title}, training copy", TRAINING, body)
