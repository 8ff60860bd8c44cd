"""Coding: the revenue lines of a bill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_facts import in_table, is_medicare, lines, missing
from codinglab.claim.scrub_lists import on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.codes.billing import (
    REVENUE_CODES,
)
from codinglab.core.findings import Severity

_LOOK = "Look it up in the UB-04 manual of the day."
_HOSPITAL_OUTPATIENT = "013"


@claim_edit(
    "bill.revenue-code",
    "coding",
    "biller",
    5,
    source="UB-04 FL 42; 837I 2400 SV201",
    at="2400 SV201",
    kinds=("institutional",),
    answer="A7 455",
    wire=("code.revenue",),
)
def revenue(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Every line of a bill has a revenue code, four digits for the department.

    The lab holds a starter set; another of the right shape is a warning.
    """
    for place, line in lines(sent.claim):
        if not line.revenue_code:
            yield missing(place, "The revenue code", "Write the department's.")
        elif found := in_table(REVENUE_CODES, line.revenue_code, line.first):
            yield Said(place, found[0], _LOOK, found[1])


@claim_edit(
    "bill.revenue-needs-code",
    "coding",
    "coder",
    6,
    source="Medicare Claims Processing Manual ch. 4 s. 20 and ch. 25 s. 75, FL 44",
    at="2400 SV202",
    kinds=("institutional",),
    answer="A6 454",
)
def needs_code(sent: Sent, day: date) -> Iterator[Said]:
    """Medicare's outpatient lines say by HCPCS what was done.

    Laboratory, imaging, emergency room, clinic, therapy and the like are paid by the code. Rooms,
    pharmacy and supplies may go without.
    """
    claim = sent.claim
    outpatient = claim.bill and claim.bill.bill_type == _HOSPITAL_OUTPATIENT
    if not outpatient or not is_medicare(claim, day):
        return
    for place, line in lines(claim):
        if not line.code and on_list("revenue with code", line.revenue_code, day):
            yield missing(
                place, f"Revenue code {line.revenue_code}, and the HCPCS code", "Code the service."
            )


@claim_edit(
    "bill.noncovered",
    "money",
    "biller",
    3,
    source="UB-04 FL 48; 837I 2400 SV207",
    at="2400 SV207",
    answer="A8 178",
)
def noncovered(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """What is not covered is part of the line's charge, and never more.

    The rest is what the payer is asked for.
    """
    for place, line in lines(sent.claim):
        if line.noncovered is not None and not 0 <= line.noncovered <= line.charge:
            yield Said(
                place,
                f"{line.noncovered} not covered of a charge of {line.charge}.",
                "Correct one of the two.",
                Severity.ERROR,
            )


EDITS = (revenue, needs_code, noncovered)
