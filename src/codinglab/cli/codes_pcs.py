"""`codinglab codes pcs`: check and build ICD-10-PCS codes, character by character."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.codes.icd10pcs import Icd10pcs
    from codinglab.codes.icd10pcs_values import Axis, Value

_WHOLE = 7


def pcs(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[table] CODE", help="A code or its beginning; nothing for the sections."
        ),
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="Day of discharge; today by default."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a procedure code, list what may follow its beginning, or show a table.

    `codes pcs 0FT44ZZ` judges, `codes pcs 0FT4` lists what may stand next, `codes pcs table 0FT`
    shows the table. Leaves with 1 when the code is not valid, or nothing begins so. JSON: {"code",
    "on", "valid", "title", "text", "position" (where the first fault is), "message", "valid_from",
    "valid_to", "successor", "axes": [{"position", "axis", "value", "label", "meaning"}], "next":
    [{"value", "label", "codes"}], "codes", "release", "titles", "caveat", "source"}; of a table:
    {"table", "on", "head", "axes", "rows": [[[{"value", "label", "codes"}]]], "codes", "release",
    "caveat"}. A label is null where this lab has no name.
    """
    from codinglab.codes.icd10pcs import open_pcs

    day = on.date() if on else date.today()  # noqa: DTZ011  the user's own day
    said, opened = list(words or ()), open_pcs(day)
    if said and said[0].lower() == "table":
        _table("".join(said[1:]), opened, as_json=as_json)
    _judged("".join(said), opened, as_json=as_json)


def show_if_pcs(code: str, day: date, *, as_json: bool) -> None:
    """Tell of `code` and leave if it is or was a code of ICD-10-PCS; else return."""
    from codinglab.codes.icd10pcs import open_pcs
    from codinglab.core.dates import NotInForce

    try:
        opened = open_pcs(day)
    except NotInForce:
        return
    if opened.find(code):
        _judged(code, opened, as_json=as_json)


def _common(opened: Icd10pcs) -> dict[str, Any]:
    return {
        "release": str(opened.release),
        "titles": str(opened.titles),
        "caveat": opened.caveat,
    }


def _judged(text: str, opened: Icd10pcs, *, as_json: bool) -> NoReturn:
    from codinglab.codes.icd10pcs_values import key_of

    code = key_of(text)
    known, verdict = opened.find(code), opened.verdict(code)
    possible = len(code) < _WHOLE and opened.begins(code)
    fault = verdict.position or _WHOLE + 1
    told = {
        "code": code,
        "on": opened.day.isoformat(),
        "valid": verdict.valid,
        "title": known.title if known else None,
        "text": known.text if known else None,
        "position": None if possible else verdict.position,
        "message": verdict.message,
        "valid_from": known.spans[0].start.isoformat() if known else None,
        "valid_to": _end(known.spans[-1].end) if known else None,
        "successor": list(known.successors) if known else [],
        "axes": [dataclasses.asdict(one) for one in opened.axes(code[: fault - 1])],
        "next": [dataclasses.asdict(one) for one in verdict.legal],
        "codes": opened.count(code),
        **_common(opened),
        "source": str(opened.cite(code or "all sections")),
    }
    finish(
        told,
        as_json=as_json,
        text=lambda: _text(told),
        findings=not (verdict.valid or possible),
    )


def _end(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _text(told: dict[str, Any]) -> str:
    lines = []
    if told["valid_from"]:
        lines.append(f"{told['code']}  {told['title'] or '(this lab has no text with its title)'}")
    if told["code"]:
        lines.append(told["message"].partition(" Legal there:")[0])
    if told["valid"]:
        end = f", until before {told['valid_to']}" if told["valid_to"] else ""
        lines.append(f"valid from {told['valid_from']}{end}")
    lines += [_axis(one) for one in told["axes"]]
    if told["next"]:
        place = told["position"] or len(told["code"]) + 1
        lines.append(f"legal as character {place}:")
    lines += [
        f"  {one['value']}  {one['label'] or '-'}  ({one['codes']:,})" for one in told["next"]
    ]
    return _ended(lines, told)


def _ended(lines: list[str], told: dict[str, Any]) -> str:
    """Return the lines with what is missing, and which release says so."""
    caveat = [told["caveat"]] if told["caveat"] else []
    return "\n".join([*lines, *caveat, f"release: {told['release']}; titles: {told['titles']}"])


def _axis(one: dict[str, Any]) -> str:
    meaning = f": {one['meaning']}" if one["meaning"] else ""
    return f"  {one['position']} {one['axis']:32}{one['value']}  {one['label'] or '-'}{meaning}"


def _table(prefix: str, opened: Icd10pcs, *, as_json: bool) -> NoReturn:
    from codinglab.codes.release import NotInTable

    try:
        table = opened.table(prefix)
    except NotInTable as error:
        message = str(error)
        empty = {"table": prefix.upper(), "on": opened.day.isoformat(), "head": [], "axes": []}
        told = {**empty, "rows": [], "codes": 0, **_common(opened), "message": message}
        finish(told, as_json=as_json, text=lambda: message, findings=True)
    told = {
        "table": table.prefix,
        "on": opened.day.isoformat(),
        "head": [dataclasses.asdict(one) for one in table.head],
        "axes": list(table.axes),
        "rows": [[[dataclasses.asdict(v) for v in cell] for cell in row] for row in table.rows],
        "codes": table.codes,
        **_common(opened),
        "message": "",
    }
    finish(told, as_json=as_json, text=lambda: _drawn(told, table.head, table.rows))


def _drawn(
    told: dict[str, Any], head: tuple[Axis, ...], rows: tuple[tuple[tuple[Value, ...], ...], ...]
) -> str:
    """Return the table as text: a block for each row, a line for each value."""
    named = " / ".join(f"{one.value} {one.label or '-'}" for one in head)
    lines = [f"{told['table']}  {named}  ({told['codes']:,} codes)"]
    for number, row in enumerate(rows, 1):
        lines.append(f"row {number}")
        for place, (axis, cell) in enumerate(zip(told["axes"], row, strict=True), 4):
            values = "; ".join(f"{one.value} {one.label or '-'}" for one in cell)
            lines.append(f"  {place} {axis}: {values}")
    return _ended(lines, told)
