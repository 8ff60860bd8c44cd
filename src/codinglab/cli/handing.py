"""`codinglab submit` and `codinglab collect`: hand work in and collect it as ZIP files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from codinglab.cli.report import AsJson, finish


def submit(
    to: Annotated[Path, typer.Option("--to", help="The ZIP file to make.")],
    folder: Annotated[
        Path, typer.Argument(help="The assignment's folder; this one if left out.")
    ] = Path(),
    trainee: Annotated[
        str | None, typer.Option("--as", help="Your id in the class; your login if left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Pack an assignment into a ZIP file for the instructor.

    JSON: {"trainee", "assignment", "timestamp", "path"}.
    """
    import getpass
    from datetime import UTC, datetime

    from codinglab.lab.handover import pack

    done = pack(folder, to, trainee or getpass.getuser(), datetime.now(UTC))
    text = f"{done.path}: {done.assignment} of {done.trainee}. Send this file to your instructor."
    finish(done.as_json(), as_json=as_json, text=lambda: text)


def collect(
    files: Annotated[list[Path], typer.Argument(help="ZIP files made by codinglab submit.")],
    course: Annotated[
        Path | None, typer.Option(help="The course's folder; the usual one if left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put submissions into the course; a damaged file is reported and the others are collected.

    JSON: {"collected": [{"trainee", "assignment", "timestamp", "path"}], "findings": [...]}.
    """
    from codinglab.core.findings import Finding
    from codinglab.core.tables import BadData
    from codinglab.lab.course_folder import default_folder
    from codinglab.lab.handover import collect as collect_file

    target = course or default_folder("instructor")
    collected, findings = [], []
    for file in files:
        try:
            done, found = collect_file(file, target)
        except BadData as error:
            findings.append(Finding("collect.refused", file.name, f"{error}.", "It was left out."))
            continue
        findings += found
        collected += [] if found else [done]
    said = {
        "collected": [one.as_json() for one in collected],
        "findings": [one.as_json() for one in findings],
    }
    lines = [f"{one.trainee}: {one.assignment} collected" for one in collected]
    finish(
        said,
        as_json=as_json,
        text=lambda: "\n".join([*lines, *map(str, findings)]),
        findings=bool(findings),
    )
