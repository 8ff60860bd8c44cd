"""What waits in quarantine, and how a person ends the waiting: with who, why, and a trail.

Nothing leaves by itself. What is let go is judged again as though it had just come; only where
the fault is a matter of judgement may a person have it posted despite it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal

from codinglab.accounts.books import Books
from codinglab.accounts.post import DECIDABLE, Posted, decided, posted_in
from codinglab.accounts.post_claim import Done, Job, post_claim
from codinglab.accounts.post_faults import REASONS, Fault
from codinglab.accounts.post_reversal import post_reversal
from codinglab.accounts.post_rules import rules_on
from codinglab.accounts.post_state import REVERSAL, state_of
from codinglab.accounts.record import Batch, Held, Note
from codinglab.accounts.remit_text import from_bytes
from codinglab.accounts.store import Store

__all__ = ["JUDGED", "REASONS", "NotReleased", "dismiss", "release", "waiting"]

JUDGED = (
    DECIDABLE | {"decided before", "more than is open", "reversal differs"} | {"nothing to reverse"}
)
"""Faults in spite of which a person may have the money posted; the others need another file."""


class NotReleased(ValueError):
    """It stays in quarantine; the message says why and what to do."""


def waiting(store: Store) -> tuple[Held, ...]:
    """Return what waits, in the order in which it came."""
    return store.held()


def _held(books: Books, number: str, who: str, why: str) -> Held:
    if not who.strip() or not why.strip():
        raise NotReleased("say who lets it go and why: both stand in the account trail")
    for one in books.held():
        if one.number == number:
            return one
    raise NotReleased(f"nothing with the number {number!r} waits in quarantine")


def release(  # noqa: PLR0913  a person's decision, with all it names
    store: Store,
    number: str,
    *,
    day: date,
    who: str,
    why: str,
    account: str = "",
    despite: bool = False,
    capitated: Collection[str] = (),
) -> Posted:
    """Post what waits under `number`, on `day`, and return what was written.

    `account` names the account it belongs to where the payer's number is wrong. `despite` has it
    posted in spite of a fault of `JUDGED`. Raises NotReleased, and leaves it where it is, where
    `who` or `why` is blank, nothing waits there, or a fault is still there.
    """
    with store.writing() as books:
        held = _held(books, number, who, why)
        if held.place:
            batch = _claim(books, held, day, account, capitated, despite=despite)
        else:
            batch = _whole(books, held, day, capitated, despite=despite)
        note = _note(held, day, who, why, account)
        batch = replace(batch, notes=(*batch.notes, note), released=(number,))
        books.write(batch)
    return Posted(batch)


def _whole(
    books: Books, held: Held, day: date, capitated: Collection[str], *, despite: bool
) -> Batch:
    if held.reason == "wrong payee" and not despite:
        raise NotReleased(f"{held.number}: {held.text}")
    posted = posted_in(books, from_bytes(held.content), day, capitated=capitated, despite=despite)
    if posted.refused or not posted.batch.remittances:
        raise NotReleased(f"{held.number}: {posted.text or held.text}")
    return posted.batch


def _claim(  # noqa: PLR0913
    books: Books,
    held: Held,
    day: date,
    account: str,
    capitated: Collection[str],
    *,
    despite: bool,
) -> Batch:
    remittance = from_bytes(held.content)
    (claim,) = remittance.claims
    rules = rules_on(remittance.made)
    state = state_of(books, {account or claim.account})
    asked = decided(state, claim, rules, held.payer, account)
    if isinstance(asked, Fault):
        raise NotReleased(f"{held.number}: {asked.reason}: {asked.text}")
    known, at = asked
    job = Job(
        *(claim, known, known.payers[at], at, day, f"{held.number} released"),
        *(f"{held.number}/released", rules, held.payer in capitated, "unapplied cash", despite),
    )
    undo = claim.status == REVERSAL
    found: Done | Fault = (post_reversal if undo else post_claim)(job, state)
    if isinstance(found, Fault) and undo and despite and found.reason in JUDGED:
        found = post_claim(job, state)
    if isinstance(found, Fault):
        raise NotReleased(f"{held.number}: {found.reason}: {found.text}")
    return Batch(found.entries, notes=found.notes, claims=(found.claim,))


def dismiss(store: Store, number: str, *, day: date, who: str, why: str) -> None:
    """End the waiting of `number` without posting it: its money stays in unapplied cash.

    It is then applied or given back by hand. Raises NotReleased as `release` does.
    """
    with store.writing() as books:
        held = _held(books, number, who, why)
        note = replace(_note(held, day, who, why, ""), reason="dismissed")
        books.write(Batch(notes=(note,), released=(number,)))


def _note(held: Held, day: date, who: str, why: str, account: str) -> Note:
    return Note(
        *(day, "released", account or held.account, held.reason, why, held.number, who),
        payer=held.payer,
        amount=held.amount or Decimal(0),
    )
