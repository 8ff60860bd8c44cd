"""Q3: composites of several services of a kind, and what critical care packages.

Source: Medicare Claims Processing Manual ch. 4 s. 10.2.1 and 160.1; CMS I/OCE, composite APCs.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from codinglab.grouping.apc_line import Claim, GroupedLine, own_apc
from codinglab.grouping.apc_tables import Tables

_COMPOSITE = "Q3"
_LEAST = 2  # a composite is two or more


def critical_care(claim: Claim, tables: Tables) -> Claim:
    """Package the services on the list of critical care that stand on the same day."""
    care = tables.playing("critical care")
    by_day = {one.day: one for one in claim.lines if one.apc and one.apc.apc in care}

    def judge(one: GroupedLine) -> GroupedLine:
        first = by_day.get(one.day)
        marks = one.service.marks
        if first is None or marks is None or not marks.critical_care:
            return one
        return one.packaged(first.line.place, "packaged into critical care of that day")

    return claim.each_open(judge)


def composites(claim: Claim, tables: Tables) -> Claim:
    """Pay two or more scans of a kind on a day once, by their composite; else each alone."""
    cut_short = tables.modifiers("terminated")
    groups: dict[tuple[date, str], list[GroupedLine]] = defaultdict(list)
    for one in claim.waiting(_COMPOSITE):
        name = tables.composite(one.line.code)
        if name and not one.carries(cut_short):
            groups[one.day, name].append(one)
    for (_, name), lines in groups.items():
        if sum(one.units for one in lines) >= _LEAST:
            claim = _together(claim, tables, name, lines)
    alone = claim.each_open(lambda one: _alone(one, tables))
    return _unknown(alone, claim)


def _together(claim: Claim, tables: Tables, name: str, lines: list[GroupedLine]) -> Claim:
    """Return the claim with the first of `lines` paid by the composite `name`, the rest in it."""
    apc, first = tables.apc(name), lines[0]

    def judge(one: GroupedLine) -> GroupedLine:
        if one is first:
            return one.paid(apc, apc.status, 1, f"composite APC {name}: {apc.label}")
        if one in lines:
            return one.packaged(first.line.place, f"in the composite APC {name}")
        return one

    return claim.each_open(judge)


def _alone(one: GroupedLine, tables: Tables) -> GroupedLine:
    if one.status != _COMPOSITE:
        return one
    apc = own_apc(one, tables)
    return one.paid(apc, apc.status, one.units, "no composite: paid alone")


def _unknown(judged: Claim, before: Claim) -> Claim:
    """Ask of each code whose composite this lab does not know, where others stand beside it."""
    lines = [one for one in before.waiting(_COMPOSITE) if one.service.marks is None]
    for one in lines if len(before.waiting(_COMPOSITE)) > 1 else []:
        judged = judged.asks(f"{one.line.place}: whether {one.line.code} is of a composite")
    return judged
