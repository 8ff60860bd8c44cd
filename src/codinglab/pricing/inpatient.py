"""What Medicare pays a hospital for an inpatient stay (IPPS), step by step.

Source: 42 CFR 412 subparts D, G and M, and the final rule of the fiscal year. Not handled: sole
community and Medicare-dependent hospitals, low-volume payments, Alaska and Hawaii, Puerto Rico,
reduced updates, and pass-through amounts.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from codinglab.grouping.drg_weights import drg_weight
from codinglab.pricing.inpatient_bill import StayBill
from codinglab.pricing.inpatient_outlier import OutlierCase, outlier
from codinglab.pricing.inpatient_parts import Part, Scale, capital, operating
from codinglab.pricing.inpatient_rates import Hospital, hospital, rates_on
from codinglab.pricing.inpatient_transfer import transfer
from codinglab.pricing.price import Price, Step, cents

_ZERO = Decimal(0)
_UNJUDGED = Step("outlier payment", "not judged: the charges are not known", _ZERO, "42 CFR 412.84")


def price_stay(bill: StayBill, hospital_name: str, folder: Path | None = None) -> Price:
    """Return the price of the stay `bill` at the hospital `hospital_name`.

    The amount is what the hospital is due before deductible, coinsurance and sequestration; it is
    rounded once, at the end. `folder` holds the code sets (the installation's own and imported
    ones by default). Raises NotInTable for an unknown DRG, hospital or discharge status, and
    NotInForce for a day without rates.
    """
    day = bill.discharged
    rates, place = rates_on(day, folder), hospital(hospital_name, day, folder)
    weight = drg_weight(bill.drg, day, folder)
    left = transfer(bill, weight, rates, folder)
    scale = Scale(place, rates, weight, left)
    by_operating, by_capital, extra = operating(scale), capital(scale), _extra(place, bill)
    beyond = _outlier(bill, scale, by_operating.total + _sum(extra), by_capital.total)
    quality = _quality(place, by_operating, bill)
    due = by_operating.total + by_capital.total + beyond[-1].amount + _sum((*extra, *quality))
    penalty = _penalty(scale, due)
    note = (_told(left.how, left.source),) if left.part == 1 else ()
    steps = (*by_operating.steps, *by_capital.steps, *note, *extra, *beyond, *quality, *penalty)
    return Price(cents(due + _sum(penalty)), steps)


def _sum(steps: tuple[Step, ...]) -> Decimal:
    return sum((step.amount for step in steps), _ZERO)


def _told(how: str, source: str) -> Step:
    """Return the step that says why nothing was cut for a transfer."""
    return Step("cut for a transfer", f"none, {how}", _ZERO, source)


def _extra(place: Hospital, bill: StayBill) -> tuple[Step, ...]:
    """Return what is paid by stay, whatever its weight."""
    every = (
        Step(
            "uncompensated care",
            "amount a stay of this hospital",
            place.uncompensated_care,
            "42 CFR 412.106(g)",
        ),
        Step("new technology", "add-on of the claim", bill.new_technology, "42 CFR 412.88"),
    )
    return tuple(step for step in every if step.amount)


def _outlier(
    bill: StayBill, scale: Scale, by_operating: Decimal, by_capital: Decimal
) -> tuple[Step, ...]:
    """Return the steps of the outlier payment; without charges it is not judged."""
    if bill.charges is None:
        return (_UNJUDGED,)
    burns = scale.rates.rules.get(bill.drg) == "burns"
    case = OutlierCase(
        charges=bill.charges,
        operating=by_operating,
        capital=by_capital,
        labour_share=scale.labour_share,
        geographic=scale.geographic,
        part=scale.left.part,
        share=scale.rates.value("outlier_share_burns" if burns else "outlier_share"),
    )
    return outlier(case, scale.place, scale.rates)


def _quality(place: Hospital, by_operating: Part, bill: StayBill) -> tuple[Step, ...]:
    """Return what the quality programs add or take, on the base operating payment alone."""
    base = by_operating.base + bill.new_technology
    factors = (
        ("value-based purchasing", place.value_purchasing, "42 CFR 412.162"),
        ("readmissions", place.readmissions, "42 CFR 412.154"),
    )
    return tuple(
        Step(what, f"({factor} - 1) x {base:,.2f}", (factor - 1) * base, source)
        for what, factor, source in factors
        if factor != 1
    )


def _penalty(scale: Scale, due: Decimal) -> tuple[Step, ...]:
    """Return the cut of a hospital with many acquired conditions, on the whole payment."""
    if not scale.place.acquired_reduction:
        return ()
    share = scale.rates.value("acquired_reduction")
    source = scale.rates.source("acquired_reduction")
    return (Step("hospital-acquired conditions", f"-{share} x {due:,.2f}", -share * due, source),)


def medicare_pays(
    price: Price, deductible: Decimal, coinsurance: Decimal, day: date, folder: Path | None = None
) -> Price:
    """Return what Medicare itself pays of `price`: less the patient's share, then sequestration.

    `deductible` and `coinsurance` are what the patient owes for this stay, in dollars. Raises
    ValueError when they are negative; where they exceed the price, Medicare pays nothing.
    """
    if deductible < 0 or coinsurance < 0:
        raise ValueError("deductible and coinsurance are not negative; check the amounts")
    rates = rates_on(day, folder)
    share = rates.value("sequestration")
    left = max(price.amount - deductible - coinsurance, _ZERO)
    steps = (
        Step(
            "after the patient's share",
            f"{price.amount:,.2f} - {deductible:,.2f} - {coinsurance:,.2f}",
            left,
            "42 CFR 409.80 to 409.83",
        ),
        Step(
            "sequestration", f"-{share} x {left:,.2f}", -share * left, rates.source("sequestration")
        ),
    )
    return Price(cents(left - share * left), steps)
