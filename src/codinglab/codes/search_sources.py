"""What the search looks through on a day, and the names of the files that it is compiled to.

There are three shelves, each a file of its own, so that nobody waits for one that he does not use
and the words of one never change what is found on another: diagnoses, procedures and modifiers
(`main`), the sets that only a bill or a remittance needs (`billing`), and ICD-10-PCS (`pcs`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from codinglab.codes.icd10cm_compile import compiled_name
from codinglab.codes.index_compile import BOOKS, OURS
from codinglab.codes.release import Release, in_force, releases
from codinglab.core.dates import NotInForce

DIAGNOSES, PROCEDURES = "ICD-10-CM", "ICD-10-PCS"
MAIN = (DIAGNOSES, "CPT", "HCPCS", "modifier", "place of service")
CLAIM = ("group code", "CARC", "RARC", "claim status category", "claim status", "taxonomy")
FACILITY = (
    *("revenue code", "bill type", "bill frequency", "condition code", "occurrence code"),
    *("occurrence span", "value code", "discharge status"),
)
BILLING = (*FACILITY, *CLAIM)
SYSTEMS = (*MAIN, *BILLING, PROCEDURES)
SETTINGS = {
    "inpatient": (DIAGNOSES, *BILLING, PROCEDURES),
    "outpatient": (*MAIN, *BILLING),
    "office": (*MAIN, *CLAIM),
    "emergency": (*MAIN, *BILLING),  # the hospital's bill or the physician's
}
_CODES = "codes.csv"
# The tables of each system: ours, then what a user may have imported, for what ours lack.
TABLES: dict[str, tuple[tuple[str, str], ...]] = {
    "CPT": tuple((name, _CODES) for name in ("cpt", "cpt_medium", "cpt_short", "cpt_long")),
    "HCPCS": (("hcpcs", _CODES), ("hcpcs_level2", _CODES)),
    "modifier": (("modifiers", "modifiers.csv"), ("hcpcs_level2", "modifiers.csv")),
    "place of service": (("place_of_service", "places.csv"),),
    "revenue code": (("revenue_codes", _CODES), ("nubc_revenue_codes", _CODES)),
    "bill type": (("bill_types", _CODES), ("nubc_bill_types", _CODES)),
    "bill frequency": (("bill_frequencies", _CODES),),
    "condition code": (("condition_codes", _CODES), ("nubc_condition_codes", _CODES)),
    "occurrence code": (("occurrence_codes", _CODES), ("nubc_occurrence_codes", _CODES)),
    "occurrence span": (("occurrence_spans", _CODES),),
    "value code": (("value_codes", _CODES), ("nubc_value_codes", _CODES)),
    "discharge status": (("discharge_status", _CODES), ("nubc_discharge_status", _CODES)),
    "group code": (("group_codes", _CODES),),
    "CARC": (("carc", _CODES), ("x12_carc", _CODES)),
    "RARC": (("rarc", _CODES), ("x12_rarc", _CODES)),
    "claim status category": (
        ("claim_status_categories", _CODES),
        ("x12_claim_status_category", _CODES),
    ),
    "claim status": (("claim_status_codes", _CODES), ("x12_claim_status", _CODES)),
    "taxonomy": (("taxonomies", _CODES), ("nucc_taxonomy", _CODES)),
}
_INDEXES = tuple(BOOKS[name].imported for name in ("diseases", "external causes"))
_DATES = "icd10cm_dates"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of codes with labels: the system whose codes they are, its release and file."""

    system: str
    release: Release
    file: str


@dataclass(frozen=True, slots=True)
class Sources:
    """What the shelf `main` is made of on `day`; `since` is the first of the days like it.

    `words` are the synonyms, `index` the releases of an alphabetic index and `dates` those of the
    days of diagnoses, each empty where none is in force.
    """

    day: date
    folder: Path | None
    diagnoses: Release
    words: Release | None
    tables: tuple[Table, ...]
    index: tuple[Release, ...]
    dates: tuple[Release, ...]
    since: date

    @property
    def parts(self) -> list[str]:
        """What it is made of, by hashes."""
        found = [compiled_name(self.diagnoses)]
        for one in (self.words, *self.index, *self.dates):
            found += [f"{name}={sha}" for name, sha in one.info.tables.items()] if one else ()
        return found + list(hashes(self.tables))


def _on(name: str, day: date, folder: Path | None) -> tuple[Release, ...]:
    with suppress(NotInForce):
        return (in_force(name, day, folder),)
    return ()


def tables(systems: Iterable[str], day: date, folder: Path | None = None) -> tuple[Table, ...]:
    """Return the tables of `systems` in force on `day`, ours before imported ones."""
    return tuple(
        Table(system, release, file)
        for system in systems
        for name, file in TABLES.get(system, ())
        for release in _on(name, day, folder)
        if file in release.info.tables
    )


def hashes(found: Iterable[Table]) -> Iterator[str]:
    """Yield system and hash of each table, as the name of a compiled file needs them."""
    for one in found:
        yield f"{one.system}={one.release.info.tables[one.file]}"


def _index(day: date, folder: Path | None) -> tuple[Release, ...]:
    """Return the indexes that hold on `day`: for each book the imported one, else ours."""
    found = [_on(name, day, folder) or _on(OURS, day, folder) for name in _INDEXES]
    return tuple(dict.fromkeys(one for book in found for one in book))


def since(systems: Iterable[str], day: date, folder: Path | None, *more: str) -> date:
    """Return the day from which, until `day`, the same releases were in force as on it."""
    names = {name for system in systems for name, _ in TABLES.get(system, ())} | set(more)
    spans = [span for name in names for span, _ in releases(name, folder).rows]
    bounds = [bound for span in spans for bound in (span.start, span.end) if bound]
    return max((bound for bound in bounds if bound <= day), default=day)


def sources(day: date, folder: Path | None = None) -> Sources:
    """Return what the shelf `main` is made of on `day`.

    Raises NotInForce when the lab has no ICD-10-CM text for that day.
    """
    more = ("icd10cm", "synonyms", _DATES, OURS, *_INDEXES)
    return Sources(
        day,
        folder,
        in_force("icd10cm", day, folder),
        words(day, folder),
        tables(MAIN, day, folder),
        _index(day, folder),
        _on(_DATES, day, folder),
        since(MAIN, day, folder, *more),
    )


def words(day: date, folder: Path | None = None) -> Release | None:
    """Return the synonyms in force on `day`, None where there are none."""
    return next(iter(_on("synonyms", day, folder)), None)


def file_name(shelf: str, first: date, schema: int, parts: Iterable[str]) -> tuple[str, str]:
    """Return the name of the compiled file of `shelf`, and a pattern of those it replaces.

    Files of other days stay, for they are asked too; of the same days there is one.
    """
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]
    start = f"search-{shelf}-{first:%Y%m%d}-"
    former = r"search-[0-9a-f]{24}\.sqlite"  # as they were called up to schema 3
    return f"{start}{key}-v{schema}.sqlite", rf"{start}[0-9a-f]{{24}}-v\d+\.sqlite|{former}"
