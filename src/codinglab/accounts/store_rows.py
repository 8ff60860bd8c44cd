"""Values of the books as rows of their tables, and back; dollars become whole cents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, cast

from codinglab.accounts.journal import Entry, Posting
from codinglab.accounts.record import Account, AccountLine, Held, Note, NoteKind

Row = dict[str, Any]
Side = tuple[int, date, str, str, str, int | None, str, int]
"""A posting: its entry's id, day and kind, then its ledger, account, line, payer and cents."""


class NotWholeCents(ValueError):
    """An amount has a fraction of a cent; nothing is rounded silently."""


def to_cents(amount: Decimal, what: str) -> int:
    """Return dollars as cents; raises NotWholeCents naming `what` for a fraction of a cent."""
    scaled = amount * 100
    whole = int(scaled)
    if whole != scaled:
        raise NotWholeCents(f"{what}: {amount} is no whole number of cents; round it first")
    return whole


def to_dollars(cents: int) -> Decimal:
    """Return cents as dollars."""
    return Decimal(cents).scaleb(-2)


def entry_rows(entries: Iterable[Entry], first: int) -> tuple[list[Row], list[Row]]:
    """Return the rows of `entries` and of their postings; ids run on from `first`."""
    heads: list[Row] = []
    sides: list[Row] = []
    for at, one in enumerate(entries, first):
        heads.append(
            {
                "id": at,
                "number": one.number,
                "day": one.day,
                "kind": one.kind,
                "source": one.source,
                "reason": one.reason,
                "authority": one.authority,
            }
        )
        sides.extend(
            {
                "entry": at,
                "place": place,
                "ledger": side.ledger,
                "cents": to_cents(side.amount, f"entry {one.number}, {side.ledger}"),
                "account": side.account,
                "line": side.line,
                "payer": side.payer,
                "group_code": side.group,
                "carc": side.carc,
            }
            for place, side in enumerate(one.postings)
        )
    return heads, sides


def sides_of(entries: Iterable[Entry]) -> Iterator[Side]:
    """Yield the postings of `entries`, whose ids here are their places."""
    for at, one in enumerate(entries):
        for side in one.postings:
            cents = to_cents(side.amount, f"entry {one.number}")
            yield at, one.day, one.kind, side.ledger, side.account, side.line, side.payer, cents


def read_entries(heads: Iterable[Any], sides: Iterable[Any]) -> Iterator[Entry]:
    """Yield the entries; both rows are in order of the entry's id, `sides` also by place."""
    waiting = iter(sides)
    side = next(waiting, None)
    for at, number, day, kind, source, reason, authority in heads:
        postings = []
        while side is not None and side[0] == at:
            _, _, ledger, cents, *where = side
            postings.append(Posting(ledger, to_dollars(cents), *where))
            side = next(waiting, None)
        yield Entry(number, day, kind, source, tuple(postings), reason, authority)


def account_row(account: Account) -> Row:
    """Return the row of a visit; its lines are JSON."""
    return {
        "number": account.number,
        "opened": account.opened,
        "patient": account.patient,
        "payers": json.dumps(account.payers),
        "filings": json.dumps(account.filings),
        "lines": _lines(account),
    }


def correction_row(account: Account, number: int) -> Row:
    """Return the row of a visit's changed lines; `number` is its id."""
    return {"id": number, "number": account.number, "lines": _lines(account)}


def _lines(account: Account) -> str:
    return json.dumps(
        [
            (
                *(one.line, one.code, str(one.charge), one.day.isoformat()),
                *(one.modifiers, one.revenue_code, one.control_number, one.withdrawn),
            )
            for one in account.lines
        ]
    )


def read_account(row: Any, lines: str) -> Account:
    """Return the visit of a row, with its `lines` as they stand."""
    return Account(
        row.number,
        row.opened,
        row.patient,
        tuple(_line(one) for one in json.loads(lines)),
        tuple(json.loads(row.payers)),
        tuple(json.loads(row.filings)),
    )


def _line(told: list[Any]) -> AccountLine:
    line, code, charge, day, modifiers, *more = told
    return AccountLine(
        line, code, Decimal(charge), date.fromisoformat(day), tuple(modifiers), *more
    )


def plain_row(value: Any, number: int) -> Row:
    """Return the row of a note, a remittance, a posted claim or what is held; `number` its id."""
    row: Row = {name: getattr(value, name) for name in value.__slots__} | {"id": number}
    for name in ("amount", "total"):
        if name in row:
            row["cents"] = to_cents(row.pop(name), type(value).__name__)
    return row


def read_note(row: Any) -> Note:
    """Return the note of a row."""
    return Note(
        row.day,
        cast("NoteKind", row.kind),
        *(row.account, row.reason, row.text, row.source, row.who, row.payer, row.line),
        to_dollars(row.cents),
    )


def read_held(row: Any) -> Held:
    """Return what is held, of a row."""
    return Held(
        *(row.number, row.day, row.reason, row.text, row.origin, row.trace, row.payer),
        *(row.account, row.place, to_dollars(row.cents), bytes(row.content)),
    )
