"""The notebook formgrader opens: the trainee's answers among the instructor's own cells.

Outputs that came with the submission are dropped, since nothing vouches for them; the mark cells
get the points and the rows of the marking instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from codinglab.lab.feedback_rows import as_table
from codinglab.lab.grading_case import CaseMarking
from codinglab.lab.submission import Submission
from codinglab.lab.submission_notebook import Cell, grade_id
from codinglab.lab.submission_source import Source

_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_WITH_IDS = 5  # from format 4.5 on every cell has an id


def autograded_notebook(
    source: Source, submission: Submission, marked: Iterable[CaseMarking]
) -> dict[str, Any]:
    """Return the notebook to keep for `submission`; each cell nbgrader knows is in it once."""
    cells = _with_missing(source, _restored(source, submission))
    outputs = {one.case.mark_id: _outputs(one) for one in marked}
    filled = [_filled(cell, outputs) for cell in cells]
    return {
        "cells": _with_ids(filled) if source.minor >= _WITH_IDS else filled,
        "metadata": source.metadata,
        "nbformat": 4,
        "nbformat_minor": source.minor,
    }


def _restored(source: Source, submission: Submission) -> list[Cell]:
    """Return the submitted cells, locked ones as the source has them, answers where they count."""
    named, answers = source.named, {one.cell: one.case.answer_id for one in submission.answers}
    locked = set(named) - {case.answer_id for case in source.cases}
    counted = {one.case.answer_id for one in submission.answers if one.cell is not None}
    kept: list[Cell] = []
    seen: set[str] = set()
    for index, cell in enumerate(submission.cells):
        name = grade_id(cell)
        if index in answers:
            kept.append(_as(named[answers[index]], cell["source"]))
            continue
        first = name in named and name not in seen | counted
        seen.add(name)
        if first and name in locked:
            kept.append(named[name])
        elif first:
            kept.append(_as(named[name], cell["source"]))
        else:
            kept.append(_plain(cell))
    return kept


def _as(wanted: Cell, text: str) -> Cell:
    return {**wanted, "source": text}


def _plain(cell: Cell) -> Cell:
    """Return a cell that nbgrader does not know, without anything but its text and pictures."""
    kept = {"cell_type": cell["cell_type"], "metadata": {}, "source": cell["source"]}
    if isinstance(cell.get("id"), str):
        kept["id"] = cell["id"]
    if cell["cell_type"] != "code" and isinstance(cell.get("attachments"), dict):
        kept["attachments"] = cell["attachments"]
    return kept


def _with_missing(source: Source, cells: list[Cell]) -> list[Cell]:
    """Return `cells` with what was taken out put back, after the cell it followed."""
    after = 0
    for name, wanted in source.named.items():
        here = next((n for n, cell in enumerate(cells) if grade_id(cell) == name), None)
        if here is None:
            cells.insert(after, wanted)
            here = after
        after = here + 1
    return cells


def _filled(cell: Cell, outputs: dict[str, list[dict[str, Any]]]) -> Cell:
    if cell["cell_type"] != "code":
        return cell
    return {**cell, "execution_count": None, "outputs": outputs.get(grade_id(cell), [])}


def _outputs(marked: CaseMarking) -> list[dict[str, Any]]:
    """Return what a mark cell shows: the rows, and the points as its value."""
    brief = f"{marked.points:g} of {marked.case.points} points"
    said = {"text/html": as_table(marked, evidence=False), "text/plain": brief}
    value = {"text/plain": repr(marked.points)}
    return [
        {"output_type": "display_data", "metadata": {}, "data": said},
        {"output_type": "execute_result", "execution_count": None, "metadata": {}, "data": value},
    ]


def _with_ids(cells: list[Cell]) -> list[Cell]:
    """Return `cells` each with an id of its own, as format 4.5 asks."""
    used: set[str] = set()
    named = []
    for number, cell in enumerate(cells):
        name = str(cell.get("id", ""))
        if not _CELL_ID.fullmatch(name) or name in used:
            name = f"cell-{number}"
        while name in used:
            name += "x"
        used.add(name)
        named.append({**cell, "id": name})
    return named
