"""What risk adjustment asks of a person and a visit, as an encounter file or a case says it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field, model_validator

from codinglab.core.tables import Row
from codinglab.encounter.circumstances import Sex
from codinglab.grouping.hcc_profile import Model, Plan

MEAT = ("monitored", "evaluated", "assessed", "treated")


class VisitRow(Row):
    """The visit as risk adjustment asks: code_sets/risk_visits names settings and clinicians."""

    setting: str
    clinician: str
    signed: bool


class SupportRow(Row):
    """What the record does about a diagnosis, by its statements; one of the four is enough."""

    code: str
    monitored: tuple[str, ...] = ()
    evaluated: tuple[str, ...] = ()
    assessed: tuple[str, ...] = ()
    treated: tuple[str, ...] = ()


class PersonRow(Row):
    """Who is risk adjusted, and by which model; all is needed, since none may be guessed."""

    payment_year: int
    model: Model
    plan: Plan
    dual_status: str
    original_entitlement: str
    kidney_failure: bool
    new_enrollee: bool
    institutional: bool
    special_needs: bool
    low_income: bool


class RiskRow(PersonRow):
    """The fields of `risk` in an encounter file: who is risk adjusted, and by which model.

    All of the person are needed; `base_rate` (dollars a month for a score of 1) and what supports
    the diagnoses are not: without `visit` and `supports` that is not judged.
    """

    base_rate: Decimal | None = Field(default=None, gt=0)
    visit: VisitRow | None = None
    supports: tuple[SupportRow, ...] | None = None

    @model_validator(mode="after")
    def _both(self) -> RiskRow:
        if (self.visit is None) != (self.supports is None):
            raise ValueError("give visit and supports together, or neither")
        return self


class CaseRiskRow(PersonRow):
    """The fields of `risk` in a case of that setting.

    `note` is the title of the document in which the visit counts: what monitors, evaluates,
    assesses or treats a diagnosis must stand there, not in a list or another kind of contact.
    """

    born: date
    sex: Sex
    visit: VisitRow
    note: str

    def asked(self) -> RiskRow:
        """Return what a review is asked of an answer: the score, and nothing that the key tells."""
        return RiskRow(**{name: getattr(self, name) for name in PersonRow.model_fields})
