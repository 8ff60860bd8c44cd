"""`codinglab codes set`: the rows of a small code set, or one of them, on a day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.codes.release import CodeRow, Release


def show_set(
    name: Annotated[str, typer.Argument(help="The set, such as carc or revenue_codes.")],
    code: Annotated[str, typer.Argument(help="One code; all when left out.")] = "",
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day asked about; today when left out."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Look up a code set, or one code of it, as in force on a day.

    JSON: {"set", "release", "on", "clock", "source", "licence", "rows": [{"code", "label", and
    the set's own columns, "effective_from", "effective_to"}], "message"}. Leaves with 1 when the
    code is not in this lab's table.
    """
    from codinglab.codes.catalog import code_set
    from codinglab.codes.code_set import NotACode
    from codinglab.codes.release import NotInTable, in_force

    day = (on or datetime.now(tz=UTC).astimezone()).date()
    chosen = code_set(name)
    release, message = in_force(name, day), ""
    found: tuple[CodeRow, ...] = ()
    try:
        found = (chosen.find(code, day),) if code else chosen.all_on(day)
    except NotInTable as error:
        message = str(error)
    except NotACode as error:
        raise typer.BadParameter(str(error)) from None
    finish(
        _as_json(release, found) | {"on": day.isoformat(), "message": message},
        as_json=as_json,
        text=lambda: message or _text(release, found),
        findings=bool(message),
    )


def _row(row: CodeRow, release: Release) -> dict[str, Any]:
    span = release.info.span
    start, end = row.effective_from or span.start, row.effective_to or span.end
    said = {"effective_from": start.isoformat(), "effective_to": end.isoformat() if end else None}
    return row.model_dump() | said


def _as_json(release: Release, found: tuple[CodeRow, ...]) -> dict[str, Any]:
    info = release.info
    return {
        "set": info.set,
        "release": info.release,
        "clock": info.clock,
        "source": info.source,
        "licence": info.licence,
        "rows": [_row(row, release) for row in found],
    }


def _text(release: Release, found: tuple[CodeRow, ...]) -> str:
    clock = release.info.clock.removesuffix(" date")
    head = f"{release}: {release.info.span}, by {clock} date"
    return "\n".join([head, *(f"{row.code}  {row.label}{_more(row)}" for row in found)])


def _more(row: CodeRow) -> str:
    """Return the set's own columns of `row`, in brackets."""
    from codinglab.codes.release import CodeRow as Plain

    own = [name for name in type(row).model_fields if name not in Plain.model_fields]
    said = [f"{name.replace('_', ' ')}: {getattr(row, name)}" for name in own if getattr(row, name)]
    return f"  ({'; '.join(said)})" if said else ""
