"""`codinglab codes import KIND FILE...`: official files into the user's data folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.codes.importers.run import ImportReport


def import_file(  # noqa: PLR0913  one argument for each option
    kind: Annotated[str, typer.Argument(help="The format; `codinglab codes kinds` lists them.")],
    files: Annotated[list[Path], typer.Argument(help="Text, gzip or zip files of one release.")],
    *,
    release: Annotated[str, typer.Option(help="The release's name, as in 2026 or 2026-Q2.")],
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="Its first day; else by its name."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option("--to", formats=["%Y-%m-%d"], help="The day after its last."),
    ] = None,
    accept_licence: Annotated[
        bool, typer.Option("--accept-licence", help="You or your site hold the licence needed.")
    ] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="Keep the good rows of a file that is not whole.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Import official files as one release of a code set; exit code 1 says that rows were rejected.

    A damaged or wrong file changes nothing; the same file twice is "already there".

    JSON: {"set", "release", "effective_from", "effective_to", "licence", "folder",
    "already_there", "files": {name: sha256}, "rows": {table: number}, "rows_read", "rows_kept",
    "rows_rejected", "left_out": {reason: number}, "rejected": [{"file", "line", "reason"}]}.
    """
    from codinglab.codes.importers.run import run

    with _bar(f"Importing {kind}") as progress:
        done = run(
            kind,
            files,
            release,
            start=_day(first),
            end=_day(until),
            accept_licence=accept_licence,
            partial=partial,
            progress=progress,
        )
    finish(
        done.as_json(),
        as_json=as_json,
        text=lambda: _text(done),
        findings=bool(done.tally.rejections),
    )


def list_kinds(as_json: AsJson = False) -> None:
    """List the formats that can be imported.

    JSON: [{"kind", "title", "layout", "tables", "licence", "needs_acceptance"}].
    """
    from codinglab.codes.importers.kinds import KINDS

    told = [
        {
            "kind": one.name,
            "title": one.title,
            "layout": one.layout,
            "tables": list(one.tables),
            "licence": one.licence,
            "needs_acceptance": one.needs_acceptance,
        }
        for one in KINDS
    ]
    lines = [
        f"{one.name}: {one.title}" + (", --accept-licence" if one.needs_acceptance else "")
        for one in KINDS
    ]
    finish(told, as_json=as_json, text=lambda: "\n".join(lines))


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """Show progress on standard error where somebody watches."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task(title)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def _text(done: ImportReport) -> str:
    info, tally = done.info, done.tally
    rows = ", ".join(f"{number:,} rows in {table}" for table, number in info.rows.items())
    name = f"{info.set} {info.release} ({info.span})"
    if done.already_there:
        return f"{name}: already there, {rows}; nothing to do"
    lines = [
        f"{name}: {rows}; {tally.read:,} read, {tally.rejections:,} rejected",
        *(f"  left out {number:,}: {reason}" for reason, number in tally.left_out.items()),
        *(f"  rejected {one}" for one in tally.rejected),
        f"  licence: {info.licence}",
        f"  in {done.folder}",
    ]
    return "\n".join(lines)
