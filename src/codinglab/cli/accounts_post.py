"""`codinglab accounts post`: files become remittances, and each is posted by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from codinglab.cli.accounts_books import leave, told_held, told_note

if TYPE_CHECKING:
    from codinglab.accounts.post import Posted
    from codinglab.accounts.store import Store
    from codinglab.remit.model import Remittance

Made = tuple[str, "Remittance", "Posted"]


def posted_files(  # noqa: PLR0913  as `post` knows it
    store: Store,
    files: Sequence[Path],
    day: date,
    *,
    capitated: Collection[str],
    payees: Collection[str],
    payer: str,
) -> list[Made]:
    """Return what became of each remittance of `files`, in their order.

    Every file is read before the first is posted. What of an 835 could not be read goes to
    standard error: a claim that is missing shows in quarantine, since the payment does not add up
    without it. A typed EOB that has an error is not posted: leaves with 2.
    """
    from codinglab.accounts.post import post

    every = [each for file in files for each in _read(file)]
    return [
        (name, one, post(store, one, day, capitated=capitated, payees=payees, payer=payer, who=who))
        for name, one, who in every
    ]


def _read(file: Path) -> Iterator[tuple[str, Remittance, str]]:
    from codinglab.cli.remit_read import read
    from codinglab.core.findings import errors

    found = read(file)
    for one in found.left:
        typer.echo(f"{file.name}: while reading: {one}", err=True)
    who = found.provenance.by if found.provenance else ""
    if found.provenance and errors(found.balance):
        leave(f"{file}: not posted: {errors(found.balance)[0]}")
    for remittance in found.remittances:
        yield file.name, remittance, who


def told_posted(file: str, remittance: Remittance, posted: Posted) -> dict[str, Any]:
    """Return what became of a remittance as JSON."""
    return {
        "file": file,
        "payer": remittance.payer.payer_id,
        "trace": remittance.trace,
        "total": f"{remittance.total:.2f}",
        "refused": posted.refused or None,
        "text": posted.text or None,
        "entries": len(posted.entries),
        "claims": len(posted.batch.claims),
        "held": [told_held(one) for one in posted.held],
        "next_claims": [told_note(one) for one in posted.next_claims],
    }
