"""`codinglab build`: make the notebooks from units and cases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from codinglab.cli.report import AsJson, finish


def build(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; say which notebooks are not up to date.")
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option("--to", help="Where to write; the checkout's notebooks/ if left out."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Build the source notebook of every unit.

    JSON: {"folder", "units": [slug], "changed": [slug], "written": true or false}.
    """
    from codinglab.core.places import checkout
    from codinglab.course.unit import unit_slugs
    from codinglab.lab.build import stale, write

    target = folder or checkout() / "notebooks"
    changed = stale(target) if check else write(target)
    said = "not up to date: run codinglab build" if check else "written"
    units = list(unit_slugs())
    finish(
        {"folder": str(target), "units": units, "changed": list(changed), "written": not check},
        as_json=as_json,
        text=lambda: (
            "\n".join(f"{slug}: {said}" for slug in changed)
            or f"{len(units)} notebooks are up to date"
        ),
        findings=check and bool(changed),
    )
