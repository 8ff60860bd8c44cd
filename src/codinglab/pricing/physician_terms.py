"""What a price of the physician fee schedule needs beside the lines, and what it looks like."""

from __future__ import annotations

from dataclasses import dataclass

from codinglab.pricing.physician_lines import Outcome
from codinglab.pricing.physician_roles import BilledBy
from codinglab.pricing.physician_rows import ScheduleName
from codinglab.pricing.price import Price


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides a price beside the lines; nothing here is guessed.

    `locality` is contractor and locality number ("13202-01" is Manhattan). `participating` says
    whether the practitioner participates in Medicare. `qualifying_apm` (qualifying participant of
    an advanced payment model) is needed from 2026 on. `billed_by` is who bills, where that is not
    the practitioner of the circumstances (clinical staff, or an incident-to service).
    `place_of_service` is that of the lines that state none. `schedule` "teaching" asks for the
    made-up schedule of a year whose official values were not imported.
    """

    locality: str
    participating: bool
    qualifying_apm: bool | None = None
    billed_by: BilledBy | None = None
    place_of_service: str | None = None
    schedule: ScheduleName | None = None


@dataclass(frozen=True, slots=True)
class LinePrice:
    """The price of one line, or None with the `outcome` and the reason in `said`.

    A price of 0.00 has the outcome "nothing": the schedule says so. `notes` and `used` (the
    releases that were read) belong to every figure that is shown.
    """

    place: str
    code: str
    price: Price | None
    outcome: Outcome | None = None
    said: str = ""
    notes: tuple[str, ...] = ()
    used: tuple[str, ...] = ()

    def as_text(self) -> str:
        """Return the arithmetic, the reason, the notes and what was read, one a line."""
        lines = [f"{self.place}: {self.code}"]
        lines += [self.said] if self.said else []
        lines += [self.price.as_text() if self.price else "No price"]
        lines += [f"Note: {one}" for one in self.notes]
        return "\n".join([*lines, f"Read in: {'; '.join(self.used)}"])

    def as_json(self) -> dict[str, object]:
        """Return the line for JSON, amounts as text."""
        return {
            "place": self.place,
            "code": self.code,
            "price": self.price.as_json() if self.price else None,
            "outcome": self.outcome,
            "said": self.said,
            "notes": list(self.notes),
            "used": list(self.used),
        }
