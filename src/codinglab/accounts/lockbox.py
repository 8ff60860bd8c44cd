"""One deposit of several payments: checks that a lockbox or a practice brings to the bank at once.

The bank's row names the checks, with ; between them, or the only set of payments is sought whose
sum it is. A deposit by EFT is one payment with one trace number (CAQH CORE 370) and needs neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from codinglab.accounts.deposits import Deposit
from codinglab.accounts.record import PostedRemittance

Group = tuple[PostedRemittance, ...]
BETWEEN = ";"
_TWO = 2
_MOST = 16
"""A sum is sought among so many; each more doubles the work and the chance of an accident."""


def numbers(deposit: Deposit) -> tuple[str, ...]:
    """Return the numbers of checks that the bank's row names; one where it names a single one."""
    return tuple(one.strip() for one in deposit.trace.split(BETWEEN) if one.strip())


def is_named(deposit: Deposit) -> bool:
    """Say whether the bank's row names several checks."""
    return len(numbers(deposit)) >= _TWO


def by_sum(deposits: Sequence[Deposit], near: Sequence[Group]) -> tuple[Group, ...]:
    """Return for each of `deposits` the payments that make it, nothing where that is not sure.

    `near` are, for each deposit, the payments that can be meant by their day. A set is sure where
    no other set of two or more has the sum, and no other deposit asks for one of its payments.
    """
    found = [_only(one.amount, some) for one, some in zip(deposits, near, strict=True)]
    often = Counter(id(one) for group in found for one in group)
    return tuple(() if any(often[id(one)] > 1 for one in group) else group for group in found)


def _only(amount: Decimal, some: Group) -> Group:
    """Return the only set of two or more payments whose sum is `amount`."""
    if not _TWO <= len(some) <= _MOST or amount <= 0:
        return ()
    sets: list[tuple[Decimal, Group]] = [(Decimal(0), ())]
    for one in some:
        sets += [
            (sum_ + one.total, (*had, one)) for sum_, had in sets if sum_ + one.total <= amount
        ]
    right = [had for sum_, had in sets if sum_ == amount and len(had) >= _TWO]
    return right[0] if len(right) == 1 else ()
