"""A class on one page: the spread of the scores, what was missed most and why, time spent."""

from __future__ import annotations

import itertools
import json
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from codinglab.grading.items import Status
from codinglab.grading.marking import Mark
from codinglab.lab.desk import JOURNAL
from codinglab.lab.grading_result import ClassMarking

_LONGEST_PAUSE = 600  # seconds between two events; more than that is a break, not work


@dataclass(frozen=True, slots=True)
class Missed:
    """An item of a case that trainees got wrong: how many, of how many, and why it is right."""

    case: str
    item: str
    expected: str
    missed: int
    of: int
    why: str
    errors: tuple[tuple[str, int], ...]

    def as_json(self) -> dict[str, object]:
        """Return the stable JSON form."""
        return {
            "case": self.case,
            "item": self.item,
            "expected": self.expected,
            "missed": self.missed,
            "of": self.of,
            "why": self.why,
            "errors": dict(self.errors),
        }


@dataclass(frozen=True, slots=True)
class ClassReport:
    """The report of one assignment; shares are of the maximum score, times in minutes."""

    assignment: str
    shares: tuple[float, ...]
    most_missed: tuple[Missed, ...]
    over_coded: tuple[tuple[str, int], ...]
    minutes: tuple[float, ...]

    def as_json(self) -> dict[str, object]:
        """Return the stable JSON form."""
        return {
            "assignment": self.assignment,
            "marked": len(self.shares),
            "spread": _spread(self.shares),
            "most_missed": [one.as_json() for one in self.most_missed],
            "over_coded": [{"code": code, "trainees": n} for code, n in self.over_coded],
            "minutes": _spread(self.minutes),
        }


def _spread(values: tuple[float, ...]) -> dict[str, float] | None:
    if not values:
        return None
    return {
        "lowest": round(min(values), 4),
        "median": round(statistics.median(values), 4),
        "mean": round(statistics.fmean(values), 4),
        "highest": round(max(values), 4),
        "deviation": round(statistics.pstdev(values), 4),
    }


def class_report(course: Path, result: ClassMarking, most: int = 10) -> ClassReport:
    """Return the report of a marked class; `most` bounds how many missed items it names.

    It names what the key expects, so it is for the instructor alone.
    """
    marked = [one for one in result.trainees if one.score is not None]
    pairs = [(c.case.slug, m) for one in marked for c in one.cases for m in c.marking.marked]
    folders = [course / "submitted" / one.id / result.assignment for one in marked]
    return ClassReport(
        result.assignment,
        tuple(one.score / one.max_score for one in marked if one.score is not None),
        tuple(_missed(pairs))[:most],
        tuple(_over_coded(pairs).most_common(most)),
        tuple(spent for folder in folders if (spent := minutes_spent(folder)) is not None),
    )


def _missed(pairs: Iterable[tuple[str, Mark]]) -> Iterator[Missed]:
    """Yield the required items that anybody got wrong, the most often missed first."""
    seen: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for case, mark in pairs:
        if mark.expected is not None and mark.status is Status.REQUIRED:
            seen[case, mark.expected.id].append(mark)
    found = []
    for (case, item), marks in seen.items():
        wrong = [mark for mark in marks if not mark.wholly_right]
        expected = marks[0].expected
        if wrong and expected is not None:
            errors = Counter(name for mark in wrong for name in _classes(mark))
            found.append(
                Missed(
                    case,
                    item,
                    expected.value,
                    len(wrong),
                    len(marks),
                    expected.why,
                    tuple(errors.most_common()),
                )
            )
    yield from sorted(found, key=lambda one: (-one.missed / one.of, one.case, one.item))


def _classes(mark: Mark) -> Iterator[str]:
    if not mark.verdict.right:
        yield mark.error_class
    yield from (part.error_class for part in mark.parts if not part.verdict.right)


def _over_coded(pairs: Iterable[tuple[str, Mark]]) -> Counter[str]:
    return Counter(
        f"{mark.answer.value} in {case}"
        for case, mark in pairs
        if mark.answer is not None and mark.status in {None, Status.FORBIDDEN}
    )


def minutes_spent(folder: Path) -> float | None:
    """Return the minutes of work that the journal of a submission shows; None without one.

    Pauses of more than ten minutes are breaks and do not count; an unreadable line is left out.
    """
    path = folder / JOURNAL
    if not path.is_file():
        return None
    moments = sorted(_moments(path.read_text(encoding="utf-8", errors="replace")))
    steps = [(b - a).total_seconds() for a, b in itertools.pairwise(moments)]
    return sum(step for step in steps if step <= _LONGEST_PAUSE) / 60


def _moments(text: str) -> Iterator[datetime]:
    for line in text.splitlines():
        try:
            yield datetime.fromisoformat(json.loads(line)["at"])
        except (ValueError, KeyError, TypeError):
            continue


def as_text(report: ClassReport) -> str:
    """Return the report as lines of plain text."""
    lines = [f"{report.assignment}: {len(report.shares)} marked"]
    if spread := _spread(report.shares):
        said = ", ".join(f"{name} {share:.0%}" for name, share in spread.items())
        lines.append(f"Scores: {said}")
    if spent := _spread(report.minutes):
        lines.append(f"Minutes: median {spent['median']:.0f}, mean {spent['mean']:.0f}")
    if report.most_missed:
        lines.append("Most missed:")
    for one in report.most_missed:
        lines.append(f"  {one.missed} of {one.of}: {one.expected} ({one.item}, {one.case})")
        lines.append(f"    {one.why}")
        lines.append("    " + ", ".join(f"{name} {count}" for name, count in one.errors))
    if report.over_coded:
        lines.append("Coded without support:")
        lines += [f"  {count}: {code}" for code, count in report.over_coded]
    return "\n".join(lines)
