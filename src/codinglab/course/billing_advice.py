"""A remittance in plain words, as chart text: a table a claim, and what each code says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from codinglab.claim.adjudicated import Adjustment
from codinglab.codes.billing import CARC, RARC
from codinglab.course.billing_made import Payment
from codinglab.remit.model import RemitClaim, RemitLine, Remittance
from codinglab.remit.terms import PROVIDER_ADJUSTMENTS, STATUSES

_WAYS = {
    "ACH": "electronic deposit",
    "CHK": "check",
    "NON": "no payment",
    "FWT": "wire",
    "BOP": "as the bank chooses",
}
_GROUPS = {
    "CO": "contractual: the practice may not bill it to the patient",
    "PR": "the patient's responsibility",
    "OA": "other adjustment: nobody's fault, often what another payer decided",
    "PI": "the payer's own reduction; there is no contract about it",
    "CR": "correction of an earlier decision",
}
_HEAD = (
    "| Line | Service | Charge | Allowed | Paid | Adjustments |",
    "|---|---|---|---|---|---|",
)


def advice(payment: Payment) -> str:
    """Return the payment as a record shows it.

    The row of each line is an evidence span: `eob-ov1001-1` of payment eob, account OV1001, line 1.
    """
    told, name = payment.remittance, payment.row.name.replace("_", "-")
    parts = ["\n".join(_top(told, name))]
    parts += ["\n".join(_claim(one, name, told.made)) for one in told.claims]
    if told.provider_adjustments:
        parts.append("\n".join(_beside(told, name)))
    parts.append("\n".join(_legend(told)))
    return "\n\n".join(parts)


def _top(told: Remittance, name: str) -> Iterator[str]:
    yield f"- Payer: {told.payer.name} ({told.payer.payer_id})"
    yield f"- Paid to: {told.payee.name.last}"
    yield f"- Number of the payment: {told.trace}"
    yield f"- Paid on: {told.paid_on}, {_WAYS[told.method]}"
    yield f"- Total: [[{name}-total|{told.total:.2f}]]"


def _claim(one: RemitClaim, name: str, day: date) -> Iterator[str]:
    patient = f"{one.patient.last}, {one.patient.first}"
    yield f"## Claim {one.account}, {patient}"
    yield ""
    yield f"Status: {STATUSES.find(one.status, day).label}. The payer's number: {one.number}."
    if one.passed_to:
        yield f"Passed on to {one.passed_to.name} ({one.passed_to.payer_id})."
    yield ""
    yield from _HEAD
    for at, line in enumerate(one.lines, 1):
        yield f"| [[{name}-{one.account.lower()}-{at}|{_line(at, line)}]] |"
    if one.adjustments or one.remarks:
        yield ""
        yield f"Of the claim as a whole: {_said(one.adjustments, one.remarks)}."
    yield ""
    yield f"Paid for the claim: {one.paid:.2f}. The patient owes: {one.patient_share:.2f}."


def _line(at: int, line: RemitLine) -> str:
    cells = (
        str(at),
        " ".join(filter(None, [line.revenue_code, line.code, *line.modifiers])),
        f"{line.charge:.2f}",
        "" if line.allowed is None else f"{line.allowed:.2f}",
        f"{line.paid:.2f}",
        _said(line.adjustments, line.remarks),
    )
    return " | ".join(cells)


def _said(adjustments: Iterable[Adjustment], remarks: Iterable[str]) -> str:
    said = [f"{one.group}-{one.carc} {one.amount:.2f}" for one in adjustments]
    return ", ".join([*said, *remarks])


def _beside(told: Remittance, name: str) -> Iterator[str]:
    yield "## Set off against the payment"
    yield ""
    for at, one in enumerate(told.provider_adjustments, 1):
        label = PROVIDER_ADJUSTMENTS.find(one.reason, told.made).label
        way = "takes" if one.amount > 0 else "adds"
        yield (
            f"- [[{name}-plb-{at}|{one.reason} ({label}), {one.reference}: {way} "
            f"{abs(one.amount):.2f}]]"
        )


def _legend(told: Remittance) -> Iterator[str]:
    lines = [line for one in told.claims for line in one.lines]
    everything: list[RemitClaim | RemitLine] = [*told.claims, *lines]
    adjusted = [each for one in everything for each in one.adjustments]
    remarks = [each for one in everything for each in one.remarks]
    if not adjusted and not remarks:
        return
    yield "## What the codes say"
    yield ""
    for group in dict.fromkeys(one.group for one in adjusted):
        yield f"- {group}: {_GROUPS[group]}."
    for carc in dict.fromkeys(one.carc for one in adjusted):
        yield f"- {carc}: {CARC.find(carc, told.made).label}."
    for remark in dict.fromkeys(remarks):
        row = RARC.find(remark, told.made)
        yield f"- {remark}: {row.kind}: {row.label}."
