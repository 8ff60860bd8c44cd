"""Registration: the patient, as the front desk wrote it down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_facts import (
    PATIENT,
    first_day,
    missing,
)
from codinglab.claim.scrub_lists import limit
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.encounter.circumstances import age_in_years


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


EDITS = (name, born, not_yet_born, too_old, sex, address)
