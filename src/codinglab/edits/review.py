"""All edits on one coded encounter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from codinglab.codes.release import folders_held
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding
from codinglab.edits.called import Catalog
from codinglab.edits.catalog import EDITS
from codinglab.encounter.circumstances import NEEDS, Setting
from codinglab.encounter.coded import CodedEncounter

_CATALOG = Catalog(EDITS)
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
    encounter: CodedEncounter,
    day: date,
    families: frozenset[str] | None = None,
    only: frozenset[str] | None = None,
) -> Review:
    """Judge as `judge` does, but count an edit without a code set for the day as not judged.

    `only` restricts the edits to those ids.
    """
    about = encounter.circumstances
    with folders_held():
        made = _made_for(about.setting, about.payer, families, only)
        asked = made & _CATALOG.called(encounter, day)
        return _judged(asked, encounter, day)


def _judged(asked: int, encounter: CodedEncounter, day: date) -> Review:
    found: list[Finding] = []
    open_questions = []
    about = encounter.circumstances
    untold = _needing(frozenset(need for need in NEEDS if not about.knows(need)))
    while asked:
        first = asked & -asked  # the set of the first edit alone
        asked ^= first
        one = EDITS[first.bit_length() - 1]
        if first & untold:
            open_questions.append(NotJudged(one.id, one.lacks(encounter)))
            continue
        try:
            found.extend(one.judge(encounter, day))
        except NotInForce as error:
            open_questions.append(NotJudged(one.id, refused=str(error)))
    return Review(tuple(found), tuple(open_questions))


@lru_cache(maxsize=256)  # a class asks for the same few again and again
def _made_for(
    setting: Setting,
    payer: str,
    families: frozenset[str] | None,
    only: frozenset[str] | None = None,
) -> int:
    """Return the set of the edits for claims of that setting and payer."""
    return _CATALOG.of(
        one
        for one in EDITS
        if one.is_for(setting, payer)
        and (families is None or one.family in families)
        and (only is None or one.id in only)
    )


@lru_cache(maxsize=64)
def _needing(untold: frozenset[str]) -> int:
    """Return the set of the edits that need something of what is `untold`."""
    return _CATALOG.of(one for one in EDITS if not untold.isdisjoint(one.needs))
