"""`codinglab patient forgive`: enter what is forgiven by income into the books."""

from __future__ import annotations

from typing import Annotated

import typer

from codinglab.cli.days import On, day_of
from codinglab.cli.patient_help import Household, Income, Region, assistance_text, told_assistance
from codinglab.cli.patient_read import (
    AccountOption,
    AtSite,
    Books,
    Site,
    dollars_of,
    opened,
    site_of,
)
from codinglab.cli.report import AsJson, finish


def forgive(  # noqa: PLR0913, PLR0917  one a flag
    books: Books,
    account: AccountOption,
    household: Household,
    income: Income,
    number: Annotated[str, typer.Option(help="A number that no entry has yet.")],
    who: Annotated[str, typer.Option(help="The person who grants it.")],
    role: Annotated[str, typer.Option(help="The role, by which the policy limits amounts.")],
    region: Region = "contiguous",
    on: On = None,
    site: AtSite = Site.PRACTICE,
    as_json: AsJson = False,
) -> None:
    """Enter what is forgiven of a visit by income; its charges and payments are the books'.

    What a hospital gives back becomes a credit, which `accounts enter refund-owed` goes on with.
    Leaves with 1, and enters nothing, where the income is above the scale; with 2 where the role
    may not. JSON: that of `patient assistance` with "account" and "entries": [numbers].
    """
    from codinglab.accounts.assistance import Application, assess
    from codinglab.accounts.assistance_grant import bill_of, grant
    from codinglab.accounts.by_hand import Hand

    day = day_of(on)
    application = Application(day, household, dollars_of(income, "--income"), region)
    with opened(books) as store:
        found = assess(application, bill_of(store, account, day), site_of(site))
        hand = Hand(number, day, who, role, f"{found.percent} percent of the poverty guideline")
        entries = grant(store, hand, account, found, site_of(site)) if found.tier else ()
    finish(
        {"account": account, **told_assistance(found), "entries": [one.number for one in entries]},
        as_json=as_json,
        text=lambda: "\n".join(
            [assistance_text(found), *(f"Entered as {one.number}." for one in entries)]
        ),
        findings=found.tier is None,
    )
