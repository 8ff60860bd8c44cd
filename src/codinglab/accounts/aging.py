"""How old what is owed is: payers' balances by the day of service, patients' by when they owed it.

A patient's balance begins on the day that it became the patient's; payments settle the oldest
part first. A payment that was undone, as by a returned check, leaves the debt as old as it was. A
payer's begins on the day of service, whichever payer it has come to meanwhile.
Credit balances are apart, so that they hide nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codinglab.accounts.balances import INSURANCE, PATIENT
from codinglab.accounts.journal import Entry, still_standing
from codinglab.accounts.policy import policy_on
from codinglab.accounts.record import Account
from codinglab.accounts.store import Store
from codinglab.accounts.store_rows import to_cents, to_dollars


@dataclass(frozen=True, slots=True)
class Aged:
    """One balance: of a `payer` or (blank) the patient, in dollars by bucket.

    `buckets` are the dollars not older than each edge, and last the older ones; `credit` is what
    was paid too much.
    """

    account: str
    payer: str
    buckets: tuple[Decimal, ...]
    credit: Decimal = Decimal(0)

    @property
    def owed(self) -> Decimal:
        """Return what is owed, in dollars, credits left out."""
        return sum(self.buckets, Decimal(0))


def aging(store: Store, day: date, edges: Sequence[int] | None = None) -> tuple[Aged, ...]:
    """Return every balance at the end of `day` by age; `edges` are those of the policy.

    Raises NotInForce where no policy is in force on `day`.
    """
    return aged(store.entries(), store.accounts(), day, edges or policy_on(day).aging)


def aged(
    entries: Iterable[Entry], accounts: Mapping[str, Account], day: date, edges: Sequence[int]
) -> tuple[Aged, ...]:
    """Return the balances of `entries` until `day` by age; `edges` are upper ends in days."""
    items: dict[tuple[str, str], deque[tuple[date, int]]] = {}
    standing = still_standing(one for one in entries if one.day <= day)
    for entry in sorted(standing, key=lambda one: one.day):  # what was entered late may be older
        for side in entry.postings:
            if side.ledger not in {INSURANCE, PATIENT}:
                continue
            payer = side.payer if side.ledger == INSURANCE else ""
            since = entry.day
            if side.ledger == INSURANCE:
                since = _service(accounts[side.account], side.line)
            open_items = items.setdefault((side.account, payer), deque())
            _settle(open_items, since, to_cents(side.amount, entry.number))
    return tuple(
        one
        for (account, payer), left in sorted(items.items())
        if (one := _aged(account, payer, left, day, edges)).owed or one.credit
    )


def _service(account: Account, line: int | None) -> date:
    if line is None:
        return min((one.day for one in account.lines), default=account.opened)
    return account.lines[line - 1].day


def _settle(items: deque[tuple[date, int]], day: date, cents: int) -> None:
    """Add to the open items, or take the oldest of the other sign away first."""
    while items and cents and (items[0][1] > 0) != (cents > 0):
        since, first = items.popleft()
        both = first + cents
        if both and (both > 0) == (first > 0):
            items.appendleft((since, both))
            return
        cents = both
    if cents:
        items.append((day, cents))


def _aged(
    account: str, payer: str, items: Iterable[tuple[date, int]], day: date, edges: Sequence[int]
) -> Aged:
    buckets, credit = [0] * (len(edges) + 1), 0
    for since, cents in items:
        if cents < 0:
            credit -= cents
            continue
        age = (day - since).days
        at = next((place for place, edge in enumerate(edges) if age <= edge), len(edges))
        buckets[at] += cents
    return Aged(account, payer, tuple(map(to_dollars, buckets)), to_dollars(credit))


def totals(rows: Iterable[Aged], edges: Sequence[int]) -> tuple[Decimal, ...]:
    """Return the sum of each bucket over `rows`."""
    sums = [Decimal(0)] * (len(edges) + 1)
    for row in rows:
        sums = [total + own for total, own in zip(sums, row.buckets, strict=True)]
    return tuple(sums)
