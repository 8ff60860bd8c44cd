"""The two paper forms as tables: boxes and their rules, where they lie, what the 837 makes of them.

The tables lie in code_sets/claim_forms, one folder a release; the day of service chooses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from codinglab.core.cite import Cite

if TYPE_CHECKING:
    from codinglab.claim.form_rows import AreaRow, BoxRow, CellRow, FormRow, MapRow

FormName = Literal["cms1500", "ub04"]
NAMES: tuple[FormName, ...] = ("cms1500", "ub04")
PAGE = (612.0, 792.0)
"""Letter paper in points."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One place for typed text: `line` and `column` of its first character, both from 1.

    `holds` is "day", "money", "npi", "state", "diagnosis" or blank; a `needed` cell may not be
    blank. `row` is the service line (from 1) of a repeated cell, 0 elsewhere.
    """

    id: str
    box: str
    mark: bool
    line: float
    column: float
    characters: int
    right: bool
    caption: str
    caption_at: str
    holds: str = ""
    needed: bool = False
    row: int = 0


@dataclass(frozen=True, slots=True)
class Area:
    """One printed rectangle of a box, in columns and lines; `box` is blank for mere decoration."""

    box: str
    label: str
    left: float
    top: float
    right: float
    bottom: float
    look: str
    row: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """One form: its frame, its boxes in order, their rectangles, cells, and places in the 837."""

    form: FormRow
    boxes: dict[str, BoxRow]
    maps: dict[str, tuple[MapRow, ...]]
    areas: tuple[Area, ...]
    cells: dict[str, Cell]

    @property
    def rows(self) -> int:
        """Return how many service lines a page holds."""
        return self.form.rows

    def x(self, column: float) -> float:
        """Return the left edge of a character's column in points from the paper's left edge."""
        return self.form.left + (column - 1) * self.form.pitch

    def y(self, line: float) -> float:
        """Return the upper edge of a line in points from the paper's lower edge."""
        return PAGE[1] - (line - 1) * self.form.leading

    def cite(self, box: str) -> Cite:
        """Return the section of the Medicare manual that tells how to fill `box`."""
        place = f"chapter {self.form.manual}, section {self.boxes[box].place}"
        return Cite("Medicare Claims Processing Manual", "Pub. 100-04", place)


def _cells(rows: Iterator[CellRow]) -> Iterator[Cell]:
    for one in rows:
        for row in range(max(one.rows, 1)):
            yield Cell(
                f"{one.cell}.{row + 1}" if one.rows else one.cell,
                one.box,
                one.kind == "mark",
                one.line + row * one.step,
                one.column,
                one.characters,
                one.align == "right",
                one.caption,
                one.caption_at,
                one.holds,
                one.needed == "yes",
                row + 1 if one.rows else 0,
            )


def _areas(rows: Iterator[AreaRow]) -> Iterator[Area]:
    for one in rows:
        for row in range(max(one.rows, 1)):
            down = row * one.step
            yield Area(
                one.box,
                one.label,
                one.left,
                one.top + down,
                one.right,
                one.bottom + down,
                one.look,
                row + 1 if one.rows else 0,
            )


def layout(name: FormName, day: date) -> Layout:
    """Return the form `name` as it is in force on `day`.

    Raises NotInForce before the lab's first release, and BadData for a wrong table.
    """
    from codinglab.codes.release import releases

    return _layout(name, releases("claim_forms").at(day).folder)


@lru_cache(maxsize=8)
def _layout(name: FormName, folder: Path) -> Layout:
    from codinglab.claim.form_rows import AreaRow, BoxRow, CellRow, FormRow, MapRow
    from codinglab.core.tables import BadData, read_csv

    forms = {one.form: one for one in read_csv(folder / "forms.csv", FormRow)}
    boxes = {one.box: one for one in read_csv(folder / f"{name}_boxes.csv", BoxRow)}
    cells = tuple(_cells(read_csv(folder / f"{name}_cells.csv", CellRow)))
    areas = tuple(_areas(read_csv(folder / f"{name}_areas.csv", AreaRow)))
    maps: dict[str, tuple[MapRow, ...]] = dict.fromkeys(boxes, ())
    for one in read_csv(folder / f"{name}_maps.csv", MapRow):
        maps[one.box] = (*maps.get(one.box, ()), one)
    named = {*maps, *(one.box for one in areas if one.box), *(one.box for one in cells)}
    if unknown := sorted(named - set(boxes)):
        raise BadData(f"{folder / name}_boxes.csv: lacks box {', '.join(unknown)}; add it")
    return Layout(forms[name], boxes, maps, areas, {one.id: one for one in cells})
