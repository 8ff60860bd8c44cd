"""Providers: their numbers and their specialty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_facts import first_day, in_table, missing, providers
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.claim.scrub_terms import terms_of
from codinglab.codes.billing import TAXONOMIES
from codinglab.x12.npi import is_npi

BILLING = "the billing provider"


@claim_edit(
    "provider.npi",
    "provider",
    "provider enrolment",
    5,
    source="45 CFR 162.406; CMS, NPI check digit: Luhn formula with the prefix 80840",
    at="NM109 of each provider",
    answer="A7 562 85",
    wire=("x12.npi",),
    built=("claim.npi",),
)
def npi(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """An NPI has ten digits, begins with 1 or 2, and its last digit checks the others.

    The check finds any one digit typed wrong and nearly every two exchanged. It does not say that
    the number is this provider's.
    """
    for place, _, one in providers(sent.claim):
        if one.npi and not is_npi(one.npi):
            yield Said(place, f"{one.npi!r} is no NPI: its check digit is wrong.", "Look it up.")


@claim_edit(
    "provider.npi-missing",
    "provider",
    "provider enrolment",
    4,
    source="45 CFR 162.410(a)(2); CMS-1500 items 17b, 24J, 32a, 33a; UB-04 FL 56, 76",
    at="NM109 of each provider",
    answer="A6 562 85",
    built=("claim.npi",),
)
def npi_missing(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Each provider is named with its NPI.

    Only who is no health care provider (a taxi, say) has none, and uses the payer's number. A
    facility needs one if it is a provider of its own.
    """
    for place, role, one in providers(sent.claim):
        if not one.npi and not one.other_ids and role != "facility":
            yield missing(place, "The NPI", "Look it up in the national registry.")


@claim_edit(
    "provider.taxonomy",
    "provider",
    "provider enrolment",
    5,
    source="NUCC health care provider taxonomy code set, numbers only",
    at="2000A PRV03; 2310B PRV03",
    answer="A7 145 85",
    wire=("code.taxonomy",),
)
def taxonomy(sent: Sent, day: date) -> Iterator[Said]:
    """A taxonomy code has ten characters, ends with X, and stands in the code set.

    The lab holds a starter set. A code of the right shape that is not in it is a warning: look
    it up.
    """
    when = first_day(sent.claim) or day
    for place, _, one in providers(sent.claim):
        found = in_table(TAXONOMIES, one.taxonomy, when) if one.taxonomy else None
        if found:
            message, weight = found
            yield Said(place, message, "Take it from the provider's NPI record.", weight)


@claim_edit(
    "provider.taxonomy-wanted",
    "provider",
    "provider enrolment",
    7,
    source="the payer's companion file",
    at="2000A PRV03",
    answer="A6 145 85",
    wire=("payer.taxonomy",),
)
def taxonomy_wanted(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Some payers want the billing provider's taxonomy, to tell its contracts apart.

    The standard leaves it to the payer. Where one NPI has several contracts, the claim is priced
    by it.
    """
    terms = terms_of(sent.claim)
    if terms and terms.taxonomy and not sent.claim.billing.taxonomy:
        yield missing(BILLING, f"The taxonomy, which {terms.name} wants,", "Write it.")


EDITS = (npi, npi_missing, taxonomy, taxonomy_wanted)
