"""Money: charges, what the patient paid, and how long the payer still takes the claim."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from codinglab.claim.scrub_facts import CLAIM, lines
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.claim.scrub_terms import last_day_to_file, terms_of
from codinglab.core.findings import Severity

_CENTS = 2  # decimals of a dollar
_SOON = timedelta(days=14)


def _is_money(amount: Decimal) -> bool:
    """Say whether `amount` has no parts of a cent."""
    exponent = amount.normalize().as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -_CENTS


@claim_edit(
    "charge.none",
    "money",
    "biller",
    4,
    source="CMS-1500 item 24F; UB-04 FL 47; 837 2400 SV102, SV203",
    at="2400 SV102 or SV203",
    answer="A6 402",
)
def charge(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A line has a charge, in dollars and whole cents.

    A negative one is never right. Zero is allowed by the standard (a code reported for quality
    has no price) and refused by many payers, so it is a warning.
    """
    for place, line in lines(sent.claim):
        if line.charge < 0 or not _is_money(line.charge):
            yield Said(place, f"A charge of {line.charge}.", "Write dollars and cents.")
        elif not line.charge:
            yield Said(
                place, "A charge of 0.", "Write the fee, or take the line out.", Severity.WARNING
            )


@claim_edit(
    "charge.paid-more",
    "money",
    "front desk",
    3,
    source="CMS-1500 items 28 and 29; 837 2300 AMT F5",
    at="2300 AMT F5",
    answer="A8 178",
)
def paid_more(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """The patient has not paid more than was charged, nor less than nothing.

    What was paid for other visits belongs to their claims.
    """
    claim = sent.claim
    if claim.patient_paid is not None and not 0 <= claim.patient_paid <= claim.total:
        yield Said(
            CLAIM,
            f"The patient paid {claim.patient_paid} of {claim.total}.",
            "Write what was paid for these services alone.",
        )


@claim_edit(
    "filing.late",
    "money",
    "biller",
    7,
    source="42 CFR 424.44 for Medicare; the payer's companion file for others",
    at="2400 DTP 472 against the day of receipt",
)
def late(sent: Sent, day: date) -> Iterator[Said]:
    """A claim arrives before the payer's filing limit is over.

    Medicare takes claims for a calendar year after the service, others for 90 or 180 days. A late
    claim is let in and then denied (CARC 29), and nobody owes the money. A claim that was rejected
    never arrived: the clock runs on from the service.
    """
    until, terms = last_day_to_file(sent.claim), terms_of(sent.claim)
    if until is None or terms is None:
        return
    limit = f"{terms.name} takes claims for {terms.timely_filing} after the service"
    if day > until:
        yield Said(
            CLAIM,
            f"{limit}, until {until}; it is {day}.",
            "Look for proof that it was received in time, or for a reason that extends the limit.",
        )
    elif until - day <= _SOON:
        yield Said(
            CLAIM,
            f"{limit}: {(until - day).days} days are left, until {until}.",
            "Send it first.",
            Severity.WARNING,
        )


@claim_edit(
    "claim.signature",
    "registration",
    "front desk",
    4,
    source="CMS-1500 items 12 and 31; 42 CFR 424.32 and 424.36",
    at="2300 CLM06, CLM09",
)
def signature(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """The practice has the provider's signature on file.

    Without it the claim is not certified, and Medicare returns it.
    """
    if not sent.claim.signature_on_file:
        yield Said(CLAIM, "No signature is on file.", "Have it signed.", Severity.WARNING)


EDITS = (charge, paid_more, late, signature)
