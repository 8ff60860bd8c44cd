"""Loop 2300 of an 837 as a claim: what both guides share, and which providers each has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from codinglab.claim.adjudicated import PriorPayment
from codinglab.claim.model import Attachment, Claim, Frequency, Kind
from codinglab.claim.parties import Person, Role
from codinglab.claim.x837_fields import (
    Unreadable,
    inner,
    inner_first,
    needed,
    needed_code,
    note_at,
    reference_at,
)
from codinglab.claim.x837_read_benefits import OtherPayer, prior_payment, read_other_payer
from codinglab.claim.x837_read_institutional import institutional_fields
from codinglab.claim.x837_read_parties import (
    insured_other_than,
    is_self,
    read_address,
    read_billing,
    read_person,
    read_provider,
    read_providers,
)
from codinglab.claim.x837_read_policy import (
    rank,
    read_answers,
    read_coverage,
    read_payer,
)
from codinglab.claim.x837_read_professional import professional_fields
from codinglab.x12.loops import Loop

_FREQUENCIES: tuple[Frequency, ...] = ("1", "2", "3", "4", "7", "8")
_PROFESSIONAL: tuple[tuple[str, str, Role], ...] = (
    ("2310A", "DN", "referring"),
    ("2310B", "82", "rendering"),
    ("2310D", "DQ", "supervising"),
)
_INSTITUTIONAL: tuple[tuple[str, str, Role], ...] = (
    ("2310A", "71", "attending"),
    ("2310B", "72", "operating"),
    ("2310C", "ZZ", "other operating"),
    ("2310D", "82", "rendering"),
    ("2310F", "DN", "referring"),
)


def read_attachments(loop: Loop) -> tuple[Attachment, ...]:
    """Return what goes with a claim or line (PWK)."""
    return tuple(Attachment(one.get(1), one.get(2), one.get(6)) for one in loop.all("PWK"))


def _inside(loop: Loop, name: str) -> Loop:
    found = inner_first(loop, name)
    if found is None:
        raise Unreadable(f"there is no {name}", loop.id, loop.segments[0].position, "NM1")
    return found


def _people(subscriber: Loop, patient: Loop | None) -> tuple[Person, Person | None, str]:
    """Return the patient, the insured where another, and the relationship between them."""
    insured = read_person(_inside(subscriber, "2010BA"))
    if patient is None:
        return insured, None, needed(subscriber, "SBR").get(2)
    found = read_person(_inside(patient, "2010CA"))
    return found, insured_other_than(found, insured), needed(patient, "PAT").get(1)


def _shared(kind: Kind, loop: Loop, facility: Loop | None) -> dict[str, Any]:
    header = needed(loop, "CLM")
    roles = _PROFESSIONAL if kind == "professional" else _INSTITUTIONAL
    return {
        "kind": kind,
        "account": header.get(1),
        "frequency": needed_code(loop, header, 5, _FREQUENCIES, 3),
        "accepts": needed_code(loop, header, 7, ("A", "B", "C")),
        "delay_reason": header.get(20),
        "authorization": reference_at(loop, "G1"),
        "referral": reference_at(loop, "9F"),
        "original_reference": reference_at(loop, "F8"),
        "note": note_at(loop),
        "attachments": read_attachments(loop),
        "fixed_notes": tuple(one.get(1) for one in loop.all("K3")),
        "providers": tuple(read_providers(loop, roles)),
        "facility": None if facility is None else read_provider(facility),
    }


def _prior(ranked: list[OtherPayer | None], lines: list[Loop]) -> tuple[PriorPayment, ...]:
    """Return what other payers decided.

    The lines (2430) name their payer by its identifier; where two payers share one they are taken
    for the first one's.
    """
    found, known = [], set()
    for at, one in enumerate(ranked):
        if one is None:
            continue
        payer_id = one.coverage.payer.payer_id
        payment = prior_payment(one, at, [] if payer_id in known else lines)
        known.add(payer_id)
        if payment is not None:
            found.append(payment)
    return tuple(found)


def read_claim(
    kind: Kind, billing: Loop, subscriber: Loop, patient: Loop | None, loop: Loop
) -> Claim:
    """Return the claim of loop 2300 with all that stands above it.

    Raises Unreadable when something is missing without which there is no claim.
    """
    payer = _inside(subscriber, "2010BB")
    person, insured, relationship = _people(subscriber, patient)
    policy = needed(subscriber, "SBR")
    beneficiary = _inside(subscriber, "2010BA")
    answers = read_answers(loop, needed(loop, "CLM"), 8)
    coverage = replace(
        read_coverage(policy, beneficiary, read_payer(payer), answers),
        relationship=relationship,
        insured=None if is_self(relationship) else insured,
        claim_number=reference_at(
            beneficiary if patient is None else _inside(patient, "2010CA"), "Y4"
        ),
    )
    others = [read_other_payer(one, person) for one in inner(loop, "2320")]
    ranked: list[OtherPayer | None] = [*sorted(others, key=lambda one: one.rank)]
    to = sum(1 for one in others if one.rank < rank(policy))
    ranked.insert(to, None)
    pay_to = inner_first(billing, "2010AB")
    place = "2310C" if kind == "professional" else "2310E"
    own_fields = professional_fields if kind == "professional" else institutional_fields
    return Claim(
        patient=person,
        coverages=tuple(coverage if one is None else one.coverage for one in ranked),
        to=to,
        billing=read_billing(billing, payer),
        pay_to=None if pay_to is None else read_address(pay_to),
        prior=_prior(ranked, inner(loop, "2400")),
        **_shared(kind, loop, inner_first(loop, place)),
        **own_fields(loop),
    )
