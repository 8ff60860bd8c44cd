"""Every code set as a pandas DataFrame in one call: `frame("carc", day)`.

Codes stay text ("0450"), blanks are None, and days are datetimes. `frame(...).attrs` says set,
release, days in force, source and licence. docs/data_frames.md lists the columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codinglab.codes import catalog, icd10cm, icd10pcs
from codinglab.codes.release import CodeRow, Release, in_force, rows, set_names
from codinglab.core.tables import BadData

if TYPE_CHECKING:
    import pandas as pd

_DAYS = ["effective_from", "effective_to"]


def names() -> tuple[str, ...]:
    """Return the names of all sets that `frame` knows, imported ones too, in order."""
    return tuple(sorted({icd10cm.SET, *catalog.SETS, *set_names()}))


def frame(name: str, day: date, folder: Path | None = None, *, table: str = "") -> pd.DataFrame:
    """Return the code set `name` as in force on `day`.

    `folder` holds the code sets (the installation's own and imported ones by default); `table`
    names one of the set's other files ("facts.csv"). Raises NotInForce when the lab has no
    release for that day, and BadData for a set or a table that it does not have.
    """
    if name not in names():
        raise BadData(f"there is no code set {name}; choose one of {', '.join(names())}")
    if name == icd10pcs.SET and not table:
        return _icd10pcs(icd10pcs.open_pcs(day, folder))
    release = in_force(name, day, folder)
    if name == icd10cm.SET and not table:
        found = _icd10cm(day, folder)
    elif name in catalog.SETS and table in {"", catalog.SETS[name].table}:
        one = catalog.SETS[name]
        found = _rows(rows(release, one.table, one.model), one.model, release, day)
    else:
        found = _file(release, table, day)
    found.attrs.update(_said(release))
    return found


def _said(release: Release) -> dict[str, str]:
    info = release.info
    return {
        "set": info.set,
        "release": info.release,
        "in_force": str(info.span),
        "source": info.source,
        "licence": info.licence,
    }


def _made(values: Iterable[Mapping[str, Any]], columns: list[str]) -> pd.DataFrame:
    """Return `values` as a frame with exactly `columns`, days as datetimes."""
    import pandas as pd

    found = pd.DataFrame.from_records(list(values), columns=columns)
    for column in set(columns) & set(_DAYS):
        found[column] = pd.to_datetime(found[column])
    return found


def _rows(
    every: tuple[CodeRow, ...], model: type[CodeRow], release: Release, day: date
) -> pd.DataFrame:
    """Return the rows in force on `day`; a row without days of its own has the release's."""
    span = release.info.span
    columns = [name for name in model.model_fields if name not in _DAYS] + _DAYS
    held = (row for row in every if row.holds(day, span))
    values = (
        row.model_dump()
        | {
            "effective_from": row.effective_from or span.start,
            "effective_to": row.effective_to or span.end,
        }
        for row in held
    )
    return _made(values, columns)


def _icd10cm(day: date, folder: Path | None) -> pd.DataFrame:
    columns = ["code", "title", "billable", "parent", "kind"]
    nodes = icd10cm.open_table(day, folder).nodes()
    return _made(({name: getattr(one, name) for name in columns} for one in nodes), columns)


def _icd10pcs(opened: icd10pcs.Icd10pcs) -> pd.DataFrame:
    """Return the codes valid on the day; a code without a title here has None."""
    found = _made(
        ({"code": code, "title": title} for code, title in opened.codes()), ["code", "title"]
    )
    found.attrs.update(_said(opened.release), caveat=opened.caveat)
    return found


def pcs_table_frame(prefix: str, day: date, folder: Path | None = None) -> pd.DataFrame:
    """Return the ICD-10-PCS table of three characters ("0FT"), a line for each value of a row.

    Columns: row, position, axis, value, label, codes. Raises NotInTable when there is none.
    """
    opened = icd10pcs.open_pcs(day, folder)
    table = opened.table(prefix)
    columns = ["row", "position", "axis", "value", "label", "codes"]
    lines = (
        dict(zip(columns, (number, place, axis, one.value, one.label, one.codes), strict=True))
        for number, row in enumerate(table.rows, 1)
        for place, (axis, cell) in enumerate(zip(table.axes, row, strict=True), 4)
        for one in cell
    )
    found = _made(lines, columns)
    found.attrs.update(_said(opened.release), caveat=opened.caveat)
    return found


def _file(release: Release, table: str, day: date) -> pd.DataFrame:
    """Return a table that has no model here, an imported one say: all columns as text."""
    import pandas as pd

    chosen = table or next(iter(sorted(release.info.tables)), "")
    if chosen not in release.info.tables:
        known = ", ".join(sorted(release.info.tables)) or "none"
        raise BadData(f"{release} has no table {table or 'at all'}; it has: {known}")
    found = pd.read_csv(release.folder / chosen, dtype=str, keep_default_na=False, na_values=[""])
    for column in set(_DAYS) & set(found.columns):
        found[column] = pd.to_datetime(found[column])
    when = pd.Timestamp(day)
    if "effective_from" in found.columns:
        found = found[found["effective_from"].isna() | (found["effective_from"] <= when)]
    if "effective_to" in found.columns:
        found = found[found["effective_to"].isna() | (found["effective_to"] > when)]
    return found.reset_index(drop=True)
