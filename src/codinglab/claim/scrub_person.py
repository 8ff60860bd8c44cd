"""Registration: the patient and the insured, as the front desk wrote them down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_facts import (
    PATIENT,
    SELF,
    addresses,
    coverages,
    first_day,
    missing,
    people,
)
from codinglab.claim.scrub_lists import has_shape, limit, on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.core.findings import Severity
from codinglab.encounter.circumstances import age_in_years

_CHILD = "19"


@claim_edit(
    "patient.name",
    "registration",
    "front desk",
    4,
    source="CMS-1500 item 2; UB-04 FL 8b",
    at="2010BA or 2010CA NM103, NM104",
    answer="A6 125 QC",
)
def name(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """The patient has a last and a first name, as on the insurance card.

    The payer finds its member by name, birth date and number together. A name that differs from
    the card is not found, and nobody at the payer looks for it.
    """
    who = sent.claim.patient.name
    if not (who.last and who.first):
        yield missing(PATIENT, "The last or first name", "Write both as the card shows them.")


@claim_edit(
    "patient.birth-date-missing",
    "registration",
    "front desk",
    4,
    source="CMS-1500 item 3; UB-04 FL 10",
    at="2010BA or 2010CA DMG02",
    answer="A6 158 QC",
    wire=("x12.subscriber_facts",),
)
def born(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """The patient's date of birth is on the claim.

    It is one of the keys by which a payer finds its member, and the age decides whether some
    codes can be right.
    """
    if sent.claim.patient.born is None:
        yield missing(PATIENT, "The date of birth", "Take it from the registration.")


@claim_edit(
    "patient.not-yet-born",
    "registration",
    "front desk",
    4,
    source="837 2010BA or 2010CA DMG02 against 2400 DTP 472",
    at="2010BA or 2010CA DMG02",
    answer="A8 158 QC",
    instead=("patient.birth-date",),
    wire=("x12.birth_after_service",),
)
def not_yet_born(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """No service is given before the patient is born.

    Either the birth date is wrong or the claim is for the mother. A mother's claim before the
    birth is her own.
    """
    first, birth = first_day(sent.claim), sent.claim.patient.born
    if first and birth and first < birth:
        yield Said(
            PATIENT,
            f"The service of {first} is before the birth on {birth}.",
            "Correct the birth date or the day of service; or is the mother the patient?",
        )


@claim_edit(
    "patient.too-old",
    "registration",
    "front desk",
    4,
    source="plausibility; the age limit is a row of code_sets/claim_lists",
    at="2010BA or 2010CA DMG02",
    answer="A7 158 QC",
    wire=("x12.too_old",),
)
def too_old(sent: Sent, day: date) -> Iterator[Said]:
    """A patient older than anybody alive has a birth date typed wrong.

    The century is what goes wrong most: 1887 for 1987.
    """
    first, birth = first_day(sent.claim), sent.claim.patient.born
    if first and birth and age_in_years(birth, first) > limit("oldest patient", day):
        years = age_in_years(birth, first)
        yield Said(PATIENT, f"Born on {birth}, {years} years old.", "Correct the birth date.")


@claim_edit(
    "patient.sex-missing",
    "registration",
    "front desk",
    4,
    source="CMS-1500 item 3; UB-04 FL 11",
    at="2010BA or 2010CA DMG03",
    answer="A6 157 QC",
    wire=("x12.subscriber_facts",),
)
def sex(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """The claim says the patient's sex: F, M, or U where it is unknown.

    Blank is not unknown: the element must be there wherever the patient is described.
    """
    if sent.claim.patient.sex is None:
        yield missing(PATIENT, "The sex", "Write F, M or U.")


@claim_edit(
    "patient.address",
    "registration",
    "front desk",
    4,
    source="CMS-1500 item 5; UB-04 FL 9",
    at="2010BA or 2010CA N3, N4",
    answer="A6 126 QC",
    wire=("x12.subscriber_facts",),
)
def address(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """The patient has an address.

    The subscriber's must be there where the patient is the subscriber, and the patient's own
    where the patient is not.
    """
    if sent.claim.patient.address is None:
        yield missing(PATIENT, "The address", "Take it from the registration.")


@claim_edit(
    "address.zip",
    "registration",
    "front desk",
    5,
    source="USPS ZIP Codes; 837 N403",
    at="N403 of every party",
    answer="A7 500 QC",
    wire=("code.zip",),
)
def zip_code(sent: Sent, day: date) -> Iterator[Said]:
    """A ZIP Code has five digits or nine, and nothing else.

    The hyphen is left out. Prices depend on the place of service, so a wrong one also pays wrong.
    """
    for place, one in addresses(sent.claim):
        if not has_shape("ZIP", one.zip_code, day):
            yield Said(place, f"{one.zip_code!r} is no ZIP Code.", "Write 5 or 9 digits.")


@claim_edit(
    "address.state",
    "registration",
    "front desk",
    5,
    source="USPS state abbreviations; 837 N402",
    at="N402 of every party",
    answer="A7 501 QC",
    wire=("x12.state",),
)
def state(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A state is one of the two-letter abbreviations of the Postal Service.

    States, the District of Columbia, territories and military posts; no others.
    """
    from codinglab.x12.codes import states

    for place, one in addresses(sent.claim):
        if one.state not in states():
            yield Said(place, f"{one.state!r} is no state.", "Write it like NY.")


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


EDITS = (
    *(name, born, not_yet_born, too_old, sex, address, zip_code, state, relationship),
    *(insured, ages, medicare, same_person),
)
