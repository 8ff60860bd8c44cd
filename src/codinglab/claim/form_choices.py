"""Which mark or text of a form stands for which code of the wire, and other small lists."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codinglab.claim.form_rows import ChoiceRow


def _rows(day: date) -> tuple[ChoiceRow, ...]:
    from codinglab.codes.release import releases

    return _choices(releases("claim_forms").at(day).folder)


@lru_cache(maxsize=4)
def _choices(folder: Path) -> tuple[ChoiceRow, ...]:
    from codinglab.claim.form_rows import ChoiceRow
    from codinglab.core.tables import read_csv

    return tuple(read_csv(folder / "choices.csv", ChoiceRow))


def cell_of(choice: str, value: str, day: date) -> str:
    """Return the cell (or the text) by which the forms say `value`; blank where they cannot."""
    rows = _rows(day)
    return next((one.cell for one in rows if (one.choice, one.value) == (choice, value)), "")


def value_of(choice: str, cell: str, day: date) -> str:
    """Return what a marked cell says on the wire; blank where it is none of the choice's."""
    rows = _rows(day)
    return next(
        (one.value for one in rows if one.reads and (one.choice, one.cell) == (choice, cell)), ""
    )


def listed(choice: str, value: str, day: date) -> bool:
    """Say whether `value` stands in the list `choice`."""
    rows = _rows(day)
    return any((one.choice, one.value) == (choice, value) for one in rows)


def values_of(choice: str, day: date) -> tuple[str, ...]:
    """Return every value of the list `choice`."""
    rows = _rows(day)
    return tuple(one.value for one in rows if one.choice == choice)


def cells_of(choice: str, day: date) -> tuple[str, ...]:
    """Return every cell of the choice, each once."""
    rows = _rows(day)
    return tuple(dict.fromkeys(one.cell for one in rows if one.choice == choice))
