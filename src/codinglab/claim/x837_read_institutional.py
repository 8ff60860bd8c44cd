"""What only an 837I says of a claim and its lines: the reverse of `x837_institutional`."""

from __future__ import annotations

from typing import Any

from codinglab.claim.model import (
    Accident,
    Attachment,
    CodedDay,
    Diagnosis,
    InstitutionalBill,
    Line,
    StayProcedure,
    ValueCode,
)
from codinglab.claim.parties import Role
from codinglab.claim.x837_fields import (
    Unreadable,
    coded_parts,
    day_at,
    dotted,
    inner,
    needed,
    needed_code,
    needed_number,
    period_at,
    reference_at,
)
from codinglab.claim.x837_read_line import read_days, read_drug, read_modifiers
from codinglab.claim.x837_read_parties import read_providers
from codinglab.x12.loops import Loop
from codinglab.x12.values import day_of, decimal_of, period_of

_LINE_ROLES: tuple[tuple[str, str, Role], ...] = (
    ("2420A", "72", "operating"),
    ("2420B", "ZZ", "other operating"),
    ("2420C", "82", "rendering"),
    ("2420D", "DN", "referring"),
)
_WHEN, _AMOUNT, _POA = 3, 4, 8  # components of an HI composite, from 0
_DAY_LENGTH = 8


def _at(parts: list[str], place: int) -> str:
    return parts[place] if place < len(parts) else ""


def _diagnoses(loop: Loop, *kinds: str) -> tuple[Diagnosis, ...]:
    return tuple(Diagnosis(dotted(one[1]), _at(one, _POA)) for one in coded_parts(loop, *kinds))


def _first(loop: Loop, kind: str) -> str:
    return next((one[1] for one in coded_parts(loop, kind)), "")


def _procedures(loop: Loop) -> tuple[StayProcedure, ...]:
    """Return the procedures, the principal one first; one without its day is left out."""
    said = [*coded_parts(loop, "BBR"), *coded_parts(loop, "BBQ")]
    days = [(one[1], day_of(_at(one, _WHEN))) for one in said]
    return tuple(StayProcedure(code, day) for code, day in days if day is not None)


def _coded_days(loop: Loop, kind: str) -> tuple[CodedDay, ...]:
    found = []
    for one in coded_parts(loop, kind):
        days = period_of(_at(one, _WHEN))
        if days is not None:
            found.append(CodedDay(one[1], days[0], days[1] if one[2] == "RD8" else None))
    return tuple(found)


def _values(loop: Loop) -> tuple[ValueCode, ...]:
    said = [(one[1], decimal_of(_at(one, _AMOUNT))) for one in coded_parts(loop, "BE")]
    return tuple(ValueCode(code, amount) for code, amount in said if amount is not None)


def _hour(loop: Loop, qualifier: str, at: int) -> str:
    """Return the hour in a DTP segment, which stands at place `at` (from 0) of its text."""
    one = loop.first("DTP", qualifier)
    if one is None or one.get(2) == "D8":
        return ""
    return one.get(3)[at : at + 2]


def _bill(loop: Loop) -> InstitutionalBill:
    period = period_at(loop, "434")
    told = needed(loop, "CL1")
    header = needed(loop, "CLM")
    if period is None:
        raise Unreadable("there is no statement period (DTP 434)", "2300", header.position, "DTP03")
    return InstitutionalBill(
        bill_type=f"0{header.part(5, 1)}",
        statement_from=period[0],
        statement_to=period[1],
        status=told.get(3),
        priority=told.get(1),
        origin=told.get(2),
        admitted=day_at(loop, "435"),
        admission_hour=_hour(loop, "435", _DAY_LENGTH),
        discharge_hour=_hour(loop, "096", 0),
        admitting_diagnosis=dotted(_first(loop, "ABJ")),
        reasons=tuple(dotted(one[1]) for one in coded_parts(loop, "APR")),
        external_causes=_diagnoses(loop, "ABN"),
        procedures=_procedures(loop),
        conditions=tuple(one[1] for one in coded_parts(loop, "BG")),
        occurrences=_coded_days(loop, "BH"),
        spans=_coded_days(loop, "BI"),
        values=_values(loop),
        drg=_first(loop, "DR"),
        record_number=reference_at(loop, "EA"),
    )


def institutional_fields(loop: Loop) -> dict[str, Any]:
    """Return the fields of a claim that only an 837I fills; raises Unreadable."""
    bill = _bill(loop)
    return {
        "bill": bill,
        "accident": Accident(state=reference_at(loop, "LU")),
        "diagnoses": _diagnoses(loop, "ABK") + _diagnoses(loop, "ABF"),
        "lines": tuple(_line(one, bill) for one in inner(loop, "2400")),
    }


def _line(loop: Loop, bill: InstitutionalBill) -> Line:
    """Return a revenue line; one without a date has the first day of the statement."""
    one = needed(loop, "SV2")
    when = read_days(loop) or (bill.statement_from, None)
    return Line(
        code=one.part(2, 2),
        charge=needed_number(loop, one, 3),
        units=needed_number(loop, one, 5),
        first=when[0],
        last=when[1],
        modifiers=read_modifiers(one, 2),
        unit_kind=needed_code(loop, one, 4, ("UN", "DA", "MJ")),
        revenue_code=one.get(1),
        noncovered=decimal_of(one.get(7)),
        description=one.part(2, 7),
        drug=read_drug(loop),
        providers=tuple(read_providers(loop, _LINE_ROLES)),
        control_number=reference_at(loop, "6R"),
        attachments=tuple(
            Attachment(each.get(1), each.get(2), each.get(6)) for each in loop.all("PWK")
        ),
    )
