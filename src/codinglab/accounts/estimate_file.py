"""An estimate from a file: patient, days, providers and services; prices by list or contract."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from codinglab.accounts.estimate import Due, Estimate, EstimateRefused, Item, ProviderPart, due
from codinglab.claim.model import Claim, Line
from codinglab.claim.model import Diagnosis as ClaimDiagnosis
from codinglab.claim.numbers import why_not_npi
from codinglab.claim.parties import Coverage, Name, Payer, Person, Provider
from codinglab.codes.procedures import NotAProcedureCode, find
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.core.tables import Row, read_yaml
from codinglab.payer.contract import Contract
from codinglab.payer.contract_file import contracts
from codinglab.payer.price_claim import expected

_SELF_PAY = "09"
Digits9 = Annotated[str, StringConstraints(pattern=r"^\d{2}-?\d{7}$")]
Digits10 = Annotated[str, StringConstraints(pattern=r"^\d{10}$")]


class ItemRow(Row):
    """A service: `charge` is dollars for one unit, that of the charge list where it is left out."""

    code: str
    what: str = ""
    units: Decimal = Field(default=Decimal(1), gt=0)
    modifiers: tuple[str, ...] = ()
    charge: Decimal | None = Field(default=None, ge=0)


class ProviderRow(Row):
    """A provider or facility; `prices` is a self-pay contract's payer id, blank for the list."""

    name: str
    npi: Digits10
    tax_id: Digits9
    state: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    location: str
    place_of_service: str = "11"
    prices: str = ""
    items: tuple[ItemRow, ...] = Field(min_length=1)


class PatientRow(Row):
    """Whom the estimate is for."""

    last: str
    first: str
    born: date


class EstimateFile(Row):
    """What an estimate is made of; the first provider is the one that schedules."""

    patient: PatientRow
    made: date
    scheduled: date | None = None
    asked: date | None = None
    service: date | None = None
    primary: str
    diagnoses: tuple[str, ...] = ()
    charges: dict[str, Decimal] = Field(default_factory=dict)
    providers: tuple[ProviderRow, ...] = Field(min_length=1)
    separate: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> EstimateFile:
        npis = [one.npi for one in self.providers]
        if len(set(npis)) < len(npis):
            raise ValueError("a provider stands twice; put its services together")
        if wrong := [f"{one}: {why}" for one in npis if (why := why_not_npi(one))]:
            raise ValueError("; ".join(wrong))
        return self


def read_estimate(path: Path) -> Estimate:
    """Return the estimate of a file; raises BadData for a wrong field, and what `made` raises."""
    return made(read_yaml(path, EstimateFile))


def made(told: EstimateFile) -> Estimate:
    """Return the estimate; the day of service chooses prices and labels, else the day it is made.

    Raises EstimateRefused where a charge is missing, or no contract of that payer is known.
    """
    last_day: Due = due(scheduled=told.scheduled, asked=told.asked, service=told.service)
    return Estimate(
        f"{told.patient.first} {told.patient.last}",
        told.patient.born,
        told.made,
        last_day,
        told.primary,
        told.service,
        tuple(_part(told, one) for one in told.providers),
        told.separate,
    )


def _part(told: EstimateFile, row: ProviderRow) -> ProviderPart:
    charges = [_charge(told, row, one) for one in row.items]
    asked = _by_contract(told, row, charges) if row.prices else _by_list(charges)
    items = (
        Item(
            "-".join((one.code, *one.modifiers)),
            one.what or _label(row, one.code, told.service or told.made),
            one.units,
            told.diagnoses,
            charge,
            amount,
            how,
        )
        for one, charge, (amount, how) in zip(row.items, charges, asked, strict=True)
    )
    return ProviderPart(row.name, row.npi, row.tax_id, row.state, row.location, tuple(items))


def _charge(told: EstimateFile, row: ProviderRow, item: ItemRow) -> Decimal:
    price = item.charge if item.charge is not None else told.charges.get(item.code)
    if price is None:
        raise EstimateRefused(
            f"{row.name}, {item.code}: no charge; give the service one, or put the code among the "
            "charges of the file"
        )
    return price * item.units


def _label(row: ProviderRow, code: str, day: date) -> str:
    try:
        return find(code, day).label
    except (NotInTable, NotInForce, NotAProcedureCode):
        raise EstimateRefused(
            f"{row.name}, {code}: this lab has no words for it; say under `what` what it is, since "
            "an estimate must be understood"
        ) from None


def _by_list(charges: list[Decimal]) -> list[tuple[Decimal, str]]:
    return [(one, "charge list") for one in charges]


def _by_contract(
    told: EstimateFile, row: ProviderRow, charges: list[Decimal]
) -> list[tuple[Decimal, str]]:
    contract = contracts().get(row.prices)
    if contract is None or contract.kind != "self-pay":
        known = [key for key, one in contracts().items() if one.kind == "self-pay"]
        raise EstimateRefused(
            f"{row.name}: {row.prices!r} is no self-pay contract; known: {', '.join(known)}"
        )
    priced = expected(_claim(told, row, charges, contract), contract)
    found = []
    for one in priced.lines:
        if one.price is None:
            raise EstimateRefused(
                f"{row.name}, {row.items[one.line - 1].code}: {contract.name} has no price for it; "
                "take the charge list"
            )
        found.append((one.amount, f"{one.rule}: {one.price.steps[-1].how}"))
    return found


def _claim(
    told: EstimateFile, row: ProviderRow, charges: list[Decimal], contract: Contract
) -> Claim:
    """Return the claim that the provider would make, which is how contracts are asked."""
    day = told.service or told.made
    every = tuple(range(1, min(len(told.diagnoses), 4) + 1))
    return Claim(
        "professional",
        "ESTIMATE",
        Person(Name(told.patient.last, told.patient.first), told.patient.born),
        (Coverage(Payer(contract.name, contract.payer_id), "", _SELF_PAY),),
        Provider(Name(row.name), row.npi, tax_id=row.tax_id),
        tuple(map(ClaimDiagnosis, told.diagnoses)),
        tuple(
            Line(one.code, charge, one.units, day, modifiers=one.modifiers, pointers=every)
            for one, charge in zip(row.items, charges, strict=True)
        ),
        place_of_service=row.place_of_service,
    )
