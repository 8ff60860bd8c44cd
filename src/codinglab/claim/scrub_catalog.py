"""Every rule on whole claims, in the order in which a biller would look at its findings."""

from __future__ import annotations

from codinglab.claim import (
    scrub_accident,
    scrub_address,
    scrub_admission,
    scrub_again,
    scrub_beside,
    scrub_bill,
    scrub_bill_codes,
    scrub_cob,
    scrub_dates,
    scrub_diagnosis,
    scrub_line,
    scrub_line_codes,
    scrub_member,
    scrub_money,
    scrub_original,
    scrub_payer,
    scrub_person,
    scrub_pointer,
    scrub_practice,
    scrub_provider,
    scrub_relationship,
    scrub_revenue,
    scrub_roles,
    scrub_roles_hospital,
    scrub_service,
    scrub_stay,
    scrub_stay_codes,
    scrub_trip,
)
from codinglab.claim.scrub_rule import STAGES, ClaimEdit

_ALL: tuple[ClaimEdit, ...] = (
    *scrub_original.EDITS,
    *scrub_again.EDITS,
    *scrub_person.EDITS,
    *scrub_address.EDITS,
    *scrub_relationship.EDITS,
    *scrub_member.EDITS,
    *scrub_payer.EDITS,
    *scrub_accident.EDITS,
    *scrub_provider.EDITS,
    *scrub_practice.EDITS,
    *scrub_roles.EDITS,
    *scrub_roles_hospital.EDITS,
    *scrub_diagnosis.EDITS,
    *scrub_pointer.EDITS,
    *scrub_line.EDITS,
    *scrub_line_codes.EDITS,
    *scrub_service.EDITS,
    *scrub_trip.EDITS,
    *scrub_beside.EDITS,
    *scrub_dates.EDITS,
    *scrub_bill.EDITS,
    *scrub_admission.EDITS,
    *scrub_revenue.EDITS,
    *scrub_bill_codes.EDITS,
    *scrub_stay.EDITS,
    *scrub_stay_codes.EDITS,
    *scrub_money.EDITS,
    *scrub_cob.EDITS,
)
CLAIM_EDITS: tuple[ClaimEdit, ...] = tuple(
    sorted(_ALL, key=lambda one: STAGES.index(one.stage))  # sorted keeps the order within a stage
)


def find_claim_edit(name: str) -> ClaimEdit:
    """Return the rule with the id `name`; raises LookupError, naming those that are close."""
    for one in CLAIM_EDITS:
        if one.id == name:
            return one
    family = name.partition(".")[0]
    close = [one.id for one in CLAIM_EDITS if one.id.startswith(family)]
    known = ", ".join(close or [one.id for one in CLAIM_EDITS])
    raise LookupError(f"there is no claim edit {name!r}; did you mean {known}?")
