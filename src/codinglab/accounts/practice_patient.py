"""Patients of the simulated practice get statements, and some of them pay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from codinglab.accounts.journal import Entry, Posting
from codinglab.accounts.practice_chance import Chance
from codinglab.accounts.practice_year import Year

_ZERO = Decimal(0)


def bill(year: Year, shares: Mapping[str, Decimal], day: date) -> None:
    """Send statements for what patients owe now beyond what they owed."""
    for account, more in shares.items():
        before = year.owed.get(account, _ZERO)
        year.owed[account] = before + more
        if before <= 0 < year.owed[account]:
            _wait(year, account, 0, day)


def _wait(year: Year, account: str, at: int, day: date) -> None:
    later = day + timedelta(days=year.office.practice.patients_pay.days)
    year.plan(later, lambda: _perhaps(year, account, at, later))


def _perhaps(year: Year, account: str, at: int, day: date) -> None:
    """Let the patient pay after statement `at` (from 0), or send the next one, or give it up."""
    rates = year.office.practice.patients_pay.each
    owed = year.owed[account]
    if owed <= 0:
        return
    if at == len(rates):
        year.owed[account] = _ZERO
        year.entries.append(_given_up(year, account, owed, day))
    elif Chance(year.office.seed, "pays", account, at).happens(rates[at]):
        year.owed[account] = _ZERO
        year.entries.append(_payment(account, owed, at, day))
    else:
        _wait(year, account, at + 1, day)


def _payment(account: str, amount: Decimal, at: int, day: date) -> Entry:
    return Entry(
        f"patient {account} {day:%y%m%d}.{at}",
        day,
        "patient payment",
        f"statement {at + 1} of {account}",
        (Posting("cash", amount, account), Posting("patient receivable", -amount, account)),
        "patient payment",
    )


def _given_up(year: Year, account: str, amount: Decimal, day: date) -> Entry:
    who = year.office.practice.bad_debt
    return Entry(
        f"bad debt {account} {day:%y%m%d}",
        day,
        "write-off",
        "by hand",
        (Posting("bad debt", amount, account), Posting("patient receivable", -amount, account)),
        f"bad debt: {who.why}",
        f"{who.who} ({who.role})",
    )
