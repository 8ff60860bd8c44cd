"""A remittance as text: money in columns, reasons in words below each line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from codinglab.remit.eob import Eob, EobClaim, EobReason, EobRow, dollars, full_name

HEADS = ("charge", "allowed", "contract", "refused", "other", "patient", "paid")
"""The columns of money, as `EobRow` has them."""

_WHAT, _MONEY = 30, 11


def money(row: EobRow) -> tuple[Decimal | None, ...]:
    """Return the amounts of a row in the order of HEADS."""
    taken = (row.contract, row.refused, row.other, row.patient)
    return (row.charge, row.allowed, *taken, row.paid)


def _columns(what: str, cells: tuple[str, ...]) -> str:
    return f"{what:<{_WHAT}}" + "".join(f"{one:>{_MONEY}}" for one in cells)


def _row(what: str, row: EobRow) -> str:
    cells = tuple("-" if one is None else f"{one:,.2f}" for one in money(row))
    return _columns(f"  {what}"[:_WHAT], cells)


def reason_says(one: EobReason) -> str:
    """Return a reason in one line: "CO 45 57.62: charge above the fee schedule (...)"."""
    return f"{one.group} {one.carc}  {one.amount:,.2f}  {one.what} ({one.falls_on})"


def _below(row: EobRow) -> Iterator[str]:
    yield from (f"      {reason_says(one)}" for one in row.reasons)
    yield from (f"      {code}  {what}" for code, what in row.remarks)


def _claim(claim: EobClaim) -> Iterator[str]:
    number = f", payer's number {claim.number}" if claim.number else ""
    yield f"Claim {claim.account}{number}: {claim.patient} {claim.member_id}".rstrip()
    yield f"  {claim.status}"
    yield _columns("  service", HEADS)
    for row in claim.rows:
        day = row.day.isoformat() if row.day else ""
        units = f" x{row.units.normalize():f}" if row.units not in {None, Decimal(1)} else ""
        yield _row(f"{day} {row.code}{units}".strip(), row)
        yield from _below(row)
    yield _row("whole claim", claim.whole)
    yield from _below(claim.whole)
    yield f"  {claim.owes}"
    yield from (f"  {one}" for one in claim.notes)


def _set_off(eob: Eob) -> Iterator[str]:
    yield "Set off against the payment, or paid beside the claims"
    for one in eob.set_off:
        yield f"  {one.reason}  {dollars(one.effect)}  {one.what}, reference {one.reference or '-'}"


def as_text(eob: Eob) -> str:
    """Return the remittance as text, claim by claim, then what was set off and what is wrong."""
    told = eob.remittance
    said = [f"{told.payer.name} to {full_name(told.payee.name)}", eob.paid]
    said += [eob.words] if eob.words else []
    for claim in eob.claims:
        said += ["", *_claim(claim)]
    if eob.set_off:
        said += ["", *_set_off(eob)]
    said += ["", *(f"{one.severity.value:7}  {one.id}  {one}" for one in eob.findings)]
    if not eob.findings:
        said.append("Every line, every claim and the payment balance.")
    return "\n".join(said)
