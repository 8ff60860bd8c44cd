"""The instructor's source notebook: which cases, variants and points, and what the cells were."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from codinglab.core.tables import BadData, Row, check
from codinglab.course.mark import reference
from codinglab.course.unit import UnitCase
from codinglab.lab.build import released
from codinglab.lab.submission_notebook import (
    BadNotebook,
    Cell,
    grade_id,
    nbgrader_of,
    read_notebook,
)


class _Said(Row):
    """What a source notebook's metadata says of its unit."""

    unit: str
    use: Literal["practice", "graded"]
    cases: tuple[UnitCase, ...]


@dataclass(frozen=True, slots=True)
class SourceCase:
    """One case of an assignment: the family, the variant everybody has, and its points."""

    slug: str
    variant: int
    points: int

    @property
    def answer_id(self) -> str:
        """Return the nbgrader id of the case's answer cell."""
        return f"{self.slug}-answer"

    @property
    def mark_id(self) -> str:
        """Return the nbgrader id of the case's mark cell."""
        return f"{self.slug}-mark"


@dataclass(frozen=True, slots=True)
class Source:
    """An assignment as the instructor's side holds it.

    `cells` are as released: where a reference stood, the line to begin on stands. `sealed` says
    that the work is graded, so that its key may not be shown.
    """

    assignment: str
    sealed: bool
    cases: tuple[SourceCase, ...]
    cells: tuple[Cell, ...]
    metadata: dict[str, Any]
    minor: int

    @property
    def max_score(self) -> float:
        """Return the points of all cases together."""
        return float(sum(case.points for case in self.cases))

    @property
    def named(self) -> dict[str, Cell]:
        """Return the cells that nbgrader knows, by their ids, in their order."""
        return {grade_id(cell): cell for cell in self.cells if grade_id(cell)}


def notebook_path(course: Path, step: str, student: str, assignment: str) -> Path:
    """Return where an assignment's notebook lies for a step such as "submitted"."""
    return course / step / student / assignment / f"{assignment}.ipynb"


def read_source(course: Path, assignment: str) -> Source:
    """Return the assignment's source notebook, with each case's reference proved to be there.

    Raises BadData when the notebook is missing or not one that `codinglab build` made, and
    KeyWithheld where graded keys are not to be had.
    """
    path = notebook_path(course, "source", "", assignment)
    try:
        found = read_notebook(path)
    except BadNotebook as error:
        raise BadData(f"{path}: {error}") from None
    said = check(_Said, found["metadata"].get("codinglab", {}), f"{path}: metadata.codinglab")
    cases = tuple(SourceCase(one.case, one.variant, one.points) for one in said.cases)
    for case in cases:
        reference(case.slug, case.variant)
    source = Source(
        assignment,
        said.use == "graded",
        cases,
        tuple(released(found)["cells"]),
        found["metadata"],
        int(found.get("nbformat_minor", 5)),
    )
    _check_cells(source, path)
    return source


def _check_cells(source: Source, path: Path) -> None:
    """Say so where a case's answer or mark cell is missing, or carries other points."""
    named = source.named
    for case in source.cases:
        if case.answer_id not in named or case.mark_id not in named:
            raise BadData(f"{path}: case {case.slug} has no answer or mark cell; build it again")
        if nbgrader_of(named[case.mark_id]).get("points") != case.points:
            raise BadData(f"{path}: the points of {case.slug} differ in the file; build it again")
