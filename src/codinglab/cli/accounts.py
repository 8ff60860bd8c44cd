"""`codinglab accounts`: charges, posting, balances, the bank, quarantine, and the journal."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli import accounts_enter, accounts_journal, accounts_work
from codinglab.cli.accounts_books import Account, BooksAt, opened, table, told_held
from codinglab.cli.days import On, day_of
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.accounts.post import Posted
    from codinglab.accounts.reconcile import Reconciled

app = typer.Typer(
    name="accounts",
    help="Keep a practice's books: charges, remittances, balances, the bank.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_Claims = Annotated[
    list[Path], typer.Argument(help="Claim files (YAML) and 837s.", show_default=False)
]
_Remits = Annotated[
    list[Path], typer.Argument(help="835 files and typed paper EOBs (YAML).", show_default=False)
]
_Bank = Annotated[
    Path, typer.Argument(help="The bank's deposits: CSV with day, amount, trace, text.")
]
_Capitated = Annotated[
    list[str], typer.Option("--capitated", help="A payer that pays by the month.")
]

_Payee = Annotated[
    list[str],
    typer.Option("--payee", help="Our NPI or tax number; what is paid to others is held."),
]


class By(StrEnum):
    """What balances are added up by."""

    LEDGER = "ledger"
    ACCOUNT = "account"
    PAYER = "payer"
    PATIENT = "patient"
    AGE = "age"


@app.command("charge")
def charge(books: BooksAt, files: _Claims, on: On = None, as_json: AsJson = False) -> None:
    """Enter the charges of claims into the books, all or none; makes the books where none are.

    A claim that replaces or voids one (frequency 7, 8) corrects the charges that stand there.
    Leaves with 2 where an account has charges already, or none to be corrected. JSON: a list of
    {"account", "patient", "payers", "charge", "lines"}.
    """
    from codinglab.accounts.charge import charge as enter
    from codinglab.cli.claim_sent import claims_of

    claims = claims_of(files)
    with opened(books, make=True) as store:
        made = enter(store, claims, day_of(on))
    finish(
        [
            {
                "account": one.number,
                "patient": one.patient,
                "payers": one.payers,
                "charge": f"{one.charge:.2f}",
                "lines": len(one.charged),
            }
            for one in made
        ],
        as_json=as_json,
        text=lambda: table(
            [
                (one.number, f"{one.charge:.2f}", one.payers[0] if one.payers else "patient")
                for one in made
            ]
        ),
    )


@app.command("post")
def post(  # noqa: PLR0913, PLR0917  one a flag
    books: BooksAt,
    files: _Remits,
    on: On = None,
    capitated: _Capitated = [],  # noqa: B006  typer's way of a repeated option
    payee: _Payee = [],  # noqa: B006
    payer: Annotated[
        str, typer.Option(help="The payer's id, where the files give none or another one.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Post remittances line by line; what cannot be posted goes to quarantine with its reason.

    Leaves with 1 where something is held or refused. JSON: a list of {"file", "payer", "trace",
    "total", "refused", "text", "entries", "claims", "held": [...], "next_claims": [...]}.
    """
    from codinglab.cli.accounts_post import posted_files, told_posted

    with opened(books) as store:
        made = posted_files(
            store, files, day_of(on), capitated=capitated, payees=payee, payer=payer
        )
    finish(
        [told_posted(*one) for one in made],
        as_json=as_json,
        text=lambda: "\n".join(_posted_text(file, posted) for file, _, posted in made),
        findings=any(posted.refused or posted.held for _, _, posted in made),
    )


def _posted_text(file: str, posted: Posted) -> str:
    if posted.refused:
        return f"{file}: {posted.refused}: {posted.text}; nothing was posted"
    claims, entries, held = len(posted.batch.claims), len(posted.entries), len(posted.held)
    lines = [f"{file}: {claims} claims posted in {entries} entries, {held} held"]
    lines += [f"  held {one.number}: {one.reason}: {one.text}" for one in posted.held]
    lines += [
        f"  {one.account}: {one.amount} to {one.payer} ({one.reason})" for one in posted.next_claims
    ]
    return "\n".join(lines)


@app.command("balance")
def balance(
    books: BooksAt,
    by: Annotated[By, typer.Option(help="What is added up.")] = By.LEDGER,
    account: Account = "",
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Print balances at the end of a day: by ledger, account, payer, patient or age.

    JSON: {"on", "by", "balances": {name: dollars}}; by age {"on", "by", "edges", "rows":
    [{"account", "payer", "buckets", "credit"}], "totals"}.
    """
    from codinglab.cli.accounts_balance import by_age, summed

    day = day_of(on)
    with opened(books) as store:
        if by is By.AGE:
            told, rows = by_age(store, day, account)
        else:
            told, rows = summed(store, by.value, day, account)
    finish(told, as_json=as_json, text=lambda: table(rows))


@app.command("reconcile")
def reconcile(books: BooksAt, bank: _Bank, on: On = None, as_json: AsJson = False) -> None:
    """Compare the remittances posted with the bank's deposits, and name each difference.

    Leaves with 1 where there is one. JSON: a list of {"name", "meaning", "difference", "payer",
    "trace", "total", "paid_on", "deposit": {"day", "amount", "trace"} or null}.
    """
    from codinglab.accounts.deposits import read_deposits
    from codinglab.accounts.reconcile import reconcile as compare

    deposits = read_deposits(bank)
    with opened(books) as store:
        found = compare(store, deposits, day_of(on))
    finish(
        [_told_reconciled(one) for one in found],
        as_json=as_json,
        text=lambda: table([_reconciled_row(one) for one in found]),
        findings=any(not one.is_fine for one in found),
    )


def _told_reconciled(one: Reconciled) -> dict[str, Any]:
    from codinglab.accounts.reconcile import NAMES

    remit, deposit = one.remittance, one.deposit
    return {
        "name": one.name,
        "meaning": NAMES[one.name],
        "difference": str(one.difference),
        "payer": remit.payer if remit else None,
        "trace": remit.trace if remit else None,
        "total": str(remit.total) if remit else None,
        "paid_on": remit.paid_on.isoformat() if remit else None,
        "deposit": {
            "day": deposit.day.isoformat(),
            "amount": str(deposit.amount),
            "trace": deposit.trace,
        }
        if deposit
        else None,
    }


def _reconciled_row(one: Reconciled) -> tuple[str, ...]:
    remit, deposit = one.remittance, one.deposit
    return (
        one.name,
        f"{remit.payer} {remit.trace}" if remit else "-",
        f"{remit.total}" if remit else "-",
        f"{deposit.amount} on {deposit.day}" if deposit else "-",
        f"{one.difference}",
    )


@app.command("quarantine")
def quarantine(  # noqa: PLR0913, PLR0917  one a flag
    books: BooksAt,
    release: Annotated[str, typer.Option(help="Post what waits under this number.")] = "",
    dismiss: Annotated[str, typer.Option(help="End its waiting without posting it.")] = "",
    who: Annotated[str, typer.Option(help="Who decides.")] = "",
    why: Annotated[str, typer.Option(help="Why.")] = "",
    account: Annotated[str, typer.Option(help="The account it belongs to.")] = "",
    despite: Annotated[
        bool, typer.Option(help="Post it in spite of a fault that is a matter of judgement.")
    ] = False,
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """List what waits in quarantine, or end the waiting of one by a person's decision.

    Leaves with 1 while something waits, with 2 where it cannot be let go. JSON: a list of
    {"number", "day", "reason", "text", "payer", "trace", "account", "amount"}.
    """
    from codinglab.accounts import quarantine as room

    with opened(books) as store:
        if release:
            room.release(
                *(store, release),
                day=day_of(on),
                who=who,
                why=why,
                account=account,
                despite=despite,
            )
        if dismiss:
            room.dismiss(store, dismiss, day=day_of(on), who=who, why=why)
        held = room.waiting(store)
    finish(
        [told_held(one) for one in held],
        as_json=as_json,
        text=lambda: (
            "\n".join(
                f"{one.number}: {one.amount} dollars, {one.reason}: {one.text}" for one in held
            )
            or "Nothing waits."
        ),
        findings=bool(held),
    )


app.command("entries")(accounts_journal.entries)
app.command("enter")(accounts_enter.enter)
app.command("work")(accounts_work.work)
