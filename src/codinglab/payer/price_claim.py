"""What a contract allows for a whole claim: for its lines, or for a stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from codinglab.claim.model import Claim
from codinglab.claim.scrub_encounter import encounter_of
from codinglab.claim.scrub_facts import code_day
from codinglab.payer.contract import Contract
from codinglab.payer.price import Allowed, Bill, Priced
from codinglab.payer.price_lines import price_lines
from codinglab.payer.price_stay import price_whole_stay
from codinglab.payer.quirks import VISIT_WITH_25
from codinglab.payer.service import services
from codinglab.pricing.price import Price, Step, cents


def price_bill(bill: Bill) -> Priced:
    """Return what the contract allows for the bill: its lines, or the stay as a whole.

    Raises NotInForce and NotInTable where a schedule of the contract lacks the day or the hospital.
    """
    if bill.services and bill.services[0].setting == "inpatient":
        return price_whole_stay(bill)
    return Priced(price_lines(bill))


def expected(
    claim: Claim, contract: Contract, plan: str = "", refused: frozenset[int] = frozenset()
) -> Priced:
    """Return what `contract` allows for `claim`, every line but the `refused` taken as covered.

    A remittance is compared with it. `plan` is the plan's name, where prices differ by plan.
    Raises NotInForce for a day without terms, and what `price_bill` raises.
    """
    terms = contract.on(terms_day(claim))
    bill = Bill(claim, encounter_of(claim), services(claim, plan), terms, refused)
    priced = price_bill(bill)
    return replace(priced, lines=tuple(_beside(bill, priced.lines)))


def _beside(bill: Bill, lines: tuple[Allowed, ...]) -> Iterator[Allowed]:
    """Yield the prices, a visit with 25 beside a procedure cut where the payer says so."""
    quirk = bill.terms.quirk(VISIT_WITH_25)
    by_line = {one.line: one for one in bill.services}
    days = {one.day for one in bill.services if one.kind == "procedure"}
    for one in lines:
        service, share = by_line[one.line], quirk.value if quirk else None
        visit = service.kind == "visit" and "25" in service.modifiers and service.day in days
        if quirk is None or share is None or one.price is None or bill.claim.bill or not visit:
            yield one
            continue
        left = cents(one.price.amount * share)
        how = f"{one.price.amount:,.2f} x {share}"
        step = Step("visit beside a procedure", how, left, quirk.source)
        yield replace(one, price=Price(left, (*one.price.steps, step)))


def terms_day(claim: Claim) -> date:
    """Return the day whose terms hold: of discharge for a stay, else the first of service.

    Raises ValueError for a claim without a line.
    """
    day = code_day(claim)
    if day is None:
        raise ValueError(f"claim {claim.account} has no line, and so no day; add its services")
    return day
