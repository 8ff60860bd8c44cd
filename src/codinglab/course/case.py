"""A case family: what case.yml says, and the chart of any of its variants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, read_text, read_yaml
from codinglab.course.billing_file import BillingRow
from codinglab.course.risk_terms import CaseRiskRow
from codinglab.course.template import rendered
from codinglab.encounter.chart import Chart, parse
from codinglab.encounter.circumstances import Circumstances, Patient


class CaseFile(Row):
    """The fields of case.yml.

    `facts` lists the allowed values of each fact that may decide the key; `forbid` the
    combinations that cannot be; `surface` records that change only the wording (names, ages).
    `risk` says who is risk adjusted, in a case of that setting and only there. A case of the
    setting billing is worked on its `service_date`, and its answer is a biller's statements;
    `billing` names the templates of its claims and payments, and `finds_codes` says that the
    biller looks for codes, so that the workspace offers the search there too.
    """

    title: str
    use: Literal["practice", "graded"]
    setting: Literal["professional", "risk", "billing"]
    place_of_service: str = Field(default="", pattern=r"^(\d\d)?$")
    service_date: date
    payer: str
    policy: tuple[str, ...] = ()
    competencies: tuple[str, ...] = Field(min_length=1)
    difficulty: int = Field(ge=1, le=5)
    minutes: int = Field(ge=1, le=120)
    asked: str
    hints: tuple[str, ...] = Field(min_length=1)
    facts: dict[str, tuple[str, ...]] = Field(min_length=1)
    forbid: tuple[dict[str, str], ...] = ()
    surface: dict[str, tuple[dict[str, str], ...]] = Field(default_factory=dict)
    risk: CaseRiskRow | None = None
    billing: BillingRow | None = None
    finds_codes: bool = False

    @model_validator(mode="after")
    def _risk(self) -> CaseFile:
        if (self.setting == "risk") != (self.risk is not None):
            raise ValueError("risk belongs to a case of the setting risk, and only there")
        if (self.setting == "billing") == bool(self.place_of_service):
            raise ValueError("give a place_of_service, but to a case of the setting billing")
        if self.billing and self.setting != "billing":
            raise ValueError("billing belongs to a case of the setting billing, and only there")
        if self.finds_codes and self.setting != "billing":
            raise ValueError("finds_codes is for the setting billing; any other finds codes")
        paid_in = self.service_date.year + 1
        if self.risk and self.risk.payment_year != paid_in:
            year = self.service_date.year
            raise ValueError(f"risk: payment_year: diagnoses of {year} are paid in {paid_in}")
        return self

    @property
    def looks_for_codes(self) -> bool:
        """Say whether whoever works the case looks for codes."""
        return self.setting != "billing" or self.finds_codes

    @property
    def circumstances(self) -> Circumstances:
        """Return whose rules judge the codes: risk adjustment reads a practitioner's visits."""
        if self.risk is None:
            return Circumstances("professional", self.payer)
        return Circumstances("professional", self.payer, Patient(self.risk.born, self.risk.sex))


@dataclass(frozen=True, slots=True)
class Case:
    """A case family: its slug (the folder's name, never reused), case.yml, chart template.

    `billing` holds the templates of claims and payments by their file's name.
    """

    slug: str
    file: CaseFile
    template: str
    billing: tuple[tuple[str, str], ...] = ()

    @property
    def day(self) -> date:
        """Return the date of service."""
        return self.file.service_date


def cases_folder() -> Path:
    """Return the folder that holds one folder a case."""
    return data_folder("curriculum") / "cases"


def slugs() -> tuple[str, ...]:
    """Return the slugs of all cases, sorted."""
    return tuple(sorted(path.parent.name for path in cases_folder().glob("*/case.yml")))


@lru_cache(maxsize=256)
def load(slug: str) -> Case:
    """Return the case `slug`.

    Raises BadData naming the file and field when it is wrong, or the known cases when there is
    none of that name.
    """
    folder = cases_folder() / slug
    if slug not in slugs():
        raise BadData(f"there is no case {slug!r}; the cases are: {', '.join(slugs())}")
    file = read_yaml(folder / "case.yml", CaseFile)
    named = file.billing.templates if file.billing else ()
    billing = tuple((name, read_text(folder / name)) for name in named)
    return Case(slug, file, read_text(folder / "chart.md"), billing)


def render(case: Case, record: dict[str, object]) -> Chart:
    """Return the chart of `case` for a variant's `record` of facts and surface.

    The template runs in Jinja2's sandbox and a name it does not know is an error: raises BadData.
    """
    place = f"curriculum/cases/{case.slug}/chart.md"
    return parse(rendered(case.template, record, place), place)
