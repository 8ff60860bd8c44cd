"""Comprehensive payments: one J1 procedure, or observation of eight hours, pays the whole claim.

Source: OPPS final rules CY2014 (78 FR 74861) and CY2016 (80 FR 70333); Medicare Claims Processing
Manual ch. 4 s. 10.2.3 and 290.5.3; CMS I/OCE, comprehensive APC processing.
"""

from __future__ import annotations

from datetime import timedelta

from codinglab.grouping.apc_line import Claim, GroupedLine, dearest, own_apc
from codinglab.grouping.apc_tables import Tables

_SURGERY, _OBSERVED, _REDUCED = "J1", "J2", "T"
_DAY = timedelta(days=1)


def comprehensive(claim: Claim, tables: Tables) -> Claim:
    """Pay the highest J1 procedure, and package nearly all other services into it.

    CMS ranks J1 procedures by cost (Addendum J); without the ranks the APC of the highest rate
    leads. A second J1 procedure may raise the payment by a complexity adjustment, for published
    pairs only; those are not at hand, so the claim says that it is not judged.
    """
    found = claim.waiting(_SURGERY)
    if not found:
        return claim
    first = dearest(found, tables)
    apc = own_apc(first, tables)
    why = f"comprehensive: APC {apc.apc} pays the claim"
    judged = _pays_all(claim, tables, first, first.paid(apc, _SURGERY, 1, why))
    if len(found) > 1 or first.units > 1:
        judged = judged.asks(
            f"{first.line.place}: several J1 procedures; the highest rate leads, since the ranks "
            "and complexity pairs of Addendum J are not at hand"
        )
    return judged


def observation(claim: Claim, tables: Tables) -> Claim:
    """Pay observation as a whole: eight hours, a visit, and no surgery on that day or before.

    The visit stands on the day of the observation or the day before; a direct referral on the
    same day will do. No T or J1 procedure may stand on either day.
    """
    for hours in _hours(claim, tables):
        visit = _visit(claim, hours, tables)
        if visit is None or _surgery(claim, hours):
            continue
        apc = tables.apc(min(tables.playing("observation payment")))
        why = f"observation of {hours.units} hours with a visit: APC {apc.apc} pays the claim"
        return _pays_all(claim, tables, visit, visit.paid(apc, _OBSERVED, 1, why))
    return claim


def _hours(claim: Claim, tables: Tables) -> tuple[GroupedLine, ...]:
    """Return the open lines of observation that reach the least number of hours."""
    least = tables.figure("observation_hours").value
    codes = tables.playing("observation hours")
    lines = (one for one in claim.lines if one.is_open() and one.line.code in codes)
    return tuple(one for one in lines if one.units >= least)


def _visit(claim: Claim, hours: GroupedLine, tables: Tables) -> GroupedLine | None:
    """Return the highest visit that goes with the observation, None without one."""
    referral = tables.playing("direct referral")
    visits = tuple(
        one
        for one in claim.waiting(_OBSERVED)
        if one.day == hours.day or (one.day == hours.day - _DAY and one.line.code not in referral)
    )
    return dearest(visits, tables) if visits else None


def _surgery(claim: Claim, hours: GroupedLine) -> bool:
    """Say whether surgery was done on the day of the observation or the day before."""
    near = (hours.day - _DAY, hours.day)
    surgical = {_REDUCED, _SURGERY}
    return any(one.published in surgical and one.day in near for one in claim.lines)


def _pays_all(claim: Claim, tables: Tables, first: GroupedLine, paid: GroupedLine) -> Claim:
    """Return the claim with `paid` in the place of `first` and the open lines packaged into it."""
    unknown = []

    def judge(one: GroupedLine) -> GroupedLine:
        if one is first:
            return paid
        if tables.status(one.status).apart:
            return one.says("paid beside a comprehensive payment, by its status")
        if one.service.marks is None:
            unknown.append(one.line.place)
        elif one.service.marks.apart:
            return one.says("paid beside a comprehensive payment, by the list of Addendum J")
        return one.packaged(first.line.place, f"packaged into {first.line.code}, comprehensive")

    judged = claim.each_open(judge)
    for place in unknown:
        judged = judged.asks(
            f"{place}: taken as packaged; whether Addendum J leaves it out is not at hand"
        )
    return judged
