"""What the key figures take from the journal: charges, payments, adjustments, and who owes what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codinglab.accounts.balances import RECEIVABLES, Balances
from codinglab.accounts.journal import Entry, Ledger
from codinglab.accounts.policy import policy_on
from codinglab.accounts.record import Account
from codinglab.accounts.store_rows import to_cents, to_dollars

CONTRACTUAL: tuple[Ledger, ...] = ("contractual adjustment", "sequestration")
_TAKEN = frozenset({"payment", "patient payment", "reversal", "recoupment", "refund", "correction"})


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


@dataclass(frozen=True, slots=True)
class Flows:
    """What moved in a period, in dollars.

    `payments` are what came for accounts, from payers and patients, less what went back; interest
    and money whose account is not known are left out.
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
            name = _flow(entry, side.ledger, side.account)
            if name:
                cents[name] = cents.get(name, 0) + to_cents(side.amount, entry.number)
    dollars = {name: to_dollars(amount) for name, amount in cents.items()}
    names = ("payments", "contractual", "denied", "lost")
    return Flows(
        -dollars.get("charges", Decimal(0)), *(dollars.get(name, Decimal(0)) for name in names)
    )


def _flow(entry: Entry, ledger: Ledger, account: str) -> str:
    if ledger == "revenue":
        return "charges"
    if ledger == "cash":
        return "payments" if account and entry.kind in _TAKEN else ""
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
