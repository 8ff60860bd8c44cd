"""A stay as a whole: per diem, case rate, a rate by DRG weight, percent of charges, or IPPS.

Source: the contract; 42 CFR 412 for the inpatient system. Carve-outs are paid beside the base, the
stop loss where the charges exceed its threshold.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from codinglab.claim.model import Claim
from codinglab.codes.release import NotInTable
from codinglab.grouping.drg_weights import drg_weight
from codinglab.grouping.msdrg import UNGROUPED, drg_of
from codinglab.grouping.stay import MissingFact, stay_of
from codinglab.payer.contract_parts import PriceRule, StopLoss
from codinglab.payer.price import Allowed, Bill, Priced, capped, shared
from codinglab.payer.reason_tables import reason
from codinglab.payer.service import Service
from codinglab.pricing.inpatient import price_stay
from codinglab.pricing.inpatient_bill import StayBill
from codinglab.pricing.price import Price, Step, cents

_ZERO = Decimal(0)
_BY_DRG = frozenset({"inpatient system", "weight rate"})
_BY_DAYS = frozenset({"inpatient system", "per diem"})
_COVERED_DAYS = "80"  # the value code of covered days
STAY = 0
"""The line number of what is decided of a stay as a whole."""


def price_whole_stay(bill: Bill) -> Priced:
    """Return what the contract allows for the stay of `bill`.

    The base is the first price that takes the stay; prices that name revenue codes are carve-outs.
    Raises NotInTable for a hospital that the contract does not name.
    """
    claim, terms = bill.claim, bill.terms
    day = _discharged(claim)
    drg, why_not = _drg(bill, day)
    about = replace(bill.services[0], drg=drg, revenue="", line=STAY)
    for rule in terms.prices:
        if rule.on.revenue or not rule.on.takes(about):
            continue
        if rule.method in _BY_DRG and why_not:
            denial = reason("no-group", day).denial
            return Priced((), Allowed(STAY, rule.name, None, denial, why_not))
        if rule.method in _BY_DAYS and days_of(claim) < 1:
            denial, days = reason("no-day", day).denial, days_of(claim)
            why = f"The bill tells {days} covered days (value code {_COVERED_DAYS})."
            return Priced((), Allowed(STAY, rule.name, None, denial, why), drg)
        return Priced((), _allowed(bill, rule, drg, day), drg)
    why = f"No price of the contract takes a stay in DRG {drg or 'unknown'}."
    return Priced((), Allowed(STAY, "none", None, terms.unpriced, why), drg)


def _discharged(claim: Claim) -> date:
    assert claim.bill is not None
    return claim.bill.statement_to


def _drg(bill: Bill, day: date) -> tuple[str, str]:
    """Return the DRG as the payer groups it, or blank and why there is none."""
    if not any(one.method in _BY_DRG or one.on.drgs for one in bill.terms.prices):
        return "", ""
    try:
        found = drg_of(stay_of(bill.encounter, day, reports_poa=True))
    except MissingFact as error:
        return "", f"The stay cannot be grouped: {error}."
    if found == UNGROUPED:
        return "", "The stay falls into MS-DRG 999, which is not paid."
    try:
        drg_weight(found, day)
    except NotInTable as error:
        return "", f"The stay has no weight: {error}."
    return found, ""


def days_of(claim: Claim) -> int:
    """Return the covered days of a stay: value code 80, else the days from admission on."""
    bill = claim.bill
    assert bill is not None
    told = next((one.amount for one in bill.values if one.code == _COVERED_DAYS), None)
    if told is not None:
        return int(told)
    return max((bill.statement_to - (bill.admitted or bill.statement_from)).days, 1)


def _allowed(bill: Bill, rule: PriceRule, drg: str, day: date) -> Allowed:
    carved = [(one, found) for one in bill.open() if (found := _carve_out(bill, one))]
    out = sum((bill.claim.lines[one.line - 1].charge for one, _ in carved), _ZERO)
    base = _base(bill, rule, drg, day, _covered(bill) - out)
    steps = [*base.steps]
    amount = base.amount
    for one, carve in carved:
        charge = bill.claim.lines[one.line - 1].charge
        extra = cents(charge * (carve.share or _ZERO))
        how = f"{charge:,.2f} x {carve.share}"
        steps.append(Step(f"carve-out {carve.name}", how, extra, carve.source))
        amount += extra
    if loss := bill.terms.stop_loss:
        amount = _stop_loss(loss, _covered(bill), amount, steps)
    price = capped(rule, Price(cents(amount), tuple(steps)), _covered(bill))
    return Allowed(STAY, rule.name, price)


def _covered(bill: Bill) -> Decimal:
    """Return the charges of the lines that are not denied."""
    return sum((bill.claim.lines[one.line - 1].charge for one in bill.open()), _ZERO)


def _carve_out(bill: Bill, one: Service) -> PriceRule | None:
    """Return the carve-out that pays a line of the stay beside its base."""
    return next(
        (
            rule
            for rule in bill.terms.prices
            if rule.on.revenue and rule.method == "percent of charge" and rule.on.takes(one)
        ),
        None,
    )


def _base(bill: Bill, rule: PriceRule, drg: str, day: date, charges: Decimal) -> Price:
    """Return the base price of the stay before carve-outs and stop loss."""
    if rule.method == "inpatient system":
        return shared(rule, _by_system(bill, drg, day))
    figure = rule.amount or _ZERO
    if rule.method == "per diem":
        days = days_of(bill.claim)
        step = Step(rule.name, f"{figure} x {days} days", figure * days, rule.source)
    elif rule.method == "weight rate":
        weight = drg_weight(drg, day)
        how = f"{figure} x {weight.weight} (MS-DRG {drg})"
        step = Step(rule.name, how, figure * weight.weight, f"{rule.source}; {weight.cite}")
    elif rule.method == "percent of charge" and rule.share is not None:
        how = f"{charges:,.2f} x {rule.share}"
        step = Step(rule.name, how, charges * rule.share, rule.source)
    else:
        step = Step(rule.name, f"{figure}", figure, rule.source)
    return Price(cents(step.amount), (step,))


def _by_system(bill: Bill, drg: str, day: date) -> Price:
    claim, schedules = bill.claim, bill.terms.schedules
    assert schedules is not None
    assert claim.bill is not None
    name = schedules.hospitals.get(claim.billing.npi)
    if name is None:
        raise NotInTable(
            f"the contract names no hospital for NPI {claim.billing.npi}; add it to schedules."
            "hospitals"
        )
    facts = StayBill(
        drg, day, days_of(claim), claim.bill.status, _covered(bill), claim.bill.conditions
    )
    return price_stay(facts, name)


def _stop_loss(loss: StopLoss, charges: Decimal, amount: Decimal, steps: list[Step]) -> Decimal:
    """Return the amount with the stop loss, whose step is added to `steps`."""
    if charges <= loss.threshold:
        return amount
    if loss.kind == "first dollar":
        whole = cents(charges * loss.share)
        how = f"all charges {charges:,.2f} x {loss.share} instead"
        steps.append(Step("stop loss", how, whole, loss.source))
        return whole
    above = cents((charges - loss.threshold) * loss.share)
    how = f"({charges:,.2f} - {loss.threshold:,.2f}) x {loss.share}"
    steps.append(Step("stop loss", how, above, loss.source))
    return amount + above
