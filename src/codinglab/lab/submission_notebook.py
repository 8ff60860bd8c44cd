"""Notebook files as plain JSON: read with every fault named, without the cost of nbformat."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from codinglab.core.findings import Finding, Severity

Cell = dict[str, Any]
_MAJOR = 4  # the notebook format's major version that nbgrader 0.9 and JupyterLab 4 write


class BadNotebook(ValueError):
    """A file is no notebook that can be read; the message says why and what to do."""


def problem(
    name: str, place: str, message: str, remedy: str, severity: Severity = Severity.WARNING
) -> Finding:
    """Return a finding about a submission."""
    return Finding(f"submission.{name}", place, message, remedy[:1].upper() + remedy[1:], severity)


def read_notebook(path: Path) -> dict[str, Any]:
    """Return the notebook `path` with every cell's source as one text.

    Raises BadNotebook when the file is missing, a link, not UTF-8, not JSON, or no notebook of
    format 4.
    """
    if not path.exists():
        raise BadNotebook(f"{path.name} is not there{_others(path)}; ask for it again")
    if path.is_symlink() or not path.is_file():
        raise BadNotebook(f"{path.name} is not a plain file; ask for the notebook itself")
    try:
        found = json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadNotebook(f"byte {error.start} is not UTF-8; ask for the notebook again") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadNotebook(f"not JSON at {place}: {error.msg}; ask for it again") from None
    except (ValueError, RecursionError, OSError) as error:
        raise BadNotebook(f"it cannot be read ({error}); ask for the notebook again") from None
    return _checked(found)


def _others(path: Path) -> str:
    found = sorted(one.name for one in path.parent.glob("*.ipynb"))
    return f" (there is {', '.join(found)}: rename it if it is the same work)" if found else ""


def _checked(found: object) -> dict[str, Any]:
    if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
        raise BadNotebook("it is JSON, but not a notebook: it has no cells; ask for it again")
    if found.get("nbformat") != _MAJOR:
        shown = f"notebook format {found.get('nbformat')!r}, not {_MAJOR}"
        raise BadNotebook(f"it has {shown}; open and save it in JupyterLab, then hand it in again")
    metadata = found.get("metadata")
    cells = [_cell(cell, number) for number, cell in enumerate(found["cells"], start=1)]
    return {**found, "metadata": metadata if isinstance(metadata, dict) else {}, "cells": cells}


def _cell(cell: object, number: int) -> Cell:
    if not isinstance(cell, dict) or cell.get("cell_type") not in {"code", "markdown", "raw"}:
        raise BadNotebook(f"cell {number} is no notebook cell; ask for the notebook again")
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise BadNotebook(f"cell {number} has no text; ask for the notebook again")
    # A lone half of a surrogate pair is legal JSON, but no database or file can hold it.
    text = source.encode("utf-8", "replace").decode("utf-8")
    metadata = cell.get("metadata")
    return {**cell, "source": text, "metadata": metadata if isinstance(metadata, dict) else {}}


def nbgrader_of(cell: Cell) -> dict[str, Any]:
    """Return the nbgrader metadata of `cell`, empty where there is none."""
    found = cell["metadata"].get("nbgrader")
    return found if isinstance(found, dict) else {}


def grade_id(cell: Cell) -> str:
    """Return the nbgrader id of `cell`, empty where there is none."""
    found = nbgrader_of(cell).get("grade_id")
    return found if isinstance(found, str) else ""
