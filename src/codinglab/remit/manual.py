"""A paper EOB that somebody typed becomes a remittance, with who typed it, when and from what.

It is checked as an 835 is: what does not balance, and codes that the lab's tables lack, are
findings, and nothing is posted from an entry that has an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from codinglab.claim.parties import Name, Payer, Provider
from codinglab.codes.billing import CARC, RARC
from codinglab.codes.code_set import CodeSet, NotACode
from codinglab.codes.release import CodeRow, NotInTable
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, Severity
from codinglab.core.tables import read_yaml
from codinglab.remit.balance import place_of, unbalanced
from codinglab.remit.manual_rows import ClaimRow, LineRow, PaperRow
from codinglab.remit.model import ProviderAdjustment, RemitClaim, RemitLine, Remittance
from codinglab.remit.terms import PROVIDER_ADJUSTMENTS

_NEEDS_REMARK = "16"
"""CARC 16 tells that something is missing, and a remark must tell what (X12 code list 139)."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who typed an entry, when, from what paper, and what they noted."""

    by: str
    at: datetime
    source: str
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """A typed entry: the remittance, whom it comes from, and what is wrong with it."""

    remittance: Remittance
    provenance: Provenance
    findings: tuple[Finding, ...]


def _line(row: LineRow) -> RemitLine:
    return RemitLine(
        code=row.code,
        charge=row.charge,
        paid=row.paid,
        units=row.units,
        day=row.day,
        modifiers=row.modifiers,
        adjustments=row.adjustments,
        remarks=row.remarks,
        control_number=row.control_number,
        allowed=row.allowed,
        code_kind=row.code_kind,
    )


def _claim(row: ClaimRow) -> RemitClaim:
    return RemitClaim(
        account=row.account,
        status=row.status,
        charge=row.charge,
        paid=row.paid,
        patient_share=row.patient_share,
        number=row.number,
        filing=row.filing,
        patient=Name(row.patient.last, row.patient.first, row.patient.middle),
        member_id=row.member_id,
        lines=tuple(_line(one) for one in row.lines),
        adjustments=row.adjustments,
        remarks=row.remarks,
        interest=row.interest,
    )


def _known(codes: CodeSet[CodeRow], code: str, day: date, place: str) -> Iterator[Finding]:
    try:
        codes.find(code, day)
    except (NotACode, NotInTable, NotInForce) as error:
        remedy = "Look at the paper again; the lab's table is not the whole list."
        yield Finding("remit.code", place, f"{error}.", remedy, Severity.WARNING)


def _codes(claim: RemitClaim, day: date) -> Iterator[Finding]:
    where = place_of(claim)
    parts = [(where, claim.adjustments, claim.remarks)]
    for at, line in enumerate(claim.lines, 1):
        parts.append((f"{where}, line {at}", line.adjustments, line.remarks))
    for place, adjustments, remarks in parts:
        for carc in dict.fromkeys(one.carc for one in adjustments):
            yield from _known(CARC, carc, day, place)
            if carc == _NEEDS_REMARK and not (*remarks, *claim.remarks):
                message = "CARC 16 stands without a remark code, and so does not say what lacks."
                remedy = "Look for an M, MA or N code on the paper, or ask the payer."
                yield Finding("remit.remark", place, message, remedy, Severity.WARNING)
        for remark in remarks:
            yield from _known(RARC, remark, day, place)


def _days(remittance: Remittance) -> Iterator[Finding]:
    """Yield days that can hardly be: a service after its payment, an entry before it."""
    paid_on = remittance.paid_on
    if remittance.made < paid_on:
        message = f"It was entered on {remittance.made}, and the payment is of {paid_on}."
        yield Finding("remit.days", "payment", message, _LOOK_AT_DAYS, Severity.WARNING)
    for claim in remittance.claims:
        for at, line in enumerate(claim.lines, 1):
            if line.day and line.day > paid_on:
                place = f"{place_of(claim)}, line {at}"
                message = f"The service is of {line.day}, and the payment of {paid_on}."
                yield Finding("remit.days", place, message, _LOOK_AT_DAYS, Severity.WARNING)


_LOOK_AT_DAYS = "Look at the days on the paper again, the years first."


def _findings(remittance: Remittance) -> Iterator[Finding]:
    day = remittance.paid_on
    yield from unbalanced(remittance)
    yield from _days(remittance)
    for claim in remittance.claims:
        yield from _codes(claim, day)
    for one in remittance.provider_adjustments:
        yield from _known(PROVIDER_ADJUSTMENTS, one.reason, day, "payment")


def entered(row: PaperRow) -> Entered:
    """Return the remittance of a typed paper EOB, with its provenance and findings."""
    payment = row.check
    remittance = Remittance(
        payer=Payer(row.payer.name, row.payer.payer_id),
        payee=Provider(Name(row.payee.name), npi=row.payee.npi, tax_id=row.payee.tax_id),
        trace=payment.number,
        origin=row.payer.origin,
        method=payment.method,
        paid_on=payment.day,
        made=row.entered_at.date(),
        total=payment.amount,
        claims=tuple(_claim(one) for one in row.claims),
        provider_adjustments=tuple(
            ProviderAdjustment(one.reason, one.reference, one.amount)
            for one in row.provider_adjustments
        ),
        handling="I" if payment.amount else "H",
    )
    provenance = Provenance(row.entered_by, row.entered_at, row.source, row.notes)
    return Entered(remittance, provenance, tuple(_findings(remittance)))


def read_entry(path: Path) -> Entered:
    """Return the entry in the YAML file `path`; raises BadData naming file and field."""
    return entered(read_yaml(path, PaperRow))
