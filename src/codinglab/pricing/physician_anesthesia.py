"""What Medicare allows for anesthesia: base and time units by a factor of the locality.

Source: 42 CFR 414.46; Medicare Claims Processing Manual, chapter 12, section 50.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from codinglab.pricing.physician_rows import ScheduleName, read_on
from codinglab.pricing.physician_schedule import Schedule, anesthesia_row
from codinglab.pricing.price import Price, Step, cents

_TENTH = Decimal("0.1")
_DIRECTED = ("QK", "QX", "QY")
_SUPERVISED = "AD"
_ALONE = ("AA", "QZ")


@dataclass(frozen=True, slots=True)
class Anesthesia:
    """An anesthesia service: the code's `base_units`, the `minutes`, and the role as a modifier.

    `role` is AA, QZ, QK, QX, QY or AD. `at_induction` says for AD whether the physician was there
    when it began, which adds one unit.
    """

    base_units: int
    minutes: int
    role: str
    at_induction: bool | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be; raises ValueError naming it."""
        if self.base_units < 1 or self.minutes < 1:
            raise ValueError("an anesthesia service has base units and minutes; state both")
        if self.role not in {*_DIRECTED, _SUPERVISED, *_ALONE}:
            raise ValueError(
                f"{self.role!r} is no role in anesthesia; use AA, QZ, QK, QX, QY or AD"
            )
        if self.role == _SUPERVISED and self.at_induction is None:
            raise ValueError("AD: say whether the physician was present at induction")


def price_anesthesia(
    service: Anesthesia,
    schedule: Schedule,
    name: ScheduleName | None = None,
    folder: Path | None = None,
) -> Price:
    """Return the allowed amount of `service`, rounded once.

    Time is counted in tenths of a unit. The factor is the locality's; in the teaching schedule
    (`name`) the national factor of the year, since the locality's is not known. Physical status
    and qualifying circumstances add nothing under Medicare. Raises NotInForce and NotInTable.
    """
    units, how = _units(service, schedule)
    factor, source = _factor(schedule, schedule.day, name, folder)
    amount = units * factor
    steps = [Step("anesthesia units", f"({how}) x {factor}", amount, source)]
    if service.role in _DIRECTED:
        row = schedule.factor("directed_share")
        what = f"{service.role}: medical direction, shared by physician and anesthetist"
        steps.append(Step(what, f"{amount:,.4f} x {row.value}", amount * row.value, row.source))
        amount *= row.value
    return Price(cents(amount), tuple(steps))


def _units(service: Anesthesia, schedule: Schedule) -> tuple[Decimal, str]:
    if service.role == _SUPERVISED:
        base = schedule.factor("supervised_units").value
        added = 1 if service.at_induction else 0
        return base + added, f"{base} base + {added} at induction"
    per_unit = schedule.factor("minutes_per_unit").value
    time = (service.minutes / per_unit).quantize(_TENTH, rounding=ROUND_HALF_UP)
    how = f"{service.base_units} base + {service.minutes} / {per_unit} = {time} time"
    return service.base_units + time, how


def _factor(
    schedule: Schedule, day: date, name: ScheduleName | None, folder: Path | None
) -> tuple[Decimal, str]:
    if name is not None:
        row = schedule.by_model("anesthesia_factor")
        return (
            row.value,
            f"{row.source}, national; {read_on('pfs_indices', day, name, folder).notes[0]}",
        )
    local, release = anesthesia_row(schedule.index.code, day, folder)
    return local.factor, f"{release}, {local.code} {local.label}"
