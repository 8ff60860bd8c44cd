"""From diagnoses to condition categories: the mapping, the edits by age and sex, the hierarchy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from codinglab.codes import icd10cm_dates
from codinglab.codes.icd10cm import key_of
from codinglab.codes.release import NotInTable
from codinglab.core.dates import Span
from codinglab.encounter.circumstances import Sex
from codinglab.encounter.coded import Diagnosis
from codinglab.grouping.hcc_tables import Tables

Role = Literal[
    "counts",
    "same category",
    "trumped",
    "needs another",
    "not used",
    "no category",
    "edited out",
    "not a code",
]
HEART_DEVICE, HEART_FAILURES = "223", ("221", "222", "224", "225", "226")
_NEXT_YEAR = 1


@dataclass(frozen=True, slots=True)
class Mapped:
    """What one diagnosis does in one category; a code of two categories has two of these.

    `category` is empty where there is none. `why` says it in words.
    """

    code: str
    place: str
    category: str
    role: Role
    why: str


@dataclass(frozen=True, slots=True)
class Categories:
    """The categories of a person: those `present`, those `kept` after the hierarchy, and why."""

    present: frozenset[str]
    kept: tuple[str, ...]
    mapped: tuple[Mapped, ...]


def categorize(
    diagnoses: Iterable[Diagnosis], age: int, sex: Sex, tables: Tables, service_year: int
) -> Categories:
    """Return the categories of `diagnoses` of the `service_year` for a person of this age and sex.

    Source: the CMS-HCC and RxHCC software: mapping, edits (V28I0ED3, V24I0ED3), hierarchies.
    Raises NotInTable for a code that is younger than the mapping.
    """
    found: list[tuple[Diagnosis, tuple[str, ...], Mapped | None]] = []
    for one in diagnoses:
        categories, none = _of_code(one, age, sex, tables, service_year)
        found.append((one, categories, none))
    present = frozenset(category for _, categories, _ in found for category in categories)
    kept = kept_of(present, tables)
    mapped: list[Mapped] = []
    first: dict[str, str] = {}
    for one, categories, none in found:
        mapped += [none] if none else []
        for category in categories:
            role, why = _role(category, present, kept, tables)
            if role == "counts" and category in first:
                role, why = "same category", f"counts once, as {first[category]} has it"
            first.setdefault(category, one.place)
            name = f"{tables.name(category)} {tables.label(category)}"
            mapped.append(Mapped(one.code, one.place, category, role, f"{name}: {why}"))
    return Categories(present, kept, tuple(mapped))


def kept_of(present: frozenset[str], tables: Tables) -> tuple[str, ...]:
    """Return the categories that count, in order of their numbers."""
    able = {one for one in present if not _lacks_heart_failure(one, present, tables)}
    kept = (one for one in able if not able & set(tables.above.get(one, ())))
    return tuple(sorted(kept, key=int))


def _lacks_heart_failure(category: str, present: frozenset[str], tables: Tables) -> bool:
    """Say whether the category is V28's heart assist device without any heart failure."""
    alone = not present & set(HEART_FAILURES)
    return tables.model == "V28" and category == HEART_DEVICE and alone


def _of_code(
    one: Diagnosis, age: int, sex: Sex, tables: Tables, service_year: int
) -> tuple[tuple[str, ...], Mapped | None]:
    """Return the categories of a code, or none and why."""
    wrong = _not_valid(one.code, tables, service_year)
    if wrong:
        return (), Mapped(one.code, one.place, "", "not a code", wrong)
    key = key_of(one.code)
    categories = tables.categories.get(key, ())
    if not categories:
        why = f"no category of {tables.model}"
        return (), Mapped(one.code, one.place, "", "no category", why)
    for edit in tables.edits.get(key, ()):
        if edit.meets(age, sex):
            if edit.category:
                return (edit.category,), None
            names = " and ".join(tables.name(each) for each in categories)
            about = "sex" if edit.sex else "age"
            why = f"{names} in the mapping, but not at the {about} of this person"
            return (), Mapped(one.code, one.place, "", "edited out", why)
    return categories, None


def _not_valid(code: str, tables: Tables, service_year: int) -> str:
    """Say why the code could not be reported in the year; empty where it could on some day."""
    year = Span(date(service_year, 1, 1), date(service_year + _NEXT_YEAR, 1, 1))
    known = icd10cm_dates.life(code)
    spans = known.spans if known else ()
    if known is None or not any(_meet(one, year) for one in spans):
        header = known is not None and known.header and not spans
        return (
            f"a header, not a billable code of {service_year}"
            if header
            else f"not an ICD-10-CM code of {service_year}"
        )
    if spans[0].start >= tables.codes_before and key_of(code) not in tables.categories:
        raise NotInTable(
            f"{code} began on {spans[0].start}, and the mapping of {tables.model} for payment year "
            f"{tables.payment_year} that this lab has knows codes begun before "
            f"{tables.codes_before} alone; look it up in CMS's final mapping of that year"
        )
    return ""


def _meet(one: Span, other: Span) -> bool:
    """Say whether two spans share a day."""
    ends = one.end is None or other.start < one.end
    return ends and (other.end is None or one.start < other.end)


def _role(
    category: str, present: frozenset[str], kept: tuple[str, ...], tables: Tables
) -> tuple[Role, str]:
    if category in kept:
        return "counts", "counts"
    if _lacks_heart_failure(category, present, tables):
        names = ", ".join(tables.name(one) for one in HEART_FAILURES)
        return "needs another", f"counts only beside one of {names}"
    above = [one for one in tables.above.get(category, ()) if one in present]
    winners = [one for one in above if one in kept] or above
    return "trumped", f"does not count beside {' and '.join(tables.name(one) for one in winners)}"
