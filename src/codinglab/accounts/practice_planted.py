"""Problems planted into a simulated practice, and whether somebody found them.

planted.yml drives the simulation and is the key: it says what was planted, from when, how large it
is and how it shows. A case keeps it from trainees, and compares their answer by `judged`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field, model_validator

from codinglab.accounts.practice_file import Slip
from codinglab.core.tables import Row, read_yaml

PlantedKind = Literal[
    "underpaid",
    "member number",
    "birth date",
    "modifier",
    "authorization",
    "diagnosis",
    "level",
    "held",
]


class Planted(Row):
    """One problem.

    It holds for services from `since` (in the file: from) to `until` (to, included; none: to the
    end), of the payer and of the person `who` where they are named. `rate` is how often a claim
    that could have it has it; of an underpaid contract it is the share of the price that is paid,
    for the price rules `rules`. A held claim lies `days` days.
    """

    id: str
    kind: PlantedKind
    since: date = Field(alias="from")
    until: date | None = Field(default=None, alias="to")
    rate: Decimal = Field(ge=0, le=1)
    payer: str = ""
    who: str = ""
    rules: tuple[str, ...] = ()
    days: int | None = None
    what: str
    shows: str
    look: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _complete(self) -> Planted:
        if self.kind == "underpaid" and not (self.payer and self.rules):
            raise ValueError("an underpaid contract names its payer and its price rules")
        if self.kind == "held" and self.days is None:
            raise ValueError("say in days how long a claim is held")
        if self.until is not None and self.until < self.since:
            raise ValueError(f"to {self.until} comes before from {self.since}")
        return self

    def holds(self, day: date, payer: str, people: Iterable[str]) -> bool:
        """Say whether it holds for a service of `day` for `payer`, in whose work `people` had."""
        return (
            self.since <= day
            and (self.until is None or day <= self.until)
            and self.payer in {"", payer}
            and (not self.who or self.who in people)
        )


class PlantedFile(Row):
    """What was planted into the practice that it names."""

    practice: str
    problems: tuple[Planted, ...]

    def slip_rate(
        self, slip: Slip, base: Decimal, day: date, payer: str, people: tuple[str, ...]
    ) -> Decimal:
        """Return how often `slip` happens to such a claim: as planted, else `base`."""
        found = [
            one.rate for one in self.problems if one.kind == slip and one.holds(day, payer, people)
        ]
        return max(found, default=base)

    def held_days(self, base: int, day: date, payer: str, people: tuple[str, ...]) -> int:
        """Return how long such a claim lies where it is held: as planted, else `base` days."""
        found = [
            one.days or base
            for one in self.problems
            if one.kind == "held" and one.holds(day, payer, people)
        ]
        return max(found, default=base)


NOTHING_PLANTED = PlantedFile(practice="", problems=())


def read_planted(path: Path) -> PlantedFile:
    """Return what a file plants; raises BadData naming file and field."""
    return read_yaml(path, PlantedFile)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What somebody says is wrong: a `kind`, the payer and the person it is about, since when."""

    kind: PlantedKind
    since: date
    payer: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a planted problem was found: what was `right` of the answer, and what was not.

    `answer` is None where nothing was said of that kind.
    """

    problem: Planted
    answer: Claimed | None
    wrong: tuple[str, ...]

    @property
    def found(self) -> bool:
        """Say whether the problem was found, in all its parts."""
        return self.answer is not None and not self.wrong


def judged(
    planted: PlantedFile, answers: Sequence[Claimed], days: int
) -> tuple[tuple[Judged, ...], tuple[Claimed, ...]]:
    """Return a judgement of each planted problem, and the answers that fit none.

    An answer is about a problem of its kind, the one with the fewest parts wrong; its day may be
    `days` days off, since chance delays what shows.
    """
    left = list(answers)
    found = []
    for problem in planted.problems:
        about = [one for one in left if one.kind == problem.kind]
        best = min(about, key=lambda one: len(_wrong(problem, one, days)), default=None)
        if best is not None:
            left.remove(best)
        wrong = _wrong(problem, best, days) if best else ()
        found.append(Judged(problem, best, wrong))
    return tuple(found), tuple(left)


def _wrong(problem: Planted, answer: Claimed, days: int) -> tuple[str, ...]:
    said = {
        "payer": answer.payer == problem.payer,
        "who": answer.who == problem.who,
        "since": abs((answer.since - problem.since).days) <= days,
    }
    return tuple(name for name, right in said.items() if not right)


assert set(get_args(Slip)) < set(get_args(PlantedKind))
