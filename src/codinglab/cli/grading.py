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
    "seconds_late", "cases": [{"case", "points", "max_points"}], "problems": [...]}]}.
    """
    from codinglab.lab.course_folder import default_folder
    from codinglab.lab.grading import grade_assignment

    folder = course or default_folder("instructor")
    result = grade_assignment(folder, assignment, only=student)
    if feedback:
        from codinglab.lab.feedback import write_feedback

        write_feedback(folder, result)
    finish(
        result.as_json(),
        as_json=as_json,
        text=lambda: _text(result),
        findings=not result.clean,
    )


def _text(result: ClassMarking) -> str:
    lines = [line for one in result.trainees for line in _lines(one)]
    return "\n".join(lines) or f"nobody has submitted {result.assignment} yet"


def _lines(one: TraineeMarking) -> list[str]:
    score = "not marked" if one.score is None else f"{one.score:g} of {one.max_score:g}"
    return [f"{one.id}: {score}", *(f"  {problem}" for problem in one.problems)]
