"""A made-up practice as data: people, payers, visits by weight, charges, habits, slips and costs.

curriculum/practices/<name>/practice.yml; all its rates are invented for training.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from codinglab.claim.parties import Address, Name, Provider
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, read_yaml

Slip = Literal[
    "member number", "birth date", "modifier", "authorization", "diagnosis", "level", "held"
]
"""What can go wrong with a claim: each is a function of accounts/practice_slips.py."""

Action = Literal["correct", "appeal", "give up"]
Weights = dict[str, Decimal]
Lags = dict[int, Decimal]
LEVEL = "LEVEL"


class AddressRow(Row):
    """A postal address."""

    line_1: str
    city: str
    state: str
    zip_code: str


class BillingRow(Row):
    """The practice as it bills."""

    name: str
    npi: str
    taxonomy: str
    tax_id: str
    address: AddressRow
    phone: str

    def provider(self) -> Provider:
        """Return it as a claim names it."""
        address = Address(**self.address.model_dump())
        return Provider(
            Name(self.name),
            self.npi,
            self.taxonomy,
            self.tax_id,
            address=address,
            contact="Billing Office",
            phone=self.phone,
        )


class ProviderRow(Row):
    """A practitioner; `weight` is the share of visits, compared with the others'."""

    name: str
    first: str
    npi: str
    taxonomy: str
    weight: Decimal

    def provider(self) -> Provider:
        """Return the practitioner as a claim names one."""
        return Provider(Name(self.name, self.first), self.npi, self.taxonomy)


class PayerRow(Row):
    """A payer of the practice: its share of patients, its member numbers, their years of birth."""

    weight: Decimal
    number: str
    born: tuple[int, int]


class TemplateRow(Row):
    """A kind of visit: its weight, its diagnoses, its lines ("20610-RT", "J3301 4", "LEVEL-25")."""

    id: str
    weight: Decimal
    diagnoses: tuple[str, ...] = Field(min_length=1)
    lines: tuple[str, ...] = Field(min_length=1)


class LevelsRow(Row):
    """How often each visit level is what the note supports."""

    established: Weights
    new: Weights


class LagsRow(Row):
    """Days that things take, by weight: entry and sending, mending, working and answering."""

    entry: Lags
    sending: Lags
    mending: Lags
    working: Lags
    answering: Lags


class WorkRow(Row):
    """What is done about a denial, how often it is found, and how often that ends well."""

    action: Action
    found: Decimal
    won: Decimal


class GiveUpRow(Row):
    """Who gives money up, in which role, and why."""

    who: str
    role: str
    why: str


class PatientsPayRow(Row):
    """After each statement, `days` apart, the share of patients who pay."""

    days: int
    each: tuple[Decimal, ...]


class RemitsRow(Row):
    """On which weekday payers pay, and how many days later the 835 is posted."""

    weekday: int = Field(ge=0, le=6)
    posted_after: int = Field(ge=0)


class PracticeFile(Row):
    """The practice: docs/kpi.md says what each field does."""

    name: str
    source: str
    first: date
    visits_a_day: int = Field(gt=0)
    months: tuple[Decimal, ...] = Field(min_length=12, max_length=12)
    patients: int = Field(gt=0)
    known: Decimal
    vague: str
    place: str
    billing: BillingRow
    providers: tuple[ProviderRow, ...]
    coders: Weights
    registrars: Weights
    payers: dict[str, PayerRow]
    first_names: dict[Literal["F", "M"], tuple[str, ...]]
    last_names: tuple[str, ...]
    charges: dict[str, Decimal]
    templates: tuple[TemplateRow, ...]
    levels: LevelsRow
    audited: Decimal
    lags: LagsRow
    scrubber: Decimal
    slips: dict[Slip, Decimal]
    held_days: int
    work: dict[str, WorkRow]
    give_up: GiveUpRow
    patients_pay: PatientsPayRow
    bad_debt: GiveUpRow
    remits: RemitsRow
    costs: dict[str, Decimal]

    @model_validator(mode="after")
    def _complete(self) -> PracticeFile:
        told = [line.split()[0].split("-")[0] for one in self.templates for line in one.lines]
        levels = [*self.levels.established, *self.levels.new]
        missing = sorted({*told, *levels} - {LEVEL} - set(self.charges))
        if missing:
            raise ValueError(f"charges: no charge for {', '.join(missing)}; add them")
        if self.first.day != 1:
            raise ValueError(f"first: {self.first}: begin on the first of a month")
        for payer, row in self.payers.items():
            if self.patients > 10 ** row.number.count("#"):
                raise ValueError(
                    f"payers: {payer}: {row.number} has too few # for {self.patients} patients"
                )
        if "otherwise" not in self.work:
            raise ValueError("work: say under `otherwise` what is done about any other cause")
        return self


def practice_folder(name: str) -> Path:
    """Return the folder of a practice of the installation; raises BadData naming those known."""
    root = data_folder("curriculum") / "practices"
    if not (root / name / "practice.yml").is_file():
        known = ", ".join(sorted(one.parent.name for one in root.glob("*/practice.yml")))
        raise BadData(f"there is no practice {name!r}; choose one of {known}")
    return root / name


@lru_cache(maxsize=8)
def read_practice(path: Path) -> PracticeFile:
    """Return the practice of a file; raises BadData naming file and field."""
    return read_yaml(path, PracticeFile)
