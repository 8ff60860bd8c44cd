"""Coding: days of a claim that must agree with each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_facts import BILL, CLAIM, first_day, lines, missing, place_of
from codinglab.claim.scrub_lists import on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.core.findings import Severity


@claim_edit(
    "dates.discharge",
    "coding",
    "biller",
    4,
    source="CMS-1500 item 18; UB-04 FL 6 and 12",
    at="2300 DTP 435, 096, 434",
    answer="A8 190",
    wire=("x12.discharge_before_admission",),
)
def discharge(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Nobody is discharged before the admission, and no statement ends before it begins.

    The statement of a stay ends with the discharge, so it does not end before the admission either.
    """
    stay, bill = sent.claim.dates, sent.claim.bill
    if stay.admitted and stay.discharged and stay.discharged < stay.admitted:
        yield Said(
            CLAIM,
            f"Admitted on {stay.admitted}, discharged on {stay.discharged}.",
            "Put the days in order.",
        )
    if bill and bill.statement_to < bill.statement_from:
        yield Said(
            BILL,
            f"The statement runs from {bill.statement_from} to {bill.statement_to}.",
            "Put the days in order.",
        )
    elif bill and bill.admitted and bill.statement_to < bill.admitted:
        yield Said(
            BILL,
            f"Admitted on {bill.admitted}, after the statement ends on {bill.statement_to}.",
            "Correct the admission or the statement.",
        )


@claim_edit(
    "dates.admission",
    "coding",
    "biller",
    4,
    source="CMS-1500 item 18; 837P 2300 DTP 435",
    at="2300 DTP 435",
    kinds=("professional",),
    answer="A6 189",
    wire=("x12.admission_date",),
    built=("claim.admitted",),
)
def admission(sent: Sent, day: date) -> Iterator[Said]:
    """A visit to an inpatient says when the patient was admitted.

    Places 21, 51 and 61 are inpatient hospitals. Take the day from the hospital's record.
    """
    claim = sent.claim
    inside = any(on_list("admission place", place_of(claim, one), day) for one in claim.lines)
    if inside and claim.dates.admitted is None:
        yield missing(CLAIM, "The day of admission", "Take it from the hospital's record.")


@claim_edit(
    "dates.statement",
    "coding",
    "biller",
    4,
    source="UB-04 FL 6 and 45; 837I 2300 DTP 434 against 2400 DTP 472",
    at="2300 DTP 434; 2400 DTP 472",
    kinds=("institutional",),
    answer="A8 188",
    wire=("x12.line_outside_statement",),
)
def statement(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Every line of a bill lies within its statement.

    What was done on another day belongs on another bill.
    """
    bill = sent.claim.bill
    if bill is None:
        return
    for place, line in lines(sent.claim):
        if line.first < bill.statement_from or (line.last or line.first) > bill.statement_to:
            yield Said(
                place,
                f"The service of {line.first} is outside the statement from "
                f"{bill.statement_from} to {bill.statement_to}.",
                "Correct the day or the statement.",
            )


@claim_edit(
    "dates.onset",
    "coding",
    "front desk",
    4,
    source="CMS-1500 items 14 to 16",
    at="2300 DTP 431, 484, 454, 360, 361",
    kinds=("professional",),
)
def onset(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """An illness begins before it is treated, and a sick leave begins before it ends.

    The last menstrual period and the first treatment come before the service too.
    """
    told, first = sent.claim.dates, first_day(sent.claim)
    earlier = (
        ("The illness began", told.onset),
        ("The last menstrual period was", told.last_menstrual),
        ("The first treatment was", told.initial_treatment),
    )
    for what, when in earlier:
        if when and first and when > first:
            yield Said(
                CLAIM,
                f"{what} on {when}, after the service of {first}.",
                "Correct one of the days.",
                Severity.WARNING,
            )
    start, end = told.unable_to_work_from, told.unable_to_work_to
    if start and end and end < start:
        yield Said(
            CLAIM, f"Unable to work from {start} to {end}.", "Order the days.", Severity.WARNING
        )


EDITS = (discharge, admission, statement, onset)
