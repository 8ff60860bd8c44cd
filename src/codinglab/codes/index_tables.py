"""Our own tables of neoplasms and of drugs: a row a path, a column a code."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import create_model

from codinglab.codes.icd10cm import Icd10cm
from codinglab.codes.index_check import Problem, code_problem
from codinglab.codes.index_rows import (
    SEPARATOR,
    DrugRow,
    NeoplasmRow,
    TermRow,
    cell_names,
    fold,
    order_key,
)
from codinglab.core.tables import BadData, Row, read_csv

TABLES: dict[str, tuple[type[TermRow], tuple[str, ...]]] = {
    "neoplasms.csv": (NeoplasmRow, cell_names(NeoplasmRow)),
    "drugs.csv": (DrugRow, cell_names(DrugRow)),
}


class _Cells(Row):
    """What both tables have."""

    path: str
    nonessential: str = ""
    see: str = ""


def _line(model: type[TermRow], columns: tuple[str, ...]) -> type[_Cells]:
    """Return the model of a line: what both tables have, and the `columns` of codes of a row."""
    codes: dict[str, Any] = dict.fromkeys(columns, (str, ""))
    return create_model(f"{model.__name__}Cells", __base__=_Cells, **codes)


_LINES = {name: _line(model, columns) for name, (model, columns) in TABLES.items()}


def read_table(path: Path) -> tuple[list[tuple[int, TermRow]], list[BadData]]:
    """Return the rows of neoplasms.csv or drugs.csv with the number of each, and what is wrong.

    Raises BadData when the file is not there, or a line is no row.
    """
    model, _ = TABLES[path.name]
    found, wrong = [], []
    above: set[str] = set()
    for number, cells in enumerate(read_csv(path, _LINES[path.name]), 1):
        steps = [" ".join(one.split()) for one in cells.path.split(SEPARATOR.strip())]
        if steps[:-1] and " > ".join(map(fold, steps[:-1])) not in above:
            wrong.append(
                BadData(f"{path.name}, row {number}: {cells.path!r} has no row above; add it")
            )
            continue
        above.add(" > ".join(map(fold, steps)))
        values = cells.model_dump() | {
            "number": number,
            "level": len(steps) - 1,
            "label": steps[-1],
            "path": SEPARATOR.join(steps),
        }
        found.append((number, model.model_validate(values)))
    return found, wrong


def _key(row: TermRow) -> tuple[tuple[int, str], ...]:
    return tuple(order_key(one) for one in row.path.split(SEPARATOR))


def check_table(path: Path, table: Icd10cm) -> list[Problem]:
    """Return the problems of neoplasms.csv or drugs.csv: codes, dashes, order, repeated paths."""
    rows, wrong = read_table(path)
    found = [Problem(str(one)) for one in wrong]
    paths = {" > ".join(map(fold, row.path.split(SEPARATOR))) for _, row in rows}
    for number, row in rows:
        place = f"{path.name}, row {number} ({row.path})"
        codes = [getattr(row, name) for name in TABLES[path.name][1]]
        found += [
            Problem(f"{place}: {said}")
            for code in codes
            if code and (said := code_problem(code, table))
        ]
        if not row.see and not any(codes):
            found.append(Problem(f"{place}: has neither codes nor see; give it one"))
        for to in filter(None, (one.strip() for one in row.see.split(";"))):
            if " > ".join(map(fold, to.split(SEPARATOR.strip()))) not in paths:
                found.append(Problem(f"{place}: see {to!r}: no such row; correct it"))
    for (_, first), (number, second) in pairwise(rows):
        if _key(first) >= _key(second):
            told = "stands twice" if _key(first) == _key(second) else f"stands after {first.path!r}"
            found.append(
                Problem(f"{path.name}, row {number}: {second.path!r} {told}; sort by letters")
            )
    return found
