"""A good-faith estimate for whoever pays alone: by when it is due, and what it says.

Source: 45 CFR 149.610. The rule counts business days and does not define them; here they are
Monday to Friday without federal holidays (`core.federal_days`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codinglab.accounts.patient_rules import rule
from codinglab.core.federal_days import plus_workdays

TRAINING = "TRAINING COPY - NO ESTIMATE OF REAL CARE"


class EstimateRefused(ValueError):
    """No estimate can be made of it; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day to give the estimate, None where none is due; `steps` say how it was found."""

    day: date | None
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One expected service: `charge` by the list and `expected` to be asked, in dollars, for all.

    `how` says how the expected charge came about.
    """

    code: str
    what: str
    units: Decimal
    diagnoses: tuple[str, ...]
    charge: Decimal
    expected: Decimal
    how: str


@dataclass(frozen=True, slots=True)
class ProviderPart:
    """The services that one provider or facility expects to furnish, and who and where it is."""

    name: str
    npi: str
    tax_id: str
    state: str
    location: str
    items: tuple[Item, ...]

    @property
    def total(self) -> Decimal:
        """Return the provider's expected charges, in dollars: a dispute compares with them."""
        return sum((one.expected for one in self.items), Decimal(0))


@dataclass(frozen=True, slots=True)
class Estimate:
    """The estimate made on a day for a patient; the first provider schedules (it convenes).

    `service` is None where nothing is scheduled yet; `separate` names what must be scheduled apart.
    """

    patient: str
    born: date
    made: date
    due: Due
    primary: str
    service: date | None
    parts: tuple[ProviderPart, ...]
    separate: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """Return all expected charges, in dollars."""
        return sum((one.total for one in self.parts), Decimal(0))

    @property
    def late(self) -> bool:
        """Say whether it was made after the last day."""
        return self.due.day is not None and self.made > self.due.day


def due(*, scheduled: date | None, asked: date | None, service: date | None) -> Due:
    """Return by when the estimate is due: the earliest of what scheduling and asking call for.

    `scheduled` is the day on which the `service` was put on the schedule, `asked` that on which
    the patient asked for an estimate or what it would cost. Raises EstimateRefused where neither
    is told, or the service comes before its scheduling.
    """
    if scheduled is None and asked is None:
        raise EstimateRefused("neither scheduled nor asked for: say at least one of the days")
    found: list[date] = []
    steps: list[str] = []
    if scheduled is not None:
        if service is None or service < scheduled:
            raise EstimateRefused(
                f"scheduled on {scheduled} for {service}: say a day of service that is not earlier"
            )
        day, told = _scheduled(scheduled, service)
        steps.append(told)
        found += [day] if day else []
    if asked is not None:
        days = rule("estimate_asked_due", asked)
        day = plus_workdays(asked, days.value)
        steps.append(f"asked on {asked}: within {days.value} business days, {day} ({days.source})")
        found.append(day)
    return Due(min(found, default=None), tuple(steps))


def _scheduled(scheduled: date, service: date) -> tuple[date | None, str]:
    for name in ("long", "short"):
        ahead = rule(f"estimate_{name}_ahead", scheduled)
        if plus_workdays(scheduled, ahead.value) <= service:
            days = rule(f"estimate_{name}_due", scheduled)
            day = plus_workdays(scheduled, days.value)
            return day, (
                f"scheduled on {scheduled}, at least {ahead.value} business days before {service}: "
                f"within {days.value}, {day} ({days.source})"
            )
    short = rule("estimate_short_ahead", scheduled)
    return None, (
        f"scheduled on {scheduled}, fewer than {short.value} business days before {service}: due "
        f"only if asked for ({short.source})"
    )
