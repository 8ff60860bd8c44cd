"""The envelope of transactions: interchange and group, their control numbers and counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Literal

from codinglab.x12.guide import info
from codinglab.x12.syntax import CannotWrite, Delimiters, Segment, clock, day, segment, texts

VERSION = "00501"
_ID_WIDTH = 15
_HIGHEST = 999_999_999
_NO_ST03 = "835"  # the remittance alone of the 5010 guides has no version in ST


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends to whom, when, and under which numbers.

    `sender` and `receiver` are identifiers of at most 15 characters, with their qualifiers (ZZ
    mutually agreed, 30 federal tax number). `control` is the number of the interchange, 1 to
    999999999; groups are numbered from `group_control` on, which is `control` where left out.
    `usage` is T (test) or P (production). `acknowledge` asks for a TA1.
    """

    sender: str
    receiver: str
    when: datetime
    control: int
    usage: Literal["T", "P"] = "T"
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    group_sender: str = ""
    group_receiver: str = ""
    group_control: int | None = None
    acknowledge: bool = False
    delimiters: Delimiters = field(default_factory=Delimiters)
    ending: str = "\n"


@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction: its `kind` as in ST01 ("837"), its `guide`, its number and its segments.

    `control` is what ST02 says, usually four digits ("0001"). `body` are the segments between ST
    and SE.
    """

    kind: str
    guide: str
    control: str
    body: Sequence[Segment]


def isa(envelope: Envelope) -> str:
    """Return the ISA segment, 106 characters long, with its terminator.

    Raises CannotWrite when an identifier is too long or the control number out of range.
    """
    marks = envelope.delimiters
    for name, text in (("sender", envelope.sender), ("receiver", envelope.receiver)):
        if not 0 < len(text) <= _ID_WIDTH or marks.element in text or not text.isprintable():
            raise CannotWrite(f"{name} {text!r} must have 1 to {_ID_WIDTH} plain characters")
    if not 0 < envelope.control <= _HIGHEST:
        raise CannotWrite(f"control number {envelope.control} is not from 1 to {_HIGHEST}")
    parts = [
        "ISA",
        *("00", " " * 10, "00", " " * 10),
        *(envelope.sender_qualifier, envelope.sender.ljust(_ID_WIDTH)),
        *(envelope.receiver_qualifier, envelope.receiver.ljust(_ID_WIDTH)),
        *(envelope.when.strftime("%y%m%d"), clock(envelope.when)),
        *(marks.repetition, VERSION, f"{envelope.control:09}"),
        *("1" if envelope.acknowledge else "0", envelope.usage, marks.component),
    ]
    return marks.element.join(parts) + marks.segment


def _gs(envelope: Envelope, guide: str, kind: str, control: int) -> Segment:
    return (
        "GS",
        info(guide, kind).group,
        envelope.group_sender or envelope.sender,
        envelope.group_receiver or envelope.receiver,
        day(envelope.when),
        clock(envelope.when),
        str(control),
        "X",
        guide,
    )


def _whole(transaction: Transaction) -> list[Segment]:
    """Return the transaction with ST and SE."""
    version = () if transaction.kind == _NO_ST03 else (transaction.guide,)
    return [
        ("ST", transaction.kind, transaction.control, *version),
        *transaction.body,
        ("SE", str(len(transaction.body) + 2), transaction.control),
    ]


def wrap(
    envelope: Envelope, transactions: Iterable[Transaction], before: Sequence[Segment] = ()
) -> str:
    """Return the interchange as text: one group for each run of transactions of one kind.

    `before` are segments that stand before the groups: a TA1.

    Raises CannotWrite when a value cannot be carried, and NoGuide for a guide without tables.
    """
    marks, ending = envelope.delimiters, envelope.ending
    said = [isa(envelope), *(segment(one, marks) for one in before)]
    first = envelope.control if envelope.group_control is None else envelope.group_control
    groups = 0
    for (guide, kind), same in groupby(transactions, key=lambda one: (one.guide, one.kind)):
        control, count = first + groups, 0
        said.append(segment(_gs(envelope, guide, kind, control), marks))
        for transaction in same:
            said += texts(_whole(transaction), marks)
            count += 1
        said.append(segment(("GE", str(count), str(control)), marks))
        groups += 1
    said.append(segment(("IEA", str(groups), f"{envelope.control:09}"), marks))
    return ending.join(said) + ending
