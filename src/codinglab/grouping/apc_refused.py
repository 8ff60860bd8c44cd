"""First step: what an outpatient claim does not pay at all, and what inpatient-only takes along.

Source: CMS I/OCE, inpatient procedure processing (edits 18 and 49); OPPS Addendum D1; 42 CFR
419.22(n); Medicare Claims Processing Manual ch. 4 s. 180.7.
"""

from __future__ import annotations

from codinglab.grouping.apc_line import Claim, GroupedLine
from codinglab.grouping.apc_tables import Tables

_INPATIENT, _DIED = "C", "CA"


def inpatient_only(claim: Claim, _tables: Tables) -> Claim:
    """Deny an inpatient-only procedure, and every other line of its day."""
    days = {one.day: one.line.code for one in claim.waiting(_INPATIENT)}

    def judge(one: GroupedLine) -> GroupedLine:
        if one.day not in days:
            return one
        if one.status == _INPATIENT:
            return one.as_is("denied", "inpatient only: Medicare pays it on inpatients alone")
        why = f"on the day of the inpatient-only procedure {days[one.day]} nothing else is paid"
        return one.as_is("denied", why)

    judged = claim.each_open(judge)
    for one in claim.waiting(_INPATIENT):
        if _DIED in one.line.modifiers:
            judged = judged.asks(
                f"{one.line.place}: modifier CA (the patient died or was transferred before "
                "admission) opens a payment that this lab does not judge"
            )
    return judged


def not_paid(claim: Claim, tables: Tables) -> Claim:
    """Take out the lines whose status says that this claim does not pay them."""

    def judge(one: GroupedLine) -> GroupedLine:
        meaning = tables.status(one.status)
        return one.as_is("not paid", meaning.label) if meaning.handling == "not paid" else one

    return claim.each_open(judge)
