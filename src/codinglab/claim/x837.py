"""Claims as an 837: professional 005010X222A1 and institutional 005010X223A2.

Claims of one billing provider stand together, and within it those of one subscriber, whatever
their order was; a patient who is not the subscriber has a loop of his own. `x837_reader` reads the
text back to the same claims, and `x837_carried` says what of a claim the guide has no place for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from codinglab.claim.model import Claim
from codinglab.claim.x837_batch import Batch, beginning, head_blocks
from codinglab.claim.x837_block import GUIDES, Block
from codinglab.claim.x837_groups import Subscriber, claim_blocks, grouped
from codinglab.x12.envelope import Envelope, Transaction, wrap
from codinglab.x12.syntax import CannotWrite, Delimiters, Segment, segment

MOST_CLAIMS = 5000
"""No transaction should have more claims (both guides ask for it); see `batches`."""

_A_PATIENT = 100
"""Claims (2300) that one subscriber or patient loop holds; more open the loop again."""


class _Levels:
    """Numbers the HL segments of one transaction, from 1."""

    def __init__(self) -> None:
        self.last = 0

    def next(self, above: int, level: str, *, parent: bool) -> Segment:
        self.last += 1
        return ("HL", str(self.last), str(above or ""), level, "1" if parent else "0")


def _pieces(claims: list[list[Segment]]) -> Iterator[list[list[Segment]]]:
    for at in range(0, len(claims), _A_PATIENT):
        yield claims[at : at + _A_PATIENT]


def _subscriber(one: Subscriber, levels: _Levels, above: int) -> list[Segment]:
    patients = list(one.patients.values())
    if patients[0].block is None:
        return _claims(one.block, patients[0].claims, levels, (above, "22"))
    said = [levels.next(above, "22", parent=True), *one.block.all()]
    place = levels.last, "23"
    for patient in patients:
        assert patient.block is not None
        said += _claims(patient.block, patient.claims, levels, place)
    return said


def _claims(
    head: Block, claims: list[list[Segment]], levels: _Levels, place: tuple[int, str]
) -> list[Segment]:
    """Return the claims of one subscriber or patient below `place`: the HL above, and the level."""
    said: list[Segment] = []
    for piece in _pieces(claims):
        said.append(levels.next(*place, parent=False))
        said += head.all()
        for claim in piece:
            said += claim
    return said


def _body(batch: Batch, claims: Sequence[Claim]) -> list[Segment]:
    said = [beginning(batch)]
    for block in head_blocks(batch):
        said += block.all()
    levels = _Levels()
    for group in grouped(batch, claims):
        said.append(levels.next(0, "20", parent=True))
        said += group.block.all()
        above = levels.last
        for subscriber in group.subscribers.values():
            said += _subscriber(subscriber, levels, above)
    return said


def transaction(batch: Batch, claims: Sequence[Claim]) -> Transaction:
    """Return `claims`, all of one kind, as one transaction.

    Raises ValueError when there is no claim, when the kinds differ, when there are more than 5,000,
    and when an institutional claim has no bill.
    """
    kinds = {one.kind for one in claims}
    if len(kinds) != 1:
        raise ValueError(
            "a transaction has claims of one kind, professional or institutional; here are "
            f"{len(claims)} of {len(kinds)} kinds: write one transaction a kind"
        )
    if len(claims) > MOST_CLAIMS:
        raise ValueError(
            f"{len(claims)} claims in one transaction; write at most {MOST_CLAIMS} in each"
        )
    return Transaction("837", GUIDES[kinds.pop()], batch.control, _body(batch, claims))


def write(envelope: Envelope, batches: Iterable[tuple[Batch, Sequence[Claim]]]) -> str:
    """Return an interchange with one transaction for each batch of claims.

    Time and control numbers are those of `envelope` and the batches, so the same input gives the
    same text. Raises ValueError as `transaction` does, and CannotWrite, naming the claim, when a
    value holds a delimiter or a character that cannot be printed.
    """
    told = [(batch, list(claims)) for batch, claims in batches]
    try:
        return wrap(envelope, (transaction(batch, claims) for batch, claims in told))
    except CannotWrite:
        for _, claims in told:
            for claim in claims:
                _try(claim, envelope.delimiters)
        raise


def _try(claim: Claim, marks: Delimiters) -> None:
    """Raise CannotWrite with the claim's number where one of its values cannot be written."""
    blocks = claim_blocks(claim)
    for block in (blocks.billing, blocks.subscriber, blocks.patient, blocks.claim):
        for one in () if block is None else block.all():
            try:
                segment(one, marks)
            except CannotWrite as error:
                raise CannotWrite(f"claim {claim.account}: {error}") from None
