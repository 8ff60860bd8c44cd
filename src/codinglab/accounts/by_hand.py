"""What a person enters: write-offs, transfers, refunds, patient payments, money applied, undoing.

Each says who, in which role, and why; what needs authority is judged by the practice's policy. An
entry is never changed: it is undone by its negation, and entered anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from codinglab.accounts.balances import Balances, balances
from codinglab.accounts.books import Books
from codinglab.accounts.journal import Entry, Kind, Ledger, Posting
from codinglab.accounts.policy import Deed, policy_on
from codinglab.accounts.post import REMITTANCE
from codinglab.accounts.record import Batch, Note
from codinglab.accounts.store import Store

PATIENT = ""
"""The party that is no payer: whose receivable is the patient's."""


class NotAllowed(ValueError):
    """The entry is not made; the message says why and who or what could make it right."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who enters something: the entry's `number`, the `day`, the person, the role, and why."""

    number: str
    day: date
    who: str
    role: str
    why: str

    @property
    def authority(self) -> str:
        """Return person and role, as the journal keeps them."""
        return f"{self.who} ({self.role})"


@dataclass(frozen=True, slots=True)
class Money:
    """How many dollars of which account: of a `payer`, or of the patient (blank); of a `line`."""

    account: str
    amount: Decimal
    payer: str = PATIENT
    line: int | None = None

    @property
    def ledger(self) -> Ledger:
        """Return the receivable it is about."""
        return "insurance receivable" if self.payer else "patient receivable"

    def posting(self, ledger: Ledger, amount: Decimal) -> Posting:
        """Return a posting of `amount` about this account, line and payer."""
        return Posting(ledger, amount, self.account, self.line, self.payer)


def write_off(store: Store, hand: Hand, money: Money, reason: str, rights: str = "") -> Entry:
    """Give up `money` for a `reason` of the policy; raises NotAllowed.

    It is not allowed beyond what is open, beyond the role's limit, or from a receivable that the
    reason is not for. A denial is given up only where `rights` says that every right to another
    decision is used up, or why one is waived.
    """
    policy = policy_on(hand.day)
    row = policy.write_offs.get(reason)
    if row is None:
        raise NotAllowed(
            f"{reason!r} is no reason of the policy; its reasons are {', '.join(policy.write_offs)}"
        )
    side = "insurance" if money.payer else "patient"
    if side not in row.of:
        raise NotAllowed(f"{reason!r} is for {' and '.join(row.of)} balances, not for {side} ones")
    if row.asks_rights and not rights.strip():
        raise NotAllowed(
            f"{reason!r} asks what became of the right to appeal: say that it is used up, or why "
            "it is waived"
        )
    _may(hand, "write off", money.amount)
    sides = (
        money.posting(row.ledger, money.amount),
        money.posting(money.ledger, -money.amount),
    )
    with store.writing() as books:
        _open(books, money)
        told = replace(hand, why=f"{hand.why}; {rights}") if rights.strip() else hand
        return _enter(books, told, "write-off", sides, reason)


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
        _open(books, money)
        _payer_of(books, goal)
        return _enter(books, hand, "transfer", sides, "transfer")


def patient_payment(store: Store, hand: Hand, money: Money) -> Entry:
    """Enter what the patient paid; more than is owed makes a credit balance of the patient."""
    if money.payer:
        raise NotAllowed(f"account {money.account}: {money.payer} is a payer, not the patient")
    sides = (money.posting("cash", money.amount), money.posting(money.ledger, -money.amount))
    with store.writing() as books:
        _known(books, money)
        return _enter(books, hand, "patient payment", sides, "patient payment")


def unapplied(store: Store, hand: Hand, amount: Decimal, payer: str = PATIENT) -> Entry:
    """Enter money whose account is not known yet."""
    sides = (
        Posting("cash", amount, payer=payer),
        Posting("unapplied cash", -amount, payer=payer),
    )
    _above_zero(amount)
    with store.writing() as books:
        return _enter(books, hand, "deposit", sides, "account not known")


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
        _known(books, money)
        _payer_of(books, money)
        waits = -balances(books, account="").total("unapplied cash", payer=under)
        if waits < money.amount:
            raise NotAllowed(
                f"{waits} wait in unapplied cash under {under or 'no payer'}, not {money.amount}"
            )
        return _enter(books, hand, kind, sides, "applied")


def owe_refund(store: Store, hand: Hand, money: Money) -> Entry:
    """Move a credit balance to refunds payable: the practice says that it owes the money."""
    with store.writing() as books:
        credit = -_stands(books, money)
        if not 0 < money.amount <= credit:
            raise NotAllowed(
                f"account {money.account}: the credit of {money.payer or 'the patient'} is "
                f"{max(credit, Decimal(0))}, so {money.amount} cannot be owed back"
            )
        sides = (
            money.posting(money.ledger, money.amount),
            money.posting("refunds payable", -money.amount),
        )
        return _enter(books, hand, "refund", sides, "refund owed")


def pay_refund(store: Store, hand: Hand, money: Money) -> Entry:
    """Pay what is owed back; raises NotAllowed beyond it, or beyond the role's limit."""
    _may(hand, "refund", money.amount)
    with store.writing() as books:
        sums = balances(books, account=money.account)
        owed = -sums.total("refunds payable", payer=money.payer)
        if owed < money.amount:
            raise NotAllowed(f"account {money.account}: {owed} is owed back, not {money.amount}")
        sides = (
            money.posting("refunds payable", money.amount),
            money.posting("cash", -money.amount),
        )
        return _enter(books, hand, "refund", sides, "refund paid")


def undo(store: Store, hand: Hand, number: str) -> Entry:
    """Undo the entry `number` by its negation.

    Raises NotAllowed where there is none, where it was undone before, and for an entry of a
    remittance: that is undone by the payer's reversal, else the two would undo it twice.
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
        told = f"undoes entry {number}"
        if next(books.entries(sources=(_source(told),)), None):
            raise NotAllowed(f"entry {number} was undone before")
        sides = tuple(replace(side, amount=-side.amount) for side in entry.postings)
        return _enter(books, hand, "correction", sides, told, _source(told))


def _source(told: str) -> str:
    return f"by hand, {told}"


def _above_zero(amount: Decimal) -> None:
    if amount <= 0:
        raise NotAllowed(f"{amount} is not above 0; name the amount that is moved")


def _may(hand: Hand, deed: Deed, amount: Decimal) -> None:
    why_not = policy_on(hand.day).may(hand.role, deed, amount)
    if why_not:
        raise NotAllowed(why_not)


def _stands(books: Books, money: Money) -> Decimal:
    """Return what stands on the receivable: of the line where one is named, else of all."""
    _known(books, money)
    found: Balances = balances(books, account=money.account)
    if money.line is None:
        return found.total(money.ledger, payer=money.payer)
    return sum(
        (
            amount
            for key, amount in found
            if (key.ledger, key.line, key.payer) == (money.ledger, money.line, money.payer)
        ),
        Decimal(0),
    )


def _open(books: Books, money: Money) -> None:
    _above_zero(money.amount)
    stands = _stands(books, money)
    if stands < money.amount:
        line = "" if money.line is None else f", line {money.line}"
        raise NotAllowed(
            f"account {money.account}{line}: {money.payer or 'the patient'} owes {stands}, not "
            f"{money.amount}"
        )


def _known(books: Books, money: Money) -> None:
    if not books.accounts((money.account,)):
        raise NotAllowed(f"no account {money.account!r} has charges")


def _payer_of(books: Books, money: Money) -> None:
    payers = books.accounts((money.account,))[money.account].payers
    if money.payer and money.payer not in payers:
        raise NotAllowed(
            f"account {money.account} names {', '.join(payers) or 'no payer'}, not {money.payer}"
        )


def _enter(  # noqa: PLR0913, PLR0917  what an entry is made of
    books: Books,
    hand: Hand,
    kind: Kind,
    sides: Iterable[Posting],
    told: str,
    source: str = "by hand",
) -> Entry:
    if not hand.who.strip() or not hand.why.strip():
        raise NotAllowed("say who enters it and why: both stand in the journal")
    postings = tuple(sides)
    _above_zero_or_undo(kind, postings)
    entry = Entry(
        *(hand.number, hand.day, kind, source, postings, f"{told}: {hand.why}", hand.authority)
    )
    about = max(postings, key=lambda side: bool(side.account))
    note = Note(
        *(hand.day, "by hand", about.account, told, hand.why, hand.number, hand.authority),
        payer=about.payer,
        line=about.line,
        amount=abs(about.amount),
    )
    books.write(Batch(entries=(entry,), notes=(note,)))
    return entry


def _above_zero_or_undo(kind: Kind, postings: tuple[Posting, ...]) -> None:
    if kind != "correction":
        _above_zero(postings[0].amount)
