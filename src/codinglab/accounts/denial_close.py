"""The end of a denial: written off by somebody who may, for a reason, with no right left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from codinglab.accounts.denial import Denial
from codinglab.accounts.denial_action import NextAction
from codinglab.accounts.journal import Entry, Posting


class NotYet(ValueError):
    """The denial may not be written off; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class WriteOff:
    """What somebody decides: why, by whose authority, and why rights that are left are given up.

    `waiver` is blank where every right is used up.
    """

    day: date
    reason: str
    authority: str
    waiver: str = ""


def write_off(denial: Denial, action: NextAction, decided: WriteOff, number: str) -> Entry:
    """Return the journal entry `number` that takes the denied amount out of the receivable.

    Nothing in the lab calls this by itself. Raises NotYet without a reason or an authority, while
    a right is left that nobody waives, and for an amount that the payer says is the patient's,
    which no insurance write-off can take.
    """
    where = f"{denial.account}, {denial.place}"
    if not decided.reason.strip():
        raise NotYet(f"{where}: say why it is written off")
    if not decided.authority.strip():
        raise NotYet(f"{where}: say who allowed it")
    if denial.group == "PR":
        raise NotYet(f"{where}: the payer says that the patient owes it; bill the patient")
    if action.do != "none_left" and not decided.waiver.strip():
        until = f" until {action.last}" if action.last else ""
        raise NotYet(f"{where}: {action.do} is possible{until}; do it, or say why it is waived")
    owed = Posting(
        "insurance receivable", -denial.amount, denial.account, denial.line, denial.payer_id
    )
    lost = replace(
        owed, ledger="write-off", amount=denial.amount, group=denial.group, carc=denial.carc
    )
    reason = f"{denial.cause.label}: {decided.reason}"
    if decided.waiver:
        reason += f"; rights waived: {decided.waiver}"
    return Entry(
        number,
        decided.day,
        "write-off",
        f"denial {denial.key}, {denial.payer} {denial.number}".rstrip(),
        (lost, owed),
        reason,
        decided.authority,
    )
