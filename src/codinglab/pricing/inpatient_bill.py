"""The facts of an inpatient claim that decide its payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class StayBill:
    """What decides the payment of a stay beside the hospital.

    `drg` has three digits, `days` is the length of stay, `charges` the covered charges in dollars,
    None where they are not known: then an outlier payment is not judged, and the price says so.
    `condition_codes` are those of the claim, `new_technology` its add-on payment in dollars.
    """

    drg: str
    discharged: date
    days: int
    discharge_status: str
    charges: Decimal | None
    condition_codes: tuple[str, ...] = ()
    new_technology: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        """Refuse what cannot be; raises ValueError."""
        if self.days < 1:
            raise ValueError(f"a stay of {self.days} days: a stay has at least one day")
        if (self.charges is not None and self.charges < 0) or self.new_technology < 0:
            raise ValueError("charges and add-on payments are not negative; check the amounts")
