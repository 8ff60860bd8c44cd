"""What happened to a visit's money, out of the journal, as a patient understands it.

charged = insurance paid + reduced + patient paid + forgiven + written off + with the agency
- given back + what insurance and patient still owe: each entry's two sides say where a cent went.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from codinglab.accounts.balances import INSURANCE, PATIENT, RECEIVABLES
from codinglab.accounts.journal import Entry, Ledger, Posting

What = Literal[
    "charged",
    "insurance paid",
    "reduced",
    "patient paid",
    "forgiven",
    "written off",
    "with the agency",
    "given back",
    "finance charge",
    "other",
]
_BY_LEDGER: dict[Ledger, What] = {
    "revenue": "charged",
    "contractual adjustment": "reduced",
    "sequestration": "reduced",
    "denied": "reduced",
    "charity care": "forgiven",
    "write-off": "written off",
    "bad debt": "with the agency",
    "collection agency": "with the agency",
    "refunds payable": "given back",
    "interest income": "finance charge",
}
_CASH: frozenset[Ledger] = frozenset({"cash", "unapplied cash"})
_RAISES: frozenset[What] = frozenset({"charged", "given back", "finance charge"})


@dataclass(frozen=True, slots=True)
class Flow:
    """Dollars that left (or joined) what is owed of a visit; above 0 as its name says."""

    day: date
    what: What
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Owing:
    """Dollars that came to the patient's receivable, or (below 0) went back from it.

    `group` and `carc` are the payer's reason; blank where the visit was never insured (`alone`),
    where a finance charge was added (`interest`) or where somebody moved it by hand.
    """

    day: date
    amount: Decimal
    line: int | None
    group: str = ""
    carc: str = ""
    alone: bool = False
    interest: bool = False
    told: str = ""


def _of(entry: Entry, account: str) -> tuple[Posting, ...]:
    """Return the sides of the account; those without account too, where it is the only one."""
    only = {one.account for one in entry.postings} <= {"", account}
    return tuple(
        one for one in entry.postings if one.account == account or (only and not one.account)
    )


def flows(entries: Iterable[Entry], account: str) -> Iterator[Flow]:
    """Yield what each entry that touches a receivable of `account` did."""
    for entry in entries:
        sides = _of(entry, account)
        owed = [one for one in sides if one.ledger in RECEIVABLES]
        if not owed:
            continue
        by_patient = all(one.ledger == PATIENT for one in owed)
        for one in sides:
            if one.ledger in RECEIVABLES or not one.amount:
                continue
            what = _what(one, by_patient=by_patient)
            yield Flow(entry.day, what, -one.amount if what in _RAISES else one.amount)


def _what(side: Posting, *, by_patient: bool) -> What:
    if side.ledger in _CASH:
        return "patient paid" if by_patient else "insurance paid"
    return _BY_LEDGER.get(side.ledger, "other")


def owings(entries: Iterable[Entry], account: str) -> Iterator[Owing]:
    """Yield what made the patient owe something, payments and what was given up left out."""
    for entry in entries:
        sides = _of(entry, account)
        beside = {one.ledger for one in sides if one.ledger != PATIENT}
        if not beside <= {INSURANCE, "revenue", "interest income"}:
            continue
        for one in sides:
            if one.ledger == PATIENT and one.amount:
                told = ("revenue" in beside, "interest income" in beside, entry.reason)
                yield Owing(entry.day, one.amount, one.line, one.group, one.carc, *told)
