"""What of a planned visit must be authorized before, and the request that asks for it.

What must be asked for is the contract's and the plan's to say (`payer.adjudicate_authorization`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codinglab.claim.model import Claim
from codinglab.claim.scrub_encounter import encounter_of
from codinglab.claim.scrub_facts import first_day, last_day
from codinglab.payer.adjudicate_authorization import wanted
from codinglab.payer.adjudicate_work import Work
from codinglab.payer.authorization import Authorization, Request, Units
from codinglab.payer.contract import Contract
from codinglab.payer.members import Member
from codinglab.payer.price_claim import terms_day
from codinglab.payer.service import services
from codinglab.payer.state import PayerState


@dataclass(frozen=True, slots=True)
class Need:
    """A line of a planned claim that must be authorized before, by which rule."""

    line: int
    code: str
    units: Decimal
    why: str
    source: str


def needs(claim: Claim, contract: Contract, member: Member | None, day: date) -> tuple[Need, ...]:
    """Return which lines of the planned `claim` must be authorized before; `day` is today.

    Raises NotInForce for a day of service without terms.
    """
    work = _work(claim, contract, member, day)
    found = []
    for service in work.services:
        why = wanted(work, service)
        if why is not None:
            line = claim.lines[service.line - 1]
            found.append(Need(service.line, service.code, line.units, why[1], why[2]))
    return tuple(found)


def _work(claim: Claim, contract: Contract, member: Member | None, day: date) -> Work:
    on = terms_day(claim)
    plan = member.plan.name if member else ""
    return Work(
        claim=claim,
        contract=contract,
        terms=contract.on(on),
        member=member,
        state=PayerState(),
        received=day,
        decided=day,
        day=on,
        number="",
        encounter=encounter_of(claim),
        services=services(claim, plan),
    )


def request_of(
    claim: Claim, found: Iterable[Need], asked: date, records: Iterable[str], *, urgent: bool
) -> Request:
    """Return the request for what the planned `claim` needs, asked on the day `asked`.

    `records` name the documents sent with it. The services of one code are asked for together.
    Raises ValueError where the claim states no day of service.
    """
    units: dict[str, Decimal] = {}
    for one in found:
        units[one.code] = units.get(one.code, Decimal(0)) + one.units
    first, last = first_day(claim), last_day(claim)
    if first is None or last is None:
        msg = f"claim {claim.account} states no day of service; say when it is planned"
        raise ValueError(msg)
    rendering = claim.provider("rendering") or claim.billing
    return Request(
        payer_id=claim.coverage.payer.payer_id,
        member_id=claim.coverage.member_id,
        npi=rendering.npi,
        codes=tuple(Units(code, number) for code, number in units.items()),
        diagnoses=tuple(one.code for one in claim.diagnoses),
        first=first,
        last=last,
        asked=asked,
        records=frozenset(records),
        urgent=urgent,
    )


def referral(  # noqa: PLR0913  what a referral says
    number: str,
    claim_of: tuple[str, str],
    *,
    specialist: str,
    visits: int,
    days: tuple[date, date],
    given: date,
    by: str,
) -> Authorization:
    """Return the referral `number` that a primary care practitioner, `by`, gave on `given`.

    `claim_of` are payer id and member number, `specialist` the NPI of who may be seen, `days` the
    first and the last day on which it holds. An HMO pays a specialist's visit under it alone.
    """
    payer_id, member_id = claim_of
    return Authorization(
        number=number,
        kind="referral",
        status="approved",
        payer_id=payer_id,
        member_id=member_id,
        npi=specialist,
        granted=(Units("", Decimal(visits)),),
        first=days[0],
        last=days[1],
        given=given,
        why=f"Referred by {by}, {visits} visits.",
        source="the plan: referrals of the primary care practitioner",
    )
