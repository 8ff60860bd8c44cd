"""The coded boxes of a UB-04 read, and what only an institutional bill tells."""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.claim.form_parse import read_icd
from codinglab.claim.form_sheet import Sheet
from codinglab.claim.form_ub04_codes import (
    CAUSES,
    CONDITIONS,
    DIAGNOSES,
    OCCURRENCES,
    PROCEDURES,
    REASONS,
    SPANS,
    VALUES,
)
from codinglab.claim.model import CodedDay, Diagnosis, InstitutionalBill, StayProcedure, ValueCode

_TYPE = 4


def diagnoses(sheet: Sheet, box: str) -> tuple[Diagnosis, ...]:
    """Return the diagnoses of 67 to 67Q, or the external causes of 72, with their POA."""
    cells = DIAGNOSES if box == "67" else CAUSES
    return tuple(
        Diagnosis(read_icd(sheet.text(cell)), sheet.text(f"{cell}.poa").upper())
        for cell in cells
        if sheet.text(cell)
    )


def bill(sheet: Sheet) -> InstitutionalBill | None:
    """Return what only the bill tells, None where the billed days cannot be read."""
    first, last = sheet.day("6.from"), sheet.day("6.through")
    if first is None or last is None:
        return None
    return InstitutionalBill(
        bill_type=sheet.text("4")[: _TYPE - 1],
        statement_from=first,
        statement_to=last,
        status=sheet.text("17"),
        priority=sheet.text("14"),
        origin=sheet.text("15"),
        admitted=sheet.day("12"),
        admission_hour=sheet.text("13"),
        discharge_hour=sheet.text("16"),
        admitting_diagnosis=read_icd(sheet.text("69")),
        reasons=tuple(read_icd(sheet.text(one)) for one in REASONS if sheet.text(one)),
        external_causes=diagnoses(sheet, "72"),
        procedures=tuple(_procedures(sheet)),
        conditions=tuple(sheet.text(one) for one in CONDITIONS if sheet.text(one)),
        occurrences=tuple(_days(sheet, OCCURRENCES, "date")),
        spans=tuple(_days(sheet, SPANS, "from", "through")),
        values=tuple(_values(sheet)),
        drg=sheet.text("71"),
        record_number=sheet.text("3b"),
    )


def _alone(sheet: Sheet, cell: str, what: str) -> None:
    sheet.say(
        "code_alone",
        f"{cell}.code",
        f"a code and its {what} go together, and one of them is missing; both are left out.",
        f"Write the code and its {what}.",
    )


def _days(sheet: Sheet, cells: tuple[str, ...], first: str, last: str = "") -> Iterator[CodedDay]:
    for cell in cells:
        code, day = sheet.text(f"{cell}.code"), sheet.day(f"{cell}.{first}")
        end = sheet.day(f"{cell}.{last}") if last else None
        if code and day:
            yield CodedDay(code, day, end)
        elif code or sheet.text(f"{cell}.{first}"):
            _alone(sheet, cell, "day")


def _values(sheet: Sheet) -> Iterator[ValueCode]:
    for cell in VALUES:
        code, amount = sheet.text(f"{cell}.code"), sheet.money(f"{cell}.amount")
        if code and amount is not None:
            yield ValueCode(code, amount)
        elif code or sheet.text(f"{cell}.amount"):
            _alone(sheet, cell, "amount")


def _procedures(sheet: Sheet) -> Iterator[StayProcedure]:
    for cell in PROCEDURES:
        code, day = sheet.text(f"{cell}.code").upper(), sheet.day(f"{cell}.date")
        if code and day:
            yield StayProcedure(code, day)
        elif code or sheet.text(f"{cell}.date"):
            _alone(sheet, cell, "day")
