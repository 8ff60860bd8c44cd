"""A trainee's submission: the notebook as handed in, the answers in it, and what is odd."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from codinglab.core.findings import Finding, Severity
from codinglab.lab.submission_answers import Answer, find_answers
from codinglab.lab.submission_cells import check_cells
from codinglab.lab.submission_notebook import BadNotebook, Cell, problem, read_notebook
from codinglab.lab.submission_source import Source, notebook_path
from codinglab.lab.submission_time import TIMESTAMP, submitted_at


@dataclass(frozen=True, slots=True)
class Submission:
    """A readable submission: its cells, one answer for each case, when it came, what is odd."""

    student: str
    folder: Path
    cells: tuple[Cell, ...]
    answers: tuple[Answer, ...]
    timestamp: datetime | None
    problems: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A submission that cannot be read at all, and why."""

    student: str
    problems: tuple[Finding, ...]


def students(course: Path, assignment: str) -> tuple[str, ...]:
    """Return who handed in `assignment`, sorted."""
    found = (course / "submitted").glob(f"*/{assignment}")
    return tuple(sorted(one.parent.name for one in found if one.is_dir()))


def read_submission(course: Path, source: Source, student: str) -> Submission | Unreadable:
    """Return the submission of `student`, or why there is none to mark; never raises for a file."""
    path = notebook_path(course, "submitted", student, source.assignment)
    try:
        cells = tuple(read_notebook(path)["cells"])
    except BadNotebook as error:
        message, _, remedy = str(error).rpartition("; ")
        said = problem("unreadable", path.name, f"{message}.", f"{remedy}.", Severity.ERROR)
        return Unreadable(student, (said,))
    answers, odd = find_answers(source, cells)
    timestamp, late = _time(path.parent)
    problems = (*odd, *check_cells(source, cells), *late)
    return Submission(student, path.parent, cells, answers, timestamp, problems)


def _time(folder: Path) -> tuple[datetime | None, tuple[Finding, ...]]:
    try:
        return submitted_at(folder), ()
    except ValueError as error:
        message, _, remedy = str(error).rpartition("; ")
        return None, (problem("time", TIMESTAMP, f"{message}.", f"{remedy}."),)
