"""`codinglab demo`: a simulated class through a whole assignment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.lab.demo import Demo


def demo(
    trainees: Annotated[int, typer.Option(min=1, max=1000, help="How many trainees.")] = 30,
    unit: Annotated[
        str | None, typer.Option(help="The unit they work on; the first graded one if left out.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed makes another class.")] = 1,
    keep: Annotated[
        Path | None, typer.Option(help="Make the course in this new folder, and leave it there.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a course, simulate a class, release, submit, grade, make feedback, and report.

    JSON: {"assignment", "folder", "trainees": [{"id", "score", "max_score"}], "most_missed":
    [{"case", "item", "expected", "missed", "of", "why", "errors"}], "problems": [...],
    "report": {...}, "stages": {name: seconds}}.
    """
    import tempfile

    from codinglab.core.tables import BadData
    from codinglab.lab.demo import as_text

    if keep is not None:
        if keep.exists():
            raise BadData(f"{keep} is there already; name a new folder to keep the course in")
        done = _run(keep, unit, trainees, seed)
        finish(
            done.as_json(),
            as_json=as_json,
            text=lambda: as_text(done),
            findings=not done.result.clean,
        )
    with tempfile.TemporaryDirectory(prefix="codinglab-demo-") as folder:
        done = _run(Path(folder) / "course", unit, trainees, seed)
    finish(
        done.as_json(),
        as_json=as_json,
        text=lambda: as_text(done),
        findings=not done.result.clean,
    )


def _run(folder: Path, unit: str | None, count: int, seed: int) -> Demo:
    from datetime import UTC, datetime

    from rich.console import Console
    from rich.progress import Progress

    from codinglab.course.unit import first_graded
    from codinglab.lab.demo import run

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:
        rows = {}

        def tell(stage: str, done: int, of: int) -> None:
            if stage not in rows:
                rows[stage] = bars.add_task(stage, total=of)
            bars.update(rows[stage], completed=done)

        return run(folder, unit or first_graded(), count, seed, datetime.now(UTC), tell)
