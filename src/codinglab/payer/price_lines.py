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
    return replace(found, rule=rule.name, price=price)


def _simple(rule: PriceRule, bill: Bill, one: Service, charge: Decimal) -> Price | None:
    """Return the price by a list, a case, or the charge; None where the rule has no word on it."""
    line = bill.claim.lines[one.line - 1]
    if rule.method == "fee list":
        fee = rule.fees.get(one.code)
        if fee is None:
            return None
        return _step(f"fee of {one.code}", f"{fee} x {line.units:f}", fee * line.units, rule)
    if rule.method == "percent of charge" and rule.share is not None:
        what = "percent of charge"
        return _step(what, f"{charge:,.2f} x {rule.share}", charge * rule.share, rule)
    if rule.method == "case rate" and rule.amount is not None:
        return _step(rule.name, f"{rule.amount}", rule.amount, rule)
    if rule.method == "per diem" and rule.amount is not None:
        how = f"{rule.amount} x {line.units:f}"
        return _step(rule.name, how, rule.amount * line.units, rule)
    if rule.method == "laboratory schedule":
        return _laboratory(rule, bill, one)
    return None


def _step(what: str, how: str, amount: Decimal, rule: PriceRule) -> Price:
    return Price(cents(amount), (Step(what, how, amount, rule.source),))


def _laboratory(rule: PriceRule, bill: Bill, one: Service) -> Price | None:
    name = bill.terms.schedules.schedule if bill.terms.schedules else None
    units = bill.claim.lines[one.line - 1].units
    line = ServiceLine(one.code, f"line {one.line}", one.modifiers, int(units))
    found = price_laboratory(line, fees_on("laboratory", one.day, name))
    return shared(rule, found.price) if found.price else None
