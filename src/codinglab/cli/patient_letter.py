"""`codinglab patient letter`: the last letter before collection."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from codinglab.cli.days import On, day_of
from codinglab.cli.patient_read import (
    AccountOption,
    AtSite,
    Books,
    Site,
    To,
    bad_data,
    ends_in,
    opened,
    site_of,
)
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.accounts.last_letter import LastLetter


def letter(  # noqa: PLR0913, PLR0917  one a flag
    books: Books,
    account: AccountOption,
    on: On = None,
    site: AtSite = Site.PRACTICE,
    to: To = None,
    sent_by: Annotated[str, typer.Option(help="Note in the trail that this person sent it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write the last letter before collection: text, or with --to a .pdf or .txt file.

    A tax-exempt hospital's is the notice of section 501(r). JSON: {"title", "made", "patient",
    "deadline", "says", "actions", "after", "summary", "written"}.
    """
    from codinglab.accounts.by_hand import Hand
    from codinglab.accounts.last_letter import NoLetter, as_text, last_letter
    from codinglab.accounts.patient_account import Circumstances, note_sent, patient_account
    from codinglab.accounts.statement_text import without_birth

    day = day_of(on)
    ends_in(to, ".pdf", ".txt")
    with opened(books) as store:
        known = patient_account(store, account, day, Circumstances(site_of(site)))
        name = store.accounts((account,))[account].patient
        try:
            told = last_letter(known, without_birth(name), day)
        except NoLetter as error:
            raise bad_data(str(error)) from None
        if sent_by:
            by = Hand(f"letter {account}", day, sent_by, "sender", told.title)
            note_sent(store, by, account, "last letter")
        if to is not None:
            _write(told, to)
    value = {
        "title": told.title,
        "made": told.made.isoformat(),
        "patient": told.patient,
        "deadline": told.deadline.isoformat(),
        "says": told.says,
        "actions": told.actions,
        "after": told.after,
        "summary": told.summary,
        "written": str(to) if to else None,
    }
    finish(value, as_json=as_json, text=lambda: f"{to}: written" if to else as_text(told))


def _write(told: LastLetter, to: Path) -> None:
    from codinglab.accounts.last_letter import as_pdf, as_text

    if to.suffix == ".pdf":
        to.write_bytes(as_pdf(told))
    else:
        to.write_text(f"{as_text(told)}\n", encoding="utf-8")
