"""`codinglab codes notes`: the notes that govern a code, with the codes that they resolve to."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.codes.icd10cm import Icd10cm, Note
    from codinglab.codes.icd10cm_notes import Reference, Stretch

_Asked = Annotated[str | None, typer.Argument(help="An ICD-10-CM code, such as E11.22.")]
_On = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="The day; the newest release's first if none."),
]
_Unparsed = Annotated[
    bool,
    typer.Option("--unparsed", help="List the notes that carry a code and could not be resolved."),
]

_PLACES = {
    "5": "character 5 is",
    "6": "character 6 is",
    "7": "character 7 is",
    "5-6": "characters 5 and 6 are",
    "after dot": "after the dot",
    "final": "ending in",
    "intent": "intent (character 6, or 5 before an X) is",
}


def notes(
    code: _Asked = None, on: _On = None, unparsed: _Unparsed = False, as_json: AsJson = False
) -> None:
    """Print the notes that govern CODE and what they refer to; or, with --unparsed, the others.

    JSON: {"code", "title", "release", "notes": [{"kind", "text", "from_code", "head", "unparsed",
    "refers_to": [{"first", "last", "condition": {"place", "values"} or null, "billable_codes"}]}]};
    with --unparsed {"release", "notes", "with_code", "parsed", "unparsed": [{"kind", "text",
    "from_code", "reason"}]}. Leaves with 1 where --unparsed lists something.
    """
    if unparsed == (code is not None):
        raise typer.BadParameter("give either a code or --unparsed")
    day = on.date() if on else _newest()
    if code is None:
        _list_unparsed(day, as_json=as_json)
    else:
        _print_notes(code, day, as_json=as_json)


def _newest() -> date:
    from codinglab.codes.icd10cm import SET
    from codinglab.codes.release import releases

    return max(release.info.effective_from for _, release in releases(SET).rows)


def _list_unparsed(day: date, *, as_json: bool) -> None:
    from codinglab.codes.icd10cm import open_table
    from codinglab.codes.icd10cm_notes import coverage, unread

    every, coded, parsed = coverage(day)
    listed = [
        {
            "kind": one.note.kind,
            "text": one.note.text,
            "from_code": one.note.from_code,
            "reason": one.reason,
        }
        for one in unread(day)
    ]
    said = {
        "release": open_table(day).info.release,
        "notes": every,
        "with_code": coded,
        "parsed": parsed,
        "unparsed": listed,
    }
    lines = [f"{parsed} of {coded} notes with a code resolve ({parsed / coded:.2%})"]
    lines += [f"{e['from_code']} {e['kind']}: {e['text']}: {e['reason']}" for e in listed]
    finish(said, as_json=as_json, text=lambda: "\n".join(lines), findings=bool(listed))


def _print_notes(code: str, day: date, *, as_json: bool) -> None:
    from codinglab.codes.icd10cm import open_table
    from codinglab.codes.icd10cm_notes import REFERENCE_KINDS, references, unread
    from codinglab.core.tables import BadData

    table = open_table(day)
    node = table.find(code)
    if node is None:
        raise BadData(f"{code}: no such code in ICD-10-CM {table.info.release}; check it")
    resolved: dict[Note, Reference] = {
        one.note: one for kind in REFERENCE_KINDS for one in references(node.code, kind, day)
    }
    reasons = {one.note: one.reason for one in unread(day)}
    rows = [_row(table, one, resolved.get(one), reasons.get(one)) for one in table.notes(node.code)]
    said = {
        "code": node.code,
        "title": node.title,
        "release": table.info.release,
        "notes": rows,
    }
    lines = [f"{node.code} {node.title}", *map(_line, rows)]
    finish(said, as_json=as_json, text=lambda: "\n".join(lines))


def _row(
    table: Icd10cm, note: Note, reference: Reference | None, reason: str | None
) -> dict[str, Any]:
    stretches = reference.stretches if reference else ()
    return {
        "kind": note.kind,
        "text": note.text,
        "from_code": note.from_code,
        "head": reference.head if reference else "",
        "unparsed": reason,
        "refers_to": [_named(table, one) for one in stretches],
    }


def _named(table: Icd10cm, stretch: Stretch) -> dict[str, Any]:
    """Return `stretch`: its first code, its last (with all below it), how many are billable."""
    # Chapters and blocks, the kinds 0 and 1, end with their last category.
    ends = "select ordinal from node where ordinal between ? and ? and last = ? and kind > 1"
    last = table.rows(f"{ends} order by 1", stretch.first, stretch.last, stretch.last)[0][0]
    billable = "select key from node where billable and ordinal between ? and ?"
    keys = [key for (key,) in table.rows(billable, stretch.first, stretch.last)]
    condition = stretch.condition
    return {
        "first": table.at(stretch.first).code,
        "last": table.at(last).code,
        "condition": condition and {"place": condition.place, "values": list(condition.values)},
        "billable_codes": sum(condition.holds(key) for key in keys) if condition else len(keys),
    }


def _line(row: dict[str, Any]) -> str:
    under = f"{row['head']} " if row["head"] else ""
    line = f"  {row['from_code']} {row['kind']}: {under}{row['text']}"
    if row["unparsed"]:
        return f"{line} [not resolved: {row['unparsed']}]"
    return line + "".join(f"\n      {_told(one)}" for one in row["refers_to"])


def _told(one: dict[str, Any]) -> str:
    ends = one["first"] if one["first"] == one["last"] else f"{one['first']} to {one['last']}"
    limit = one["condition"]
    narrowed = f", {_PLACES[limit['place']]} {' or '.join(limit['values'])}" if limit else ""
    count = one["billable_codes"]
    return f"-> {ends}{narrowed}: {count} billable code{'' if count == 1 else 's'}"
