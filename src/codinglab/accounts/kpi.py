"""The key figures of a practice, worked out of the journal and of what happened to its claims.

Each figure carries what it was made of, so that a reader can do the division again. What cannot be
told (nothing was sent, charges were taken back rather than made) has no value: it is never 0.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from codinglab.accounts.balances import Balances, balances, carried
from codinglab.accounts.kpi_books import (
    Flows,
    Owed,
    Period,
    credit_balances,
    flows_of,
    owed,
)
from codinglab.accounts.kpi_claims import First, first_sendings, lag_of_payments
from codinglab.accounts.kpi_history import Decided, History
from codinglab.accounts.kpi_rules import Definition, Definitions, definitions
from codinglab.accounts.record import Account
from codinglab.accounts.store import Store
from codinglab.accounts.store_rows import Side
from codinglab.remit.underpaid import tolerances

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Kpi:
    """One key figure: its `value` (None where it cannot be told), and of what.

    `parts` are its inputs by the names of the definition, in dollars, days or counts.
    """

    definition: Definition
    value: Decimal | None
    parts: tuple[tuple[str, Decimal], ...]

    @property
    def meets(self) -> bool | None:
        """Say whether it meets its target; None without a target or a value."""
        return None if self.value is None else self.definition.meets(self.value)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the figures of one `period` are worked out of.

    `tolerance` is the difference (dollars) that is no underpayment of a line yet. `owed` and
    `credits` (dollars) stand at the end of the last day. `firsts` are the claims first
    sent in the period with what came of it, `answered` those first decided in it.
    """

    period: Period
    rules: Definitions
    tolerance: Decimal
    flows: Flows
    owed: tuple[Owed, ...]
    credits: Decimal
    history: History
    firsts: tuple[First, ...]
    answered: tuple[First, ...]
    lines: tuple[Decided, ...]


def gather(store: Store, history: History, period: Period) -> Facts:
    """Return the facts of `period`; raises NotInForce before the first key figures."""
    moved = flows_of(side for side in store.sides() if side[1] in period)
    books = _Books(moved, balances(store, until=period.last), store.accounts())
    return _facts(history, period, first_sendings(history), books)


def by_month(store: Store, history: History, period: Period) -> Iterator[Facts]:
    """Yield the facts of each calendar month of `period`, as `gather` does, in order.

    The books are read once, and the balances of a month go on where those of the last ended.
    """
    months = tuple(period.months())
    starts = [one.first for one in months]
    before, *pieces = [list[Side]() for _ in (None, *months)]
    for side in store.sides():
        if side[1] <= period.last:
            at = bisect_right(starts, side[1])
            (pieces[at - 1] if at else before).append(side)
    accounts, firsts = store.accounts(), first_sendings(history)
    standing = carried(before)
    for month, own in zip(months, pieces, strict=True):
        standing = carried(own, standing)
        yield _facts(history, month, firsts, _Books(flows_of(own), standing, accounts))


@dataclass(frozen=True, slots=True)
class _Books:
    """What moved in a period, what stood at its end, and the visits."""

    flows: Flows
    standing: Balances
    accounts: Mapping[str, Account]


def _facts(history: History, period: Period, firsts: Sequence[First], books: _Books) -> Facts:
    return Facts(
        period,
        definitions().at(period.last),
        tolerances().at(period.last).line,
        books.flows,
        owed(books.standing, books.accounts, period.last),
        credit_balances(books.standing),
        history,
        tuple(one for one in firsts if one.sent.day in period),
        tuple(one for one in firsts if one.known in period),
        tuple(one for one in history.decided if one.known in period),
    )


def kpis(facts: Facts) -> tuple[Kpi, ...]:
    """Return every key figure of the definitions, in their order."""
    return tuple(_kpi(one, facts) for one in facts.rules.kpis)


def _kpi(definition: Definition, facts: Facts) -> Kpi:
    """Return one figure: its formula's numerator and denominator are worked out by its id."""
    above, below, parts = FORMULAS[definition.id](facts)
    value = None if below <= 0 else (above / below).quantize(_places(definition), ROUND_HALF_UP)
    return Kpi(definition, value, tuple(zip(definition.inputs, parts, strict=True)))


def _places(definition: Definition) -> Decimal:
    return Decimal(1).scaleb(-definition.decimals)


_Made = tuple[Decimal, Decimal, tuple[Decimal, ...]]


def _receivables(facts: Facts) -> Decimal:
    return sum((one.amount for one in facts.owed), _ZERO)


def _days_in_receivables(facts: Facts) -> _Made:
    open_, days = _receivables(facts), Decimal(facts.period.days)
    parts = (open_, facts.credits, facts.flows.charges, days)
    return open_ * days, facts.flows.charges, parts


_OLD = 90  # the figure's own name says it


def _over_90(facts: Facts) -> _Made:
    old = sum((one.amount for one in facts.owed if one.age > _OLD), _ZERO)
    return old, _receivables(facts), (old, _receivables(facts))


def _ratio(above: Decimal | int, below: Decimal | int) -> _Made:
    one, two = Decimal(above), Decimal(below)
    return one, two, (one, two)


def _clean(facts: Facts) -> _Made:
    clean = sum(not one.sent.stops and one.sent.outcome == "decided" for one in facts.firsts)
    return _ratio(clean, len(facts.firsts))


def _first_pass(facts: Facts) -> _Made:
    return _ratio(sum(one.settled for one in facts.answered), len(facts.answered))


def _denial_rate(facts: Facts) -> _Made:
    decided = [one for one in facts.answered if one.lines]
    return _ratio(sum(one.is_denied for one in decided), len(decided))


def _collectable(facts: Facts) -> Decimal:
    return facts.flows.charges - facts.flows.contractual


def _gross(facts: Facts) -> _Made:
    return _ratio(facts.flows.payments, facts.flows.charges)


def _net(facts: Facts) -> _Made:
    moved = facts.flows
    parts = (moved.payments, moved.charges, moved.contractual)
    return moved.payments, _collectable(facts), parts


def _mean(days: Iterable[int]) -> _Made:
    every = tuple(days)
    return _ratio(sum(every), len(every))


def _charge_lag(facts: Facts) -> _Made:
    visits = facts.history.visits
    return _mean((one.entered - one.day).days for one in visits if one.entered in facts.period)


def _payment_lag(facts: Facts) -> _Made:
    return _mean(lag_of_payments(facts.history, facts.period))


def _cost(facts: Facts) -> _Made:
    every = [one for one in facts.history.costs if one.month in facts.period]
    cost, payments = sum((one.amount for one in every), _ZERO), facts.flows.payments
    known = {one.month for one in every} == set(_whole_months(facts.period))
    return cost, payments if known else _ZERO, (cost, payments)


def _whole_months(period: Period) -> Iterator[date | None]:
    """Yield the first day of each month, and None for one of which the period has a part."""
    for month in period.months():
        yield month.first if month.is_whole else None


def _overturned(facts: Facts) -> _Made:
    answered = [one for one in facts.history.worked if one.answered in facts.period]
    return _ratio(sum(one.result == "overturned" for one in answered), len(answered))


def _given_up(facts: Facts) -> _Made:
    moved = facts.flows
    return moved.denied, _collectable(facts), (moved.denied, moved.charges, moved.contractual)


def standing(facts: Facts) -> tuple[Decided, ...]:
    """Return the decided lines of the period that no later decision had replaced by its end."""
    last = facts.period.last
    return tuple(one for one in facts.lines if one.taken_back is None or one.taken_back > last)


def below_contract(line: Decided, tolerance: Decimal) -> Decimal:
    """Return by how many dollars a line was allowed below the contract, 0 within the tolerance."""
    if line.denied or line.allowed is None or line.expected is None:
        return _ZERO
    missing = line.expected - line.allowed
    return missing if missing > tolerance else _ZERO


def _underpaid(facts: Facts) -> _Made:
    tolerance = facts.tolerance
    allowed = [
        one
        for one in standing(facts)
        if not one.denied and one.expected is not None and one.allowed is not None
    ]
    missing = sum((below_contract(one, tolerance) for one in allowed), _ZERO)
    return _ratio(missing, sum((one.expected or _ZERO for one in allowed), _ZERO))


FORMULAS: Mapping[str, Callable[[Facts], _Made]] = {
    "days-in-receivables": _days_in_receivables,
    "over-90": _over_90,
    "clean-claims": _clean,
    "first-pass": _first_pass,
    "denial-rate": _denial_rate,
    "gross-collection": _gross,
    "net-collection": _net,
    "charge-lag": _charge_lag,
    "payment-lag": _payment_lag,
    "cost-to-collect": _cost,
    "denial-overturn": _overturned,
    "denial-write-off": _given_up,
    "underpaid": _underpaid,
}
"""How each figure of the file is worked out: what is divided, by what, and its inputs."""


def denials_by_cause(facts: Facts) -> dict[str, tuple[int, Decimal, Decimal | None]]:
    """Return claims, dollars and rate of the first decisions of the period by cause of denial.

    A claim with two causes counts under both, so that the rates may add up to more than the
    denial rate.
    """
    decided = [one for one in facts.answered if one.lines]
    claims: dict[str, int] = {}
    dollars: dict[str, Decimal] = {}
    for one in decided:
        told = [line for line in one.lines if line.denied]
        for cause in {line.cause for line in told}:
            claims[cause] = claims.get(cause, 0) + 1
        for line in told:
            dollars[line.cause] = dollars.get(line.cause, _ZERO) + line.denied
    whole = Decimal(len(decided))
    places = Decimal("0.0001")
    return {
        cause: (
            claims[cause],
            dollars[cause],
            (claims[cause] / whole).quantize(places, ROUND_HALF_UP),
        )
        for cause in sorted(claims, key=lambda cause: (-dollars[cause], cause))
    }
