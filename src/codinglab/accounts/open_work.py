"""What the books say is still to be done: claims for the next payer, recoupments, credits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codinglab.accounts.balances import balances
from codinglab.accounts.overpayment import Credit, credits_of
from codinglab.accounts.store import Store


@dataclass(frozen=True, slots=True)
class NextClaim:
    """A claim that the next `payer` has not decided: `amount` dollars are open with it.

    `crossed_over` says that the payer before passed the claim on, so that none need be sent.
    `since` is the day on which the money went to that payer.
    """

    account: str
    payer: str
    amount: Decimal
    crossed_over: bool
    since: date


@dataclass(frozen=True, slots=True)
class Recoupment:
    """What a payer set off without the other half: above 0 it took, below 0 it will take.

    `reference` is that of PLB: the trace of the remittance that carried it forward, or the payer's
    number of the claim.
    """

    payer: str
    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class OpenWork:
    """All that is open at the end of a day; `unapplied` is money by the payer it came from."""

    next_claims: tuple[NextClaim, ...]
    recoupments: tuple[Recoupment, ...]
    credits: tuple[Credit, ...]
    unapplied: dict[str, Decimal]


def open_work(store: Store, day: date) -> OpenWork:
    """Return what is open at the end of `day`; raises NotInForce where a table has no such day."""
    waits = balances(store, until=day).by(lambda key: key.payer, "unapplied cash")
    return OpenWork(
        next_claims(store, day),
        recoupments(store, day),
        credits_of(store, day),
        {payer: -amount for payer, amount in waits.items() if amount},
    )


def next_claims(store: Store, day: date) -> tuple[NextClaim, ...]:
    """Return the claims that a next payer has not decided at the end of `day`, first come first.

    What was posted later neither makes such a claim nor ends it.
    """
    with store.reading() as books:
        trail = books.notes()
        later = {one.source for one in trail if one.day > day}
        notes = {
            (one.account, one.payer): one
            for one in trail
            if one.kind == "to the next payer" and one.day <= day
        }
        numbers = {account for account, _ in notes}
        decided = {
            (one.account, one.payer)
            for every in books.claims(numbers).values()
            for one in every
            if one.source not in later
        }
        owed: dict[tuple[str, str], int] = {}
        for ledger, account, _, payer, cents in books.sums(accounts=numbers, until=day):
            if ledger == "insurance receivable":
                owed[account, payer] = owed.get((account, payer), 0) + cents
    return tuple(
        NextClaim(*key, Decimal(owed[key]).scaleb(-2), one.reason == "crossed over", one.day)
        for key, one in notes.items()
        if key not in decided and owed.get(key, 0) > 0
    )


def recoupments(store: Store, day: date) -> tuple[Recoupment, ...]:
    """Return what was set off and is not matched at the end of `day`, by payer and reference."""
    sums: dict[tuple[str, str], Decimal] = {}
    for entry in (one for one in store.entries() if one.day <= day):
        for side in entry.postings:
            if side.ledger == "payer recoupment":
                _, _, reference = entry.reason.partition(" ")
                key = side.payer, reference
                sums[key] = sums.get(key, Decimal(0)) + side.amount
    return tuple(Recoupment(*key, sums[key]) for key in sorted(sums) if sums[key])
