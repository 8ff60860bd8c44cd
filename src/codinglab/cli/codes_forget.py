"""`codinglab codes forget SET RELEASE`: take an imported release away again."""

from __future__ import annotations

from typing import Annotated

import typer

from codinglab.cli.report import AsJson, finish


def forget(
    name: Annotated[str, typer.Argument(metavar="SET", help="An imported set: hcpcs_level2.")],
    release: Annotated[str, typer.Argument(help="Its release, as `codinglab codes list` says.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove an imported release from your data folder, after a question.

    What came with the installation is never removed. JSON: {"set", "release", "folder",
    "removed"}; leaves with 2 when it was not imported.
    """
    from codinglab.codes.importers.remove import imported, remove

    found = imported(name, release)
    span, folder = found.info.span, found.folder
    agreed = yes or typer.confirm(f"Remove {found} ({span}) in {folder}?", err=as_json)
    if agreed:
        remove(found)
    finish(
        {
            "set": found.info.set,
            "release": found.info.release,
            "folder": str(folder),
            "removed": agreed,
        },
        as_json=as_json,
        text=lambda: f"{found} was removed." if agreed else "Nothing was removed.",
    )
