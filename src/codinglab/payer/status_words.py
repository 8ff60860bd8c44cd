"""A 277 (answer to a 276) in plain sentences, and as a data frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from codinglab.codes.billing import STATUS_CATEGORIES, STATUS_CODES
from codinglab.codes.code_set import NotACode
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.payer.eligibility_reading import period, who
from codinglab.payer.eligibility_words import dollars
from codinglab.payer.words import then, word
from codinglab.x12.loops import Loop, TransactionTree, WireSegment
from codinglab.x12.values import decimal_of

if TYPE_CHECKING:
    import pandas as pd

_STATUSES = (1, 10, 11)  # the elements of STC that hold a status
_PERSONS = {"2000D": "2100D", "2000E": "2100E"}
_LABELS = {"1K": "payer's number", "EJ": "account", "BLT": "bill type", "D9": "trace"}


@dataclass(frozen=True, slots=True)
class ToldStatus:
    """One status: what it is about, its category, code and entity, and its amounts.

    `of` is the loop (2200B question, 2200C provider, 2200D and 2200E claim, 2220D and 2220E
    line). `references` are numbers by qualifier (1K the payer's, EJ the account). Amounts are in
    dollars, None where the payer is silent.
    """

    of: str
    patient: str
    category: str
    code: str
    entity: str
    day: str
    charge: Decimal | None
    paid: Decimal | None
    decided: str
    check_day: str
    check: str
    service: str
    references: tuple[tuple[str, str], ...]
    procedure: str
    message: str


def statuses(tree: TransactionTree) -> Iterator[ToldStatus]:
    """Yield every status of the 277 in `tree`, those of a line after those of its claim."""
    yield from _below(tree.root, "")


def _below(loop: Loop, patient: str) -> Iterator[ToldStatus]:
    for one in loop.loops:
        inner = _PERSONS.get(one.id)
        name = who(one.loop(inner)) if inner else patient
        for stc in one.all("STC"):
            for at in _STATUSES:
                if stc.parts(at):
                    yield _told(one, stc, at, name)
        yield from _below(one, name)


def _told(loop: Loop, stc: WireSegment, at: int, patient: str) -> ToldStatus:
    service, line = loop.first("DTP", "472"), loop.first("SVC")
    charge = decimal_of(stc.get(4)) if stc.get(4) or line is None else decimal_of(line.get(2))
    paid = decimal_of(stc.get(5)) if stc.get(5) or line is None else decimal_of(line.get(3))
    return ToldStatus(
        loop.id,
        patient,
        stc.part(at, 1),
        stc.part(at, 2),
        stc.part(at, 3),
        period(stc.get(2)),
        charge,
        paid,
        period(stc.get(6)),
        period(stc.get(8)),
        stc.get(9),
        period(service.get(3)) if service else "",
        tuple((one.get(1), one.get(2)) for one in loop.all("REF")),
        line.part(1, 2) if line else "",
        stc.get(12),
    )


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


COLUMNS = (
    *("transaction", "of", "patient", "account", "payer_number", "service", "procedure"),
    *("category", "stage", "code", "entity", "day", "charge", "paid", "decided"),
    *("check", "check_day", "says"),
)


def rows(tree: TransactionTree, on: date) -> Iterator[dict[str, Any]]:
    """Yield one row for each status of a 277; unknown values are None."""
    for one in statuses(tree):
        numbers = dict(one.references)
        yield {
            "transaction": tree.control,
            "of": one.of,
            "patient": one.patient or None,
            "account": numbers.get("EJ"),
            "payer_number": numbers.get("1K"),
            "service": one.service or None,
            "procedure": one.procedure or None,
            "category": one.category,
            "stage": _stage(one.category, on),
            "code": one.code,
            "entity": one.entity or None,
            "day": one.day or None,
            "charge": one.charge,
            "paid": one.paid,
            "decided": one.decided or None,
            "check": one.check or None,
            "check_day": one.check_day or None,
            "says": status_says(one, on),
        }


def _stage(category: str, on: date) -> str | None:
    try:
        return STATUS_CATEGORIES.find(category, on).stage
    except (NotInTable, NotACode, NotInForce):
        return None


def frame(trees: Iterable[TransactionTree], on: date) -> pd.DataFrame:
    """Return the 277s as a data frame with the columns COLUMNS, amounts as Decimal."""
    import pandas as pd

    found = [row for tree in trees for row in rows(tree, on)]
    return pd.DataFrame(found, columns=list(COLUMNS))
