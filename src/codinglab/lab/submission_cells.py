"""Compare a submission's cells with the source: what was changed, copied, added or taken out.

nbgrader's own log cannot tell tampering from normal work (it reports a changed checksum for every
cell with hidden tests), so the comparison is with the source notebook itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codinglab.core.findings import Finding, Severity
from codinglab.course.worksheet import first_line
from codinglab.lab.submission_notebook import Cell, grade_id, nbgrader_of, problem
from codinglab.lab.submission_source import Source

_RESTORED = "The instructor's own cell was used instead; nothing in it was run."
_FLAGS = ("grade", "locked", "solution", "points")


def check_cells(source: Source, cells: Sequence[Cell]) -> tuple[Finding, ...]:
    """Return what differs between `cells` and the assignment as it was released."""
    found = [*_changed(source, cells), *_missing(source, cells), *_added(source, cells)]
    return tuple(found)


def _place(index: int, name: str) -> str:
    return f"cell {index + 1} ({name})"


def _changed(source: Source, cells: Sequence[Cell]) -> Iterator[Finding]:
    seen: set[str] = set()
    named = source.named
    for index, cell in enumerate(cells):
        name = grade_id(cell)
        if not name:
            continue
        place = _place(index, name)
        if name not in named:
            remedy = "It is kept as an ordinary cell."
            yield problem("unknown", place, "this id is not in the assignment.", remedy)
        elif name in seen:
            message = "a second cell has this id, which stops nbgrader's own autograding."
            yield problem("copied", place, message, "The copy is kept as an ordinary cell.")
        elif difference := _difference(named[name], cell):
            yield problem("changed", place, f"{difference}.", _RESTORED)
        seen.add(name)


def _difference(wanted: Cell, cell: Cell) -> str:
    """Return how a cell's fixed properties differ from the source's, or an empty text."""
    ours, theirs = nbgrader_of(wanted), nbgrader_of(cell)
    for flag in _FLAGS:
        if flag in ours and ours[flag] != theirs.get(flag):
            return f"{flag} was changed from {ours[flag]} to {theirs.get(flag)}"
    if wanted["cell_type"] != cell["cell_type"]:
        return f"a {wanted['cell_type']} cell was made a {cell['cell_type']} cell"
    locked = not ours.get("solution")
    if locked and wanted["source"].strip() != cell["source"].strip():
        return "the text of a locked cell was changed"
    return ""


def _missing(source: Source, cells: Sequence[Cell]) -> Iterator[Finding]:
    here = {grade_id(cell) for cell in cells}
    answers = {case.answer_id for case in source.cases}
    for name in source.named:
        if name not in here and name not in answers:  # answers are reported where they are sought
            yield problem("missing", "notebook", f"cell {name} was taken out.", _RESTORED)


def _added(source: Source, cells: Sequence[Cell]) -> Iterator[Finding]:
    """Yield a note for code that nbgrader's own autograding would run and this marking does not."""
    named, plain = source.named, {cell["source"].strip() for cell in source.cells}
    for index, cell in enumerate(cells):
        text = cell["source"].strip()
        lines = text.splitlines() or [""]
        if cell["cell_type"] != "code" or not text or text in plain or first_line(lines[0]):
            continue
        if grade_id(cell) in named:
            continue
        message = f"code was added: {lines[0][:60]!r}."
        remedy = "It was not run; nbgrader's own autograding runs it, so its mark may differ."
        yield problem("added-code", f"cell {index + 1}", message, remedy, Severity.NOTE)
