"""`codinglab denials`: the work list of what was not paid, what to do with it, letters, appeals."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.denials_appeal import appeal, letter
from codinglab.cli.denials_correct import correct
from codinglab.cli.denials_read import item_text, read
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.accounts.denial import Denial
    from codinglab.accounts.denial_again import SentAgain
    from codinglab.accounts.denial_queue import WorkItem

app = typer.Typer(
    name="denials",
    help="Work what payers did not pay: a list by money, deadline and odds; letters; appeals.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_Files = Annotated[list[Path], typer.Argument(help="835 and 277CA files.", show_default=False)]
_Claims = Annotated[
    list[Path],
    typer.Option(
        "--claim",
        help="A claim file or 837 that was sent.",
    ),
]
_Capitated = Annotated[
    list[str], typer.Option("--capitated", help="A payer that pays by the month.")
]
_Again = Annotated[
    Path | None,
    typer.Option("--again", help="The list (CSV) of what went again; see `denials correct`."),
]
_On = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="The day of work; today if left out."),
]
_Key = Annotated[str, typer.Option("--denial", help="Which one, by the name that list gives it.")]


def _day(on: datetime | None) -> date:
    return on.date() if on else date.today()  # noqa: DTZ011  the office's own day


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with money and days as text, as JSON holds them."""
    return {name: _told(value) for name, value in row.items()}


def _told(value: Any) -> str | int | None:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value if value is None or isinstance(value, int) else str(value)


@app.command("list")
def work_list(  # noqa: PLR0913, PLR0917  one a flag
    files: _Files,
    claims: _Claims = [],  # noqa: B006
    capitated: _Capitated = [],  # noqa: B006
    again: _Again = None,
    on: _On = None,
    as_json: AsJson = False,
) -> None:
    """List open denials and rejections in the order in which to work them.

    What a later file reversed, replaced or paid is not in it. What went again (--again) waits
    apart, outside the sums. Leaves with 1 where there is work. JSON: {"day", "denied", "expected",
    "items": [the columns of docs/denials.md], "unknown": [accounts of rejected claims that were
    not given], "sent_again": [{"key", "sent", "route", "amount", "changes"}]}.
    """
    from codinglab.accounts.denial_queue import as_row, queue

    day = _day(on)
    work = read(files, claims, capitated)
    waits = _waits(work.denials, again, day)
    items = queue((one for one in work.denials if one.key not in waits), day, work.worth)
    told = {
        "day": str(day),
        "denied": _told(sum((one.denial.amount for one in items), Decimal(0))),
        "expected": _told(sum((one.expected for one in items), Decimal(0))),
        "items": [{"key": one.denial.key} | _plain(as_row(one)) for one in items],
        "unknown": [one.account for one in work.unknown],
        "sent_again": [_again_row(*one) for one in waits.values()],
    }
    finish(
        told,
        as_json=as_json,
        text=lambda: _text(items, told, work.paid),
        findings=bool(items or work.unknown),
    )


def _waits(
    denials: tuple[Denial, ...], again: Path | None, day: date
) -> dict[str, tuple[Denial, SentAgain]]:
    """Return the denials that were answered and wait for the payer, by key."""
    from codinglab.accounts.denial_again import read_again, waiting

    noted = read_again(again) if again else ()
    every = ((one, waiting(one, noted, day)) for one in denials)
    return {one.key: (one, mine) for one, mine in every if mine}


def _again_row(denial: Denial, mine: SentAgain) -> dict[str, Any]:
    return {
        "key": denial.key,
        "sent": str(mine.sent),
        "route": mine.route,
        "amount": _told(denial.amount),
        "changes": mine.changes,
    }


def _text(items: tuple[WorkItem, ...], told: dict[str, Any], paid: dict[str, str]) -> str:
    lines: list[str] = []
    for band in dict.fromkeys(one.band for one in items):
        lines.append(f"{band.capitalize()}:")
        lines += [item_text(one, paid.get(one.denial.key, "")) for one in items if one.band == band]
    lines += ["Sent again, and not answered yet:"] if told["sent_again"] else []
    lines += [
        f"{one['key']}  {one['amount']} by {one['route']} on {one['sent']}: {one['changes']}"
        for one in told["sent_again"]
    ]
    lines += [f"Rejected, and its claim not given: {one}" for one in told["unknown"]]
    lines.append(
        f"{len(items)} open, {told['denied']} dollars denied, {told['expected']} expected. "
        "The odds are invented for training."
    )
    return "\n".join(lines)


@app.command("show")
def show(
    files: _Files,
    denial: _Key,
    claims: _Claims = [],  # noqa: B006
    on: _On = None,
    as_json: AsJson = False,
) -> None:
    """Show one denial: its cause, what to look at, how a correction goes, every level of appeal.

    JSON: the keys of an item of list and "look", "route_says", "last_why", "source", "then" (what
    is done if the first does not help), "at_stake" (charged, less paid, less the deductible and
    coinsurance that are told; what of those may still be collected is not known), "levels":
    [{"number", "name", "who", "last", "steps", "amount", "source", "note", "open"}].
    """
    from codinglab.accounts.appeal_amount import at_stake
    from codinglab.accounts.denial_queue import as_row, queue

    work = read(files, claims)
    (item,) = queue([work.find(denial)], _day(on), work.worth)
    action = item.action
    told = {"key": item.denial.key} | _plain(as_row(item))
    told |= {
        "look": action.look,
        "route_says": action.route.says,
        "last_why": action.last_why,
        "source": action.source,
        "then": action.then,
        "at_stake": _told(at_stake(item.denial.charge, item.denial.paid, item.denial.share)),
        "levels": _levels(item),
    }
    finish(told, as_json=as_json, text=lambda: _page(item, told, work.paid.get(denial, "")))


def _levels(item: WorkItem) -> list[dict[str, Any]]:
    """Return the levels; only the first has a last day before anything is decided."""
    from codinglab.accounts.appeal_path import amount_in_controversy

    path, first = item.action.path, item.action.appeal
    if path is None or first is None:
        return []
    day = item.denial.notice
    return [
        {
            "number": one.number,
            "name": one.name,
            "who": one.who,
            "last": str(first.last) if one.number == 1 else None,
            "steps": list(first.steps) if one.number == 1 else [],
            "amount": str(amount_in_controversy(one.amount, day)) if one.amount else None,
            "source": one.on(day).source,
            "note": one.note,
            "open": not one.only_causes or item.denial.cause.code in one.only_causes,
        }
        for one in path.levels
    ]


def _corrected(item: WorkItem) -> str:
    """Return how a correction goes, or that none answers this denial."""
    from codinglab.accounts.denial_correct import answers

    route = item.action.route
    if item.denial.source == "835" and not answers(item.denial, route):
        return "A correction: none; what was asked was not wrong, or another way answers it."
    return f"A correction: {route.route}. {route.says}."


def _page(item: WorkItem, told: dict[str, Any], paid: str) -> str:
    action = item.action
    lines = [
        item_text(item, paid),
        f"Look at: {action.look}.",
        f"If that does not help: {action.then.replace('_', ' ')}." if action.then else "",
        _corrected(item),
        f"Last day: {action.last or 'none known'} ({action.last_why}).",
    ]
    if action.no_appeal:
        lines.append(f"Appeal: none. {action.no_appeal}.")
    for one in told["levels"]:
        amount = f", from {one['amount']} dollars on" if one["amount"] else ""
        due = f", by {one['last']}" if one["last"] else ""
        shut = "" if one["open"] else f"; not open to a denial for {item.denial.cause.label}"
        lines.append(f"Level {one['number']}: {one['name']}, {one['who']}{amount}{due}{shut}")
        lines += [f"    {step}" for step in one["steps"]]
        lines += [f"    {one['note']}"] if one["note"] else []
    if any(one["amount"] for one in told["levels"]):
        lines.append(
            f"At stake: {told['at_stake']} dollars, charged, less paid, less the deductible and "
            "coinsurance told; less what of these may be collected if it is paid (405.1006(d))."
        )
    if action.path and action.path.who_may:
        lines.append(f"Who may appeal: {action.path.who_may}.")
    return "\n".join(filter(None, lines))


app.command("correct")(correct)
app.command("letter")(letter)
app.command("appeal")(appeal)
