"""A reversal (status 22) undoes exactly what was posted, entry by entry.

Source: ASC X12N 005010X221A1, section 1.10.2.8: the original charge, payment and adjustments come
again with their signs turned, and the corrected claim follows as one of its own.
"""

from __future__ import annotations

from dataclasses import replace

from codinglab.accounts.journal import Entry, Posting
from codinglab.accounts.post_claim import Done, Job, posted_claim
from codinglab.accounts.post_faults import Fault
from codinglab.accounts.post_match import content
from codinglab.accounts.post_state import State
from codinglab.accounts.record import Note, PostedClaim


def post_reversal(job: Job, state: State) -> Done | Fault:
    """Return the entries that undo an earlier posting, or why the reversal is held back."""
    number = job.account.number
    standing = state.standing(number, job.payer)
    if not standing:
        return Fault(
            "nothing to reverse", f"claim {number}: no decision of {job.payer} stands in the books"
        )
    wanted = content(job.claim, negated=True)
    same = [one for one in standing if one.content == wanted]
    if not same:
        return Fault(
            "reversal differs",
            f"claim {number}: {job.payer} reverses {-job.claim.paid:.2f} of "
            f"{-job.claim.charge:.2f}, and no decision that stands ({_told(standing)}) has "
            "these amounts and reasons",
        )
    by_number = [one for one in same if one.number == job.claim.number]
    undone = (by_number or same)[-1]
    entries = tuple(_undo(job, one, at) for at, one in enumerate(state.entries(undone.source), 1))
    return Done(entries, (_note(job, undone),), posted_claim(job, undone.source))


def _told(standing: list[PostedClaim]) -> str:
    return "; ".join(one.source for one in standing)


def _undo(job: Job, entry: Entry, at: int) -> Entry:
    return Entry(
        f"{job.number}.{at}",
        job.day,
        "reversal",
        job.source,
        tuple(_turned(job, side) for side in entry.postings),
        f"reverses entry {entry.number}",
    )


def _turned(job: Job, side: Posting) -> Posting:
    """Return the other side; the payer takes cash back, wherever its payment had waited."""
    held = side.ledger in {"cash", "unapplied cash"}
    return replace(side, amount=-side.amount, ledger=job.cash if held else side.ledger)


def _note(job: Job, undone: PostedClaim) -> Note:
    return Note(
        job.day,
        "reversed",
        job.account.number,
        "status 22",
        f"{job.payer} takes back what it decided in {undone.source}",
        job.source,
        payer=job.payer,
        amount=job.claim.paid,
    )
