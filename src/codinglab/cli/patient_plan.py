"""`codinglab patient plan`: instalments, and whether they are kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.days import On, day_of
from codinglab.cli.patient_read import opened, told_plainly
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.accounts.plan import Plan, PlanStanding


def plan(
    file: Annotated[Path, typer.Argument(help="The plan (YAML).", show_default=False)],
    books: Annotated[str, typer.Option(help="The books, to see whether it is kept.")] = "",
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Show a payment plan's instalments, what Truth in Lending says, and whether it is kept.

    Leaves with 1 where an instalment is missed. JSON: {"account", "agreed", "amount",
    "finance_charge", "instalments": [{"number", "due", "amount"}], "lending", "standing": {"state",
    "paid", "left", "missed", "defaulted", "why"} or null}.
    """
    from codinglab.accounts.plan import lending_note, payments, standing
    from codinglab.accounts.plan_file import read_plan

    with told_plainly():
        made = read_plan(file)
    stands = None
    if books:
        with opened(books) as store:
            paid = payments(store.entries(made.account), made, day_of(on))
        stands = standing(made, paid, day_of(on))
    note = lending_note(made)
    finish(
        _plan_json(made, stands, note),
        as_json=as_json,
        text=lambda: _plan_text(made, stands, note),
        findings=stands is not None and stands.state in {"missed", "default"},
    )


def _plan_text(made: Plan, stands: PlanStanding | None, note: str) -> str:
    said = [f"Plan for {made.account}, agreed on {made.agreed}: {made.total:,.2f} in all"]
    said += [f"  {one.number:>2}  {one.due}  {one.amount:>10,.2f}" for one in made.instalments]
    if note:
        said.append(note)
    if stands is not None:
        said.append(
            f"{stands.state}: {stands.why}; paid {stands.paid:,.2f}, left {stands.left:,.2f}"
        )
    return "\n".join(said)


def _plan_json(made: Plan, stands: PlanStanding | None, note: str) -> dict[str, Any]:
    told = None
    if stands is not None:
        told = {
            "state": stands.state,
            "paid": f"{stands.paid:.2f}",
            "left": f"{stands.left:.2f}",
            "missed": stands.missed,
            "defaulted": stands.defaulted.isoformat() if stands.defaulted else None,
            "why": stands.why,
        }
    return {
        "account": made.account,
        "agreed": made.agreed.isoformat(),
        "amount": f"{made.amount:.2f}",
        "finance_charge": f"{made.finance_charge:.2f}",
        "instalments": [
            {"number": one.number, "due": one.due.isoformat(), "amount": f"{one.amount:.2f}"}
            for one in made.instalments
        ],
        "lending": note,
        "standing": told,
    }
