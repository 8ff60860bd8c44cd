"""How much of each procedure is paid: several on a day, both sides, given up before the end.

The formulas and the table that chooses them are those of the CMS I/OCE, with D the discount, T the
part paid of a terminated procedure, and U the units. Source: 42 CFR 419.44(a) and (b); Medicare
Claims Processing Manual ch. 4 s. 10.5 and 20.6.4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from codinglab.grouping.apc_line import Claim, GroupedLine
from codinglab.grouping.apc_rows import DiscountRow
from codinglab.grouping.apc_tables import Tables

_REDUCED = "T"
_WHOLE_CLAIM = frozenset({"J1", "J2"})  # one payment, which the second side does not double
_CONDITIONAL = frozenset({"Q1", "Q2"})  # one unit of the highest is paid
_SIDED = frozenset({"conditional", "independent"})
_Formula = Callable[[Decimal, Decimal, Decimal], Decimal]  # of D, T and U
# Rates paid, which is the publisher's fraction times U; numbers 6 and 7 are in no row.
FORMULAS: Mapping[int, _Formula] = {
    1: lambda _d, _t, u: u,
    2: lambda d, _t, u: 1 + d * (u - 1),
    3: lambda _d, t, _u: t,
    4: lambda d, _t, _u: 1 + d,
    5: lambda d, _t, u: d * u,
    8: lambda _d, _t, u: 2 * u,
    9: lambda d, _t, _u: 2 * d,
}
_PLAIN = 1
_WORDS = {
    2: "highest T procedure of the day: its first unit whole, further units by half",
    3: "given up before anesthesia, or needing none (modifier 52 or 73): half",
    4: "highest T procedure of the day, on both sides: one and a half",
    5: "another T procedure of the day pays more: half",
    8: "on both sides: twice",
    9: "another T procedure of the day pays more; on both sides: twice the half",
}


def discounts(claim: Claim, tables: Tables) -> Claim:
    """Reduce T procedures below the highest of their day, and judge modifiers 50, 52 and 73."""
    rows = tables.discounts()
    highest = _highest(claim, tables)
    paid = claim.each(lambda one: _discounted(one, tables, rows, highest))
    both = tables.modifiers("bilateral")
    for one in claim.lines:
        if one.outcome == "paid" and one.carries(both) and one.service.marks is None:
            paid = paid.asks(f"{one.line.place}: how modifier 50 works on {one.line.code}")
    return _unjudged(_devices(paid, tables), tables)


def _unjudged(claim: Claim, tables: Tables) -> Claim:
    """Say of each paid line which of its modifiers changes a payment in a way not carried here."""
    for one in (one for one in claim.lines if one.outcome == "paid"):
        for modifier in one.line.modifiers:
            said = tables.unjudged(modifier)
            if said:
                claim = claim.asks(f"{one.line.place}: modifier {modifier} ({said})")
    return claim


def _devices(claim: Claim, tables: Tables) -> Claim:
    """Ask for the part of the device where its procedure was given up before anesthesia.

    Source: 42 CFR 419.44(b); OPPS final rule CY2016: the device, which was not put in,
    comes off before the half. Its part of each APC (Addendum P) is not at hand.
    """
    for one in claim.lines:
        halved = one.outcome == "paid" and one.carries(tables.modifiers("device comes off"))
        if halved and one.line.code in tables.playing("device procedure"):
            claim = claim.asks(
                f"{one.line.place}: the part of the device comes off the payment of "
                f"{one.line.code} before it is halved, and is not at hand"
            )
    return claim


def _highest(claim: Claim, tables: Tables) -> frozenset[str]:
    """Return the places of the highest T procedure of each day, terminated ones at their part.

    A repeated procedure (76 to 79) is whole in any case and takes nobody's place.
    """
    cut = tables.figure("terminated").value
    short, exempt = tables.modifiers("terminated"), tables.modifiers("not discounted")

    def worth(one: GroupedLine) -> Decimal:
        return one.rate * cut if one.carries(short) else one.rate

    lines = [one for one in claim.paying(_REDUCED) if one.carries(short) or not one.carries(exempt)]
    days = {one.day for one in lines}
    first = (max((one for one in lines if one.day == day), key=worth) for day in days)
    return frozenset(one.line.place for one in first)


def _discounted(
    one: GroupedLine, tables: Tables, rows: tuple[DiscountRow, ...], highest: frozenset[str]
) -> GroupedLine:
    if one.outcome != "paid" or not tables.status(one.status).wages:
        return one  # drugs, blood and sources are paid by the unit
    exempt = one.carries(tables.modifiers("not discounted"))
    rank = "highest" if one.line.place in highest or exempt else "lesser"
    number = _number(one, tables, rows, rank)
    if number == _PLAIN or (exempt and number == _first(rows)):
        return one
    d, t = tables.figure("discount").value, tables.figure("terminated").value
    times = FORMULAS[number](d, t, one.times)
    changed = times != one.times
    why = (*one.why, _WORDS[number]) if changed else one.why
    return replace(one, times=times, why=why)


def _number(one: GroupedLine, tables: Tables, rows: tuple[DiscountRow, ...], rank: str) -> int:
    """Return the number of the formula for the line."""
    wanted = (
        rank,
        one.carries(tables.modifiers("terminated")),
        one.carries(tables.modifiers("bilateral")) and not _once(one),
    )
    row = next(row for row in rows if (row.rank, row.terminated, row.bilateral) == wanted)
    marks = one.service.marks
    sided = marks is not None and marks.bilateral in _SIDED
    if one.status == _REDUCED:
        return row.reduced_sided if sided else row.reduced_other
    return row.sided if sided else row.other


def _once(one: GroupedLine) -> bool:
    """Say whether the payment is one whatever the sides: comprehensive, composite, Q1 and Q2."""
    together = one.apc is not None and one.apc.apc != one.service.apc
    return one.status in _WHOLE_CLAIM or one.published in _CONDITIONAL or together


def _first(rows: tuple[DiscountRow, ...]) -> int:
    """Return the formula of a plain highest procedure, from which repeated ones are exempt."""
    plain = (row for row in rows if row.rank == "highest" and not row.terminated)
    return next(row.reduced_other for row in plain if not row.bilateral)
