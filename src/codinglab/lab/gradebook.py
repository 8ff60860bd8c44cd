"""nbgrader's gradebook: marks and comments of a whole class in one transaction.

Its models are used, not its API, which commits inside each call. What a human wrote (manual
scores, extra credit, manual comments) is never touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from codinglab.lab.gradebook_late import Penalty, no_penalty
from codinglab.lab.gradebook_models import models
from codinglab.lab.gradebook_session import GradebookError
from codinglab.lab.submission_source import Source

Rows = defaultdict[str, dict[str, Any]]  # id of a submitted notebook -> id of a cell -> row


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


@dataclass(slots=True)
class Book:
    """One assignment in the gradebook, with all its rows read at once."""

    session: Any
    assignment: Any
    notebooks: list[Any]
    cells: dict[str, dict[str, Any]]  # notebook id -> cell id -> cell
    submissions: dict[str, Any] = field(default_factory=dict)  # by student
    grades: Rows = field(default_factory=lambda: defaultdict(dict))
    comments: Rows = field(default_factory=lambda: defaultdict(dict))
    parts: dict[tuple[str, str], Any] = field(default_factory=dict)  # (submission, notebook)
    known: set[str] = field(default_factory=set)

    def record(
        self,
        student: str,
        timestamp: datetime | None,
        marks: Iterable[CellMark],
        penalty: Penalty = no_penalty,
    ) -> Recorded:
        """Write the marks of one submission; to be called inside a savepoint."""
        submission = self._submission(student)
        if timestamp is not None:
            submission.timestamp = timestamp
        part = self._part(submission)
        for one in marks:
            self._write(part, one)
        return self._close(submission, part, penalty)

    def _submission(self, student: str) -> Any:
        """Return the submission of `student`, made with all its rows where it is new."""
        api = models()
        if student not in self.known:
            self.session.add(api.Student(id=student))
        if student in self.submissions:
            return self.submissions[student]
        made = api.SubmittedAssignment(
            id=api.new_uuid(), assignment_id=self.assignment.id, student_id=student
        )
        self.session.add(made)
        for notebook in self.notebooks:
            part = api.SubmittedNotebook(
                id=api.new_uuid(), assignment_id=made.id, notebook_id=notebook.id
            )
            self.session.add(part)
            self.parts[made.id, notebook.id] = part
            for cell in self.cells[notebook.id].values():
                self._rows(part, cell)
        return made

    def _rows(self, part: Any, cell: Any) -> None:
        """Make the rows that nbgrader expects for `cell`: a grade, a comment, or both."""
        api = models()
        row = {"cell_id": cell.id, "notebook_id": part.id}
        if not isinstance(cell, api.SolutionCell):
            self.grades[part.id][cell.id] = api.Grade(id=api.new_uuid(), **row)
            self.session.add(self.grades[part.id][cell.id])
        if not isinstance(cell, api.GradeCell):
            self.comments[part.id][cell.id] = api.Comment(id=api.new_uuid(), **row)
            self.session.add(self.comments[part.id][cell.id])

    def _part(self, submission: Any) -> Any:
        return self.parts[submission.id, self._own.id]

    @property
    def _own(self) -> Any:
        return next(one for one in self.notebooks if one.name == self.assignment.name)

    def _write(self, part: Any, mark: CellMark) -> None:
        cells = self.cells[self._own.id]
        grade = self._row(self.grades, part, cells[mark.mark_id])
        look = grade.auto_score != mark.points or bool(grade.needs_manual_grade)
        grade.auto_score = float(mark.points)
        # A manual score stands; but where the work under it changed, a human should look again.
        grade.needs_manual_grade = grade.manual_score is not None and look
        self._row(self.comments, part, cells[mark.answer_id]).auto_comment = mark.comment

    def _row(self, rows: Rows, part: Any, cell: Any) -> Any:
        if cell.id not in rows[part.id]:
            self._rows(part, cell)
        return rows[part.id][cell.id]

    def _close(self, submission: Any, part: Any, penalty: Penalty) -> Recorded:
        """Set the late penalty and return what the gradebook now says."""
        late = _seconds_late(submission.timestamp, self.assignment.duedate, submission.extension)
        score = self.score_of(part)
        part.late_submission_penalty = penalty(submission.student_id, score, late) if late else None
        return Recorded(score - (part.late_submission_penalty or 0.0), late)

    def earlier_score(self, student: str) -> float | None:
        """Return the score of an earlier submission, or None where none was ever marked."""
        standing = self.standing(student)
        return standing.score if standing else None

    def standing(self, student: str) -> Standing | None:
        """Return what the gradebook holds of `student`, or None where nothing was ever marked."""
        submission = self.submissions.get(student)
        if submission is None:
            return None
        part = self._part(submission)
        names = {cell.id: name for name, cell in self.cells[self._own.id].items()}
        grades = {names[cell]: grade for cell, grade in self.grades[part.id].items()}
        comments = {names[cell]: row for cell, row in self.comments[part.id].items()}
        if all(one.auto_score is None and one.manual_score is None for one in grades.values()):
            return None
        penalty = float(part.late_submission_penalty or 0.0)
        return Standing(
            score=self.score_of(part) - penalty,
            penalty=penalty,
            automatic={name: one.auto_score for name, one in grades.items()},
            points={name: _score(one) for name, one in grades.items()},
            comments={name: one.manual_comment for name, one in comments.items()},
        )

    def score_of(self, part: Any) -> float:
        """Return the score of a submitted notebook as nbgrader sums it: manual before automatic."""
        return float(sum(map(_score, self.grades[part.id].values())))


def open_book(session: Any, source: Source) -> Book:
    """Return the assignment `source` in the gradebook.

    Raises GradebookError when it is not there, or was generated from another source notebook.
    """
    from sqlalchemy import select

    api = models()
    name = source.assignment
    assignment = session.scalar(select(api.Assignment).where(api.Assignment.name == name))
    if assignment is None:
        raise GradebookError(
            f"assignment {name} is not in the gradebook; run 'nbgrader generate_assignment {name}'"
        )
    mine = api.Notebook.assignment_id == assignment.id
    notebooks = list(session.scalars(select(api.Notebook).where(mine)))
    cells = {one.id: {cell.name: cell for cell in _cells(one)} for one in notebooks}
    _check(source, {one.name: cells[one.id] for one in notebooks}.get(name, {}))
    book = Book(session, assignment, notebooks, cells)
    _read_rows(book)
    return book


def _cells(notebook: Any) -> list[Any]:
    return [*notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells]


def _check(source: Source, cells: dict[str, Any]) -> None:
    """Say so where the gradebook knows other cells or points than the source has."""
    for case in source.cases:
        points = getattr(cells.get(case.mark_id), "max_score", None)
        if points != case.points or case.answer_id not in cells:
            again = f"run 'nbgrader generate_assignment --force {source.assignment}'"
            raise GradebookError(
                f"the gradebook has {points} points for {case.slug}, the source notebook "
                f"{case.points}; {again}"
            )


def _read_rows(book: Book) -> None:
    """Read every row of the assignment in five queries, however large the class."""
    from sqlalchemy import select

    api, session = models(), book.session
    mine = api.SubmittedAssignment.assignment_id == book.assignment.id
    book.known.update(session.scalars(select(api.Student.id)))
    for one in session.scalars(select(api.SubmittedAssignment).where(mine)):
        book.submissions[one.student_id] = one
    parts = select(api.SubmittedNotebook).join(api.SubmittedAssignment).where(mine)
    for one in session.scalars(parts):
        book.parts[one.assignment_id, one.notebook_id] = one
    for model, rows in ((api.Grade, book.grades), (api.Comment, book.comments)):
        found = select(model).join(api.SubmittedNotebook).join(api.SubmittedAssignment)
        for one in session.scalars(found.where(mine)):
            rows[one.notebook_id][one.cell_id] = one


def _score(grade: Any) -> float:
    base = grade.auto_score if grade.manual_score is None else grade.manual_score
    return 0.0 if base is None else float(base + (grade.extra_credit or 0.0))


def _seconds_late(timestamp: datetime | None, due: datetime | None, extension: Any) -> float:
    if timestamp is None or due is None:
        return 0.0
    return float(max(0.0, (timestamp - (due + extension if extension else due)).total_seconds()))
