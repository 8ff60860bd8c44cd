"""Providers: who must be named on a bill of a hospital."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_facts import (
    BILL,
    missing,
)
from codinglab.claim.scrub_rule import Said, Sent, claim_edit

_SURGERY = "0"  # the first section of ICD-10-PCS


@claim_edit(
    "provider.attending-missing",
    "provider",
    "biller",
    4,
    source="UB-04 FL 76; 837I 2310A",
    at="2310A",
    kinds=("institutional",),
    answer="A6 562 71",
    built=("claim.attending",),
)
def attending(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A hospital's claim names the attending provider.

    Who has the overall care of the patient. Only transport that was not scheduled goes without.
    """
    if sent.claim.provider("attending") is None:
        yield missing(BILL, "The attending provider", "Take the name and NPI from the record.")


@claim_edit(
    "provider.attending-person",
    "provider",
    "biller",
    4,
    source="837I 2310A NM102",
    at="2310A NM102",
    kinds=("institutional",),
    answer="A7 125 71",
)
def attending_person(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """The attending and the operating provider are persons.

    A group or the hospital itself attends to nobody.
    """
    for role, one in sent.claim.providers:
        if role in {"attending", "operating"} and not one.name.is_person:
            yield Said(
                f"the {role} provider", f"{one.name.last} is no person.", "Name the practitioner."
            )


@claim_edit(
    "provider.operating-missing",
    "provider",
    "biller",
    4,
    source="UB-04 FL 77; 837I 2310B",
    at="2310B",
    kinds=("institutional",),
    answer="A6 562 72",
    built=("claim.operating",),
)
def operating(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A bill with a surgical procedure names who operated.

    Surgical are the ICD-10-PCS codes of the first section; they begin with 0.
    """
    bill = sent.claim.bill
    surgery = (
        next((one for one in bill.procedures if one.code[:1] == _SURGERY), None) if bill else None
    )
    if surgery and sent.claim.provider("operating") is None:
        yield missing(
            BILL, f"Who operated ({surgery.code})", "Name the operating practitioner with NPI."
        )


EDITS = (attending, attending_person, operating)
