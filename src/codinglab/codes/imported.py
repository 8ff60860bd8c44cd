"""Procedure codes that the starter sets lack, out of the official files that a user imported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from codinglab.codes.release import NotInTable, releases, row_on

_SETS = {
    "CPT": ("cpt_medium", "cpt_short", "cpt_long"),
    "HCPCS": ("hcpcs_level2",),
}
TABLE = "codes.csv"


def procedure_label(code: str, system: str, day: date, folder: Path | None = None) -> str | None:
    """Return the text of `code` ("CPT" or "HCPCS" by `system`) in force on `day`.

    `folder` holds the code sets (the installation's own and imported ones by default). None says
    that no file that covers the day was imported, or that it has no such code.
    """
    for name in _SETS.get(system, ()):
        for span, release in releases(name, folder).rows:
            if day in span:
                from codinglab.codes.importers.kinds import kind  # only where something is there

                try:
                    return row_on(release, TABLE, kind(name).tables[TABLE], code, day).label
                except NotInTable:
                    continue
    return None
