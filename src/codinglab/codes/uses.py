"""Which release of a code set answers for what on a day, where several could."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.index_compile import BOOKS, OURS
from codinglab.codes.release import Release, releases
from codinglab.codes.search_sources import TABLES

# Of each row the first that covers the day answers, alone.
_FIRST = {
    "diagnosis codes (ICD-10-CM)": ("icd10cm",),
    "days of diagnosis codes": ("icd10cm_dates",),
    "days of inpatient procedure codes (ICD-10-PCS)": ("icd10pcs_order", "icd10pcs_dates"),
    "titles of inpatient procedure codes (ICD-10-PCS)": ("icd10pcs_order", "icd10pcs"),
    **{f"index of {name}": (book.imported, OURS) for name, book in BOOKS.items()},
    "words of the search": ("synonyms",),
    "visit levels": ("visit_levels",),
}
_NAMES = {"CPT": "procedure codes (CPT)", "HCPCS": "procedure codes (HCPCS)"}


def _covering(name: str, day: date) -> Release | None:
    return next((one for span, one in releases(name).rows if day in span), None)


def uses(day: date) -> Iterator[tuple[Release, str]]:
    """Yield each release that answers on `day` with what it answers for, in words.

    Of procedures, modifiers and billing sets our own table answers first, and an imported one for
    the codes that it lacks.
    """
    for said, names in _FIRST.items():
        found = next(filter(None, (_covering(name, day) for name in names)), None)
        if found:
            yield found, said
    for system, tables in TABLES.items():
        first = ""
        for name, _ in tables:
            if found := _covering(name, day):
                said = _NAMES.get(system, f"{system} codes".replace("code codes", "codes"))
                yield found, f"{said} that {first} lacks" if first else said
                first = first or name
