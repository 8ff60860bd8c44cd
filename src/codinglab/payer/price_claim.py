"""What a contract allows for a whole claim: for its lines, or for a stay."""

from __future__ import annotations

from datetime import date

from codinglab.claim.model import Claim
from codinglab.claim.scrub_encounter import encounter_of
from codinglab.claim.scrub_facts import code_day
from codinglab.payer.contract import Contract
from codinglab.payer.price import Bill, Priced
from codinglab.payer.price_lines import price_lines
from codinglab.payer.price_stay import price_whole_stay
from codinglab.payer.service import services


def price_bill(bill: Bill) -> Priced:
    """Return what the contract allows for the bill: its lines, or the stay as a whole.

    Raises NotInForce and NotInTable where a schedule of the contract lacks the day or the hospital.
    """
    if bill.services and bill.services[0].setting == "inpatient":
        return price_whole_stay(bill)
    return Priced(price_lines(bill))


def expected(claim: Claim, contract: Contract, plan: str = "") -> Priced:
    """Return what `contract` allows for `claim`, every line taken as covered.

    A remittance is compared with it. `plan` is the plan's name, where prices differ by plan.
    Raises NotInForce for a day without terms, and what `price_bill` raises.
    """
    terms = contract.on(terms_day(claim))
    return price_bill(Bill(claim, encounter_of(claim), services(claim, plan), terms))


def terms_day(claim: Claim) -> date:
    """Return the day whose terms hold: of discharge for a stay, else the first of service.

    Raises ValueError for a claim without a line.
    """
    day = code_day(claim)
    if day is None:
        raise ValueError(f"claim {claim.account} has no line, and so no day; add its services")
    return day
