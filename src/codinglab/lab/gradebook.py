"""Write marks and comments into nbgrader's gradebook, a submission at a time.

The tables of its models are used, not its API, which commits inside each call. What a human wrote
(manual scores, extra credit, manual comments) is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from codinglab.lab.gradebook_late import Penalty
from codinglab.lab.gradebook_models import models
from codinglab.lab.gradebook_rows import Book, Cell, Row, score, table


@dataclass(frozen=True, slots=True)
class CellMark:
    """What to write for one case: its points for the mark cell, its comment for the answer cell."""

    mark_id: str
    answer_id: str
    points: float
    comment: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the gradebook holds of a submission: the score after manual changes and penalty."""

    score: float
    seconds_late: float


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one submission: itself, its own notebook's, and that one's grades, comments."""

    submission: Row
    part: Row
    grades: dict[str, Row]
    comments: dict[str, Row]


def record(
    book: Book,
    student: str,
    timestamp: datetime | None,
    marks: Iterable[CellMark],
    penalty: Penalty,
) -> Recorded:
    """Write the marks of one submission, whose rows are made where they are missing.

    To be called inside a savepoint. A time is written only where there is one, as nbgrader does.
    """
    rows = _existing(book, student) or _made(book, student)
    named = book.named
    for one in marks:
        _write(book.connection, rows, named[one.mark_id], named[one.answer_id], one)
    when = rows.submission["timestamp"] if timestamp is None else timestamp
    late = _seconds_late(when, book.assignment["duedate"], rows.submission["extension"])
    total = float(sum(map(score, rows.grades.values())))
    off = penalty(student, total, late) if late else None
    _update(book.connection, "SubmittedAssignment", rows.submission, {"timestamp": when})
    _update(book.connection, "SubmittedNotebook", rows.part, {"late_submission_penalty": off})
    return Recorded(total - (off or 0.0), late)


def _existing(book: Book, student: str) -> _Rows | None:
    """Return copies of the rows of `student`, so that the book keeps what stood before."""
    submission = book.submissions.get(student)
    if submission is None:
        return None
    part = book.parts[submission["id"], book.own]
    grades = {name: dict(row) for name, row in book.grades[part["id"]].items()}
    comments = {name: dict(row) for name, row in book.comments[part["id"]].items()}
    return _Rows(dict(submission), dict(part), grades, comments)


def _made(book: Book, student: str) -> _Rows:
    """Make the rows that nbgrader expects of a submission, for every notebook and cell."""
    new_id = models().new_uuid
    if student not in book.students:
        _insert(book.connection, "Student", [{"id": student}])
    submission = {
        "id": new_id(),
        "assignment_id": book.assignment["id"],
        "student_id": student,
        "timestamp": None,
        "extension": None,
    }
    parts = {
        notebook: {
            "id": new_id(),
            "assignment_id": submission["id"],
            "notebook_id": notebook,
            "late_submission_penalty": None,
        }
        for notebook in book.notebooks
    }
    grades = [_grade(cell, parts[cell.notebook]) for cell in book.cells if cell.graded]
    comments = [_comment(cell, parts[cell.notebook]) for cell in book.cells if cell.commented]
    _insert(book.connection, "SubmittedAssignment", [submission])
    _insert(book.connection, "SubmittedNotebook", list(parts.values()))
    _insert(book.connection, "Grade", grades)
    _insert(book.connection, "Comment", comments)
    own = parts[book.own]
    mine = [
        {row["cell_id"]: row for row in rows if row["notebook_id"] == own["id"]}
        for rows in (grades, comments)
    ]
    return _Rows(submission, own, *mine)


def _of(cell: Cell, part: Row) -> Row:
    return {"id": models().new_uuid(), "cell_id": cell.id, "notebook_id": part["id"]}


def _grade(cell: Cell, part: Row) -> Row:
    scores = {"auto_score": None, "manual_score": None, "extra_credit": None}
    return {**_of(cell, part), **scores, "needs_manual_grade": True}


def _comment(cell: Cell, part: Row) -> Row:
    return {**_of(cell, part), "auto_comment": None, "manual_comment": None}


def _write(connection: Any, rows: _Rows, mark: Cell, answer: Cell, one: CellMark) -> None:
    """Write one case's points and comment.

    A manual score stands; but where the work under it changed, a human should look again.
    """
    grade = rows.grades[mark.id]
    look = grade["auto_score"] != one.points or bool(grade["needs_manual_grade"])
    needed = grade["manual_score"] is not None and look
    marked = {"auto_score": float(one.points), "needs_manual_grade": needed}
    _update(connection, "Grade", grade, marked)
    _update(connection, "Comment", rows.comments[answer.id], {"auto_comment": one.comment})


def _insert(connection: Any, model: str, rows: list[Row]) -> None:
    if rows:
        connection.execute(table(model).insert(), rows)


def _update(connection: Any, model: str, row: Row, values: Row) -> None:
    """Write those `values` that the row does not hold yet."""
    changed = {name: value for name, value in values.items() if row[name] != value}
    if changed:
        one = table(model)
        connection.execute(one.update().where(one.c.id == row["id"]), changed)
        row.update(changed)


def _seconds_late(
    timestamp: datetime | None, due: datetime | None, extension: timedelta | None
) -> float:
    if timestamp is None or due is None:
        return 0.0
    return float(max(0.0, (timestamp - (due + extension if extension else due)).total_seconds()))
