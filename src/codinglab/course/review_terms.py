"""What decides the payment of an encounter beside its codes, as its file says it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from codinglab.core.tables import Row
from codinglab.pricing.physician_roles import BilledBy
from codinglab.pricing.physician_rows import ScheduleName

MEDICARE = "Medicare"
ConditionCode = Annotated[str, Field(pattern=r"^[0-9A-Z]{2}$")]


class PricesRow(Row):
    """The fields of `prices` in an encounter file; what is not said is None and never guessed.

    A practitioner's claim needs `locality` ("13202-01", contractor and locality) and
    `participating`, and from 2026 on `qualifying_apm`; `billed_by` where that is not who rendered
    the services, `place_of_service` for lines that state none, `schedule: teaching` for the
    made-up values of a year. An inpatient claim needs `hospital` and `reports_poa` (whether the
    hospital is paid by DRG and so reports what was present on admission); `charges` in dollars
    decide an outlier payment. `as_medicare` says that Medicare's amounts are asked for though
    another payer pays.
    """

    locality: str | None = None
    participating: bool | None = None
    qualifying_apm: bool | None = None
    billed_by: BilledBy | None = None
    place_of_service: str | None = Field(default=None, pattern=r"^\d\d$")
    schedule: ScheduleName | None = None
    hospital: str | None = None
    reports_poa: bool | None = None
    charges: Decimal | None = Field(default=None, ge=0)
    condition_codes: tuple[ConditionCode, ...] = ()
    as_medicare: bool = False
