"""`codinglab patient next`: what is to be done next about a balance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.days import On, day_of
from codinglab.cli.patient_read import AccountOption, AtSite, Books, Site, bad_data, opened, site_of
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.accounts.collections import Step


def next_step(  # noqa: PLR0913, PLR0917  one a flag
    books: Books,
    account: AccountOption,
    on: On = None,
    site: AtSite = Site.PRACTICE,
    plan_file: Annotated[
        Path | None, typer.Option("--plan", help="The account's payment plan (YAML).")
    ] = None,
    applied: Annotated[bool, typer.Option(help="An application for assistance waits.")] = False,
    disputed: Annotated[bool, typer.Option(help="A dispute on an estimate is open.")] = False,
    bankrupt: Annotated[bool, typer.Option(help="The patient has filed for bankruptcy.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Every step, as if the patient never answered.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say what is to be done next about a patient's balance, when, why, and by which rule.

    JSON: {"account", "balance", "bills", "steps": [{"what", "on", "notice", "why", "source",
    "notes"}]}.
    """
    from codinglab.accounts import collections
    from codinglab.accounts.patient_account import Circumstances, patient_account
    from codinglab.accounts.plan import payments, standing
    from codinglab.accounts.plan_file import read_plan

    day = day_of(on)
    with opened(books) as store:
        stands = None
        if plan_file is not None:
            made = read_plan(plan_file)
            if made.account != account:
                raise bad_data(f"{plan_file}: it is a plan for {made.account}, not for {account}")
            stands = standing(made, payments(store.entries(account), made, day), day)
        around = Circumstances(site_of(site), stands, applied, disputed, bankrupt)
        known = patient_account(store, account, day, around)
    steps = (
        tuple(collections.timeline(known, day))
        if everything
        else (collections.next_step(known, day),)
    )
    value = {
        "account": account,
        "balance": f"{known.balance:.2f}",
        "bills": [one.isoformat() for one in known.bills],
        "steps": [_step_json(one) for one in steps],
    }
    finish(
        value,
        as_json=as_json,
        text=lambda: "\n".join(
            [f"{account}: the patient owes {known.balance:,.2f}", *map(_step_text, steps)]
        ),
    )


def _step_json(one: Step) -> dict[str, Any]:
    return {
        "what": one.what,
        "on": one.on.isoformat(),
        "notice": one.notice,
        "why": one.why,
        "source": one.source,
        "notes": list(one.notes),
    }


def _step_text(one: Step) -> str:
    number = f" {one.notice}" if one.notice else ""
    head = f"{one.on}  {one.what}{number}: {one.why} [{one.source}]"
    return "\n".join((head, *(f"            {note}" for note in one.notes)))
