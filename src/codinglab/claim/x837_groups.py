"""Claims as loops, and the order in which a transaction holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from codinglab.claim.model import Claim
from codinglab.claim.parties import Address, Provider
from codinglab.claim.x837_batch import Batch
from codinglab.claim.x837_block import Block
from codinglab.claim.x837_institutional import institutional_block
from codinglab.claim.x837_parties import (
    billing_block,
    is_dependent,
    patient_block,
    subscriber_block,
)
from codinglab.claim.x837_professional import professional_block
from codinglab.claim.x837_sent import as_sent
from codinglab.x12.syntax import Segment

Key = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class ClaimBlocks:
    """One claim as loops: its billing provider, subscriber, patient if another, and itself."""

    billing: Block
    subscriber: Block
    patient: Block | None
    claim: Block


@dataclass(slots=True)
class Patient:
    """A patient's loop, None where the subscriber is the patient, and the claims in it."""

    block: Block | None
    claims: list[list[Segment]] = field(default_factory=list)


@dataclass(slots=True)
class Subscriber:
    """A subscriber's loop and the patients below it."""

    block: Block
    patients: dict[Key, Patient] = field(default_factory=dict)


@dataclass(slots=True)
class Billing:
    """A billing provider's loop and the subscribers below it."""

    block: Block
    subscribers: dict[tuple[bool, Key], Subscriber] = field(default_factory=dict)


def claim_blocks(claim: Claim, *, whole: bool = False) -> ClaimBlocks:
    """Return one claim as the loops that it fills; HL segments are left out.

    `whole` has address and birth date of an insured who is not the patient, which are not sent.
    """
    sent = as_sent(claim)
    billing = billing_block(sent.kind, sent.billing, sent.pay_to)
    itself = professional_block if sent.kind == "professional" else institutional_block
    subscriber = subscriber_block(sent, whole=whole)
    return ClaimBlocks(billing, subscriber, patient_block(sent), itself(sent))


def _key(block: Block | None) -> Key:
    return () if block is None else tuple(block.all())


def _billing(batch: Batch, provider: Provider) -> Provider:
    """Return the billing provider without a contact that is the submitter's, told in 1000A."""
    if batch.phone and (provider.contact, provider.phone) == (batch.contact, batch.phone):
        return replace(provider, contact="", phone="")
    return provider


def grouped(batch: Batch, claims: Iterable[Claim]) -> Iterable[Billing]:
    """Return the claims by billing provider, subscriber and patient, each as it first comes."""
    groups: dict[Key, Billing] = {}
    known: dict[tuple[Provider, Address | None], Billing] = {}
    for claim in claims:
        sent = as_sent(claim)
        who = (sent.billing, sent.pay_to)
        group = known.get(who)
        if group is None:
            block = billing_block(sent.kind, _billing(batch, sent.billing), sent.pay_to)
            group = known[who] = groups.setdefault(_key(block), Billing(block))
        subscriber_loop, patient_loop = subscriber_block(sent), patient_block(sent)
        subscriber = group.subscribers.setdefault(
            (is_dependent(sent.coverage), _key(subscriber_loop)), Subscriber(subscriber_loop)
        )
        patient = subscriber.patients.setdefault(_key(patient_loop), Patient(patient_loop))
        whole = professional_block if sent.kind == "professional" else institutional_block
        patient.claims.append(whole(sent).all())
    return groups.values()
