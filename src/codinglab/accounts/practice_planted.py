"""Problems planted into a simulated practice, and whether somebody found them.

planted.yml drives the simulation and is the key: it says what was planted, from when, how large it
is and how it shows. A case keeps it from trainees, and compares their answer by `judged`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field, model_validator

from codinglab.accounts.practice_file import PracticeFile, Slip
from codinglab.core.tables import BadData, Row, read_yaml
from codinglab.grading.matching import best_pairs
from codinglab.payer.contract_file import contracts

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
        if self.kind == "underpaid" and self.who:
            raise ValueError("a payer underpays whoever did the work; leave out who")
        if self.kind != "held" and self.days is not None:
            raise ValueError("days belong to a claim that is held")
        if self.kind != "underpaid" and self.rules:
            raise ValueError("rules belong to an underpaid contract")
        if self.until is not None and self.until < self.since:
            raise ValueError(f"to {self.until} comes before from {self.since}")
        return self

    def in_force(self, day: date) -> bool:
        """Say whether it holds for services of `day`."""
        return self.since <= day and (self.until is None or day <= self.until)

    def holds(self, day: date, payer: str, people: Iterable[str]) -> bool:
        """Say whether it holds for a service of `day` for `payer`, in whose work `people` had."""
        return (
            self.in_force(day)
            and self.payer in {"", payer}
            and (not self.who or self.who in people)
        )


class PlantedFile(Row):
    """What was planted into the practice that it names."""

    practice: str
    problems: tuple[Planted, ...]

    @model_validator(mode="after")
    def _named_once(self) -> PlantedFile:
        names = [one.id for one in self.problems]
        if twice := sorted({one for one in names if names.count(one) > 1}):
            raise ValueError(f"{', '.join(twice)} stands twice; give each problem its own id")
        return self

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


def planted_into(path: Path, name: str, practice: PracticeFile) -> PlantedFile:
    """Return what a file plants into the practice `name`.

    Raises BadData where it is another practice's, and for whoever or whatever the practice does not
    have: a misspelt name would plant nothing.
    """
    found = read_planted(path)
    if found.practice != name:
        raise BadData(f"{path}: practice: {found.practice!r}, and the practice is {name!r}")
    for one in found.problems:
        for field, told, known in _named(one, practice):
            if wrong := [each for each in told if each and each not in known]:
                raise BadData(
                    f"{path}: {one.id}: {field}: {', '.join(wrong)} is not known to {name}; "
                    f"choose of {', '.join(known)}"
                )
    return found


_Named = tuple[str, tuple[str, ...], tuple[str, ...]]


def _named(one: Planted, practice: PracticeFile) -> Iterator[_Named]:
    """Yield each field that names something, what it names, and what there is."""
    providers = [each.name for each in practice.providers]
    yield "who", (one.who,), (*providers, *practice.coders, *practice.registrars)
    yield "payer", (one.payer,), tuple(practice.payers)
    if one.rules:
        terms = contracts()[one.payer].on(one.since)
        yield "rules", one.rules, tuple(each.name for each in terms.prices)


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


_PARTS = 3  # payer, who, since: see _wrong


def judged(
    planted: PlantedFile, answers: Sequence[Claimed], days: int
) -> tuple[tuple[Judged, ...], tuple[Claimed, ...]]:
    """Return a judgement of each planted problem, and the answers that fit none.

    An answer is about a problem of its kind; of several of a kind they are paired so that as many
    as can be are right. Its day may be `days` days off, since chance delays what shows.
    """
    kinds = dict.fromkeys(one.kind for one in planted.problems)
    told = {kind: [one for one in answers if one.kind == kind] for kind in kinds}
    given: dict[str, Claimed] = {}
    for kind in kinds:
        about = [one for one in planted.problems if one.kind == kind]
        given |= _best(about, told[kind], days)
    found = [
        Judged(one, given.get(one.id), _wrong(one, given[one.id], days) if one.id in given else ())
        for one in planted.problems
    ]
    left = list(answers)
    for answer in given.values():
        left.remove(answer)
    return tuple(found), tuple(left)


def _best(about: list[Planted], told: list[Claimed], days: int) -> dict[str, Claimed]:
    """Return which answer is about which problem, so that as many as can be are wholly right."""
    step = len(about) + 1  # no number of pairs with more wrong outweighs one with less
    worth = {
        (at, to): Fraction(step ** (_PARTS - len(_wrong(problem, answer, days))))
        for at, answer in enumerate(told)
        for to, problem in enumerate(about)
    }
    return {about[to].id: told[at] for at, to in best_pairs(worth)}


def _wrong(problem: Planted, answer: Claimed, days: int) -> tuple[str, ...]:
    said = {
        "payer": answer.payer == problem.payer,
        "who": answer.who == problem.who,
        "since": abs((answer.since - problem.since).days) <= days,
    }
    return tuple(name for name, right in said.items() if not right)


assert set(get_args(Slip)) < set(get_args(PlantedKind))
