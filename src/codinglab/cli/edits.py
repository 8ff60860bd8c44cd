"""`codinglab edits`: the rules by which an encounter is judged, and the page of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.edits.rule import Edit

_Name = Annotated[str, typer.Argument(help="The id of one edit; all of them when left out.")]
_Family = Annotated[str | None, typer.Option(help="Only edits of this family, such as modifier.")]
_Setting = Annotated[
    str | None,
    typer.Option(help="Only edits for this setting: professional, outpatient, inpatient."),
]
_Payer = Annotated[
    str | None, typer.Option(help="Only edits that hold for this payer, such as Medicare.")
]


def edits(
    name: _Name = "",
    family: _Family = None,
    setting: _Setting = None,
    payer: _Payer = None,
    as_json: AsJson = False,
) -> None:
    """List the edits, or print the page of one: what it judges, why, its source and examples.

    JSON: [{"id", "title", "family", "settings", "payer", "contested", "source", "needs"}]; of one
    edit the same and {"page", "lesson", "examples": [{"kind", "name", "why", "on", "setting",
    "payer", "worksheet", "finds", "not_in_force"}]}.
    """
    from codinglab.edits.catalog import EDITS, find_edit

    if name:
        try:
            told = _of_editor(name) if name.startswith("mce.") else _whole(find_edit(name))
        except LookupError as error:
            raise typer.BadParameter(str(error.args[0])) from None
        finish(told, as_json=as_json, text=lambda: _page(told))
    chosen = [one for one in EDITS if _fits(one, family, setting, payer)]
    if not chosen:
        known = ", ".join(dict.fromkeys(one.family for one in EDITS))
        raise typer.BadParameter(f"no edit is like that; the families are: {known}")
    rows = [_row(one) for one in chosen]
    finish(rows, as_json=as_json, text=lambda: _list(rows))


def _fits(one: Edit, family: str | None, setting: str | None, payer: str | None) -> bool:
    return (
        family in {None, one.family}
        and (setting is None or setting in one.settings)
        and (payer is None or one.payer in {"", payer})
    )


def _row(one: Edit) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "family": one.family,
        "settings": list(one.settings),
        "payer": one.payer,
        "contested": one.contested,
        "source": one.source,
        "needs": list(one.needs),
    }


def _whole(one: Edit) -> dict[str, Any]:
    from codinglab.course.edit_examples import edit_file, examples

    return _row(one) | {
        "page": one.page,
        "lesson": " ".join(edit_file(one.id).lesson.split()),
        "examples": [
            {
                "kind": each.kind,
                "name": each.name,
                "why": each.why,
                "on": each.encounter.on.isoformat(),
                "setting": each.encounter.setting,
                "payer": each.encounter.payer,
                "worksheet": each.encounter.worksheet,
                "finds": list(each.finds),
                "not_in_force": each.not_in_force,
            }
            for each in examples(one.id)
        ],
    }


def _of_editor(name: str) -> dict[str, Any]:
    """Return the page of an edit of the Medicare Code Editor; raises LookupError for no such."""
    from codinglab.grouping.mce import MANUAL
    from codinglab.grouping.mce_words import PAGES

    pages = {one.id: one for one in PAGES.values()}
    if name not in pages:
        raise LookupError(
            f"there is no edit {name!r}; those of the code editor: {', '.join(pages)}"
        )
    title = f"{pages[name].says[:1].upper()}{pages[name].says[1:]}."
    return {
        "id": name,
        "title": title,
        "family": "code editor",
        "settings": ["inpatient"],
        "payer": "Medicare",
        "contested": "",
        "source": MANUAL,
        "needs": [],
        "page": f"{title}\n\n{pages[name].remedy}",
        "lesson": "A claim on which the code editor finds an error is not paid as it stands.",
        "examples": [],
    }


def _list(rows: list[dict[str, Any]]) -> str:
    width = max(len(row["id"]) for row in rows)
    lines: list[str] = []
    for family in dict.fromkeys(row["family"] for row in rows):
        lines.append(family)
        lines += [
            f"  {row['id']:{width}}  {row['title']}{_whose(row)}"
            for row in rows
            if row["family"] == family
        ]
    return "\n".join([*lines, f"{len(rows)} edits; codinglab edits ID prints the page of one."])


def _whose(row: dict[str, Any]) -> str:
    """Return for whose claims the rule is made where that is not everybody's, in brackets."""
    from codinglab.encounter.circumstances import SETTINGS

    whose = [] if len(row["settings"]) == len(SETTINGS) else row["settings"]
    said = [*whose, *([row["payer"]] if row["payer"] else [])]
    said += ["contested"] if row["contested"] else []
    return f" ({', '.join(said)})" if said else ""


def _page(told: dict[str, Any]) -> str:
    payer = told["payer"] or "every payer"
    lines = [
        f"{told['id']} ({told['family']}; {', '.join(told['settings'])}; {payer})",
        "",
        told["page"],
        "",
        f"Why: {told['lesson']}",
        "",
        f"Source: {told['source']}",
    ]
    lines += [f"Contested: {told['contested']}"] if told["contested"] else []
    lines += [f"Needs: {', '.join(told['needs'])}"] if told["needs"] else []
    for each in told["examples"]:
        lines += ["", *_example(each)]
    return "\n".join(lines)


def _example(each: dict[str, Any]) -> list[str]:
    found = ", ".join(each["finds"]) or "nothing"
    verdict = "refuses the day" if each["not_in_force"] else f"finds {found}"
    why = f" {' '.join(each['why'].split())}" if each["why"] else ""
    head = f"Example, {each['on']}, {each['setting']}: {each['name']}: {verdict}.{why}"
    return [head, *(f"    {line}" for line in each["worksheet"].splitlines())]
