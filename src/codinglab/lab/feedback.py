"""Feedback pages of an assignment, where nbgrader's release_feedback looks for them.

nbgrader's own pages are notebooks with every output, hidden tests among them (nbgrader #917);
these are made from the marking, and for graded work never name a value of the key that the
trainee did not write.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from codinglab.core.findings import Finding, Severity
from codinglab.lab.feedback_page import CaseFeedback, Page, as_html
from codinglab.lab.gradebook_rows import Book, open_book
from codinglab.lab.gradebook_session import transaction
from codinglab.lab.grading_case import CaseMarking
from codinglab.lab.grading_result import ClassMarking, State, TraineeMarking
from codinglab.lab.submission_notebook import problem
from codinglab.lab.submission_source import read_source

_CARRIED = ("timestamp.txt", "submission_secret.txt")  # release_feedback reads the second


@dataclass(frozen=True, slots=True)
class TraineeFeedback:
    """The page of one trainee, or why there is none."""

    id: str
    path: Path | None
    problems: tuple[Finding, ...]

    def as_json(self) -> dict[str, object]:
        """Return the stable JSON form."""
        path = str(self.path) if self.path else None
        found = [one.as_json() for one in self.problems]
        return {"id": self.id, "path": path, "problems": found}


@dataclass(frozen=True, slots=True)
class ClassFeedback:
    """The pages of a class."""

    assignment: str
    trainees: tuple[TraineeFeedback, ...]

    def as_json(self) -> dict[str, object]:
        """Return the stable JSON form of `codinglab feedback --json`."""
        trainees = [one.as_json() for one in self.trainees]
        return {"assignment": self.assignment, "trainees": trainees}


def write_feedback(course: Path, marking: ClassMarking) -> ClassFeedback:
    """Write feedback/<trainee>/<assignment>/<assignment>.html for everybody in `marking`.

    Points and comments are the gradebook's, with what a human changed. Who was not marked, or
    was marked otherwise meanwhile, gets no page and is reported. Raises GradebookError when the
    gradebook cannot be read, BadData for a wrong source notebook.
    """
    source = read_source(course, marking.assignment)
    with transaction(course) as connection:
        book = open_book(connection, source)
        pages = [(one.id, _page(one, marking, book)) for one in marking.trainees]
    done = [_put(course, marking.assignment, student, page) for student, page in pages]
    return ClassFeedback(marking.assignment, tuple(done))


def _none(message: str) -> Finding:
    remedy = "Grade it again when that is put right."
    return problem("feedback", "feedback", message, remedy, Severity.ERROR)


def _page(one: TraineeMarking, marking: ClassMarking, book: Book) -> Page | Finding:
    """Return the page of a trainee, or the reason why there can be none now."""
    standing = book.standing(one.id)
    if standing is None or one.state is not State.MARKED:
        return _none("this submission is not marked.")
    if any(standing.automatic.get(case.case.mark_id) != case.points for case in one.cases):
        return _none("the gradebook holds other marks than these.")
    cases = tuple(_case(case, standing.points, standing.comments) for case in one.cases)
    # Notes are for instructors: they are about what was not run.
    told = tuple(problem for problem in one.problems if problem.severity is not Severity.NOTE)
    return Page(
        marking.assignment, one.id, standing.score, one.max_score, standing.penalty, cases, told
    )


def _case(
    one: CaseMarking, points: dict[str, float], comments: dict[str, str | None]
) -> CaseFeedback:
    return CaseFeedback(one, points[one.case.mark_id], comments[one.case.answer_id])


def _put(course: Path, assignment: str, student: str, page: Page | Finding) -> TraineeFeedback:
    if isinstance(page, Finding):
        return TraineeFeedback(student, None, (page,))
    try:
        path = _write(course, assignment, student, as_html(page))
    except OSError as error:
        return TraineeFeedback(student, None, (_none(f"it cannot be written: {error}."),))
    return TraineeFeedback(student, path, ())


def _write(course: Path, assignment: str, student: str, text: str) -> Path:
    """Write the page and what release_feedback needs beside it; a page is whole or not there."""
    folder = course / "feedback" / student / assignment
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{assignment}.html"
    for name in _CARRIED:
        handed_in = course / "submitted" / student / assignment / name
        if handed_in.is_file() and not handed_in.is_symlink():
            shutil.copyfile(handed_in, folder / name)
    new = folder / ".new"
    new.write_text(text, encoding="utf-8")
    new.replace(path)
    return path
