"""From a grouped stay to its price, and to the money of each "what if"."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from codinglab.grouping.msdrg_grouped import Grouped
from codinglab.grouping.stay import Stay
from codinglab.pricing.inpatient import price_stay
from codinglab.pricing.inpatient_bill import StayBill
from codinglab.pricing.price import Price


def price_grouped(  # noqa: PLR0913  the facts of the claim that a stay does not tell
    stay: Stay,
    grouped: Grouped,
    hospital: str,
    *,
    charges: Decimal | None,
    condition_codes: tuple[str, ...] = (),
    folder: Path | None = None,
) -> Price:
    """Return the price of `stay` in the DRG of `grouped` at `hospital`.

    `charges` are the covered charges in dollars, None where they are not known. Raises what
    `price_stay` raises: NotInTable for a DRG without a weight, NotInForce for a day without rates.
    """
    bill = StayBill(
        grouped.drg,
        stay.discharged,
        stay.days,
        stay.discharge_status,
        charges,
        condition_codes,
    )
    return price_stay(bill, hospital, folder)


def pays(
    hospital: str, *, charges: Decimal | None, condition_codes: tuple[str, ...] = ()
) -> Callable[[Stay, Grouped], Decimal]:
    """Return how `what_if` prices a stay: at `hospital`, with the same charges for each change."""

    def pay(stay: Stay, grouped: Grouped) -> Decimal:
        price = price_grouped(
            stay, grouped, hospital, charges=charges, condition_codes=condition_codes
        )
        return price.amount

    return pay
