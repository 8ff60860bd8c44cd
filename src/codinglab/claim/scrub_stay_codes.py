"""Coding: procedures, present on admission and the DRG of a stay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from codinglab.claim.model import Claim, InstitutionalBill
from codinglab.claim.scrub_encounter import encounter_of
from codinglab.claim.scrub_facts import BILL, diagnoses, is_stay
from codinglab.claim.scrub_lists import limit, members, on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.codes.icd10pcs import open_pcs
from codinglab.codes.poa import poa_exempt
from codinglab.codes.poa_required import poa_required
from codinglab.core.findings import Severity

_LOOK = "Build it again from its table, on the day of discharge."


def _stay(claim: Claim) -> InstitutionalBill | None:
    return claim.bill if is_stay(claim) else None


def _is_due(code: str, bill: InstitutionalBill) -> bool | None:
    return poa_required(code, bill.statement_to)


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
def procedure(sent: Sent, day: date) -> Iterator[Said]:
    """An ICD-10-PCS code is in force at discharge, and its day lies within the stay.

    A day before the admission may be right: the hospital's own outpatient services of the last
    three days are billed with the stay. One still earlier is a warning.
    """
    bill = sent.claim.bill
    if bill is None or not bill.procedures:
        return
    table = open_pcs(bill.statement_to)
    before = limit("days before a stay", day)
    earliest = min(bill.statement_from, bill.admitted or bill.statement_from) - timedelta(before)
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
        elif one.day < earliest:
            yield Said(
                f"procedure {at}",
                f"{one.code} of {one.day} is more than {before} days before the stay.",
                "Correct its day, or bill it on its own.",
                Severity.WARNING,
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


EDITS = (procedure, poa, poa_elsewhere, drg)
