"""The price for whoever pays alone: the charge less what the self-pay contract takes off.

The estimate (`accounts.estimate`) promises this price, so the books must ask for no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from codinglab.accounts.balances import PATIENT, balances
from codinglab.accounts.books import Books
from codinglab.accounts.by_hand import Hand, NotAllowed
from codinglab.accounts.journal import Entry, Posting, still_standing
from codinglab.accounts.record import Batch, Note
from codinglab.accounts.store import Store
from codinglab.claim.model import Claim
from codinglab.payer.contract import Contract
from codinglab.payer.contract_file import contracts
from codinglab.payer.price_claim import expected, terms_day

REASON = "self-pay price"


def self_pay_price(store: Store, hand: Hand, claim: Claim) -> Entry:
    """Take what the contract takes off from the patient's charges of the claim's visit, by line.

    Raises NotAllowed where the claim is to a payer, the contract has no price for a line, the visit
    is not in the books, the price was entered before and not undone, or nothing comes off.
    """
    contract = contracts().get(claim.coverage.payer.payer_id)
    if contract is None or contract.kind != "self-pay":
        name = claim.coverage.payer.name
        raise NotAllowed(f"account {claim.account}: {name} is no self-pay contract")
    with store.writing() as books:
        _first_time(books, claim.account)
        sides = tuple(_sides(books, claim, contract))
        if not sides:
            raise NotAllowed(f"account {claim.account}: the contract takes nothing off")
        entry = Entry(
            *(hand.number, hand.day, "adjustment", "by hand", sides),
            f"{REASON}: {hand.why}",
            hand.authority,
        )
        off = sum((side.amount for side in sides if side.amount > 0), Decimal(0))
        note = Note(
            *(hand.day, "by hand", claim.account, REASON, hand.why, hand.number, hand.authority),
            amount=off,
        )
        books.write(Batch(entries=(entry,), notes=(note,)))
        return entry


def _first_time(books: Books, number: str) -> None:
    if number not in books.accounts((number,)):
        raise NotAllowed(f"no account {number!r} has charges; enter them first")
    if any(_is_price(one) for one in still_standing(books.entries_of(number))):
        raise NotAllowed(f"account {number}: the self-pay price was entered before")


def _is_price(entry: Entry) -> bool:
    return entry.kind == "adjustment" and entry.reason.startswith(f"{REASON}: ")


def price_number(store: Store, number: str) -> str:
    """Return the number of the entry that takes the self-pay price off the visit `number`.

    It is told apart from those of the prices that were entered and undone before.
    """
    before = sum(_is_price(one) for one in store.entries(number))
    return f"self-pay {number}" + (f" {before + 1}" if before else "")


def _sides(books: Books, claim: Claim, contract: Contract) -> Iterator[Posting]:
    """Yield what comes off each line, never more than the patient owes of it."""
    found = balances(books, account=claim.account)
    owed = {key.line: amount for key, amount in found if key.ledger == PATIENT}
    told = contract.on(terms_day(claim)).contractual
    for one in expected(claim, contract).lines:
        where = f"account {claim.account}, line {one.line}"
        if one.price is None:
            raise NotAllowed(f"{where}: {one.said}")
        off, open_now = claim.lines[one.line - 1].charge - one.amount, owed.get(one.line, 0)
        if off > open_now:
            raise NotAllowed(f"{where}: the patient owes {open_now}, so {off} cannot come off")
        if off > 0:
            about = (claim.account, one.line, "", told.group, told.carc)
            yield Posting("contractual adjustment", off, *about)
            yield Posting("patient receivable", -off, *about)
