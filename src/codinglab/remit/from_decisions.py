"""A payer's decisions as a remittance, which balances because each payment is worked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from codinglab.claim.adjudicated import Adjustment, Group
from codinglab.claim.model import Claim, Line
from codinglab.claim.parties import Name, Payer, Provider
from codinglab.codes.release import folders_held
from codinglab.core.collecting import rarely_collected
from codinglab.payer.decision import Decision, LineDecision, Reason
from codinglab.remit.model import (
    Contact,
    Method,
    ProviderAdjustment,
    RemitClaim,
    RemitLine,
    Remittance,
    Transfer,
)
from codinglab.remit.recoup import REVERSED, forwarded, interest, reversal, year_end
from codinglab.remit.terms import filing as told_filing
from codinglab.remit.terms import is_inpatient

_NOTHING = Decimal(0)


def _adjustments(reasons: Iterable[Reason]) -> tuple[Adjustment, ...]:
    """Return one adjustment for each group and code, group by group as they first came."""
    sums: dict[tuple[Group, str], Decimal] = {}
    for one in reasons:
        key = one.group, one.carc
        sums[key] = sums[key] + one.amount if key in sums else _NOTHING + one.amount
    groups = list(dict.fromkeys(group for group, _ in sums))
    found = [Adjustment(*key, amount) for key, amount in sums.items() if amount]
    return tuple(sorted(found, key=lambda one: groups.index(one.group)) if groups[1:] else found)


def _remarks(own: Iterable[str], reasons: Iterable[Reason]) -> tuple[str, ...]:
    told = dict.fromkeys(own)
    for one in reasons:
        if one.remarks:
            told.update(dict.fromkeys(one.remarks))
    return tuple(told)


def _line(decided: LineDecision, billed: Line) -> RemitLine:
    code, kind, revenue = decided.code, "HC", billed.revenue_code
    if not code:
        code, kind, revenue = revenue, "NU", ""
    adjustments = _adjustments(decided.reasons)
    return RemitLine(
        code=code,
        charge=decided.charge,
        paid=decided.charge - sum((one.amount for one in adjustments), Decimal(0)),
        units=decided.units,
        day=billed.first,
        last_day=None if billed.last in {None, billed.first} else billed.last,
        modifiers=decided.modifiers,
        revenue_code=revenue,
        billed_units=None if decided.units == billed.units else billed.units,
        adjustments=adjustments,
        remarks=_remarks((), decided.reasons),
        control_number=billed.control_number,
        allowed=decided.allowed,
        code_kind=kind,
    )


def _passed_to(claim: Claim, name: str) -> Payer | None:
    if not name:
        return None
    known = (one.payer for one in claim.coverages if name in {one.payer.payer_id, one.payer.name})
    return next(known, Payer(name, name))


def _insured(claim: Claim) -> Name | None:
    insured = claim.coverage.insured
    same = insured is None or claim.coverage.relationship == "18"
    return None if same or insured is None else insured.name


def _share(adjustments: Iterable[Adjustment]) -> Decimal:
    return sum((one.amount for one in adjustments if one.group == "PR"), Decimal(0))


def remit_claim(decision: Decision, decided: date, filing: str = "") -> RemitClaim:
    """Return the claim of a remittance that tells `decision`.

    `filing` is CLP06; where it is left out, the claim's own filing indicator is told as
    code_sets/remit_terms says on the day `decided`. A decision of status 22 whose amounts are
    those of the payment that it undoes is negated. Raises NotInTable for an unknown indicator.
    """
    claim, bill = decision.claim, decision.claim.bill
    lines = tuple(_line(one, claim.lines[one.line - 1]) for one in decision.lines)
    adjustments = _adjustments(decision.reasons)
    rendering = claim.provider("rendering")
    kind = claim.place_of_service if bill is None else bill.bill_type[1:]
    insured = _insured(claim)
    remarks = _remarks(decision.remarks, decision.reasons)
    charge = sum((one.charge for one in lines), Decimal(0))
    undone = decision.status == REVERSED
    found = RemitClaim(
        account=claim.account,
        status=decision.status,
        charge=charge,
        paid=sum((one.paid for one in lines), Decimal(0))
        - sum((one.amount for one in adjustments), Decimal(0)),
        patient_share=_share(adjustments)
        + sum((_share(one.adjustments) for one in lines), Decimal(0)),
        number=decision.number,
        filing=filing or told_filing(claim.coverage.filing, decided),
        patient=claim.patient.name,
        member_id=claim.coverage.member_id,
        lines=lines,
        adjustments=adjustments,
        remarks=remarks,
        first=bill.statement_from if bill else None,
        last=bill.statement_to if bill else None,
        received=decision.received,
        bill_type=kind,
        frequency=claim.frequency,
        drg=decision.drg,
        rendering_npi=rendering.npi if rendering else "",
        rendering=rendering.name if rendering and rendering.npi else None,
        passed_to=_passed_to(claim, decision.passed_to),
        interest=decision.interest,
        inpatient=bool(remarks and bill and is_inpatient(bill.bill_type, decided)),
        insured=insured,
        insured_id=claim.coverage.member_id if insured else "",
    )
    return _undone(found) if undone else found


def _undone(claim: RemitClaim) -> RemitClaim:
    """Return a reversal with its amounts negated, where the decision did not negate them."""
    if claim.charge > 0:
        return reversal(replace(claim, status="1"))
    lines = tuple(replace(one, allowed=None) for one in claim.lines)
    return replace(claim, patient_share=Decimal(0), passed_to=None, lines=lines)


def settled(  # noqa: PLR0913  what a payment says of itself
    claims: Sequence[RemitClaim],
    payer: Payer,
    payee: Provider,
    trace: str,
    *,
    origin: str,
    paid_on: date,
    method: Method,
    made: date | None = None,
    adjustments: Iterable[ProviderAdjustment] = (),
    transfer: Transfer | None = None,
    contacts: tuple[Contact, ...] = (),
    fiscal_end: date | None = None,
    control: str = "0001",
) -> Remittance:
    """Return one payment for `claims`, interest and the provider's `adjustments` set off.

    `trace` is the number of the check or deposit, `origin` is 1 and the payer's tax number,
    `method` how money goes where there is any: a total of 0 is no payment (NON). A total below
    zero is carried forward (FB), so that no payment is ever negative. `made` is the day of the
    file, that of the payment where it is left out; `fiscal_end` is the last day of the payee's
    fiscal year, December 31 where it is left out, as the guide wants.

    Source: ASC X12N 005010X221A1, section 1.10.2.
    """
    taken = [*adjustments, *interest(claims)]
    total = sum((one.paid for one in claims), Decimal(0))
    total -= sum((one.amount for one in taken), Decimal(0))
    if total < 0:
        taken.append(forwarded(total, trace))
        total = Decimal(0)
    return Remittance(
        payer=payer,
        payee=payee,
        trace=trace,
        origin=origin,
        method=method if total else "NON",
        paid_on=paid_on,
        made=made or paid_on,
        total=total,
        claims=tuple(claims),
        provider_adjustments=tuple(taken),
        control=control,
        handling="I" if total else "H",
        transfer=transfer if total else None,
        contacts=contacts or (Contact("BL"),),
        fiscal_end=(fiscal_end or year_end(paid_on)) if taken else None,
    )


def remittance(  # noqa: PLR0913  what a payment says of itself
    decisions: Iterable[Decision],
    payer: Payer,
    payee: Provider,
    trace: str,
    *,
    origin: str,
    paid_on: date,
    method: Method,
    made: date | None = None,
    adjustments: Iterable[ProviderAdjustment] = (),
    transfer: Transfer | None = None,
    contacts: tuple[Contact, ...] = (),
    fiscal_end: date | None = None,
    control: str = "0001",
    filing: str = "",
) -> Remittance:
    """Return one payment of `payer` to `payee` for `decisions`, in their order.

    `filing` is CLP06 of every claim where the payer has one kind of plan alone; else each claim's
    own indicator is told. The rest is as `settled` says. Raises NotInTable and NotInForce as
    `remit_claim` does.
    """
    with rarely_collected(), folders_held():
        claims = [remit_claim(one, paid_on, filing) for one in decisions]
    return settled(
        claims,
        payer,
        payee,
        trace,
        origin=origin,
        paid_on=paid_on,
        method=method,
        made=made,
        adjustments=adjustments,
        transfer=transfer,
        contacts=contacts,
        fiscal_end=fiscal_end,
        control=control,
    )
