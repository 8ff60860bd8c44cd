"""An 837 as claims: the reverse of `x837`, with a finding for all that a claim cannot hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from datetime import time as clock_time

from codinglab.claim.model import Claim, Kind
from codinglab.claim.parties import Name
from codinglab.claim.x837_batch import Batch, head_blocks
from codinglab.claim.x837_compare import Told
from codinglab.claim.x837_fields import Unreadable, inner, inner_first
from codinglab.claim.x837_groups import (
    claim_blocks,
)
from codinglab.claim.x837_read_claim import read_claim
from codinglab.x12.finding import WireFinding
from codinglab.x12.guide import NoGuide
from codinglab.x12.loops import Loop, TransactionTree
from codinglab.x12.reading import Source
from codinglab.x12.tree import trees
from codinglab.x12.values import day_of

KINDS: dict[str, Kind] = {"837P": "professional", "837I": "institutional"}
_TIME = 4
_CLAIMS = "837"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one transaction holds: its head, its claims in order, and what was left or changed.

    `batch` is None where the head cannot be read, which a finding tells.
    """

    batch: Batch | None
    claims: tuple[Claim, ...]
    findings: tuple[WireFinding, ...]


def read_file(source: Source, name: str = "") -> Iterator[Reading]:
    """Yield the claims of each 837 of `source`, transaction by transaction; others are passed by.

    An 837 of a guide without tables has no claims, and a finding says so. Raises NotX12 when the
    source is not X12.
    """
    unread: list[Reading] = []

    def pass_by(st: list[str], error: NoGuide) -> None:
        if st[1:2] == [_CLAIMS]:
            unread.append(Reading(None, (), (_without_guide(st, error),)))

    for tree in trees(source, name, pass_by=pass_by):
        yield from unread
        unread.clear()
        if tree.kind in KINDS:
            yield read_transaction(tree)
    yield from unread


def _without_guide(st: list[str], error: NoGuide) -> WireFinding:
    number = st[2] if len(st) > 2 else ""  # noqa: PLR2004  it may lack
    return WireFinding(
        "x837.no_guide",
        2,
        f"Transaction {number or 'without a number'} is left out: {error.args[0]}.",
        "Ask the sender for 005010X222A1 or 005010X223A2, the guides of claims that HIPAA names.",
        number,
        1,
        "ST",
        "ST",
        "ST03",
    )


def read_transaction(tree: TransactionTree) -> Reading:
    """Return the claims of one 837P or 837I and what of it they cannot hold.

    A claim without which something needed is missing is left out with a finding. Raises ValueError
    for a transaction of another kind.
    """
    if tree.kind not in KINDS:
        raise ValueError(f"{tree.kind} is no 837P or 837I; its claims cannot be read")
    return _Reader(tree).read()


class _Reader:
    """Reads one transaction."""

    def __init__(self, tree: TransactionTree) -> None:
        self._tree = tree
        self._kind = KINDS[tree.kind]
        self._told = Told(tree.control, tree.interchange.delimiters.component)
        self._findings: list[WireFinding] = []
        self._compared: set[int] = set()

    def read(self) -> Reading:
        batch = self._batch()
        claims = tuple(self._claims())
        self._findings += [*self._told.findings, *self._unplaced()]
        self._findings.sort(key=lambda one: one.position)
        return Reading(batch, claims, tuple(self._findings))

    def _claims(self) -> Iterator[Claim]:
        for billing in inner(self._tree.root, "2000A"):
            for subscriber in inner(billing, "2000B"):
                for loop in inner(subscriber, "2300"):
                    yield from self._claim(billing, subscriber, None, loop)
                for patient in inner(subscriber, "2000C"):
                    for loop in inner(patient, "2300"):
                        yield from self._claim(billing, subscriber, patient, loop)

    def _claim(
        self, billing: Loop, subscriber: Loop, patient: Loop | None, loop: Loop
    ) -> Iterator[Claim]:
        header = loop.first("CLM")
        account = "" if header is None else header.get(1)
        try:
            claim = read_claim(self._kind, billing, subscriber, patient, loop)
            blocks = claim_blocks(claim, whole=True)
        except Unreadable as error:
            self._findings.append(self._unreadable(error, account))
            return
        pairs = (
            (blocks.billing, billing),
            (blocks.subscriber, subscriber),
            (blocks.patient, patient),
            (blocks.claim, loop),
        )
        for block, wire in pairs:
            if block is not None and wire is not None and id(wire) not in self._compared:
                self._compared.add(id(wire))
                self._told.compare(block, wire, account, claim.place_of_service)
        yield claim

    def _unreadable(self, error: Unreadable, account: str) -> WireFinding:
        return WireFinding(
            "x837.unreadable",
            2,
            f"Claim {account or 'without a number'} is left out: {error}.",
            "Mend the file; `codinglab x12 check` names every fault in it.",
            self._tree.control,
            error.position,
            error.loop,
            error.element[:3].rstrip("0123456789"),
            error.element,
            claim=account,
        )

    def _batch(self) -> Batch | None:
        try:
            batch = _read_batch(self._tree)
        except Unreadable as error:
            self._findings.append(self._unreadable(error, ""))
            return None
        for block in head_blocks(batch):
            wire = inner_first(self._tree.root, block.id)
            if wire is not None:
                self._told.compare(block, wire)
        return batch

    def _unplaced(self) -> Iterator[WireFinding]:
        """Tell of segments that the guide has no place for, which are in no loop."""
        seen = {one.position for _, one in self._tree.root.walk()}
        for position in range(1, max(seen, default=0)):
            if position not in seen:
                yield WireFinding(
                    "x837.unplaced",
                    2,
                    f"Segment {position} is left out: the guide has no place for it.",
                    "Mend the file; `codinglab x12 check` says what it is.",
                    self._tree.control,
                    position,
                )


def _read_batch(tree: TransactionTree) -> Batch:
    begin = tree.first("BHT")
    sender, receiver = inner_first(tree.root, "1000A"), inner_first(tree.root, "1000B")
    if begin is None or sender is None or receiver is None:
        raise Unreadable("BHT, 1000A or 1000B is missing", "ST", 1, "BHT")
    day, time = day_of(begin.get(4)), begin.get(5)
    if day is None or not time.isdigit() or len(time) < _TIME:
        raise Unreadable("BHT04 and BHT05 are no day and time", "ST", begin.position, "BHT04")
    try:
        when = datetime.combine(day, clock_time(int(time[:2]), int(time[2:4]), int(time[4:6] or 0)))
    except ValueError:
        raise Unreadable(f"BHT05 {time!r} is no time", "ST", begin.position, "BHT05") from None
    one, other = sender.segments[0], receiver.segments[0]
    person = sender.first("PER")
    ways = {} if person is None else {person.get(at): person.get(at + 1) for at in (3, 5, 7)}
    return Batch(
        submitter=Name(one.get(3), one.get(4), one.get(5)),
        submitter_id=one.get(9),
        receiver=other.get(3),
        receiver_id=other.get(9),
        reference=begin.get(3),
        when=when,
        contact="" if person is None else person.get(2),
        phone=ways.get("TE", ""),
        email=ways.get("EM", ""),
        control=tree.control,
        reissued=begin.get(2) == "18",
    )
