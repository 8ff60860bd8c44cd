"""The additional payment for a stay that cost the hospital far more than its DRG pays."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from codinglab.pricing.inpatient_rates import Hospital, Rates
from codinglab.pricing.price import Step

_ZERO = Decimal(0)
SOURCE = "42 CFR 412.80 and 412.84"


@dataclass(frozen=True, slots=True)
class OutlierCase:
    """What decides an outlier: the covered `charges`, payments before it, and factors.

    `operating` holds the operating payment with teaching, low-income, uncompensated care and new
    technology amounts, `capital` the capital payment with its adjustments. `labour_share` and
    `geographic` are the factors that the threshold is adjusted by, `part` the part left of a
    transfer, and `share` the share of the excess cost that is paid.
    """

    charges: Decimal
    operating: Decimal
    capital: Decimal
    labour_share: Decimal
    geographic: Decimal
    part: Decimal
    share: Decimal


def outlier(case: OutlierCase, place: Hospital, rates: Rates) -> tuple[Step, ...]:
    """Return the steps of the outlier payment: its threshold, and what is paid above it.

    The fixed loss is divided between operating and capital by the cost-to-charge ratios, adjusted
    by wages, and cut like the payment in a transfer. A part is paid only where the whole cost is
    above the whole threshold.
    """
    ratios = place.operating_cost_to_charge + place.capital_cost_to_charge
    loss = rates.value("outlier_threshold") * case.part
    wages = case.labour_share * place.wage_index + (1 - case.labour_share)
    operating_loss = loss * wages * place.operating_cost_to_charge / ratios
    capital_loss = loss * case.geographic * place.capital_cost_to_charge / ratios
    limit = (case.operating + operating_loss, case.capital + capital_loss)
    cost = (
        case.charges * place.operating_cost_to_charge,
        case.charges * place.capital_cost_to_charge,
    )
    steps = [
        Step(
            "cost of the stay",
            f"{case.charges:,.2f} x ({place.operating_cost_to_charge} + "
            f"{place.capital_cost_to_charge})",
            sum(cost, _ZERO),
            "42 CFR 412.84(g) to (i)",
        ),
        Step(
            "outlier threshold",
            f"payments {case.operating + case.capital:,.2f} + fixed loss "
            f"{operating_loss + capital_loss:,.2f}",
            sum(limit, _ZERO),
            rates.source("outlier_threshold"),
        ),
    ]
    return (*steps, _paid(cost, limit, case.share))


def _paid(cost: tuple[Decimal, Decimal], limit: tuple[Decimal, Decimal], share: Decimal) -> Step:
    if sum(cost) <= sum(limit):
        return Step("outlier payment", "the cost is not above the threshold", _ZERO, SOURCE)
    above = [max(one - other, _ZERO) for one, other in zip(cost, limit, strict=True)]
    how = f"{share} x ({above[0]:,.2f} operating + {above[1]:,.2f} capital)"
    return Step("outlier payment", how, share * sum(above, _ZERO), "42 CFR 412.84(k) and (l)")
