"""`codinglab accounts balance`: what is added up, as JSON and as rows of text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from codinglab.accounts.store import Store

Rows = list[tuple[str, ...]]


def summed(store: Store, by: str, day: date, account: str) -> tuple[dict[str, Any], Rows]:
    """Return the balances at the end of `day` by `by`: ledger, account, payer or patient."""
    from codinglab.accounts.balances import balances

    found = balances(store, until=day, account=account or None)
    ways: dict[str, Callable[[], dict[str, Decimal]]] = {
        "ledger": found.by_ledger,
        "account": found.by_account,
        "payer": found.by_payer,
        "patient": lambda: found.by_patient(store.accounts()),
    }
    sums = {name: amount for name, amount in ways[by]().items() if amount}
    told = {
        "on": day.isoformat(),
        "by": by,
        "balances": {name: str(amount) for name, amount in sums.items()},
    }
    rows: Rows = [(name, f"{amount:,.2f}") for name, amount in sums.items()]
    if by != "ledger":
        rows.append(("in all", f"{sum(sums.values(), Decimal(0)):,.2f}"))
    return told, rows


def by_age(store: Store, day: date, account: str) -> tuple[dict[str, Any], Rows]:
    """Return what is owed at the end of `day` by age."""
    from codinglab.accounts.aging import aging, totals
    from codinglab.accounts.policy import policy_on

    edges = policy_on(day).aging
    aged = [one for one in aging(store, day, edges) if account in {"", one.account}]
    sums = totals(aged, edges)
    told = {
        "on": day.isoformat(),
        "by": "age",
        "edges": list(edges),
        "rows": [
            {
                "account": one.account,
                "payer": one.payer,
                "buckets": [str(each) for each in one.buckets],
                "credit": str(one.credit),
            }
            for one in aged
        ],
        "totals": [str(each) for each in sums],
    }
    lows = (0, *(edge + 1 for edge in edges))
    heads = [f"{low}-{high}" for low, high in zip(lows, edges, strict=False)]
    head = ("account", "owed by", *heads, f"over {edges[-1]}", "credit")
    rows: Rows = [head]
    rows += [
        (
            one.account,
            one.payer or "patient",
            *(f"{each:,.2f}" for each in one.buckets),
            f"{one.credit:,.2f}",
        )
        for one in aged
    ]
    credit = sum((one.credit for one in aged), Decimal(0))
    rows.append(("in all", "", *(f"{each:,.2f}" for each in sums), f"{credit:,.2f}"))
    return told, rows
