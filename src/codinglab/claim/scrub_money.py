"""Money: charges, what earlier payers decided, and how long the payer still takes the claim."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from codinglab.claim.adjudicated import Adjustment, PriorPayment
from codinglab.claim.balance import unbalanced
from codinglab.claim.scrub_facts import CLAIM, COVERAGE, first_day, in_table, lines, missing
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.claim.scrub_terms import last_day_to_file, terms_of
from codinglab.codes.billing import CARC, RARC
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
    "cob.missing",
    "money",
    "biller",
    4,
    source="837 2320 and 2430; Medicare Secondary Payer Manual ch. 3",
    at="2320 AMT D, 2330B DTP 573",
    answer="A6 286",
    wire=("x12.primary_missing",),
)
def cob_missing(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """A claim to the second payer tells what the first one decided.

    Paid, adjusted and why, from its remittance. A claim without it goes back as a claim to the
    wrong payer.
    """
    claim = sent.claim
    told = {one.coverage for one in claim.prior}
    for at in range(claim.to):
        if at not in told:
            payer = claim.coverages[at].payer.name
            yield missing(
                COVERAGE.format(at + 1),
                f"What {payer} decided",
                "Wait for its remittance, and enter what it paid and adjusted.",
            )
    for at in sorted(told):
        if not 0 <= at < claim.to:
            yield Said(
                COVERAGE.format(at + 1),
                "It decided already, but the claim is sent to it or to one before it.",
                "Send the claim to the next payer in order.",
            )


@claim_edit(
    "cob.balance",
    "money",
    "biller",
    3,
    source="837 2320 AMT D, CAS and 2430 SVD, CAS; the equations of the remittance",
    at="2320, 2430",
    answer="A8 400",
    wire=("x12.cob_line", "x12.cob_claim"),
)
def cob_balance(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """What the first payer paid and adjusted is together the charge, line by line.

    Charge = paid + adjustments. A positive adjustment lowers the payment. One that was left out
    (sequestration, most often) leaves the second payer with a claim that does not add up.
    """
    for one in unbalanced(sent.claim):
        place = one.place.partition(",")[0] if one.place.startswith("line") else CLAIM
        yield Said(place, one.message, one.remedy)


def _reasons(paid: PriorPayment) -> Iterator[tuple[str, Adjustment]]:
    yield from ((COVERAGE.format(paid.coverage + 1), one) for one in paid.adjustments)
    for line in paid.lines:
        yield from ((f"line {line.line}", one) for one in line.adjustments)


@claim_edit(
    "cob.reason",
    "money",
    "biller",
    5,
    source="X12 external code source 139 (CARC) and 411 (RARC), numbers only",
    at="2320 CAS, MIA, MOA; 2430 CAS",
    answer="A7 521",
    wire=("code.carc", "code.rarc"),
)
def cob_reason(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """Each adjustment has a reason code (CARC) of the list in force when it was made.

    The lab holds a starter set; another of the right shape is a warning. Copy it from the
    remittance, never from memory.
    """
    for paid in sent.claim.prior:
        for place, one in _reasons(paid):
            if found := in_table(CARC, one.carc, paid.adjudicated):
                yield Said(place, found[0], "Copy it from the remittance.", found[1])
        for remark in paid.remarks:
            if found := in_table(RARC, remark, paid.adjudicated):
                place = COVERAGE.format(paid.coverage + 1)
                yield Said(place, found[0], "Copy it from the remittance.", found[1])


@claim_edit(
    "cob.date",
    "money",
    "biller",
    4,
    source="837 2330B DTP 573, 2430 DTP 573",
    at="2330B or 2430 DTP 573",
    answer="A8 286",
)
def cob_date(sent: Sent, day: date) -> Iterator[Said]:
    """A payer decides after the service, and before its decision is passed on.

    One of the dates is typed wrong otherwise.
    """
    first = first_day(sent.claim)
    for paid in sent.claim.prior:
        if (first and paid.adjudicated < first) or paid.adjudicated > day:
            yield Said(
                COVERAGE.format(paid.coverage + 1),
                f"It decided on {paid.adjudicated}; the service was on {first}, and the claim is "
                f"sent on {day}.",
                "Take the date from the remittance.",
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


EDITS = (charge, paid_more, cob_missing, cob_balance, cob_reason, cob_date, late, signature)
