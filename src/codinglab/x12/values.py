"""Values of single elements: dates and times that the calendar and the clock know, numbers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

EARLIEST = 1800
"""No date of a patient or a bill lies before this year; it is a slip of the pen."""

NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
WHOLE = re.compile(r"-?[0-9]+")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9](?:[0-9]{1,2})?)?")
_DIGITS = re.compile(r"[0-9]+")
_DAY, _SHORT_DAY, _MINUTE = 8, 6, 12
_PIVOT = 50  # X12's own two-digit years: 00 to 49 are of this century


def day_of(text: str) -> date | None:
    """Return the day that CCYYMMDD (or YYMMDD) names, None where the calendar has no such day."""
    if not _DIGITS.fullmatch(text) or len(text) not in {_DAY, _SHORT_DAY}:
        return None
    if len(text) == _SHORT_DAY:
        text = ("20" if int(text[:2]) < _PIVOT else "19") + text
    try:
        found = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
    return found if found.year >= EARLIEST else None


def period_of(text: str) -> tuple[date, date] | None:
    """Return the first and last day of CCYYMMDD or CCYYMMDD-CCYYMMDD, None for another text."""
    first, dash, last = text.partition("-")
    begin, end = day_of(first), day_of(last if dash else first)
    return (begin, end) if begin and end else None


def is_time(text: str) -> bool:
    """Say whether `text` is a time as HHMM, HHMMSS or with hundredths."""
    return _TIME.fullmatch(text) is not None


def _is_day(text: str) -> bool:
    return len(text) == _DAY and day_of(text) is not None


def is_period(text: str, form: str) -> bool:
    """Say whether `text` has the `form` of X12 element 1250.

    D8 CCYYMMDD, D6 YYMMDD, RD8 two days joined by -, DT a day and HHMM, TM HHMM. A form that is
    not known here is taken as it is.
    """
    if form == "D8":
        return _is_day(text)
    if form == "D6":
        return len(text) == _SHORT_DAY and day_of(text) is not None
    if form == "RD8":
        first, _, last = text.partition("-")
        return _is_day(first) and _is_day(last)
    if form == "DT":
        return len(text) == _MINUTE and _is_day(text[:_DAY]) and is_time(text[_DAY:])
    return is_time(text) if form == "TM" else True


def decimal_of(text: str) -> Decimal | None:
    """Return the number that `text` writes, None where it writes none."""
    if not NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:  # a single point
        return None


def money(text: str) -> Decimal:
    """Return dollars; a blank or unreadable amount counts as 0, which its own finding tells."""
    return decimal_of(text) or Decimal(0)
