"""Coding: the codes of a UB-04 that tell of conditions, days and amounts, each in its table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_facts import in_table, missing
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.codes.billing import (
    CONDITION_CODES,
    OCCURRENCE_CODES,
    OCCURRENCE_SPANS,
    VALUE_CODES,
)
from codinglab.codes.code_set import CodeSet
from codinglab.codes.release import CodeRow
from codinglab.core.findings import Severity

_LOOK = "Look it up in the UB-04 manual of the day."


def _judged(
    table: CodeSet[CodeRow], codes: tuple[str, ...], when: date, what: str
) -> Iterator[Said]:
    for at, code in enumerate(codes, 1):
        if found := in_table(table, code, when):
            yield Said(f"{what} {at}", found[0], _LOOK, found[1])


def _repeated(codes: tuple[str, ...], what: str, weight: Severity) -> Iterator[Said]:
    for at, code in enumerate(codes, 1):
        if code in codes[: at - 1]:
            message = f"{code} stands there already."
            yield Said(f"{what} {at}", message, "Take one of them out.", weight)


@claim_edit(
    "bill.condition",
    "coding",
    "biller",
    5,
    source="UB-04 FL 18-28; CMS-1500 item 10d",
    at="2300 HI BG",
    answer="A7 460",
    wire=("code.condition",),
)
def condition(sent: Sent, day: date) -> Iterator[Said]:
    """Condition codes are two characters of the published list, each once.

    The lab holds a starter set; another of the right shape is a warning.
    """
    claim = sent.claim
    if claim.bill:
        codes, when = claim.bill.conditions, claim.bill.statement_to
        yield from _judged(CONDITION_CODES, codes, when, "condition code")
        yield from _repeated(codes, "condition code", Severity.WARNING)
    yield from _judged(CONDITION_CODES, claim.conditions, day, "condition code")
    yield from _repeated(claim.conditions, "condition code", Severity.WARNING)


@claim_edit(
    "bill.occurrence",
    "coding",
    "biller",
    5,
    source="UB-04 FL 31-34",
    at="2300 HI BH",
    answer="A7 461",
    wire=("code.occurrence",),
)
def occurrence(sent: Sent, day: date) -> Iterator[Said]:
    """Occurrence codes are two characters of the published list, each with its day.

    The lab holds a starter set; another of the right shape is a warning. So is a day after that of
    sending: an occurrence has happened.
    """
    bill = sent.claim.bill
    if bill is None:
        return
    codes = tuple(one.code for one in bill.occurrences)
    yield from _judged(OCCURRENCE_CODES, codes, bill.statement_to, "occurrence")
    for at, one in enumerate(bill.occurrences, 1):
        if one.first > day:
            message = f"{one.code} of {one.first} is after the day of sending, {day}."
            yield Said(f"occurrence {at}", message, "Correct its day.", Severity.WARNING)


@claim_edit(
    "bill.span",
    "coding",
    "biller",
    5,
    source="UB-04 FL 35-36",
    at="2300 HI BI",
    answer="A7 462",
    wire=("code.span",),
)
def span(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Occurrence spans have a code of the published list, a first day and a last day in order.

    The lab holds a starter set; another of the right shape is a warning.
    """
    bill = sent.claim.bill
    if bill is None:
        return
    codes = tuple(one.code for one in bill.spans)
    yield from _judged(OCCURRENCE_SPANS, codes, bill.statement_to, "span")
    for at, one in enumerate(bill.spans, 1):
        if one.last is None:
            yield missing(f"span {at}", "The last day", "A span has two days.")
        elif one.last < one.first:
            yield Said(f"span {at}", f"From {one.first} to {one.last}.", "Put them in order.")


@claim_edit(
    "bill.value",
    "coding",
    "biller",
    5,
    source="UB-04 FL 39-41",
    at="2300 HI BE",
    answer="A7 463",
    wire=("code.value",),
)
def value(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Value codes are two characters of the published list, each once and with its amount.

    The lab holds a starter set; another of the right shape is a warning.
    """
    bill = sent.claim.bill
    if bill is None:
        return
    codes = tuple(one.code for one in bill.values)
    yield from _judged(VALUE_CODES, codes, bill.statement_to, "value")
    yield from _repeated(codes, "value", Severity.ERROR)


EDITS = (condition, occurrence, span, value)
