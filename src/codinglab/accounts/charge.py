"""A claim's charges in the journal: a line each, from revenue to whoever is asked to pay first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from codinglab.accounts.journal import Entry, Ledger, Posting
from codinglab.accounts.record import Account, AccountLine, Batch, Note
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

    The claims are original ones: a replacement or a secondary claim asks for charges that stand
    in the books already. What the patient paid at the visit is entered as a patient payment, not
    here. Raises Refused where an account has charges already.
    """
    made = tuple(account_of(one, day) for one in claims)
    with store.writing() as books:
        before = books.accounts([one.number for one in made])
        if before:
            raise Refused(
                f"account {', '.join(before)} has charges already; nothing was written: leave out "
                "what stands in the books"
            )
        books.write(_batch(made))
    return made


def _batch(made: tuple[Account, ...]) -> Batch:
    return Batch(
        entries=tuple(entry for one in made for entry in charges(one)),
        accounts=made,
        notes=tuple(
            Note(
                one.opened,
                "charged",
                one.number,
                "charges entered",
                f"{len(one.lines)} lines, {one.charge:.2f} dollars",
                f"claim {one.number}",
                payer=one.payers[0] if one.payers else "",
                amount=one.charge,
            )
            for one in made
        ),
    )
