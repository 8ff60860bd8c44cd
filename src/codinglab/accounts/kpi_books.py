"""What the key figures take from the journal: charges, payments, adjustments, and who owes what."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from codinglab.accounts.balances import INSURANCE, RECEIVABLES, Balances
from codinglab.accounts.journal import Entry
from codinglab.accounts.policy import policy_on
from codinglab.accounts.record import Account
from codinglab.accounts.store_rows import Side, sides_of, to_dollars

_FLOWS: Mapping[str, str] = {
    "revenue": "charges",
    "contractual adjustment": "contractual",
    "sequestration": "contractual",
    "denied": "denied",
    "bad debt": "lost",
    "charity care": "lost",
    "write-off": "lost",
}
_TAKEN = frozenset({"payment", "patient payment", "reversal", "recoupment", "refund", "correction"})
_MONEY: frozenset[str] = frozenset({"cash", "unapplied cash"})
_SET_OFF = "recoupment"
M = TypeVar("M", int, Decimal)


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
    return flows_of(sides_of(one for one in entries if one.day in period))


def flows_of(sides: Iterable[Side]) -> Flows:
    """Return what moved by these postings, each entry's together."""
    cents: dict[str, int] = {}
    for _, own in groupby(sides, key=itemgetter(0)):
        told, said = "", []
        for _, _, kind, ledger, account, _, _, amount in own:
            if name := _FLOWS.get(ledger):
                cents[name] = cents.get(name, 0) + amount
            told = kind
            said.append((ledger, account, amount))
        for _, amount in _brought(told, said):
            cents["payments"] = cents.get("payments", 0) + amount
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
    return _brought(entry.kind, [(one.ledger, one.account, one.amount) for one in entry.postings])


def _brought(kind: str, sides: Sequence[tuple[str, str, M]]) -> Iterator[tuple[str, M]]:
    if kind not in _TAKEN:
        return
    named = {account for _, account, _ in sides if account}
    alone = next(iter(named)) if len(named) == 1 else ""
    for ledger, own, amount in sides:
        account = own or alone
        if ledger in _MONEY and (account or kind == _SET_OFF):
            yield account, amount


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
    for (ledger, account, _, who), amount in balances.cents.items():
        if ledger in RECEIVABLES and account:
            key = account, who if ledger == INSURANCE else ""
            cents[key] = cents.get(key, 0) + amount
    found = []
    for number, payer in sorted(key for key, amount in cents.items() if amount > 0):
        first = min(line.day for line in accounts[number].lines)
        dollars = to_dollars(cents[number, payer])
        found.append(Owed(number, payer, first, (day - first).days, dollars))
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
