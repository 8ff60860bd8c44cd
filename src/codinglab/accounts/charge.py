"""A claim's charges in the journal: a line each, from revenue to whoever is asked to pay first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from codinglab.accounts.charge_again import REPLACES, VOIDS, correction
from codinglab.accounts.journal import Entry, Ledger, Posting
from codinglab.accounts.record import Account, AccountLine, Batch, Note, joined
from codinglab.accounts.store import Refused, Store
from codinglab.claim.model import Claim
from codinglab.claim.parties import Person

SELF_PAY = "09"
"""X12 element 1032: no payer is asked, the patient pays."""


def account_of(claim: Claim, day: date) -> Account:
    """Return what the books keep of the claim's visit; `day` is that of entering the charges.

    Raises Refused where the claim has no patient control number.
    """
    if not claim.account:
        raise Refused("a claim without patient control number: give it one, the books need it")
    asked = [one for one in claim.coverages if one.filing != SELF_PAY]
    return Account(
        claim.account,
        day,
        named(claim.patient),
        tuple(
            AccountLine(
                at,
                one.code,
                one.charge,
                one.first,
                one.modifiers,
                one.revenue_code,
                one.control_number,
            )
            for at, one in enumerate(claim.lines, 1)
        ),
        tuple(one.payer.payer_id for one in asked),
        tuple(one.filing for one in asked),
    )


def named(person: Person) -> str:
    """Return the person as the books name a patient: "Last, First 1970-05-01"."""
    name = ", ".join(filter(None, (person.name.last, person.name.first)))
    return f"{name} {person.born.isoformat()}" if person.born else name


def charges(account: Account) -> tuple[Entry, ...]:
    """Return an entry for each line: owed by the first payer, or by the patient where none is."""
    payer = account.payers[0] if account.payers else ""
    owed: Ledger = "insurance receivable" if payer else "patient receivable"
    return tuple(
        Entry(
            f"charge {account.number}.{one.line}",
            account.opened,
            "charge",
            f"claim {account.number}",
            (
                Posting(owed, one.charge, account.number, one.line, payer),
                Posting("revenue", -one.charge, account.number, one.line, payer),
            ),
        )
        for one in account.lines
    )


def charge(store: Store, claims: Iterable[Claim], day: date) -> tuple[Account, ...]:
    """Enter the charges of `claims` on `day`, all or none, and return their accounts.

    A claim that replaces or voids an earlier one (frequency 7, 8) corrects the charges that stand
    in the books; a secondary claim asks for them again and is not entered. What the patient paid at
    the visit is entered as a patient payment, not here. Raises Refused where an account has
    charges already, or none that could be corrected.
    """
    every = [(account_of(one, day), one.frequency) for one in claims]
    with store.writing() as books:
        known = books.accounts([one.number for one, _ in every])
        batches = []
        for told, frequency in every:
            batch, account = _entered(told, frequency, known.get(told.number), day)
            batches.append(batch)
            known[told.number] = account
        books.write(joined(batches))
    return tuple({one.number: known[one.number] for one, _ in every}.values())


def _entered(
    told: Account, frequency: str, before: Account | None, day: date
) -> tuple[Batch, Account]:
    if frequency in {REPLACES, VOIDS}:
        if before is None:
            raise Refused(
                f"account {told.number} has no charges that a claim of frequency {frequency} could "
                "correct; nothing was written: enter the claim that was sent first"
            )
        return correction(before, told, frequency, day)
    if before is not None:
        raise Refused(
            f"account {told.number} has charges already; nothing was written: leave out what "
            "stands in the books; a corrected claim has frequency 7 or 8"
        )
    return Batch(entries=charges(told), accounts=(told,), notes=(_note(told),)), told


def _note(made: Account) -> Note:
    return Note(
        made.opened,
        "charged",
        made.number,
        "charges entered",
        f"{len(made.lines)} lines, {made.charge:.2f} dollars",
        f"claim {made.number}",
        payer=made.payer_at(0),
        amount=made.charge,
    )
