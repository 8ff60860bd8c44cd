"""Rules that judge the diagnosis codes of an encounter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes import icd10cm_dates
from codinglab.codes.icd10cm import Icd10cm, open_table
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding
from codinglab.edits.diagnosis_codes import entry, lacks_seventh, with_placeholder
from codinglab.edits.rule import edit
from codinglab.edits.trait import INCOMPLETE, MANY_DIAGNOSES, TWO_DIAGNOSES
from codinglab.encounter.coded import POINTER_LETTERS, CodedEncounter, Diagnosis

_SHOWN = 4  # how many examples an error text names


@edit(
    "dx.unknown",
    "validity",
    source="45 CFR 162.1002: the code set in force on the date",
    on=(INCOMPLETE,),
)
def exists(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A diagnosis code must stand in the tabular list in force on the date of service.

    For an inpatient the date of discharge decides. A code that was deleted, or not yet added, is
    as unknown to a payer as one that never was. Judged from October 2015 on: for years whose
    tabular list is not in this lab, by the days on which each code was valid.
    """
    table = _text(day)
    if table is None:
        yield from _unknown_by_dates(encounter, day)
        return
    for one in encounter.diagnoses:
        if entry(table, one.code) is None and with_placeholder(table, one.code) is None:
            yield Finding(
                "dx.unknown",
                one.place,
                f"{one.code} is not an ICD-10-CM code on {day}.",
                _other_days(one.code, day) or _nearest(one, table),
                cite=table.cite("list of codes"),
            )


def _text(day: date) -> Icd10cm | None:
    """Return the tabular list of `day`; None where only the days of the codes are known.

    Raises NotInForce where not even they are.
    """
    try:
        return open_table(day)
    except NotInForce:
        icd10cm_dates.check_day(day)
        return None


def _unknown_by_dates(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    for one in encounter.diagnoses:
        known = icd10cm_dates.life(one.code)
        if known is None or not (known.header or known.at(day)):
            yield Finding(
                "dx.unknown",
                one.place,
                f"{one.code} is not an ICD-10-CM code on {day}.",
                _other_days(one.code, day) or "Look the condition up again; check each character.",
                cite=icd10cm_dates.cite(one.code),
            )


def _headers_by_dates(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    for one in encounter.diagnoses:
        known = icd10cm_dates.life(one.code)
        if known is not None and known.header and not known.at(day):
            yield Finding(
                "dx.header",
                one.place,
                f"{one.code} is a header and not billable on {day}.",
                _other_days(one.code, day) or "Choose a full code below it.",
                cite=icd10cm_dates.cite(one.code),
            )


def _other_days(code: str, day: date) -> str:
    """Tell when `code` is or was valid, and what took its place; empty if it never was."""
    known = icd10cm_dates.life(code)
    said = known.says(day) if known else ""
    return f"{code} {said}." if said else ""


def _nearest(one: Diagnosis, table: Icd10cm) -> str:
    """Name the longest beginning of the code that does exist."""
    for length in range(len(one.code) - 1, 2, -1):
        found = table.find(one.code[:length].rstrip("."))
        if found is not None and found.billable:
            return f"{found.code} ({found.title}) takes no more characters; check what you read."
        if found is not None:
            return f"{found.code} ({found.title}) exists; look at what stands below it."
    return "Look the condition up again; check each character."


@edit(
    "dx.header",
    "validity",
    source="ICD-10-CM guidelines I.B.2",
    on=(INCOMPLETE,),
)
def billable(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A category that has more specific codes below it cannot be reported.

    Diagnosis codes are used with the highest number of characters that there are. Judged from
    October 2015 on, as for unknown codes.
    """
    table = _text(day)
    if table is None:
        yield from _headers_by_dates(encounter, day)
        return
    for one in encounter.diagnoses:
        found = entry(table, one.code)
        if found is None or found.billable or lacks_seventh(table, found):
            continue
        below = table.billable_below(found.code, _SHOWN)
        if not below:
            continue
        examples = ", ".join(code.code for code in below)
        yield Finding(
            "dx.header",
            one.place,
            f"{found.code} ({found.title}) is a header and not billable on {day}.",
            _other_days(found.code, day) or f"Choose a full code below it, such as {examples}.",
            cite=table.cite(found.code),
        )


@edit(
    "dx.repeated",
    "form",
    source="ICD-10-CM guidelines I.B.12",
    on=(TWO_DIAGNOSES,),
)
def repeated(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """Each diagnosis code is reported once for an encounter.

    Two sides without a code of their own, or two conditions that share a code, are one code.
    """
    seen: dict[str, Diagnosis] = {}
    for one in encounter.diagnoses:
        if one.code in seen:
            yield Finding(
                "dx.repeated",
                one.place,
                f"{one.code} already stands on {seen[one.code].place}.",
                "Take one of them out.",
            )
        seen.setdefault(one.code, one)


@edit(
    "dx.too-many",
    "form",
    source="CMS-1500 item 21",
    settings=("professional",),
    on=(MANY_DIAGNOSES,),
)
def at_most_twelve(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """A professional claim carries twelve diagnoses.

    A further claim cannot carry the rest for the same service, so choose what the visit treated.
    """
    for one in encounter.diagnoses[len(POINTER_LETTERS) :]:
        yield Finding(
            "dx.too-many",
            one.place,
            f"{one.code} is diagnosis 13 or later; the claim has room for twelve.",
            "Keep those that the visit evaluated or treated.",
        )


EDITS = (exists, billable, repeated, at_most_twelve)
