"""Both sides of the body: how many times a bilateral procedure pays.

Source: Medicare Claims Processing Manual, chapter 12, section 40.7. It comes before the ranking of
several procedures (section 40.6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from codinglab.pricing.physician_lines import Item
from codinglab.pricing.physician_schedule import Schedule

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Sides:
    """How a line counts: `share` of the amount of one unit, and `how` in words ("" if once).

    `count` is the number of services that are ranked, and `partner` the place in the list of the
    line that holds the first side, where this one is the second.
    """

    share: Decimal
    count: int
    how: str = ""
    source: str = ""
    partner: int | None = None


def sides(items: Sequence[Item], schedule: Schedule) -> tuple[Sides, ...]:
    """Return how each of `items` counts by its bilateral indicator.

    Indicator 1 pays 150 % for both sides, with modifier 50, with LT and RT on one line, or with
    LT and RT on two lines of one code and day; 3 pays each side in full; 0, 2 and 9 pay once.
    """
    found: list[Sides] = []
    for at, item in enumerate(items):
        partner = _partner(items, at)
        factor = schedule.factor("bilateral")
        if partner is not None and partner < at:
            share = factor.value - _ONE
            how = f"second side of {item.row.code}: {share} of the amount"
            found.append(Sides(share, item.units, how, factor.source, partner))
        elif _both(item) and item.row.bilateral == "1":
            how = f"both sides: {factor.value}"
            found.append(Sides(factor.value, item.units, how, factor.source))
        elif _both(item) and item.row.bilateral == "3":
            how = "each side in full (bilateral indicator 3)"
            found.append(Sides(_ONE, item.units * 2, how, factor.source))
        elif _both(item):
            how = f"once only (bilateral indicator {item.row.bilateral})"
            found.append(Sides(_ONE, item.units, how, factor.source))
        else:
            found.append(Sides(_ONE, item.units))
    return tuple(found)


def _both(item: Item) -> bool:
    return item.has("50") or (item.has("LT") and item.has("RT"))


def _partner(items: Sequence[Item], at: int) -> int | None:
    """Return the line that holds the other side of the line at `at`, or None."""
    mine = items[at]
    side = {one for one in ("LT", "RT") if mine.has(one)}
    if mine.row.bilateral != "1" or len(side) != 1 or mine.has("50") or mine.units != 1:
        return None
    other = "RT" if side == {"LT"} else "LT"
    same = [
        place
        for place, one in enumerate(items)
        if one.row is mine.row
        and one.day == mine.day
        and one.units == 1
        and one.has(other)
        and not one.has("50", *side)
    ]
    alike = [
        place
        for place, one in enumerate(items)
        if one.row is mine.row
        and one.day == mine.day
        and one.units == 1
        and one.has(*side)
        and not one.has("50", other)
    ]
    rank = alike.index(at)
    return same[rank] if rank < len(same) else None
