"""Prove what a billing case makes: documents render, payments balance, and the books agree.

The books are the accounts' own (double entry, by replay), which know nothing of the key.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from codinglab.core.findings import Finding
from codinglab.course import billing_statement as bill
from codinglab.course.variants import Variant
from codinglab.grading.items import Expected, ExpectedItem, Status

_PATIENT = "PATIENT"


def check_made(one: Variant, wanted: Expected) -> Iterator[Finding]:
    """Yield a finding for each thing of a billing case's claims and payments that is amiss."""
    made = one.made
    if made is None:
        return
    from codinglab.course.billing_documents import Documents

    documents = Documents(made)
    for name in documents:
        documents[name]  # raises what the check then tells
    yield from _check_payments(one)
    for item in wanted.items:
        if item.status is Status.REQUIRED and item.kind == bill.POSTING:
            yield from _check_posting(one, item)
    yield from _check_books(one, wanted)


def _check_payments(one: Variant) -> Iterator[Finding]:
    from codinglab.remit.balance import unbalanced

    assert one.made is not None
    for name, payment in one.made.payments.items():
        found = unbalanced(payment.remittance)
        if payment.row.unbalanced and not found:
            yield _wrong(name, "the payment balances, and unbalanced says that it does not.")
        elif not payment.row.unbalanced:
            yield from (_wrong(name, each.message) for each in found)


def _check_posting(one: Variant, item: ExpectedItem) -> Iterator[Finding]:
    """Yield a finding where what is posted to a line of the case is not the line's charge."""
    assert one.made is not None
    account, _, number = item.value.partition(".")
    told = [
        claim
        for payment in one.made.payments.values()
        for claim in payment.remittance.claims
        if claim.account == account and number.isdigit() and int(number) <= len(claim.lines)
    ]
    if not told:
        yield _wrong(item.id, f"no payment tells of {item.value}.")
        return
    values = {part.name: part.values for part in item.parts}
    paid = sum((Decimal(each) for each in values["paid"]), Decimal(0))
    adjusted = sum((Decimal(each.split(" ")[1]) for each in values["adjustments"]), Decimal(0))
    charges = {claim.lines[int(number) - 1].charge for claim in told}
    if paid + adjusted not in charges:
        charged = " or ".join(map(str, sorted(charges)))
        message = f"{item.value}: paid {paid} and adjusted {adjusted} is not the charge {charged}."
        yield _wrong(item.id, message)


def _check_books(one: Variant, wanted: Expected) -> Iterator[Finding]:
    """Yield a finding where the key bills a patient what the books do not have him owe."""
    from codinglab.accounts.balances import INSURANCE, PATIENT, balances
    from codinglab.course.billing_ledger import posted

    billed = [
        item for item in wanted.items if item.kind == bill.BILLED and item.status is Status.REQUIRED
    ]
    made = one.made
    if made is None or not billed or any(each.row.unbalanced for each in made.payments.values()):
        return
    with posted(made) as (store, _):
        found = balances(store)
        for item in billed:
            values = {part.name: next(iter(part.values)) for part in item.parts}
            if made.claim_of(item.value) is None:
                continue
            who = values["who"]
            if who == _PATIENT:
                owes = found.total(PATIENT, account=item.value)
            else:
                owes = found.total(INSURANCE, account=item.value, payer=who)
            if owes != Decimal(values["amount"]):
                message = f"{item.value}: the books say that {who.lower()} owes {owes}."
                yield _wrong(item.id, message)


def _wrong(place: str, message: str) -> Finding:
    return Finding("case.made", place, message, "Correct the case or its key.")
