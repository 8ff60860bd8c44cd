"""Value-based contracts and a panel to compare them on, as dated data with sources.

curriculum/value_based: the Medicare Shared Savings Program is cited; what is invented says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, RootModel, model_validator

from codinglab.core.dates import Dated, Span
from codinglab.core.places import data_folder
from codinglab.core.tables import Row, check, parse_yaml, read_text, read_yaml

Model = Literal["fee for service", "shared savings", "capitation", "quality bonus"]


class Band(Row):
    """The minimum savings rate of organizations with `first` to `last` beneficiaries."""

    first: int
    last: int | None = None
    at_first: Decimal
    at_last: Decimal


class SharedSavings(Row):
    """The terms of a shared savings track, from `effective_from` on.

    `fewest` beneficiaries an organization must have, `sharing_rate` is the most that it gets of
    the savings, `cap` a share of the benchmark that it never exceeds. `visit_paid` is the share of
    a visit's allowed amount that Medicare itself pays, and counts as its expenditure.
    """

    effective_from: date
    name: str
    source: str
    fewest: int
    fewest_source: str
    sharing_rate: Decimal
    sharing_source: str
    cap: Decimal
    cap_source: str
    visit_paid: Decimal = Field(ge=0, le=1)
    visit_paid_source: str
    minimum_source: str
    minimum: tuple[Band, ...]


class Capitation(Row):
    """A monthly amount for each member, times the risk score, for the services it covers.

    `withhold` is the share kept back until the quality goals are met.
    """

    name: str
    source: str
    per_member_month: Decimal
    withhold: Decimal = Field(ge=0, le=1)
    withhold_source: str
    covers: tuple[str, ...] = Field(min_length=1)


class Measure(Row):
    """A quality measure: the share of patients, and the goal."""

    id: str
    goal: Decimal
    better: Literal["higher", "lower"]

    def met(self, result: Decimal) -> bool:
        """Say whether the result meets the goal."""
        return result >= self.goal if self.better == "higher" else result <= self.goal


class Quality(Row):
    """A bonus for each member month: `each` for each measure met, `all_met` beside for all."""

    name: str
    source: str
    each: Decimal
    all_met: Decimal
    measures: tuple[Measure, ...]


class Contracts(Row):
    """The lab's own contracts from `effective_from` on."""

    effective_from: date
    capitation: Capitation
    quality: Quality


class Service(Row):
    """A kind of service: how many, and what each is allowed and costs, in dollars."""

    what: str
    count: int = Field(ge=0)
    allowed: Decimal = Field(ge=0)
    cost: Decimal = Field(ge=0)


class Organization(Row):
    """The accountable care organization: dollars a person and year.

    `standard` says whether it met the quality performance standard of the year, or the alternative
    one alone, where its `quality` score (0 to 1) scales the sharing rate.
    """

    beneficiaries: int
    person_years: Decimal = Field(gt=0)
    benchmark: Decimal = Field(gt=0)
    expenditure: Decimal = Field(ge=0)
    standard: Literal["met", "alternative", "missed"]
    quality: Decimal | None = Field(default=None, ge=0, le=1)
    practice_share: Decimal = Field(ge=0, le=1)
    share_source: str

    @model_validator(mode="after")
    def _scaled(self) -> Organization:
        if (self.standard == "alternative") != (self.quality is not None):
            raise ValueError("give quality, the score, where the alternative standard scales by it")
        return self


class Panel(Row):
    """The patients on whom the ways of paying are compared, in one `year`."""

    name: str
    source: str
    year: int
    members: int = Field(ge=0)
    member_months: int = Field(ge=0)
    risk_score: Decimal = Field(gt=0)
    services: tuple[Service, ...]
    fixed_cost: Decimal
    care_management: dict[Model, Decimal]
    organization: Organization
    results: dict[str, Decimal]

    @model_validator(mode="after")
    def _named_once(self) -> Panel:
        names = [one.what for one in self.services]
        if twice := sorted({one for one in names if names.count(one) > 1}):
            raise ValueError(f"services: {', '.join(twice)} stands twice; add the counts up")
        if self.member_months > 12 * self.members:
            raise ValueError(
                f"{self.member_months} member months: {self.members} members have 12 a year each"
            )
        return self


class _Savings(RootModel[tuple[SharedSavings, ...]]):
    """The file of shared savings terms."""


class _Contracts(RootModel[tuple[Contracts, ...]]):
    """The file of contracts."""


_Dated = TypeVar("_Dated", SharedSavings, Contracts)


def _by_day(subject: str, rows: Sequence[_Dated]) -> Dated[_Dated]:
    ordered: list[_Dated] = sorted(rows, key=lambda one: one.effective_from)
    ends = [*(one.effective_from for one in ordered[1:]), None]
    spans = ((Span(one.effective_from, end), one) for one, end in zip(ordered, ends, strict=True))
    return Dated.of(subject, spans)


def _folder() -> Path:
    return data_folder("curriculum") / "value_based"


@lru_cache(maxsize=1)
def shared_savings_terms() -> Dated[SharedSavings]:
    """Return the shared savings terms by day; raises BadData naming file and field."""
    file = _folder() / "shared_savings.yml"
    rows = check(_Savings, parse_yaml(read_text(file), str(file)), str(file)).root
    return _by_day("shared savings terms", rows)


@lru_cache(maxsize=1)
def contract_terms() -> Dated[Contracts]:
    """Return the capitation and quality contracts by day; raises BadData."""
    file = _folder() / "contracts.yml"
    rows = check(_Contracts, parse_yaml(read_text(file), str(file)), str(file)).root
    return _by_day("value-based contracts", rows)


def read_panel(path: Path | None = None) -> Panel:
    """Return the panel of a file, the lab's own where none is named; raises BadData."""
    return read_yaml(path or _folder() / "panels" / "harbor.yml", Panel)
