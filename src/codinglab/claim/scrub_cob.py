"""Money: what earlier payers decided, as the next one is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.adjudicated import Adjustment, PriorPayment
from codinglab.claim.balance import unbalanced
from codinglab.claim.scrub_facts import CLAIM, COVERAGE, first_day, in_table, missing
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.codes.billing import CARC, RARC


def _reasons(paid: PriorPayment) -> Iterator[tuple[str, Adjustment]]:
    yield from ((COVERAGE.format(paid.coverage + 1), one) for one in paid.adjustments)
    for line in paid.lines:
        yield from ((f"line {line.line}", one) for one in line.adjustments)


@claim_edit(
    "cob.missing",
    "money",
    "biller",
    4,
    source="837 2320 and 2430; Medicare Secondary Payer Manual ch. 3",
    at="2320 AMT D, 2330B DTP 573",
    answer="A6 286",
    wire=("x12.primary_missing",),
    built=("claim.prior",),
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
    built=(
        "claim.cob-claim",
        "claim.cob-paid",
        "claim.cob-line",
        "claim.cob-lines",
    ),
)
def cob_balance(sent: Sent, day: date) -> Iterator[Said]:  # noqa: ARG001  a rule's shape
    """What the first payer paid and adjusted is together the charge, line by line.

    Charge = paid + adjustments. A positive adjustment lowers the payment. One that was left out
    (sequestration, most often) leaves the second payer with a claim that does not add up. Where a
    professional claim tells a decision as a whole and of no line, it is a warning: payers of such
    claims decide line by line, but the guide asks for lines only where the remittance has them.
    """
    for one in unbalanced(sent.claim):
        place = one.place.partition(",")[0] if one.place.startswith("line") else CLAIM
        yield Said(place, one.message, one.remedy, one.severity)


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
def cob_reason(sent: Sent, day: date) -> Iterator[Said]:
    """Each adjustment has a reason code (CARC) of the list in force when it was made.

    The lab holds a starter set; another of the right shape is a warning. Copy it from the
    remittance, never from memory.
    """
    for paid in sent.claim.prior:
        for place, one in _reasons(paid):
            if found := in_table(CARC, one.carc, paid.adjudicated or day):
                yield Said(place, found[0], "Copy it from the remittance.", found[1])
        for remark in paid.remarks:
            if found := in_table(RARC, remark, paid.adjudicated or day):
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

    One of the dates is typed wrong otherwise. A paper form has no box for it; the remittance has.
    """
    first = first_day(sent.claim)
    for paid in sent.claim.prior:
        if paid.adjudicated is None:
            place = COVERAGE.format(paid.coverage + 1)
            yield missing(place, "The day of its decision", "Take it from the remittance.")
        elif (first and paid.adjudicated < first) or paid.adjudicated > day:
            yield Said(
                COVERAGE.format(paid.coverage + 1),
                f"It decided on {paid.adjudicated}; the service was on {first}, and the claim is "
                f"sent on {day}.",
                "Take the date from the remittance.",
            )


EDITS = (cob_missing, cob_balance, cob_reason, cob_date)
