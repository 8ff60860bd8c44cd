"""What grading an assignment came to, trainee by trainee."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from codinglab.core.findings import Finding, Severity
from codinglab.lab.grading_case import CaseMarking


class State(Enum):
    """What became of one submission.

    MARKED: its marks are in the gradebook and its notebook in autograded/. UNREADABLE: the file
    could not be read. FAILED: it was read, but could not be written. In the last two cases what
    gradebook and autograded/ held before still stands, both or neither.
    """

    MARKED = "marked"
    UNREADABLE = "unreadable"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TraineeMarking:
    """One trainee's result.

    `score` is what the gradebook says, manual changes and late penalty included, and None where
    nothing was marked; `problems` is what a human should know, errors first.
    """

    id: str
    state: State
    score: float | None
    max_score: float
    seconds_late: float
    cases: tuple[CaseMarking, ...]
    problems: tuple[Finding, ...]

    def as_json(self) -> dict[str, object]:
        """Return the stable JSON form."""
        return {
            "id": self.id,
            "status": self.state.value,
            "score": self.score,
            "max_score": self.max_score,
            "seconds_late": self.seconds_late,
            "cases": [case.as_json() for case in self.cases],
            "problems": [one.as_json() for one in self.problems],
        }


@dataclass(frozen=True, slots=True)
class ClassMarking:
    """The result of grading an assignment; `sealed` says that the work is graded, not practice."""

    assignment: str
    sealed: bool
    trainees: tuple[TraineeMarking, ...]

    @property
    def clean(self) -> bool:
        """Say whether every submission was marked and none has a problem above a note."""
        return all(
            one.state is State.MARKED
            and all(problem.severity is Severity.NOTE for problem in one.problems)
            for one in self.trainees
        )

    def as_json(self) -> dict[str, object]:
        """Return the stable JSON form of `codinglab grade --json`."""
        return {
            "assignment": self.assignment,
            "use": "graded" if self.sealed else "practice",
            "trainees": [one.as_json() for one in self.trainees],
        }
