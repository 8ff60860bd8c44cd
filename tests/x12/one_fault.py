"""Valid files of every kind, and the tables of what is changed in them, once in each."""

from __future__ import annotations

import csv
from pathlib import Path

from mutants import GOLDEN, recounted

INQUIRIES = GOLDEN.parent / "inquiries"


def whole(name: str) -> str:
    """Return the valid file `name` ("837p", "271-refused")."""
    found = next(one for one in (GOLDEN, INQUIRIES) if (one / f"{name}.edi").exists())
    return (found / f"{name}.edi").read_text("utf-8")


def every() -> dict[str, str]:
    """Return every valid file by its name."""
    paths = [*GOLDEN.glob("*.edi"), *INQUIRIES.glob("*.edi")]
    return {path.stem: path.read_text("utf-8") for path in sorted(paths)}


def rows(table: str) -> list[dict[str, str]]:
    """Return the rows of a table of changes: file, what, old, new, and what must be found."""
    with (Path(__file__).parent / table).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def changed(row: dict[str, str]) -> str:
    """Return the file with its change; SE01 is set right unless the row says no."""
    text, old, new = whole(row["file"]), *(row[one].replace("~", "~\n") for one in ("old", "new"))
    assert old in text, f"{old!r} is not in {row['file']}"
    text = text.replace(old, new, 1)
    return text if row.get("recount") == "no" else recounted(text)
