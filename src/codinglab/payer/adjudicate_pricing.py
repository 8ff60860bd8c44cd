"""What the contract allows for each line, or for the stay, and what lies above it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from codinglab.payer.adjudicate_work import ZERO, Work, decided_line
from codinglab.payer.decision import Reason, Said
from codinglab.payer.price import Allowed, Bill, Priced
from codinglab.payer.price_claim import price_bill
from codinglab.payer.quirks import VISIT_WITH_25
from codinglab.pricing.price import cents

STEP = "pricing"
_VISIT, _PROCEDURE = "visit", "procedure"


def pricing(work: Work) -> Work:
    """Price what is left, and adjust each charge to what the contract allows for it.

    A price above the charge (a stay by its DRG) makes an adjustment that raises the payment.
    """
    if not work.is_open:
        return work.says(STEP, "Nothing is left to be priced.")
    bill = Bill(work.claim, work.encounter, work.services, work.terms, work.denied)
    priced = price_bill(bill)
    if priced.stay:
        return _stay(work, priced, priced.stay)
    for one in priced.lines:
        work = _line(work, one)
    notes = dict.fromkeys(note for one in priced.lines for note in one.notes)
    if notes:
        work = work.changed(said=(*work.said, *(Said(STEP, f"{note}.") for note in notes)))
    return _visits_beside(work)


def _visits_beside(work: Work) -> Work:
    """Cut a visit with modifier 25 beside a procedure, where the payer has that habit."""
    quirk, by_hospital = work.terms.quirk(VISIT_WITH_25), work.claim.bill is not None
    if quirk is None or quirk.value is None or by_hospital:
        return work
    days = {one.day for one, _ in work.open_lines() if one.kind == _PROCEDURE}
    for service, line in tuple(work.open_lines()):
        if service.kind != _VISIT or "25" not in service.modifiers or service.day not in days:
            continue
        left = cents((line.allowed or ZERO) * quirk.value)
        cut = (line.allowed or ZERO) - left
        told = work.denial("visit-beside")
        why = f"A visit beside a procedure is paid at {quirk.value} of its price."
        reason = Reason(told.group, told.carc, cut, STEP, why, quirk.source, told.remarks)
        work = work.with_line(replace(line, allowed=left)).with_reason(service.line, reason)
        work = work.says(STEP, why, service.line, quirk.source)
    return work


def _line(work: Work, one: Allowed) -> Work:
    if one.denial:
        work = work.deny(one.line, STEP, one.denial, one.said or f"{one.rule} pays nothing.")
        if one.price is None:
            return work
        return work.with_line(replace(work.lines[one.line - 1], allowed=ZERO))
    line, source = work.lines[one.line - 1], _source(one)
    reasons = line.reasons
    if one.amount != line.charge:
        reasons = (*reasons, _difference(work, one, line.charge, source))
    what = f"{one.rule} allows {one.amount:,.2f} of {line.charge:,.2f}: {_how(one)}"
    said = Said(STEP, what, one.line, source)
    work = work.with_line(decided_line(line, one.amount, reasons), said)
    if one.part is not None:
        work = work.changed(patient_part={**work.patient_part, one.line: one.part})
    if one.cap is not None:
        work = work.changed(patient_cap={**work.patient_cap, one.line: one.cap})
    return work


def _stay(work: Work, priced: Priced, one: Allowed) -> Work:
    work = work.changed(drg=priced.drg)
    if one.denial:
        return work.deny_all(STEP, one.denial, one.said)
    denied = sum((each.amount for line in work.lines for each in line.reasons), ZERO)
    reason = _difference(work, one, work.claim.total - denied, _source(one))
    reasons = (*work.reasons, reason) if reason.amount else work.reasons
    work = work.changed(stay=one.amount, reasons=reasons)
    drg = f" (MS-DRG {priced.drg})" if priced.drg else ""
    what = f"{one.rule}{drg} allows {one.amount:,.2f} for the stay: {_how(one)}"
    return work.says(STEP, what, None, _source(one))


def _difference(work: Work, one: Allowed, charge: Decimal, source: str) -> Reason:
    """Return the adjustment from the charge to what is allowed."""
    above = charge - one.amount
    told = work.terms.contractual if above > 0 else work.denial("above-charge")
    why = f"{one.rule} allows {one.amount:,.2f} of {charge:,.2f}."
    return Reason(told.group, told.carc, above, STEP, why, source, told.remarks)


def _how(one: Allowed) -> str:
    steps = one.price.steps if one.price else ()
    return "; ".join(f"{each.what} {each.how}" for each in steps)


def _source(one: Allowed) -> str:
    steps = one.price.steps if one.price else ()
    return "; ".join(dict.fromkeys(each.source for each in steps))
