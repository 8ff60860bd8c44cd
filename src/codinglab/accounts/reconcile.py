"""Remittances against the bank's deposits: what agrees, and each difference by its name.

Deposit and 835 are matched by the trace number (CAQH CORE 370, 45 CFR 162.1603), and where the
bank gives none that is known, by amount and day, if only one of each can be meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from codinglab.accounts.deposits import Deposit
from codinglab.accounts.policy import policy_on
from codinglab.accounts.record import PostedRemittance
from codinglab.accounts.remit_text import from_bytes
from codinglab.accounts.store import Store
from codinglab.core.federal_days import next_workday, plus_workdays

NAMES: Mapping[str, str] = {
    "agrees": "trace, amount and day are those of the remittance",
    "no payment": "the remittance pays nothing, so no deposit is due",
    "trace differs": "amount and day agree, the bank's trace number is another or missing",
    "amount differs": "the trace number agrees, the amount does not",
    "day differs": "the deposit came earlier or later than the two may be apart",
    "no deposit": "the remittance was posted, its money has not come",
    "not due yet": "the remittance was posted, and its money has still time to come",
    "no remittance": "money came that no remittance explains",
    "in quarantine": "the remittance of this deposit waits in quarantine, whole",
    "deposited twice": "the bank has the same trace number a second time",
}
"""What is said of a remittance and a deposit."""
FINE = frozenset({"agrees", "no payment", "not due yet"})


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A remittance, a deposit, or both: the `name` of `NAMES`, and the `difference` in dollars.

    The difference is what the bank has less what the books have.
    """

    name: str
    difference: Decimal
    remittance: PostedRemittance | None = None
    deposit: Deposit | None = None

    @property
    def is_fine(self) -> bool:
        """Say whether nobody needs to look."""
        return self.name in FINE


def reconcile(store: Store, deposits: Iterable[Deposit], day: date) -> tuple[Reconciled, ...]:
    """Return what is said of every remittance of the books and every deposit, as of `day`.

    Those held whole count with the money that they tell. Raises NotInForce where no policy is.
    """
    held = [
        PostedRemittance(
            *(one.origin, one.trace, told.total, "", one.payer, told.method),
            *(told.paid_on, one.day),
        )
        for one in store.held()
        if not one.place
        for told in (from_bytes(one.content),)
    ]
    return reconciled(store.remittances(), tuple(deposits), day, policy_on(day).deposit_days, held)


def reconciled(
    remittances: Sequence[PostedRemittance],
    deposits: Sequence[Deposit],
    day: date,
    within: int,
    held: Sequence[PostedRemittance] = (),
) -> tuple[Reconciled, ...]:
    """Return what is said of each; deposit and remittance may be `within` working days apart."""
    work = _Matching(list(deposits), within)
    left = []
    for one in remittances:
        if not one.total:
            work.found.append(Reconciled("no payment", Decimal(0), one))
        elif not work.by_trace(one):
            left.append(one)
    for one in held:
        work.by_trace(one, "in quarantine")
    left = [one for one in left if not work.by_amount(one, left)]
    for one in left:
        late = day > plus_workdays(next_workday(one.paid_on), within)
        work.found.append(Reconciled("no deposit" if late else "not due yet", -one.total, one))
    return (*work.found, *work.unexplained())


@dataclass(slots=True)
class _Matching:
    """The deposits that wait for a remittance, and what was found so far."""

    waiting: list[Deposit]
    within: int
    found: list[Reconciled] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def _pair(self, one: PostedRemittance, deposit: Deposit, name: str) -> None:
        self.waiting.remove(deposit)
        self.seen.add(_trace(deposit.trace))
        self.found.append(Reconciled(name, deposit.amount - one.total, one, deposit))

    def by_trace(self, one: PostedRemittance, name: str = "") -> bool:
        """Pair with the deposit of the same trace number; of several, the one of the amount."""
        same = [each for each in self.waiting if each.trace and _same(each.trace, one.trace)]
        if not same:
            return False
        best = min(same, key=lambda each: (each.amount != one.total, each.day))
        self._pair(one, best, name or _judged(one, best, self.within))
        return True

    def by_amount(self, one: PostedRemittance, left: Sequence[PostedRemittance]) -> bool:
        """Pair by amount and day where one deposit and one remittance alone can be meant."""
        possible = [each for each in self.waiting if _may_be(one, each, self.within)]
        if len(possible) != 1 or sum(_may_be(it, possible[0], self.within) for it in left) != 1:
            return False
        self._pair(one, possible[0], "trace differs")
        return True

    def unexplained(self) -> Iterator[Reconciled]:
        """Yield what is said of the deposits that no remittance is for."""
        for each in self.waiting:
            twice = bool(each.trace) and _trace(each.trace) in self.seen
            name = "deposited twice" if twice else "no remittance"
            yield Reconciled(name, each.amount, None, each)


def _judged(one: PostedRemittance, deposit: Deposit, within: int) -> str:
    if deposit.amount != one.total:
        return "amount differs"
    return "agrees" if _near(one, deposit, within) else "day differs"


def _near(one: PostedRemittance, deposit: Deposit, within: int) -> bool:
    early, late = sorted((one.paid_on, deposit.day))
    return late <= plus_workdays(next_workday(early), within)


def _may_be(one: PostedRemittance, deposit: Deposit, within: int) -> bool:
    return deposit.amount == one.total and _near(one, deposit, within)


def _trace(text: str) -> str:
    """Return a trace number as it is compared: case, blanks and leading zeros aside."""
    return "".join(text.upper().split()).lstrip("0")


def _same(one: str, other: str) -> bool:
    return _trace(one) == _trace(other)
