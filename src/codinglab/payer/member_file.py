"""Files of simulated payers: checked at the border, errors naming file and field."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from codinglab.claim.parties import Address, Name, Payer, Person
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, read_yaml
from codinglab.payer.member_rows import (
    BenefitRow,
    ClaimRow,
    FileRow,
    MemberRow,
    PayerRow,
    PersonRow,
    PlanRow,
)
from codinglab.payer.members import (
    Benefit,
    Dependent,
    KnownClaim,
    Member,
    Plan,
    SimulatedPayer,
    Status,
)


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
    row = read_yaml(file, FileRow)
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


def _payer(row: PayerRow) -> Payer:
    address = Address(**row.address.model_dump()) if row.address else None
    return Payer(row.name, row.payer_id, address)


def _person(row: PersonRow) -> Person:
    return Person(Name(row.last, row.first, row.middle), row.born, row.sex)


def _benefits(rows: list[BenefitRow]) -> tuple[Benefit, ...]:
    return tuple(Benefit(**row.model_dump()) for row in rows)


def _plan(row: PlanRow) -> Plan:
    return Plan(row.name, row.insurance, _benefits(row.benefits))


def _member(row: MemberRow, plan: Plan) -> Member:
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


def _claim(row: ClaimRow) -> KnownClaim:
    facts = row.model_dump(exclude={"statuses"})
    return KnownClaim(**facts, statuses=tuple(Status(**one.model_dump()) for one in row.statuses))
