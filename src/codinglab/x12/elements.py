"""The elements of one segment judged by the facts of its place in the guide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codinglab.core.cite import Cite
from codinglab.x12 import npi
from codinglab.x12.codes import states
from codinglab.x12.conditions import broken
from codinglab.x12.facts import Place, SegmentNode
from codinglab.x12.faults import Fault, blanks, characters, length, missing, plain, trailing, typed
from codinglab.x12.patterns import FORM, PERIOD
from codinglab.x12.syntax import Delimiters

_HOME = {"", "US", "CA"}
_SHOWN_CODES = 8
NINE = "[0-9]{9}"
"""The one pattern that guides ask for: a ZIP code with its plus four, a social security number."""


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
            yield trailing("element separators", f"{len(self.parts) - 1:02}", "3")
        for at, place in enumerate(places):
            text = self.parts[at + 1] if at + 1 < len(self.parts) else ""
            form = self._form(places, at, self.parts[at] if at < len(self.parts) else "")
            yield from self._element(place, text, form)
        yield from (
            Fault(f"x12.{name}", 1, at, "", error, message, remedy)
            for name, at, error, message, remedy in broken(self.node, self.parts)
        )
        yield from self._npi()
        yield from self._address()

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
                yield missing(place)
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
        if not all(again):
            yield trailing("repetition separators", place.at, "12")
        for one in filter(None, again):
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
            yield trailing("component separators", place.at, "13")
        for at, part in enumerate(place.parts):
            said = parts[at] if at < len(parts) else ""
            form = self._form(place.parts, at, parts[at - 1] if 0 < at <= len(parts) else "")
            yield from self._element(part, said, form)

    def _value(self, place: Place, text: str, form: str) -> Iterator[Fault]:
        if fault := characters(place, text):
            yield fault
            if not plain(fault):
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
        yield from length(place, text)
        if text[-1] == " ":
            yield from blanks(place, text)
        mistyped = list(typed(place, text, form))
        yield from mistyped or self._code(place, text)

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

    def _address(self) -> Iterator[Fault]:
        """Yield whether an address in the United States or Canada lacks state or postal code."""
        places = self.node.shape.places
        if self.node.name != "N4" or places[0].usage != "R" or self._country() not in _HOME:
            return
        for place, what in zip(places[1:3], ("state", "ZIP Code"), strict=True):
            if place.usage == "S" and not "".join(self.parts[int(place.at) : int(place.at) + 1]):
                yield Fault(
                    "x12.address_part",
                    4,
                    place.at,
                    "",
                    "I9",
                    "is missing; an address in the United States or Canada has it",
                    f"Write the {what}; or the country in N404, where it is another.",
                )

    def _npi(self) -> Iterator[Fault]:
        at = npi_place(self.node.name, self.parts)
        codes = self.node.shape.places[at - 2].codes if at else frozenset()
        if at and self.parts[at - 1] in codes and not npi.is_npi(self.parts[at]):
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
