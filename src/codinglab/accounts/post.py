"""Posting a remittance: every claim that can be posted is, line by line, and the rest waits.

Whatever the claims say, cash moves by exactly the payment: what cannot be matched stands in
unapplied cash until a person has decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from codinglab.accounts.books import Books
from codinglab.accounts.journal import Entry, Ledger, Posting
from codinglab.accounts.post_claim import Done, Job, post_claim
from codinglab.accounts.post_faults import Fault, claim_fault, payment_fault
from codinglab.accounts.post_match import content
from codinglab.accounts.post_provider import post_provider
from codinglab.accounts.post_reversal import post_reversal
from codinglab.accounts.post_rules import Rules, rules_on
from codinglab.accounts.post_state import REVERSAL, State, state_of
from codinglab.accounts.record import (
    Account,
    Batch,
    Held,
    Note,
    PostedClaim,
    PostedRemittance,
)
from codinglab.accounts.remit_text import SHOWN, as_bytes, digest, from_bytes
from codinglab.accounts.store import Store
from codinglab.core.dates import NotInForce
from codinglab.remit.model import RemitClaim, Remittance

REMITTANCE = "835 "
"""How the source of every entry of a remittance begins."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a remittance.

    `refused` names why nothing at all was written ("already posted"), with `text` saying more.
    `batch` is what was written: entries, notes, the claims posted and what is held.
    """

    batch: Batch = field(default_factory=Batch)
    refused: str = ""
    text: str = ""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the entries that were written."""
        return self.batch.entries

    @property
    def held(self) -> tuple[Held, ...]:
        """Return what was put into quarantine."""
        return self.batch.held

    @property
    def next_claims(self) -> tuple[Note, ...]:
        """Return what goes to a next payer: a claim that is due, or one that crossed over."""
        return tuple(one for one in self.batch.notes if one.kind == "to the next payer")


def origin(remittance: Remittance) -> str:
    """Return who pays: TRN03, or the payer's identifier where nothing (a paper EOB) tells it."""
    return remittance.origin or remittance.payer.payer_id


@dataclass(slots=True)
class _Work:
    """What is gathered while a remittance is posted."""

    remittance: Remittance
    rules: Rules
    state: State
    day: date
    source: str
    number: str
    capitated: bool
    entries: list[Entry] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    claims: list[PostedClaim] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)


def post(  # noqa: PLR0913  what a person may know beside the file
    store: Store,
    remittance: Remittance,
    day: date,
    *,
    capitated: Collection[str] = (),
    payees: Collection[str] = (),
    payer: str = "",
    who: str = "",
) -> Posted:
    """Post `remittance` on `day`, all that can be posted or, on an error, nothing.

    `capitated` are the identifiers of payers that pay this practice by the month, so that their
    CO-24 ends a claim. `payees` are the practice's own numbers (NPI, tax number): money paid to
    anybody else is held; where none is told, none is asked. `payer` is the identifier by which the
    accounts know the payer, where the file gives none or another one. `who` typed it from paper,
    for the account trail; blank for a file. A claim that cannot be posted goes to quarantine with a
    reason, its money to unapplied cash; a remittance whose payment does not add up goes there whole
    and moves nothing. One that was posted before is refused.
    """
    if payer:
        remittance = replace(remittance, payer=replace(remittance.payer, payer_id=payer))
    with store.writing() as books:
        posted = posted_in(books, remittance, day, capitated=capitated, payees=payees)
        if who:
            signed = tuple(replace(one, who=who) for one in posted.batch.notes)
            posted = replace(posted, batch=replace(posted.batch, notes=signed))
        books.write(posted.batch)
    return posted


def posted_in(  # noqa: PLR0913  as `post` knows it
    books: Books,
    remittance: Remittance,
    day: date,
    *,
    capitated: Collection[str] = (),
    payees: Collection[str] = (),
    despite: bool = False,
) -> Posted:
    """Return what posting would write into `books`, writing nothing.

    `despite` says that somebody decided to post a payment that does not add up, or whose trace
    number was used before; what is over stands in unapplied cash.
    """
    known = digest(remittance)
    name = f"{origin(remittance)}/{remittance.trace}"
    before = _before(books, remittance, known)
    if before:
        return before
    rules = _rules(remittance)
    fault = payment_fault(remittance, rules, payees) or _trace_fault(books, remittance)
    if fault and not (despite and fault.reason in DECIDABLE and rules):
        return _held_whole(books, remittance, day, fault, f"{name}/whole {known[:SHOWN]}")
    assert rules is not None
    if fault and fault.reason == "trace used before":
        name = f"{name} {known[:SHOWN]}"
    work = _Work(
        remittance,
        rules,
        state_of(books, {one.account for one in remittance.claims}),
        day,
        source=f"{REMITTANCE}{name}",
        number=name,
        capitated=remittance.payer.payer_id in capitated,
    )
    for place, claim in enumerate(remittance.claims, 1):
        _claim(work, claim, place)
    _beside(work)
    return Posted(_batch(work, name.partition("/")[2], known))


DECIDABLE = frozenset(
    {"payment does not balance", "trace used before", "no way of payment", "wrong payee"}
)
"""Faults of a whole remittance in spite of which a person may have it posted."""


def _rules(remittance: Remittance) -> Rules | None:
    try:
        return rules_on(remittance.made)
    except NotInForce:
        return None


def _before(books: Books, remittance: Remittance, known: str) -> Posted | None:
    """Return the refusal of a remittance that the books have, or hold, already."""
    for one in books.remittances(remittance.trace):
        same = (one.origin, one.total) == (origin(remittance), remittance.total)
        same = same and _tells_the_same(books, remittance)
        if one.digest == known or same:
            how = "the very same content" if one.digest == known else "the same total"
            return Posted(
                refused="already posted",
                text=f"trace {one.trace} of {one.origin} with {how} was posted on {one.posted}",
            )
    return None


def _tells_the_same(books: Books, remittance: Remittance) -> bool:
    """Say whether the books took, posted or held, all that is told of claims, from this trace."""
    head = f"{REMITTANCE}{origin(remittance)}/{remittance.trace}, claim "
    every = books.claims({one.account for one in remittance.claims}).values()
    known = Counter(
        (one.account, one.content) for some in every for one in some if one.source.startswith(head)
    )
    for held in books.held(also_released=True):
        if held.place and (held.origin, held.trace) == (origin(remittance), remittance.trace):
            (claim,) = from_bytes(held.content).claims
            known[claim.account, content(claim)] += 1
    return known == Counter((one.account, content(one)) for one in remittance.claims)


def _trace_fault(books: Books, remittance: Remittance) -> Fault | None:
    for one in books.remittances(remittance.trace):
        if one.origin == origin(remittance):
            return Fault(
                "trace used before",
                f"trace {one.trace} of {one.origin} was posted on {one.posted} with "
                f"{one.total:.2f}, now it comes with {remittance.total:.2f}",
            )
    return None


def _held_whole(
    books: Books, remittance: Remittance, day: date, fault: Fault, number: str
) -> Posted:
    if any(one.number == number for one in books.held(also_released=True)):
        return Posted(refused="already held", text=f"{number} is in quarantine: {fault.text}")
    held = Held(
        *(number, day, fault.reason, fault.text, origin(remittance), remittance.trace),
        *(remittance.payer.payer_id, "", 0, Decimal(0), as_bytes(remittance)),
    )
    note = Note(
        *(day, "quarantined", "", fault.reason, fault.text, f"{REMITTANCE}{number}"),
        payer=remittance.payer.payer_id,
        amount=Decimal(0),
    )
    return Posted(Batch(notes=(note,), held=(held,)))


def _claim(work: _Work, claim: RemitClaim, place: int) -> None:
    found = _posting(work, claim, place)
    if isinstance(found, Fault):
        _hold(work, claim, place, found)
        return
    work.entries += found.entries
    work.notes += found.notes
    work.claims.append(found.claim)
    work.state.add(found.entries, found.claim)


def _posting(work: _Work, claim: RemitClaim, place: int) -> Done | Fault:
    asked = decided(work.state, claim, work.rules, work.remittance.payer.payer_id)
    if isinstance(asked, Fault):
        return asked
    account, at = asked
    job = Job(
        *(claim, account, account.payers[at], at, work.day),
        f"{work.source}, claim {claim.account} at {place}",
        f"{work.number}/{place}",
        *(work.rules, work.capitated),
    )
    return (post_reversal if claim.status == REVERSAL else post_claim)(job, work.state)


def decided(
    state: State, claim: RemitClaim, rules: Rules, payer: str, account: str = ""
) -> tuple[Account, int] | Fault:
    """Return the account of the claim and the place of `payer` in it, or why it is held back.

    `account` names it where a person has found out; else the claim itself does.
    """
    known = state.accounts.get(account or claim.account)
    if known is None:
        return Fault("unknown claim", f"no account {account or claim.account} has charges")
    places = [at for at, one in enumerate(known.payers) if one == payer]
    if not places:
        return Fault(
            "payer not on the account",
            f"account {known.number} names {', '.join(known.payers) or 'no payer'}, not {payer}",
        )
    told = {"2": 1, "20": 1, "3": 2, "21": 2}.get(claim.status, 0)
    return claim_fault(claim, rules) or (known, told if told in places else places[0])


def _hold(work: _Work, claim: RemitClaim, place: int, fault: Fault) -> None:
    one, number = work.remittance, f"{work.number}/{place}"
    payer = one.payer.payer_id
    alone = replace(one, claims=(claim,), provider_adjustments=())
    work.held.append(
        Held(
            *(number, work.day, fault.reason, fault.text, origin(one), one.trace, payer),
            *(claim.account, place, claim.paid, as_bytes(alone)),
        )
    )
    source = f"{work.source}, claim {claim.account} at {place}"
    work.notes.append(
        Note(
            *(work.day, "quarantined", claim.account, fault.reason, fault.text, source),
            payer=payer,
            amount=claim.paid,
        )
    )
    _wait(work, claim.paid, f"{number}.held", source, fault.reason)


def _wait(work: _Work, amount: Decimal, number: str, source: str, reason: str) -> None:
    """Enter money that nobody can place yet: it came into cash, so it waits in unapplied cash."""
    if not amount:
        return
    ledgers: tuple[tuple[Ledger, Decimal], ...] = (("cash", amount), ("unapplied cash", -amount))
    payer = work.remittance.payer.payer_id
    sides = tuple(Posting(ledger, each, payer=payer) for ledger, each in ledgers)
    work.entries.append(Entry(number, work.day, "deposit", source, sides, reason))


def _beside(work: _Work) -> None:
    one = work.remittance
    entries, notes = post_provider(one, work.rules, work.day, work.source, work.number)
    work.entries += entries
    work.notes += notes
    told = sum((each.paid for each in one.claims), Decimal(0))
    told -= sum((each.amount for each in one.provider_adjustments), Decimal(0))
    reason = "payment does not balance"
    _wait(work, one.total - told, f"{work.number}/over", work.source, reason)


def _batch(work: _Work, trace: str, known: str) -> Batch:
    one = work.remittance
    taken = PostedRemittance(
        *(origin(one), trace, one.total, known, one.payer.payer_id, one.method),
        *(one.paid_on, work.day),
    )
    return Batch(
        entries=tuple(work.entries),
        notes=tuple(work.notes),
        claims=tuple(work.claims),
        remittances=(taken,),
        held=tuple(work.held),
    )
