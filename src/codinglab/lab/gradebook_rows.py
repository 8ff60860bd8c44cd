"""One assignment of nbgrader's gradebook, read whole: six queries, however large the class.

Rows are plain dictionaries of the tables of nbgrader's models. Nothing here changes after it is
read, so that it says what stood before a run even where a savepoint was rolled back.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from codinglab.lab.gradebook_models import models
from codinglab.lab.gradebook_session import GradebookError
from codinglab.lab.submission_source import Source

Row = dict[str, Any]
ByCell = dict[str, Row]  # id of a cell -> row


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that nbgrader grades or comments on."""

    id: str
    name: str
    notebook: str
    max_score: float | None
    graded: bool
    commented: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What the gradebook holds of a submission, by the ids of its mark and answer cells.

    `automatic` are the points the marking gave, `points` those that stand after manual changes,
    `comments` what a human wrote.
    """

    score: float
    penalty: float
    automatic: dict[str, float | None]
    points: dict[str, float]
    comments: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Book:
    """An assignment: its row, its notebooks' ids, the cells, and every submission's rows.

    `own` is the id of the assignment's one notebook of its own name.
    """

    connection: Any
    assignment: Row
    notebooks: tuple[str, ...]
    own: str
    cells: tuple[Cell, ...]
    students: set[str] = field(default_factory=set)
    submissions: dict[str, Row] = field(default_factory=dict)  # by student
    parts: dict[tuple[str, str], Row] = field(default_factory=dict)  # (submission, notebook)
    grades: defaultdict[str, ByCell] = field(default_factory=lambda: defaultdict(dict))  # by part
    comments: defaultdict[str, ByCell] = field(default_factory=lambda: defaultdict(dict))

    @property
    def named(self) -> dict[str, Cell]:
        """Return the cells of the assignment's own notebook by their names."""
        return {cell.name: cell for cell in self.cells if cell.notebook == self.own}

    def standing(self, student: str) -> Standing | None:
        """Return what was held of `student`, or None where nothing was ever marked."""
        submission = self.submissions.get(student)
        part = self.parts.get((submission["id"], self.own)) if submission else None
        if part is None:
            return None
        names = {cell.id: name for name, cell in self.named.items()}
        grades = {names[cell]: row for cell, row in self.grades[part["id"]].items()}
        comments = {names[cell]: row for cell, row in self.comments[part["id"]].items()}
        if all(
            row["auto_score"] is None and row["manual_score"] is None for row in grades.values()
        ):
            return None
        penalty = float(part["late_submission_penalty"] or 0.0)
        points = {name: score(row) for name, row in grades.items()}
        return Standing(
            score=sum(points.values()) - penalty,
            penalty=penalty,
            automatic={name: row["auto_score"] for name, row in grades.items()},
            points=points,
            comments={name: row["manual_comment"] for name, row in comments.items()},
        )


def score(grade: Row) -> float:
    """Return what a grade row counts, as nbgrader reckons it: manual before automatic."""
    manual = grade["manual_score"]
    base = grade["auto_score"] if manual is None else manual
    return 0.0 if base is None else float(base + (grade["extra_credit"] or 0.0))


def table(model: str) -> Any:
    """Return the table of one of nbgrader's models."""
    return getattr(models(), model).__table__


def open_book(connection: Any, source: Source) -> Book:
    """Return the assignment `source` in the gradebook.

    Raises GradebookError when it is not there, or was generated from another source notebook.
    """
    name, assignment = source.assignment, table("Assignment")
    found = _rows(connection, assignment.select().where(assignment.c.name == name))
    if not found:
        raise GradebookError(
            f"assignment {name} is not in the gradebook; run 'nbgrader generate_assignment {name}'"
        )
    notebook = table("Notebook")
    mine = notebook.c.assignment_id == found[0]["id"]
    notebooks = {row["name"]: row["id"] for row in _rows(connection, notebook.select().where(mine))}
    cells = tuple(_cells(connection, mine))
    book = Book(connection, found[0], tuple(notebooks.values()), notebooks.get(name, ""), cells)
    _check(source, book.named)
    _read(book)
    return book


def _rows(connection: Any, query: Any) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]


def _cells(connection: Any, mine: Any) -> list[Cell]:
    from sqlalchemy import func, select

    base, grade, task = table("BaseCell"), table("GradeCell"), table("TaskCell")
    worth = func.coalesce(grade.c.max_score, task.c.max_score)
    joined = base.join(table("Notebook")).outerjoin(grade).outerjoin(task)
    query = select(base.c.id, base.c.name, base.c.notebook_id, base.c.type, worth).select_from(
        joined
    )
    return [
        Cell(name, title, notebook, points, kind != "SolutionCell", kind != "GradeCell")
        for name, title, notebook, kind, points in connection.execute(query.where(mine))
    ]


def _check(source: Source, cells: dict[str, Cell]) -> None:
    """Say so where the gradebook knows other cells or points than the source has."""
    for case in source.cases:
        points = cells[case.mark_id].max_score if case.mark_id in cells else None
        if points != case.points or case.answer_id not in cells:
            again = f"run 'nbgrader generate_assignment --force {source.assignment}'"
            raise GradebookError(
                f"the gradebook has {points} points for {case.slug}, the source notebook "
                f"{case.points}; {again}"
            )


def _read(book: Book) -> None:
    """Read every submission's rows."""
    from sqlalchemy import select

    student, submission, part = map(table, ("Student", "SubmittedAssignment", "SubmittedNotebook"))
    mine = submission.c.assignment_id == book.assignment["id"]
    book.students.update(book.connection.scalars(select(student.c.id)))
    for row in _rows(book.connection, submission.select().where(mine)):
        book.submissions[row["student_id"]] = row
    parts = select(part).select_from(part.join(submission)).where(mine)
    for row in _rows(book.connection, parts):
        book.parts[row["assignment_id"], row["notebook_id"]] = row
    for model, rows in (("Grade", book.grades), ("Comment", book.comments)):
        one = table(model)
        query = select(one).select_from(one.join(part).join(submission)).where(mine)
        for row in _rows(book.connection, query):
            rows[row["notebook_id"]][row["cell_id"]] = row
