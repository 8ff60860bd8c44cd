"""The field's ways of scoring, side by side, all from one marking.

Source: AHIMA's coding-audit methods (code over code, record over record), and the weighted and
all-or-nothing forms in use beside them. They differ by design, so a report shows them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from codinglab.grading.items import ONE, ZERO, Status
from codinglab.grading.marking import Mark, Marking, Verdict


@dataclass(frozen=True, slots=True)
class Methods:
    """One case by each method, as shares of 1; None where a method does not apply.

    weighted: points earned / points possible, with penalties, within 0 and 1.
    code_over_code: required items with the right value / required items.
    net: the same less one for each over-code (a surplus item), at least 0.
    record_over_record: 1 without any scored error, else 0; its mean over cases is the rate.
    all_or_nothing_line: required items right in value and every part / required items.
    precision: answered items with the right value / answered items, optional ones left out.
    recall: the same numerator / required items, which makes it code_over_code.
    f1: the harmonic mean of precision and recall.
    drg_accuracy: None here; it needs a grouper, which compares groups instead of codes.
    """

    weighted: Fraction
    code_over_code: Fraction | None
    net: Fraction | None
    record_over_record: Fraction
    all_or_nothing_line: Fraction | None
    precision: Fraction | None
    recall: Fraction | None
    f1: Fraction | None
    drg_accuracy: Fraction | None = None

    def as_json(self) -> dict[str, float | None]:
        """Return every method by its name, as a share rounded to four decimals."""
        names = self.__slots__
        return {name: _rounded(getattr(self, name)) for name in names}


def _rounded(share: Fraction | None) -> float | None:
    return None if share is None else float(round(share, 4))


def methods(marking: Marking) -> Methods:
    """Return `marking` scored by each method."""
    required = [mark for mark in marking.marked if mark.status is Status.REQUIRED]
    extra = sum(mark.verdict is Verdict.EXTRA for mark in marking.marked)
    right = sum(mark.verdict.right for mark in required)
    answered = sum(mark.answer is not None for mark in required) + extra
    recall = _share(right, len(required))
    precision = _share(right, answered)
    return Methods(
        weighted=marking.score,
        code_over_code=recall,
        net=_share(max(right - extra, 0), len(required)),
        record_over_record=ZERO if scored_errors(marking) else ONE,
        all_or_nothing_line=_share(sum(mark.wholly_right for mark in required), len(required)),
        precision=precision,
        recall=recall,
        f1=_harmonic(precision, recall),
    )


def scored_errors(marking: Marking) -> int:
    """Return how many items are wrong in value or in a part, plus the errors of order."""
    return sum(map(_wrong, marking.marked)) + len(marking.sequencing)


def _wrong(mark: Mark) -> bool:
    return mark.scored_error


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _harmonic(precision: Fraction | None, recall: Fraction | None) -> Fraction | None:
    if precision is None or recall is None:
        return None
    total = precision + recall
    return 2 * precision * recall / total if total else ZERO
