"""What each element of medical decision making counts, and for which level, by day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal

from codinglab.codes.release import CodeRow, in_force, row_on, rows_on
from codinglab.codes.visit_levels import SET

PROBLEMS, DATA, RISK = "problems.csv", "data.csv", "risk.csv"
Level = Literal["straightforward", "low", "moderate", "high"]


class ProblemRow(CodeRow):
    """A kind of problem: the level that one of it reaches, and `several` of it, where higher."""

    level: Level
    several: Level | None = None
    source: str
    contested: str = ""


class DataRow(CodeRow):
    """A level of data (`code`): so many `items` of category 1, and of so many `categories`.

    `historian` says whether an account by another person is counted among the items, or is apart
    as a category of its own.
    """

    items: int
    categories: int
    historian: Literal["counted", "apart"]
    source: str


class RiskRow(CodeRow):
    """A kind of decision about the patient's management, and the level of its risk."""

    level: Level
    source: str
    contested: str = ""


def problem(kind: str, day: date) -> ProblemRow:
    """Return the row of a `kind` of problem; raises NotInTable, NotInForce."""
    return row_on(in_force(SET, day), PROBLEMS, ProblemRow, kind, day)


def risk(kind: str, day: date) -> RiskRow:
    """Return the row of a `kind` of decision; raises NotInTable, NotInForce."""
    return row_on(in_force(SET, day), RISK, RiskRow, kind, day)


@lru_cache(maxsize=64)
def data(day: date) -> tuple[DataRow, ...]:
    """Return the levels of data from the lowest to the highest; raises NotInForce."""
    return rows_on(in_force(SET, day), DATA, DataRow, day)
