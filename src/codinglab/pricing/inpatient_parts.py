"""The operating and the capital part of a stay's payment, each with its adjustments."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from codinglab.grouping.drg_weights import DrgWeight
from codinglab.pricing.inpatient_rates import Hospital, Rates
from codinglab.pricing.inpatient_transfer import Transfer
from codinglab.pricing.price import Step, cents

_FACTOR = Decimal("0.0001")  # CMS publishes geographic factors with four decimals
_MOST_RESIDENTS = Decimal("1.5")  # 42 CFR 412.322(a)(3): the capital ratio counts up to here


@dataclass(frozen=True, slots=True)
class Part:
    """The `steps` of a part, its `base` before teaching and low-income amounts, and `total`."""

    steps: tuple[Step, ...]
    base: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class Scale:
    """What both parts are made of: hospital, rates, weight of the DRG and what a transfer left."""

    place: Hospital
    rates: Rates
    weight: DrgWeight
    left: Transfer

    @property
    def labour_share(self) -> Decimal:
        """Return the share of the operating amount that wages move."""
        above = self.place.wage_index > 1
        return self.rates.value("labour_share_high" if above else "labour_share_low")

    @property
    def geographic(self) -> Decimal:
        """Return the capital geographic adjustment factor (GAF)."""
        exponent = self.rates.value("geographic_exponent")
        return (self.place.wage_index**exponent).quantize(_FACTOR)


def operating(scale: Scale) -> Part:
    """Return the operating part: wage-adjusted amount x weight, then the adjustments.

    Source: 42 CFR 412.64 (rate), 412.105 (teaching), 412.106 and Social Security Act 1886(r)
    (low-income patients).
    """
    rates, place = scale.rates, scale.place
    amount = rates.value("operating_amount")
    labour = cents(amount * scale.labour_share)
    adjusted = labour * place.wage_index + (amount - labour)
    steps = [
        Step(
            "wage-adjusted amount",
            f"{labour:,.2f} x {place.wage_index} + {amount - labour:,.2f}",
            adjusted,
            rates.source("operating_amount", "labour_share_high"),
        )
    ]
    base = _by_weight("operating payment", adjusted, scale, steps)
    teaching = rates.value("teaching_multiplier") * (
        (1 + place.residents_to_beds) ** rates.value("teaching_exponent") - 1
    )
    empirical = rates.value("disproportionate_share")
    extra = [
        Step(
            "teaching",
            f"{rates.value('teaching_multiplier')} x ((1 + {place.residents_to_beds})^"
            f"{rates.value('teaching_exponent')} - 1) x {base:,.2f}",
            base * teaching,
            rates.source("teaching_multiplier"),
        ),
        Step(
            "low-income patients",
            f"{empirical} x {place.operating_low_income} x {base:,.2f}",
            base * place.operating_low_income * empirical,
            rates.source("disproportionate_share"),
        ),
    ]
    return _part(steps, extra, base)


def capital(scale: Scale) -> Part:
    """Return the capital part: federal rate x geographic factor x weight, then the adjustments.

    Source: 42 CFR 412.312 (rate), 412.316 (geographic factor), 412.320 and 412.322 (low-income
    patients and teaching).
    """
    rates, place = scale.rates, scale.place
    rate, geographic = rates.value("capital_rate"), scale.geographic
    adjusted = rate * geographic
    steps = [
        Step(
            "capital rate where the hospital is",
            f"{rate:,.2f} x {geographic} (wage index {place.wage_index}^"
            f"{rates.value('geographic_exponent')})",
            adjusted,
            rates.source("capital_rate", "geographic_exponent"),
        )
    ]
    base = _by_weight("capital payment", adjusted, scale, steps)
    residents = min(place.residents_to_days, _MOST_RESIDENTS)
    teaching = (rates.value("capital_teaching") * residents).exp() - 1
    extra = [
        Step(
            "capital teaching",
            f"(e^({rates.value('capital_teaching')} x {residents}) - 1) x {base:,.2f}",
            base * teaching,
            rates.source("capital_teaching"),
        ),
        Step(
            "capital low-income patients",
            f"{place.capital_low_income} x {base:,.2f}",
            base * place.capital_low_income,
            "42 CFR 412.320",
        ),
    ]
    return _part(steps, extra, base)


def _by_weight(what: str, adjusted: Decimal, scale: Scale, steps: list[Step]) -> Decimal:
    """Add the steps of weight and transfer, and return what is left."""
    weight, left = scale.weight, scale.left
    amount = adjusted * weight.weight
    how = f"{adjusted:,.2f} x weight {weight.weight}"
    steps.append(Step(what, how, amount, str(weight.cite)))
    if left.part == 1:
        return amount
    cut = amount * left.part
    steps.append(Step(f"{what} of a transfer", f"{amount:,.2f} x ({left.how})", cut, left.source))
    return cut


def _part(steps: list[Step], extra: list[Step], base: Decimal) -> Part:
    """Return the part; an adjustment that this hospital does not have is left out."""
    had = [step for step in extra if step.amount]
    return Part((*steps, *had), base, base + sum((step.amount for step in had), Decimal(0)))
