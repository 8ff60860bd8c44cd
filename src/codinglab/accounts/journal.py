"""The double-entry journal: every cent goes from one ledger account to another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Ledger = Literal[
    "insurance receivable",
    "patient receivable",
    "cash",
    "unapplied cash",
    "revenue",
    "contractual adjustment",
    "write-off",
    "bad debt",
    "charity care",
    "denied",
    "sequestration",
    "interest income",
    "capitation income",
    "refunds payable",
    "payer recoupment",
    "collection agency",
]
"""Where money stands. Receivables and cash grow by debits, revenue and payables by credits."""

Kind = Literal[
    "charge",
    "payment",
    "adjustment",
    "transfer",
    "patient payment",
    "refund",
    "write-off",
    "reversal",
    "recoupment",
    "interest",
    "capitation",
    "deposit",
    "correction",
]


UNDOES = "by hand, undoes entry "
"""What the source of a correction begins with; the number of the entry that it undoes follows."""


class Unbalanced(ValueError):
    """Debits and credits of an entry differ."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of an entry: a positive amount is a debit, a negative one a credit (dollars).

    `account` is the patient control number (of one claim's visit), blank where the money belongs to
    none; `line` counts the service lines from 1. `payer` is the payer's identifier. `group`, `carc`
    are those of an adjustment.
    """

    ledger: Ledger
    amount: Decimal
    account: str = ""
    line: int | None = None
    payer: str = ""
    group: str = ""
    carc: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A set of postings that sum to 0, on one `day`.

    `number` is unique in the journal. `source` names where it comes from ("835 TRN 2026-0117, claim
    OV1001"). `reason` and `authority` say why and by whom it was allowed, for entries by hand.
    Raises Unbalanced when the postings do not sum to 0.
    """

    number: str
    day: date
    kind: Kind
    source: str
    postings: tuple[Posting, ...]
    reason: str = ""
    authority: str = ""

    def __post_init__(self) -> None:
        """Refuse an entry that does not balance."""
        left = sum((one.amount for one in self.postings), Decimal(0))
        if left:
            raise Unbalanced(
                f"entry {self.number} ({self.source}): debits exceed credits by {left}"
            )

    @property
    def undoes(self) -> str:
        """Return the number of the entry that this one undoes, blank where it undoes none."""
        return self.source.removeprefix(UNDOES) if self.source.startswith(UNDOES) else ""


def still_standing(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries as if none that was undone had been made; they are in the books' order.

    An entry and its undoing go together; what is undone twice over stands again. Give it only the
    entries until a day to see what stood then.
    """
    every = tuple(entries)
    gone: set[str] = set()
    for one in reversed(every):
        if one.undoes and one.number not in gone:
            gone |= {one.number, one.undoes}
    return tuple(one for one in every if one.number not in gone)
