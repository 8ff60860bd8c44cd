"""One claim of a remittance becomes entries: payment, adjustments, and the patient's share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codinglab.accounts.journal import Entry, Kind, Ledger, Posting
from codinglab.accounts.post_faults import Fault
from codinglab.accounts.post_match import ChargeDiffers, NoSuchLine, content
from codinglab.accounts.post_parts import Part, Parts, parts_of
from codinglab.accounts.post_rules import Rules, To
from codinglab.accounts.post_state import State
from codinglab.accounts.record import Account, Note, PostedClaim
from codinglab.claim.adjudicated import Adjustment
from codinglab.remit.model import RemitClaim

CROSSED = frozenset({"19", "20", "21"})
"""Claim statuses that say the payer passed the claim on to the next one."""
_ZERO = Decimal(0)
_LEDGERS: dict[To, Ledger] = {
    "contractual": "contractual adjustment",
    "sequestration": "sequestration",
}


@dataclass(frozen=True, slots=True)
class Job:
    """What a claim is posted with.

    `source` and `number` name its entries, `payer` is at `place` (0 the primary) of `account`.
    `capitated` says that the payer pays by the month, `cash` where the payment stands, `despite`
    that somebody has decided to post it whatever is open.
    """

    claim: RemitClaim
    account: Account
    payer: str
    place: int
    day: date
    source: str
    number: str
    rules: Rules
    capitated: bool = False
    cash: Ledger = "cash"
    despite: bool = False

    @property
    def next_payer(self) -> str:
        """Return the payer who is asked next, blank where there is none."""
        return self.account.payer_at(self.place + 1)


@dataclass(frozen=True, slots=True)
class Done:
    """A claim that was posted; `passed` is what went to the next payer, in dollars."""

    entries: tuple[Entry, ...]
    notes: tuple[Note, ...]
    claim: PostedClaim
    passed: Decimal = _ZERO


@dataclass(frozen=True, slots=True)
class _Move:
    """One adjustment of a part and where it goes."""

    line: int | None
    adjustment: Adjustment
    to: To


def post_claim(job: Job, state: State) -> Done | Fault:
    """Return the entries of a decision that is no reversal, or why it is held back."""
    claim, number = job.claim, job.account.number
    try:
        parts = parts_of(claim, job.account, job.payer, state)
    except NoSuchLine as error:
        return Fault("unknown line", f"claim {number}: {error}")
    except ChargeDiffers as error:
        return Fault("charge differs", f"claim {number}: {error}")
    before = "" if job.despite else _decided_before(job, parts, state)
    if before:
        return Fault(
            "decided before",
            f"claim {number}: {job.payer} decided it in {before}; a reversal (status 22) must "
            "come first",
        )
    moves = [
        _Move(one.line, each, _to(job, one, each))
        for one in parts.parts
        for each in one.adjustments
    ]
    if not job.despite:
        moves_or_fault = _within_what_is_open(job, parts.parts, moves, whole=parts.whole)
        if isinstance(moves_or_fault, Fault):
            return moves_or_fault
        moves = moves_or_fault
    entries = _entries(job, parts.parts, moves)
    passed = sum((one.adjustment.amount for one in moves if _passes(job, one.to)), _ZERO)
    return Done(entries, _notes(job, moves, passed), posted_claim(job), passed)


def _decided_before(job: Job, parts: Parts, state: State) -> str:
    """Return the source of a decision that stands and moved money on lines of this claim."""
    here = {one.line for one in parts.parts}
    two_plans = job.account.payers.count(job.payer) > 1
    for one in state.standing(job.account.number, job.payer):
        if two_plans and one.status != job.claim.status:
            continue  # what the payer decided under the patient's other plan with it
        sides = (side for entry in state.entries(one.source) for side in entry.postings)
        there = {side.line for side in sides}
        if there and (here & there or None in here | there):
            return one.source
    return ""


def posted_claim(job: Job, reverses: str = "") -> PostedClaim:
    """Return the record of what was posted."""
    claim = job.claim
    return PostedClaim(
        job.source,
        job.account.number,
        job.payer,
        claim.status,
        claim.number,
        content(claim),
        reverses,
    )


def _to(job: Job, part: Part, one: Adjustment) -> To:
    paid = job.rules.pays(part.paid, part.adjustments)
    to = job.rules.to(one.group, one.carc, paid=paid, capitated=job.capitated)
    if to == "next payer":
        return "next payer" if job.next_payer else "worked"
    return to


def _passes(job: Job, to: To) -> bool:
    return bool(job.next_payer) and to in {"patient", "next payer"}


def _within_what_is_open(
    job: Job, parts: Sequence[Part], moves: list[_Move], *, whole: bool
) -> list[_Move] | Fault:
    """Lower contractual adjustments that an earlier payer's posting has taken already.

    A later payer often tells the earlier one's reduction again. What exceeds the open amount
    beyond that is held back: nothing is posted twice.
    """
    found = list(moves)
    for part in parts:
        if part.open is None:
            continue
        here = [one for one in found if whole or one.line == part.line]
        before = sum((one.adjustment.amount for one in here if one.to == "posted"), _ZERO)
        excess = part.charge - before - part.open
        if excess <= 0:
            continue
        for at, one in enumerate(found):
            amount = one.adjustment.amount
            if one not in here or one.to != "contractual" or amount <= 0 or not excess:
                continue
            less = min(amount, excess)
            excess -= less
            rest = Adjustment(one.adjustment.group, one.adjustment.carc, amount - less)
            found[at] = _Move(one.line, rest, one.to)
        if excess:
            where = "" if part.line is None else f", line {part.line}"
            return Fault(
                "more than is open",
                f"claim {job.account.number}{where}: {job.payer} owes {part.open:.2f}, the "
                f"remittance settles {part.charge - before:.2f}; post what the earlier payer "
                "decided, or correct the account",
            )
    return found


def _entries(job: Job, parts: Sequence[Part], moves: Sequence[_Move]) -> tuple[Entry, ...]:
    made: list[Entry] = []

    def enter(kind: Kind, postings: list[Posting], reason: str = "") -> None:
        if postings:
            number = f"{job.number}.{len(made) + 1}"
            made.append(Entry(number, job.day, kind, job.source, tuple(postings), reason))

    for part in parts:
        here = [one for one in moves if one.line == part.line and one.adjustment.amount]
        if part.paid:
            enter("payment", _pair(job, part.line, job.cash, part.paid))
        enter("adjustment", [s for m in here if m.to in _LEDGERS for s in _adjust(job, m)])
        moved = [m for m in here if m.to in {"patient", "next payer"}]
        enter("transfer", [side for one in moved for side in _transfer(job, one)])
    return tuple(made)


def _pair(job: Job, line: int | None, ledger: Ledger, amount: Decimal) -> list[Posting]:
    number = job.account.number
    return [
        Posting(ledger, amount, number, line, job.payer),
        Posting("insurance receivable", -amount, number, line, job.payer),
    ]


def _adjust(job: Job, move: _Move) -> list[Posting]:
    one, number = move.adjustment, job.account.number
    told = (number, move.line, job.payer, one.group, one.carc)
    return [
        Posting(_LEDGERS[move.to], one.amount, *told),
        Posting("insurance receivable", -one.amount, *told),
    ]


def _transfer(job: Job, move: _Move) -> list[Posting]:
    one, number, after = move.adjustment, job.account.number, job.next_payer
    owed: Ledger = "insurance receivable" if after else "patient receivable"
    return [
        Posting(owed, one.amount, number, move.line, after, one.group, one.carc),
        Posting(
            "insurance receivable",
            -one.amount,
            *(number, move.line, job.payer, one.group, one.carc),
        ),
    ]


def _notes(job: Job, moves: Sequence[_Move], passed: Decimal) -> tuple[Note, ...]:
    claim, number = job.claim, job.account.number
    notes = [
        Note(
            job.day,
            "posted",
            number,
            f"status {claim.status}",
            f"charge {claim.charge:.2f}, paid {claim.paid:.2f}, "
            f"patient's share {claim.patient_share:.2f}",
            job.source,
            payer=job.payer,
            amount=claim.paid,
        )
    ]
    shared = sum((one.adjustment.amount for one in moves if one.adjustment.group == "PR"), _ZERO)
    if shared != claim.patient_share:
        notes.append(_share_differs(job, shared))
    notes += [
        Note(
            job.day,
            "denied",
            number,
            f"{one.adjustment.group}-{one.adjustment.carc}",
            job.rules.rule(one.adjustment.group, one.adjustment.carc).label,
            job.source,
            payer=job.payer,
            line=one.line,
            amount=one.adjustment.amount,
        )
        for one in moves
        if one.to == "worked" and one.adjustment.amount
    ]
    if passed:
        crossed = claim.status in CROSSED or claim.passed_to is not None
        notes.append(
            Note(
                job.day,
                "to the next payer",
                number,
                "crossed over" if crossed else "claim due",
                f"{passed:.2f} goes from {job.payer} to {job.next_payer}",
                job.source,
                payer=job.next_payer,
                amount=passed,
            )
        )
    return tuple(notes)


def _share_differs(job: Job, shared: Decimal) -> Note:
    """Return the note that CLP05 is not the sum of group PR (X12 RFI 2548), by which is posted."""
    told = job.claim.patient_share
    return Note(
        job.day,
        "difference",
        job.account.number,
        "patient's share differs",
        f"the payer says that the patient owes {told:.2f}, its adjustments of group PR make "
        f"{shared:.2f}; these were posted",
        job.source,
        payer=job.payer,
        amount=told - shared,
    )
