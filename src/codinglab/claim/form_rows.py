"""The rows of the tables in code_sets/claim_forms."""

from __future__ import annotations

from typing import Literal

from codinglab.core.tables import Row


class FormRow(Row):
    """A form: its frame in points, rows a page, and the chapter of the Medicare manual."""

    form: str
    name: str
    kind: Literal["professional", "institutional"]
    title: str
    left: float
    pitch: float
    leading: float
    size: float
    rows: int
    manual: str


class BoxRow(Row):
    """A box in our own words: what it holds, its rule, and why a payer rejects it when wrong."""

    box: str
    label: str
    rule: str
    rejected: str
    place: str


class MapRow(Row):
    """Where the 837 carries a box; `when` is the qualifier that tells the segment from others.

    `loop` is blank where no element carries the box.
    """

    box: str
    loop: str = ""
    element: str = ""
    when: str = ""
    note: str = ""

    @property
    def place(self) -> str:
        """Return the place as one text: "2300 REF02 (REF01=G1)"."""
        told = f" ({self.when})" if self.when else ""
        return f"{self.loop} {self.element}{told}" if self.loop else ""


class AreaRow(Row):
    """A rectangle in columns and lines, repeated for `rows` service lines, `step` lines apart."""

    box: str = ""
    label: str = ""
    left: float
    top: float
    right: float
    bottom: float
    rows: int = 0
    step: int = 0
    look: Literal["box", "shade", "line", "title"]


class CellRow(Row):
    """Where text is typed: first line and column, how many characters, and a small caption.

    `holds` says what kind of text it is, and `needed` whether it may be blank (of a service line:
    of a line on which anything stands).
    """

    cell: str
    box: str
    kind: Literal["text", "mark"]
    line: float
    column: float
    characters: int
    align: Literal["left", "right"]
    caption: str = ""
    caption_at: Literal["", "left", "right", "above"] = ""
    rows: int = 0
    step: int = 0
    holds: Literal["", "day", "money", "npi", "state", "diagnosis"] = ""
    needed: Literal["", "yes"] = ""


class ChoiceRow(Row):
    """One answer of a choice: the value on the wire and the cell or text that says it on paper.

    `reads` marks the value taken where several share a cell.
    """

    choice: str
    value: str
    cell: str = ""
    reads: str = ""
