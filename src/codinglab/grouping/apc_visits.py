"""Visits that no observation took in, and direct referral to observation.

Source: Medicare Claims Processing Manual ch. 4 s. 160 and 290.5.2; CMS I/OCE edit 58.
"""

from __future__ import annotations

from codinglab.grouping.apc_line import Claim, GroupedLine, own_apc
from codinglab.grouping.apc_tables import Tables

_MAYBE, _VISIT, _REDUCED = "J2", "V", "T"


def visits(claim: Claim, tables: Tables) -> Claim:
    """Pay each visit by its own APC."""
    referral = tables.playing("direct referral")

    def judge(one: GroupedLine) -> GroupedLine:
        if one.status != _MAYBE or one.line.code in referral:
            return one
        apc = own_apc(one, tables)
        return one.paid(apc, apc.status, one.units, "no comprehensive observation: a visit")

    return claim.each_open(judge)


def direct_referral(claim: Claim, tables: Tables) -> Claim:
    """Pay a direct referral alone, and only where no visit, surgery or critical care stands by.

    Without hours of observation on the same day it isn't paid at all.
    """
    codes, hours = tables.playing("direct referral"), tables.playing("observation hours")
    care = tables.playing("critical care")
    alone = tables.apc(min(tables.playing("direct referral alone")))

    def judge(one: GroupedLine) -> GroupedLine:
        if one.line.code not in codes:
            return one
        others = [other for other in claim.lines if other is not one and other.day == one.day]
        if not any(other.line.code in hours for other in others):
            return one.as_is("not paid", "a direct referral without observation on that day")
        for other in others:
            if other.status in {_VISIT, _REDUCED} or (other.apc and other.apc.apc in care):
                return one.packaged(other.line.place, f"packaged beside {other.line.code}")
        return one.paid(alone, _VISIT, 1, "a direct referral, paid like a visit")

    return claim.each_open(judge)
