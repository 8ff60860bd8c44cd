"""Credit balances of payers, and by when an overpayment of Medicare must be given back.

Source: 42 CFR 401.305 as in force since 2025-01-01, by code_sets/overpayment_rules: reported and
returned within 60 days after it was identified. While a good-faith investigation of related
overpayments runs, the deadline is suspended, until it ends or 180 days after the identification.
The regulation does not say how many days are left then; here the clock stands still meanwhile,
and what was not used of the 60 days follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from codinglab.accounts.balances import INSURANCE, Balances, balances
from codinglab.accounts.by_hand import Money
from codinglab.accounts.record import Account
from codinglab.accounts.store import Store
from codinglab.codes.release import CodeRow, in_force, row_on, rows_on

NAME = "overpayment_rules"


class OverpaymentRule(CodeRow):
    """A number of the rule and the paragraph that states it."""

    value: int
    source: str


class Covered(CodeRow):
    """A claim filing indicator of the payers whom the rule is about."""

    source: str


class NotInOrder(ValueError):
    """The days of an investigation contradict each other."""


@dataclass(frozen=True, slots=True)
class Investigation:
    """A timely investigation in good faith; `ended` is None while it runs."""

    began: date
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The last day to report and return, and how it was found."""

    day: date
    steps: tuple[str, ...]


def due(identified: date, investigation: Investigation | None = None) -> Due:
    """Return the last day for an overpayment of Medicare that was `identified` on a day.

    Raises NotInForce for a day before 2025, NotInOrder where the investigation began before it
    was identified, ended before it began, or began when the time had run out.
    """
    days, limit = _rule("return_days", identified), _rule("investigation_days", identified)
    last = identified + timedelta(days.value)
    steps = [f"{identified} and {days.value} days ({days.source}): {last}"]
    if investigation is None:
        return Due(last, tuple(steps))
    began, ended = investigation.began, investigation.ended
    if not identified <= began <= last or (ended and ended < began):
        raise NotInOrder(
            f"identified {identified}, investigated from {began} to {ended}: the investigation "
            f"begins from {identified} to {last} and ends after that"
        )
    latest = identified + timedelta(limit.value)
    until = min(ended or latest, latest)
    used = (began - identified).days
    left = days.value - used
    steps.append(f"{used} days used when the investigation began on {began}")
    steps.append(f"suspended until {until}, at most {latest} ({limit.source})")
    last = until + timedelta(left)
    steps.append(f"{until} and the {left} days left: {last}")
    return Due(last, tuple(steps))


def _rule(name: str, day: date) -> OverpaymentRule:
    return row_on(in_force(NAME, day), "rules.csv", OverpaymentRule, name, day)


@dataclass(frozen=True, slots=True)
class Credit:
    """What a payer (or the patient, blank) has paid too much; `federal` where the rule holds."""

    money: Money
    federal: bool


def credits_of(store: Store, day: date) -> tuple[Credit, ...]:
    """Return every credit balance at the end of `day`, by account and payer."""
    with store.reading() as books:
        found: Balances = balances(books, until=day)
        below = found.credits()
        accounts = books.accounts({key.account for key in below})
    covered = {one.code for one in rows_on(in_force(NAME, day), "filings.csv", Covered, day)}
    return tuple(
        Credit(
            Money(key.account, -amount, key.payer),
            key.ledger == INSURANCE and _filing(accounts[key.account], key.payer) in covered,
        )
        for key, amount in below.items()
    )


def _filing(account: Account, payer: str) -> str:
    return dict(zip(account.payers, account.filings, strict=True)).get(payer, "")
