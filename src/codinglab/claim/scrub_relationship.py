"""Registration: the patient and the insured, and what they are to each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_facts import (
    SELF,
    coverages,
    people,
)
from codinglab.claim.scrub_lists import on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.core.findings import Severity

_CHILD = "19"


@claim_edit(
    "relationship.code",
    "registration",
    "front desk",
    5,
    source="837 2000B SBR02, 2000C PAT01; CMS-1500 item 6",
    at="2000B SBR02; 2000C PAT01",
    answer="A7 156 QC",
)
def relationship(sent: Sent, day: date) -> Iterator[Said]:
    """The patient's relationship to the insured is one of the nine codes.

    18 the insured, 01 spouse, 19 child, 20 employee, 21 unknown, 39 and 40 organ and cadaver
    donor, 53 life partner, G8 another.
    """
    for place, one in coverages(sent.claim):
        if not on_list("relationship", one.relationship, day):
            yield Said(
                place,
                f"{one.relationship!r} is no relationship to the insured.",
                "Use 18, 01, 19, 20, 21, 39, 40, 53 or G8.",
            )


@claim_edit(
    "relationship.insured",
    "registration",
    "front desk",
    4,
    source="837 2000B SBR02, 2000C; CMS-1500 items 4, 6, 7 and 11a",
    at="2010BA, 2000C",
    answer="A6 125 IL",
    wire=("x12.patient_missing", "x12.patient_twice"),
    built=("claim.insured",),
)
def insured(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A patient who is not the insured is described, and so is the insured.

    With relationship 18 the two are one person, and the 837 has no patient loop. With any other,
    both must be there: the insured with name and number, the patient in a loop of its own.
    """
    for place, one in coverages(sent.claim):
        if one.relationship == SELF and one.insured and one.insured.name != sent.claim.patient.name:
            yield Said(
                place,
                f"Relationship 18 says that the patient is the insured, but {one.insured.name.last}"
                " is named.",
                "Correct the relationship, or leave the insured out.",
            )
        elif one.relationship != SELF and one.insured is None:
            yield Said(
                place,
                f"Relationship {one.relationship} says that somebody else is the insured; nobody is"
                " named.",
                "Name the insured, with birth date, sex and address.",
            )


@claim_edit(
    "relationship.ages",
    "registration",
    "front desk",
    4,
    source="CMS-1500 items 3, 6 and 11a",
    at="2000C PAT01; 2010BA DMG02",
    answer="A8 156 QC",
)
def ages(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A child is younger than the insured parent.

    Where it is the other way round, patient and insured were exchanged or a date is wrong.
    """
    birth = sent.claim.patient.born
    for place, one in coverages(sent.claim):
        parent = one.insured.born if one.insured else None
        if one.relationship == _CHILD and birth and parent and birth <= parent:
            yield Said(
                place,
                f"The patient (born {birth}) is the insured's child, and not younger ({parent}).",
                "Were patient and insured exchanged? Correct the dates or the relationship.",
            )


@claim_edit(
    "relationship.medicare",
    "registration",
    "front desk",
    7,
    source="42 CFR parts 406 and 407: entitlement to Medicare is each person's own",
    at="2000B SBR02",
    answer="A7 156 QC",
)
def medicare(sent: Sent, day: date) -> Iterator[Said]:
    """Under Medicare every patient is the insured.

    Nobody is covered through a spouse or parent: each has an own number.
    """
    for place, one in coverages(sent.claim):
        if on_list("Medicare filing", one.filing, day) and one.relationship not in {SELF, ""}:
            yield Said(
                place,
                f"Medicare, with relationship {one.relationship}.",
                "Write 18, and the patient's own Medicare number.",
            )


@claim_edit(
    "insured.same-as-patient",
    "registration",
    "front desk",
    4,
    source="CMS-1500 items 2, 4 and 6",
    at="2000B SBR02; 2010BA",
)
def same_person(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Where insured and patient have the same name and birth date, the relationship is 18.

    A spouse or child of the very same name and birthday is hardly ever meant.
    """
    patient = sent.claim.patient
    for place, person in people(sent.claim):
        if person is patient or (person.name, person.born) != (patient.name, patient.born):
            continue
        at = place.removeprefix("the insured of ")
        if dict(coverages(sent.claim))[at].relationship != SELF:
            yield Said(
                at,
                "Insured and patient have one name and birth date, but the relationship is not 18.",
                "Correct the relationship or the insured.",
                Severity.WARNING,
            )


EDITS = (relationship, insured, ages, medicare, same_person)
