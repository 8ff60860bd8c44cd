"""`codinglab accounts entries`: the journal, and the account trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.accounts_books import Account, BooksAt, opened, table, told_note
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.accounts.journal import Entry


def entries(
    books: BooksAt,
    account: Account = "",
    trail: Annotated[bool, typer.Option(help="The account trail instead.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print the journal, or the trail of what happened and who did it.

    JSON: a list of {"number", "day", "kind", "source", "reason", "authority", "postings":
    [{"ledger", "amount", "account", "line", "payer", "group", "carc"}]}; of the trail {"day",
    "kind", "account", "line", "reason", "text", "payer", "amount", "source", "who"}.
    """
    with opened(books) as store:
        if trail:
            notes = store.notes(account or None)
            finish(
                [told_note(one) for one in notes],
                as_json=as_json,
                text=lambda: "\n".join(
                    f"{one.day} {one.account or '-'} {one.kind}: {one.reason}: {one.text}"
                    + (f" ({one.who})" if one.who else "")
                    for one in notes
                ),
            )
        every = list(store.entries(account or None))
    finish(
        [told_entry(one) for one in every],
        as_json=as_json,
        text=lambda: "\n".join(entry_text(one) for one in every),
    )


def told_entry(one: Entry) -> dict[str, Any]:
    """Return an entry as the commands' JSON has it."""
    return {
        "number": one.number,
        "day": one.day.isoformat(),
        "kind": one.kind,
        "source": one.source,
        "reason": one.reason,
        "authority": one.authority,
        "postings": [
            {
                "ledger": side.ledger,
                "amount": f"{side.amount:.2f}",
                "account": side.account,
                "line": side.line,
                "payer": side.payer,
                "group": side.group,
                "carc": side.carc,
            }
            for side in one.postings
        ],
    }


def entry_text(one: Entry) -> str:
    """Return an entry as lines of text."""
    head = f"{one.day} {one.number}  {one.kind}, {one.source}"
    if one.reason:
        head += f" ({one.reason}{f'; {one.authority}' if one.authority else ''})"
    sides = [
        (
            f"    {side.ledger}",
            f"{side.amount:,.2f}",
            f"{side.account}{f'.{side.line}' if side.line else ''}",
            side.payer or "-",
            f"{side.group}-{side.carc}" if side.carc else "",
        )
        for side in one.postings
    ]
    return f"{head}\n{table(sides)}"
