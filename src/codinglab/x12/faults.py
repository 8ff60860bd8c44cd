"""What can be wrong with a single value: its length, its characters, its type, its absence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from codinglab.core.cite import Cite
from codinglab.core.findings import Severity
from codinglab.x12.facts import Place
from codinglab.x12.finding import Snip
from codinglab.x12.values import NUMBER, WHOLE, day_of, is_period, is_time

_BASIC = frozenset(map(chr, range(32, 127)))
_LATIN = frozenset(chr(one) for one in range(0xC0, 0x180) if chr(one).isalpha())


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one element: `at` is its place ("09", "05-1"), `error` its IK403 code."""

    id: str
    snip: Snip
    at: str
    value: str
    error: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR
    cite: Cite | None = None


def missing(place: Place) -> Fault:
    """Return the fault of an element that is required and is not there."""
    return Fault(
        "x12.element_missing", 2, place.at, "", "1", "is missing", "The guide requires it."
    )


def trailing(what: str, at: str, error: str) -> Fault:
    """Return the fault of separators (`what`) behind the last value."""
    return Fault(
        "x12.trailing_separators",
        1,
        at,
        "",
        error,
        f"is empty at the end: there are {what} with nothing behind them",
        "Leave out separators behind the last value.",
        Severity.WARNING,
    )


def plain(fault: Fault) -> bool:
    """Say whether a fault of characters leaves a value that can be judged further."""
    return fault.severity is Severity.WARNING


def characters(place: Place, text: str) -> Fault | None:
    """Return the fault of a value with characters that X12 does not carry, None for plain ones."""
    bad = [one for one in text if one not in _BASIC]
    if not bad:
        return None
    latin = all(one in _LATIN for one in bad)
    named = " ".join(sorted({one if one.isprintable() else f"U+{ord(one):04X}" for one in bad}))
    return Fault(
        "x12.letters" if latin else "x12.characters",
        1,
        place.at,
        text,
        "6",
        f"has letters that many receivers refuse: {named}"
        if latin
        else f"has characters that X12 does not allow: {named}",
        "Write it with plain letters, digits and marks.",
        Severity.WARNING if latin else Severity.ERROR,
    )


def length(place: Place, text: str) -> Iterator[Fault]:
    """Yield whether a value is shorter or longer than its place allows."""
    number = place.kind == "R" or place.kind[:1] == "N"
    size = len(text.replace("-", "").replace(".", "")) if number else len(text)
    unit = "digits" if number else "characters"
    if size < place.low:
        yield Fault(
            "x12.too_short",
            1,
            place.at,
            text,
            "4",
            f"is {text!r}, of {size} {unit}; it has at least {place.low}",
            "Write it in full.",
        )
    elif size > place.high:
        yield Fault(
            "x12.too_long",
            1,
            place.at,
            text,
            "5",
            f"has {size} {unit}; it has at most {place.high}",
            f"Shorten it to {place.high}.",
        )


def blanks(place: Place, text: str) -> Iterator[Fault]:
    """Yield whether a value that ends in a blank need not."""
    if place.kind in {"AN", "ID"} and len(text.rstrip(" ")) >= place.low:
        empty = not text.strip(" ")
        yield Fault(
            "x12.trailing_blanks",
            1,
            place.at,
            text,
            "6",
            "is nothing but blanks" if empty else "has blanks at its end",
            "Leave it out." if empty else "Take them out.",
            Severity.ERROR if empty else Severity.WARNING,
        )


def typed(place: Place, text: str, form: str) -> Iterator[Fault]:
    """Yield whether a value is not of its type: number, date, time, or a period in its `form`."""
    number = NUMBER if place.kind == "R" else WHOLE if place.kind[:1] == "N" else None
    if number and not number.fullmatch(text):
        yield Fault(
            "x12.number",
            1,
            place.at,
            text,
            "6",
            f"is {text!r}, which is no number",
            "Write digits and at most one point, no comma and no $."
            if place.kind == "R"
            else "Write digits alone.",
        )
    elif place.kind == "DT" and (len(text) != place.high or day_of(text) is None):
        yield _date(place, text, "CCYYMMDD" if place.high == 8 else "YYMMDD")  # noqa: PLR2004
    elif place.kind == "TM" and not is_time(text):
        yield Fault(
            "x12.time",
            1,
            place.at,
            text,
            "9",
            f"is {text!r}, which is no time of day",
            "Write HHMM, from 0000 to 2359.",
        )
    elif form and not is_period(text, form):
        yield _period(place, text, form)


_FORMS = {
    "D8": "CCYYMMDD",
    "RD8": "CCYYMMDD-CCYYMMDD",
    "DT": "CCYYMMDDHHMM",
    "D6": "YYMMDD",
    "TM": "HHMM",
}


def _date(place: Place, text: str, form: str) -> Fault:
    return Fault(
        "x12.date",
        1,
        place.at,
        text,
        "8",
        f"is {text!r}, which is no day of the calendar",
        f"Write an existing day as {form}.",
    )


def _period(place: Place, text: str, form: str) -> Fault:
    if form != "TM":
        return _date(place, text, _FORMS[form])
    return Fault(
        "x12.time",
        1,
        place.at,
        text,
        "9",
        f"is {text!r}, which is no time of day",
        "Write HHMM, from 0000 to 2359.",
    )
