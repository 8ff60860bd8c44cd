"""Lines by the Medicare physician fee schedule, or a percent of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from codinglab.codes.release import NotInTable
from codinglab.payer.contract_parts import Denial, Schedules
from codinglab.payer.price import Allowed, Bill
from codinglab.payer.reason_tables import nonphysicians, schedule_reason
from codinglab.pricing.physician import price
from codinglab.pricing.physician_roles import BilledBy
from codinglab.pricing.physician_schedule import Schedule, schedule_on
from codinglab.pricing.physician_terms import LinePrice, Terms

MEDICARE = "Medicare"
_HOSPITAL, _OTHER = "hospital", "other"
_NO_PRICE = Denial("CO", "16", ("N65",))


def physician(bill: Bill) -> Mapping[int, Allowed]:
    """Return the lines that the schedule knows; those paid elsewhere or not at hand are left out.

    The lines are ranked together, as for several procedures of one session. Denied ones take no
    part. Raises NotInForce and NotInTable where the contract's schedule has no values.
    """
    schedules = bill.terms.schedules
    assert schedules is not None
    open_lines = {f"line {one.line}": one for one in bill.open()}
    lines = tuple(one for one in bill.encounter.lines if one.place in open_lines)
    if not lines:
        return {}
    about = bill.encounter.circumstances
    about = about if about.payer == MEDICARE else replace(about, payer=MEDICARE)
    day = lines[0].day
    assert day is not None
    terms = Terms(
        schedules.locality,
        participating=True,
        qualifying_apm=schedules.qualifying_apm,
        billed_by=_billed_by(bill),
        place_of_service=bill.claim.place_of_service or None,
        schedule=schedules.schedule,
    )
    found = {}
    for one in price(lines, about, terms, day):
        if one.price is not None:
            at = open_lines[one.place].line
            found[at] = _allowed(at, one, schedules, day)
    return found


def _billed_by(bill: Bill) -> BilledBy:
    """Return whether a physician or another practitioner bills, by the rendering taxonomy."""
    rendering = bill.claim.provider("rendering") or bill.claim.billing
    day = bill.claim.lines[0].first
    other = rendering.taxonomy.startswith(nonphysicians(day))
    return "nonphysician practitioner" if other else "physician"


def _allowed(at: int, one: LinePrice, by: Schedules, day: date) -> Allowed:
    name = "physician fee schedule"
    if one.outcome != "nothing":
        return Allowed(at, name, one.price, notes=one.notes)
    schedule = schedule_on(day, by.locality, by.qualifying_apm, by.schedule)
    return Allowed(at, name, one.price, _why_nothing(one, schedule), one.said)


def _why_nothing(one: LinePrice, schedule: Schedule) -> Denial:
    """Return how a line is told for which the schedule pays nothing: by its status, or place."""
    code, _, _ = one.code.partition("-")
    try:
        status = schedule.row(code).status
    except NotInTable:
        status = _OTHER
    row = schedule_reason(status, schedule.day) or schedule_reason(_HOSPITAL, schedule.day)
    return row.denial if row else _NO_PRICE
