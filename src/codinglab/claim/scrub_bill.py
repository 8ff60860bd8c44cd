"""Coding: the type of a bill and the status of the patient."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_facts import BILL, CLAIM, in_table, is_stay, lines
from codinglab.claim.scrub_lists import on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.codes.billing import (
    DISCHARGE_STATUS,
    FACILITIES,
    FREQUENCIES,
)

_LOOK = "Look it up in the UB-04 manual of the day."


def _is_known(bill_type: str, day: date) -> bool:
    """Say whether the type of bill is in the table; the rule on types tells where it is not."""
    return in_table(FACILITIES, bill_type, day) is None


@claim_edit(
    "bill.missing",
    "coding",
    "biller",
    4,
    source="UB-04 FL 4 and 6",
    at="2300 CLM05, DTP 434, CL1",
    answer="A6 228",
)
def no_bill(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """An institutional claim has a type of bill and a statement; a professional one has neither.

    They say who bills and for which days.
    """
    claim = sent.claim
    if (claim.kind == "institutional") != (claim.bill is not None):
        lacks = claim.bill is None
        yield Said(
            CLAIM,
            f"A {claim.kind} claim {'without' if lacks else 'with'} what belongs to a UB-04.",
            "Add the bill." if lacks else "Leave it out, or bill it as institutional.",
        )


@claim_edit(
    "bill.type",
    "coding",
    "biller",
    5,
    source="UB-04 FL 4; Medicare Claims Processing Manual ch. 25 s. 75, FL 4",
    at="2300 CLM05-1, CLM05-3",
    answer="A7 228",
    wire=("code.bill-type",),
)
def bill_type(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """The type of bill says what kind of facility bills, and for which kind of care.

    Three characters, as 013 for a hospital's outpatients; the fourth is the frequency.
    """
    bill = sent.claim.bill
    if bill is None:
        return
    for table, code in ((FACILITIES, bill.bill_type), (FREQUENCIES, sent.claim.frequency)):
        if found := in_table(table, code, bill.statement_to):
            yield Said(BILL, found[0], _LOOK, found[1])


@claim_edit(
    "bill.setting",
    "coding",
    "biller",
    4,
    source="Medicare Claims Processing Manual ch. 25 s. 75, FL 4, FL 42, FL 71 and FL 74",
    at="2300 CLM05-1; 2400 SV201",
    kinds=("institutional",),
    answer="A8 228",
)
def setting(sent: Sent, day: date) -> Iterator[Said]:
    """An outpatient bill has no room, no DRG and no procedure by ICD-10-PCS.

    They belong to a stay. Either the type of bill is wrong, or an admission was turned into
    outpatient care (condition code 44) and the bill was not.
    """
    claim, bill = sent.claim, sent.claim.bill
    if bill is None or is_stay(claim) or not _is_known(bill.bill_type, bill.statement_to):
        return
    for place, line in lines(claim):
        if on_list("room", line.revenue_code, day):
            yield Said(
                place,
                f"Revenue code {line.revenue_code} is a room; {bill.bill_type} is for outpatients.",
                "Correct the type of bill, or the line.",
            )
    for what, there in (("a DRG", bill.drg), ("ICD-10-PCS procedures", bill.procedures)):
        if there:
            yield Said(
                BILL,
                f"It has {what}; {bill.bill_type} is for outpatients.",
                "Correct the type of bill, or code the procedure by CPT or HCPCS on its line.",
            )


@claim_edit(
    "bill.status",
    "coding",
    "biller",
    5,
    source="UB-04 FL 17; Medicare Claims Processing Manual ch. 25 s. 75, FL 17",
    at="2300 CL103",
    answer="A7 234",
    wire=("code.discharge-status",),
)
def status(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """The discharge status is one of the published two-digit codes.

    It says where the patient went, which decides whether a stay is paid as a transfer.
    """
    bill = sent.claim.bill
    if bill and (found := in_table(DISCHARGE_STATUS, bill.status, bill.statement_to)):
        yield Said(BILL, found[0], "Take it from the discharge summary.", found[1])


@claim_edit(
    "bill.status-frequency",
    "coding",
    "biller",
    4,
    source="Medicare Claims Processing Manual ch. 25 s. 75, FL 4 and FL 17",
    at="2300 CL103; CLM05-3",
    answer="A8 234",
)
def status_frequency(sent: Sent, day: date) -> Iterator[Said]:
    """An inpatient who is still there (30) has a bill that goes on (2 or 3), and nobody else.

    The last bill of a stay (1 or 4) says where the patient went.
    """
    claim, bill = sent.claim, sent.claim.bill
    if bill is None or not is_stay(claim) or on_list("corrects", claim.frequency, day):
        return
    stays = on_list("still a patient", bill.status, day)
    goes_on = on_list("goes on", claim.frequency, day)
    if stays and not goes_on:
        yield Said(
            BILL,
            f"Status {bill.status}, still a patient, on a last bill (frequency {claim.frequency}).",
            "Write where the patient went, or frequency 2 or 3.",
        )
    elif goes_on and not stays:
        yield Said(
            BILL,
            f"Frequency {claim.frequency}, more bills to come, and status {bill.status}.",
            "Write status 30, or frequency 4 on the last bill.",
        )


EDITS = (no_bill, bill_type, setting, status, status_frequency)
