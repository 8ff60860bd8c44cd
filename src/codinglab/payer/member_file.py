"""Files of simulated payers: checked at the border, errors naming file and field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from codinglab.claim.parties import Address, Name, Payer, Person
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, read_yaml
from codinglab.payer.members import (
    Benefit,
    Dependent,
    KnownClaim,
    Member,
    Plan,
    SimulatedPayer,
    Status,
)


class _AddressRow(Row):
    line_1: str
    city: str
    state: str
    zip_code: str
    line_2: str = ""


class _PayerRow(Row):
    name: str
    payer_id: str
    address: _AddressRow | None = None


class _PersonRow(Row):
    last: str
    first: str
    born: date
    sex: Literal["F", "M"]
    middle: str = ""
    relationship: str = ""


class _BenefitRow(Row):
    kind: Literal["1", "A", "B", "C", "F", "G", "I"]
    service: str
    level: Literal["", "IND", "FAM"] = ""
    network: Literal["", "Y", "N"] = ""
    period: str = ""
    amount: Decimal | None = None
    share: Decimal | None = Field(default=None, ge=0, le=1)
    visits: int | None = None
    authorization: bool = False
    message: str = ""


class _PlanRow(Row):
    name: str
    insurance: str
    benefits: list[_BenefitRow]


class _MemberRow(Row):
    member_id: str
    plan: str
    person: _PersonRow
    starts: date
    last_day: date | None = None
    group_number: str = ""
    dependents: list[_PersonRow] = Field(default_factory=list)
    left: list[_BenefitRow] = Field(default_factory=list)
    first_payer: _PayerRow | None = None


class _StatusRow(Row):
    day: date
    category: str
    code: str
    entity: str = ""
    paid: Decimal | None = None
    check: str = ""
    check_day: date | None = None


class _ClaimRow(Row):
    number: str
    account: str
    member_id: str
    born: date
    first: date
    last: date
    charge: Decimal
    statuses: list[_StatusRow]


class _FileRow(Row):
    payer: _PayerRow
    trace_id: str = Field(pattern="1[0-9]{9}")
    months_back: int
    source: str
    plans: dict[str, _PlanRow]
    members: list[_MemberRow]
    claims: list[_ClaimRow]


def folder() -> Path:
    """Return the folder of the installation's simulated payers."""
    return data_folder("curriculum") / "payers" / "members"


@lru_cache(maxsize=1)
def simulated_payers() -> Mapping[str, SimulatedPayer]:
    """Return the installation's simulated payers by their identifiers; raises BadData."""
    found = (read_payer(file) for file in sorted(folder().glob("*.yml")))
    return {one.payer.payer_id: one for one in found}


def read_payer(file: Path) -> SimulatedPayer:
    """Return the simulated payer of the YAML `file`; raises BadData naming file and field."""
    row = read_yaml(file, _FileRow)
    plans = {key: _plan(one) for key, one in row.plans.items()}
    for one in row.members:
        if one.plan not in plans:
            known = ", ".join(plans)
            raise BadData(f"{file}: member {one.member_id}: no plan {one.plan!r}; use {known}")
    return SimulatedPayer(
        _payer(row.payer),
        row.trace_id,
        row.months_back,
        tuple(_member(one, plans[one.plan]) for one in row.members),
        tuple(_claim(one) for one in row.claims),
    )


def _payer(row: _PayerRow) -> Payer:
    address = Address(**row.address.model_dump()) if row.address else None
    return Payer(row.name, row.payer_id, address)


def _person(row: _PersonRow) -> Person:
    return Person(Name(row.last, row.first, row.middle), row.born, row.sex)


def _benefits(rows: list[_BenefitRow]) -> tuple[Benefit, ...]:
    return tuple(Benefit(**row.model_dump()) for row in rows)


def _plan(row: _PlanRow) -> Plan:
    return Plan(row.name, row.insurance, _benefits(row.benefits))


def _member(row: _MemberRow, plan: Plan) -> Member:
    return Member(
        row.member_id,
        _person(row.person),
        plan,
        row.starts,
        row.last_day,
        row.group_number,
        tuple(Dependent(_person(one), one.relationship) for one in row.dependents),
        _benefits(row.left),
        _payer(row.first_payer) if row.first_payer else None,
    )


def _claim(row: _ClaimRow) -> KnownClaim:
    facts = row.model_dump(exclude={"statuses"})
    return KnownClaim(**facts, statuses=tuple(Status(**one.model_dump()) for one in row.statuses))
