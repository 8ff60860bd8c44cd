"""One regular expression for a whole segment: what it accepts needs no further look.

It is strict on purpose: a segment that it refuses is judged element by element (elements.py),
which may well find nothing wrong (29 February, a number with three decimals). What it accepts has
no fault but those that relate elements to each other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from codinglab.x12.codes import states
from codinglab.x12.facts import Place, Shape
from codinglab.x12.syntax import Delimiters

FORM, PERIOD = "1250", "1251"
"""The X12 data elements that say how a period is written, and the period itself."""

_DATE = (
    "(?:18|19|20)[0-9]{2}(?:(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)|02(?:0[1-9]|1[0-9]|2[0-8]))"
)
_TIME = "(?:[01][0-9]|2[0-3])[0-5][0-9]"
_FORMS = {
    "D8": _DATE,
    "RD8": f"{_DATE}-{_DATE}",
    "TM": _TIME,
    "DT": _DATE + _TIME,
}
_PRINTABLE = [chr(one) for one in range(32, 127)]


def _class(marks: Delimiters, *, blank: bool) -> str:
    taken = {marks.element, marks.component, marks.repetition, marks.segment}
    kept = [one for one in _PRINTABLE if one not in taken and (blank or one != " ")]
    return "[" + "".join(map(re.escape, kept)) + "]"


class _Writer:
    """Writes the expressions for one set of delimiters."""

    def __init__(self, marks: Delimiters) -> None:
        self.any = _class(marks, blank=True)
        self.solid = _class(marks, blank=False)
        self.element = re.escape(marks.element)
        self.component = re.escape(marks.component)
        self.repetition = re.escape(marks.repetition)

    def value(self, place: Place) -> str:
        """Return the expression of one element or component that is there."""
        if place.pattern:
            return place.pattern
        if place.codes:
            ordered = sorted(place.codes, key=lambda one: (-len(one), one))
            return "(?:" + "|".join(map(re.escape, ordered)) + ")"
        if place.outside == "states":
            return "(?:" + "|".join(sorted(states())) + ")"
        return self.typed(place)

    def typed(self, place: Place) -> str:
        """Return the expression of a value of the place's type and length."""
        low, high = place.low, place.high
        if place.kind == "DT":
            return _DATE if high == len("CCYYMMDD") else "(?!)"
        if place.kind == "TM":
            return _TIME
        if place.kind == "R":
            return f"-?[0-9]{{{max(low, 1)},{max(high - 2, 1)}}}" + (
                r"(?:\.[0-9]{1,2})?" if high > 2 else ""  # noqa: PLR2004  room for two decimals
            )
        if place.kind[:1] == "N":
            return f"-?[0-9]{{{low},{high}}}"
        if place.kind in {"AN", "ID"}:
            return f"{self.any}{{{max(low, 1) - 1},{high - 1}}}{self.solid}"
        return "(?!)"

    def body(self, place: Place) -> str:
        """Return the expression of an element that is there, composites and repeats included."""
        one = self.composite(place) if place.parts else self.value(place)
        if place.repeat > 1 and self.repetition:
            return f"{one}(?:{self.repetition}{one}){{0,{place.repeat - 1}}}"
        return one

    def composite(self, place: Place) -> str:
        """Return the expression of a composite that has at least one component."""
        mark = self.component
        inside = self.sequence(place.parts, mark)[len(mark) :]
        return f"(?!{self.element}|$)(?!{mark}){inside}(?<!{mark})"

    def sequence(self, places: tuple[Place, ...], mark: str) -> str:
        """Return the expression of `places`, each after `mark`; those at the end may be cut off."""
        rest, needed, at = "", False, len(places) - 1
        while at >= 0:
            place = places[at]
            if place.number == PERIOD and at and places[at - 1].number == FORM:
                at -= 1
                usage, piece = places[at].usage, self.period(places[at], mark)
            else:
                usage, piece = place.usage, mark + self.worn(place)
            at -= 1
            if usage == "N" and not rest:
                continue
            needed = needed or usage == "R"
            rest = piece + rest if needed else f"(?:{piece}{rest})?"
        return rest

    def worn(self, place: Place) -> str:
        """Return the expression of an element as its usage allows: there, or left blank."""
        if place.usage == "N":
            return ""
        return self.body(place) if place.usage == "R" else f"(?:{self.body(place)})?"

    def period(self, form: Place, mark: str) -> str:
        """Return the expression of a form of period and the period itself."""
        known = [one for one in sorted(form.codes) if one in _FORMS]
        pairs = "|".join(f"{mark}{one}{mark}{_FORMS[one]}" for one in known) or "(?!)"
        return f"(?:{pairs})" if form.usage == "R" else f"(?:{pairs}|{mark}{mark})"


@lru_cache(maxsize=2048)
def compiled(shape: Shape, marks: Delimiters) -> re.Pattern[str]:
    """Return the expression of a segment of `shape` written with `marks`."""
    writer = _Writer(marks)
    text = writer.sequence(shape.places, writer.element)
    return re.compile(f"{re.escape(shape.segment)}{text}(?<!{writer.element})")
