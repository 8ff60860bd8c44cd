"""Who enters something by hand, about which money, and what has to hold before it is entered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codinglab.accounts.balances import RECEIVABLES, Balances, balances
from codinglab.accounts.books import Books
from codinglab.accounts.journal import Entry, Kind, Ledger, Posting, still_standing
from codinglab.accounts.policy import Deed, policy_on
from codinglab.accounts.record import Batch, Note
from codinglab.core.money import TOO_MUCH

PATIENT = ""
"""The party that is no payer: whose receivable is the patient's."""
_DEEDS: dict[Deed, tuple[Kind, frozenset[Ledger]]] = {
    "write off": ("write-off", frozenset(RECEIVABLES)),
    "refund": ("refund", frozenset({"cash"})),
}
"""How an entry of each deed is known, and from where its money goes."""


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


def above_zero(amount: Decimal) -> None:
    """Raise NotAllowed unless `amount` is above 0 and the books can hold it."""
    if amount <= 0:
        raise NotAllowed(f"{amount} is not above 0; name the amount that is moved")
    if amount >= TOO_MUCH:
        raise NotAllowed(f"{amount} is more than the books can hold; name an amount in dollars")


def may(books: Books, hand: Hand, deed: Deed, money: Money) -> None:
    """Raise NotAllowed unless the role may do this with so many dollars of the account.

    What somebody of the role gave up (or back) of the account before counts too, unless it was
    undone: a limit is not passed by dividing the sum. Money of no account counts each time anew.
    """
    above_zero(money.amount)
    before = _before(books, hand, deed, money.account) if money.account else Decimal(0)
    why_not = policy_on(hand.day).may(hand.role, deed, before + money.amount)
    if why_not and before:
        why_not = f"account {money.account}: {before} before, and {money.amount} now: {why_not}"
    if why_not:
        raise NotAllowed(why_not)


def _before(books: Books, hand: Hand, deed: Deed, account: str) -> Decimal:
    """Return the dollars of the account that the role gave up, or gave back in cash."""
    kind, ledgers = _DEEDS[deed]
    role = f"({hand.role})"
    return -sum(
        (
            side.amount
            for entry in still_standing(books.entries_of(account))
            if entry.kind == kind and entry.authority.endswith(role)
            for side in entry.postings
            if side.account == account and side.ledger in ledgers
        ),
        Decimal(0),
    )


def stands(books: Books, hand: Hand, money: Money) -> tuple[Decimal, Decimal]:
    """Return what stands on the receivable at the end of the day, and after all entries.

    It is of the line where one is named, else of all.
    """
    known(books, hand, money)
    found = (balances(books, account=money.account, until=until) for until in (hand.day, None))
    on_day, now = (_of(one, money) for one in found)
    return on_day, now


def _of(found: Balances, money: Money) -> Decimal:
    if money.line is None:
        return found.total(money.ledger, payer=money.payer)
    where = (money.ledger, money.line, money.payer)
    own = (amount for key, amount in found if (key.ledger, key.line, key.payer) == where)
    return sum(own, Decimal(0))


def still_open(books: Books, hand: Hand, money: Money) -> Decimal:
    """Return what is owed; raises NotAllowed for more than was owed on the day, or is by now."""
    above_zero(money.amount)
    left = min(stands(books, hand, money))
    if left < money.amount:
        line = "" if money.line is None else f", line {money.line}"
        raise NotAllowed(
            f"account {money.account}{line}: {money.payer or 'the patient'} owes {left}, not "
            f"{money.amount}"
        )
    return left


def waits(books: Books, hand: Hand, under: str, amount: Decimal) -> None:
    """Refuse more than waits in unapplied cash, on the day and by now."""
    found = (balances(books, account="", until=until) for until in (hand.day, None))
    there = min(-one.total("unapplied cash", payer=under) for one in found)
    if there < amount:
        raise NotAllowed(
            f"{there} wait in unapplied cash under {under or 'no payer'}, not {amount}"
        )


def not_for_bad_debt(books: Books, hand: Hand, money: Money) -> None:
    """Raise NotAllowed where the patient's money would pay for what was given up as bad debt."""
    owed = max(*stands(books, hand, money), Decimal(0))
    lost = balances(books, account=money.account).total("bad debt")
    if lost > 0 and money.amount > owed:
        raise NotAllowed(
            f"account {money.account}: the patient owes {owed}, and {lost} were given up as bad "
            "debt; enter what exceeds the first as a recovery of the second"
        )


def known(books: Books, hand: Hand, money: Money) -> None:
    """Raise NotAllowed unless the books have the account on that day, and its line."""
    account = books.accounts((money.account,)).get(money.account)
    if account is None:
        raise NotAllowed(f"no account {money.account!r} has charges")
    if hand.day < account.opened:
        raise NotAllowed(
            f"account {money.account} was opened on {account.opened}: enter it on that day or later"
        )
    if money.line is not None and money.line not in {one.line for one in account.lines}:
        raise NotAllowed(f"account {money.account} has no line {money.line}")


def payer_of(books: Books, money: Money) -> None:
    """Raise NotAllowed unless the account names the payer, if one is told."""
    payers = books.accounts((money.account,))[money.account].payers
    if money.payer and money.payer not in payers:
        raise NotAllowed(
            f"account {money.account} names {', '.join(payers) or 'no payer'}, not {money.payer}"
        )


def entered(  # noqa: PLR0913, PLR0917  what an entry is made of
    books: Books,
    hand: Hand,
    kind: Kind,
    sides: Iterable[Posting],
    told: str,
    source: str = "by hand",
) -> Entry:
    """Write an entry by hand with its line of the trail, and return it.

    Raises NotAllowed without number, person and why, and for an amount of 0 or below.
    """
    if not all(one.strip() for one in (hand.number, hand.who, hand.why)):
        raise NotAllowed(
            "say who enters it and why, and give it a number: all stand in the journal"
        )
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
        above_zero(postings[0].amount)
