"""`codinglab codes list`: which code sets are here, for which days, from where."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from codinglab.codes.release import Release


def list_sets(as_json: AsJson = False) -> None:
    """List every release of every code set, of this installation and imported.

    JSON: [{"set", "release", "effective_from", "effective_to", "clock", "source", "licence",
    "tables": {file: sha256}, "rows": {file: number}, "imported", "used_for": [what it answers
    for today, where several sets could]}].
    """
    from codinglab.codes.release import releases, set_names
    from codinglab.codes.uses import uses

    found = [one for name in set_names() for _, one in releases(name).rows]
    used = [(release.folder, said) for release, said in uses(date.today())]  # noqa: DTZ011  the user's own day
    told = [
        _as_json(one) | {"used_for": [said for folder, said in used if folder == one.folder]}
        for one in found
    ]
    lines = [_text(one, said) for one, said in zip(found, told, strict=True)]
    finish(told, as_json=as_json, text=lambda: "\n".join(lines))


def _rows(release: Release) -> dict[str, int]:
    """Return how many rows each table has: as stated at import, else counted."""
    import csv

    def count(table: str) -> int:
        with (release.folder / table).open(encoding="utf-8", newline="") as file:
            return sum(1 for _ in csv.reader(file)) - 1

    return dict(release.info.rows) or {table: count(table) for table in release.info.tables}


def _as_json(release: Release) -> dict[str, Any]:
    from codinglab.codes.release import imported_folder

    one = release.info
    return {
        "set": one.set,
        "release": one.release,
        "effective_from": one.effective_from.isoformat(),
        "effective_to": one.effective_to.isoformat() if one.effective_to else None,
        "clock": one.clock,
        "source": one.source,
        "licence": one.licence,
        "tables": dict(one.tables),
        "rows": _rows(release),
        "imported": release.folder.is_relative_to(imported_folder()),
    }


def _text(release: Release, said: dict[str, Any]) -> str:
    one = release.info
    rows = "".join(f", {table} {number:,} rows" for table, number in said["rows"].items())
    home = ", imported" if said["imported"] else ""
    used = f"\n  used for: {', '.join(said['used_for'])}" if said["used_for"] else ""
    return f"{release}: {one.span}, by {one.clock} date{rows}{home}\n  {one.source}{used}"
