"""The head of an 837 transaction: who sends it, who receives it, when and under which number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from codinglab.claim.parties import Name
from codinglab.claim.x837_block import Block
from codinglab.claim.x837_names import (
    ORGANIZATION,
    entity,
    named,
)
from codinglab.x12.syntax import Segment, clock, day


@dataclass(frozen=True, slots=True)
class Batch:
    """What a transaction says of itself.

    `submitter` and `receiver` are known to each other by `submitter_id` and `receiver_id`.
    `reference` is the submitter's own number of the batch (BHT03), `when` it was made, `control`
    the transaction's number (ST02), unique in its interchange. `reissued` says that a batch which
    got lost is sent again (BHT02 18).
    """

    submitter: Name
    submitter_id: str
    receiver: str
    receiver_id: str
    reference: str
    when: datetime
    contact: str = ""
    phone: str = ""
    email: str = ""
    control: str = "0001"
    reissued: bool = False


def beginning(batch: Batch) -> Segment:
    """Return BHT."""
    time = clock(batch.when) + (f"{batch.when.second:02}" if batch.when.second else "")
    purpose = "18" if batch.reissued else "00"
    return ("BHT", "0019", purpose, batch.reference, day(batch.when), time, "CH")


def head_blocks(batch: Batch) -> list[Block]:
    """Return loops 1000A (submitter, whose name has no suffix there) and 1000B (receiver)."""
    name = replace(batch.submitter, suffix="")
    numbers = (("TE", batch.phone), ("EM", batch.email))
    ways = tuple(one for way, number in numbers if number for one in (way, number))
    sender: list[Segment] = [named("41", name, entity(name), "46", batch.submitter_id)]
    if batch.contact or ways:
        sender.append(("PER", "IC", batch.contact, *ways))
    receiver = named("40", Name(batch.receiver), ORGANIZATION, "46", batch.receiver_id)
    return [Block("1000A", sender), Block("1000B", [receiver])]
