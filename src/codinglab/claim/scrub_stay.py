"""Coding: what an inpatient bill tells of the stay, and an urgent visit of its reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.model import Claim, InstitutionalBill
from codinglab.claim.scrub_facts import BILL, is_medicare, is_stay, missing
from codinglab.claim.scrub_lists import on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit

_COVERED, _NOT_COVERED = "80", "81"


def _stay(claim: Claim) -> InstitutionalBill | None:
    return claim.bill if is_stay(claim) else None


@claim_edit(
    "stay.admission",
    "coding",
    "front desk",
    4,
    source="UB-04 FL 12 to 15; 837I 2300 DTP 435, CL1",
    at="2300 DTP 435, CL101, CL102",
    kinds=("institutional",),
    answer="A6 189",
    wire=("x12.admission_date",),
)
def admission(sent: Sent, day: date) -> Iterator[Said]:
    """An inpatient bill says when, how urgently and from where the patient came.

    The day and hour of admission, its priority (1 emergency ... 9) and the point of origin. Bills
    of inpatients to the outpatient benefit (012, 022) are not asked.
    """
    bill = sent.claim.bill
    if bill is None or not on_list("admission bill", bill.bill_type, day):
        return
    told = (
        ("The day of admission", bill.admitted),
        ("The hour of admission", bill.admission_hour),
        ("The priority of the admission", bill.priority),
        ("The point of origin", bill.origin),
    )
    for what, there in told:
        if not there:
            yield missing(BILL, what, "Take it from the registration.")


@claim_edit(
    "stay.admitting-diagnosis",
    "coding",
    "coder",
    4,
    source="UB-04 FL 69; 837I 2300 HI ABJ",
    at="2300 HI ABJ",
    kinds=("institutional",),
    answer="A6 232",
    wire=("x12.admitting_diagnosis",),
)
def admitting(sent: Sent, day: date) -> Iterator[Said]:
    """An inpatient bill has the diagnosis at admission.

    What was thought when the patient came in, however the stay turned out.
    """
    bill = sent.claim.bill
    if bill is None or not on_list("admission bill", bill.bill_type, day):
        return
    if not bill.admitting_diagnosis:
        yield missing(BILL, "The admitting diagnosis", "Code the reason given at admission.")


@claim_edit(
    "stay.covered-days",
    "coding",
    "biller",
    3,
    source="Medicare Claims Processing Manual ch. 25 s. 75 (FL 6, 39-41: 80, 81), ch. 3 s. 40.3",
    at="2300 HI BE",
    kinds=("institutional",),
    answer="A8 456",
)
def covered_days(sent: Sent, day: date) -> Iterator[Said]:
    """Days covered (80) and not covered (81) are together the days of the statement.

    The day of discharge is not counted, unless the patient is still there. Nor are the days before
    admission, which a statement has where outpatient services of the days before are on the bill.
    """
    bill = _stay(sent.claim)
    told = {one.code: one.amount for one in bill.values} if bill else {}
    if bill is None or _COVERED not in told or not is_medicare(sent.claim, day):
        return
    stays = on_list("still a patient", bill.status, day)
    first = max(bill.statement_from, bill.admitted or bill.statement_from)
    length = (bill.statement_to - first).days + (1 if stays else 0)
    days = told[_COVERED] + told.get(_NOT_COVERED, 0)
    if days != max(length, 1):
        yield Said(
            BILL,
            f"{days} days by the value codes, {max(length, 1)} by the statement.",
            "Correct the value codes or the statement.",
        )


@claim_edit(
    "visit.reason",
    "coding",
    "coder",
    4,
    source="Medicare Claims Processing Manual ch. 25 s. 75, FL 70",
    at="2300 HI APR",
    kinds=("institutional",),
    answer="A6 255",
)
def reason(sent: Sent, day: date) -> Iterator[Said]:
    """An unscheduled outpatient visit has the patient's reason for it.

    Bills 013 and 085 with priority 1, 2 or 5 and a line of the emergency room (045), of an urgent
    care clinic (0516) or of observation (0762). What the patient said at the door, as a symptom
    code.
    """
    bill = sent.claim.bill
    if bill is None or bill.reasons or not on_list("needs visit reason", bill.bill_type, day):
        return
    urgent = on_list("unscheduled visit", bill.priority, day)
    if urgent and any(
        on_list("unscheduled revenue", one.revenue_code, day) for one in sent.claim.lines
    ):
        yield missing(BILL, "The patient's reason for the visit", "Code what the patient said.")


EDITS = (admission, admitting, covered_days, reason)
