"""Codes that only a bill needs: the place of service."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from codinglab.codes.release import CodeRow, in_force, row_on, rows_on

SET, TABLE = "place_of_service", "places.csv"


class Place(CodeRow):
    """A place of service; `rate` is the Medicare fee schedule rate paid there, None if unstated."""

    rate: Literal["facility", "non-facility"] | None = None


def place_of_service(text: str, day: date, folder: Path | None = None) -> Place:
    """Return the place of service `text` ("11") as in force on `day`.

    Raises NotInTable when the published list has no such place and NotInForce when the lab has
    no list for that day.
    """
    return row_on(in_force(SET, day, folder), TABLE, Place, text.strip(), day)


def places_on(day: date, folder: Path | None = None) -> tuple[Place, ...]:
    """Return every place of service in force on `day`, in code order."""
    return rows_on(in_force(SET, day, folder), TABLE, Place, day)
