"""`codinglab payer authorize`: ask before the visit, and be granted, held or denied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.claim_read import ClaimPath
from codinglab.cli.days import day_of
from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from datetime import date

    from codinglab.cli.payer_requests import Asked

_Day = Annotated[
    datetime | None,
    typer.Option("--asked", formats=["%Y-%m-%d"], help="The day of the request; today."),
]
_Records = Annotated[
    list[str], typer.Option("--record", help="A document sent with it, such as 'visit note'.")
]
_Urgent = Annotated[bool, typer.Option("--urgent", help="The patient cannot wait.")]
_State = Annotated[
    Path | None, typer.Option("--payer-state", help="A YAML file of what payers got before.")
]


def authorize(  # noqa: PLR0913, PLR0917  one a flag
    file: ClaimPath,
    asked: _Day = None,
    records: _Records = [],  # noqa: B006  typer's way of a repeated option
    urgent: _Urgent = False,
    payer_state: _State = None,
    as_json: AsJson = False,
) -> None:
    """Ask the payer of a planned visit (a claim file) for what must be authorized before.

    Says which lines need it by which rule, and the answer: number, units, days. Leaves with 1 where
    it is held or denied. JSON: {"needs", "answer"}.
    """
    from codinglab.cli.payer_claim import claim_of
    from codinglab.cli.payer_history import GrantedRow, HistoryFile, remember
    from codinglab.cli.payer_requests import answered
    from codinglab.codes.release import digest
    from codinglab.core.tables import read_yaml

    day = day_of(asked)
    had = payer_state is not None and payer_state.exists()
    serial = len(read_yaml(payer_state, HistoryFile).asked) + 1 if had and payer_state else 1
    found = answered(claim_of(file), day, records, urgent=urgent, serial=serial)
    if payer_state is not None and found.answer is not None:
        row = GrantedRow(
            file=str(file.resolve()),
            sha256=digest(file),
            asked=day,
            records=tuple(records),
            urgent=urgent,
        )
        remember(payer_state, [], [row])
    finish(
        _json(found, day),
        as_json=as_json,
        text=lambda: "\n".join(_text(found, day)),
        findings=found.answer is not None and found.answer.authorization.status != "approved",
    )


def _text(found: Asked, day: date) -> Iterator[str]:
    if found.answer is None:
        yield "Nothing of it must be authorized before."
        return
    for one in found.needs:
        yield f"line {one.line} {one.code} x{one.units}: {one.why} [{one.source}]"
    answer = found.answer.authorization
    yield f"{answer.status} {answer.number}: {answer.why} [{answer.source}]"
    if answer.status == "approved":
        units = ", ".join(f"{one.code} x{one.units}" for one in answer.granted)
        yield f"{units}, from {answer.first} to {answer.last}, for the provider {answer.npi}."
    elif answer.status == "pending":
        yield f"An answer is due by {day + timedelta(days=found.answer.due_days)}."


def _json(found: Asked, day: date) -> dict[str, Any]:
    needs = [
        {
            "line": one.line,
            "code": one.code,
            "units": f"{one.units:f}",
            "why": one.why,
            "source": one.source,
        }
        for one in found.needs
    ]
    if found.answer is None:
        return {"needs": needs, "answer": None}
    one = found.answer.authorization
    return {
        "needs": needs,
        "answer": {
            "number": one.number,
            "status": one.status,
            "why": one.why,
            "source": one.source,
            "wanted": list(one.wanted),
            "granted": [{"code": each.code, "units": f"{each.units:f}"} for each in one.granted],
            "first": one.first.isoformat(),
            "last": one.last.isoformat(),
            "due": (day + timedelta(days=found.answer.due_days)).isoformat(),
        },
    }
