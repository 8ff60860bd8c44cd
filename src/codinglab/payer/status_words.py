"""A 277 (answer to a 276) in plain sentences, with what to do next."""

from __future__ import annotations

from datetime import date

from codinglab.codes.billing import STATUS_CATEGORIES, STATUS_CODES
from codinglab.codes.code_set import NotACode
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.payer.benefit_words import dollars
from codinglab.payer.eligibility_reading import who
from codinglab.payer.status_reading import ToldStatus, statuses
from codinglab.payer.words import then, word
from codinglab.x12.loops import TransactionTree

_LABELS = {"1K": "payer's number", "EJ": "account", "BLT": "bill type", "D9": "trace"}


def says(tree: TransactionTree, on: date) -> list[str]:
    """Return what the 277 in `tree` says, and what to do next.

    `on` is the day whose lists of categories and codes give the words, usually today: payers
    answer with the lists of the day they answer on.
    """
    payer, provider = who(tree.loop("2100A")), who(tree.loop("2100C")) or who(tree.loop("2100B"))
    said = [f"{payer or 'A payer'} answers {provider or 'the asking provider'}."]
    for one in statuses(tree):
        said.append(status_says(one, on))
        if one.of[:3] != "222" and (step := next_step(one.category, on)):
            said.append(f"Next: {step}")
    return said


def category_word(category: str, on: date) -> str:
    """Return what the category means, or that the lab's list of that day lacks it."""
    try:
        return STATUS_CATEGORIES.find(category, on).label
    except (NotInTable, NotACode, NotInForce):
        return f"category {category} (not in the lab's list)"


def code_word(code: str, on: date) -> str:
    """Return what the status code means, or that the lab's list of that day lacks it."""
    try:
        return STATUS_CODES.find(code, on).label
    except (NotInTable, NotACode, NotInForce):
        return f"status code {code} (not in the lab's list)"


def stage(category: str, on: date) -> str | None:
    """Return how far a claim of that category has come, None for one that is not known."""
    try:
        return STATUS_CATEGORIES.find(category, on).stage
    except (NotInTable, NotACode, NotInForce):
        return None


def next_step(category: str, on: date) -> str:
    """Return what to do about a claim of that category, blank for one that is not known."""
    if step := then("status", category[:2]):
        return step
    try:
        return then("status", STATUS_CATEGORIES.find(category, on).stage)
    except (NotInTable, NotACode, NotInForce):
        return ""


def status_says(one: ToldStatus, on: date) -> str:
    """Return one status as a sentence."""
    about = f", about the {word('party', one.entity)}" if one.entity else ""
    parts = [
        f"{category_word(one.category, on)}: {code_word(one.code, on)}{about}",
        *([f"charged {dollars(one.charge)}"] if one.charge is not None else []),
        *([f"paid {dollars(one.paid)}"] if one.paid is not None else []),
        *([f"decided {one.decided}"] if one.decided else []),
        *([f"check or transfer {one.check}" + _of(one.check_day)] if one.check else []),
        *([f"status of {one.day}"] if one.day else []),
    ]
    message = f' The payer writes: "{one.message}".' if one.message else ""
    return f"{_subject(one)}: {'; '.join(parts)}.{message}"


def _of(day: str) -> str:
    return f" of {day}" if day else ""


def _subject(one: ToldStatus) -> str:
    if one.of == "2200B":
        return "The question as a whole"
    if one.of == "2200C":
        return "The provider's question"
    numbers = [
        f"{_LABELS[code]} {text}" for code, text in one.references if code in _LABELS and text
    ]
    named = [f"Line {one.procedure}".strip()] if one.of[:3] == "222" else ["Claim"]
    named += [f"of {one.patient}"] if one.patient else []
    named += [f"for the service of {one.service}"] if one.service else []
    return " ".join(named) + (f" ({', '.join(numbers)})" if numbers else "")
