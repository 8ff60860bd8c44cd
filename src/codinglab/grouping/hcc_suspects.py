"""What the record hints at and nobody coded: a suspicion for the practitioner, never a diagnosis.

A drug, a result or a device never makes a code: the practitioner must state the diagnosis
(ICD-10-CM guidelines I.A.19 and III.B). The rules are code_sets/hcc_suspects, each with its
source and with what else may explain the clue. A query about it must not lead (AHIMA and ACDIS,
Guidelines for Achieving a Compliant Query Practice).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from codinglab.codes.icd10cm import key_of
from codinglab.codes.release import CodeRow, in_force, rows_on

SET, TABLE = "hcc_suspects", "rules.csv"
ClueKind = Literal["drug", "result", "device"]


class SuspectRule(CodeRow):
    """When a clue makes one suspect a condition (`label`).

    The clue is of the `kind` and `name`. A result must be `at_least` or `at_most` the limit in
    `unit`, `times` times, the first and last at least `days_apart`. A code that begins like one of
    `answered_by` (separated by blanks) answers it; `else_by` says what else explains it.
    """

    kind: ClueKind
    name: str
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    unit: str = ""
    times: int
    days_apart: int
    answered_by: str
    else_by: str
    source: str

    def met_by(self, value: Decimal | None) -> bool:
        """Say whether a result is beyond the limit; a drug or device needs no value."""
        if self.at_least is None and self.at_most is None:
            return True
        if value is None:
            return False
        low = self.at_least is None or value >= self.at_least
        return low and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True, slots=True)
class Clue:
    """One clue of the record: what it is, on which day, and the `value` of a result in its unit."""

    kind: ClueKind
    name: str
    day: date
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A condition that the clues hint at, the rule, its clues, and what else may explain them."""

    rule: str
    condition: str
    clues: tuple[Clue, ...]
    else_by: str
    source: str

    def __str__(self) -> str:
        """Return the suspicion as one line of text."""
        seen = ", ".join(
            f"{one.name}{'' if one.value is None else f' {one.value}'} on {one.day}"
            for one in self.clues
        )
        return (
            f"Suspicion, not a diagnosis: {self.condition}? Seen: {seen}. It may also be "
            f"{self.else_by}. Ask the practitioner openly [{self.source}]"
        )


def rules(day: date, folder: Path | None = None) -> tuple[SuspectRule, ...]:
    """Return the rules in force on `day`; raises NotInForce without any."""
    return rows_on(in_force(SET, day, folder), TABLE, SuspectRule, day)


def suspects(
    clues: Iterable[Clue], codes: Iterable[str], day: date, folder: Path | None = None
) -> tuple[Suspicion, ...]:
    """Return what the `clues` hint at and none of the `codes` answers, in the rules' order.

    Raises ValueError for a result without a value that a rule needs, and NotInForce for a day
    without rules.
    """
    given, keys = tuple(clues), tuple(key_of(code) for code in codes)
    found = []
    for rule in rules(day, folder):
        about = tuple(one for one in given if (one.kind, one.name) == (rule.kind, rule.name))
        _must_have_value(rule, about)
        met = tuple(sorted((one for one in about if rule.met_by(one.value)), key=_day))
        answers = tuple(key_of(one) for one in rule.answered_by.split())
        if _enough(rule, met) and not any(key.startswith(answers) for key in keys):
            found.append(Suspicion(rule.code, rule.label, met, rule.else_by, rule.source))
    return tuple(found)


def _must_have_value(rule: SuspectRule, clues: tuple[Clue, ...]) -> None:
    limited = rule.at_least is not None or rule.at_most is not None
    for one in clues:
        if limited and one.value is None:
            raise ValueError(f"{one.name} on {one.day} has no value; give it in {rule.unit}")


def _day(one: Clue) -> date:
    return one.day


def _enough(rule: SuspectRule, met: tuple[Clue, ...]) -> bool:
    """Say whether there are as many clues as the rule asks for, far enough apart."""
    if len(met) < rule.times:
        return False
    return (met[-1].day - met[0].day).days >= rule.days_apart
