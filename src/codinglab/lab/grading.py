"""Mark every submission of an assignment without a kernel, into nbgrader's gradebook."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from codinglab.core.findings import Finding, Severity
from codinglab.core.places import DataMissing
from codinglab.core.tables import BadData
from codinglab.lab.autograded import autograded_notebook
from codinglab.lab.autograded_swap import Swap, recover
from codinglab.lab.feedback_rows import as_comment
from codinglab.lab.gradebook import CellMark, Recorded, record
from codinglab.lab.gradebook_late import Penalty, penalty_of
from codinglab.lab.gradebook_rows import Book, open_book
from codinglab.lab.gradebook_session import run_number, set_run_number, transaction
from codinglab.lab.grading_case import CaseMarking, mark_answer
from codinglab.lab.grading_result import ClassMarking, State, TraineeMarking
from codinglab.lab.submission import Submission, Unreadable, read_submission, students
from codinglab.lab.submission_notebook import problem
from codinglab.lab.submission_source import Source, read_source

Progress = Callable[[str], None]
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def _silent(_student: str) -> None:
    """Say nothing of the progress."""


@dataclass(frozen=True, slots=True)
class _Work:
    """A submission that was read and marked, and waits to be written."""

    submission: Submission
    cases: tuple[CaseMarking, ...]


def grade_assignment(
    course: Path,
    assignment: str,
    *,
    only: Collection[str] | None = None,
    progress: Progress = _silent,
) -> ClassMarking:
    """Mark the submissions of `assignment` in `course`, of the trainees `only` or of all.

    Marks, comments and times go into gradebook.db in one transaction, and the marked notebooks
    into autograded/. `progress` is told each trainee's id once. One bad submission never stops
    the others: it is reported. Raises BadData for a wrong source notebook or key, KeyWithheld
    where the graded keys are not here, and GradebookError when the gradebook cannot be used.
    """
    source = read_source(course, assignment)
    wanted = [one for one in students(course, assignment) if only is None or one in only]
    penalty = penalty_of(course)
    read = [_marked(course, source, one) for one in wanted]
    done: list[TraineeMarking] = []
    with _run(course, source) as (book, swap):
        for one in read:
            done.append(_put(one, source, book, swap, penalty))
            progress(done[-1].id)
    return ClassMarking(assignment, source.sealed, tuple(done))


@contextmanager
def _run(course: Path, source: Source) -> Iterator[tuple[Book, Swap]]:
    """Yield the gradebook and the folders of one run, which stand or fall together."""
    with transaction(course) as connection:
        number = run_number(connection)
        recover(course, number)
        book, swap = open_book(connection, source), Swap(course, source.assignment, number + 1)
        set_run_number(connection, number + 1)
        try:
            yield book, swap
            connection.commit()
        except BaseException:
            swap.undo()  # while the gradebook is still ours
            raise
    swap.close()


def _marked(course: Path, source: Source, student: str) -> _Work | Unreadable:
    """Return a submission with its answers marked."""
    read = read_submission(course, source, student)
    if isinstance(read, Unreadable):
        return read
    try:
        cases = tuple(mark_answer(one, sealed=source.sealed) for one in read.answers)
    except (BadData, DataMissing):
        raise  # a fault of our own files, which nobody's submission can cause
    except Exception as error:  # noqa: BLE001  one bad file never stops a batch
        return Unreadable(student, (_fault("mark", "notebook", error),))
    return _Work(read, cases)


def _fault(name: str, place: str, error: Exception) -> Finding:
    message = f"{type(error).__name__}: {error}."
    remedy = "Nothing of it was written; correct the cause and grade again."
    return problem(name, place, message, remedy, Severity.ERROR)


def _put(
    work: _Work | Unreadable, source: Source, book: Book, swap: Swap, penalty: Penalty
) -> TraineeMarking:
    """Write one trainee's marks and notebook, both or neither."""
    if isinstance(work, Unreadable):
        return _unmarked(work.student, State.UNREADABLE, source, book, work.problems)
    student = work.submission.student
    try:
        with book.connection.begin_nested():
            recorded = _record(work, book, penalty)
            _fill(swap.new(student), source, work)
            swap.put(student)
    except Exception as error:  # noqa: BLE001  one bad file never stops a batch
        swap.take_back(student)
        found = (_fault("write", student, error), *work.submission.problems)
        return _unmarked(student, State.FAILED, source, book, found)
    problems = sorted(work.submission.problems, key=lambda one: _ORDER[one.severity])
    return TraineeMarking(
        student,
        State.MARKED,
        recorded.score,
        source.max_score,
        recorded.seconds_late,
        work.cases,
        tuple(problems),
    )


def _unmarked(
    student: str, state: State, source: Source, book: Book, problems: tuple[Finding, ...]
) -> TraineeMarking:
    """Return the result of a submission that was not marked, and what of an earlier one stands."""
    earlier = book.standing(student)
    if earlier is not None:
        stands = f"{earlier.score:g} of {source.max_score:g}"
        message = f"the mark of an earlier submission stands: {stands}."
        remedy = "Its notebook stands in autograded/ too; both go when this one can be marked."
        problems = (*problems, problem("earlier", student, message, remedy))
    return TraineeMarking(student, state, None, source.max_score, 0.0, (), problems)


def _record(work: _Work, book: Book, penalty: Penalty) -> Recorded:
    marks = [
        CellMark(one.case.mark_id, one.case.answer_id, one.points, as_comment(one))
        for one in work.cases
    ]
    return record(book, work.submission.student, work.submission.timestamp, marks, penalty)


def _fill(folder: Path, source: Source, work: _Work) -> None:
    """Write the marked notebook and copy what was handed in beside it, as nbgrader does."""
    for one in work.submission.folder.iterdir():
        if one.is_file() and not one.is_symlink() and one.suffix != ".ipynb":
            shutil.copyfile(one, folder / one.name)
    built = autograded_notebook(source, work.submission, work.cases)
    text = json.dumps(built) + "\n"  # without indent: six times as fast
    (folder / f"{source.assignment}.ipynb").write_text(text, encoding="utf-8")
