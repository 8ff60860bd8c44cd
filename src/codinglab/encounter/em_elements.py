"""What a record holds of a visit's decision making and time, piece by piece, before it is judged.

The kinds are this lab's own words for what the evaluation and management guidelines of CPT name;
code_sets/visit_levels says which level each reaches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ProblemKind = Literal[
    "minor",
    "chronic-stable",
    "acute-uncomplicated",
    "acute-stable",
    "acute-hospital",
    "chronic-worse",
    "uncertain",
    "acute-systemic",
    "injury-complicated",
    "chronic-severe",
    "threat",
]
DataKind = Literal["test", "note", "historian", "interpretation", "discussion"]
Ordered = Literal["earlier visit", "standing order", "outside a visit"]
Reports = Literal["reading", "result only"]
RiskKind = Literal[
    "none",
    "over-the-counter",
    "therapy",
    "minor-surgery",
    "prescription-drug",
    "minor-surgery-risk",
    "major-surgery",
    "social",
    "drug-toxicity",
    "major-surgery-risk",
    "emergency-surgery",
    "hospital",
    "limit-care",
    "controlled-injection",
]
TimeOf = Literal["practitioner", "staff", "separate service", "another day", "teaching", "travel"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of the visit: its kind, and `what` it is; `not_addressed` says why it is no part.

    A problem counts if this practitioner evaluated or treated it at this visit; one that is only
    listed, or that another manages, does not.
    """

    kind: ProblemKind
    what: str
    not_addressed: str = ""


@dataclass(frozen=True, slots=True)
class Datum:
    """A piece of data: a test, an outside note, an account by another, a reading, a discussion.

    `what` names the test (its code, where it has one), the source of the note or the person; equal
    ones count once. `panel` is the code of the panel that a test belongs to. `ordered` is said of
    a test that this practitioner did not order or first see at this visit. `reports` says what the
    same practitioner reports of the test on another claim: the `reading` of it, or a `result only`.
    `same_group` marks a note or a discussion of one's own group and specialty.
    """

    kind: DataKind
    what: str
    panel: str = ""
    ordered: Ordered | None = None
    reports: Reports | None = None
    same_group: bool = False

    @property
    def key(self) -> str:
        """Return what makes the piece one of its kind: the panel, or else what it names."""
        return (self.panel or self.what).strip().upper()


@dataclass(frozen=True, slots=True)
class RiskDecision:
    """A decision about the patient's management, by its kind, and what was decided."""

    kind: RiskKind
    what: str


@dataclass(frozen=True, slots=True)
class Spent:
    """A stretch of time on or about the visit: minutes, `what` was done, and whose time it was."""

    minutes: int
    what: str
    of: TimeOf


@dataclass(frozen=True, slots=True)
class Decision:
    """The pieces of medical decision making; each tuple may be empty, none may be left unsaid."""

    problems: tuple[Problem, ...]
    data: tuple[Datum, ...]
    risk: tuple[RiskDecision, ...]


@dataclass(frozen=True, slots=True)
class Elements:
    """What the record holds of a visit: its decision making, its time, or both."""

    decision: Decision | None = None
    time: tuple[Spent, ...] | None = None
