"""SNIP 4 on a claim: if one thing is there, so must be another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from codinglab.core.cite import Cite
from codinglab.x12.claim_view import ClaimView
from codinglab.x12.rules import PROFESSIONAL, Hit, Rules
from codinglab.x12.situation_people import SELF

situation: Rules[ClaimView] = Rules(("837P", "837I"), PROFESSIONAL)

_FACTS = {"N3", "N4", "DMG"}
_PROFESSIONAL, _INSTITUTIONAL = ("837P",), ("837I",)
_MANUAL = "Medicare Claims Processing Manual"


@situation(
    "x12.line_number",
    1,
    "Number the lines of each claim from 1 in steps of 1.",
    error="7",
)
def line_number(view: ClaimView) -> Iterator[Hit]:
    """The lines of a claim are numbered 1, 2, 3 and so on; the answer names them by it."""
    for at, line in enumerate(view.lines, 1):
        if line.number is not None and line.number.get(1) != str(at):
            message = f"LX01 is {line.number.get(1)!r}, but this is line {at} of the claim."
            yield Hit("2400", line.number, "LX01", message)


@situation(
    "x12.accident_date",
    4,
    "Add DTP 439 with the day of the accident, or take the cause out of CLM11.",
    kinds=_PROFESSIONAL,
    error="I9",
)
def accident_date(view: ClaimView) -> Iterator[Hit]:
    """A claim caused by an auto accident (AA) or another one (OA) states its date (DTP 439)."""
    causes = {"AA", "OA"} & set(view.head.parts(11)[:3])
    if causes and "439" not in view.dates:
        message = f"CLM11 says {' and '.join(sorted(causes))}, but the claim has no accident date."
        yield Hit("2300", view.head, "CLM11", message)


@situation(
    "x12.accident_state",
    4,
    "Write the state of the accident in CLM11-4 (or the country in CLM11-5).",
    kinds=_PROFESSIONAL,
    error="2",
)
def accident_state(view: ClaimView) -> Iterator[Hit]:
    """A claim caused by an auto accident names the state, or the country where it was abroad."""
    parts = view.head.parts(11)
    if "AA" in parts[:2] and not any(parts[3:5]):
        message = "CLM11 says AA (auto accident), but names neither state nor country."
        yield Hit("2300", view.head, "CLM11-4", message)


@situation(
    "x12.original_reference",
    4,
    "Add REF F8 with the payer's own number of the claim, from its remittance or 277CA.",
    error="I9",
)
def original_reference(view: ClaimView) -> Iterator[Hit]:
    """A claim that replaces (7) or voids (8) another names that one by the payer's number."""
    frequency = view.head.part(5, 3)
    if frequency in {"7", "8"} and "F8" not in view.references:
        what = "replacement" if frequency == "7" else "void"
        message = f"CLM05-3 is {frequency} ({what}), but REF F8 does not name the original claim."
        yield Hit("2300", view.head, "CLM05-3", message)


@situation(
    "x12.pointer",
    4,
    "Point to diagnoses that HI lists: 1 is the first, at most 12.",
    kinds=_PROFESSIONAL,
    error="7",
)
def pointer(view: ClaimView) -> Iterator[Hit]:
    """A line points only to diagnoses that the claim lists."""
    listed = -1
    for line in view.lines:
        service = line.service
        if service is None or not service.get(7):
            continue
        if listed < 0:
            listed = view.diagnoses()
        for at, said in _astray(service.get(7), view.tree.interchange.delimiters.component, listed):
            message = f"SV107-{at} points to diagnosis {said}; the claim lists {listed}."
            yield Hit("2400", service, f"SV107-{at}", message)


@lru_cache(maxsize=4096)
def _astray(text: str, mark: str, listed: int) -> tuple[tuple[int, str], ...]:
    """Return place and value of each pointer that points to none of the `listed` diagnoses."""
    return tuple(
        (at, said)
        for at, said in enumerate(text.split(mark), 1)
        if said.isdecimal() and not 0 < int(said[:4]) <= listed
    )


@situation(
    "x12.pointer_twice",
    4,
    "Name each diagnosis once, the most important first.",
    kinds=_PROFESSIONAL,
    error="7",
)
def pointer_twice(view: ClaimView) -> Iterator[Hit]:
    """A line points to a diagnosis once."""
    mark = view.tree.interchange.delimiters.component
    for line in view.lines:
        service = line.service
        if service is not None and _twice(service.get(7), mark):
            message = f"SV107 is {service.get(7)}: it points to one diagnosis twice."
            yield Hit("2400", service, "SV107", message)


@lru_cache(maxsize=4096)
def _twice(text: str, mark: str) -> bool:
    given = [one for one in text.split(mark) if one]
    return len(set(given)) < len(given)


@situation(
    "x12.subscriber_facts",
    4,
    "Add the subscriber's street, city and birth date: here the patient is the subscriber.",
    error="I9",
)
def subscriber_facts(view: ClaimView) -> Iterator[Hit]:
    """Where the patient is the subscriber, 2010BA has address, birth date and sex."""
    person = view.person
    if person is None or person.id != "2010BA":
        return
    if view.insurance is None or view.insurance.get(2) != SELF:
        return  # who the patient is, another rule asks
    given = {one.elements[0] for one in person.segments}
    if not given >= _FACTS:
        absent = sorted(_FACTS - given, reverse=True)
        message = f"the patient is the subscriber, but 2010BA has no {' and no '.join(absent)}."
        yield Hit("2010BA", person.segments[0], "", message)


_STAY = Cite(_MANUAL, "Pub. 100-04", "chapter 25, section 75 (form locators 12 and 69)")


@situation(
    "x12.admission_date",
    4,
    "Add DTP 435 with the day and hour of admission.",
    kinds=_INSTITUTIONAL,
    source=_STAY,
    error="I9",
)
def admission_date(view: ClaimView) -> Iterator[Hit]:
    """A hospital's inpatient claim (bill type 11) states the admission date."""
    if view.head.part(5, 1) == "11" and "435" not in view.dates:
        message = "the bill type is 11 (hospital inpatient), but DTP 435 (admission) is missing."
        yield Hit("2300", view.head, "CLM05-1", message)


@situation(
    "x12.admitting_diagnosis",
    4,
    "Add HI ABJ with the diagnosis at admission.",
    kinds=_INSTITUTIONAL,
    source=_STAY,
    error="I9",
)
def admitting_diagnosis(view: ClaimView) -> Iterator[Hit]:
    """A hospital's inpatient claim (bill type 11) states the admitting diagnosis."""
    if view.head.part(5, 1) != "11":
        return
    if not (view.claim.first("HI", "ABJ") or view.claim.first("HI", "BJ")):
        message = "the bill type is 11 (hospital inpatient), but HI ABJ is missing."
        yield Hit("2300", view.head, "CLM05-1", message)
