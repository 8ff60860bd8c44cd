"""`codinglab lab`: make or reuse a folder, and open JupyterLab in it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from codinglab.cli.report import AsJson, finish

_READY = "It is ready in a few seconds. Ctrl+C stops it."


def lab(  # noqa: PLR0913, PLR0917  one argument for each option
    role: Annotated[
        Literal["trainee", "instructor"], typer.Option(help="Who works here.")
    ] = "trainee",
    course: Annotated[
        Path | None, typer.Option(help="The folder to work in; one in your home if left out.")
    ] = None,
    exchange: Annotated[
        Path | None,
        typer.Option(help="The class's exchange folder; inside the course if left out."),
    ] = None,
    port: Annotated[int | None, typer.Option(help="The port; a free one if left out.")] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    start: Annotated[
        bool, typer.Option(help="Start the server, or only prepare the folder.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Open the lab. Nothing that is already in the folder is overwritten.

    JSON: {"role", "folder", "exchange", "welcome"}, and "url" when the lab starts.
    """
    from codinglab.lab.course_folder import default_folder, prepare
    from codinglab.lab.server import free_port, serve, write_settings

    place = prepare(role, course or default_folder(role), exchange)
    said = {
        "role": role,
        "folder": str(place.folder),
        "exchange": str(place.exchange),
        "welcome": place.welcome,
    }

    def say(url: str) -> None:
        text = f"codinglab ({role}) in {place.folder}\nOpen {url}\n{_READY}"
        print(json.dumps({**said, "url": url}) if as_json else text, flush=True)  # noqa: T201  output

    if start:
        _compile()
        serve(place, port=port or free_port(), browser=browser and _has_screen(), say=say)
    write_settings(place)
    finish(said, as_json=as_json, text=lambda: f"{role}'s folder is ready: {place.folder}")


def _compile() -> None:
    """Compile what a notebook opens, where a terminal can tell how far it is: no notebook does."""
    if not sys.stderr.isatty():
        return
    from codinglab.cli.codes_search import newest_day
    from codinglab.codes.alphabetic_index import all_books
    from codinglab.codes.icd10cm import open_table

    day = newest_day()
    open_table(day)
    all_books(day)


def _has_screen() -> bool:
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
