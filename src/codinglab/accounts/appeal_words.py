"""What an appeal letter says of its reader, of what was decided before, and of modifiers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from codinglab.accounts.appeal import Round
from codinglab.accounts.appeal_deadline import Deadline
from codinglab.accounts.appeal_path import AppealPath, Level, LevelTerms
from codinglab.accounts.denial import Denial


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of whom: the path and level, the day of the letter, and the last day for it.

    `rounds` are the levels that decided before. `received` is the day on which the first notice
    came, where it can be shown. `needed` is the amount in controversy in dollars that the level
    asks for and this claim alone does not reach.
    """

    path: AppealPath
    level: Level
    day: date
    due: Deadline | None = None
    rounds: tuple[Round, ...] = ()
    received: date | None = None
    needed: Decimal | None = None


def told_day(one: date | None) -> str:
    """Return a day as a letter writes it ("March 3, 2026")."""
    return f"{one:%B} {one.day}, {one.year}" if one else "(day not known)"


def reader(denial: Denial, ask: Ask) -> dict[str, str]:
    """Return what the letter calls the payer, and what it pleads for.

    A payer that reads the letter is "you"; to another reviewer it is told by its name.
    """
    service = denial.code or "the claim"
    if ask.level.office:
        plea = f"Please find that {service} is to be paid as billed"
        return {
            "payer": denial.payer,
            "Payer": denial.payer,
            "payer_s": "the payer's",
            "plea": plea,
        }
    return {
        "payer": "you",
        "Payer": "You",
        "payer_s": "yours",
        "plea": f"Please pay {service} as billed",
    }


def receipt(terms: LevelTerms, notice: date, received: date | None) -> str:
    """Return when a notice came, as far as the terms of the level that it opens count from it."""
    if received:
        return f"received on {told_day(received)}"
    if terms.counted != "receipt":
        return ""
    if terms.presumed is None:
        return "day of receipt not recorded"
    presumed = told_day(notice + timedelta(days=terms.presumed))
    return f"receipt presumed on {presumed}, {terms.presumed} days after its date"


def first_receipt(denial: Denial, ask: Ask) -> str:
    """Return when the first notice came, in words; blank where nothing counts from it."""
    return receipt(ask.path.level(1).on(denial.notice), denial.notice, ask.received)


def earlier(denial: Denial, ask: Ask) -> tuple[str, ...]:
    """Return every decision before this request in a line: what, by whom, when, number, receipt."""
    return tuple(_decided(denial, ask, at, one) for at, one in enumerate(ask.rounds))


def _decided(denial: Denial, ask: Ask, at: int, one: Round) -> str:
    level = ask.path.level(one.level)
    who = level.office or f"{denial.payer} ({level.who})"
    parts = [
        f"{level.name.capitalize()} (level {one.level}) by {who}",
        f"number {one.number}" if one.number else "",
        f"asked for on {told_day(one.filed)}" if one.filed else "",
        f"{one.outcome} on {told_day(one.notice)}",
        _round_receipt(ask, at, one),
    ]
    return ", ".join(filter(None, parts))


def _round_receipt(ask: Ask, at: int, one: Round) -> str:
    following = ask.rounds[at + 1].level if at + 1 < len(ask.rounds) else ask.level.number
    if one.notice is None:
        return ""
    return receipt(ask.path.level(following).on(one.notice), one.notice, one.received)


def last_decision(ask: Ask) -> str:
    """Return the decision that the letter asks to be changed, blank before any level decided."""
    if not ask.rounds:
        return ""
    last = ask.rounds[-1]
    level = ask.path.level(last.level)
    return f"the decision of {told_day(last.notice)} at level {level.number} ({level.name})"


def papers(denial: Denial, ask: Ask) -> Iterator[str]:
    """Yield the notices that are enclosed: the remittance and each decision since."""
    yield f"The remittance of {told_day(denial.notice)}"
    for one in ask.rounds:
        number = f", number {one.number}" if one.number else ""
        yield (f"The decision of {told_day(one.notice)} ({ask.path.level(one.level).name}{number})")


def lacking_numbers(rounds: Sequence[Round]) -> tuple[int, ...]:
    """Return the levels whose decision has no number."""
    return tuple(one.level for one in rounds if not one.number)
