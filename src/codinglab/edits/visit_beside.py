"""Visits beside other services of the day: check-ups, G2211, injections by staff."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.service_lists import ListName, members
from codinglab.codes.visit_levels import levels
from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import PHYSICIAN_CLAIM, beside, day_of, known, of_list, on_line
from codinglab.edits.rule import edit
from codinglab.edits.trait import EARLIER, codes, service_lists
from codinglab.encounter.coded import CodedEncounter, ServiceLine

_COMPLEXITY = "G2211"
_ADMITTING = frozenset({"hospital-initial", "hospital-same-day"})
_ELSEWHERE: tuple[ListName, ...] = (
    *("emergency visit", "office visit"),
    *("nursing facility visit", "home visit"),
)
_NOT_PAID = "Take G2211 out; or take 25 off, if nothing beside the visit needs it."


@edit(
    "visit.preventive-with-problem",
    "visit",
    source="CPT preventive visits; Medicare Claims Processing Manual ch. 12 s. 30.6.2",
    settings=PHYSICIAN_CLAIM,
    on=(EARLIER, *service_lists("preventive visit", "Medicare wellness visit")),
)
def problem_at_a_check_up(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """An office visit beside a check-up has modifier 25, and counts its own work alone.

    A problem that was worked up beyond the check-up is an office visit of its own. Looking over a
    settled problem belongs to the check-up.
    """
    for line, when in of_list(encounter, day, "office visit"):
        check_ups = members("preventive visit", when) | members("Medicare wellness visit", when)
        found = check_ups.intersection(beside(encounter, line, day))
        if found and "25" not in line.modifiers:
            message = f"{line.code} stands beside the check-up {min(found)} without modifier 25."
            remedy = "Add 25 if a problem needed work of its own; else take the visit out."
            yield on_line("visit.preventive-with-problem", line, message, remedy)


@edit(
    "visit.g2211",
    "visit",
    source="CMS physician fee schedule rules CY2024, CY2025 and CY2026 on G2211",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    on=codes("G2211"),
)
def complexity(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """G2211 stands beside an office visit, and beside 25 only where the other service prevents.

    Since 2024 it is not paid when the office visit has modifier 25. Since 2025-01-01 it is, if the
    other service of that day is a wellness visit, the giving of a vaccine, or a preventive service
    of Part B. Since 2026 it may stand with home visits too, whose codes this lab doesn't hold.
    """
    for line in (one for one in encounter.lines if one.code == _COMPLEXITY):
        when = day_of(line, day)
        others = beside(encounter, line, day)
        base = members("takes complexity", when).intersection(others)
        if not base:
            strange = [code for code in others if known(code, when) is None]
            message = f"{_COMPLEXITY} stands without an office visit of that day."
            remedy = "Take it out."
            grade = Severity.ERROR
            if strange:
                message = f"{strange[0]} is not known here; it may be a visit that takes G2211."
                remedy, grade = "Look it up.", Severity.NOTE
            yield on_line("visit.g2211", line, message, remedy, grade)
        elif _has_25(encounter, day, when, base) and not _prevents(others, when):
            message = f"{_COMPLEXITY} stands beside {min(base)}-25 and no preventive service."
            yield on_line("visit.g2211", line, message, _NOT_PAID)


def _has_25(encounter: CodedEncounter, day: date, when: date, base: frozenset[str]) -> bool:
    lines = (one for one in encounter.lines if one.code in base and day_of(one, day) == when)
    return any("25" in one.modifiers for one in lines)


def _prevents(others: tuple[str, ...], when: date) -> bool:
    return bool(members("allows complexity beside 25", when).intersection(others))


@edit(
    "visit.staff-and-injection",
    "visit",
    source="Medicare Claims Processing Manual ch. 12 s. 30.5",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    on=service_lists("staff visit"),
)
def lowest_visit_beside_injection(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The lowest office visit is not paid beside giving a drug, even with modifier 25.

    Whoever gives the injection asks and looks before it; that is what the lowest visit would be.
    """
    for line, when in of_list(encounter, day, "staff visit"):
        given = members("drug administration", when).intersection(beside(encounter, line, day))
        if given:
            message = f"{line.code} stands beside {min(given)}."
            yield on_line("visit.staff-and-injection", line, message, "Take the visit out.")


def incident_to(line: ServiceLine, encounter: CodedEncounter) -> bool:
    """Say whether the line is billed as incident to a physician's service.

    Staff have no claims of their own. A nonphysician practitioner's line counts as such where it
    has SA, or where the record says that a physician supervised it.
    """
    about = encounter.circumstances
    if about.practitioner.role == "clinical staff":
        return True
    supervised = "SA" in line.modifiers or about.says("supervised", line.code) is not None
    return about.practitioner.role == "nonphysician practitioner" and supervised


@edit(
    "visit.admitted",
    "visit",
    source="Medicare Claims Processing Manual ch. 12 s. 30.6.9.1; fee schedule rule CY2023",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    on=service_lists("hospital visit"),
)
def admitted_from_elsewhere(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Who admits a patient from another visit of that day bills the first hospital visit alone.

    The office or emergency visit that led to it is part of it, and counts towards its level. CPT
    has let both be reported since 2023, with 25; Medicare does not follow.
    """
    for line, when in of_list(encounter, day, "hospital visit"):
        first = {one.code for one in levels(when) if one.family in _ADMITTING}
        others = beside(encounter, line, day)
        elsewhere = [code for name in _ELSEWHERE for code in others if code in members(name, when)]
        if line.code in first and elsewhere:
            message = f"{elsewhere[0]} stands beside {line.code}, with which it ended."
            remedy = f"Bill {line.code} alone, of the level that both together reach."
            yield on_line("visit.admitted", line, message, remedy)


EDITS = (
    *(problem_at_a_check_up, complexity, lowest_visit_beside_injection),
    admitted_from_elsewhere,
)
