"""The last letter before collection, as text and as PDF.

A tax-exempt hospital's letter is the written notice of 26 CFR 1.501(r)-6(c)(4)(i): it says that
assistance is available, names the actions that are meant and a deadline at least 30 days off, and
has the plain-language summary of the assistance policy with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from textwrap import wrap

from codinglab.accounts.collections import PatientAccount, notice_deadline
from codinglab.accounts.letter_pdf import Block, Text
from codinglab.accounts.letter_pdf import as_pdf as letter
from codinglab.accounts.patient_policy import (
    AssistanceRules,
    Collections,
    LetterWords,
    Practice,
    rules_on,
)
from codinglab.remit.eob import dollars

TRAINING = "TRAINING COPY - NO REAL LETTER, NOTHING IS OWED"
_WIDE = 76


class NoLetter(ValueError):
    """No last letter is due; the message says why."""


@dataclass(frozen=True, slots=True)
class LastLetter:
    """A letter made on a day to `patient`; after the `deadline` comes what it says.

    `says`, `actions`, `after` and `summary` are sentences in their order.
    """

    title: str
    made: date
    patient: str
    deadline: date
    practice: Practice
    says: tuple[str, ...]
    actions: tuple[str, ...]
    after: tuple[str, ...]
    summary: tuple[str, ...]


def last_letter(account: PatientAccount, patient: str, day: date) -> LastLetter:
    """Return the letter for a balance that was billed as often as the policy says.

    Raises NoLetter where nothing is owed, where the patient may not be asked for it or bills are
    still to be sent, and NotInForce without rules.
    """
    rules = rules_on("collections", Collections, day, account.site)
    if account.balance <= 0:
        raise NoLetter(f"account {account.number}: {account.balance} is owed; there is no letter")
    if account.unbillable > 0:
        raise NoLetter(
            f"account {account.number}: {account.unbillable} were denied as not necessary and no "
            "notice was signed, so the patient may not be asked for it; appeal, or take it off"
        )
    if len(account.bills) < len(rules.notices):
        raise NoLetter(
            f"account {account.number}: {len(account.bills)} of {len(rules.notices)} bills were "
            "sent; send the others first"
        )
    deadline = notice_deadline(replace(account, letter=day), day)
    assert deadline is not None
    words = rules_on("letters", LetterWords, day, account.site)
    head = rules_on("practice", Practice, day)
    told = {
        "owed": dollars(account.balance),
        "account": account.number,
        "bills": len(account.bills),
        "deadline": deadline.isoformat(),
        "phone": head.phone,
    }
    return LastLetter(
        words.title,
        day,
        patient,
        deadline,
        head,
        tuple(one.format(**told) for one in words.says),
        words.actions,
        tuple(one.format(**told) for one in words.after),
        tuple(_summary(account, day)) if words.actions else (),
    )


def _summary(account: PatientAccount, day: date) -> Iterator[str]:
    """Yield the plain-language summary: 26 CFR 1.501(r)-1(b)(24)."""
    rules = rules_on("assistance", AssistanceRules, day, account.site)
    yield "Whoever has little income may have all or part of the bill forgiven:"
    for one in rules.tiers:
        part = f"{one.forgiven * 100:.0f} percent"
        yield f"- income up to {one.to_percent} percent of the federal poverty guideline: {part}"
    yield (
        "Nobody who qualifies is charged more for emergency or other needed care than the amounts "
        "generally billed to people who have insurance."
    )
    head = rules_on("practice", Practice, day)
    yield (
        "To apply, ask for the form and the policy, free of charge, or for help with it: "
        f"{head.phone}, or at {', '.join(head.address)}."
    )


def as_text(told: LastLetter) -> str:
    """Return the letter as text."""
    head = told.practice
    said = [TRAINING, "", head.name, *head.address, f"{head.phone}, {head.hours}", ""]
    said += [f"{told.title}, {told.made.isoformat()}", f"To {told.patient}", ""]
    said += map(_told, told.says)
    said += [_told(f"- {one}") for one in told.actions]
    said += map(_told, told.after)
    if told.summary:
        said += ["", "Financial assistance in plain words", *map(_told, told.summary)]
    return "\n".join(said)


def _told(text: str) -> str:
    return "\n".join(wrap(text, _WIDE, subsequent_indent="  " if text.startswith("- ") else ""))


def as_pdf(told: LastLetter) -> bytes:
    """Return the letter as PDF; the same letter gives the same bytes."""
    return letter(f"{told.title}, training copy", TRAINING, _blocks(told))


def _blocks(told: LastLetter) -> Iterator[Block]:
    head = told.practice
    yield from (Text(one, "head") for one in (head.name, *head.address))
    yield Text(f"{head.phone}, {head.hours}", "head")
    yield Text(told.title, "title")
    yield Text(f"{told.made.isoformat()}, to {told.patient}")
    yield from map(Text, told.says)
    yield from (Text(one, "item") for one in told.actions)
    yield from map(Text, told.after)
    if told.summary:
        yield Text("Financial assistance in plain words", "section")
    for one in told.summary:
        yield Text(one.removeprefix("- "), "item" if one.startswith("- ") else "text")
