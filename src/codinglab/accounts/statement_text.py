"""A statement as text, and the sentences that every form of it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from textwrap import wrap

from codinglab.accounts.statement import ADDED, PAID, TRAINING, Statement, Visit
from codinglab.remit.eob import dollars

_WORDS = {
    "insurance paid": "Your insurance paid",
    "reduced": "Taken off by agreement or law (you do not owe it)",
    "patient paid": "You paid",
    "forgiven": "Financial assistance",
    "written off": "Given up by our office",
    "with the agency": "Handed to a collection agency",
    "given back": "Given back or set aside to give back",
    "finance charge": "Finance charge of your payment plan",
    "other": "Other",
}
_MONEY, _WIDE = 12, 64
CUT = "cut here and send this slip with your check"
_BORN = re.compile(r" \d{4}-\d\d-\d\d$")


def sums(visit: Visit) -> Iterator[tuple[str, Decimal]]:
    """Yield words and dollars from the charges down to what the patient owes; they add up.

    What is owed to the patient is told as dollars above 0, in its own words.
    """
    yield "Charges", visit.charged
    for what in PAID:
        if visit.sums.get(what):
            yield _WORDS[what], -visit.sums[what]
    for what in ADDED:
        if visit.sums.get(what):
            sign = -1 if what == "other" else 1
            yield _WORDS[what], sign * visit.sums[what]
    if visit.insurance_owes:
        yield "Waiting for your insurance (nothing to pay yet)", -visit.insurance_owes
    if visit.unbillable:
        yield "Denied without a notice that you signed (do not pay)", -visit.unbillable
    yield "You owe" if visit.asked >= 0 else "We owe you", abs(visit.asked)


def whys(visit: Visit) -> tuple[str, ...]:
    """Return why the patient owes his part of a visit, a sentence each; none where he owes none."""
    return tuple(map(str, visit.why)) if visit.asked > 0 else ()


def without_birth(patient: str) -> str:
    """Return the name without the day of birth, which the books keep and no letter needs.

    Source: 45 CFR 164.502(b), the minimum necessary.
    """
    return _BORN.sub("", patient)


def addressed(statement: Statement) -> str:
    """Return to whom the statement goes."""
    return without_birth(statement.patient)


def buckets(statement: Statement) -> tuple[tuple[str, Decimal], ...]:
    """Return the names of the aging buckets with their dollars."""
    starts = (0, *(edge + 1 for edge in statement.edges))
    names = [f"{low}-{high} days" for low, high in zip(starts, statement.edges, strict=False)]
    names.append(f"over {statement.edges[-1]} days")
    return tuple(zip(names, statement.aging, strict=True))


def headline(statement: Statement) -> str:
    """Return the sum in one sentence."""
    if not statement.owed:
        return "You owe nothing now."
    return f"Please pay {dollars(statement.owed)} by {statement.pay_by.isoformat()}."


def slip(statement: Statement) -> tuple[str, ...]:
    """Return the lines of the slip that goes with a check, the sum last; none where none is due."""
    if not statement.owed:
        return ()
    head = statement.practice
    visits = ", ".join(one.account for one in statement.visits if one.asked > 0)
    return (
        f"To {head.name}, {', '.join(head.address)}",
        f"From {addressed(statement)}",
        f"For visits {visits}",
        f"Due by {statement.pay_by.isoformat()}: {dollars(statement.owed)}. Enclosed: $ {'_' * 12}",
    )


def notes(statement: Statement) -> tuple[str, ...]:
    """Return what else the patient is told: credits, waiting claims, plan, help, questions."""
    told = []
    if statement.credit:
        told.append(
            f"On other visits you have paid {dollars(statement.credit)} too much. It is yours: "
            "call us to have it back, or to use it here."
        )
    if statement.waiting:
        told.append(
            f"Your insurance has still to settle {dollars(statement.waiting)}; do not pay it now."
        )
    if statement.owed:
        told += [statement.practice.plan, statement.practice.assistance]
        told.append(statement.practice.question)  # it names the day on which to pay
    return tuple(told)


def _row(what: str, amount: Decimal) -> str:
    """Return words and dollars in columns; words that are too long go on above."""
    *above, last = wrap(what, _WIDE, subsequent_indent="  ") or [""]
    return "\n".join(
        (*(f"  {one}" for one in above), f"  {last:<{_WIDE}}{dollars(amount):>{_MONEY}}")
    )


def _told(text: str, first: str, then: str) -> str:
    return "\n".join(wrap(text, _WIDE + _MONEY, initial_indent=first, subsequent_indent=then))


def _visit(visit: Visit) -> Iterator[str]:
    yield f"Visit {visit.account}"
    for one in visit.services:
        yield _row(f"{one.day.isoformat()} {one.code} {one.what}".strip(), one.charge)
    yield from (_row(what, amount) for what, amount in sums(visit))
    yield from (_told(one, "    ", "      ") for one in whys(visit))


def as_text(statement: Statement) -> str:
    """Return the statement as text."""
    head = statement.practice
    said = [TRAINING, "", head.name, *head.address, f"{head.phone}, {head.hours}", ""]
    said += [f"Bill {statement.notice} for {addressed(statement)}, {statement.made.isoformat()}"]
    said += [_told(statement.message, "", ""), headline(statement)]
    for visit in statement.visits:
        said += ["", *_visit(visit)]
    if statement.owed:
        said += ["", "How long you have owed it"]
        said += [_row(name, amount) for name, amount in buckets(statement)]
        said += ["", "How to pay", *(_told(one, "  - ", "    ") for one in head.pay)]
    said += ["", *(_told(one, "", "") for one in notes(statement))]
    if told := slip(statement):
        said += ["", f"- - - {CUT} - - -", *(_told(one, "", "  ") for one in told)]
    return "\n".join(said)
