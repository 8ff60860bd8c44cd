"""What a person enters: write-offs, transfers, refunds, patient payments, money applied, undoing.

Each says who, in which role, and why; what needs authority is judged by the practice's policy. An
entry is never changed: it is undone by its negation, and entered anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from codinglab.accounts.balances import balances
from codinglab.accounts.books import Books
from codinglab.accounts.hand import (
    PATIENT,
    Hand,
    Money,
    NotAllowed,
    above_zero,
    entered,
    known,
    may,
    not_for_bad_debt,
    payer_of,
    stands,
    still_open,
    waits,
)
from codinglab.accounts.journal import UNDOES, Entry, Kind, Ledger, Posting
from codinglab.accounts.policy import policy_on
from codinglab.accounts.post import REMITTANCE
from codinglab.accounts.store import Store

__all__ = ["PATIENT", "Hand", "Money", "NotAllowed"]
_WAITING: frozenset[Ledger] = frozenset({"unapplied cash", "refunds payable"})


def write_off(store: Store, hand: Hand, money: Money, reason: str, rights: str = "") -> Entry:
    """Give up `money` for a `reason` of the policy; raises NotAllowed.

    It is not allowed beyond what is open, beyond the role's limit for all of the account, from a
    receivable that the reason is not for, or where more is open than the reason is for. A denial is
    given up only where `rights` says that every right to another decision is used up, or why one is
    waived.
    """
    with store.writing() as books:
        return given_up(books, hand, money, reason, rights)


def given_up(books: Books, hand: Hand, money: Money, reason: str, rights: str = "") -> Entry:
    """Give up `money` as `write_off` does, within a transaction that does more."""
    row = policy_on(hand.day).write_offs.get(reason)
    if row is None:
        reasons = ", ".join(policy_on(hand.day).write_offs)
        raise NotAllowed(f"{reason!r} is no reason of the policy; its reasons are {reasons}")
    side = "insurance" if money.payer else "patient"
    if side not in row.of:
        raise NotAllowed(f"{reason!r} is for {' and '.join(row.of)} balances, not for {side} ones")
    if row.asks_rights and not rights.strip():
        raise NotAllowed(
            f"{reason!r} asks what became of the right to appeal: say that it is used up, or why "
            "it is waived"
        )
    may(books, hand, "write off", money)
    still_open(books, hand, money)
    owed = max(stands(books, hand, replace(money, line=None)))
    if row.most is not None and owed > row.most:
        raise NotAllowed(
            f"account {money.account}: {reason!r} is for balances of {row.most} at most, and "
            f"{owed} are open"
        )
    sides = (
        money.posting(row.ledger, money.amount),
        money.posting(money.ledger, -money.amount),
    )
    told = replace(hand, why=f"{hand.why}; {rights}") if rights.strip() else hand
    return entered(books, told, "write-off", sides, reason)


def transfer(store: Store, hand: Hand, money: Money, to: str) -> Entry:
    """Move what is open from its payer (or the patient) to the payer `to`, or PATIENT."""
    goal = replace(money, payer=to)
    if to == money.payer:
        raise NotAllowed(f"account {money.account}: it is owed by {to or 'the patient'} already")
    sides = (
        goal.posting(goal.ledger, money.amount),
        money.posting(money.ledger, -money.amount),
    )
    with store.writing() as books:
        still_open(books, hand, money)
        payer_of(books, goal)
        return entered(books, hand, "transfer", sides, "transfer")


def patient_payment(store: Store, hand: Hand, money: Money) -> Entry:
    """Enter what the patient paid; more than is owed makes a credit balance of the patient.

    Raises NotAllowed where the rest would belong to what was given up as bad debt: that is no
    credit of the patient, but a recovery.
    """
    if money.payer:
        raise NotAllowed(f"account {money.account}: {money.payer} is a payer, not the patient")
    sides = (money.posting("cash", money.amount), money.posting(money.ledger, -money.amount))
    with store.writing() as books:
        not_for_bad_debt(books, hand, money)
        return entered(books, hand, "patient payment", sides, "patient payment")


def unapplied(store: Store, hand: Hand, amount: Decimal, payer: str = PATIENT) -> Entry:
    """Enter money whose account is not known yet."""
    sides = (
        Posting("cash", amount, payer=payer),
        Posting("unapplied cash", -amount, payer=payer),
    )
    above_zero(amount)
    with store.writing() as books:
        return entered(books, hand, "deposit", sides, "account not known")


def apply(store: Store, hand: Hand, money: Money, waiting_for: str | None = None) -> Entry:
    """Take money out of unapplied cash and enter it as paid by `money.payer` or the patient.

    `waiting_for` names the payer under whom it waits, where that is another one. Raises
    NotAllowed where not so much waits there.
    """
    under = money.payer if waiting_for is None else waiting_for
    kind: Kind = "payment" if money.payer else "patient payment"
    sides = (
        Posting("unapplied cash", money.amount, payer=under),
        money.posting(money.ledger, -money.amount),
    )
    with store.writing() as books:
        known(books, hand, money)
        payer_of(books, money)
        waits(books, hand, under, money.amount)
        if not money.payer:
            not_for_bad_debt(books, hand, money)
        return entered(books, hand, kind, sides, "applied")


def owe_refund(store: Store, hand: Hand, money: Money) -> Entry:
    """Move a credit balance to refunds payable: the practice says that it owes the money."""
    with store.writing() as books:
        credit = min(-one for one in stands(books, hand, money))
        if not 0 < money.amount <= credit:
            raise NotAllowed(
                f"account {money.account}: the credit of {money.payer or 'the patient'} is "
                f"{max(credit, Decimal(0))}, so {money.amount} cannot be owed back"
            )
        sides = (
            money.posting(money.ledger, money.amount),
            money.posting("refunds payable", -money.amount),
        )
        return entered(books, hand, "refund", sides, "refund owed")


def pay_refund(store: Store, hand: Hand, money: Money) -> Entry:
    """Pay what is owed back; raises NotAllowed beyond it, or beyond the role's limit."""
    with store.writing() as books:
        may(books, hand, "refund", money)
        sums = balances(books, account=money.account)
        owed = -sums.total("refunds payable", payer=money.payer)
        if owed < money.amount:
            raise NotAllowed(f"account {money.account}: {owed} is owed back, not {money.amount}")
        sides = (
            money.posting("refunds payable", money.amount),
            money.posting("cash", -money.amount),
        )
        return entered(books, hand, "refund", sides, "refund paid")


def undo(store: Store, hand: Hand, number: str) -> Entry:
    """Undo the entry `number` by its negation.

    Raises NotAllowed where there is none or it is of a later day, where it was undone before, where
    its money has gone on since (applied, or given back), and for an entry of a remittance: that is
    undone by the payer's reversal, else the two would undo it twice.
    """
    with store.writing() as books:
        entry = books.entry(number)
        if entry is None:
            raise NotAllowed(f"no entry has the number {number!r}")
        if entry.source.startswith(REMITTANCE) or books.is_of_remittance(entry.source):
            raise NotAllowed(
                f"entry {number} is of {entry.source}: only the payer's reversal undoes it; move "
                "the money by a transfer, or write it off"
            )
        if hand.day < entry.day:
            raise NotAllowed(f"entry {number} is of {entry.day}: undo it on that day or later")
        source = f"{UNDOES}{number}"
        if next(books.entries(sources=(source,)), None):
            raise NotAllowed(f"entry {number} was undone before")
        sides = tuple(replace(side, amount=-side.amount) for side in entry.postings)
        _still_there(books, number, sides)
        return entered(books, hand, "correction", sides, f"undoes entry {number}", source)


def _still_there(books: Books, number: str, sides: Iterable[Posting]) -> None:
    """Refuse to take back what waits no more: it was applied or given back meanwhile."""
    for side in sides:
        if side.ledger in _WAITING and side.amount > 0:
            waits = -balances(books, account=side.account).total(side.ledger, payer=side.payer)
            if waits < side.amount:
                raise NotAllowed(
                    f"entry {number}: {side.amount} went to {side.ledger} and {waits} are left "
                    "there; undo first what moved the rest"
                )
