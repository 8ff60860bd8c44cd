"""The rules by which simulated payers answer appeals: curriculum/appeals/answers.yml."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal

from codinglab.accounts.appeal_evidence import EvidenceKind
from codinglab.core.dates import Span
from codinglab.core.places import data_folder
from codinglab.core.tables import Row, read_yaml

Check = Literal[
    "received in time",
    "authorized before",
    "modifier on the line",
    "repeat modifier on the line",
    "pair never opens",
]
"""What a payer looks up beside the evidence; `appeal_checks` has a function for each."""


class AnswerRule(Row):
    """One rule: when it fits, what it answers, and why.

    Empty `paths`, `levels` and `remarks` fit all. Of each group of `needs` one kind of evidence
    must be there, and every check must hold. `invented` marks what no law says.
    """

    id: str
    effective_from: date
    effective_to: date | None = None
    causes: tuple[str, ...]
    paths: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
    needs: tuple[tuple[EvidenceKind, ...], ...] = ()
    checks: tuple[Check, ...] = ()
    outcome: Literal["overturned", "upheld"]
    why: str
    invented: bool = False
    source: str

    def holds(self, day: date) -> bool:
        """Say whether the rule is in force on `day`."""
        return day in Span(self.effective_from, self.effective_to)


class Modifiers(Row):
    """Modifiers that say that a service was separate, or done again."""

    separate: tuple[str, ...]
    repeat: tuple[str, ...]
    source: str


class AnswerFile(Row):
    """curriculum/appeals/answers.yml; `court_days` stand in where no rule limits the decision."""

    source: str
    court_days: int
    court_source: str
    rules: tuple[AnswerRule, ...]
    modifiers: Modifiers


@lru_cache(maxsize=1)
def answer_file() -> AnswerFile:
    """Return the rules; raises BadData naming file and field."""
    return read_yaml(data_folder("curriculum") / "appeals" / "answers.yml", AnswerFile)
