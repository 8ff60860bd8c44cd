"""Whether a discharge is paid as a transfer, and which part of the payment is left."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from codinglab.codes.billing import DISCHARGE_STATUS
from codinglab.grouping.drg_weights import DrgWeight
from codinglab.pricing.inpatient_bill import StayBill
from codinglab.pricing.inpatient_rates import Rates

HOME_CARE = frozenset({"06", "86"})
UNRELATED = frozenset({"42", "43"})  # condition codes: home care is unrelated, or starts late
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Transfer:
    """The `part` of the payment that is left, 1 for all of it, and the arithmetic in `how`."""

    part: Decimal
    how: str
    source: str


def transfer(
    bill: StayBill, weight: DrgWeight, rates: Rates, folder: Path | None = None
) -> Transfer:
    """Return which part of the payment of its DRG the stay `bill` has.

    A transfer to another acute hospital, and to care after the hospital from a DRG of the
    post-acute policy, is paid by the day: two days' share for the first day and one for each
    other day, up to the whole. A special pay DRG has half at once and the other half by the day.
    Home care that is unrelated, or starts later than three days after the discharge (condition
    codes 42 and 43), makes no transfer. Source: 42 CFR 412.4.
    """
    status = bill.discharge_status
    kind = DISCHARGE_STATUS.find(status, bill.discharged, folder).transfer
    if kind == "acute":
        if rates.rules.get(weight.drg) == "no transfer cut":
            return Transfer(_ONE, f"MS-DRG {weight.drg} is paid whole", "42 CFR 412.4(f)(3)")
        return _by_day(weight, bill.days, "42 CFR 412.4(b) and (f)(1)")
    if kind is None:
        return Transfer(_ONE, f"status {status} is no transfer", "42 CFR 412.4(a)")
    return _post_acute(bill, weight, rates)


def _post_acute(bill: StayBill, weight: DrgWeight, rates: Rates) -> Transfer:
    if not weight.post_acute:
        how = f"MS-DRG {weight.drg} is not in the post-acute policy"
        return Transfer(_ONE, how, "42 CFR 412.4(d)")
    if bill.discharge_status in HOME_CARE and UNRELATED & set(bill.condition_codes):
        return Transfer(_ONE, "condition code 42 or 43: no transfer", "42 CFR 412.4(c)(3)")
    if weight.special_pay:
        return _special(weight, rates, bill.days)
    return _by_day(weight, bill.days, "42 CFR 412.4(c) and (f)(1)")


def _by_day(weight: DrgWeight, days: int, source: str) -> Transfer:
    stay = weight.geometric_stay
    part = Decimal(days + 1) / stay
    how = f"({days} + 1 days) / {stay} days"
    return Transfer(part, how, source) if part < 1 else _whole(how, source)


def _special(weight: DrgWeight, rates: Rates, days: int) -> Transfer:
    half = rates.value("special_share")
    stay = weight.geometric_stay
    by_day = Decimal(days + 1) / stay
    how = f"{half} + {_ONE - half} x ({days} + 1 days) / {stay} days"
    source = rates.source("special_share")
    if by_day >= 1:
        return _whole(f"({days} + 1 days) / {stay} days", source)
    return Transfer(half + (_ONE - half) * by_day, how, source)


def _whole(how: str, source: str) -> Transfer:
    return Transfer(_ONE, f"{how} is at least the whole", source)
