"""One reader for every small code set: a table of codes, its row model and the shape of a code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from codinglab.codes.release import CodeRow, in_force, row_on, rows_on

R_co = TypeVar("R_co", bound=CodeRow, covariant=True)


class NotACode(ValueError):
    """The text has not the shape that codes of this set have."""


@dataclass(frozen=True, slots=True)
class CodeSet(Generic[R_co]):
    """A code set that is one table by release.

    `name` is its folder, `model` checks its rows, `shape` is the regular expression that a whole
    code matches, and `example` shows it in error texts.
    """

    name: str
    model: type[R_co]
    shape: str
    example: str
    table: str = "codes.csv"

    def key(self, text: str) -> str:
        """Return `text` as the table writes it; raises NotACode when the shape is wrong."""
        code = text.strip().upper()
        if not re.fullmatch(self.shape, code):
            raise NotACode(f"{text!r} is no code of {self.name}; write it like {self.example}")
        return code

    def find(self, text: str, day: date, folder: Path | None = None) -> R_co:
        """Return the row of the code `text` (any case) as in force on `day`.

        `folder` holds the code sets (the installation's own and imported ones by default).
        Raises NotACode for a malformed code, NotInTable for one that this lab's table lacks,
        which says nothing of whether it exists, and NotInForce when there is no table for that
        day.
        """
        code = self.key(text)
        return row_on(in_force(self.name, day, folder), self.table, self.model, code, day)

    def all_on(self, day: date, folder: Path | None = None) -> tuple[R_co, ...]:
        """Return every row in force on `day`, in the table's order; raises NotInForce."""
        return rows_on(in_force(self.name, day, folder), self.table, self.model, day)
