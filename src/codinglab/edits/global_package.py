"""What belongs to a surgery: visits and procedures in its global period; 58, 78 and 79."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.service_lists import members
from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import (
    PHYSICIAN_CLAIM,
    day_of,
    global_days,
    of_kind,
    on_line,
    surgeries,
    unknown_surgeries,
    with_modifier,
)
from codinglab.edits.rule import edit
from codinglab.edits.trait import EARLIER, TWO_LINES
from codinglab.encounter.circumstances import StatementKind
from codinglab.encounter.coded import CodedEncounter, ServiceLine

_PACKAGE = "Medicare Claims Processing Manual ch. 12 s. 40.1"
_REASONS: dict[str, StatementKind] = {
    "58": "staged",
    "78": "return to operating room",
    "79": "unrelated",
}
_OPERATIONS = frozenset({"000", "010", "090"})


@edit(
    "global.follow-up",
    "global package",
    source=_PACKAGE,
    settings=PHYSICIAN_CLAIM,
    needs=("earlier",),
    on=(EARLIER, TWO_LINES),
)
def follow_up(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A visit of the surgeon in the global period is paid with the surgery.

    The period is the day of surgery and 10 days after it for a minor procedure, 90 for a major
    one; a colleague of the same group and specialty counts as the surgeon. A visit about something
    else has 24, critical care about something else FT, and a visit that decides a further major
    surgery 57. A check-up or a wellness visit is no follow-up. The follow-up itself is recorded
    without a charge.

    Medicare's package holds complications too, unless they need the operating room. By CPT it holds
    the usual follow-up alone, so another payer may pay the visit for a complication.
    """
    medicare = encounter.circumstances.payer == "Medicare"
    for line, when in of_kind(encounter, day, "visit"):
        well = members("preventive visit", when) | members("Medicare wellness visit", when)
        if line.code in well or {"24", "57", "FT"}.intersection(line.modifiers):
            continue
        for one in surgeries(encounter, when):
            message = f"{line.code} is a follow-up: {one}."
            remedy = "Do not bill it; or add 24 if it was about something else."
            remedy += "" if medicare else " If it was about a complication, see the payer's policy."
            yield on_line("global.follow-up", line, message, remedy)
        for other in unknown_surgeries(encounter, when):
            message = f"The global period of {other.code} of {other.day} is not known here."
            remedy = "Look it up; within its period the visit is not billed."
            yield on_line("global.follow-up", line, message, remedy, Severity.NOTE)


def _operations(encounter: CodedEncounter, day: date) -> Iterator[tuple[ServiceLine, date]]:
    for line, when in of_kind(encounter, day, "procedure"):
        if global_days(line.code, when) in _OPERATIONS:
            yield line, when


@edit(
    "global.procedure",
    "global package",
    source=f"{_PACKAGE}; s. 40.2.A.5 to 7 on modifiers 58, 78 and 79",
    settings=PHYSICIAN_CLAIM,
    needs=("earlier",),
    on=(EARLIER, TWO_LINES),
)
def procedure_in_period(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A procedure in the global period of an earlier one needs 58, 78 or 79.

    58: it was planned, or goes further than the first. 78: the patient had to go back to the
    operating room. 79: it has nothing to do with the first. Without one of them it is denied.
    """
    for line, when in _operations(encounter, day):
        if set(_REASONS).intersection(line.modifiers):
            continue
        for one in surgeries(encounter, when):
            said = [
                m for m, kind in _REASONS.items() if encounter.circumstances.says(kind, one.code)
            ]
            message = f"{line.code} needs 58, 78 or 79: {one}."
            remedy = f"By the record it is {said[0]}." if said else "Ask the record which is true."
            yield on_line("global.procedure", line, message, remedy)


def _judge(encounter: CodedEncounter, day: date, modifier: str) -> Iterator[Finding]:
    rule, own = f"modifier.{modifier}", _REASONS[modifier]
    about = encounter.circumstances
    for line in with_modifier(encounter, modifier):
        running = tuple(surgeries(encounter, day_of(line, day)))
        if not running:
            message = f"{modifier} stands for a global period; none is known here on that day."
            remedy = "Take it off, or add the surgery to the earlier services."
            yield on_line(rule, line, message, remedy, Severity.WARNING)
        for one in running:
            said = [m for m, kind in _REASONS.items() if about.says(kind, one.code)]
            if modifier in said:
                continue
            if said:
                message = f"The record says {_REASONS[said[0]]} of {one.code}; that is {said[0]}."
                yield on_line(rule, line, message, f"Use {said[0]}.")
            else:
                message = f"The record does not say {own} of {one.code}."
                remedy = f"Cite where it does, or take {modifier} off."
                yield on_line(rule, line, message, remedy, Severity.WARNING)


@edit(
    "modifier.58",
    "global package",
    source="Medicare Claims Processing Manual ch. 12 s. 40.2.A.6",
    settings=PHYSICIAN_CLAIM,
    needs=("earlier", "record"),
    modifiers=("58",),
)
def staged(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier 58 says: a planned or further step of the first surgery, in its global period.

    It is paid in full and a new global period begins. A complication that needs the operating
    room is 78, and something unrelated is 79.
    """
    yield from _judge(encounter, day, "58")


@edit(
    "modifier.78",
    "global package",
    source="Medicare Claims Processing Manual ch. 12 s. 40.2.A.5",
    settings=PHYSICIAN_CLAIM,
    needs=("earlier", "record"),
    modifiers=("78",),
)
def returned(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier 78 says: back to the operating room, unplanned, for a matter of the first surgery.

    Only the part within the operation is paid, and no new global period begins.
    """
    yield from _judge(encounter, day, "78")


@edit(
    "modifier.79",
    "global package",
    source="Medicare Claims Processing Manual ch. 12 s. 40.2.A.7",
    settings=PHYSICIAN_CLAIM,
    needs=("earlier", "record"),
    modifiers=("79",),
)
def unrelated(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier 79 says: a procedure that has nothing to do with the first, in its global period.

    It is paid in full, and a new global period begins for it.
    """
    yield from _judge(encounter, day, "79")


@edit(
    "modifier.78-place",
    "global package",
    source=f"{_PACKAGE}.B: what an operating room is",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    modifiers=("78",),
)
def in_an_operating_room(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """For Medicare a complication is paid only if it needed the operating room.

    An operating room is a place equipped and staffed for procedures alone; an endoscopy suite
    counts, an office or a patient's room does not. Other payers may pay a complication that was
    treated in the office.
    """
    for line in with_modifier(encounter, "78"):
        if line.place_of_service == "11":
            message = "78 says operating room; the place of service is an office."
            remedy = "What an office treats after surgery belongs to the global package."
            yield on_line("modifier.78-place", line, message, remedy, Severity.WARNING)


EDITS = (
    *(follow_up, procedure_in_period, staged, returned, unrelated),
    in_an_operating_room,
)
