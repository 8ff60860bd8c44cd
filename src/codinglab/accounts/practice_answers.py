"""What somebody found wrong with a simulated practice, as a file, and how it is judged in words.

A file of answers is YAML (or JSON, which is YAML too):

    practice: harbor
    answers:
      - {kind: underpaid, payer: TRN01, since: "2026-04-01"}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import get_args

from codinglab.accounts.practice_planted import (
    Claimed,
    Judged,
    PlantedFile,
    PlantedKind,
    judged,
)
from codinglab.core.tables import BadData, Row, read_yaml

TOLERANCE = 31
"""Days that an answer may be off: chance delays what shows, and trainees read months."""

KINDS: dict[PlantedKind, str] = {
    "underpaid": "a payer pays less than its contract",
    "member number": "member numbers are keyed wrong",
    "birth date": "dates of birth are keyed wrong",
    "modifier": "a modifier is left off",
    "authorization": "services go out without their authorization",
    "diagnosis": "diagnoses are too vague",
    "level": "visit levels are higher than the notes",
    "held": "claims lie unsent",
}
"""Each kind of problem in plain words."""

_WRONG = {"payer": "the payer", "who": "the person", "since": "since when"}

assert set(KINDS) == set(get_args(PlantedKind))


class Answer(Row):
    """One thing that somebody says is wrong; blank `payer` and `who` mean any and nobody alone."""

    kind: PlantedKind
    since: date
    payer: str = ""
    who: str = ""

    @property
    def claimed(self) -> Claimed:
        """Return it as `practice_planted.judged` takes it."""
        return Claimed(self.kind, self.since, self.payer, self.who)


class AnswersFile(Row):
    """What somebody says is wrong with the practice that it names."""

    practice: str
    answers: tuple[Answer, ...] = ()


def read_answers(path: Path, practice: str) -> AnswersFile:
    """Return the answers of a file; raises BadData naming file and field, or another practice."""
    found = read_yaml(path, AnswersFile)
    if found.practice != practice:
        raise BadData(
            f"{path}: practice: {found.practice!r}, and the problems are of {practice!r}; "
            "give the answers about that one"
        )
    return found


def in_words(one: Claimed) -> str:
    """Return an answer or a problem in words: "a modifier is left off (Castillo), since ..."."""
    about = ", ".join(each for each in (one.payer, one.who) if each)
    return f"{KINDS[one.kind]}{f' ({about})' if about else ''}, since {one.since:%B %Y}"


def found(planted: PlantedFile, answers: Iterable[Answer]) -> int:
    """Return how many of the planted problems the answers name rightly."""
    judgements, _ = judged(planted, [one.claimed for one in answers], TOLERANCE)
    return sum(one.found for one in judgements)


def told(planted: PlantedFile, answers: Iterable[Answer], *, key: bool = False) -> Iterator[str]:
    """Yield the judgement in lines: how many were found, each answer, and with `key` the rest.

    Without `key` nothing is told of a problem that nobody named.
    """
    given = tuple(one.claimed for one in answers)
    judgements, unfit = judged(planted, given, TOLERANCE)
    right = sum(one.found for one in judgements)
    yield f"Found: {right} of {len(judgements)} problems."
    yield from (_answer(one) for one in judgements if one.answer is not None)
    yield from (f"not there: {in_words(one)}" for one in unfit)
    if key:
        yield from (line for one in judgements for line in _key(one))


def _answer(one: Judged) -> str:
    assert one.answer is not None
    if one.found:
        return f"right: {in_words(one.answer)}"
    wrong = " and ".join(_WRONG[each] for each in one.wrong)
    return f"in part: {in_words(one.answer)}; not right: {wrong}"


def _key(one: Judged) -> Iterator[str]:
    problem = one.problem
    claimed = Claimed(problem.kind, problem.since, problem.payer, problem.who)
    yield f"{'found' if one.found else 'missed'}: {in_words(claimed)}"
    yield f"    {problem.what}"
    yield f"    Where it shows: {problem.shows}"
    yield f"    Look at: {'; '.join(problem.look)}"
