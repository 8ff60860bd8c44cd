"""SNIP 3 on a remittance (835): four equations, all in Decimal.

A positive adjustment lowers the payment, a negative one raises it; so it is with CAS as with PLB.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from codinglab.x12.balance import adjusted
from codinglab.x12.loops import Loop, WireSegment
from codinglab.x12.rules import REMITTANCE, Hit, Rules
from codinglab.x12.values import money

_FIRST_AMOUNT, _STEP, _LAST_AMOUNT = 4, 2, 14
_REVERSAL = "22"
_PATIENT = "PR"
_TRANSFERS = {"ACH", "BOP", "FWT"}
_ACCOUNTS = ((6, 7), (8, 9), (12, 13), (14, 15))
"""Bank and account of payer and payee, each with its kind; half a pair breaks a condition."""
_STATED, _SERVED = {"232", "233"}, {"150", "151", "472"}


@dataclass(frozen=True, slots=True)
class PaymentView:
    """One claim of a remittance: its CLP, its own adjustments, and its lines (loops 2110)."""

    loop: Loop
    head: WireSegment
    adjustments: Decimal
    lines: Sequence[Loop]

    @classmethod
    def of(cls, loop: Loop) -> PaymentView:
        """Return the view of a loop 2100."""
        return cls(loop, loop.segments[0], adjusted(loop.all("CAS")), loop.loops)


@dataclass(frozen=True, slots=True)
class RemittanceView:
    """A whole remittance: its BPR, what all claims were paid, and its PLB segments."""

    head: WireSegment
    paid: Decimal
    provider: Sequence[WireSegment]


payment: Rules[PaymentView] = Rules(("835",), REMITTANCE)
remittance: Rules[RemittanceView] = Rules(("835",), REMITTANCE)


@payment(
    "x12.paid_line",
    3,
    "Correct the charge, the payment or an adjustment of the line.",
)
def paid_line(view: PaymentView) -> Iterator[Hit]:
    """A line is paid its charge less its adjustments (SVC02 less CAS is SVC03)."""
    for loop in view.lines:
        head = loop.segments[0]
        told = money(head.get(2)) - adjusted(loop.all("CAS"))
        if told != money(head.get(3)):
            message = f"SVC03 is {head.get(3) or '0'}, but charge less adjustments is {told}."
            yield Hit("2110", head, "SVC03", message)


@payment(
    "x12.paid_claim",
    3,
    "Correct the charge, the payment or an adjustment of the claim or of its lines.",
)
def paid_claim(view: PaymentView) -> Iterator[Hit]:
    """A claim is paid its charge less all adjustments, its own and its lines'."""
    told = money(view.head.get(3)) - view.adjustments
    told -= sum((adjusted(loop.all("CAS")) for loop in view.lines), Decimal(0))
    if told != money(view.head.get(4)):
        message = f"CLP04 is {view.head.get(4)}, but charge less adjustments is {told}."
        yield Hit("2100", view.head, "CLP04", message)


@payment(
    "x12.charged_claim",
    3,
    "Correct the claim's charge, or add the line that is missing.",
)
def charged_claim(view: PaymentView) -> Iterator[Hit]:
    """Where lines are told, the claim's charge is the sum of theirs."""
    if not view.lines:
        return
    told = sum((money(loop.segments[0].get(2)) for loop in view.lines), Decimal(0))
    if told != money(view.head.get(3)):
        message = f"CLP03 is {view.head.get(3)}, but the lines' charges add up to {told}."
        yield Hit("2100", view.head, "CLP03", message)


@payment(
    "x12.patient_share",
    3,
    "Correct CLP05, or the adjustments of group PR on the claim and its lines.",
)
def patient_share(view: PaymentView) -> Iterator[Hit]:
    """What the patient owes (CLP05) is the sum of the adjustments of group PR.

    A reversal (CLP02 22) negates those and tells no share (X12 RFI 2548).
    """
    if view.head.get(2) == _REVERSAL and not money(view.head.get(5)):
        return
    told = Decimal(0)
    for loop in (view.loop, *view.lines):
        told += adjusted([one for one in loop.all("CAS") if one.get(1) == _PATIENT])
    if told != money(view.head.get(5)):
        message = f"CLP05 is {view.head.get(5) or '0'}, but the adjustments of PR add up to {told}."
        yield Hit("2100", view.head, "CLP05", message)


@payment(
    "x12.paid_date",
    4,
    "Add DTM 472 to the line, or DTM 232 (and 233) to the claim.",
    error="I9",
)
def paid_date(view: PaymentView) -> Iterator[Hit]:
    """A line has its date of service (DTM 472, or 150 and 151), or its claim has one (DTM 232)."""
    if any(one.get(1) in _STATED for one in view.loop.all("DTM")):
        return
    for loop in view.lines:
        if not any(one.get(1) in _SERVED for one in loop.all("DTM")):
            message = "neither the line nor its claim says on which day the service was."
            yield Hit("2110", loop.segments[0], "", message)


@remittance(
    "x12.paid_total",
    3,
    "Correct the amount in BPR02, a claim's payment, or an adjustment of the provider (PLB).",
)
def paid_total(view: RemittanceView) -> Iterator[Hit]:
    """The payment is what all claims were paid, less the adjustments of the provider (PLB)."""
    taken = Decimal(0)
    for one in view.provider:
        for at in range(_FIRST_AMOUNT, min(_LAST_AMOUNT, len(one.elements) - 1) + 1, _STEP):
            taken += money(one.elements[at])
    told = view.paid - taken
    if told != money(view.head.get(2)):
        message = (
            f"BPR02 is {view.head.get(2)}, but the claims were paid {view.paid} and PLB takes "
            f"{taken}: that makes {told}."
        )
        yield Hit("ST", view.head, "BPR02", message)


@remittance(
    "x12.paid_negative",
    3,
    "Carry what the provider owes forward: PLB FB, negative here and positive in the next one.",
)
def paid_negative(view: RemittanceView) -> Iterator[Hit]:
    """No payment is below zero; what the provider owes is carried forward (PLB FB)."""
    if money(view.head.get(2)) < 0:
        yield Hit("ST", view.head, "BPR02", f"BPR02 is {view.head.get(2)}, below zero.")


@remittance(
    "x12.payment_account",
    4,
    "Add bank (BPR06, BPR07; BPR12, BPR13) and account (BPR09; BPR15) of payer and payee.",
    error="I9",
)
def payment_account(view: RemittanceView) -> Iterator[Hit]:
    """A transfer (BPR04 ACH, BOP, FWT) names bank and account of who pays and who is paid."""
    absent = [pair[1] for pair in _ACCOUNTS if not any(map(view.head.get, pair))]
    if view.head.get(4) in _TRANSFERS and absent:
        told = ", ".join(f"BPR{at:02}" for at in absent)
        message = f"BPR04 is {view.head.get(4)}, but {told} {'is' if len(absent) < 2 else 'are'} "  # noqa: PLR2004  plural
        yield Hit("ST", view.head, f"BPR{absent[0]:02}", f"{message}missing.")


@remittance(
    "x12.paid_nothing",
    4,
    "Write NON in BPR04 only where BPR02 is 0.",
    error="7",
)
def paid_nothing(view: RemittanceView) -> Iterator[Hit]:
    """A remittance without a payment (BPR04 NON) pays nothing."""
    if view.head.get(4) == "NON" and money(view.head.get(2)) != 0:
        message = f"BPR04 is NON (no payment), but BPR02 is {view.head.get(2)}."
        yield Hit("ST", view.head, "BPR04", message)
