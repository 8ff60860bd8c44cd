"""Money that comes back after it was given up, and money that is nobody's here and goes back."""

from __future__ import annotations

from decimal import Decimal

from codinglab.accounts.balances import balances
from codinglab.accounts.hand import PATIENT, Hand, Money, NotAllowed, entered, known, may, waits
from codinglab.accounts.journal import Entry, Posting
from codinglab.accounts.store import Store


def recover(store: Store, hand: Hand, money: Money) -> Entry:
    """Enter what the patient (or the agency for him) paid of what was given up as bad debt.

    The debt is taken back by as much and is paid in the same entry, so nothing is owed by it, and
    the loss is less. What an agency keeps for itself is an expense of the practice and stands in
    no ledger here. Raises NotAllowed beyond what was given up.
    """
    if money.payer:
        raise NotAllowed(f"account {money.account}: {money.payer} is a payer, not the patient")
    sides = (
        money.posting("cash", money.amount),
        money.posting("patient receivable", -money.amount),
        money.posting("patient receivable", money.amount),
        money.posting("bad debt", -money.amount),
    )
    with store.writing() as books:
        known(books, hand, money)
        found = (balances(books, account=money.account, until=day) for day in (hand.day, None))
        lost = min(one.total("bad debt") for one in found)
        if lost < money.amount:
            raise NotAllowed(
                f"account {money.account}: {lost} stand in bad debt, not {money.amount}; what is "
                "more is a patient payment"
            )
        return entered(books, hand, "patient payment", sides, "recovery of bad debt")


def give_back(store: Store, hand: Hand, amount: Decimal, payer: str = PATIENT) -> Entry:
    """Pay back money in unapplied cash that belongs to no account here: it came to a wrong place.

    Raises NotAllowed beyond what waits under the payer, or beyond the role's limit.
    """
    sides = (
        Posting("unapplied cash", amount, payer=payer),
        Posting("cash", -amount, payer=payer),
    )
    with store.writing() as books:
        may(books, hand, "refund", Money("", amount, payer))
        waits(books, hand, payer, amount)
        return entered(books, hand, "refund", sides, "given back unapplied")
