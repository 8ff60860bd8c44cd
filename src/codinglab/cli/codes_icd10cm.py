"""`codinglab codes show | tree | diff`: ICD-10-CM by date."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.codes.icd10cm import Code
    from codinglab.codes.icd10cm_dates import Change, Life, Title

On = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="Day of service; today by default."),
]
CodeText = Annotated[str, typer.Argument(metavar="CODE", help="With or without the dot.")]
YearText = Annotated[int, typer.Argument(metavar="YEAR", help="A fiscal year: 2026.")]


def _day(on: datetime | None) -> date:
    return on.date() if on else date.today()  # noqa: DTZ011  the user's own day


def _unknown(code: str, as_json: bool, more: str = "") -> NoReturn:
    told = {"code": code, "title": None, "billable": False, "in_force": False}
    remarks = [f"{code} is in no ICD-10-CM release that this lab knows.", *([more] if more else [])]
    said = "\n".join(remarks)
    finish({**told, "remarks": remarks}, as_json=as_json, text=lambda: said, findings=True)


def _caveats(day: date, title: Title, code: str) -> list[str]:
    """Say what this lab lacks for `day`, and where what it shows comes from instead."""
    from codinglab.codes.icd10cm_dates import nearest, text, text_on

    newest = text().info.release
    name, exact = text_on(day)
    if title.title is None:
        near = nearest(code)
        below = f"; it lies below {near.code} ({near.title})" if near else ""
        return [f"No text of this lab has the title of {code}{below}."]
    if not exact:
        source = f"the title is from the {title.release} text, the notes from the {newest} text"
        return [f"This lab has no text for {day}: {source}."]
    return [f"The notes are those of the {newest} text, not of {day}."] if name != newest else []


def _below_in_force(node: Code, day: date) -> bool:
    from codinglab.codes.icd10cm_dates import in_force, text

    return any(in_force(one.code, day) for one in text().billable_below(node.code))


def _header(one: Life, day: date) -> dict[str, Any]:
    """Return billable and in_force of `one`; a header is in force while a code below it is."""
    from codinglab.codes.icd10cm_dates import text

    if one.spans:
        return {"billable": one.at(day), "in_force": one.at(day)}
    return {"billable": False, "in_force": _below_in_force(text().node(one.code), day)}


def _remarks(one: Life, day: date, below: list[str]) -> list[str]:
    found = [f"{one.code} {said}."] if (said := one.says(day)) else []
    if one.header and not one.at(day):
        found.append(_full_code(one.code, day, below))
    return found


def _full_code(code: str, day: date, below: list[str]) -> str:
    """Say which codes below a header may be reported on `day`, or when they may."""
    from codinglab.codes.icd10cm_dates import in_force, life

    if usable := [one for one in below if in_force(one, day)]:
        return f"{code} is a header; a full code below it is needed: {', '.join(usable)}."
    lives = [one for each in below if (one := life(each))]
    told = "; ".join(f"{one.code} {one.says(day)}" for one in lives)
    return f"{code} is a header; no code below it is valid on {day}: {told}."


def show(code: CodeText, on: On = None, as_json: AsJson = False) -> None:
    """Show an ICD-10-CM code on a day: title, days, successors and the notes that govern it.

    JSON: {"code", "on", "title", "title_release", "billable", "in_force", "valid_from",
    "valid_to" (the first day on which it is valid no more), "successor": [codes], "kind",
    "parent", "notes": [{"kind", "text", "from_code"}], "remarks": [text], "source"}. billable: may
    be reported on that day. A header that never was a code is in force while a code below it is.
    Leaves with 1 when no release knows the code. A code of ICD-10-PCS is told as `codes pcs` does.
    Of a CPT or HCPCS code of this lab: {"code", "on", "title", "system", "kind", "global_days",
    "add_on", "pc_tc", "multiple", "bilateral", "assistant", "primaries", "sources", "set",
    "remarks"}; null is what no source at hand says.
    """
    from codinglab.cli.codes_pcs import show_if_pcs
    from codinglab.cli.codes_procedure import procedure_on, show_if_procedure
    from codinglab.codes import icd10cm_dates as dates

    day = _day(on)
    dates.check_day(day)
    one = dates.life(code)
    if one is None:
        show_if_pcs(code, day, as_json=as_json)
        _unknown(code, as_json, show_if_procedure(code, day, as_json=as_json))
    node = dates.text().find(one.code)
    title = dates.title_on(one.code, day)
    notes = dates.text().notes(one.code) if node else ()
    below = [each.code for each in dates.text().billable_below(one.code, 4)] if node else []
    remarks = [*_remarks(one, day, below), *_caveats(day, title, one.code)]
    if "." not in code and not isinstance(alike := procedure_on(code, day), str):
        remarks.insert(
            0,
            f"{alike.code} without a dot is a {alike.system} code too: {alike.label} "
            f"(codinglab codes set {alike.system.lower()} {alike.code}).",
        )
    told = {
        "code": one.code,
        "on": day.isoformat(),
        "title": title.title,
        "title_release": title.release,
        **_header(one, day),
        "valid_from": one.valid_from.isoformat() if one.valid_from else None,
        "valid_to": one.valid_to.isoformat() if one.valid_to else None,
        "successor": list(one.successors),
        "kind": node.kind if node else "code",
        "parent": node.parent if node else None,
        "notes": [{"kind": n.kind, "text": n.text, "from_code": n.from_code} for n in notes],
        "remarks": remarks,
        "source": str(dates.cite(one.code)),
    }
    finish(told, as_json=as_json, text=lambda: _shown(told))


def _shown(told: dict[str, Any]) -> str:
    state = ("" if told["in_force"] else "not ") + f"in force on {told['on']}"
    lines = [
        f"{told['code']}  {told['title'] or '(this lab has no text with its title)'}",
        f"{'billable' if told['billable'] else 'not billable'}, {state}",
    ]
    if told["valid_from"]:
        end = f", until before {told['valid_to']}" if told["valid_to"] else ""
        lines.append(f"valid from {told['valid_from']}{end}")
    lines += told["remarks"]
    lines += [f"  {n['kind']} ({n['from_code']}): {n['text']}" for n in told["notes"]]
    return "\n".join([*lines, f"source: {told['source']}"])


def _branch(node: Code, day: date, depth: int) -> dict[str, Any]:
    from codinglab.codes.icd10cm_dates import in_force, text, title_on

    below = text().children(node.code) if depth else ()
    ranged = node.kind in {"chapter", "block"}
    billable = not ranged and in_force(node.code, day)
    return {
        "code": node.code,
        "title": node.title if ranged else title_on(node.code, day).title,
        "kind": node.kind,
        "billable": billable,
        "in_force": billable or _below_in_force(node, day),
        "below": [_branch(one, day, depth - 1) for one in below],
    }


def _drawn(branch: dict[str, Any], indent: int) -> list[str]:
    mark = "*" if branch["billable"] else " "
    gone = "" if branch["in_force"] else "  (not in force)"
    line = f"{'  ' * indent}{mark}{branch['code']}  {branch['title']}{gone}"
    return [line, *(each for one in branch["below"] for each in _drawn(one, indent + 1))]


def tree(
    code: CodeText,
    on: On = None,
    depth: Annotated[int, typer.Option(min=0, help="How many levels below to show.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Show what stands above and below a code, block or chapter ("Chapter 4"); * is billable.

    JSON: {"on", "release", "above": [{"code", "title", "kind"}] (chapter first), "code", "title",
    "kind", "billable", "in_force" (it or a code below it may be reported that day), "below": [the
    same, to --depth], "remarks": [text]}. Leaves with 1 when the text has no such entry.
    """
    from codinglab.codes import icd10cm_dates as dates

    day = _day(on)
    dates.check_day(day)
    table = dates.text()
    node = table.find(code)
    if node is None:
        _unknown(code, as_json)
    above = [
        {"code": one.code, "title": one.title, "kind": one.kind}
        for one in reversed(table.ancestors(node.code))
    ]
    branch = _branch(node, day, depth)
    lacking = f"The tree is that of the {table.info.release} text; this lab has none for {day}."
    told = {
        "on": day.isoformat(),
        "release": table.info.release,
        "above": above,
        **branch,
        "remarks": [lacking] if day not in table.info.span else [],
    }
    lines = [f"{'  ' * at} {one['code']}  {one['title']}" for at, one in enumerate(above)]
    drawn = [*told["remarks"], *lines, *_drawn(branch, len(above))]
    finish(told, as_json=as_json, text=lambda: "\n".join(drawn))


def _change(one: Change) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "day": one.day.isoformat() if one.day else None,
        "successor": list(one.successors),
        "before": one.before,
    }


def diff(old: YearText, new: YearText, as_json: AsJson = False) -> None:
    """Show the billable codes added, deleted and retitled between two fiscal years.

    Each year is taken as it ended. JSON: {"from", "to", "added", "deleted", "revised"}, each of
    the last three a list of {"code", "title", "day", "successor", "before"}; "revised" is null
    where this lab lacks the text of a year, and "remarks" says so.
    """
    from codinglab.codes.icd10cm_dates import diff as compared
    from codinglab.core.tables import BadData

    if not old < new:
        raise BadData(f"{old} {new}: name the earlier fiscal year first, then a later one")
    found = compared(old, new)
    remark = f"This lab lacks the text of FY{old} or FY{new}, so revised titles are not known."
    told = {
        "from": old,
        "to": new,
        "added": [_change(one) for one in found.added],
        "deleted": [_change(one) for one in found.deleted],
        "revised": None if found.revised is None else [_change(one) for one in found.revised],
        "remarks": [remark] if found.revised is None else [],
    }
    finish(told, as_json=as_json, text=lambda: _differs(told))


def _differs(told: dict[str, Any]) -> str:
    lines = []
    for kind, mark in (("added", "+"), ("deleted", "-")):
        lines.append(f"{len(told[kind]):,} {kind}")
        for one in told[kind]:
            then = f" -> {', '.join(one['successor'])}" if one["successor"] else ""
            lines.append(f"{mark} {one['day']} {one['code']}  {one['title'] or ''}{then}")
    revised = told["revised"]
    lines += [] if revised is None else [f"{len(revised):,} revised titles"]
    lines += [f"~ {one['code']}  {one['before']} -> {one['title']}" for one in revised or ()]
    return "\n".join([*lines, *told["remarks"]])
