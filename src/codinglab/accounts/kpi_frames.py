"""Key figures and what they are made of as pandas DataFrames; docs/kpi.md lists the columns.

Money and rates are floats here, for plotting and sums; the books keep cents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from codinglab.accounts.journal import Entry
from codinglab.accounts.kpi import (
    Facts,
    Kpi,
    below_contract,
    by_month,
    denials_by_cause,
    kpis,
    standing,
)
from codinglab.accounts.kpi_books import Period, aging, buckets, payments
from codinglab.accounts.kpi_history import Decided, History, Sent, Visit, Worked
from codinglab.accounts.policy import policy_on
from codinglab.accounts.store import Store

if TYPE_CHECKING:
    import pandas as pd

PATIENT = "patient"
_DAYS = ("day", "entered", "known", "decided", "answered", "taken_back", "month")


def _frame(rows: Iterable[Mapping[str, Any]], columns: list[str]) -> pd.DataFrame:
    import pandas as pd

    told = [{name: _plain(value) for name, value in one.items()} for one in rows]
    found = pd.DataFrame.from_records(told, columns=columns)
    for column in set(columns) & set(_DAYS):
        found[column] = pd.to_datetime(found[column])
    return found


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _rows(values: Iterable[Any], kind: type) -> pd.DataFrame:
    columns = [one.name for one in fields(kind)]
    return _frame(({name: getattr(one, name) for name in columns} for one in values), columns)


def visits_frame(history: History) -> pd.DataFrame:
    """Return a row for each visit, with the columns of `Visit`."""
    return _rows(history.visits, Visit)


def sent_frame(history: History) -> pd.DataFrame:
    """Return a row for each sending of a claim, with the columns of `Sent`."""
    return _rows(history.sent, Sent)


def lines_frame(history: History) -> pd.DataFrame:
    """Return a row for each decided line, with the columns of `Decided`."""
    return _rows(history.decided, Decided)


def worked_frame(history: History) -> pd.DataFrame:
    """Return a row for each denial that was worked, with the columns of `Worked`."""
    return _rows(history.worked, Worked)


def kpi_frame(found: Iterable[Kpi]) -> pd.DataFrame:
    """Return id, name, unit, value, target, better, meets and formula of each figure."""
    columns = ["id", "name", "unit", "value", "target", "better", "meets", "formula"]
    return _frame(
        (
            {
                **{
                    name: getattr(one.definition, name) for name in columns if name not in _OF_VALUE
                },
                "value": one.value,
                "meets": one.meets,
            }
            for one in found
        ),
        columns,
    )


_OF_VALUE = frozenset({"value", "meets"})


def monthly_frame(store: Store, history: History, period: Period) -> pd.DataFrame:
    """Return month, id, value and target of every figure in each month of `period`.

    Balances are those at the month's end; days in receivables divide by the month's own charges.
    """
    rows = (
        {
            "month": facts.period.first,
            "id": one.definition.id,
            "name": one.definition.name,
            "value": one.value,
            "target": one.definition.target,
        }
        for facts in by_month(store, history, period)
        for one in kpis(facts)
    )
    return _frame(rows, ["month", "id", "name", "value", "target"])


def aging_frame(facts: Facts) -> pd.DataFrame:
    """Return payer, bucket and amount of what is owed, in the buckets' order, zeros included."""
    found = aging(facts.owed, facts.period.last)
    names = buckets(policy_on(facts.period.last).aging)
    payers = sorted({payer for payer, _ in found})
    rows = (
        {
            "payer": payer or PATIENT,
            "bucket": name,
            "amount": found.get((payer, name), Decimal(0)),
        }
        for payer in payers
        for name in names
    )
    return _frame(rows, ["payer", "bucket", "amount"])


def denials_frame(facts: Facts) -> pd.DataFrame:
    """Return cause, claims, dollars and rate of the denials of first decisions, dearest first."""
    rows = (
        {"cause": cause, "claims": claims, "dollars": dollars, "rate": rate}
        for cause, (claims, dollars, rate) in denials_by_cause(facts).items()
    )
    return _frame(rows, ["cause", "claims", "dollars", "rate"])


def underpaid_frame(facts: Facts) -> pd.DataFrame:
    """Return the lines that were allowed below the contract, and by how much (`missing`)."""
    tolerance = facts.tolerance
    names = ["account", "line", "payer", "code", "modifiers", "known", "expected", "allowed"]
    rows = (
        {**{name: getattr(one, name) for name in names}, "missing": missing}
        for one in standing(facts)
        if (missing := below_contract(one, tolerance))
    )
    return _frame(rows, [*names, "missing"])


def cohorts_frame(store: Store, history: History) -> pd.DataFrame:
    """Return charges, contractual, paid, open and net rate by month of service.

    A month's own claims are followed to the end of the books, so that the rate of an old month is
    what was really collected, whatever the charges of later months are.
    """
    month = {one.account: one.day.replace(day=1) for one in history.visits}
    sums: dict[date, dict[str, Decimal]] = {}
    for entry in store.entries():
        for account, column, amount in _moved(entry):
            if account in month:
                here = sums.setdefault(month[account], dict.fromkeys(_NAMES, Decimal(0)))
                here[column] += amount
    rows = []
    for first in sorted(sums):
        one = sums[first]
        below = one["charges"] - one["contractual"]
        rows.append({"month": first, **one, "net_rate": one["paid"] / below if below > 0 else None})
    return _frame(rows, ["month", *_NAMES, "net_rate"])


def _moved(entry: Entry) -> Iterator[tuple[str, str, Decimal]]:
    """Yield account, column and dollars of each side; what is set off later was reversed before."""
    for side in entry.postings:
        if column := _COLUMNS.get(side.ledger):
            yield side.account, column, -side.amount if column == "charges" else side.amount
    if entry.kind != "recoupment":
        for account, amount in payments(entry):
            yield account, "paid", amount


_COLUMNS = {
    "revenue": "charges",
    "contractual adjustment": "contractual",
    "sequestration": "contractual",
    "insurance receivable": "open",
    "patient receivable": "open",
}
_NAMES = ("charges", "contractual", "paid", "open")
