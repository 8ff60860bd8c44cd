"""One line of service looked up in the fee schedule: what it pays alone, or why it pays nothing.

Source: Medicare Claims Processing Manual, chapter 12, sections 20 and 30; CMS's record layout of
the relative value file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from codinglab.codes.procedures import NotAProcedureCode, find
from codinglab.codes.release import NotInTable
from codinglab.codes.service_lists import conflicts
from codinglab.core.dates import NotInForce
from codinglab.encounter.coded import ServiceLine
from codinglab.pricing.physician_modifiers import NotApart, lowered
from codinglab.pricing.physician_rows import Rate, ValueRow, has_row
from codinglab.pricing.physician_schedule import PlaceRow, Schedule
from codinglab.pricing.price import Step

Outcome = Literal["nothing", "elsewhere", "by report", "unknown"]
PAID, BY_REPORT = "ART", "C"
COMPONENTS = ("26", "TC")
ASSISTANTS, SHARED = ("80", "81", "82", "AS"), ("62", "66")
_ONE_PART = "Medicare Claims Processing Manual, chapter 12, sections 20.4.3 and 40.8"
_STOPPED = "53"
_NOTHING = {
    "B": "is bundled into other services and never paid apart",
    "P": "is bundled, or excluded from payment",
    "N": "is not covered by Medicare",
    "I": "is not valid for Medicare, which uses another code for it",
    "M": "only reports a measurement",
    "Q": "only reports a limitation of function",
}
_ELSEWHERE = {
    "X": "is paid by another fee schedule, such as that of laboratories",
    "E": "is excluded from this fee schedule, and paid, if at all, as a drug or item",
    "J": "is an anesthesia service, which is paid by base and time units",
}
_KNOWN = {
    "pctc": ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
    "multiple": ("0", "2", "3", "4", "5", "6", "7", "9"),
    "bilateral": ("0", "1", "2", "3", "9"),
    "assistant": ("0", "1", "2", "9"),
    "co_surgeons": ("0", "1", "2", "9"),
    "team": ("0", "1", "2", "9"),
}
# Kinds of service that no ranking of several procedures touches.
_UNRANKED = frozenset(
    {
        "visit",
        "laboratory",
        "drug",
        "vaccine",
        "supply",
        "equipment",
        "transport",
        "blood",
        "counselling",
        "adjunct",
    }
)


@dataclass(frozen=True, slots=True)
class NotPriced:
    """A line without a price of its own.

    `outcome` "nothing" is a payment of zero; "elsewhere" and "by report" are not this schedule's
    to say; "unknown" is a fault or a gap. `why` is a sentence; `unranked` says whether the rank of
    other lines can be known all the same.
    """

    line: ServiceLine
    day: date
    outcome: Outcome
    why: str
    unranked: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """A line found in the schedule: its values, setting, units, and amount of one unit alone."""

    line: ServiceLine
    day: date
    row: ValueRow
    rate: Rate
    units: int
    amount: Decimal
    steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()

    def has(self, *modifiers: str) -> bool:
        """Say whether the line carries one of `modifiers`."""
        return bool(self.line.modifiers) and not set(modifiers).isdisjoint(self.line.modifiers)


def name_of(line: ServiceLine) -> str:
    """Return code and modifiers as a coder writes them."""
    return "-".join((line.code, *line.modifiers))


def look_up(
    line: ServiceLine, day: date, schedule: Schedule, place: str | None, folder: Path | None
) -> Item | NotPriced:
    """Return what `line` pays alone on `day`, or why it has no price of its own.

    `place` is the place of service where the line states none.
    """
    where = line.place_of_service or place
    if missing := _missing(line, where) or _contradiction(line, day):
        return NotPriced(line, day, "unknown", missing, unranked=False)
    try:
        row = schedule.row(line.code, _component(line, schedule))
    except NotInTable as error:
        return NotPriced(line, day, "unknown", str(error), _is_unranked(line.code, day, folder))
    return _status(line, day, row) or _at_place(line, day, row, where, schedule)


def _at_place(
    line: ServiceLine, day: date, row: ValueRow, where: str | None, schedule: Schedule
) -> Item | NotPriced:
    if (place_row := schedule.places.get(where or "")) is None:
        known = ", ".join(schedule.places)
        why = (
            f"no rate is stated for place of service {where} ({schedule.used[-1]}); it has {known}"
        )
        return NotPriced(line, day, "unknown", why, unranked=False)
    if why_not := _not_here(row, place_row):
        return NotPriced(line, day, "nothing", why_not)
    rate = place_row.rate
    try:
        steps = (*schedule.steps(row, rate), *lowered(line, row, rate, schedule))
    except (NotApart, NotInTable) as error:
        return NotPriced(line, day, "unknown", str(error), unranked=False)
    units = line.units or 0
    return Item(line, day, row, rate, units, steps[-1].amount, steps, _remarks(line, row, rate))


def _missing(line: ServiceLine, where: str | None) -> str | None:
    """Return what the line does not state, or None."""
    if line.units is None or line.units < 1:
        return "the units are not stated; write x1"
    if where is None:
        return "the place of service is not stated; write pos 11, or where it was"
    return None


def _contradiction(line: ServiceLine, day: date) -> str | None:
    """Return which two modifiers of the line cannot both be true, so that neither is priced."""
    if len(line.modifiers) < len(("one", "other")):
        return None
    pairs = [(one.one, one.other, one.source) for one in conflicts(day)]
    pairs += [(one, other, _ONE_PART) for one in SHARED for other in ASSISTANTS]
    for one, other, source in pairs:
        if one in line.modifiers and other in line.modifiers:
            said = f"{line.code}: {one} and {other} on one line contradict each other"
            return f"{said}; keep the true one, or write two lines [{source}]"
    return None


def _component(line: ServiceLine, schedule: Schedule) -> str:
    """Return the modifier by which the table has values of its own for the line, or ""."""
    for modifier in line.modifiers:
        if modifier in COMPONENTS:
            return modifier
    if _STOPPED in line.modifiers and has_row(schedule.values, line.code, _STOPPED):
        return _STOPPED
    return ""


def _is_unranked(code: str, day: date, folder: Path | None) -> bool:
    try:
        return find(code, day, folder).kind in _UNRANKED
    except (NotInTable, NotInForce, NotAProcedureCode):
        return False


def _status(line: ServiceLine, day: date, row: ValueRow) -> NotPriced | None:
    said = f"status {row.status} ({row.source})"
    if row.status in PAID and not (row.work_rvu or row.nonfacility_pe_rvu or row.malpractice_rvu):
        empty = f"{row.code} has no values, so that the contractor prices it: {said}"
        return NotPriced(line, day, "by report", empty, unranked=False)
    if row.status in PAID:
        strange = _strange(row)
        return NotPriced(line, day, "unknown", strange, unranked=False) if strange else None
    if why := _NOTHING.get(row.status):
        return NotPriced(line, day, "nothing", f"{row.code} {why}: {said}")
    if why := _ELSEWHERE.get(row.status):
        return NotPriced(line, day, "elsewhere", f"{row.code} {why}: {said}")
    if row.status == BY_REPORT:
        why = f"{row.code} is priced by the contractor from the record: {said}"
        return NotPriced(line, day, "by report", why, unranked=False)
    return NotPriced(line, day, "unknown", f"{row.code} has no price: {said}", unranked=False)


def _strange(row: ValueRow) -> str | None:
    """Return which indicator has a value that no rule here knows, or None."""
    for name, known in _KNOWN.items():
        if (value := getattr(row, name)) not in known:
            rules = f"the rules know {', '.join(known)}"
            return f"{row.code}: the indicator {name} is {value!r} ({row.source}); {rules}"
    return None


def _not_here(row: ValueRow, place: PlaceRow) -> str | None:
    """Return why nothing is paid in a hospital for equipment, staff and incident-to services."""
    if not place.hospital:
        return None
    where = f"place {place.code}"
    if row.pctc in {"3", "4"} or (row.pctc == "1" and row.modifier != "26"):
        remedy = " (bill the professional part alone with 26)" if row.pctc == "1" else ""
        return f"the technical part of {row.code} is the hospital's in {where}{remedy}"
    if row.pctc == "5":
        return f"{row.code} is incident to a physician's service, and the hospital's in {where}"
    return None


_SAID = {
    "22": "the contractor may pay more by the record; this is the usual amount",
    "GA": "a denial is expected, and the patient then pays; this is the amount if it is paid",
}


def _remarks(line: ServiceLine, row: ValueRow, rate: Rate) -> tuple[str, ...]:
    flag = row.facility_na if rate == "facility" else row.nonfacility_na
    found = []
    if flag:
        found.append(f"{row.code}: marked NA, rarely or never performed in a {rate} setting")
    if row.status == "R":
        found.append(f"{row.code}: restricted coverage, paid only where special rules are met")
    found += [f"{row.code}-{one}: {_SAID[one]}" for one in line.modifiers if one in _SAID]
    return tuple(found)
