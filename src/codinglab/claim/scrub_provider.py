"""Providers: their numbers, specialty and addresses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_facts import first_day, in_table, missing, providers
from codinglab.claim.scrub_lists import has_shape
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


@claim_edit(
    "provider.tax-id",
    "provider",
    "provider enrolment",
    4,
    source="CMS-1500 item 25; UB-04 FL 5; 26 CFR 301.6109-1",
    at="2010AA REF EI or SY",
    answer="A7 128 85",
)
def tax_id(sent: Sent, day: date) -> Iterator[Said]:
    """The billing provider has a tax number of nine digits, without a hyphen.

    An employer's number (EI), or the social security number (SY) of a person in solo practice.
    The payer reports to the tax office under it, and pays nobody without.
    """
    if not has_shape("tax id", sent.claim.billing.tax_id, day):
        yield Said(
            BILLING,
            f"{sent.claim.billing.tax_id!r} is no tax number.",
            "Write nine digits, and whether it is an employer's (EI) or a person's (SY).",
        )


@claim_edit(
    "provider.address",
    "provider",
    "provider enrolment",
    4,
    source="837 2010AA N301: a street address",
    at="2010AA N3",
    answer="A7 126 85",
)
def address(sent: Sent, day: date) -> Iterator[Said]:
    """The billing provider's address is a street, never a post box.

    Since version 5010 a post box or lockbox stands in the pay-to address only.
    """
    found = sent.claim.billing.address
    if found is None:
        yield missing(BILLING, "The address", "Write the street where the practice is.")
    elif has_shape("post box", found.line_1, day) or has_shape("post box", found.line_2, day):
        yield Said(
            BILLING,
            f"{found.line_1!r} is a post box.",
            "Write the street, and the post box as pay-to address.",
        )


@claim_edit(
    "provider.zip",
    "provider",
    "provider enrolment",
    4,
    source="837 2010AA and 2310C N403: nine digits",
    at="2010AA N403; 2310C N403",
    answer="A7 500 85",
    wire=("x12.nine_digits",),
)
def nine_digits(sent: Sent, day: date) -> Iterator[Said]:
    """Billing provider and service facility have the nine digits of ZIP+4.

    Fee schedules follow the place, and some localities split a five-digit area.
    """
    for place, role, one in providers(sent.claim):
        found = one.address if role in {"billing", "facility"} else None
        short = found and has_shape("ZIP", found.zip_code, day)
        if found and short and not has_shape("ZIP+4", found.zip_code, day):
            yield Said(place, f"{found.zip_code} has five digits.", "Write all nine of ZIP+4.")


EDITS = (npi, npi_missing, taxonomy, taxonomy_wanted, tax_id, address, nine_digits)
