"""`codinglab grade`: mark an assignment without a kernel, into nbgrader's gradebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.lab.grading_result import ClassMarking, TraineeMarking


def grade(
    assignment: Annotated[str, typer.Argument(help="The assignment, as its folder is called.")],
    course: Annotated[
        Path | None, typer.Option(help="The course's folder; the usual one if left out.")
    ] = None,
    student: Annotated[
        list[str] | None, typer.Option(help="Only this trainee; may be given several times.")
    ] = None,
    feedback: Annotated[bool, typer.Option(help="Write the feedback pages too.")] = True,
    as_json: AsJson = False,
) -> None:
    """Mark every submission; write marks, comments, marked notebooks and feedback pages.

    JSON: {"assignment", "use", "trainees": [{"id", "status", "score", "max_score",
    "seconds_late", "cases": [{"case", "points", "max_points"}], "problems": [...]}],
    "report": {"assignment", "marked", "spread", "most_missed", "over_coded", "minutes"}}.
    """
    from codinglab.lab.class_report import as_text, class_report
    from codinglab.lab.course_folder import default_folder

    folder = course or default_folder("instructor")
    result = _graded(folder, assignment, student)
    if feedback:
        from codinglab.lab.feedback import write_feedback

        write_feedback(folder, result)
    report = class_report(folder, result)
    finish(
        {**result.as_json(), "report": report.as_json()},
        as_json=as_json,
        text=lambda: f"{_text(result)}\n\n{as_text(report)}",
        findings=not result.clean,
    )


def _graded(folder: Path, assignment: str, only: list[str] | None) -> ClassMarking:
    """Grade with a progress bar where somebody watches."""
    from rich.console import Console
    from rich.progress import Progress, TextColumn

    from codinglab.lab.grading import grade_assignment

    console = Console(stderr=True)
    columns = (TextColumn("marking"), TextColumn("{task.completed} done, {task.description}"))
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("...", total=None)

        def done(student: str) -> None:
            bar.update(task, advance=1, description=student)

        return grade_assignment(folder, assignment, only=only, progress=done)


def _text(result: ClassMarking) -> str:
    lines = [line for one in result.trainees for line in _lines(one)]
    return "\n".join(lines) or f"nobody has submitted {result.assignment} yet"


def _lines(one: TraineeMarking) -> list[str]:
    score = "not marked" if one.score is None else f"{one.score:g} of {one.max_score:g}"
    return [f"{one.id}: {score}", *(f"  {problem}" for problem in one.problems)]
