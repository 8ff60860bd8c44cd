"""All edits on one coded encounter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from codinglab.codes.release import folders_held
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding
from codinglab.edits.catalog import EDITS
from codinglab.edits.rule import Edit
from codinglab.encounter.circumstances import NEEDS, Setting
from codinglab.encounter.coded import CodedEncounter

AT_WORK = frozenset({"form", "validity"})  # what may be shown before graded work is handed in


@dataclass(frozen=True, slots=True)
class NotJudged:
    """An edit that applies and could not judge, by its id.

    It was not told what it `lacks`, or no code set of the lab holds for the day: `refused` says so.
    """

    id: str
    lacks: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What the edits found, and which of those that apply could not judge."""

    findings: tuple[Finding, ...]
    not_judged: tuple[NotJudged, ...]


def judge(encounter: CodedEncounter, day: date, families: frozenset[str] | None = None) -> Review:
    """Judge `encounter` by every edit made for its setting and payer, on `day`.

    `families` restricts the edits to those families. Raises NotInForce where a code set has no
    release for the day.
    """
    review = judge_what_can_be(encounter, day, families)
    for one in review.not_judged:
        if one.refused:
            raise NotInForce(one.refused)
    return review


def judge_what_can_be(
    encounter: CodedEncounter, day: date, families: frozenset[str] | None = None
) -> Review:
    """Judge as `judge` does, but count an edit without a code set for the day as not judged."""
    about = encounter.circumstances
    made = _made_for(about.setting, about.payer, families)
    with folders_held():
        return _judged(made, encounter, day)


def _judged(made: Iterable[Edit], encounter: CodedEncounter, day: date) -> Review:
    found: list[Finding] = []
    open_questions = []
    about = encounter.circumstances
    untold = frozenset(need for need in NEEDS if not about.knows(need))
    carried = {modifier for line in encounter.lines for modifier in line.modifiers}
    for one in made:
        if one.modifiers and one.modifiers.isdisjoint(carried):
            continue
        if not untold.isdisjoint(one.needs):
            open_questions.append(NotJudged(one.id, one.lacks(encounter)))
            continue
        try:
            found.extend(one.judge(encounter, day))
        except NotInForce as error:
            open_questions.append(NotJudged(one.id, refused=str(error)))
    return Review(tuple(found), tuple(open_questions))


@lru_cache(maxsize=256)  # a class asks for the same few again and again
def _made_for(setting: Setting, payer: str, families: frozenset[str] | None) -> tuple[Edit, ...]:
    """Return the edits for claims of that setting and payer, in the catalog's order."""
    return tuple(
        one
        for one in EDITS
        if one.is_for(setting, payer) and (families is None or one.family in families)
    )
