"""SNIP 4 on the dates of a claim: which cannot be, seen from each other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from codinglab.core.cite import Cite
from codinglab.x12.claim_view import ClaimView, days_of
from codinglab.x12.guide import table
from codinglab.x12.loops import WireSegment
from codinglab.x12.rules import PROFESSIONAL, Hit, Rules
from codinglab.x12.values import day_of

dates: Rules[ClaimView] = Rules(("837P", "837I"), PROFESSIONAL)

_EDITOR = Cite("Medicare Code Editor definitions manual", "v43", "age conflict")
_MANUAL = Cite("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 25, section 75 (FL 6)")


@lru_cache(maxsize=1)
def _limits() -> dict[str, int]:
    return {name: int(value) for name, value, _ in table("limits.csv")}


@dates(
    "x12.period_reversed",
    4,
    "Write the first day before the last.",
    error="8",
)
def period_reversed(view: ClaimView) -> Iterator[Hit]:
    """A period begins before it ends."""
    for one in view.dates.values():
        if one.get(2) == "RD8":
            yield from _reversed("2300", one)
    for line in view.lines:
        if line.days[0] > line.days[1] and line.serviced is not None:
            yield from _reversed("2400", line.serviced)


def _reversed(loop: str, one: WireSegment) -> Iterator[Hit]:
    first, last = days_of(one)
    if last < first:
        yield Hit(loop, one, "DTP03", f"DTP03 is {one.get(3)}: it ends before it begins.")


@dates(
    "x12.future_service",
    4,
    "Correct the date of service; a service is billed once it was given.",
    error="8",
)
def future_service(view: ClaimView) -> Iterator[Hit]:
    """A service does not begin after the day on which the file was made (GS04)."""
    made = _made(view)
    for line in view.lines:
        if line.days[0] > made and line.serviced is not None and made:
            message = f"the service of {line.days[0]} begins after the day of the file, {made}."
            yield Hit("2400", line.serviced, "DTP03", message)


def _made(view: ClaimView) -> str:
    gs = view.tree.interchange.gs
    text = gs[4] if len(gs) > 4 else ""  # noqa: PLR2004  it may lack
    return text if len(text) == 8 and text.isdecimal() else ""  # noqa: PLR2004  CCYYMMDD


def _whole(text: str) -> bool:
    """Say whether `text` is a day as CCYYMMDD, which alone can be compared with others."""
    return len(text) == 8 and day_of(text) is not None  # noqa: PLR2004  CCYYMMDD


@dates(
    "x12.birth_after_service",
    4,
    "Correct the birth date or the date of service.",
    error="8",
)
def birth_after_service(view: ClaimView) -> Iterator[Hit]:
    """Nobody is treated before birth."""
    facts, person = view.facts, view.person
    if facts is None or person is None:
        return
    born = facts.get(2)
    first = min([line.days[0] for line in view.lines if line.days[0]], default="")
    if first and born > first and _whole(born):
        message = f"the patient is born on {born}, after the service of {first}."
        yield Hit(person.id, facts, "DMG02", message)


@dates(
    "x12.too_old",
    4,
    "Look the birth date up again; is the century right?",
    source=_EDITOR,
    error="8",
)
def too_old(view: ClaimView) -> Iterator[Hit]:
    """No patient is older at the service than the Medicare Code Editor takes anybody to be."""
    facts, person = view.facts, view.person
    if facts is None or person is None:
        return
    born = facts.get(2)
    last = max([line.days[1] for line in view.lines], default="") or _made(view)
    if not (born.isdecimal() and last.isdecimal()):
        return
    years = int(last[:4]) - int(born[:4]) - (last[4:] < born[4:])
    if years > _limits()["oldest"] and _whole(born):
        message = f"born on {born}, the patient would be {years} years old on {last}."
        yield Hit(person.id, facts, "DMG02", message)


@dates(
    "x12.line_outside_statement",
    4,
    "Correct the date of the line, or the statement period (DTP 434).",
    kinds=("837I",),
    source=_MANUAL,
    error="8",
)
def line_outside_statement(view: ClaimView) -> Iterator[Hit]:
    """A line's date of service lies within the statement period of the bill."""
    statement = view.dates.get("434")
    if statement is None:
        return
    begin, end = days_of(statement)
    if not begin or end < begin or statement.get(2) != "RD8":
        return
    for line in view.lines:
        first, last = line.days
        if line.serviced is not None and first and (first < begin or last > end):
            told = line.serviced.get(3)
            message = f"the service of {told} lies outside the statement, {begin} to {end}."
            yield Hit("2400", line.serviced, "DTP03", message)


@dates(
    "x12.discharge_before_admission",
    4,
    "Correct one of the two dates.",
    kinds=("837P",),
    error="8",
)
def discharge_before_admission(view: ClaimView) -> Iterator[Hit]:
    """A patient is discharged (DTP 096) on the day of admission (DTP 435) or later."""
    admitted, discharged = view.dates.get("435"), view.dates.get("096")
    if admitted is None or discharged is None or discharged.get(2) != "D8":
        return
    if "" < days_of(discharged)[1] < days_of(admitted)[0]:
        message = f"discharged on {discharged.get(3)}, before the admission on {admitted.get(3)}."
        yield Hit("2300", discharged, "DTP03", message)
