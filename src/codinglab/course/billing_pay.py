"""One payment of a billing case: what the payer's contract decides, or what is written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from codinglab.claim.adjudicated import PaidLine, PriorPayment
from codinglab.claim.model import Claim
from codinglab.claim.parties import Address, Name, Payer, Provider
from codinglab.core.tables import BadData
from codinglab.course.billing_file import PaymentRow, TypedClaimRow, TypedLineRow
from codinglab.payer.adjudicate import adjudicate
from codinglab.payer.contract_file import contracts
from codinglab.payer.decision import Decision
from codinglab.payer.member_file import simulated_payers
from codinglab.payer.members import Benefit, Member, SimulatedPayer
from codinglab.payer.state import PayerState
from codinglab.remit.from_decisions import remit_claim, settled
from codinglab.remit.model import ProviderAdjustment, RemitClaim, RemitLine, Remittance
from codinglab.remit.remitting import remitting

_ZERO = Decimal(0)
_PATIENT = "PR"


@dataclass(slots=True)
class Books:
    """The case's claims, and what each payer remembers of those it decided."""

    claims: tuple[Claim, ...]
    states: dict[str, PayerState] = field(default_factory=dict)

    def of(self, account: str) -> Claim | None:
        """Return the claim of the account."""
        return next((one for one in self.claims if one.account == account), None)


def paid(row: PaymentRow, books: Books, before: Sequence[Remittance], place: str) -> Remittance:
    """Return the remittance of a payment; `before` are those that its claims tell of.

    Raises BadData naming `place` for an unknown payer and for what cannot be decided.
    """
    known = simulated_payers()
    if row.payer not in known:
        raise BadData(f"{place}: payer: no payer {row.payer}; use one of {', '.join(known)}")
    payer = known[row.payer]
    if row.typed:
        claims = [_typed(one, books, place) for one in row.typed]
    else:
        claims = list(_decided(row, payer, books, before, place))
    payee = next(iter(books.claims)).billing if books.claims else PAYEE
    how = remitting().get(row.payer)
    found = settled(
        claims,
        how.payer if how else payer.payer,
        payee,
        row.trace,
        origin=payer.trace_id,
        paid_on=row.paid_on,
        method=row.method,
        transfer=how.transfer if how and row.method == "ACH" else None,
        contacts=how.contacts if how else (),
        adjustments=[
            ProviderAdjustment(one.reason, one.reference, one.amount) for one in row.offset
        ],
    )
    return found if row.total is None else replace(found, total=row.total)


PAYEE = Provider(
    Name("Harbor Family Medicine PC"),
    npi="1234567893",
    tax_id="421234567",
    address=Address("100 Pier Street", "Millbrook", "OH", "430151234", "Suite 2"),
)
"""Who is paid in a case without claims of its own: the practice of the lab."""


def _decided(
    row: PaymentRow,
    payer: SimulatedPayer,
    books: Books,
    before: Sequence[Remittance],
    place: str,
) -> list[RemitClaim]:
    assert row.received is not None
    found = []
    members = {one.member_id: _member(one, row) for one in payer.members}
    state = books.states.get(row.payer) or PayerState.opening(members.values(), row.received.year)
    for claim in _sent(row, books, before, place):
        member = members.get(claim.coverage.member_id)
        if row.payer not in contracts():
            raise BadData(f"{place}: {row.payer} has no contract; write the payment out (typed)")
        answer, state = adjudicate(
            claim, contracts()[row.payer], member, state, row.received, decided=row.decided
        )
        if not isinstance(answer, Decision):
            raise BadData(
                f"{place}: claim {claim.account} is refused: {answer.why} A refused claim has no "
                "remittance; use acknowledged, or correct the claim."
            )
        found += [remit_claim(one, row.paid_on) for one in state.made]
    books.states[row.payer] = state
    return found


def _member(member: Member, row: PaymentRow) -> Member:
    if not row.left:
        return member
    return replace(member, left=tuple(Benefit(**one.model_dump()) for one in row.left))


def _sent(row: PaymentRow, books: Books, before: Sequence[Remittance], place: str) -> list[Claim]:
    """Return the claims that go to this payer, each telling what was decided before."""
    found = []
    for claim in books.claims:
        at = [n for n, one in enumerate(claim.coverages) if one.payer.payer_id == row.payer]
        asked = not row.claims or claim.account in row.claims
        if at and asked:
            prior = tuple(one for each in before for one in _prior(each, claim))
            found.append(replace(claim, to=at[0], prior=prior or claim.prior))
    if missing := set(row.claims) - {one.account for one in found}:
        raise BadData(f"{place}: claims: {', '.join(sorted(missing))} does not go to {row.payer}")
    return found


def _prior(told: Remittance, claim: Claim) -> list[PriorPayment]:
    return [
        _prior_of(one, at, told.paid_on)
        for at, coverage in enumerate(claim.coverages)
        for one in told.claims
        if coverage.payer.payer_id == told.payer.payer_id and one.account == claim.account
    ]


def _prior_of(one: RemitClaim, coverage: int, day: date) -> PriorPayment:
    lines = tuple(
        PaidLine(at, each.paid, each.units, each.code, day, each.modifiers, each.adjustments)
        for at, each in enumerate(one.lines, 1)
    )
    return PriorPayment(
        *(coverage, one.paid, day, lines, one.adjustments, one.number, one.patient_share),
        remarks=one.remarks,
    )


def _typed(row: TypedClaimRow, books: Books, place: str) -> RemitClaim:
    own = books.of(row.account)
    if own is not None and len(row.lines) != len(own.lines):
        raise BadData(
            f"{place}: claim {row.account} has {len(own.lines)} lines, {len(row.lines)} are written"
        )
    lines = tuple(
        _line(one, at, own, f"{place}: {row.account}") for at, one in enumerate(row.lines)
    )
    adjusted = row.adjustments
    said = [*adjusted, *(each for one in lines for each in one.adjustments)]
    worked = sum((one.paid for one in lines), _ZERO) - sum((one.amount for one in adjusted), _ZERO)
    last, _, first = row.patient.partition(", ")
    if own is None and not (row.patient and row.filing):
        raise BadData(
            f"{place}: claim {row.account} is none of the case's: give patient and filing"
        )
    share = sum((one.amount for one in said if one.group == _PATIENT), _ZERO)
    return RemitClaim(
        account=row.account,
        status=row.status,
        charge=sum((one.charge for one in lines), _ZERO),
        paid=worked if row.paid is None else row.paid,
        patient_share=_ZERO if row.status == "22" else share,
        number=row.number,
        filing=row.filing or (own.coverage.filing if own else ""),
        patient=own.patient.name if own else Name(last, first),
        member_id=row.member_id or (own.coverage.member_id if own else ""),
        lines=lines,
        adjustments=adjusted,
        remarks=row.remarks,
        bill_type=own.place_of_service if own else "11",
        frequency=own.frequency if own else "1",
        passed_to=_passed(row.passed_to, place),
    )


def _passed(payer: str, place: str) -> Payer | None:
    if not payer:
        return None
    if payer not in simulated_payers():
        raise BadData(f"{place}: passed_to: no payer {payer}")
    return simulated_payers()[payer].payer


def _line(row: TypedLineRow, at: int, own: Claim | None, place: str) -> RemitLine:
    line = own.lines[at] if own else None
    charge = row.charge if row.charge is not None else (line.charge if line else None)
    day = row.day or (line.first if line else None)
    code = row.code or (line.code if line else "")
    if charge is None or day is None or not code:
        raise BadData(f"{place}: line {at + 1}: give code, charge and day")
    adjusted = row.adjustments
    worked = charge - sum((one.amount for one in adjusted), _ZERO)
    return RemitLine(
        code=code,
        charge=charge,
        paid=worked if row.paid is None else row.paid,
        units=line.units if line else row.units,
        day=day,
        modifiers=row.modifiers or (line.modifiers if line else ()),
        revenue_code=line.revenue_code if line else "",
        adjustments=adjusted,
        remarks=row.remarks,
        control_number=line.control_number if line else "",
        allowed=row.allowed,
    )
