"""A statement as PDF, with a slip to send in with a check."""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.accounts.letter_pdf import Block, Text, Together, money_table
from codinglab.accounts.letter_pdf import as_pdf as letter
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

_DAY = 68.0  # points of a column with a day


def as_pdf(statement: Statement) -> bytes:
    """Return the statement on as many pages as it needs, each marked as a training copy."""
    title = f"Bill {statement.notice} for {addressed(statement)}"
    return letter(f"{title}, training copy", TRAINING, _blocks(statement, title))


def _blocks(statement: Statement, title: str) -> Iterator[Block | Together]:
    head = statement.practice
    yield from (Text(one, "head") for one in (head.name, *head.address))
    yield Text(f"{head.phone}, {head.hours}", "head")
    yield Text(title, "title")
    yield Text(f"{statement.made.isoformat()}. {statement.message}")
    yield Text(headline(statement), "sum")
    yield from (Together(tuple(_visit(one))) for one in statement.visits)
    if statement.owed:
        rows = tuple((name, dollars(amount)) for name, amount in buckets(statement))
        yield Together(
            (Text("How long you have owed it", "section"), money_table(("Age", "Dollars"), rows))
        )
    yield Together(tuple(_close(statement)))


def _visit(visit: Visit) -> Iterator[Block]:
    yield Text(f"Visit {visit.account}", "section")
    services = tuple(
        (one.day.isoformat(), f"{one.code} {one.what}".strip(), dollars(one.charge))
        for one in visit.services
    )
    yield money_table(("Day", "Service", "Charge"), services, before=(_DAY, None))
    money = tuple((what, dollars(amount)) for what, amount in sums(visit))
    yield money_table(("Who pays it", "Dollars"), money, total=True)
    if why := whys(visit):
        yield Text("Why you owe it:")
        yield from (Text(one, "item") for one in why)


def _close(statement: Statement) -> Iterator[Block]:
    head = statement.practice
    if statement.owed:
        yield Text("How to pay", "section")
        yield from (Text(one, "item") for one in head.pay)
    if told := notes(statement):
        yield Text("Good to know", "section")
        yield from map(Text, told)
    if statement.owed:
        yield Text(CUT, "cut")
        *lines, last = slip(statement)
        yield from (Text(one, "head") for one in lines)
        yield Text(last, "sum")
