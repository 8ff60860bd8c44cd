"""Present on admission: which diagnoses need an indicator on an inpatient claim."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from codinglab.codes.code_set import CodeSet
from codinglab.codes.poa import poa_exempt
from codinglab.codes.release import CodeRow

REQUIRED = CodeSet("poa_required", CodeRow, r"[A-Z0-9-]{3,7}", "A00-B89")


def poa_required(code: str, day: date, folder: Path | None = None) -> bool | None:
    """Say whether the ICD-10-CM `code` needs a present on admission indicator on `day`.

    What `poa_exempt` knows decides; else the categories that hold no exempt code do. None means
    that neither speaks of the code. Raises NotInForce when this lab has no list for the day.
    """
    exempt = poa_exempt(code, day, folder)
    if exempt is not None:
        return not exempt
    category = code.strip().upper()[:3]
    return any(first <= category <= last for first, last in _ranges(day, folder)) or None


@lru_cache(maxsize=8)
def _ranges(day: date, folder: Path | None) -> tuple[tuple[str, str], ...]:
    """Return the first and last category of each range."""
    found = (row.code.partition("-") for row in REQUIRED.all_on(day, folder))
    return tuple((first, last or first) for first, _, last in found)
