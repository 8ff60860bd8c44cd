"""Build the source notebook of a unit from its lesson and cases; the same input, the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from codinglab.core.tables import BadData
from codinglab.course.case import load
from codinglab.course.mark import reference
from codinglab.course.solution import worksheet
from codinglab.course.unit import Unit, UnitCase, UnitView, load_unit, unit_slugs

Cell = dict[str, Any]
Notebook = dict[str, Any]

SETUP = "%load_ext codinglab"
IMPORT = "from codinglab.lab.magic import case"  # a workspace can be brought back by itself
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
STUB = "# Write one statement a line here, or in the workspace above."  # widgets/cell.js knows it

VIEWS = {
    "practice-year": "from codinglab.lab.practice_year import practice_year\n\n"
    "practice_year(seed=7)",
    "ways-of-paying": "from codinglab.lab.practice_year import ways_of_paying\n\nways_of_paying()",
}
"""What a lesson's `<!-- view: NAME -->` becomes: the source of a cell."""


def _nbgrader(grade_id: str, **fields: Any) -> dict[str, Any]:
    base = {"grade": False, "locked": True, "solution": False, "task": False, "schema_version": 3}
    return {**base, **fields, "grade_id": grade_id}


def _cell(kind: str, name: str, source: str, **metadata: Any) -> Cell:
    cell: Cell = {"cell_type": kind, "id": name[:64], "metadata": metadata, "source": source}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def _hidden(name: str, source: str) -> Cell:
    return _cell("code", name, source, jupyter={"source_hidden": True}, nbgrader=_nbgrader(name))


def _case_cells(one: UnitCase, *, book_only: bool) -> Iterator[Cell]:
    """Yield the cells of a case: heading, workspace, answer (with the reference), mark."""
    slug, case = one.case, load(one.case)
    asked = f"variant={one.variant}" + (", book_only=True" if book_only else "")
    heading = f"## {case.file.title}\n\n{case.file.asked}\n\n*About {case.file.minutes} minutes.*"
    answer = worksheet(reference(slug, one.variant))
    yield _cell("markdown", f"{slug}-heading", heading)
    yield _hidden(f"{slug}-case", f'{IMPORT}\n\ncase("{slug}", {asked})')
    yield _cell(
        "code",
        f"{slug}-answer",
        f"%%worksheet {slug}\n{BEGIN}\n{answer}{END}",
        nbgrader=_nbgrader(f"{slug}-answer", locked=False, solution=True),
    )
    yield _cell(
        "code",
        f"{slug}-mark",
        f'mark("{slug}", points={one.points})',
        nbgrader=_nbgrader(f"{slug}-mark", grade=True, points=one.points),
    )


def _view_cell(one: UnitView, unit: str) -> Cell:
    if one.view not in VIEWS:
        raise BadData(
            f"{unit}: lesson.md: there is no view {one.view!r}; choose of {', '.join(VIEWS)}"
        )
    return _hidden(f"{one.view}-view", VIEWS[one.view])


def _notebook(cells: list[Cell], **metadata: Any) -> Notebook:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "cells": cells,
        "metadata": {**metadata, "kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def pages(text: str) -> Notebook:
    """Return a notebook that only shows the Markdown `text`, one cell for each section."""
    sections = [part.strip() for part in re.split(r"^(?=## )", text, flags=re.MULTILINE)]
    return _notebook(
        [_cell("markdown", f"page-{n}", part) for n, part in enumerate(sections) if part]
    )


def notebook(unit: Unit) -> Notebook:
    """Return the source notebook of `unit`, with the reference answers between solution marks.

    Raises KeyWithheld when the unit is graded and its keys are not to be had here, and BadData for
    a view that there is not.
    """
    cells = [_hidden("setup", SETUP)]
    for number, (text, one) in enumerate(unit.parts):
        if text:
            cells.append(_cell("markdown", f"lesson-{number}", text))
        if isinstance(one, UnitView):
            cells.append(_view_cell(one, unit.slug))
        elif one is not None:
            cells.extend(_case_cells(one, book_only=unit.file.book_only))
    cases = [entry.model_dump() for entry in unit.file.cases]
    said = {"unit": unit.slug, "use": unit.file.use, "cases": cases}
    return _notebook(cells, codinglab=said)


def as_text(built: Notebook) -> str:
    """Return `built` as the text of an .ipynb file, lines split as Jupyter splits them."""
    cells = [cell | {"source": cell["source"].splitlines(keepends=True)} for cell in built["cells"]]
    ordered = {**built, "cells": cells}
    return json.dumps(ordered, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def released(built: Notebook) -> Notebook:
    """Return `built` as a trainee gets it: the solution gone, a line to begin on in its place."""
    cells = [dict(cell, source=_without_solution(cell["source"])) for cell in built["cells"]]
    return {**built, "cells": cells}


def _without_solution(source: str) -> str:
    if BEGIN not in source:
        return source
    head, _, rest = source.partition(BEGIN)
    return f"{head}{STUB}{rest.partition(END)[2]}"


def path_of(folder: Path, slug: str) -> Path:
    """Return where the notebook of the unit `slug` lies below `folder`."""
    return folder / slug / f"{slug}.ipynb"


def stale(folder: Path) -> tuple[str, ...]:
    """Return what of `folder` is not what a build would write: units, and left-over ones."""
    slugs = unit_slugs()
    changed = [slug for slug in slugs if _differs(path_of(folder, slug), as_text(_built(slug)))]
    built = {path.parent.name for path in folder.glob("*/*.ipynb") if _is_built(path)}
    return tuple(sorted([*changed, *(built - set(slugs))]))


def _is_built(path: Path) -> bool:
    """Say whether a build wrote the notebook `path`: nothing else in a folder is ours to remove."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))["metadata"]["codinglab"]["unit"]
    except (ValueError, LookupError, TypeError):
        return False
    return bool(said == path.stem == path.parent.name)


def _built(slug: str) -> Notebook:
    return notebook(load_unit(slug))


def _differs(path: Path, text: str) -> bool:
    return not path.is_file() or path.read_text(encoding="utf-8") != text


def write(folder: Path) -> tuple[str, ...]:
    """Write the notebook of every unit below `folder`, take left-overs out, return what changed."""
    changed = stale(folder)
    slugs = unit_slugs()
    for slug in changed:
        target = path_of(folder, slug)
        if slug not in slugs:
            target.unlink()
            with suppress(OSError):  # somebody's own files lie beside it
                target.parent.rmdir()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(as_text(_built(slug)), encoding="utf-8")
    return changed
