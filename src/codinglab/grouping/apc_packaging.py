"""Packaging: Q2 beside T, Q1 beside S, T or V, laboratory tests beside anything, N always.

Source: OPPS Addendum D1; CMS I/OCE, conditional packaging, by claim since 2017 (81 FR 79562);
Medicare Claims Processing Manual ch. 4 s. 10.4; ch. 16 s. 30.3.
"""

from __future__ import annotations

from codinglab.grouping.apc_line import Claim, GroupedLine, dearest, own_apc
from codinglab.grouping.apc_tables import Tables

_NOT_REDUCED, _REDUCED, _VISIT = "S", "T", "V"
_FIRM = (_NOT_REDUCED, _REDUCED, _VISIT)
_WITH_ANY, _WITH_REDUCED, _TEST = "Q1", "Q2", "Q4"
_OTHER_SERVICES = frozenset({"J1", "J2", "S", "T", "V", "Q1", "Q2", "Q3"})


def by_their_apc(claim: Claim, tables: Tables) -> Claim:
    """Pay what has an APC of its own whatever stands beside it."""

    def judge(one: GroupedLine) -> GroupedLine:
        if tables.status(one.status).handling != "apc":
            return one
        apc = own_apc(one, tables)
        return one.paid(apc, one.status, one.units, f"status {one.status}: paid by APC {apc.apc}")

    return claim.each_open(judge)


def beside_reduced(claim: Claim, tables: Tables) -> Claim:
    """Package Q2 into a T procedure; without one the highest is paid and takes in the others."""
    lines = claim.waiting(_WITH_REDUCED)
    surgery = claim.paying(_REDUCED)
    if not lines:
        return claim
    if surgery:
        return _into(claim, dearest_paid(surgery), (_WITH_REDUCED,), "Q2 beside T")
    rivals = (_WITH_REDUCED,) if claim.paying(*_FIRM) else (_WITH_ANY, _WITH_REDUCED)
    return _highest(claim, tables, rivals)


def beside_any(claim: Claim, tables: Tables) -> Claim:
    """Package Q1 into S, T or V; without any the highest is paid and takes in the others."""
    firm = claim.paying(*_FIRM)
    if not claim.waiting(_WITH_ANY):
        return claim
    if firm:
        return _into(claim, dearest_paid(firm), (_WITH_ANY,), "Q1 beside S, T or V")
    return _highest(claim, tables, (_WITH_ANY,))


def dearest_paid(lines: tuple[GroupedLine, ...]) -> GroupedLine:
    """Return the paid line with the highest rate, the first of equals."""
    return max(lines, key=lambda one: one.rate)


def _into(claim: Claim, first: GroupedLine, statuses: tuple[str, ...], why: str) -> Claim:
    place, code = first.line.place, first.line.code

    def judge(one: GroupedLine) -> GroupedLine:
        return one.packaged(place, f"{why}: in {code}") if one.status in statuses else one

    return claim.each_open(judge)


def _highest(claim: Claim, tables: Tables, statuses: tuple[str, ...]) -> Claim:
    """Pay one unit of the highest of the open lines that have `statuses`; it takes in the rest."""
    first = dearest(claim.waiting(*statuses), tables)
    apc = own_apc(first, tables)

    def judge(one: GroupedLine) -> GroupedLine:
        if one is first:
            return one.paid(apc, apc.status, 1, f"{one.published} with nothing to take it in: paid")
        if one.status in statuses:
            why = f"{one.published} beside {first.line.code}, which pays more or stands first"
            return one.packaged(first.line.place, why)
        return one

    return claim.each_open(judge)


def laboratory(claim: Claim, _tables: Tables) -> Claim:
    """Package tests beside another outpatient service; alone they are paid by their schedule."""
    others = [one for one in claim.lines if one.published in _OTHER_SERVICES]
    standing = [one for one in others if one.outcome not in {"not paid", "denied"}]

    def judge(one: GroupedLine) -> GroupedLine:
        if one.status != _TEST:
            return one
        if standing:
            into = _taker(claim)
            return one.packaged(into.line.place if into else "", "Q4 beside other services")
        return one.as_is("other schedule", "only tests on the claim: by the laboratory schedule")

    return claim.each_open(judge)


def the_rest(claim: Claim, tables: Tables) -> Claim:
    """Settle what is left by its status: packaged, by another schedule, or at cost."""
    into = _taker(claim)

    def judge(one: GroupedLine) -> GroupedLine:
        meaning = tables.status(one.status)
        if meaning.handling == "packaged":
            why = "packaged always" if into else "packaged, and nothing on the claim pays for it"
            return one.packaged(into.line.place if into else "", why)
        if meaning.handling == "cost":
            return one.as_is("cost", meaning.label)
        return one.as_is("other schedule", meaning.label)

    return claim.each_open(judge)


def _taker(claim: Claim) -> GroupedLine | None:
    """Return the paid service into which packaged costs go, None without one."""
    paid = claim.paying("J1", "J2", *_FIRM)
    return dearest_paid(paid) if paid else None
