"""Remittances against the bank's deposits: what agrees, and each difference by its name.

Deposit and 835 are matched by the trace number (CAQH CORE 370, 45 CFR 162.1603), and where the
bank gives none that is known, by amount and day, if only one of each can be meant. What is left may
be several payments in one deposit (`lockbox`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from codinglab.accounts import lockbox
from codinglab.accounts.deposits import Deposit
from codinglab.accounts.policy import policy_on
from codinglab.accounts.record import PostedRemittance
from codinglab.accounts.remit_text import SHOWN, from_bytes
from codinglab.accounts.store import Store
from codinglab.core.federal_days import next_workday, plus_workdays

NAMES: Mapping[str, str] = {
    "agrees": "trace, amount and day are those of the remittance",
    "in one deposit": "the deposit is the sum of several payments, this one among them",
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
FINE = frozenset({"agrees", "in one deposit", "no payment", "not due yet"})


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A remittance, a deposit, or both: the `name` of `NAMES`, and the `difference` in dollars.

    The difference is what the bank has less what the books have; of payments in one deposit the
    last one tells it for all.
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
        else:
            left.append(one)
    left = [one for one in left if not work.by_trace(one, exact=True)]
    left = [one for one in left if not work.by_trace(one)]
    for one in held:
        work.by_trace(one, "in quarantine")
    left = work.together(left, lockbox.is_named)
    left = [one for one in left if not work.by_amount(one, left)]
    for one in work.together(left, lambda each: not lockbox.is_named(each)):
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

    def by_trace(self, one: PostedRemittance, name: str = "", *, exact: bool = False) -> bool:
        """Pair with the deposit of the same trace number; of several, the one of the amount.

        `exact` asks for the amount, so that two payers' payments of one number go to their own.
        """
        same = [each for each in self.waiting if each.trace and _same(each.trace, _told(one))]
        same = [each for each in same if not exact or each.amount == one.total]
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

    def together(
        self, left: Sequence[PostedRemittance], of: Callable[[Deposit], bool]
    ) -> list[PostedRemittance]:
        """Pair deposits with several payments, by their numbers or else their sum; return the rest.

        Nothing is guessed: what is not sure is left.
        """
        asked = [each for each in self.waiting if of(each)]
        named = [_named(each, left) for each in asked]
        near = [tuple(one for one in left if _near(one, each, self.within)) for each in asked]
        sums = lockbox.by_sum(asked, near)
        taken: list[PostedRemittance] = []
        for deposit, *groups in zip(asked, named, sums, strict=True):
            group = next(filter(None, groups), ())
            if group and not any(one in taken for one in group):
                self._group(group, deposit)
                taken += group
        return [one for one in left if one not in taken]

    def _group(self, group: lockbox.Group, deposit: Deposit) -> None:
        self.waiting.remove(deposit)
        self.seen.add(_trace(deposit.trace))
        apart = deposit.amount - sum((one.total for one in group), Decimal(0))
        name = "amount differs" if apart else "in one deposit"
        if not apart and not all(_near(one, deposit, self.within) for one in group):
            name = "day differs"
        for one in group:
            difference = apart if one is group[-1] else Decimal(0)
            self.found.append(Reconciled(name, difference, one, deposit))

    def unexplained(self) -> Iterator[Reconciled]:
        """Yield what is said of the deposits that no remittance is for."""
        for each in self.waiting:
            twice = bool(each.trace) and _trace(each.trace) in self.seen
            name = "deposited twice" if twice else "no remittance"
            yield Reconciled(name, each.amount, None, each)


def _named(deposit: Deposit, left: Sequence[PostedRemittance]) -> lockbox.Group:
    """Return the payments whose numbers the bank's row names, where it names several."""
    if not lockbox.is_named(deposit):
        return ()
    names = {_trace(one) for one in lockbox.numbers(deposit)}
    return tuple(one for one in left if _trace(_told(one)) in names)


def _told(one: PostedRemittance) -> str:
    """Return the trace as the payer told it: one that was used before is kept with its digest."""
    return one.trace.removesuffix(f" {one.digest[:SHOWN]}")


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
