"""Visits and the patient: new or established, the age bands of check-ups, wellness visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.service_lists import ages, members
from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import (
    PHYSICIAN_CLAIM,
    day_of,
    face_to_face,
    of_list,
    on_line,
    unknown_services,
)
from codinglab.edits.rule import edit
from codinglab.edits.trait import AGED, service_lists
from codinglab.encounter.circumstances import age_in_years
from codinglab.encounter.coded import CodedEncounter

_NEW = "Medicare Claims Processing Manual ch. 12 s. 30.6.7.A; CPT, in our own words"
_YEARS = 3  # the source's own number: no service within three years
_FIRST_WELLNESS, _LATER_WELLNESS, _WELCOME = "G0438", "G0439", "G0402"
_ONCE = (_FIRST_WELLNESS, _WELCOME)
_FULL_MONTHS = 11


def _seen(encounter: CodedEncounter, day: date) -> date | None:
    """Return the last day on which this practitioner, or group and specialty, saw the patient."""
    return max((one.day for one in face_to_face(encounter, day)), default=None)


@edit(
    "visit.new-patient",
    "visit",
    source=_NEW,
    settings=PHYSICIAN_CLAIM,
    needs=("earlier",),
    on=service_lists("new patient"),
)
def new_patient(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A patient is new if nobody of the group and specialty saw them within three years.

    Face to face, by this practitioner or another of the same group and specialty, wherever it was.
    Reading a film or a tracing does not count. Whether the third anniversary itself is within the
    three years is read both ways, so that day is a warning.
    """
    for line, when in of_list(encounter, day, "new patient"):
        last = _seen(encounter, when)
        gap = None if last is None else age_in_years(last, when)
        if last is None or gap is None or gap > _YEARS:
            continue
        anniversary = gap == _YEARS and (last.month, last.day) == (when.month, when.day)
        if gap < _YEARS or anniversary:
            message = f"{line.code} is for a new patient; the last visit was on {last}."
            remedy = "Use the code for an established patient."
            grade = Severity.WARNING if anniversary else Severity.ERROR
            yield on_line("visit.new-patient", line, message, remedy, grade)


@edit(
    "visit.established",
    "visit",
    source=_NEW,
    settings=PHYSICIAN_CLAIM,
    needs=("earlier",),
    on=service_lists("established patient"),
)
def established_patient(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A patient whom nobody of the group and specialty saw within three years is new.

    The code for an established patient then tells and pays less than was done. Of two visits on the
    first day one may say new and the other known; payers differ on that.
    """
    new = {when for _, when in of_list(encounter, day, "new patient")}
    for line, when in of_list(encounter, day, "established patient"):
        if when in new:
            continue
        last = _seen(encounter, when)
        gap = None if last is None else age_in_years(last, when)
        if gap is None or gap > _YEARS or (gap == _YEARS and not _on_anniversary(last, when)):
            strange = next(unknown_services(encounter, when), None) if last is None else None
            if strange:
                message = f"{strange.code} of {strange.day} is not known here; it may be a visit."
                remedy = "Look it up: without a visit in three years the patient is new."
                yield on_line("visit.established", line, message, remedy, Severity.NOTE)
                continue
            said = f"the last visit was on {last}" if last else "there was no visit before"
            message = f"{line.code} is for an established patient; {said}."
            remedy = "Use the code for a new patient."
            yield on_line("visit.established", line, message, remedy, Severity.WARNING)


def _on_anniversary(last: date | None, when: date) -> bool:
    return last is not None and (last.month, last.day) == (when.month, when.day)


@edit(
    "visit.preventive-age",
    "visit",
    source="CPT, ages of the codes, in our own words",
    needs=("patient.born",),
    on=(AGED,),
)
def age_of_check_up(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The code of a check-up, or of a shot with counselling, fits the patient's age on that day.

    The bands are infant, 1 to 4, 5 to 11, 12 to 17, 18 to 39, 40 to 64, and 65 on. Counselling
    with each vaccine component is for patients up to 18.
    """
    born = encounter.circumstances.patient.born
    for line in encounter.lines:
        when = day_of(line, day)
        band, age = ages(when).get(line.code), age_in_years(born, when) if born else None
        if band is None or age is None:
            continue
        if age < band.youngest or (band.oldest is not None and age > band.oldest):
            top = f" to {band.oldest}" if band.oldest is not None else " on"
            message = f"{line.code} is for ages {band.youngest}{top}; the patient is {age}."
            yield on_line("visit.preventive-age", line, message, "Use the code of the age.")


@edit(
    "visit.preventive-medicare",
    "visit",
    source="42 CFR 411.15(a) excludes routine physical checkups; Claims Processing Manual ch. 18",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    on=service_lists("preventive visit"),
)
def check_up_for_medicare(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Original Medicare does not pay the check-ups of CPT; it has wellness visits of its own.

    A routine physical is excluded by statute, so the patient pays it. G0438 and G0439 are the
    annual wellness visits, G0402 the welcome visit; they ask for other content.
    """
    for line, _ in of_list(encounter, day, "preventive visit"):
        if not {"GY", "GX"}.intersection(line.modifiers):
            message = f"Medicare excludes {line.code}."
            remedy = "If it was a wellness visit, use its code; else add GY and bill the patient."
            yield on_line("visit.preventive-medicare", line, message, remedy, Severity.WARNING)


@edit(
    "visit.wellness-interval",
    "visit",
    source="Medicare Claims Processing Manual ch. 18 ss. 80 and 140; 42 CFR 410.15",
    payer="Medicare",
    needs=("earlier",),
    on=service_lists("Medicare wellness visit"),
)
def wellness_again(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Medicare pays a wellness visit when 11 full months have passed since the last one.

    The month of the last visit does not count: after any day of March the next is due on the first
    of March a year later. The welcome visit and the first wellness visit are paid once in a life.
    """
    wellness = members("Medicare wellness visit", day)
    earlier = [one for one in encounter.circumstances.earlier or () if one.code in wellness]
    for line, when in of_list(encounter, day, "Medicare wellness visit"):
        again = [one for one in earlier if one.code == line.code and line.code in _ONCE]
        last = max((one.day for one in earlier if one.day < when), default=None)
        if again:
            message = f"{line.code} is paid once in a life; it was billed on {again[0].day}."
            remedy = f"Use {_LATER_WELLNESS} if it is due."
            yield on_line("visit.wellness-interval", line, message, remedy)
        elif last and _months(last, when) <= _FULL_MONTHS:
            message = f"The last wellness visit was on {last}; 11 full months have not passed."
            remedy = f"It is due from {last.year + 1}-{last.month:02}-01 on."
            yield on_line("visit.wellness-interval", line, message, remedy)


def _months(last: date, when: date) -> int:
    """Return how many times a new month began between the two days."""
    return (when.year - last.year) * 12 + when.month - last.month


EDITS = (
    *(new_patient, established_patient, age_of_check_up),
    *(check_up_for_medicare, wellness_again),
)
