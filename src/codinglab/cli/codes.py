"""`codinglab codes ...`: look into the code sets; one module a verb."""

from __future__ import annotations

import typer

from codinglab.cli import (
    codes_forget,
    codes_icd10cm,
    codes_import,
    codes_index,
    codes_list,
    codes_notes,
    codes_pcs,
    codes_prepare,
    codes_search,
    codes_set,
)

app = typer.Typer(help="Look into the code sets.", rich_markup_mode=None)
app.command("list")(codes_list.list_sets)
app.command("set")(codes_set.show_set)
app.command("search")(codes_search.search)
app.command("index")(codes_index.index)
app.command("import")(codes_import.import_file)
app.command("forget")(codes_forget.forget)
app.command("kinds")(codes_import.list_kinds)
app.command("prepare")(codes_prepare.prepare)
app.command("notes")(codes_notes.notes)
app.command("show")(codes_icd10cm.show)
app.command("pcs")(codes_pcs.pcs)
app.command("tree")(codes_icd10cm.tree)
app.command("diff")(codes_icd10cm.diff)


@app.callback()
def codes() -> None:
    """Look into the code sets."""
