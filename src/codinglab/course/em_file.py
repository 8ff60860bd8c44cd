"""The section `em` of an encounter file: the pieces from which a visit's level is worked out."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from codinglab.core.tables import Row
from codinglab.encounter.em_elements import (
    DataKind,
    Datum,
    Decision,
    Elements,
    Ordered,
    Problem,
    ProblemKind,
    Reports,
    RiskDecision,
    RiskKind,
    Spent,
    TimeOf,
)


class ProblemRow(Row):
    """A problem of the visit; see `encounter.em_elements.Problem`."""

    kind: ProblemKind
    what: str = Field(min_length=1)
    not_addressed: str = ""


class DatumRow(Row):
    """A piece of data; see `encounter.em_elements.Datum`."""

    kind: DataKind
    what: str = Field(min_length=1)
    panel: str = ""
    ordered: Ordered | None = None
    reports: Reports | None = None
    same_group: bool = False


class RiskDecisionRow(Row):
    """A decision about the patient's management."""

    kind: RiskKind
    what: str = Field(min_length=1)


class SpentRow(Row):
    """A stretch of time in minutes, what was done, and whose time it was."""

    minutes: int = Field(ge=1, le=1440)
    what: str = Field(min_length=1)
    of: TimeOf


class EmRow(Row):
    """The fields of `em`: problems, data and risk, all three or none; or time; or both ways.

    An empty list says that there was none; what is not said is not taken for nothing.
    """

    problems: tuple[ProblemRow, ...] | None = None
    data: tuple[DatumRow, ...] | None = None
    risk: tuple[RiskDecisionRow, ...] | None = None
    time: tuple[SpentRow, ...] | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        parts = {"problems": self.problems, "data": self.data, "risk": self.risk}
        absent = [name for name, rows in parts.items() if rows is None]
        if 0 < len(absent) < len(parts):
            raise ValueError(f"say {' and '.join(absent)} too, as [] where there was none")
        if absent and self.time is None:
            raise ValueError("say problems, data and risk, or time, or both")
        return self

    def elements(self) -> Elements:
        """Return the elements as the encounter holds them."""
        decision = None
        if self.problems is not None and self.data is not None and self.risk is not None:
            decision = Decision(
                tuple(Problem(one.kind, one.what, one.not_addressed) for one in self.problems),
                tuple(
                    Datum(one.kind, one.what, one.panel, one.ordered, one.reports, one.same_group)
                    for one in self.data
                ),
                tuple(RiskDecision(one.kind, one.what) for one in self.risk),
            )
        spent = [Spent(one.minutes, one.what, one.of) for one in self.time or ()]
        return Elements(decision, tuple(spent) if spent else None)
