"""Coding: an inpatient stay and an unscheduled outpatient visit on a UB-04."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.model import Claim, InstitutionalBill
from codinglab.claim.scrub_encounter import encounter_of
from codinglab.claim.scrub_facts import BILL, diagnoses, is_medicare, is_stay, missing
from codinglab.claim.scrub_lists import members, on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.codes.icd10pcs import open_pcs
from codinglab.codes.poa import poa_exempt
from codinglab.codes.poa_required import poa_required
from codinglab.core.findings import Severity

_LOOK = "Build it again from its table, on the day of discharge."
_COVERED, _NOT_COVERED = "80", "81"


def _stay(claim: Claim) -> InstitutionalBill | None:
    return claim.bill if is_stay(claim) else None


def _is_due(code: str, bill: InstitutionalBill) -> bool | None:
    return poa_required(code, bill.statement_to)


@claim_edit(
    "stay.admission",
    "coding",
    "front desk",
    4,
    source="UB-04 FL 12 to 15; 837I 2300 DTP 435, CL1",
    at="2300 DTP 435, CL101, CL102",
    kinds=("institutional",),
    answer="A6 189",
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
    "stay.procedure",
    "coding",
    "coder",
    5,
    source="45 CFR 162.1002(c); UB-04 FL 74",
    at="2300 HI BBR, BBQ",
    kinds=("institutional",),
    answer="A7 465",
    wire=("code.pcs",),
)
def procedure(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """An ICD-10-PCS code is in force at discharge, and its day lies within the stay.

    A day before the admission may be right: the hospital's own outpatient services of the last
    three days are billed with the stay.
    """
    bill = sent.claim.bill
    if bill is None or not bill.procedures:
        return
    table = open_pcs(bill.statement_to)
    for at, one in enumerate(bill.procedures, 1):
        verdict = table.verdict(one.code)
        if not verdict.valid:
            yield Said(f"procedure {at}", verdict.message, _LOOK)
        if one.day > bill.statement_to:
            yield Said(
                f"procedure {at}",
                f"{one.code} of {one.day} is after the discharge on {bill.statement_to}.",
                "Correct its day.",
            )


@claim_edit(
    "stay.poa",
    "coding",
    "coder",
    5,
    source="ICD-10-CM guidelines, Appendix I; UB-04 FL 67 and 72",
    at="2300 HI, ninth component",
    kinds=("institutional",),
    answer="A6 255",
    instead=("poa.missing", "poa.exempt"),
    wire=("code.poa",),
)
def poa(sent: Sent, day: date) -> Iterator[Said]:
    """Each diagnosis of an inpatient stay says whether it was present on admission, or is exempt.

    Y, N, U or W. CMS lists the exempt codes each year; for them the field stays blank. A warning
    where this lab does not know whether the code is on the list. Asked of hospitals (011); other
    inpatient bills need none.
    """
    bill = _stay(sent.claim)
    if bill is None:
        return
    asked = on_list("needs present on admission", bill.bill_type, day)
    causes = ((f"external cause {at}", one) for at, one in enumerate(bill.external_causes, 1))
    for place, one in (*diagnoses(sent.claim), *causes):
        if one.poa and one.poa not in members("POA indicator", day):
            yield Said(place, f"{one.poa!r} is no indicator.", "Use Y, N, U or W.")
        elif one.poa and poa_exempt(one.code, bill.statement_to):
            yield Said(
                place,
                f"{one.code} is exempt, and has {one.poa}.",
                "Leave it out.",
                Severity.WARNING,
            )
        elif asked and not one.poa and (due := _is_due(one.code, bill)) is not False:
            yield Said(
                place,
                f"{one.code} has no present on admission indicator."
                if due
                else f"{one.code} has no indicator, and the lab does not know if it is exempt.",
                "Write Y, N, U or W." if due else "Look it up in the CMS list of exempt codes.",
                Severity.ERROR if due else Severity.WARNING,
            )


@claim_edit(
    "stay.poa-elsewhere",
    "coding",
    "coder",
    4,
    source="ICD-10-CM guidelines, Appendix I: inpatient admissions",
    at="2300 HI, ninth component",
    instead=("poa.professional",),
)
def poa_elsewhere(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Present on admission is asked of inpatient stays alone.

    A physician's claim and an outpatient bill have no place for it.
    """
    if is_stay(sent.claim):
        return
    for place, one in diagnoses(sent.claim):
        if one.poa:
            yield Said(place, f"{one.code} has {one.poa}.", "Leave it out.", Severity.WARNING)


@claim_edit(
    "stay.drg",
    "coding",
    "coder",
    5,
    source="42 CFR 412.60; MS-DRG Definitions Manual; UB-04 FL 71",
    at="2300 HI DR",
    kinds=("institutional",),
    answer="A7 256",
)
def drg(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """The DRG on the bill is the one that its codes make.

    Medicare groups every stay itself and pays by its own result. A difference is a code changed
    after grouping, or another version of the grouper.
    """
    from codinglab.grouping.msdrg import group
    from codinglab.grouping.stay import MissingFact, stay_of

    bill = _stay(sent.claim)
    if bill is None or not bill.drg:
        return
    try:
        stay = stay_of(encounter_of(sent.claim), bill.statement_to, reports_poa=True)
    except MissingFact:
        return  # what is missing is told by the rule on it
    found = group(stay)
    if found.drg != bill.drg:
        yield Said(
            BILL,
            f"DRG {bill.drg}; the codes make {found.drg}.",
            "Group the stay again with the codes that are on the bill.",
        )


@claim_edit(
    "stay.covered-days",
    "coding",
    "biller",
    3,
    source="Medicare Claims Processing Manual ch. 25 s. 75, FL 39-41, value codes 80 and 81",
    at="2300 HI BE",
    kinds=("institutional",),
    answer="A8 456",
)
def covered_days(sent: Sent, day: date) -> Iterator[Said]:
    """Days covered (80) and not covered (81) are together the days of the statement.

    The day of discharge is not counted, unless the patient is still there.
    """
    bill = _stay(sent.claim)
    told = {one.code: one.amount for one in bill.values} if bill else {}
    if bill is None or _COVERED not in told or not is_medicare(sent.claim, day):
        return
    stays = on_list("still a patient", bill.status, day)
    length = (bill.statement_to - bill.statement_from).days + (1 if stays else 0)
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


EDITS = (
    *(admission, admitting, procedure, poa, poa_elsewhere, drg),
    *(covered_days, reason),
)
