"""A patient's balance as the books know it, and what is noted when a bill or letter is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from codinglab.accounts.balances import PATIENT, balances
from codinglab.accounts.by_hand import Hand, Money, NotAllowed, owe_refund, pay_refund, write_off
from codinglab.accounts.collections import PatientAccount
from codinglab.accounts.journal import Entry
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
    if number not in store.accounts((number,)):
        raise NoSuchPatient(f"the books have no visit {number!r}")
    entries = [one for one in store.entries(number) if one.day <= day]
    since = next((one.day for one in owings(entries, number) if one.amount > 0), day)
    sent = [one for one in store.notes(number) if one.kind == "patient" and one.day <= day]
    return PatientAccount(
        number,
        known.site,
        balances(store, account=number, until=day).total(PATIENT, account=number),
        since,
        tuple(one.day for one in sent if one.reason == "bill"),
        next((one.day for one in sent if one.reason == "last letter"), None),
        next((one.day for one in sent if one.reason == "agency"), None),
        known.plan,
        known.applied,
        known.disputed,
        known.bankrupt,
    )


def note_sent(store: Store, by: Hand, number: str, what: Sent) -> None:
    """Note in the trail that a bill or letter was sent; `by.why` tells which.

    Raises NoSuchPatient where the books have no such visit, NotAllowed where the same was noted for
    that day: a bill counts once.
    """
    if number not in store.accounts((number,)):
        raise NoSuchPatient(f"the books have no visit {number!r}")
    before = (one for one in store.notes(number) if one.kind == "patient")
    if any((one.reason, one.day) == (what, by.day) for one in before):
        raise NotAllowed(f"account {number}: a {what} was noted for {by.day} already")
    note = Note(by.day, "patient", number, what, by.why, by.number, by.authority)
    store.write(Batch(notes=(note,)))


def next_notice(store: Store, told: Statement, site: Site) -> int:
    """Return the number of the next bill of a statement, by the bills that the trail has.

    The visit that was billed most often counts; after the last bill it stays the last one.
    """
    sent = [
        sum(note.kind == "patient" and note.reason == "bill" for note in store.notes(one.account))
        for one in told.visits
        if one.patient_owes > 0
    ]
    many = len(rules_on("collections", Collections, told.made, site).notices)
    return min(max(sent, default=0) + 1, many)


def note_bill(store: Store, told: Statement, who: str) -> None:
    """Note for every visit that is asked for that `who` sent the bill.

    Raises NotAllowed where nothing is asked for, and what `note_sent` raises.
    """
    if not told.owed:
        raise NotAllowed(f"{told.patient} owes nothing: there is no bill to send")
    by = Hand(f"bill {told.notice}", told.made, who, "sender", f"bill {told.notice}")
    for one in told.visits:
        if one.patient_owes > 0:
            note_sent(store, by, one.account, "bill")


def place(store: Store, hand: Hand, number: str, site: Site) -> Entry:
    """Write what the patient owes off as bad debt, and note that the agency has it.

    Raises NotAllowed beyond the authority of the role, or where nothing is owed.
    """
    rules = rules_on("collections", Collections, hand.day, site)
    owed = balances(store, account=number).total(PATIENT, account=number)
    if owed <= 0:
        raise NotAllowed(f"account {number}: the patient owes {owed}; nothing is to be placed")
    entry = write_off(store, hand, Money(number, owed), rules.placed)
    note_sent(store, hand, number, "agency")
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
