"""What the key figures take from the journal: charges, payments, adjustments, and who owes what."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from codinglab.accounts.balances import RECEIVABLES, Balances
from codinglab.accounts.journal import Entry, Ledger
from codinglab.accounts.policy import policy_on
from codinglab.accounts.record import Account
from codinglab.accounts.store_rows import to_cents, to_dollars

CONTRACTUAL: tuple[Ledger, ...] = ("contractual adjustment", "sequestration")
_TAKEN = frozenset({"payment", "patient payment", "reversal", "recoupment", "refund", "correction"})
_MONEY: frozenset[Ledger] = frozenset({"cash", "unapplied cash"})
_SET_OFF = "recoupment"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: date | None) -> bool:
        """Say whether `day` lies within; no day never does."""
        return day is not None and self.first <= day <= self.last

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last - self.first).days + 1

    @property
    def is_whole(self) -> bool:
        """Say whether it begins and ends where months do."""
        return self.first.day == 1 and (self.last + timedelta(days=1)).day == 1

    def months(self) -> Iterator[Period]:
        """Yield its calendar months, the first and last cut to it."""
        first = self.first
        while first <= self.last:
            end = first.replace(day=calendar.monthrange(first.year, first.month)[1])
            yield Period(first, min(end, self.last))
            first = end + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Flows:
    """What moved in a period, in dollars.

    `payments` are what came for accounts, from payers and patients, less what went back or was set
    off by a payer, for whichever account; interest is left out, and so is money whose account is
    not known until it is applied to one.
    """

    charges: Decimal
    payments: Decimal
    contractual: Decimal
    denied: Decimal
    lost: Decimal


def flows(entries: Iterable[Entry], period: Period) -> Flows:
    """Return what moved in `period`."""
    cents: dict[str, int] = {}
    for entry in entries:
        if entry.day not in period:
            continue
        for side in entry.postings:
            name = _flow(side.ledger)
            if name:
                cents[name] = cents.get(name, 0) + to_cents(side.amount, entry.number)
        for _, amount in payments(entry):
            cents["payments"] = cents.get("payments", 0) + to_cents(amount, entry.number)
    dollars = {name: to_dollars(amount) for name, amount in cents.items()}
    names = ("payments", "contractual", "denied", "lost")
    return Flows(
        -dollars.get("charges", Decimal(0)), *(dollars.get(name, Decimal(0)) for name in names)
    )


def payments(entry: Entry) -> Iterator[tuple[str, Decimal]]:
    """Yield account and dollars of what `entry` brought, below 0 where it went back.

    Money that waited counts once it is applied. The account is blank where a payer sets money off
    for one that its remittance does not tell of.
    """
    if entry.kind not in _TAKEN:
        return
    named = {one.account for one in entry.postings if one.account}
    alone = next(iter(named)) if len(named) == 1 else ""
    for side in entry.postings:
        account = side.account or alone
        if side.ledger in _MONEY and (account or entry.kind == _SET_OFF):
            yield account, side.amount


def _flow(ledger: Ledger) -> str:
    if ledger == "revenue":
        return "charges"
    if ledger in CONTRACTUAL:
        return "contractual"
    if ledger == "denied":
        return "denied"
    return "lost" if ledger in {"bad debt", "charity care", "write-off"} else ""


@dataclass(frozen=True, slots=True)
class Owed:
    """One open balance: of an account, by a payer or (blank) the patient, `age` in days."""

    account: str
    payer: str
    day: date
    age: int
    amount: Decimal


def owed(balances: Balances, accounts: Mapping[str, Account], day: date) -> tuple[Owed, ...]:
    """Return what is owed to the practice on `day`, credit balances left out.

    The age counts from the first day of service of the account.
    """
    cents: dict[tuple[str, str], int] = {}
    for key, amount in balances.cents.items():
        if key.ledger in RECEIVABLES and key.account:
            payer = key.payer if key.ledger == "insurance receivable" else ""
            cents[key.account, payer] = cents.get((key.account, payer), 0) + amount
    found = []
    for (number, payer), amount in sorted(cents.items()):
        if amount > 0:
            first = min(line.day for line in accounts[number].lines)
            found.append(Owed(number, payer, first, (day - first).days, to_dollars(amount)))
    return tuple(found)


def credit_balances(balances: Balances) -> Decimal:
    """Return what the practice owes to payers and patients, as a positive amount."""
    return -sum(balances.credits().values(), Decimal(0))


def bucket(age: int, ends: tuple[int, ...]) -> str:
    """Return the name of the bucket of `age` days: "0-30", "31-60" ... "over 120"."""
    first = 0
    for end in ends:
        if age <= end:
            return f"{first}-{end}"
        first = end + 1
    return f"over {ends[-1]}"


def buckets(ends: tuple[int, ...]) -> tuple[str, ...]:
    """Return the names of all buckets, in order."""
    return tuple(bucket(age, ends) for age in (*ends, ends[-1] + 1))


def aging(open_: Iterable[Owed], day: date) -> dict[tuple[str, str], Decimal]:
    """Return what is owed by payer (blank: the patient) and bucket of the policy of `day`."""
    ends = policy_on(day).aging
    found: dict[tuple[str, str], Decimal] = {}
    for one in open_:
        key = one.payer, bucket(one.age, ends)
        found[key] = found.get(key, Decimal(0)) + one.amount
    return found
