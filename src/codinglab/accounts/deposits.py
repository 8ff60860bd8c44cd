"""What the bank says: one row for each deposit, with the trace number that came along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from codinglab.core.tables import Row, read_csv


class DepositRow(Row):
    """A row of the bank's statement as CSV: day, amount in dollars, trace (or check number)."""

    day: date
    amount: Decimal
    trace: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Deposit:
    """Money that came to the bank; `trace` is that of the addenda record, or a check's number."""

    day: date
    amount: Decimal
    trace: str = ""
    text: str = ""


def read_deposits(path: Path) -> tuple[Deposit, ...]:
    """Return the deposits of a CSV file; raises BadData naming file, line and column."""
    return tuple(
        Deposit(one.day, one.amount, one.trace, one.text) for one in read_csv(path, DepositRow)
    )
