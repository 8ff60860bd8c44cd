"""Durable medical equipment: bought new or used, or rented by the month up to a cap.

Source: 42 CFR 414.210 to 414.229; Medicare Claims Processing Manual, chapter 20, section 30. Not
handled: competitive bidding, rural fees, part months (KR), repairs and supplies.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from codinglab.codes.importers.fees import EquipmentFeeRow
from codinglab.codes.release import NotInTable
from codinglab.encounter.coded import ServiceLine
from codinglab.pricing.physician_terms import LinePrice
from codinglab.pricing.price import Step
from codinglab.pricing.schedules import Fees, blank, nothing, priced, rule_on, without

NEW, USED, RENT, MET = "NU", "UE", "RR", "KX"
_FIRST = {"KH": 1, "KI": 2, "KJ": 4}  # the first month that each modifier stands for
_HOW = "say how it is supplied: NU new, UE used, or RR rented"
_CAPPED = frozenset({"capped rental", "power wheelchair"})


def price_equipment(line: ServiceLine, fees: Fees, folder: Path | None = None) -> LinePrice:
    """Return the price of an item of equipment by its modifiers.

    NU buys it new, UE used, RR rents it for a month; a capped rental also says its months, KH
    (first), KI (second and third) or KJ (fourth to thirteenth). What the line does not say is no
    price, with the reason. `folder` holds the code sets.
    """
    said = blank(line, fees)
    try:
        row = fees.row(line.code, EquipmentFeeRow)
    except NotInTable as error:
        return without(said, str(error))
    way = _way(line)
    if (why := _missing(line, row, way)) or way is None:
        return without(said, why or _HOW)
    if row.kx and MET not in line.modifiers:
        return nothing(said, f"{row.code} is paid only where KX says that the policy is met")
    amount = {NEW: row.new, USED: row.used, RENT: row.rent}[way]
    if amount is None:
        return nothing(said, f"{row.code} is {row.category}: no amount for {way}")
    source = f"{row.source} ({fees.release})"
    steps = [Step(f"fee of {row.code}-{way}", f"{amount}", amount, source)]
    if month := _month(line) if way == RENT and row.category in _CAPPED else None:
        steps += _later(row, month, amount, fees, folder)
    units, each = line.units or 0, steps[-1].amount
    if units > 1:
        steps.append(Step("units", f"{each} x {units}", each * units, "the units of the line"))
    return priced(said, steps[-1].amount, tuple(steps))


def _way(line: ServiceLine) -> str | None:
    """Return NU, UE or RR, None where the line has not just one of them."""
    ways = [one for one in (NEW, USED, RENT) if one in line.modifiers]
    return ways[0] if len(ways) == 1 else None


def _missing(line: ServiceLine, row: EquipmentFeeRow, way: str | None) -> str | None:
    """Return what the line does not state, or None."""
    if line.units is None or line.units < 1:
        return "the units are not stated; write x1"
    if way is None:
        return _HOW
    if way == RENT and row.category in _CAPPED and _month(line) is None:
        return "say which month of the rental it is: KH, KI or KJ"
    return None


def _month(line: ServiceLine) -> int | None:
    """Return the first month that the modifier of the line stands for, None without just one."""
    found = [month for modifier, month in _FIRST.items() if modifier in line.modifiers]
    return found[0] if len(found) == 1 else None


def _later(
    row: EquipmentFeeRow, month: int, amount: Decimal, fees: Fees, folder: Path | None
) -> list[Step]:
    """Return the step of a month after the first three, at a lower rate."""
    if month <= rule_on("rent_first_months", fees.day, folder).value:
        return []
    power = row.category == "power wheelchair"
    rule = rule_on("rent_later_power" if power else "rent_later", fees.day, folder)
    last = rule_on("rent_last_month", fees.day, folder).value
    what = f"month {month} to {last} of the rental"
    return [Step(what, f"{amount} x {rule.value}", amount * rule.value, rule.source)]
