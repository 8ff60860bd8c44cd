"""The elements of one segment judged by the facts of its place in the guide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from codinglab.core.cite import Cite
from codinglab.core.findings import Severity
from codinglab.x12 import npi
from codinglab.x12.codes import states
from codinglab.x12.conditions import broken
from codinglab.x12.facts import Place, SegmentNode
from codinglab.x12.finding import Snip
from codinglab.x12.patterns import FORM, PERIOD
from codinglab.x12.syntax import Delimiters
from codinglab.x12.values import NUMBER, WHOLE, day_of, is_period, is_time

_BASIC = frozenset(map(chr, range(32, 127)))
_LATIN = frozenset(chr(one) for one in range(0xC0, 0x180) if chr(one).isalpha())
_HOME = {"", "US", "CA"}
_SHOWN_CODES = 8
NINE = "[0-9]{9}"
"""The one pattern that guides ask for: a ZIP code with its plus four, a social security number."""


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


class Judge:
    """Judges the elements of one segment, which stands at `node` of the guide."""

    def __init__(self, node: SegmentNode, parts: Sequence[str], marks: Delimiters) -> None:
        """Take the segment's name and elements in `parts`, written with `marks`."""
        self.node = node
        self.parts = parts
        self.marks = marks

    def faults(self) -> Iterator[Fault]:
        """Yield every fault, in the order of the elements."""
        places = self.node.shape.places
        if len(self.parts) - 1 > len(places):
            yield self._too_many(len(places))
        if len(self.parts) > 1 and not self.parts[-1]:
            yield _trailing("element separators", f"{len(self.parts) - 1:02}", "3")
        for at, place in enumerate(places):
            text = self.parts[at + 1] if at + 1 < len(self.parts) else ""
            form = self._form(places, at, self.parts[at] if at < len(self.parts) else "")
            yield from self._element(place, text, form)
        yield from (
            Fault(f"x12.{name}", 1, at, "", error, message, remedy)
            for name, at, error, message, remedy in broken(self.node, self.parts)
        )
        yield from self._npi()

    def _too_many(self, most: int) -> Fault:
        return Fault(
            "x12.too_many_elements",
            1,
            f"{most + 1:02}",
            self.parts[most + 1],
            "3",
            f"there are {len(self.parts) - 1} elements; the guide has {most}",
            "Take out what the guide has no place for; is a separator one too many?",
        )

    @staticmethod
    def _form(places: Sequence[Place], at: int, before: str) -> str:
        """Return how the period at `at` is written, blank for any other element."""
        paired = places[at].number == PERIOD and at and places[at - 1].number == FORM
        return before if paired else ""

    def _element(self, place: Place, text: str, form: str) -> Iterator[Fault]:
        if not text:
            if place.usage == "R":
                yield _missing(place)
            return
        if place.usage == "N":
            yield Fault(
                "x12.not_used",
                2,
                place.at,
                text,
                "I10",
                "is not used in this guide",
                "Leave it out.",
            )
            return
        again = text.split(self.marks.repetition) if self.marks.repetition else [text]
        if len(again) > place.repeat:
            yield Fault(
                "x12.repetitions",
                2,
                place.at,
                text,
                "12",
                f"is given {len(again)} times; the guide allows {place.repeat}",
                f"Give it at most {place.repeat} times; {self.marks.repetition} repeats it.",
            )
            return
        for one in again:
            yield from self._composite(place, one) if place.parts else self._value(place, one, form)

    def _composite(self, place: Place, text: str) -> Iterator[Fault]:
        mark = self.marks.component
        parts = text.split(mark)
        if len(parts) > len(place.parts):
            yield Fault(
                "x12.too_many_components",
                1,
                place.at,
                text,
                "13",
                f"has {len(parts)} components; the guide has {len(place.parts)}",
                f"Take out what the guide has no place for; {mark} separates components.",
            )
        if len(parts) > 1 and not parts[-1]:
            yield _trailing("component separators", place.at, "13")
        for at, part in enumerate(place.parts):
            said = parts[at] if at < len(parts) else ""
            form = self._form(place.parts, at, parts[at - 1] if 0 < at <= len(parts) else "")
            yield from self._element(part, said, form)

    def _value(self, place: Place, text: str, form: str) -> Iterator[Fault]:
        bad = [one for one in text if one not in _BASIC]
        if bad:
            yield _characters(place, text, bad)
            if not all(one in _LATIN for one in bad):
                return
        if self.marks.component in text:
            yield Fault(
                "x12.not_composite",
                1,
                place.at,
                text,
                "6",
                f"has components ({self.marks.component}); it is a single value",
                f"Take out {self.marks.component!r}.",
            )
            return
        yield from _length(place, text)
        if text[-1] == " ":
            yield from _blanks(place, text)
        yield from _typed(place, text, form)
        yield from self._code(place, text)

    def _code(self, place: Place, text: str) -> Iterator[Fault]:
        if place.codes and text not in place.codes:
            known = sorted(place.codes)
            few = ", ".join(known[:_SHOWN_CODES]) + (" ..." if len(known) > _SHOWN_CODES else "")
            yield Fault(
                "x12.code",
                2,
                place.at,
                text,
                "7",
                f"is {text!r}, a code that the guide does not have here",
                f"Use one of {few}.",
            )
        elif place.outside == "states" and text not in states() and self._country() in _HOME:
            yield Fault(
                "x12.state",
                5,
                place.at,
                text,
                "7",
                f"is {text!r}, which is no state or province",
                "Use the postal abbreviation of two letters.",
                cite=Cite("USPS Publication 28", "2025", "appendix B"),
            )
        elif place.pattern == NINE and not _nine(text) and self._country() in _HOME:
            yield Fault(
                "x12.nine_digits",
                2,
                place.at,
                text,
                "7",
                f"is {text!r}; the guide wants nine digits here",
                "Write nine digits without a dash.",
            )

    def _country(self) -> str:
        return self.parts[4] if self.node.name == "N4" and len(self.parts) > 4 else ""  # noqa: PLR2004

    def _npi(self) -> Iterator[Fault]:
        at = npi_place(self.node.name, self.parts)
        if at and not npi.is_npi(self.parts[at]):
            yield Fault(
                "x12.npi",
                5,
                f"{at:02}",
                self.parts[at],
                "7",
                f"is {self.parts[at]!r}, which is no NPI: its check digit does not fit",
                "Copy the ten digits again; look the provider up in the NPI registry.",
                cite=npi.CITE,
            )


def npi_place(name: str, parts: Sequence[str]) -> int:
    """Return which element of the segment is an NPI by its qualifier, 0 where none is."""
    if name == "NM1" and len(parts) > 9 and parts[8] == "XX" and parts[9]:  # noqa: PLR2004
        return 9
    if name == "N1" and len(parts) > 4 and parts[3] == "XX" and parts[4]:  # noqa: PLR2004
        return 4
    if name == "REF" and len(parts) > 2 and parts[1] == "HPI" and parts[2]:  # noqa: PLR2004
        return 2
    return 0


def _nine(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) == 9  # noqa: PLR2004


def _missing(place: Place) -> Fault:
    return Fault(
        "x12.element_missing", 2, place.at, "", "1", "is missing", "The guide requires it."
    )


def _trailing(what: str, at: str, error: str) -> Fault:
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


def _characters(place: Place, text: str, bad: list[str]) -> Fault:
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


def _length(place: Place, text: str) -> Iterator[Fault]:
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


def _blanks(place: Place, text: str) -> Iterator[Fault]:
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


def _typed(place: Place, text: str, form: str) -> Iterator[Fault]:
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
