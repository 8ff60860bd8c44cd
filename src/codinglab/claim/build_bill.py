"""What only a UB-04 says: type of bill, admission, present on admission, reasons and causes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from codinglab.claim.claim_file import BillRow, ClaimFile
from codinglab.claim.model import (
    CodedDay,
    Diagnosis,
    InstitutionalBill,
    Line,
    StayProcedure,
    ValueCode,
)
from codinglab.claim.parties import Provider, Role
from codinglab.claim.rules import limit, listed
from codinglab.claim.said import Said
from codinglab.codes.billing import FACILITIES
from codinglab.codes.code_set import NotACode
from codinglab.codes.poa import poa_exempt
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Severity
from codinglab.encounter.coded import CodedEncounter

_HOUR = re.compile("[01][0-9]|2[0-3]|99")
_SURGICAL = "0"  # the first character of ICD-10-PCS codes of the section medical and surgical


def revenue_lines(file: ClaimFile, priced: tuple[Line, ...], said: Said) -> tuple[Line, ...]:
    """Return all lines of a hospital's bill in the order of their revenue codes.

    A line without a procedure is of its own day, else of the first day of a stay or of the visit.
    """
    for number, one in enumerate(priced, start=1):
        if not one.revenue_code:
            said.line = number
            message = f"{one.code} has no revenue code."
            said.say("revenue", "revenue_code", message, "State revenue_code under lines.")
    said.line = 0
    stay = file.setting == "inpatient" and file.bill is not None
    first = (file.bill.statement_from if stay and file.bill else None) or file.on
    bare = tuple(
        Line(
            code="",
            charge=row.charge,
            units=row.units,
            first=row.day or first,
            unit_kind=row.unit_kind,
            revenue_code=row.revenue_code,
            noncovered=row.noncovered,
        )
        for row in file.revenue
    )
    return tuple(sorted((*bare, *priced), key=lambda one: one.revenue_code))


def split_causes(
    diagnoses: tuple[Diagnosis, ...], day: date
) -> tuple[tuple[Diagnosis, ...], tuple[Diagnosis, ...]]:
    """Return the diagnoses of FL 67, and the external causes, which have a place of their own."""
    causes = tuple(one for one in diagnoses if listed(one.code, "external cause", day))
    return tuple(one for one in diagnoses if one not in causes), causes


def diagnoses_with_poa(file: ClaimFile, coded: CodedEncounter, said: Said) -> tuple[Diagnosis, ...]:
    """Return the diagnoses with present on admission where a stay reports it.

    Source: CMS, Hospital-Acquired Conditions and Present on Admission reporting.
    """
    kind = file.bill.type if file.bill else ""
    stay = file.setting == "inpatient"
    hospital = file.billing.taxonomy if file.billing else ""
    asked = (
        stay
        and listed(kind, "needs present on admission", said.day) is not None
        and listed(hospital, "exempt from present on admission", said.day) is None
    )
    return tuple(
        _one(one.code, one.poa or "", said, stay=stay, asked=asked) for one in coded.diagnoses
    )


def _one(code: str, poa: str, said: Said, *, stay: bool, asked: bool) -> Diagnosis:
    exempt = _exempt(code, said.day) if stay else None
    if poa and (not stay or exempt):
        why = "its code is exempt" if stay else "only a stay reports it"
        message = f"{code}: present on admission {poa} is left out, since {why}."
        said.note("poa", "poa", message, "Take poa out of the worksheet.")
        return Diagnosis(code)
    if asked and not poa and not exempt:
        said.say(
            "poa",
            "poa",
            f"{code} does not say whether it was present on admission."
            + (" This lab's list does not say whether it is exempt." if exempt is None else ""),
            "Write poa Y, N, U or W behind the code on the worksheet.",
            Severity.ERROR if exempt is False else Severity.WARNING,
            "CMS, Present on Admission reporting",
        )
    return Diagnosis(code, poa)


def _exempt(code: str, day: date) -> bool | None:
    try:
        return poa_exempt(code, day)
    except NotInForce:
        return None


def bill(
    file: ClaimFile, coded: CodedEncounter, causes: tuple[Diagnosis, ...], said: Said
) -> InstitutionalBill | None:
    """Return what only a UB-04 says, None where its days or its type are missing."""
    row = file.bill
    if row is None:
        said.lack("bill", "bill", "A hospital's bill says its type and days.", "State bill.")
        return None
    _type(row, file, said)
    if row.statement_from is None or row.statement_to is None:
        message = "The days that the bill covers are not told."
        said.lack("statement", "bill.statement", message, "State statement_from and statement_to.")
        return None
    _visit(row, coded, said)
    _admission(row, file, coded, said)
    _hours(row, said)
    _reasons(row, file, coded, said)
    _room("external causes", "bill.external_causes", causes, said)
    _room("procedures", "bill.procedures", coded.procedures, said)
    return InstitutionalBill(
        bill_type=row.type,
        statement_from=row.statement_from,
        statement_to=row.statement_to,
        status=coded.discharge_status or "",
        priority=row.priority,
        origin=row.origin,
        admitted=row.admitted,
        admission_hour=row.admission_hour,
        discharge_hour=row.discharge_hour,
        admitting_diagnosis=row.admitting_diagnosis,
        reasons=row.reasons,
        external_causes=causes,
        procedures=_procedures(coded, said),
        conditions=row.conditions,
        occurrences=tuple(CodedDay(one.code, one.first, one.last) for one in row.occurrences),
        spans=tuple(CodedDay(one.code, one.first, one.last) for one in row.spans),
        values=tuple(ValueCode(one.code, one.amount) for one in row.values),
        drg=row.drg,
        record_number=row.record_number,
    )


def _type(row: BillRow, file: ClaimFile, said: Said) -> None:
    remedy = "State bill.type in three characters: 011 for a stay, 013 for an outpatient."
    if not row.type:
        said.lack("bill-type", "bill.type", "The type of bill is not told.", remedy)
        return
    try:
        found = FACILITIES.find(row.type, said.day)
    except (NotACode, NotInTable, NotInForce) as error:
        said.say("bill-type", "bill.type", f"{error}.", remedy)
        return
    if found.setting != file.setting:
        message = (
            f"Type of bill {row.type} ({found.label}) is {found.setting}, the claim {file.setting}."
        )
        said.say("bill-type", "bill.type", message, "Correct bill.type or setting.")


def _visit(row: BillRow, coded: CodedEncounter, said: Said) -> None:
    if not coded.discharge_status:
        message = "Where the patient went is not told."
        said.say("status", "bill.status", message, "Write dispo 01 (home) on the worksheet.")
    if not row.priority:
        message = "How urgent the admission or visit was is not told."
        remedy = "State bill.priority: 1 emergency, 2 urgent, 3 elective, 4 newborn, 5 trauma, 9."
        said.say("priority", "bill.priority", message, remedy)
    if not row.origin and not listed(row.type, "needs no origin", said.day):
        message = "Where the patient came from is not told."
        said.say("origin", "bill.origin", message, "State bill.origin: 1 home, 4 another hospital.")


def _admission(row: BillRow, file: ClaimFile, coded: CodedEncounter, said: Said) -> None:
    if listed(row.type, "admission bill", said.day) is None:
        if file.setting == "outpatient" and row.admitting_diagnosis:
            message = "An outpatient has no admitting diagnosis."
            remedy = "Move it to bill.reasons, the patient's own reason for the visit."
            said.say("admitting", "bill.admitting_diagnosis", message, remedy)
        return
    hours = listed(row.type, "hour bill", said.day) is not None
    left = not listed(coded.discharge_status or "", "still a patient", said.day)
    for value, name, what, needed in (
        (row.admitted, "admitted", "day of admission", True),
        (row.admission_hour, "admission_hour", "hour of admission", hours),
        (row.discharge_hour, "discharge_hour", "hour of discharge", hours and left),
        (row.admitting_diagnosis, "admitting_diagnosis", "admitting diagnosis", True),
    ):
        if needed and not value:
            message = f"The {what} is not told, and a stay needs it."
            said.say("admission", f"bill.{name}", message, f"State bill.{name}.")


def _hours(row: BillRow, said: Said) -> None:
    """Say which hour is none: two digits from 00 to 23, or 99 where it is not known (FL 13, 16)."""
    for name, hour in (("admission", row.admission_hour), ("discharge", row.discharge_hour)):
        if hour and not _HOUR.fullmatch(hour):
            message = f"{hour!r} is no hour of {name}."
            remedy = f"Write bill.{name}_hour in two digits, 00 to 23, or 99 where it is not known."
            said.say("hour", f"bill.{name}_hour", message, remedy)


def _reasons(row: BillRow, file: ClaimFile, coded: CodedEncounter, said: Said) -> None:
    """Ask for the reason of an unscheduled outpatient visit (FL 70)."""
    revenue = {one.revenue_code for one in file.lines} | {one.revenue_code for one in file.revenue}
    rule = listed(row.type, "needs visit reason", said.day)
    unplanned = listed(row.priority, "unscheduled visit", said.day) and any(
        listed(code, "unscheduled revenue", said.day) for code in revenue
    )
    if rule and unplanned and not row.reasons:
        message = "An unscheduled visit says why the patient came, in the patient's own terms."
        remedy = "State bill.reasons: one to three ICD-10-CM codes."
        said.say("reason", "bill.reasons", message, remedy, source=rule.source)
    if row.reasons and file.setting == "inpatient":
        message = "Reasons for the visit are an outpatient's."
        said.say("reason", "bill.reasons", message, "Use bill.admitting_diagnosis for a stay.")
    _room("visit reasons", "bill.reasons", row.reasons, said)
    if coded.procedures and file.setting == "outpatient":
        message = "ICD-10-PCS codes are reported by hospitals for inpatients alone."
        remedy = "Code the service by CPT or HCPCS, and take proc out of the worksheet."
        said.say("pcs", "bill.procedures", message, remedy, source="45 CFR 162.1002(c)(3)")


def _room(name: str, box: str, values: Iterable[object], said: Said) -> None:
    most, count = limit(name, said.day).number, len(tuple(values))
    if count > most:
        message = f"{count} {name}, and a bill has room for {most}."
        said.say("room", box, message, "Keep those that matter most.")


def _procedures(coded: CodedEncounter, said: Said) -> tuple[StayProcedure, ...]:
    found: list[StayProcedure] = []
    for one in coded.procedures:
        if one.day is None:
            message = f"The day of {one.code} is not told."
            remedy = f"Write proc {one.code} on its day, as 2026-03-03."
            said.lack("procedure-day", "bill.procedures", message, remedy)
        else:
            found.append(StayProcedure(one.code, one.day))
    return tuple(found)


def check_roles(
    lines: tuple[Line, ...], coded: CodedEncounter, who: dict[Role, Provider], said: Said
) -> None:
    """Say whether the attending, and with surgery the operating practitioner, is named."""
    transport = all(listed(one.revenue_code, "transport revenue", said.day) for one in lines)
    if "attending" not in who and not transport:
        message = "Nobody is named as attending."
        said.say("attending", "attending", message, "State providers.attending with NPI.")
    if "operating" not in who and any(one.code.startswith(_SURGICAL) for one in coded.procedures):
        message = "There is surgery, and nobody is named as operating."
        said.say("operating", "operating", message, "State providers.operating with NPI.")
