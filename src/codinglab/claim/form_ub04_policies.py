"""FL 50 to 65 of a UB-04: up to three payers in their ranks A, B and C."""

from __future__ import annotations

from codinglab.claim.form_page import typed
from codinglab.claim.form_text import money, person_last_first, plain
from codinglab.claim.model import Claim
from codinglab.claim.parties import Coverage

Texts = dict[str, str]
RANKS = ("A", "B", "C")


def policies(claim: Claim) -> Texts:
    """Return the cells of every policy; 57, 63 and 64 stand in the rank of the payer asked."""
    texts: Texts = {}
    for at, (rank, policy) in enumerate(zip(RANKS, claim.coverages, strict=False)):
        paid = next((one.paid for one in claim.prior if one.coverage == at), None)
        told = _policy(claim, policy) | {"54": money(paid)}
        if at == claim.to:
            told |= _asked(claim)
        texts |= {f"{box}{rank}": text for box, text in told.items()}
    return texts


def _policy(claim: Claim, policy: Coverage) -> Texts:
    person = policy.insured or claim.patient
    return {
        "50": plain(policy.payer.name),
        "51": typed(policy.payer.payer_id),
        "52": policy.release,
        "53": policy.assigned,
        "58": person_last_first(person.name),
        "59": policy.relationship,
        "60": typed(policy.member_id),
        "61": typed(policy.group_name),
        "62": typed(policy.group_number),
    }


def _asked(claim: Claim) -> Texts:
    other = next(iter(claim.billing.other_ids), None)
    return {
        "57": typed(other.text) if other else "",
        "63": typed(claim.authorization or claim.referral),
        "64": typed(claim.original_reference) if claim.frequency in {"7", "8"} else "",
    }
