"""Both sides of the body: how many times a bilateral procedure pays.

Source: Medicare Claims Processing Manual, chapter 12, section 40.7. It comes before the ranking of
several procedures (section 40.6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from codinglab.pricing.physician_lines import Item
from codinglab.pricing.physician_schedule import FactorRow, Schedule

_ONE, _NOTHING, _TWO = Decimal(1), Decimal(0), 2
BOTH, WITHIN, EACH = "1", "2", "3"  # 150 %, both sides within the value, each side in full
_PAIRED = frozenset({"0", BOTH, WITHIN})
# What says that a second line is no second side, but another service.
APART = ("59", "XE", "XS", "XP", "XU", "76", "77", "79")
LAYOUT = "Medicare Claims Processing Manual, chapter 23, record layout of the fee schedule file"


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
    LT and RT on two lines of one code and day; 3 pays each side in full. Indicators 0 and 2 pay
    once however both sides are told, 2 with two units too, since its value is that of both; with 9
    sides have no meaning. After a return to the operating room (78) each line is its own.
    """
    return tuple(_side(items, at, schedule) for at in range(len(items)))


def _side(items: Sequence[Item], at: int, schedule: Schedule) -> Sides:
    item, partner, factor = items[at], _partner(items, at), schedule.factor("bilateral")
    indicator = item.row.bilateral
    if partner is not None and partner < at:
        if indicator == BOTH:
            share, source = factor.value - _ONE, factor.source
            how = f"second side of {item.row.code}: {share} of the amount"
        else:
            share, source = _NOTHING, LAYOUT
            how = f"second side of {item.row.code}: paid once only (bilateral {indicator})"
        return Sides(share, item.units, how, source, partner)
    if _both(item):
        return _two_on_a_line(item, factor)
    if indicator == WITHIN and item.units == _TWO and not item.has(*APART):
        how = f"two units are both sides: once only (bilateral indicator {indicator})"
        return Sides(_ONE, 1, how, LAYOUT)
    return Sides(_ONE, item.units)


def _two_on_a_line(item: Item, factor: FactorRow) -> Sides:
    indicator = item.row.bilateral
    if indicator == BOTH:
        return Sides(factor.value, item.units, f"both sides: {factor.value}", factor.source)
    if indicator == EACH:
        how = "each side in full (bilateral indicator 3)"
        return Sides(_ONE, item.units * 2, how, factor.source)
    how = f"once only (bilateral indicator {indicator})"
    return Sides(_ONE, item.units, how, factor.source)


def _partner(items: Sequence[Item], at: int) -> int | None:
    """Return the line that holds the other side of the line at `at`, or None."""
    mine = items[at]
    if not mine.line.modifiers:
        return None
    side = next((one for one in ("LT", "RT") if _is_one_side(mine, one)), None)
    if side is None:
        return None
    other = "RT" if side == "LT" else "LT"
    both = [
        (place, one)
        for place, one in enumerate(items)
        if one.row is mine.row and one.day == mine.day
    ]
    same = [place for place, one in both if _is_one_side(one, other)]
    alike = [place for place, one in both if _is_one_side(one, side)]
    rank = alike.index(at)
    return same[rank] if rank < len(same) else None


def _is_one_side(item: Item, side: str) -> bool:
    """Say whether the line is one service on that `side`, which a second line may complete."""
    indicator = item.row.bilateral
    if indicator not in _PAIRED or item.units != 1 or not item.has(side):
        return False
    other = "RT" if side == "LT" else "LT"
    return not item.has("50", "78", other) and (indicator == BOTH or not item.has(*APART))


def _both(item: Item) -> bool:
    return item.has("50") or (item.has("LT") and item.has("RT"))
