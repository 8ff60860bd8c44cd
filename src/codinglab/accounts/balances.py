"""Balances, found by replaying the journal: by ledger, account, line and payer, and by patient.

A receivable above 0 is owed to the practice; below 0 it is a credit balance, which somebody is
owed. `replay(entries, before)` goes on where `before` ended, so the journal may be read in any
pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, cast

from codinglab.accounts.books import Books
from codinglab.accounts.journal import Entry, Ledger
from codinglab.accounts.record import Account
from codinglab.accounts.store import Store
from codinglab.accounts.store_rows import Side, sides_of, to_dollars

INSURANCE: Ledger = "insurance receivable"
PATIENT: Ledger = "patient receivable"
RECEIVABLES: tuple[Ledger, ...] = (INSURANCE, PATIENT)


class Key(NamedTuple):
    """Where a balance stands."""

    ledger: Ledger
    account: str
    line: int | None
    payer: str


@dataclass(frozen=True, slots=True)
class Balances:
    """What stands on each key, in cents; a key with 0 is left out."""

    cents: Mapping[Key, int]

    def __iter__(self) -> Iterator[tuple[Key, Decimal]]:
        """Yield each key with its dollars, in order."""
        for key in sorted(self.cents, key=_order):
            yield key, to_dollars(self.cents[key])

    def total(
        self, ledger: Ledger, *, account: str | None = None, payer: str | None = None
    ) -> Decimal:
        """Return the dollars on `ledger`, of one account or payer where these are named."""
        return to_dollars(
            sum(
                cents
                for key, cents in self.cents.items()
                if key.ledger == ledger
                and account in {None, key.account}
                and payer in {None, key.payer}
            )
        )

    def by(self, chosen: Callable[[Key], str], *ledgers: Ledger) -> dict[str, Decimal]:
        """Return the dollars on `ledgers` (all where none is named) by what `chosen` says."""
        found: dict[str, int] = {}
        for key, cents in self.cents.items():
            if not ledgers or key.ledger in ledgers:
                name = chosen(key)
                found[name] = found.get(name, 0) + cents
        return {name: to_dollars(found[name]) for name in sorted(found)}

    def by_ledger(self) -> dict[str, Decimal]:
        """Return the dollars on each ledger; their sum is always 0."""
        return self.by(lambda key: key.ledger)

    def by_account(self) -> dict[str, Decimal]:
        """Return what is owed on each account, by payers and patient together."""
        return self.by(lambda key: key.account, *RECEIVABLES)

    def by_payer(self) -> dict[str, Decimal]:
        """Return what each payer owes."""
        return self.by(lambda key: key.payer, INSURANCE)

    def by_patient(self, accounts: Mapping[str, Account], *ledgers: Ledger) -> dict[str, Decimal]:
        """Return what is owed by patient (on `ledgers`, the patient's own where none is named).

        What belongs to no account stands under "".
        """

        def patient(key: Key) -> str:
            return accounts[key.account].patient if key.account else ""

        return self.by(patient, *(ledgers or (PATIENT,)))

    def credits(self) -> dict[Key, Decimal]:
        """Return the receivables below 0 by account and payer: what was paid too much."""
        found: dict[tuple[Ledger, str, str], int] = {}
        for (ledger, account, _, payer), cents in self.cents.items():
            if ledger in RECEIVABLES:
                whole = ledger, account, payer
                found[whole] = found.get(whole, 0) + cents
        below = {whole: cents for whole, cents in found.items() if cents < 0}
        return {
            Key(ledger, account, None, payer): to_dollars(cents)
            for (ledger, account, payer), cents in sorted(below.items())
        }


def _order(key: Key) -> tuple[str, str, int, str]:
    return key.ledger, key.account, key.line or 0, key.payer


NOTHING = Balances({})


def replay(entries: Iterable[Entry], before: Balances = NOTHING) -> Balances:
    """Return the balances after `entries`, which follow on those that led to `before`."""
    return carried(sides_of(entries), before)


def carried(sides: Iterable[Side], before: Balances = NOTHING) -> Balances:
    """Return the balances after these postings, which follow on those that led to `before`."""
    found = dict(before.cents)
    for _, _, _, ledger, account, line, payer, cents in sides:
        key = Key(cast("Ledger", ledger), account, line, payer)
        found[key] = found.get(key, 0) + cents
    return Balances({key: cents for key, cents in found.items() if cents})


def balances(
    books: Books | Store, *, account: str | None = None, until: date | None = None
) -> Balances:
    """Return the balances of the books, added up by the database; `until` includes that day."""
    if isinstance(books, Store):
        with books.reading() as inside:
            return balances(inside, account=account, until=until)
    accounts = None if account is None else (account,)
    return Balances(
        {
            Key(cast("Ledger", ledger), number, line, payer): cents
            for ledger, number, line, payer, cents in books.sums(accounts=accounts, until=until)
            if cents
        }
    )
