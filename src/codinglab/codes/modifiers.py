"""Modifiers in common use, by day."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Literal

from codinglab.codes.release import CodeRow, in_force, kept, row_on, rows_on

SET, TABLE = "modifiers", "modifiers.csv"
_SHAPE = re.compile(r"[A-Z0-9]{2}")


class NotAModifier(ValueError):
    """The text has not the shape of a modifier."""


class Modifier(CodeRow):
    """A modifier; `applies_to` says on which lines it may stand: visit, procedure or any."""

    applies_to: Literal["visit", "procedure", "any"]


@kept(4096)
def find(text: str, day: date, folder: Path | None = None) -> Modifier:
    """Return the modifier `text` (any case) as in force on `day`.

    Raises NotAModifier for a malformed one, NotInTable for one that this lab's table lacks and
    NotInForce when the lab has no table for that day.
    """
    code = text.strip().upper()
    if not _SHAPE.fullmatch(code):
        raise NotAModifier(f"{text!r} is not a modifier; write two letters or digits")
    return row_on(in_force(SET, day, folder), TABLE, Modifier, code, day)


def all_on(day: date, folder: Path | None = None) -> tuple[Modifier, ...]:
    """Return every modifier in force on `day`, in code order."""
    return rows_on(in_force(SET, day, folder), TABLE, Modifier, day)
