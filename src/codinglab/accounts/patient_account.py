"""A patient's balance as the books know it, and what is noted when a bill or letter is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from codinglab.accounts.balances import PATIENT, balances
from codinglab.accounts.books import Books
from codinglab.accounts.by_hand import Hand, Money, NotAllowed, given_up, owe_refund, pay_refund
from codinglab.accounts.collections import PatientAccount
from codinglab.accounts.journal import Entry, still_standing
from codinglab.accounts.notice_liability import not_to_be_billed
from codinglab.accounts.patient_policy import Collections, Site, rules_on
from codinglab.accounts.plan import PlanStanding
from codinglab.accounts.record import Batch, Note
from codinglab.accounts.statement import NoSuchPatient, Statement
from codinglab.accounts.store import Store
from codinglab.accounts.visit_flows import owings

Sent = Literal["bill", "last letter", "agency"]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the books do not know of a patient; see `collections.PatientAccount`."""

    site: Site = "practice"
    plan: PlanStanding | None = None
    applied: bool = False
    disputed: bool = False
    bankrupt: bool = False


def patient_account(
    store: Store, number: str, day: date, around: Circumstances | None = None
) -> PatientAccount:
    """Return what is known of the visit `number` at the end of `day`.

    Raises NoSuchPatient where the books have no such visit.
    """
    known = around or Circumstances()
    account = store.accounts((number,)).get(number)
    if account is None:
        raise NoSuchPatient(f"the books have no visit {number!r}")
    entries = still_standing(one for one in store.entries(number) if one.day <= day)
    sent = _sent(store, number, day, settled := _settled(entries, number))
    owing = tuple(owings(entries, number))
    since = (one.day for one in owing if one.amount > 0)
    balance = balances(store, account=number, until=day).total(PATIENT, account=number)
    return PatientAccount(
        number,
        known.site,
        balance,
        next((one for one in since if settled is None or one > settled), day),
        tuple(one.day for one in sent if one.reason == "bill"),
        max((one.day for one in sent if one.reason == "last letter"), default=None),
        next((one.day for one in sent if one.reason == "agency"), None),
        known.plan,
        known.applied,
        known.disputed,
        known.bankrupt,
        not_to_be_billed(account, owing, balance),
    )


def _settled(entries: Iterable[Entry], number: str) -> date | None:
    """Return the last day at whose end nothing was owed, None where it was never so.

    A debt that was settled by then is another one: its bills say nothing of what is owed since.
    Where nothing is owed now, nothing has come since, and the last debt's letters still count.
    """
    moved: dict[date, Decimal] = {}
    for entry in entries:
        for side in entry.postings:
            if (side.ledger, side.account) == (PATIENT, number):
                moved[entry.day] = moved.get(entry.day, Decimal(0)) + side.amount
    owed, found = Decimal(0), None
    for day in sorted(moved):
        owed += moved[day]
        if owed <= 0:
            found = day
    return found if owed > 0 else None


def _sent(store: Store | Books, number: str, day: date, settled: date | None) -> list[Note]:
    """Return the bills and letters noted until `day` by their days, settled debts' left out."""
    found = (
        one
        for one in store.notes(number)
        if one.kind == "patient" and one.day <= day and (settled is None or one.day > settled)
    )
    return sorted(found, key=lambda one: one.day)


def note_sent(store: Store, by: Hand, number: str, what: Sent) -> None:
    """Note in the trail that a bill or letter was sent; `by.why` tells which.

    Raises NoSuchPatient where the books have no such visit, NotAllowed where the same was noted for
    that day: a bill counts once.
    """
    with store.writing() as books:
        books.write(Batch(notes=(_noted(books, by, number, what),)))


def _noted(books: Books, by: Hand, number: str, what: Sent) -> Note:
    account = books.accounts((number,)).get(number)
    if account is None:
        raise NoSuchPatient(f"the books have no visit {number!r}")
    if by.day < account.opened:
        raise NotAllowed(
            f"account {number} was opened on {account.opened}: no {what} was sent on {by.day}"
        )
    before = (one for one in books.notes(number) if one.kind == "patient")
    if any((one.reason, one.day) == (what, by.day) for one in before):
        raise NotAllowed(f"account {number}: a {what} was noted for {by.day} already")
    return Note(by.day, "patient", number, what, by.why, by.number, by.authority)


def next_notice(store: Store, told: Statement, site: Site) -> int:
    """Return the number of the next bill of a statement, by the bills that the trail has.

    The visit that was billed most often counts, bills of settled debts left out; after the last
    bill it stays the last one.
    """
    sent = [
        len(patient_account(store, one.account, told.made).bills)
        for one in told.visits
        if one.asked > 0
    ]
    many = len(rules_on("collections", Collections, told.made, site).notices)
    return min(max(sent, default=0) + 1, many)


def note_bill(store: Store, told: Statement, who: str) -> None:
    """Note for every visit that is asked for that `who` sent the bill: for all of them or none.

    Raises NotAllowed where nothing is asked for, and what `note_sent` raises.
    """
    if not told.owed:
        raise NotAllowed(f"{told.patient} owes nothing: there is no bill to send")
    by = Hand(f"bill {told.notice}", told.made, who, "sender", f"bill {told.notice}")
    asked = [one.account for one in told.visits if one.asked > 0]
    with store.writing() as books:
        books.write(Batch(notes=tuple(_noted(books, by, one, "bill") for one in asked)))


def place(store: Store, hand: Hand, number: str, site: Site) -> Entry:
    """Write what the patient owes off as bad debt, and note that the agency has it.

    Raises NotAllowed beyond the authority of the role, or where nothing is owed.
    """
    rules = rules_on("collections", Collections, hand.day, site)
    with store.writing() as books:
        owed = balances(books, account=number).total(PATIENT, account=number)
        if owed <= 0:
            raise NotAllowed(f"account {number}: the patient owes {owed}; nothing is to be placed")
        entry = given_up(books, hand, Money(number, owed), rules.placed)
        books.write(Batch(notes=(_noted(books, hand, number, "agency"),)))
    return entry


@dataclass(frozen=True, slots=True)
class PatientCredit:
    """What a patient has paid too much on one visit, and owes on others, in dollars."""

    account: str
    amount: Decimal
    owes_elsewhere: Decimal


def patient_credits(store: Store, day: date) -> tuple[PatientCredit, ...]:
    """Return every credit of a patient at the end of `day`, by account."""
    accounts = store.accounts()
    stands = balances(store, until=day).by(lambda key: key.account, PATIENT)
    owed: dict[str, Decimal] = {}
    for number, amount in stands.items():
        if number and amount > 0:
            patient = accounts[number].patient
            owed[patient] = owed.get(patient, Decimal(0)) + amount
    return tuple(
        PatientCredit(number, -amount, owed.get(accounts[number].patient, Decimal(0)))
        for number, amount in stands.items()
        if number and amount < 0
    )


def refund(store: Store, hand: Hand, number: str) -> tuple[Entry, Entry]:
    """Give a patient's credit back: owed first, then paid; the entries are numbered .1 and .2.

    Raises NotAllowed where there is no credit, or beyond the authority of the role; then the
    money stays owed, for somebody else to pay.
    """
    found = {one.account: one.amount for one in patient_credits(store, hand.day)}
    if number not in found:
        raise NotAllowed(f"account {number}: the patient has no credit")
    money = Money(number, found[number])
    first = Hand(f"{hand.number}.1", hand.day, hand.who, hand.role, hand.why)
    second = Hand(f"{hand.number}.2", hand.day, hand.who, hand.role, hand.why)
    return owe_refund(store, first, money), pay_refund(store, second, money)
