"""What the books say of the accounts of a remittance, kept up to date while it is posted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from codinglab.accounts.books import Books
from codinglab.accounts.journal import Entry
from codinglab.accounts.record import Account, PostedClaim
from codinglab.accounts.store_rows import to_cents

INSURANCE = "insurance receivable"
REVERSAL, PREDETERMINED = "22", "25"


Owed = dict[str, dict[tuple[int | None, str], int]]


@dataclass(slots=True)
class State:
    """The visits, what payers still owe on each line, and what was posted of each visit.

    It changes while a remittance is posted, claim after claim, as the books will.
    """

    books: Books
    accounts: dict[str, Account]
    owed: Owed
    claims: dict[str, list[PostedClaim]]
    fresh: dict[str, list[Entry]] = field(default_factory=dict)

    def add(self, entries: Sequence[Entry], claim: PostedClaim | None) -> None:
        """Take in what the books are about to hold."""
        for entry in entries:
            self.fresh.setdefault(entry.source, []).append(entry)
            for side in entry.postings:
                if side.ledger == INSURANCE:
                    here = self.owed.setdefault(side.account, {})
                    key = side.line, side.payer
                    here[key] = here.get(key, 0) + to_cents(side.amount, entry.number)
        if claim:
            self.claims.setdefault(claim.account, []).append(claim)

    def open(self, account: str, payer: str, line: int | None) -> int:
        """Return the cents that `payer` owes on a line; None is what belongs to no line."""
        return self.owed.get(account, {}).get((line, payer), 0)

    def open_in_all(self, account: str, payer: str) -> int:
        """Return the cents that `payer` owes on the whole account."""
        every = self.owed.get(account, {}).items()
        return sum(cents for (_, whom), cents in every if whom == payer)

    def standing(self, account: str, payer: str) -> list[PostedClaim]:
        """Return what `payer` decided of the account and has not taken back, in order."""
        every = self.claims.get(account, ())
        undone = {one.reverses for one in every if one.reverses}
        return [
            one
            for one in every
            if one.payer == payer and one.status != REVERSAL and one.source not in undone
        ]

    def entries(self, source: str) -> list[Entry]:
        """Return the entries of one posted claim."""
        return self.fresh.get(source) or list(self.books.entries(sources=(source,)))


def state_of(books: Books, numbers: Iterable[str]) -> State:
    """Return what `books` say of the accounts `numbers`; unknown ones are left out."""
    wanted = set(numbers)
    owed: Owed = {}
    for ledger, account, line, payer, cents in books.sums(accounts=wanted):
        if ledger == INSURANCE and cents:
            owed.setdefault(account, {})[line, payer] = cents
    return State(books, books.accounts(wanted), owed, books.claims(wanted))
