"""`codinglab patient assistance`: what is forgiven by income."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.days import On, day_of
from codinglab.cli.patient_read import AtSite, Site, dollars_of, site_of, told_plainly
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.accounts.assistance import Assistance


Household = Annotated[int, typer.Option(min=1, help="Members, the patient too.")]
Income = Annotated[str, typer.Option(help="Dollars a year of all of them.")]
Region = Annotated[str, typer.Option(help="Whose poverty guideline: contiguous, alaska or hawaii.")]


def assistance(  # noqa: PLR0913, PLR0917  one a flag
    household: Household,
    income: Income,
    balance: Annotated[str, typer.Option(help="Dollars that the patient owes.")],
    charges: Annotated[str, typer.Option(help="Gross charges of the care, in dollars.")],
    paid: Annotated[str, typer.Option(help="Dollars that the patient has paid.")] = "0",
    region: Region = "contiguous",
    on: On = None,
    site: AtSite = Site.PRACTICE,
    as_json: AsJson = False,
) -> None:
    """Say what is forgiven by income in percent of the poverty guideline, with its arithmetic.

    Leaves with 1 where the income is above the scale. JSON: {"guideline", "percent", "forgiven",
    "owes", "refund", "steps": [{"what", "how", "amount", "source"}]}.
    """
    from codinglab.accounts.assistance import Application, Bill, assess

    application = Application(day_of(on), household, dollars_of(income, "--income"), region)
    bill = Bill(
        dollars_of(charges, "--charges"),
        dollars_of(paid, "--paid"),
        dollars_of(balance, "--balance"),
    )
    with told_plainly():
        found = assess(application, bill, site_of(site))
    finish(
        told_assistance(found),
        as_json=as_json,
        text=lambda: assistance_text(found),
        findings=found.tier is None,
    )


def told_assistance(found: Assistance) -> dict[str, Any]:
    """Return what is forgiven as JSON."""
    return {
        "guideline": f"{found.guideline:.2f}",
        "percent": f"{found.percent:f}",
        "forgiven": f"{found.forgiven:.2f}",
        "owes": f"{found.owes:.2f}",
        "refund": f"{found.refund:.2f}",
        "steps": [one.as_json() for one in found.steps],
    }


def assistance_text(found: Assistance) -> str:
    """Return what is forgiven in lines, the arithmetic first."""
    said = [*map(str, found.steps), f"Income is {found.percent} percent of the guideline."]
    if found.tier is None:
        said.append("That is above the scale: nothing is forgiven.")
    said.append(f"Forgiven {found.forgiven:,.2f}; the patient owes {found.owes:,.2f}.")
    if found.refund:
        said.append(f"Give back {found.refund:,.2f}, which was paid beyond his own part.")
    return "\n".join(said)
