"""`codinglab patient outcome`: what is paid after a dispute over an estimate was decided."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from codinglab.cli.days import On, day_of
from codinglab.cli.patient_estimate import bill_of
from codinglab.cli.patient_read import bad_data, dollars_of, told_plainly
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.accounts.estimate_outcome import BilledItem, Outcome

_MOST = 2


def outcome(
    file: Annotated[Path, typer.Argument(help="The estimate (YAML).", show_default=False)],
    billed: Annotated[str, typer.Option(help="The bill as NPI=DOLLARS@DAY of its receipt.")],
    item: Annotated[
        list[str],
        typer.Option(help="CODE=DOLLARS billed, or CODE=DOLLARS:MEDIAN if justified; repeated."),
    ],
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Say what a patient pays after a dispute that was started on the day, item by item.

    JSON: {"provider", "billed", "decided", "credited", "pays", "prevailed", "source", "items":
    [{"code", "expected", "billed", "pays", "why"}]}.
    """
    from codinglab.accounts.estimate_file import read_estimate
    from codinglab.accounts.estimate_outcome import outcome as decide

    with told_plainly():
        found = decide(
            read_estimate(file), bill_of(billed), [_item(one) for one in item], day_of(on)
        )
    value = {
        "provider": found.provider,
        "billed": f"{found.billed:.2f}",
        "decided": f"{found.decided:.2f}",
        "credited": f"{found.credited:.2f}",
        "pays": f"{found.pays:.2f}",
        "prevailed": found.prevailed,
        "source": found.source,
        "items": [
            {
                "code": one.code,
                "expected": None if one.expected is None else f"{one.expected:.2f}",
                "billed": f"{one.billed:.2f}",
                "pays": f"{one.pays:.2f}",
                "why": one.why,
            }
            for one in found.items
        ],
    }
    finish(value, as_json=as_json, text=lambda: _text(found))


def _item(text: str) -> BilledItem:
    from codinglab.accounts.estimate_outcome import BilledItem

    code, equals, dollars = text.partition("=")
    told = dollars.split(":")
    if not (code and equals) or len(told) > _MOST:
        raise bad_data(f"--item {text!r}: write it as 11401=692.00, or 11401=692.00:400.00")
    amounts = [dollars_of(one, "--item") for one in told]
    return BilledItem(code, amounts[0], len(amounts) == _MOST, amounts[-1])


def _text(found: Outcome) -> str:
    said = [
        f"{one.code}: {one.pays:,.2f} of {one.billed:,.2f} billed ({one.why})"
        for one in found.items
    ]
    said.append(f"All items {found.decided:,.2f} of {found.billed:,.2f} [{found.source}]")
    if found.credited:
        said.append(
            f"The fee of {found.credited:,.2f} is credited, since less than billed is paid."
        )
    said.append(f"The patient pays {found.provider} {found.pays:,.2f}.")
    return "\n".join(said)
