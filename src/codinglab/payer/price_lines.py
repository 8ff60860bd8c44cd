"""Prices of single lines: fee lists, percents of Medicare's schedules and of the charge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from codinglab.encounter.coded import ServiceLine
from codinglab.payer.contract_parts import PriceRule
from codinglab.payer.price import Allowed, Bill, capped, shared
from codinglab.payer.price_outpatient import outpatient
from codinglab.payer.price_physician import physician
from codinglab.payer.service import Service
from codinglab.pricing.equipment import price_equipment
from codinglab.pricing.physician_rows import ScheduleName
from codinglab.pricing.price import Price, Step, cents
from codinglab.pricing.schedules import fees_on, price_laboratory

_WHOLE_BILL: Mapping[str, Callable[[Bill], Mapping[int, Allowed]]] = {
    "physician schedule": physician,
    "outpatient system": outpatient,
}
"""Schedules that rank or group the lines of a bill, and so are asked for all of them at once."""


def price_lines(bill: Bill) -> tuple[Allowed, ...]:
    """Return what the first price of the contract that knows each line allows for it.

    Lines that are `bill.skipped` are left out. A line that no price knows is told as the contract
    says (`unpriced`).
    """
    asked: dict[str, Mapping[int, Allowed]] = {}
    return tuple(_price(bill, one, asked) for one in bill.open())


def _price(bill: Bill, one: Service, asked: dict[str, Mapping[int, Allowed]]) -> Allowed:
    for rule in bill.terms.prices:
        if not rule.on.takes(one):
            continue
        charge = bill.claim.lines[one.line - 1].charge
        if ask := _WHOLE_BILL.get(rule.method):
            if rule.method not in asked:
                asked[rule.method] = ask(bill)
            found = asked[rule.method].get(one.line)
            if found is not None:
                return _by_rule(rule, found, charge)
        elif (price := _simple(rule, bill, one, charge)) is not None:
            return Allowed(one.line, rule.name, capped(rule, price, charge))
    why = f"No price of the contract knows {one.code or one.revenue}."
    return Allowed(one.line, "none", None, bill.terms.unpriced, why)


def _by_rule(rule: PriceRule, found: Allowed, charge: Decimal) -> Allowed:
    """Return a schedule's price as the contract pays it: a share of it, the lesser of both."""
    if found.price is None or found.denial:
        return replace(found, rule=rule.name)
    price = capped(rule, shared(rule, found.price), charge)
    return Allowed(
        found.line, rule.name, price, None, found.said, found.part, found.cap, found.notes
    )


def _simple(rule: PriceRule, bill: Bill, one: Service, charge: Decimal) -> Price | None:
    """Return the price by a list, a case, or the charge; None where the rule has no word on it."""
    ask = _SIMPLE.get(rule.method)
    return ask(rule, bill, one, charge) if ask else None


def _fee(rule: PriceRule, bill: Bill, one: Service, _: Decimal) -> Price | None:
    fee, units = rule.fees.get(one.code), bill.claim.lines[one.line - 1].units
    if fee is None:
        return None
    return _step(f"fee of {one.code}", f"{fee} x {units:f}", fee * units, rule)


def _of_charge(rule: PriceRule, _: Bill, __: Service, charge: Decimal) -> Price | None:
    assert rule.share is not None
    how = f"{charge:,.2f} x {rule.share}"
    return _step("percent of charge", how, charge * rule.share, rule)


def _case(rule: PriceRule, _: Bill, __: Service, ___: Decimal) -> Price | None:
    assert rule.amount is not None
    return _step(rule.name, f"{rule.amount}", rule.amount, rule)


def _per_diem(rule: PriceRule, bill: Bill, one: Service, _: Decimal) -> Price | None:
    assert rule.amount is not None
    units = bill.claim.lines[one.line - 1].units
    return _step(rule.name, f"{rule.amount} x {units:f}", rule.amount * units, rule)


def _step(what: str, how: str, amount: Decimal, rule: PriceRule) -> Price:
    return Price(cents(amount), (Step(what, how, amount, rule.source),))


def _laboratory(rule: PriceRule, bill: Bill, one: Service, _: Decimal) -> Price | None:
    fees = fees_on("laboratory", one.day, _schedule(bill))
    found = price_laboratory(_line(bill, one), fees)
    return shared(rule, found.price) if found.price else None


def _equipment(rule: PriceRule, bill: Bill, one: Service, _: Decimal) -> Price | None:
    found = price_equipment(_line(bill, one), fees_on("equipment", one.day, _schedule(bill)))
    return shared(rule, found.price) if found.price and found.price.amount else None


def _line(bill: Bill, one: Service) -> ServiceLine:
    units = int(bill.claim.lines[one.line - 1].units)
    return ServiceLine(one.code, f"line {one.line}", one.modifiers, units)


def _schedule(bill: Bill) -> ScheduleName | None:
    return bill.terms.schedules.schedule if bill.terms.schedules else None


_SIMPLE: Mapping[str, Callable[[PriceRule, Bill, Service, Decimal], Price | None]] = {
    "fee list": _fee,
    "percent of charge": _of_charge,
    "case rate": _case,
    "per diem": _per_diem,
    "laboratory schedule": _laboratory,
    "equipment schedule": _equipment,
}
