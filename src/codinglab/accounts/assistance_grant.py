"""Financial assistance in the books: what a visit comes to, and what is forgiven as an entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from codinglab.accounts.assistance import Assistance, Bill
from codinglab.accounts.balances import PATIENT, balances
from codinglab.accounts.books import Books
from codinglab.accounts.by_hand import given_up
from codinglab.accounts.hand import Hand, Money, NotAllowed, entered, known, may
from codinglab.accounts.journal import Entry, still_standing
from codinglab.accounts.patient_policy import AssistanceRules, Site, rules_on
from codinglab.accounts.policy import policy_on
from codinglab.accounts.statement import NoSuchPatient
from codinglab.accounts.store import Store
from codinglab.accounts.visit_flows import flows

_ZERO = Decimal(0)


def bill_of(store: Store, number: str, day: date) -> Bill:
    """Return what the visit `number` comes to at the end of `day`: charged, paid, still owed.

    Raises NoSuchPatient where the books have no such visit, and NotAllowed where the patient has a
    credit, which is given back first.
    """
    account = store.accounts((number,)).get(number)
    if account is None:
        raise NoSuchPatient(f"the books have no visit {number!r}")
    owed = balances(store, account=number, until=day).total(PATIENT, account=number)
    if owed < 0:
        raise NotAllowed(f"account {number}: {-owed} are the patient's own; give them back first")
    return Bill(account.charge, _paid(store.entries(number), number, day), owed)


def _paid(entries: Iterable[Entry], number: str, day: date) -> Decimal:
    """Return what the patient has paid of a visit until `day`, less what went back."""
    sums = {"patient paid": _ZERO, "given back": _ZERO}
    for one in flows(still_standing(entries), number):
        if one.what in sums and one.day <= day:
            sums[one.what] += one.amount
    return sums["patient paid"] - sums["given back"]


def grant(
    store: Store, hand: Hand, account: str, found: Assistance, site: Site
) -> tuple[Entry, ...]:
    """Enter what is forgiven as charity care: of what is owed (.1), and of what was paid (.2).

    What was paid and is forgiven becomes a credit of the patient, to be given back. Raises
    NotAllowed beyond the role's authority, where nothing is forgiven, and where the patient has
    not paid so much of the account.
    """
    rules = rules_on("assistance", AssistanceRules, hand.day, site)
    if not found.forgiven and not found.refund:
        raise NotAllowed(f"account {account}: nothing is forgiven, so nothing is entered")
    entries = []
    with store.writing() as books:
        _once(books, account)
        if found.forgiven:
            first = replace(hand, number=f"{hand.number}.1")
            entries.append(given_up(books, first, Money(account, found.forgiven), rules.write_off))
        if found.refund:
            second = replace(hand, number=f"{hand.number}.2")
            money = Money(account, found.refund)
            entries.append(_paid_forgiven(books, second, money, rules.write_off))
    return tuple(entries)


def _once(books: Books, number: str) -> None:
    """Refuse to forgive a part of what an earlier decision left: it was about the whole visit."""
    before = [
        one
        for one in flows(still_standing(books.entries_of(number)), number)
        if one.what == "forgiven"
    ]
    if before:
        told = sum((one.amount for one in before), _ZERO)
        raise NotAllowed(
            f"account {number}: {told} were forgiven on {before[-1].day}; to decide anew, undo "
            "that entry first"
        )


def _paid_forgiven(books: Books, hand: Hand, money: Money, reason: str) -> Entry:
    """Enter as charity care what the patient has paid and is not to pay: it makes a credit."""
    known(books, hand, money)
    may(books, hand, "write off", money)
    paid = _paid(books.entries_of(money.account), money.account, hand.day)
    if money.amount > paid:
        raise NotAllowed(
            f"account {money.account}: the patient has paid {paid}, so {money.amount} cannot be "
            "given back"
        )
    ledger = policy_on(hand.day).write_offs[reason].ledger
    sides = (
        money.posting(ledger, money.amount),
        money.posting(money.ledger, -money.amount),
    )
    return entered(books, hand, "write-off", sides, f"{reason}, to be given back")
