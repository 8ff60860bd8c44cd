"""What rules on service lines ask of a line: its day, kind, neighbours and earlier surgeries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from codinglab.codes import billing, procedures
from codinglab.codes.code_set import NotACode
from codinglab.codes.procedures import NotAProcedureCode, Procedure
from codinglab.codes.release import NotInTable
from codinglab.codes.service_lists import ListName, members, periods
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, Severity
from codinglab.encounter.circumstances import EarlierService, Setting
from codinglab.encounter.coded import CodedEncounter, ServiceLine

_UNKNOWN = (NotInTable, NotInForce, NotAProcedureCode)
PHYSICIAN_CLAIM: tuple[Setting, ...] = ("professional",)
SAME_SURGEON = frozenset({"same practitioner", "same group and specialty"})
HANDS = frozenset({"procedure", "administration", "vaccine", "imaging", "laboratory", "test"})
WITHOUT_VISIT = HANDS | {"drug", "supply", "equipment", "transport", "blood"}
_TREATMENT = frozenset({"visit", "procedure"})
_LONGEST = "090"  # the kind of global period that reaches furthest


@lru_cache(maxsize=4096)  # what raises is not kept, so a later import is seen
def _find(code: str, day: date) -> Procedure:
    return procedures.find(code, day)


def known(code: str, day: date) -> Procedure | None:
    """Return the procedure code as in force on `day`, None where this lab does not know it."""
    try:
        return _find(code, day)
    except _UNKNOWN:
        return None


def kind_of(code: str, day: date) -> str:
    """Return the kind of the service ("visit"), blank where this lab does not know it."""
    found = known(code, day)
    return found.kind if found else ""


def global_days(code: str, day: date) -> str | None:
    """Return the kind of global period of `code` ("010"), None where it is not known."""
    found = known(code, day)
    return found.global_days if found else None


def day_of(line: ServiceLine, day: date) -> date:
    """Return the day of the line, which is the encounter's where the line has none."""
    return line.day or day


def rate_at(place: str | None, day: date) -> str | None:
    """Return the rate Medicare pays at `place`, facility or non-facility, None if not known."""
    try:
        return billing.place_of_service(place, day).rate if place else None
    except (NotInTable, NotInForce, NotACode):
        return None


def on_line(
    rule: str,
    line: ServiceLine,
    message: str,
    remedy: str,
    severity: Severity = Severity.ERROR,
) -> Finding:
    """Return a finding of `rule` at the place of `line`."""
    return Finding(rule, line.place, message, remedy, severity)


def with_modifier(encounter: CodedEncounter, *wanted: str) -> Iterator[ServiceLine]:
    """Yield the lines that carry one of the modifiers `wanted`."""
    asked = frozenset(wanted)
    for line in encounter.lines:
        if line.modifiers and not asked.isdisjoint(line.modifiers):
            yield line


def of_list(
    encounter: CodedEncounter, day: date, name: ListName
) -> Iterator[tuple[ServiceLine, date]]:
    """Yield each line whose code stands on the list `name`, with its day."""
    for line in encounter.lines:
        when = line.day or day
        if line.code in members(name, when):
            yield line, when


def of_kind(
    encounter: CodedEncounter, day: date, *kinds: str
) -> Iterator[tuple[ServiceLine, date]]:
    """Yield each line of one of the `kinds`, with its day."""
    for line in encounter.lines:
        when = line.day or day
        found = known(line.code, when)
        if found is not None and found.kind in kinds:
            yield line, when


def beside(encounter: CodedEncounter, line: ServiceLine, day: date) -> tuple[str, ...]:
    """Return the codes of the other services of the day: lines, and this group's other claims."""
    when = day_of(line, day)
    lines = (o.code for o in encounter.lines if o is not line and day_of(o, day) == when)
    earlier = (
        one.code
        for one in encounter.circumstances.earlier or ()
        if one.day == when and one.by in SAME_SURGEON
    )
    return (*lines, *earlier)


@dataclass(frozen=True, slots=True)
class Surgery:
    """An earlier surgery whose global period covers a day, `after` days after it, of `lasts`."""

    code: str
    kind: str
    day: date
    after: int
    lasts: int

    def __str__(self) -> str:
        """Return the surgery with its period, as messages name it."""
        last = self.day + timedelta(days=self.lasts)
        return (
            f"{self.code} of {self.day} has a global period of {self.lasts} days, until {last}; "
            f"this is day {self.after}"
        )


def _before(encounter: CodedEncounter) -> Iterator[EarlierService]:
    """Yield the services of other claims, and the lines of this claim that have days of their own.

    Nobody needs to tell twice what the claim itself holds.
    """
    told = encounter.circumstances.earlier or ()
    yield from told
    known_already = {(one.code, one.day) for one in told}
    for line in encounter.lines:
        if line.day and (line.code, line.day) not in known_already:
            yield EarlierService(line.code, line.day, "same practitioner", line.modifiers)


def _after(encounter: CodedEncounter, day: date) -> Iterator[tuple[EarlierService, int]]:
    """Yield each earlier service whose care after it this group keeps, and the days since it.

    Only those within reach of the longest global period.
    """
    for one in _before(encounter):
        after = (day - one.day).days
        near = one.by in SAME_SURGEON and 0 < after <= periods(day)[_LONGEST].after
        if near and members("no follow-up modifier", day).isdisjoint(one.modifiers):
            yield one, after


def surgeries(encounter: CodedEncounter, day: date) -> Iterator[Surgery]:
    """Yield each earlier surgery of this surgeon or group whose global period covers `day`.

    The day of the surgery itself isn't among them; modifiers 25 and 57 judge that day.
    """
    for one, after in _after(encounter, day):
        limits = periods(day).get(global_days(one.code, one.day) or "")
        if limits and after <= limits.after:
            yield Surgery(one.code, limits.code, one.day, after, limits.after)


def unknown_surgeries(encounter: CodedEncounter, day: date) -> Iterator[EarlierService]:
    """Yield each earlier service that may be a surgery, with a global period not known here."""
    for one, _ in _after(encounter, day):
        unknown = global_days(one.code, one.day) is None
        if unknown and kind_of(one.code, day) in {"procedure", ""}:
            yield one


def face_to_face(encounter: CodedEncounter, day: date) -> Iterator[EarlierService]:
    """Yield the earlier visits and procedures by this practitioner, or group and specialty."""
    for one in _before(encounter):
        if one.by in SAME_SURGEON and one.day < day and kind_of(one.code, day) in _TREATMENT:
            yield one


def unknown_services(encounter: CodedEncounter, day: date) -> Iterator[EarlierService]:
    """Yield the earlier services of this practitioner or group that this lab does not know."""
    for one in _before(encounter):
        if one.by in SAME_SURGEON and one.day < day and not kind_of(one.code, day):
            yield one
