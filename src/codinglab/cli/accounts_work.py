"""`codinglab accounts work`: what the books say is still to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codinglab.cli.accounts_books import BooksAt, opened
from codinglab.cli.days import On, day_of
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.accounts.open_work import OpenWork


def work(books: BooksAt, on: On = None, as_json: AsJson = False) -> None:
    """List claims for the next payer, recoupments without their half, credits, unapplied money.

    Leaves with 1 where there is any. JSON: {"next_claims": [{"account", "payer", "amount",
    "crossed_over", "since"}], "recoupments": [{"payer", "reference", "amount"}], "credits":
    [{"account", "payer", "amount", "federal"}], "unapplied": {payer: dollars}}.
    """
    from codinglab.accounts.open_work import open_work

    with opened(books) as store:
        found = open_work(store, day_of(on))
    told = _told(found)
    finish(told, as_json=as_json, text=lambda: _text(found), findings=any(told.values()))


def _told(found: OpenWork) -> dict[str, Any]:
    return {
        "next_claims": [
            {
                "account": one.account,
                "payer": one.payer,
                "amount": str(one.amount),
                "crossed_over": one.crossed_over,
                "since": one.since.isoformat(),
            }
            for one in found.next_claims
        ],
        "recoupments": [
            {"payer": one.payer, "reference": one.reference, "amount": str(one.amount)}
            for one in found.recoupments
        ],
        "credits": [
            {
                "account": one.money.account,
                "payer": one.money.payer,
                "amount": str(one.money.amount),
                "federal": one.federal,
            }
            for one in found.credits
        ],
        "unapplied": {payer: str(amount) for payer, amount in found.unapplied.items()},
    }


def _text(found: OpenWork) -> str:
    lines = [
        f"{one.account}: {one.amount} with {one.payer}, "
        + ("crossed over" if one.crossed_over else "send the claim")
        + f" (since {one.since})"
        for one in found.next_claims
    ]
    lines += [
        f"{one.payer} {'took' if one.amount > 0 else 'will take'} {abs(one.amount)} "
        f"({one.reference})"
        for one in found.recoupments
    ]
    lines += [
        f"{one.money.account}: {one.money.amount} paid too much by "
        f"{one.money.payer or 'the patient'}"
        + (", to be reported and returned in time (42 CFR 401.305)" if one.federal else "")
        for one in found.credits
    ]
    lines += [
        f"{amount} of {payer or 'nobody known'} in unapplied cash"
        for payer, amount in found.unapplied.items()
    ]
    return "\n".join(lines) or "Nothing is open."
