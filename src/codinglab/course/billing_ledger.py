"""The practice's own books in a billing case: charges entered, and the ledger after posting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

from codinglab.accounts.charge import charge
from codinglab.accounts.charge_again import REPLACES
from codinglab.accounts.journal import Entry
from codinglab.accounts.post import Posted, post
from codinglab.accounts.store import Store
from codinglab.claim.model import Claim
from codinglab.course.billing_made import Made

_INSURANCE, _PATIENT = "insurance receivable", "patient receivable"


@contextmanager
def posted(made: Made) -> Iterator[tuple[Store, tuple[Posted, ...]]]:
    """Yield books in memory with the charges and every payment in them, in their order."""
    with Store("sqlite://") as store:
        charge(store, map(_entered, made.claims.values()), made.charged)
        payments = (one.remittance for one in made.payments.values())
        yield store, tuple(post(store, one, one.paid_on) for one in payments)


def _entered(claim: Claim) -> Claim:
    """Return the claim as the case's books enter it; they do not hold the one that it replaces."""
    return replace(claim, frequency="1") if claim.frequency == REPLACES else claim


def charges(made: Made) -> str:
    """Return the charges of every account of the case."""
    rows = [
        "| Account | Patient | Line | Service | Charge | First payer |",
        "|---|---|---|---|---|---|",
    ]
    for claim in made.claims.values():
        patient = f"{claim.patient.name.last}, {claim.patient.name.first}"
        payer = claim.coverages[0].payer.name if claim.coverages else "patient"
        rows += [
            f"| {claim.account} | {patient} | {at} | {' '.join([line.code, *line.modifiers])} "
            f"| {line.charge:.2f} | {payer} |"
            for at, line in enumerate(claim.lines, 1)
        ]
    return "\n".join(rows)


def ledger(made: Made) -> str:
    """Return each account's ledger after all payments of the case were posted."""
    parts = []
    with posted(made) as (store, _):
        for claim in made.claims.values():
            rows = list(_rows(list(store.entries(claim.account)), claim.account))
            parts.append("\n".join([f"## Account {claim.account}", "", *_HEAD, *rows]))
    return "\n\n".join(parts)


_HEAD = (
    "| Day | What | Line | Amount | Insurance owes | Patient owes |",
    "|---|---|---|---|---|---|",
)


def _rows(entries: list[Entry], account: str) -> Iterator[str]:
    owed = {_INSURANCE: Decimal(0), _PATIENT: Decimal(0)}
    for entry in entries:
        for side in entry.postings:
            if side.account != account or side.ledger not in owed:
                continue
            owed[side.ledger] += side.amount
            codes = f" {side.group}-{side.carc}" if side.carc else ""
            who = "patient" if side.ledger == _PATIENT else side.payer
            yield (
                f"| {entry.day} | {entry.kind}{codes}, {who} | {side.line or ''} "
                f"| {side.amount:+.2f} | {owed[_INSURANCE]:.2f} | {owed[_PATIENT]:.2f} |"
            )
