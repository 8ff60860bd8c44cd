"""Providers: the tax number and the address of who bills."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.scrub_facts import missing, providers
from codinglab.claim.scrub_lists import has_shape
from codinglab.claim.scrub_rule import Said, Sent, claim_edit

BILLING = "the billing provider"


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


EDITS = (tax_id, address, nine_digits)
