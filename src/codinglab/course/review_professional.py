"""What a practitioner's claim is expected to pay, by Medicare's physician fee schedule."""

from __future__ import annotations

from datetime import date

from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.course.review_money import Paid, Valuation
from codinglab.course.review_terms import PricesRow
from codinglab.encounter.coded import CodedEncounter
from codinglab.pricing.physician import price
from codinglab.pricing.physician_schedule import MissingFact
from codinglab.pricing.physician_terms import LinePrice, Terms

SYSTEM = "Medicare physician fee schedule, allowed amounts"


def professional(coded: CodedEncounter, day: date, given: PricesRow) -> Valuation:
    """Return what the lines of `coded` are allowed, or why the schedule cannot say it."""
    if not coded.lines:
        return Valuation(SYSTEM, why="there is no service line")
    if given.locality is None or given.participating is None:
        lacks = "locality" if given.locality is None else "participating"
        return Valuation(SYSTEM, why=f"the file does not say prices: {lacks}")
    terms = Terms(
        given.locality,
        given.participating,
        given.qualifying_apm,
        given.billed_by,
        given.place_of_service,
        given.schedule,
    )
    try:
        found = price(coded.lines, coded.circumstances, terms, day)
    except (NotInForce, NotInTable, MissingFact) as error:
        return Valuation(SYSTEM, why=str(error))
    return Valuation(SYSTEM, tuple(_paid(one) for one in found))


def _paid(one: LinePrice) -> Paid:
    return Paid(one.place, one.code, one.price, one.said, one.notes)
