"""Statements of a biller's worksheet: boxes of a form, postings, who is billed, what comes next.

    box 24D.1 99213-25
    post OV1001.1 paid 80.00 CO-45 30.00 PR-2 20.00
    cas OV1001.1 OA-23 80.00
    bill OV1001 patient 20.00
    refund OV1001 patient 12.50
    next OV1001.2 appeal by 2026-08-12
    class OV1001.2 bundling
    sum deposit 430.55
    payer TRN01

An account is the patient control number; after a point stands the line, from 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codinglab.course.billing_words import words

BOX, POSTING, ADJUSTMENT, BILLED = "form box", "posting", "adjustment", "billed"
NEXT, CLASS, SUM, PAYER, REFUND = "next action", "denial class", "sum", "payer", "refund"
KINDS = (BOX, POSTING, ADJUSTMENT, BILLED, REFUND, NEXT, CLASS, SUM, PAYER)
HELP = (
    ("box 24D.1 99213-25", "what stands in a box of the form: 24D of line 1"),
    ("post OV1001.1 paid 80.00 CO-45 30.00 PR-2 20.00", "how line 1 of a claim is posted"),
    ("cas OV1001.1 OA-23 80.00", "an adjustment: group, reason, dollars"),
    ("bill OV1001 patient 20.00", "who is billed next (a payer's id, or patient), and how much"),
    ("refund OV1001 patient 12.50", "who gets money back (a payer's id, or patient), and how much"),
    ("next OV1001.2 appeal by 2026-08-12", "what is done next, and the last day for it"),
    ("class OV1001.2 bundling", "what a denial was about"),
    ("sum deposit 430.55", "an amount that the case asks for by name"),
    ("payer TRN01", "who pays first; the next payer on the next line"),
    ("# a note to yourself", "not marked"),
)

_AMOUNT = re.compile(r"-?\$?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?")
_ADJUSTMENT = re.compile(r"(CO|PR|OA|PI|CR)-?([A-Z]?\d{1,3})")
_ACCOUNT = re.compile(r"[A-Z0-9][A-Z0-9-]*(?:\.\d{1,2})?")
_NAME = re.compile(r"[A-Z0-9][A-Z0-9.-]*")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: its kind, what it is about, its elements by name, and where it stands."""

    kind: str
    value: str
    parts: tuple[tuple[str, frozenset[str]], ...]
    place: str


class Unreadable(ValueError):
    """A statement that cannot be read; `remedy` says how to write it."""

    def __init__(self, message: str, remedy: str) -> None:
        """Say what is wrong and what to write."""
        super().__init__(message)
        self.remedy = remedy


def dollars(text: str) -> str:
    """Return an amount as the lab compares it ("1,080" and "$1080.0" are "1080.00")."""
    if not _AMOUNT.fullmatch(text):
        raise Unreadable(f"{text!r} is not an amount in dollars.", "Write it as: 80.00")
    return f"{Decimal(text.replace('$', '').replace(',', '')):.2f}"


def _account(text: str) -> str:
    if not _ACCOUNT.fullmatch(text):
        raise Unreadable(
            f"{text!r} is not an account.", "Write it as on the claim, and .1 for its first line."
        )
    return text


def _word(text: str, known: Mapping[str, str], what: str) -> str:
    word = text.lower()
    if word not in known:
        raise Unreadable(f"{text!r} is no {what} of this lab.", f"Use one of {', '.join(known)}.")
    return word


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Unreadable(f"{text!r} is not a day.", "Write it as: by 2026-08-12") from None


def _pieces(rest: str, least: int, example: str) -> list[str]:
    found = rest.upper().split()
    if len(found) < least:
        raise Unreadable(f"{rest!r} says too little.", f"Write it as: {example}")
    return found


def _nothing_more(left: list[str], example: str) -> None:
    if left:
        raise Unreadable(f"{' '.join(left)!r} is not understood.", f"Write it as: {example}")


Read = tuple[str, str, tuple[tuple[str, frozenset[str]], ...]]


def _box(rest: str) -> Read:
    number, *entry = _pieces(rest, 1, "box 24D.1 99213-25")
    if not _NAME.fullmatch(number):
        raise Unreadable(f"{number!r} is not a box of a form.", "Write it as: box 24D.1 99213-25")
    return BOX, number, (("entry", frozenset({" ".join(entry)})),)


def _adjustments(pieces: list[str], example: str) -> frozenset[str]:
    found = []
    while pieces:
        code = _ADJUSTMENT.fullmatch(pieces[0])
        if code is None or len(pieces) == 1:
            raise Unreadable(f"{' '.join(pieces)!r} is not understood.", f"Write it as: {example}")
        found.append(f"{code[1]}-{code[2]} {dollars(pieces[1])}")
        pieces = pieces[2:]
    return frozenset(found)


def _post(rest: str) -> Read:
    example = "post OV1001.1 paid 80.00 CO-45 30.00 PR-2 20.00"
    account, word, paid, *more = _pieces(rest, 3, example)
    if word != "PAID":
        raise Unreadable(f"{word!r} stands where 'paid' belongs.", f"Write it as: {example}")
    adjusted = _adjustments(more, example)
    return (
        POSTING,
        _account(account),
        (("paid", frozenset({dollars(paid)})), ("adjustments", adjusted)),
    )


def _cas(rest: str) -> Read:
    example = "cas OV1001.1 OA-23 80.00"
    account, code, amount, *more = _pieces(rest, 3, example)
    _nothing_more(more, example)
    (one,) = _adjustments([code, amount], example)
    said, dollars_said = one.split(" ")
    group, _, reason = said.partition("-")
    # The reason belongs to what it is about; whom it falls on, and how much, are its elements.
    parts = (("group", frozenset({group})), ("amount", frozenset({dollars_said})))
    return ADJUSTMENT, f"{_account(account)} {reason}", parts


def _bill(rest: str) -> Read:
    example = "bill OV1001 patient 20.00"
    account, who, amount, *more = _pieces(rest, 3, example)
    _nothing_more(more, example)
    parts = (("who", frozenset({who})), ("amount", frozenset({dollars(amount)})))
    return BILLED, _account(account), parts


def _refund(rest: str) -> Read:
    example = "refund OV1001 patient 12.50"
    account, who, amount, *more = _pieces(rest, 3, example)
    _nothing_more(more, example)
    if not _NAME.fullmatch(who):
        raise Unreadable(f"{who!r} is nobody's name.", "Write a payer's id, or patient.")
    said = dollars(amount)
    if Decimal(said) <= 0:
        raise Unreadable(
            f"{amount!r} is no refund.",
            "Write what goes back as it is, above 0; leave the line out where nothing goes back.",
        )
    # Two may get money back for one account, so who it is belongs to what the statement is about.
    return REFUND, f"{_account(account)} {who}", (("amount", frozenset({said})),)


def _next(rest: str) -> Read:
    example = "next OV1001.2 appeal by 2026-08-12"
    account, word, *more = _pieces(rest, 2, example)
    parts = [("action", frozenset({_word(word, words().actions, "next action")}))]
    if more[:1] == ["BY"] and len(more) == len(("BY", "DAY")):
        parts.append(("last day", frozenset({_day(more[1])})))
        more = []
    _nothing_more(more, example)
    return NEXT, _account(account), tuple(parts)


def _class(rest: str) -> Read:
    example = "class OV1001.2 bundling"
    account, word, *more = _pieces(rest, 2, example)
    _nothing_more(more, example)
    chosen = _word(word, words().classes, "class of denials")
    return CLASS, _account(account), (("class", frozenset({chosen})),)


def _sum(rest: str) -> Read:
    example = "sum deposit 430.55"
    name, amount, *more = _pieces(rest, 2, example)
    _nothing_more(more, example)
    return SUM, name.lower(), (("amount", frozenset({dollars(amount)})),)


def _payer(rest: str) -> Read:
    example = "payer TRN01"
    name, *more = _pieces(rest, 1, example)
    _nothing_more(more, example)
    return PAYER, name, ()


VERBS: Mapping[str, Callable[[str], Read]] = {
    "box": _box,
    "post": _post,
    "cas": _cas,
    "bill": _bill,
    "refund": _refund,
    "next": _next,
    "class": _class,
    "sum": _sum,
    "payer": _payer,
}


def read_statement(verb: str, rest: str, place: str) -> Statement:
    """Return the statement that `verb` begins; raises Unreadable with the remedy."""
    kind, value, parts = VERBS[verb](rest)
    return Statement(kind, value, parts, place)
