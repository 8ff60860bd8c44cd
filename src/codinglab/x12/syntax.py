"""Segments as text: the delimiters of an interchange, and how values are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

Element = str | Sequence[str]
Segment = Sequence[Element]
"""A segment to be written: its id and its elements; an element of several components is a tuple."""


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The four characters that an interchange separates with, as its ISA segment states them."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    segment: str = "~"


class CannotWrite(ValueError):
    """A value holds a delimiter or a character that the interchange cannot carry."""


@lru_cache(maxsize=4096)  # a batch says the same few amounts and days over and over
def amount(value: Decimal) -> str:
    """Return dollars or a quantity as X12 writes a decimal: no sign of plus, no needless zeros."""
    text = str(value)
    if "E" in text:
        text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


@lru_cache(maxsize=4096)
def day(value: date) -> str:
    """Return a day as CCYYMMDD."""
    return value.isoformat()[:10].replace("-", "")


def days(first: date, last: date) -> str:
    """Return two days as CCYYMMDD-CCYYMMDD."""
    return f"{day(first)}-{day(last)}"


def clock(value: datetime) -> str:
    """Return a time as HHMM."""
    return value.strftime("%H%M")


def _checked(text: str, delimiters: Delimiters, where: str) -> str:
    for mark in (delimiters.element, delimiters.component, delimiters.segment):
        if mark in text:
            raise CannotWrite(f"{where}: {text!r} holds the delimiter {mark!r}; take it out")
    if not text.isprintable():
        raise CannotWrite(
            f"{where}: {text!r} holds a character that cannot be printed; take it out"
        )
    return text


def _checked_all(value: Segment, delimiters: Delimiters) -> None:
    """Raise CannotWrite for the first value of the segment that cannot be written."""
    for at, one in enumerate(value):
        for part in (one,) if isinstance(one, str) else one:
            _checked(part, delimiters, f"{value[0]}{at:02}")


def _joined(value: Segment, delimiters: Delimiters) -> tuple[str, int]:
    """Return a segment that has elements of several components, and how many marks they need.

    Empty components at the end of an element are left out.
    """
    mark, components = delimiters.component, 0
    parts = []
    for one in value:
        if isinstance(one, str):
            parts.append(one)
            continue
        text = mark.join(one)
        components += len(one) - 1 if one else 0
        if text.endswith(mark):
            whole, text = text, text.rstrip(mark)
            components -= len(whole) - len(text)
        parts.append(text)
    return delimiters.element.join(parts), components


def texts(values: Sequence[Segment], delimiters: Delimiters) -> list[str]:
    """Return each segment as text with its terminator; empty elements at its end are left out.

    Raises CannotWrite when a value holds a delimiter. ISA is written by the envelope, not here.
    """
    mark, elements, components = delimiters.element, 0, 0
    said = []
    for value in values:
        try:
            text = mark.join(value)  # type: ignore[arg-type]  # most have no composite
        except TypeError:
            text, count = _joined(value, delimiters)
            components += count
        elements += len(value) - 1
        said.append(text)
    whole = "".join(said)
    if (
        whole.count(mark) != elements
        or whole.count(delimiters.component) != components
        or delimiters.segment in whole
        or not whole.isprintable()
    ):  # the whole is counted first, for speed; which value it is matters only then
        for value in values:
            _checked_all(value, delimiters)
    end = delimiters.segment
    return [one.rstrip(mark) + end for one in said]


def segment(value: Segment, delimiters: Delimiters) -> str:
    """Return one segment as text with its terminator, as `texts` does."""
    return texts((value,), delimiters)[0]


def write(segments: Iterable[Segment], delimiters: Delimiters, ending: str = "\n") -> str:
    """Return `segments` as text, `ending` after each."""
    return "".join([one + ending for one in texts(list(segments), delimiters)])
