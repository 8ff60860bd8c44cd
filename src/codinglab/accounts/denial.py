"""Denials: what a payer did not pay of a claim although it was asked to, one for each reason.

A denial is made from an 835, a rejection from a 277CA. The money stays owed by the insurance until
somebody has worked it: nothing here writes anything off.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from codinglab.accounts.denial_cause import UNSTATED, Cause, cause, cause_of, is_final
from codinglab.accounts.post_rules import UnknownReason, rules_on
from codinglab.claim.adjudicated import Adjustment, Group
from codinglab.claim.parties import Name
from codinglab.claim.scrub_terms import all_terms
from codinglab.codes.code_set import NotACode
from codinglab.codes.release import NotInTable, folders_held
from codinglab.remit.model import RemitClaim, RemitLine, Remittance

Source = Literal["835", "277CA"]
_SHARES = frozenset({"1", "2", "3", "66"})  # deductible, coinsurance, copayment, blood deductible
REVERSAL, PREDETERMINED = "22", "25"
"""The claim statuses (CLP02) that deny nothing: a reversal takes an earlier decision back, and a
price told ahead of the service decides nothing.
"""


@dataclass(frozen=True, slots=True)
class Denial:
    """One denied amount.

    `account` is the practice's number of the claim and `number` the payer's. `line` counts the
    services of the remittance from 1, None for an adjustment of the claim as a whole; `control` is
    the practice's own number of the line. `notice` is the day of the remittance or rejection,
    `first` and `last` are the days of service. `charge` is the line's or claim's, `amount` what was
    denied of it, `paid` what was paid and `share` the deductible, coinsurance and copayment that
    the payer tells of it, in dollars. `filing` is the claim filing indicator.
    `status` is the payer's of the claim (CLP02), blank of a rejection.
    `decided` says whether the claim was decided at all: a rejected one was not.
    """

    account: str
    payer_id: str
    payer: str
    filing: str
    patient: Name
    number: str
    notice: date
    cause: Cause
    charge: Decimal
    amount: Decimal
    line: int | None = None
    code: str = ""
    modifiers: tuple[str, ...] = ()
    group: Group = "CO"
    carc: str = ""
    remarks: tuple[str, ...] = ()
    paid: Decimal = Decimal(0)
    first: date | None = None
    last: date | None = None
    member_id: str = ""
    control: str = ""
    source: Source = "835"
    statuses: tuple[str, ...] = ()
    share: Decimal = Decimal(0)
    status: str = ""

    @property
    def key(self) -> str:
        """Return what names the denial: payer, account, line, reason ("TRNMB/OV1001/2/CO-50")."""
        where = str(self.line) if self.line else "claim"
        reason = f"{self.group}-{self.carc}" if self.carc else self.source
        return f"{self.payer_id}/{self.account}/{where}/{reason}"

    @property
    def place(self) -> str:
        """Return the place in words: "line 2", "the claim"."""
        return f"line {self.line}" if self.line else "the claim"


def denials_of(remittance: Remittance, capitated: Collection[str] = ()) -> tuple[Denial, ...]:
    """Return the denials of one remittance, in its order.

    `capitated` are identifiers of payers that pay this practice by the month: what such a payer
    says is in its monthly payment (CO 24) is no denial. Reversals and prices told ahead deny
    nothing. A reason that the lab's table lacks is a denial without a stated cause, for a human to
    look up. Raises NotInForce for a day without tables.
    """
    with folders_held():
        return tuple(
            one
            for claim in remittance.claims
            if claim.status not in {REVERSAL, PREDETERMINED}
            for one in _of_claim(remittance, claim)
            if not (one.payer_id in capitated and _is_capitated(one))
        )


def _is_capitated(one: Denial) -> bool:
    try:
        return rules_on(one.notice).rule(one.group, one.carc).to == "capitated"
    except UnknownReason:
        return False


def _of_claim(remittance: Remittance, claim: RemitClaim) -> Iterator[Denial]:
    for each in claim.adjustments:
        yield from _of(remittance, claim, None, None, each)
    for at, line in enumerate(claim.lines, 1):
        for each in line.adjustments:
            yield from _of(remittance, claim, at, line, each)


def _of(
    remittance: Remittance,
    claim: RemitClaim,
    at: int | None,
    line: RemitLine | None,
    told: Adjustment,
) -> Iterator[Denial]:
    """Yield the denial that one adjustment is, if it is one and takes money."""
    remarks = (*(line.remarks if line else ()), *claim.remarks)
    paid = line.paid if line else claim.paid
    every = line.adjustments if line else claim.adjustments
    is_paid = rules_on(remittance.made).pays(paid, every)
    why = _cause(told, remarks, remittance.made, is_paid=is_paid)
    if not why.worked or told.amount <= 0:
        return
    first, last = _days(claim, line)
    yield Denial(
        account=claim.account,
        payer_id=remittance.payer.payer_id,
        payer=remittance.payer.name,
        filing=_filing(remittance.payer.payer_id, claim.filing),
        patient=claim.patient,
        number=claim.number,
        notice=remittance.made,
        cause=why,
        charge=line.charge if line else claim.charge,
        amount=told.amount,
        line=at,
        code=(line.code or line.revenue_code) if line else "",
        modifiers=line.modifiers if line else (),
        group=told.group,
        carc=told.carc,
        remarks=remarks,
        paid=paid,
        first=first,
        last=last,
        member_id=claim.member_id,
        control=line.control_number if line else "",
        share=_share(claim, line),
        status=claim.status,
    )


def _share(claim: RemitClaim, line: RemitLine | None) -> Decimal:
    """Return deductible, coinsurance and copayment of a line, or of the claim with its lines."""
    told = (*claim.adjustments, *(each for one in claim.lines for each in one.adjustments))
    every = line.adjustments if line else told
    mine = (one.amount for one in every if one.group == "PR" and one.carc in _SHARES)
    return sum(mine, Decimal(0))


def _days(claim: RemitClaim, line: RemitLine | None) -> tuple[date | None, date | None]:
    """Return the first and last day of service, of a whole claim also as its lines tell them."""
    if line:
        return line.day or claim.first, line.last_day or claim.last or line.day or claim.first
    days = [day for one in claim.lines for day in (one.day, one.last_day) if day]
    first = claim.first or min(days, default=None)
    return first, claim.last or max(days, default=first)


def _filing(payer_id: str, told: str) -> str:
    """Return the payer's own claim filing indicator where the lab knows it.

    CLP06 has no code for a commercial payer and tells ZZ.
    """
    terms = all_terms().get(payer_id)
    return terms.filing[0] if terms and told not in terms.filing else told


def _cause(told: Adjustment, remarks: tuple[str, ...], day: date, *, is_paid: bool) -> Cause:
    """Return the cause of an adjustment.

    It is "unstated" for a reason that no table of the lab explains, and for one that is no denial
    by itself (a deductible under CO) but leaves money that the posting does not know whom to ask.
    """
    try:
        found = cause_of(told.carc, remarks, day, is_paid=is_paid)
    except (NotInTable, NotACode):
        return cause(UNSTATED, day)
    if is_final(told.carc, day):
        return found
    try:
        to = rules_on(day).to(told.group, told.carc, paid=is_paid, capitated=False)
    except UnknownReason:  # a group that no rule has: the posting keeps such a claim apart
        return found
    return cause(UNSTATED, day) if to == "worked" and not found.worked else found
