"""What is wrong with a remittance or one of its claims before it can be posted, by name.

The equations are those of ASC X12N 005010X221A1, section 1.10.2.1: a charge less its adjustments
is what was paid, by line and by claim; the claims less the provider adjustments are the payment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from codinglab.accounts.post_rules import Rules, UnknownReason
from codinglab.accounts.post_state import PREDETERMINED, REVERSAL
from codinglab.claim.adjudicated import Adjustment
from codinglab.remit.model import RemitClaim, Remittance

REASONS: Mapping[str, str] = {
    "already posted": "the books have taken this remittance before; nothing is posted twice",
    "trace used before": "another remittance of this payer had the same trace number",
    "no trace": "without a trace number the payment cannot be told from another",
    "payment does not balance": "the claims less the provider adjustments are not the payment",
    "no way of payment": "the remittance says that nothing is paid, and how much",
    "wrong payee": "the money was paid to somebody else",
    "payment below zero": "no payment can be negative; it is carried forward",
    "no code list": "no table of reason codes is in force on the day of the remittance",
    "price told ahead": "a predetermination pays and decides nothing: no service was given yet",
    "unknown claim": "no account has this number",
    "payer not on the account": "the account names no such payer",
    "line does not balance": "charge less adjustments is not what was paid for the line",
    "claim does not balance": "charge less adjustments is not what was paid for the claim",
    "unknown reason code": "the reason is in no table, so nobody knows what becomes of the amount",
    "negative payment": "only a reversal takes money back",
    "fraction of a cent": "an amount is no whole number of cents",
    "unknown line": "the payer decided a line that the account does not have",
    "charge differs": "the payer decided another charge than was billed",
    "decided before": "the payer decided this claim before and has not reversed that",
    "nothing to reverse": "no posting stands that this reversal could undo",
    "reversal differs": "the reversal is not the negation of what was posted",
    "more than is open": "payment and adjustments exceed what this payer owes",
}
"""Why a remittance or a claim is held back, and what that means."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something is held back: a name of `REASONS`, and a sentence with the amounts."""

    reason: str
    text: str


def _sum(adjustments: tuple[Adjustment, ...]) -> Decimal:
    return sum((one.amount for one in adjustments), Decimal(0))


def _amounts(claim: RemitClaim) -> Iterator[Decimal]:
    yield from (claim.charge, claim.paid)
    yield from (one.amount for one in claim.adjustments)
    for line in claim.lines:
        yield from (line.charge, line.paid)
        yield from (one.amount for one in line.adjustments)


def _is_whole(amount: Decimal) -> bool:
    return amount.is_finite() and amount * 100 == (amount * 100).to_integral_value()


def payment_fault(
    remittance: Remittance, rules: Rules | None, payees: Collection[str] = ()
) -> Fault | None:
    """Return why the whole remittance is held, None where its parts may be posted.

    `payees` are the practice's own numbers (NPI, tax number); where none is told, none is asked.
    """
    trace, payee = remittance.trace, remittance.payee
    if not trace.strip():
        return Fault("no trace", f"the payment of {remittance.paid_on} has no trace number")
    if rules is None:
        return Fault(
            "no code list", f"trace {trace}: no table of reasons is in force on {remittance.made}"
        )
    if payees and not {payee.npi, payee.tax_id} & set(payees):
        number = payee.npi or payee.tax_id or "no number"
        return Fault("wrong payee", f"trace {trace}: paid to {payee.name.last} ({number})")
    return _payment_amounts(remittance)


def _payment_amounts(remittance: Remittance) -> Fault | None:
    trace, total = remittance.trace, remittance.total
    paid = [one.paid for one in remittance.claims]
    taken = [one.amount for one in remittance.provider_adjustments]
    odd = [one for one in (total, *paid, *taken) if not _is_whole(one)]
    if odd:
        return Fault("fraction of a cent", f"trace {trace}: {odd[0]}")
    if remittance.method == "NON" and total > 0:
        text = f"trace {trace}: BPR04 is NON and BPR02 {total:.2f}"
        return Fault("no way of payment", text)
    if total < 0:
        return Fault("payment below zero", f"trace {trace}: the payment is {total:.2f}")
    claims, beside = sum(paid, Decimal(0)), sum(taken, Decimal(0))
    if claims - beside == total:
        return None
    return Fault(
        "payment does not balance",
        f"trace {trace}: claims {claims:.2f} less provider adjustments {beside:.2f} are "
        f"{claims - beside:.2f}, the payment says {total:.2f}",
    )


def claim_fault(claim: RemitClaim, rules: Rules) -> Fault | None:
    """Return what is wrong with the claim in itself, None where nothing is."""
    return (
        _ahead(claim)
        or _cents(claim)
        or _line_sums(claim)
        or _claim_sum(claim)
        or _codes(claim, rules)
        or (_negative(claim))
    )


def _ahead(claim: RemitClaim) -> Fault | None:
    if claim.status != PREDETERMINED:
        return None
    text = f"claim {claim.account}: status {PREDETERMINED} tells a price of {claim.charge:.2f} only"
    return Fault("price told ahead", text)


def _cents(claim: RemitClaim) -> Fault | None:
    odd = [one for one in _amounts(claim) if not _is_whole(one)]
    return Fault("fraction of a cent", f"claim {claim.account}: {odd[0]}") if odd else None


def _line_sums(claim: RemitClaim) -> Fault | None:
    for at, line in enumerate(claim.lines, 1):
        right = line.charge - _sum(line.adjustments)
        if right != line.paid:
            return Fault(
                "line does not balance",
                f"claim {claim.account}, line {at}: {line.charge:.2f} less "
                f"{_sum(line.adjustments):.2f} is {right:.2f}, paid says {line.paid:.2f}",
            )
    return None


def _claim_sum(claim: RemitClaim) -> Fault | None:
    taken = _sum(claim.adjustments) + sum((_sum(one.adjustments) for one in claim.lines), Decimal())
    if claim.charge - taken != claim.paid:
        return Fault(
            "claim does not balance",
            f"claim {claim.account}: {claim.charge:.2f} less {taken:.2f} is "
            f"{claim.charge - taken:.2f}, paid says {claim.paid:.2f}",
        )
    charges = sum((one.charge for one in claim.lines), Decimal(0))
    if claim.lines and charges != claim.charge:
        return Fault(
            "claim does not balance",
            f"claim {claim.account}: its lines charge {charges:.2f}, the claim says "
            f"{claim.charge:.2f}",
        )
    return None


def _codes(claim: RemitClaim, rules: Rules) -> Fault | None:
    every = (*claim.adjustments, *(each for one in claim.lines for each in one.adjustments))
    for one in every:
        try:
            rules.rule(one.group, one.carc)
        except UnknownReason as error:
            return Fault("unknown reason code", f"claim {claim.account}: {error}")
    return None


def _negative(claim: RemitClaim) -> Fault | None:
    if claim.status == REVERSAL:
        return None
    if claim.paid < 0:
        return Fault("negative payment", f"claim {claim.account}: {claim.paid:.2f}")
    for at, line in enumerate(claim.lines, 1):
        if line.paid < 0:
            return Fault("negative payment", f"claim {claim.account}, line {at}: {line.paid:.2f}")
    return None
