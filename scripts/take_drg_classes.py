"""Take MDC and class, surgical or medical, of each MS-DRG by fiscal year into code_sets.

Run by a developer; the result, code_sets/msdrg_classes/2026-04/classes.csv, is committed:

    .venv/bin/python scripts/take_drg_classes.py

Both are facts of the MS-DRG Definitions Manual, a United States federal publication, which drgpy
(extra dev) carries for versions 40 to 43.1. DRGs before the MDCs are those that Table 5 calls PRE.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

SETS = Path(__file__).resolve().parents[1] / "code_sets"
FILE = SETS / "msdrg_classes" / "2026-04" / "classes.csv"
TABLE_5 = SETS / "msdrg" / "2026" / "drgs.csv"
YEARS = {2022: "v40", 2023: "v41", 2024: "v42", 2025: "v43"}  # each from 1 October


def classes(version: str, before: set[str]) -> dict[str, tuple[str, str]]:
    """Return MDC and kind of each DRG of `version`; `before` are the DRGs before the MDCs."""
    from drgpy._runtime_data import load_runtime_data

    every = load_runtime_data(version).drgmap
    return {
        drg: ("PRE" if drg in before else one["mdc"], _kind(one))
        for drg, one in every.items()
        if _kind(one)
    }


def _kind(one: dict[str, bool]) -> str:
    return "surgical" if one["is_surgical"] else "medical" if one["is_medical"] else ""


def spans() -> list[tuple[str, str, str, str, str]]:
    """Return code, MDC, kind, first day and day after the last of each DRG, in order."""
    with TABLE_5.open(encoding="utf-8", newline="") as file:
        before = {row["code"] for row in csv.DictReader(file) if row["mdc"] == "PRE"}
    found: dict[tuple[str, str, str], list[int]] = {}
    for year, version in YEARS.items():
        for drg, (mdc, kind) in classes(version, before).items():
            found.setdefault((drg, mdc, kind), []).append(year)
    return [
        (*key, f"{years[0]}-10-01", f"{years[-1] + 1}-10-01")
        for key, years in sorted(found.items())
    ]


def main() -> None:
    """Write classes.csv and print its hash, which release.yml states."""
    with FILE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("code", "mdc", "kind", "effective_from", "effective_to"))
        writer.writerows(spans())
    print(hashlib.sha256(FILE.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
