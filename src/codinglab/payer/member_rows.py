"""What a file of a simulated payer may hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from codinglab.core.tables import Row

_FIGURES = {
    "A": ("share",),
    "B": ("amount",),
    "C": ("amount",),
    "F": ("amount", "visits"),
    "G": ("amount",),
}


class AddressRow(Row):
    """An address."""

    line_1: str
    city: str
    state: str
    zip_code: str
    line_2: str = ""


class PayerRow(Row):
    """A payer."""

    name: str
    payer_id: str
    address: AddressRow | None = None


class PersonRow(Row):
    """A member, or with a `relationship` somebody insured through one."""

    last: str
    first: str
    born: date
    sex: Literal["F", "M"]
    middle: str = ""
    relationship: str = ""


class BenefitRow(Row):
    """A benefit; see members.Benefit."""

    kind: Literal["1", "A", "B", "C", "F", "G", "I"]
    service: str
    level: Literal["", "IND", "FAM"] = ""
    network: Literal["", "Y", "N"] = ""
    period: str = ""
    amount: Decimal | None = Field(default=None, ge=0)
    share: Decimal | None = Field(default=None, ge=0, le=1)
    visits: int | None = Field(default=None, ge=0)
    authorization: bool = False
    message: str = ""

    @model_validator(mode="after")
    def _with_its_figure(self) -> BenefitRow:
        wanted = _FIGURES.get(self.kind, ())
        if wanted and all(getattr(self, name) is None for name in wanted):
            raise ValueError(f"kind {self.kind} needs {' or '.join(wanted)}; add it")
        return self


class PlanRow(Row):
    """A plan."""

    name: str
    insurance: str
    benefits: list[BenefitRow]


class MemberRow(Row):
    """A member."""

    member_id: str
    plan: str
    person: PersonRow
    starts: date
    last_day: date | None = None
    group_number: str = ""
    dependents: list[PersonRow] = Field(default_factory=list)
    left: list[BenefitRow] = Field(default_factory=list)
    first_payer: PayerRow | None = None


class StatusRow(Row):
    """What is said of a claim from a day on."""

    day: date
    category: str
    code: str
    entity: str = ""
    paid: Decimal | None = None
    check: str = ""
    check_day: date | None = None


class ClaimRow(Row):
    """A claim that the payer has."""

    number: str
    account: str
    member_id: str
    born: date
    first: date
    last: date
    charge: Decimal
    statuses: list[StatusRow]


class FileRow(Row):
    """The whole file."""

    payer: PayerRow
    trace_id: str = Field(pattern="1[0-9]{9}")
    months_back: int
    source: str
    plans: dict[str, PlanRow]
    members: list[MemberRow]
    claims: list[ClaimRow]
