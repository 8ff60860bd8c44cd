"""One trainee's answer to one case, marked: the marking, what the edits say, and the points."""

from __future__ import annotations

from dataclasses import dataclass

from codinglab.core.findings import Finding
from codinglab.course.mark import findings, mark
from codinglab.course.variants import Variant, variant
from codinglab.grading.bridge import points
from codinglab.grading.marking import Marking
from codinglab.grading.report import MarkRow, rows
from codinglab.lab.submission_answers import Answer
from codinglab.lab.submission_source import SourceCase


@dataclass(frozen=True, slots=True)
class CaseMarking:
    """A marked answer; `sealed` says that its key may not be shown, and `rows` heed it."""

    answer: Answer
    marking: Marking
    rows: tuple[MarkRow, ...]
    findings: tuple[Finding, ...]
    points: float
    sealed: bool

    @property
    def coded(self) -> bool:
        """Say whether anything is coded in the answer."""
        return any(mark.answer is not None for mark in self.marking.marked)

    @property
    def case(self) -> SourceCase:
        """Return the case, with its variant and maximum."""
        return self.answer.case

    @property
    def variant(self) -> Variant:
        """Return the variant that was asked."""
        return variant(self.case.slug, self.case.variant)

    def as_json(self) -> dict[str, object]:
        """Return the stable JSON form: the case, its points and their maximum."""
        return {
            "case": self.case.slug,
            "points": self.points,
            "max_points": float(self.case.points),
        }


def mark_answer(answer: Answer, *, sealed: bool) -> CaseMarking:
    """Return `answer` marked against the key of its case; no code of the trainee's runs."""
    case = answer.case
    marking = mark(case.slug, case.variant, answer.text)
    found = findings(variant(case.slug, case.variant), answer.text, sealed=sealed)
    shown = tuple(rows(marking, sealed=sealed))
    return CaseMarking(answer, marking, shown, found, points(marking, case.points), sealed)
