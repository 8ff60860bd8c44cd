"""What every verb of `codinglab denials` reads: 835 and 277CA files, and the claims sent."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from codinglab.cli.report import COULD_NOT_RUN

if TYPE_CHECKING:
    from codinglab.accounts.denial import Denial
    from codinglab.accounts.denial_queue import WorkItem
    from codinglab.claim.x277ca_text import Told
    from codinglab.remit.model import Remittance


@dataclass(frozen=True, slots=True)
class Work:
    """What the files hold: remittances, open denials, rejections of claims that nobody gave.

    `worth` is the contract's price of denials whose claim was given, by key, and nothing for a
    duplicate of what was paid; `paid` says by key which claim was.
    """

    remittances: tuple[Remittance, ...]
    denials: tuple[Denial, ...]
    unknown: tuple[Told, ...]
    worth: dict[str, Decimal]
    paid: dict[str, str]

    def find(self, key: str) -> Denial:
        """Return the denial called `key`; leaves the command naming those that there are."""
        for one in self.denials:
            if one.key == key:
                return one
        known = ", ".join(one.key for one in self.denials) or "none"
        raise typer.BadParameter(f"there is no open denial {key!r}; there are: {known}")

    def remittance_of(self, denial: Denial) -> Remittance | None:
        """Return the last remittance that tells the denial, None for a rejection."""
        told = [
            one
            for one in self.remittances
            if one.made == denial.notice
            and one.payer.payer_id == denial.payer_id
            and any(each.number == denial.number for each in one.claims)
        ]
        return told[-1] if told else None


def read(files: Sequence[Path], claims: Sequence[Path], capitated: Sequence[str] = ()) -> Work:
    """Return the work in `files`; what of an 835 cannot be read goes to standard error.

    `capitated` are payers that pay by the month.
    Leaves with 2 where a file is not X12, or holds neither an 835 nor a 277CA.
    """
    from codinglab.accounts.denial_open import dated, open_denials, open_rejections
    from codinglab.accounts.denial_paid import paid_before
    from codinglab.accounts.denial_worth import worth
    from codinglab.cli.claim_sent import claims_of
    from codinglab.core.tables import BadData
    from codinglab.payer.contract_file import contracts
    from codinglab.remit.x835_reader import read_file
    from codinglab.x12.guide import NoGuide
    from codinglab.x12.reading import NotX12

    remittances: list[Remittance] = []
    told: list[tuple[date, Told]] = []
    for file in files:
        try:
            paid, answered = read_file(file), tuple(dated(file))
            if not (paid or answered):
                raise BadData(
                    f"{file}: there is neither an 835 nor a 277CA in it; `codinglab x12 show` "
                    "tells what it holds"
                )
            for one in paid:
                for each in one.findings:
                    print(f"{file}: {each.message}", file=sys.stderr)  # noqa: T201  output
                if one.remittance:
                    remittances.append(one.remittance)
            told += answered
        except (NotX12, NoGuide) as error:
            print(error, file=sys.stderr)  # noqa: T201  output
            raise typer.Exit(COULD_NOT_RUN) from None
    sent = {one.account: one for one in claims_of(claims)}
    refused, unknown = open_rejections(told, sent, remittances)
    denials = (*open_denials(remittances, capitated), *refused)
    prices, left = worth(denials, sent, contracts()) if sent else ({}, ())
    for line in left:
        print(line, file=sys.stderr)  # noqa: T201  output
    again = paid_before(denials, remittances)
    nothing = dict.fromkeys(again, Decimal(0))
    return Work(tuple(remittances), denials, unknown, prices | nothing, again)


def item_text(one: WorkItem, paid: str = "") -> str:
    """Return an item of the work list in two lines; `paid` tells of what it only repeats."""
    denial, action = one.denial, one.action
    codes = " ".join(part for part in (denial.code, *denial.modifiers) if part)
    reason = " ".join(
        (denial.group, denial.carc, *denial.remarks) if denial.carc else denial.statuses
    )
    until = ""
    if action.last:
        own = action.do in {"correct", "appeal"}
        words = " until" if own else ", while the right to appeal lasts until"
        until = f"{words} {action.last} ({one.days_left} days)"
    return (
        f"{denial.key}  {denial.payer}  {codes}  {denial.amount:.2f} of {denial.charge:.2f}  "
        f"{reason}  {denial.cause.label}\n"
        f"    {action.do.replace('_', ' ')}{until}; {one.expected:.2f} expected at odds of "
        f"{one.odds}; {action.why}"
        + (f"; the first was {paid}: nothing is owed twice" if paid else "")
    )
