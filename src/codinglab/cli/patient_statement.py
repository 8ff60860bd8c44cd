"""`codinglab patient statement`: what a patient owes, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    from codinglab.accounts.statement import Statement
    from codinglab.accounts.store import Store


def statement(  # noqa: PLR0913, PLR0917  one a flag
    books: Books,
    patient: Annotated[str, typer.Option(help="The patient as the books name him.")] = "",
    account: AccountOption = "",
    on: On = None,
    notice: Annotated[
        int | None, typer.Option(min=1, help="Which bill it is; the next one by the trail.")
    ] = None,
    site: AtSite = Site.PRACTICE,
    to: To = None,
    sent_by: Annotated[str, typer.Option(help="Note in the trail that this person sent it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write a patient's statement: text, or with --to a file that ends in .pdf, .html or .txt.

    JSON: {"patient", "made", "pay_by", "notice", "owed", "credit", "waiting", "aging": [[name,
    dollars]], "visits": [{"account", "sums", "insurance_owes", "patient_owes", "unbillable",
    "why": [{"amount", "reason", "text"}]}], "written"}.
    """
    from codinglab.accounts.patient_account import note_bill
    from codinglab.accounts.statement_text import as_text

    ends_in(to, ".pdf", ".html", ".txt")
    with opened(books) as store:
        found = store.accounts((account,)) if account else {}
        if account and account not in found:
            raise bad_data(f"{books}: there is no visit {account!r}")
        name = found[account].patient if account else patient
        if not name:
            raise bad_data("whose statement? name a --patient or an --account of his")
        told = _made(store, name, day_of(on), notice, site)
        if sent_by:
            note_bill(store, told, sent_by)
        if to is not None:
            _write(told, to)
    finish(
        _statement_json(told, to),
        as_json=as_json,
        text=lambda: f"{to}: written" if to else as_text(told),
    )


def _made(store: Store, name: str, day: date, notice: int | None, site: Site) -> Statement:
    from codinglab.accounts.patient_account import next_notice
    from codinglab.accounts.statement import statement as make

    try:
        told = make(store, name, day, notice=notice or 1, site=site_of(site))
        if notice is None:
            following = next_notice(store, told, site_of(site))
            told = make(store, name, day, notice=following, site=site_of(site))
    except ValueError as error:
        raise bad_data(str(error)) from None
    return told


def _write(told: Statement, to: Path) -> None:
    from codinglab.accounts.statement_html import as_html
    from codinglab.accounts.statement_pdf import as_pdf
    from codinglab.accounts.statement_text import as_text

    if to.suffix == ".pdf":
        to.write_bytes(as_pdf(told))
    else:
        text = as_html(told) if to.suffix == ".html" else f"{as_text(told)}\n"
        to.write_text(text, encoding="utf-8")


def _statement_json(told: Statement, to: Path | None) -> dict[str, Any]:
    from codinglab.accounts.statement_text import buckets

    return {
        "patient": told.patient,
        "made": told.made.isoformat(),
        "pay_by": told.pay_by.isoformat(),
        "notice": told.notice,
        "owed": f"{told.owed:.2f}",
        "credit": f"{told.credit:.2f}",
        "waiting": f"{told.waiting:.2f}",
        "aging": [[name, f"{amount:.2f}"] for name, amount in buckets(told)],
        "visits": [
            {
                "account": one.account,
                "sums": {name: f"{amount:.2f}" for name, amount in one.sums.items()},
                "insurance_owes": f"{one.insurance_owes:.2f}",
                "patient_owes": f"{one.patient_owes:.2f}",
                "unbillable": f"{one.unbillable:.2f}",
                "why": [
                    {"amount": f"{why.amount:.2f}", "reason": why.reason, "text": why.text}
                    for why in one.why
                ],
            }
            for one in told.visits
        ],
        "written": str(to) if to else None,
    }
