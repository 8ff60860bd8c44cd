"""Modifiers of the surgical package: the decision for surgery (57), and its parts (54 to 56)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from codinglab.codes.service_lists import members
from codinglab.core.findings import Finding, Severity
from codinglab.edits.fee_facts import not_known
from codinglab.edits.line_facts import (
    PHYSICIAN_CLAIM,
    SAME_SURGEON,
    beside,
    day_of,
    global_days,
    kind_of,
    of_kind,
    on_line,
    with_modifier,
)
from codinglab.edits.rule import edit
from codinglab.edits.trait import EARLIER, TWO_LINES, carries, service_lists
from codinglab.encounter.coded import CodedEncounter, ServiceLine

_TAKES_25 = frozenset({"procedure", "administration", "visit", "service"})
_MINOR = frozenset({"000", "010"})
_HAS_PACKAGE = frozenset({"010", "090"})


@edit(
    "modifier.57",
    "global package",
    source="Medicare Claims Processing Manual ch. 12 s. 40.2.A.4",
    settings=PHYSICIAN_CLAIM,
    on=(TWO_LINES, EARLIER, *carries("57")),
)
def decision_for_surgery(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The visit in which a major surgery was decided has modifier 57.

    The global period of a major surgery (90 days) begins on the day before it, so a visit on that
    day or the day of surgery is part of it, except the visit in which it was decided. For a minor
    procedure the modifier is 25, which says nothing beside a major one alone.
    """
    for line, when in of_kind(encounter, day, "visit"):
        today = beside(encounter, line, day)
        majors = [code for code in today if global_days(code, when) == "090"]
        majors += _tomorrow(encounter, day, when)
        if "57" in line.modifiers:
            yield from _wrong_57(line, majors, today, when)
        elif majors and not {"24", "25"}.intersection(line.modifiers):
            yield _needs_57(encounter, line, majors[0])
        elif majors and "25" in line.modifiers and not _beside_major(today, when):
            message = f"25 does not open the package of {majors[0]} (90 days)."
            remedy = "Use 57 if the surgery was decided there; else the visit belongs to it."
            yield on_line("modifier.57", line, message, remedy, Severity.WARNING)


def _beside_major(today: tuple[str, ...], when: date) -> list[str]:
    """Return the services of the day, other than major surgery, for which 25 may stand."""
    return [
        code
        for code in today
        if kind_of(code, when) in {*_TAKES_25, ""} and global_days(code, when) != "090"
    ]


def _tomorrow(encounter: CodedEncounter, day: date, when: date) -> Iterator[str]:
    """Yield the major surgeries of the day after `when` by this surgeon or group."""
    next_day = when + timedelta(days=1)
    lines = (one.code for one in encounter.lines if day_of(one, day) == next_day)
    claims = (
        one.code
        for one in encounter.circumstances.earlier or ()
        if one.day == next_day and one.by in SAME_SURGEON
    )
    yield from (code for code in (*lines, *claims) if global_days(code, next_day) == "090")


def _wrong_57(
    line: ServiceLine, majors: list[str], today: tuple[str, ...], when: date
) -> Iterator[Finding]:
    minor = [code for code in today if global_days(code, when) in _MINOR]
    if minor and not majors:
        message = f"{minor[0]} is a minor procedure; modifier 57 is for major surgery."
        yield on_line("modifier.57", line, message, "Use 25 if the visit was separate.")
    elif not majors:
        message = "No major surgery of this day or the next is known here."
        remedy = "Take 57 off, or add the surgery to the earlier services."
        yield on_line("modifier.57", line, message, remedy, Severity.WARNING)


def _needs_57(encounter: CodedEncounter, line: ServiceLine, surgery: str) -> Finding:
    message = f"{line.code} lies on the day of, or before, {surgery} (90 days) without 57."
    if encounter.circumstances.says("decision for surgery", surgery):
        remedy = "The record says that the surgery was decided there: add 57."
        return on_line("modifier.57", line, message, remedy)
    remedy = "Add 57 only if the surgery was decided there; else the visit belongs to it."
    return on_line("modifier.57", line, message, remedy, Severity.WARNING)


@edit(
    "modifier.54-55-56",
    "global package",
    source="Medicare Claims Processing Manual ch. 12 ss. 40.2 and 40.4",
    settings=PHYSICIAN_CLAIM,
    on=service_lists("part of the package modifier"),
)
def parts_of_a_package(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifiers 54, 55 and 56 split only a package that has days: 10 or 90.

    A procedure with a global period of 0 days has no care after it to be handed over.
    """
    for line in encounter.lines:
        parts = members("part of the package modifier", day_of(line, day))
        if not parts.intersection(line.modifiers):
            continue
        days = global_days(line.code, day_of(line, day))
        if days is None:
            yield not_known("modifier.54-55-56", line, "global period")
        elif days not in _HAS_PACKAGE:
            message = f"{line.code} has the global period {days}; there is nothing to split."
            yield on_line("modifier.54-55-56", line, message, "Take the modifier off.")


@edit(
    "modifier.55",
    "global package",
    source="Medicare Claims Processing Manual ch. 12 s. 40.2.A.3",
    settings=PHYSICIAN_CLAIM,
    needs=("earlier",),
    modifiers=("55",),
)
def care_after_surgery(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """Care after surgery is billed with the surgery's own code and 55, when 54 was billed for it.

    If the surgeon billed the whole package, nothing is left to pay for the care after it.
    """
    for line in with_modifier(encounter, "55"):
        same = [o for o in encounter.circumstances.earlier or () if o.code == line.code]
        if not any("54" in one.modifiers for one in same):
            whole = "was billed whole" if same else "is not among the earlier services"
            message = f"{line.code} with 55 needs the surgery with 54; it {whole}."
            remedy = "Agree on the transfer of care with the surgeon first."
            yield on_line("modifier.55", line, message, remedy, Severity.WARNING)


EDITS = (decision_for_surgery, parts_of_a_package, care_after_surgery)
