"""The service lines of a claim: charges, units, pointers, places, drugs and who ordered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from codinglab.claim.build_parties import check_npi
from codinglab.claim.claim_file import ClaimFile, DrugRow, EquipmentRow, LineRow
from codinglab.claim.model import Drug, Equipment, Line, UnitKind
from codinglab.claim.numbers import ndc11
from codinglab.claim.parties import Provider, Role
from codinglab.claim.rules import RoleRow, is_ordered, limit, listed, role_needed
from codinglab.claim.said import Said
from codinglab.codes.procedures import NotAProcedureCode, find
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.encounter.coded import POINTER_LETTERS, CodedEncounter, ServiceLine


@dataclass(frozen=True, slots=True)
class Around:
    """What a line takes from the rest of the claim.

    `filing` is of the payer that is asked, `providers` are the claim's, `diagnoses` how many
    there are to point to.
    """

    file: ClaimFile
    filing: str
    providers: Mapping[Role, Provider]
    diagnoses: int


def lines(coded: CodedEncounter, around: Around, said: Said) -> tuple[Line, ...]:
    """Return one line for each service of the worksheet, in its order."""
    rows = _rows(around.file, len(coded.lines), said)
    found: list[Line] = []
    for number, service in enumerate(coded.lines, start=1):
        said.line = number
        if one := _line(service, rows.get(number, LineRow(line=number)), around, said):
            found.append(one)
    said.line = 0
    return _ordered(tuple(found), around) if said.kind == "professional" else tuple(found)


def _ordered(lines: tuple[Line, ...], around: Around) -> tuple[Line, ...]:
    """Give the claim's ordering provider to every line where none is of a kind that is ordered."""
    one = around.providers.get("ordering")
    if one is None or any(role == "ordering" for line in lines for role, _ in line.providers):
        return lines
    return tuple(replace(line, providers=(*line.providers, ("ordering", one))) for line in lines)


def _rows(file: ClaimFile, count: int, said: Said) -> dict[int, LineRow]:
    found: dict[int, LineRow] = {}
    for row in file.lines:
        if row.line in found or not 1 <= row.line <= count:
            said.lack(
                "line-number",
                "lines",
                f"lines tells of line {row.line}; the worksheet has {count}, each told of once.",
                "Correct its number: the services of the worksheet count from 1.",
            )
        found[row.line] = row
    return found


def _line(service: ServiceLine, row: LineRow, around: Around, said: Said) -> Line | None:
    units, kind = _units(service, row, said)
    charge = None if units is None else _charge(service, row, units, kind, around.file, said)
    roles = _roles(service, row, around, said)
    pointers = row.pointers or service.pointers
    _pointers(service.code, pointers, around, said)
    most = limit("modifiers", said.day).number
    if len(service.modifiers) > most:
        message = f"{service.code} has {len(service.modifiers)} modifiers, and {most} find room."
        said.say("modifiers", "modifiers", message, "Keep those that decide payment, or use 99.")
    if units is None or charge is None:
        return None
    return Line(
        code=service.code,
        charge=charge,
        units=units,
        first=service.day or around.file.on,
        last=row.last,
        modifiers=service.modifiers,
        unit_kind=kind,
        pointers=pointers if said.kind == "professional" else (),
        place_of_service=service.place_of_service or "",
        revenue_code=row.revenue_code,
        noncovered=row.noncovered,
        description=row.description,
        emergency=row.emergency,
        epsdt=row.epsdt,
        family_planning=row.family_planning,
        drug=_drug(row.drug, said) if row.drug else None,
        equipment=_equipment(row.equipment) if row.equipment else None,
        providers=roles,
        authorization=row.authorization,
        control_number=row.control_number,
        note=row.note,
        attachments=tuple(one.value() for one in row.attachments),
        patients=row.patients,
        prescribed=row.prescribed,
    )


def _units(service: ServiceLine, row: LineRow, said: Said) -> tuple[Decimal | None, UnitKind]:
    """Return the units, in minutes of anesthesia where a modifier of it stands on the line."""
    role = next((m for m in service.modifiers if listed(m, "anesthesia modifier", said.day)), "")
    if role and row.minutes is None:
        said.lack(
            "minutes",
            "anesthesia",
            f"{service.code}-{role} is anesthesia, and its minutes are not told.",
            "State minutes for this line under lines.",
        )
        return None, "MJ"
    if row.minutes is not None:
        if not role:
            said.warn(
                "minutes",
                "anesthesia",
                f"{service.code} is told in minutes, and no modifier says who gave anesthesia.",
                "Add AA, QK, QX, QY, QZ or AD, or take the minutes out.",
            )
        return Decimal(row.minutes), "MJ"
    if service.units is None:
        message = f"How many units of {service.code} is not told."
        said.lack("units", "units", message, "Write x1 on the worksheet's line.")
        return None, "UN"
    return Decimal(service.units), "UN"


def _charge(  # noqa: PLR0913, PLR0917  what a charge depends on
    service: ServiceLine,
    row: LineRow,
    units: Decimal,
    kind: UnitKind,
    file: ClaimFile,
    said: Said,
) -> Decimal | None:
    """Return the line's charge: its own, else units times the fee of the list."""
    if row.charge is not None:
        return row.charge
    if kind == "MJ":
        message = "Anesthesia is charged by base and time units, which a fee a unit cannot tell."
        said.lack("charge", "charge", message, "State charge for this line under lines.")
        return None
    whole = "-".join((service.code, *service.modifiers))
    fees = {key.upper().replace(" ", ""): fee for key, fee in file.charges.items()}
    fee = fees.get(whole, fees.get(service.code))
    if fee is None:
        message = f"The fee list has no charge for {service.code}."
        said.lack("charge", "charge", message, f"Add {service.code} to charges.")
        return None
    return fee * units


def _pointers(code: str, pointers: tuple[int, ...], around: Around, said: Said) -> None:
    """Say which pointers are missing, too many, or to no diagnosis; a UB-04 has none."""
    if said.kind != "professional":
        return
    most = limit("pointers", said.day).number
    if not pointers:
        message = f"{code} points to no diagnosis."
        said.say("pointer", "pointers", message, "Say which it is for on the worksheet: dx A")
    if len(pointers) > most:
        message = f"{code} points to {len(pointers)} diagnoses; {most} find room."
        said.say("pointers", "pointers", message, "Keep the four that explain the service best.")
    for at in pointers:
        if not 0 < at <= around.diagnoses:
            said.say(
                "pointer",
                "pointers",
                f"{code} points to {_letter(at)} of {around.diagnoses} diagnoses.",
                "Correct the pointer, or add the diagnosis.",
            )


def _letter(at: int) -> str:
    return POINTER_LETTERS[at - 1] if 0 < at <= len(POINTER_LETTERS) else str(at)


def _drug(row: DrugRow, said: Said) -> Drug:
    ndc = ndc11(row.ndc)
    if ndc is None:
        said.say(
            "ndc",
            "drug",
            f"{row.ndc!r} is no NDC that can be told apart.",
            "Copy it with its hyphens (0409-3795-01), or all eleven digits.",
        )
    if listed(row.unit, "drug unit", said.day) is None:
        message = f"{row.unit!r} is no unit of a drug."
        said.say("drug-unit", "drug.unit", message, "Use UN, ML, GR, F2 or ME.")
    return Drug(ndc or row.ndc, row.quantity, row.unit, row.prescription)


def _equipment(row: EquipmentRow) -> Equipment:
    return Equipment(
        row.code,
        row.months,
        row.rental,
        row.purchase,
        row.every,
        row.days,
        row.certification,
    )


def _roles(
    service: ServiceLine, row: LineRow, around: Around, said: Said
) -> tuple[tuple[Role, Provider], ...]:
    """Return the line's own providers, and say who must be named and is not.

    Who ordered stands on the line on the wire, so the claim's ordering provider is given to each
    line that is ordered. A referring provider answers for who ordered.
    """
    own = {role: one.value() for role, one in row.providers.items()}
    for role, one in own.items():
        check_npi(one, f"{role}.npi", f"{role} provider", said)
    if said.kind != "professional":
        return tuple(own.items())
    kind = _kind(service, said.day)
    if "ordering" in around.providers and is_ordered(kind, said.day):
        own.setdefault("ordering", around.providers["ordering"])
    need = role_needed(kind, around.filing, service.modifiers, said.day)
    if need and not {need.role, "referring"} & {*own, *around.providers}:
        _lacks(service, need, said)
    return tuple(own.items())


def _lacks(service: ServiceLine, need: RoleRow, said: Said) -> None:
    if need.role == "ordering" and listed(service.code, "needs no order", said.day):
        return
    what = "ordered it" if need.role == "ordering" else "certified the plan of therapy"
    said.say(
        need.role,
        need.role,
        f"Medicare pays {service.code} only where the claim names who {what}.",
        f"State providers.{need.role} with name and NPI ({need.qualifier} on paper).",
        source=need.source,
    )


def _kind(service: ServiceLine, day: date) -> str:
    """Return the kind of service, blank where the lab's tables do not say it."""
    try:
        return find(service.code, day).kind
    except (NotAProcedureCode, NotInTable, NotInForce):
        return ""
