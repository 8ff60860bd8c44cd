"""Charges of a claim that replaces (frequency 7) or voids (8) one that stands in the books.

A line that comes again as it was stays. One that does not is withdrawn: its charge is taken back,
and whatever the payer decided on it stays until the payer takes that back too. What is new becomes
a line of its own with a number that no line had. Source of the frequencies: NUBC type of bill,
fourth character; 005010X222A1, CLM05-3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from codinglab.accounts.journal import Entry, Ledger, Posting
from codinglab.accounts.record import Account, AccountLine, Batch, Note

REPLACES, VOIDS = "7", "8"


def corrected(before: Account, told: Account, frequency: str) -> Account:
    """Return the account `before` with the lines of `told`, which replaces or voids it.

    Withdrawn lines stay in it under their numbers, marked.
    """
    wanted = [] if frequency == VOIDS else list(told.lines)
    kept: list[AccountLine] = []
    for line in before.lines:
        again = None if line.withdrawn else next((x for x in wanted if _same(x, line)), None)
        if again is None:
            kept.append(replace(line, withdrawn=True))
        else:
            wanted.remove(again)
            kept.append(replace(line, control_number=again.control_number))
    following = len(before.lines) + 1
    new = [replace(line, line=at) for at, line in enumerate(wanted, following)]
    return replace(before, lines=(*kept, *new))


def _same(new: AccountLine, old: AccountLine) -> bool:
    return replace(new, line=old.line, control_number=old.control_number) == old


def correction(before: Account, told: Account, frequency: str, day: date) -> tuple[Batch, Account]:
    """Return what is written on `day` where `told` replaces or voids `before`, and the account."""
    after = corrected(before, told, frequency)
    source = f"claim {before.number}, frequency {frequency}"
    entries = tuple(
        Entry(f"{what} {before.number}.{line.line}", day, "correction", source, sides)
        for what, line, sides in _moved(before, after)
    )
    note = Note(
        day,
        "charged",
        before.number,
        "charges corrected",
        f"charges of {before.charge:.2f} dollars become {after.charge:.2f}",
        source,
        payer=before.payer_at(0),
        amount=after.charge - before.charge,
    )
    return Batch(entries=entries, corrected=(after,), notes=(note,)), after


def _moved(
    before: Account, after: Account
) -> Iterator[tuple[str, AccountLine, tuple[Posting, ...]]]:
    """Yield each line that is withdrawn or new, with the word for it and its postings."""
    for old, line in zip(before.lines, after.lines, strict=False):
        if line.withdrawn and not old.withdrawn:
            yield "withdrawn", line, _sides(after, line.line, -line.charge)
    for line in after.lines[len(before.lines) :]:
        yield "charge", line, _sides(after, line.line, line.charge)


def _sides(account: Account, line: int, amount: Decimal) -> tuple[Posting, ...]:
    payer = account.payer_at(0)
    owed: Ledger = "insurance receivable" if payer else "patient receivable"
    return (
        Posting(owed, amount, account.number, line, payer),
        Posting("revenue", -amount, account.number, line, payer),
    )
