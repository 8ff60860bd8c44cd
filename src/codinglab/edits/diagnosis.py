"""Rules that judge the diagnosis codes of an encounter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes import icd10cm_dates
from codinglab.codes.icd10cm import Icd10cm, open_table
from codinglab.codes.icd10cm_notes import references
from codinglab.core.findings import Finding, Severity
from codinglab.encounter.coded import POINTER_LETTERS, CodedEncounter, Diagnosis

_SHOWN = 4  # how many examples an error text names


def exists(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """`dx.unknown`: the code must stand in the tabular list in force on the date of service."""
    table = open_table(day)
    for one in encounter.diagnoses:
        if table.find(one.code) is None:
            yield Finding(
                "dx.unknown",
                one.place,
                f"{one.code} is not an ICD-10-CM code on {day}.",
                _other_days(one.code, day) or _nearest(one, table),
                cite=table.cite("list of codes"),
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


def billable(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """`dx.header`: a category that has more specific codes below it cannot be reported.

    Source: guidelines I.B.2, codes are used with the highest number of characters available.
    """
    table = open_table(day)
    for one in encounter.diagnoses:
        found = table.find(one.code)
        if found is None or found.billable:
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


def repeated(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """`dx.repeated`: each diagnosis code is reported once for an encounter.

    Source: guidelines I.B.12, reporting the same code more than once.
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


def at_most_twelve(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """`dx.too-many`: a professional claim carries twelve diagnoses (CMS-1500 item 21)."""
    for one in encounter.diagnoses[len(POINTER_LETTERS) :]:
        yield Finding(
            "dx.too-many",
            one.place,
            f"{one.code} is diagnosis 13 or later; the claim has room for twelve.",
            "Keep those that the visit evaluated or treated.",
        )


def excludes1(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """`dx.excludes1`: two codes that an Excludes1 note keeps apart stand together.

    A warning, as guidelines I.A.12.a allow both when the two conditions are unrelated. A note's
    condition ("with fifth character 2") is judged with it.
    """
    table = open_table(day)
    known = [(one, code) for one in encounter.diagnoses if (code := table.find(one.code))]
    for one, code in known:
        for excluded in references(code.code, "excludes1", day):
            for other, found in known:
                if other is not one and excluded.holds(found):
                    at, text = excluded.note.from_code, excluded.note.text
                    yield Finding(
                        "dx.excludes1",
                        other.place,
                        f"{found.code} is excluded by the note at {at}: {text}.",
                        f"Keep it beside {code.code} only if the two conditions are unrelated.",
                        Severity.WARNING,
                        table.cite(f"{at}, Excludes1"),
                    )


RULES = (exists, billable, repeated, at_most_twelve, excludes1)
