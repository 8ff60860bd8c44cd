"""Services incident to a physician's: who may render them, where, and under whose eyes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.service_lists import ListName, members
from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import (
    PHYSICIAN_CLAIM,
    day_of,
    global_days,
    kind_of,
    of_kind,
    of_list,
    on_line,
)
from codinglab.edits.rule import edit
from codinglab.edits.trait import NO_PHYSICIAN, record_says, service_lists
from codinglab.edits.visit_beside import incident_to
from codinglab.encounter.coded import CodedEncounter

_SOURCE = "42 CFR 410.26; Medicare Benefit Policy Manual ch. 15 s. 60"
_BY_VIDEO, _STAFF = "by video", "clinical staff"
_IN_PERSON_SINCE = date(2026, 1, 1)  # 42 CFR 410.26(a)(2) as revised for CY2026
_SUPERVISED = frozenset({"visit", "procedure", "administration"})
_OWN_BENEFIT: ListName = "vaccine given"  # Benefit Policy Manual ch. 15 s. 60.A
_IN_PERSON = frozenset({"010", "090"})


@edit(
    "visit.incident-to-staff",
    "visit",
    source=f"{_SOURCE}; Claims Processing Manual ch. 12 s. 30.6.4",
    settings=PHYSICIAN_CLAIM,
    needs=("practitioner.role",),
    on=(NO_PHYSICIAN,),
)
def level_of_staff(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Clinical staff alone can carry only the lowest visit of an established patient.

    All other visits need a physician or another practitioner who may bill them.
    """
    if encounter.circumstances.practitioner.role != "clinical staff":
        return
    for line, when in of_kind(encounter, day, "visit"):
        if line.code not in members("staff visit", when):
            message = f"{line.code} was rendered by clinical staff alone."
            remedy = "Bill the lowest visit, if it was part of a physician's plan, or none."
            yield on_line("visit.incident-to-staff", line, message, remedy)


@edit(
    "visit.incident-to-supervision",
    "visit",
    source=_SOURCE,
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    needs=("practitioner.role", "record"),
    on=(NO_PHYSICIAN,),
)
def supervision(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A service incident to a physician's needs direct supervision in the record.

    The physician is in the office suite and at hand, or, for good since 2026-01-01, at hand by
    live video; services with a global period of 10 or 90 days need them in person. The record says
    "supervised", with the value "by video" where it was so. It is asked of staff, and of a
    nonphysician practitioner whose line has SA; else that practitioner bills under their own name,
    at 85 percent. Vaccines are a benefit of their own and need not be incident to anything.
    """
    for line in encounter.lines:
        when = day_of(line, day)
        if kind_of(line.code, when) not in _SUPERVISED or not incident_to(line, encounter):
            continue
        if line.code in members(_OWN_BENEFIT, when):
            continue
        said = encounter.circumstances.says("supervised", line.code)
        if said is None:
            message = f"The record does not say that a physician supervised {line.code}."
            remedy = "Bill it under the one who rendered it, or not at all."
            yield on_line("visit.incident-to-supervision", line, message, remedy)
        elif _needed_in_person(said.value, line.code, when):
            message = f"{line.code} was supervised by video; it needs the physician in person."
            remedy = "Bill it under the one who rendered it, if they may."
            yield on_line("visit.incident-to-supervision", line, message, remedy)


def _needed_in_person(value: str, code: str, when: date) -> bool:
    return value == _BY_VIDEO and when >= _IN_PERSON_SINCE and global_days(code, when) in _IN_PERSON


@edit(
    "visit.incident-to-place",
    "visit",
    source="42 CFR 410.26(b)(1)",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    needs=("practitioner.role",),
    on=service_lists("hospital place"),
)
def not_in_hospital(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Nothing is incident to a physician's service in a hospital.

    The hospital is paid for its staff. A nonphysician practitioner there bills under their own
    name, or shares the visit (FS).
    """
    for line in encounter.lines:
        when = day_of(line, day)
        if line.place_of_service in members("hospital place", when) and incident_to(
            line, encounter
        ):
            message = f"{line.code} is billed as incident to, in place {line.place_of_service}."
            remedy = "Bill it under the practitioner's own name; staff's work is the hospital's."
            yield on_line("visit.incident-to-place", line, message, remedy)


@edit(
    "visit.incident-to-new-patient",
    "visit",
    source=f"{_SOURCE}, s. 60.1.B",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    needs=("practitioner.role",),
    on=service_lists("new patient"),
)
def new_patient(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The first visit of a new patient is incident to nothing: no physician has begun anything.

    A physician must have seen the patient and begun the course of treatment of which the service
    is a part. Nobody of the group has seen a new patient.
    """
    for line, _ in of_list(encounter, day, "new patient"):
        if encounter.circumstances.practitioner.role != _STAFF and incident_to(line, encounter):
            message = f"{line.code} is for a new patient, and billed as incident to."
            remedy = "Bill it under the practitioner's own name, without SA."
            yield on_line("visit.incident-to-new-patient", line, message, remedy)


@edit(
    "visit.incident-to-new-problem",
    "visit",
    source=_SOURCE,
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    contested=(
        "Medicare contractors say that a new problem cannot be incident to, as no physician began "
        "its treatment; others read 42 CFR 410.26(b)(2), which speaks of diagnosis or treatment, "
        "as allowing it."
    ),
    needs=("practitioner.role", "record"),
    on=record_says("new problem"),
)
def new_problem(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A new problem that a nonphysician sees alone is hardly incident to a physician's service.

    The physician must have begun the course of treatment. Contractors take back the difference
    between 100 and 85 percent where a new problem was billed under the physician. What the rule
    says is contested, so this is a warning.
    """
    for line, _ in of_kind(encounter, day, "visit"):
        if incident_to(line, encounter) and encounter.circumstances.says("new problem", line.code):
            message = f"{line.code} is billed as incident to, and the problem was new."
            remedy = (
                "Bill it under the practitioner's own name, or follow the contractor in writing."
            )
            yield on_line("visit.incident-to-new-problem", line, message, remedy, Severity.WARNING)


EDITS = (level_of_staff, supervision, not_in_hospital, new_patient, new_problem)
