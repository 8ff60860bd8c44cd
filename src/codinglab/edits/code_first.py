"""Rules on "code first" notes: the underlying disease stands before what it does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from codinglab.codes.icd10cm import Code, Icd10cm, open_table
from codinglab.codes.icd10cm_notes import Reference, references
from codinglab.codes.mce_lists import on_list
from codinglab.core.findings import Finding, Severity
from codinglab.edits.diagnosis_codes import CAUSES, PREGNANCY, Known, chapter, guideline, known
from codinglab.edits.listed import because, is_listed, leads
from codinglab.edits.notes import is_unrelated, may_not_apply, said
from codinglab.edits.rule import edit
from codinglab.edits.trait import editor_lists, guideline_lists, has_notes
from codinglab.encounter.coded import CodedEncounter, Diagnosis

_UNDERLYING = re.compile(  # how a note begins that asks for a cause, and not for "any associated"
    r"(?:the )?(?:underlying|type of|infection\b|coronary|syncope|smoke|COVID-19|\(T51-T65\)"
    r"|malignan|cause of dependence|condition requiring|atherosclerosis|underdosing"
    r"|asthma, by type|complications? of transplanted|toxic effects of lead)"
)
_SYMPTOMS, _FACTORS = "Chapter 18", "Chapter 21"


def _is_manifestation(code: str, day: date) -> bool:
    return on_list(code, "manifestation", day)


@lru_cache(maxsize=32768)
def _notes(code: str, day: date) -> tuple[Reference, ...]:
    """Return the "code first" notes of `code` that no other rule judges.

    Adverse effects, pregnancy and severe sepsis have rules of their own.
    """
    if is_listed(code, "severe-sepsis", day):
        return ()
    table = open_table(day)
    return tuple(
        note
        for note in references(code, "code first", day)
        if "for adverse effects" not in note.head
        and chapter(table, table.at(note.stretches[0].first).code) != PREGNANCY
    )


@edit(
    "dx.code-first",
    "notes",
    source="ICD-10-CM guidelines I.A.13 and I.B.7",
    on=has_notes("code first"),
)
def code_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A code with a note "code first" stands behind the code that the note names.

    Where both are on the claim the order is an error, or a warning where the note says "if
    applicable". Where the code stands first-listed and its note asks for an underlying disease
    without an "if", that disease is missing: an error where the note names it, a warning where it
    gives examples ("such as"). Codes whose link the record denies are left alone. Adverse
    effects, pregnancy and severe sepsis have rules of their own.
    """
    codes = known(encounter, day)
    for at, (one, code) in enumerate(codes):
        if at == 0 and _is_manifestation(code.code, day):
            continue
        notes = _notes(code.code, day)
        late = _named_later(notes, codes, at, encounter)
        if late is not None:
            yield _order(one, *late, open_table(day))
        elif at == 0 and not _named(notes, codes) and (asks := _asks(notes)):
            yield _lacks(one, asks, open_table(day))


def _named_later(
    notes: tuple[Reference, ...], codes: Known, at: int, encounter: CodedEncounter
) -> tuple[Diagnosis, Reference] | None:
    """Return the diagnosis behind place `at` that a note wants before it, if none stands there."""
    one = codes[at][0]
    before = [found for _, found in codes[:at]]
    for note in notes:
        if any(note.holds(found) for found in before):
            return None
    for other, found in codes[at + 1 :]:
        for note in notes:
            if note.holds(found) and not is_unrelated(encounter, one, other):
                return other, note
    return None


def _order(one: Diagnosis, other: Diagnosis, note: Reference, table: Icd10cm) -> Finding:
    return Finding(
        "dx.code-first",
        one.place,
        f"{one.code} stands before {other.code}, and the note at {note.note.from_code} says: code "
        f"first {said(note)}.",
        f"Put {other.code} before it"
        + (", if the two belong together." if may_not_apply(note) else "."),
        Severity.WARNING if may_not_apply(note) else Severity.ERROR,
        table.cite(f"{note.note.from_code}, code first"),
    )


def _named(notes: tuple[Reference, ...], codes: Known) -> bool:
    return any(note.holds(found) for note in notes for _, found in codes)


def _asks(notes: tuple[Reference, ...]) -> Reference | None:
    """Return the first note that asks for an underlying disease without an "if"."""
    for note in notes:
        if _UNDERLYING.match(said(note)) and not may_not_apply(note):
            return note
    return None


def _lacks(one: Diagnosis, note: Reference, table: Icd10cm) -> Finding:
    examples = "such as" in said(note)
    return Finding(
        "dx.code-first",
        one.place,
        f"{one.code} stands first, and the note at {note.note.from_code} says: code first "
        f"{said(note)}.",
        "Code what the note asks for and put it first.",
        Severity.WARNING if examples else Severity.ERROR,
        table.cite(f"{note.note.from_code}, code first"),
    )


@edit(
    "dx.underlying-first",
    "notes",
    source="ICD-10-CM guidelines I.A.13 and I.B.7; the notes of the tabular list",
    on=guideline_lists("underlying-first"),
)
def underlying_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A code whose note says "code first the underlying condition" never stands first.

    Such notes name no code, as the cause may be anything: the infection that resists a drug
    (Z16), the disease behind a psychosis (F06), the liver disease behind varices (I85.1).
    """
    if one := leads(encounter, "underlying-first", day):
        yield Finding(
            "dx.underlying-first",
            one.place,
            f"{one.code} stands first, and its note says: code first what is behind it.",
            "Put the underlying condition first and this code behind it.",
            cite=because("underlying-first", one.code, day),
        )


@edit(
    "dx.manifestation-first",
    "sequence",
    source="ICD-10-CM guidelines I.A.13",
    on=editor_lists("manifestation"),
)
def manifestation_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A manifestation is never first-listed or principal: the disease that causes it is.

    Most such codes say "in diseases classified elsewhere" in their title. The Medicare Code
    Editor keeps the list, and returns an inpatient claim that has one as principal diagnosis.
    """
    if not encounter.diagnoses:
        return
    one = encounter.diagnoses[0]
    if _is_manifestation(one.code, day):
        yield Finding(
            "dx.manifestation-first",
            one.place,
            f"{one.code} is a manifestation and stands first.",
            "Put the underlying disease first and this code behind it.",
            cite=guideline("I.A.13", day),
        )


@edit(
    "dx.manifestation-alone",
    "notes",
    source="ICD-10-CM guidelines I.A.13",
    on=editor_lists("manifestation"),
)
def manifestation_alone(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A manifestation needs the code of the disease behind it on the same claim.

    The classification splits some conditions into two codes, etiology and manifestation, and
    neither tells the case without the other. An error where the claim has no disease that could
    be the cause; a warning where it has one, and none that the note names. A note with "such as"
    gives examples, and the cause may be another.
    """
    codes = known(encounter, day)
    for one, code in codes:
        if not _is_manifestation(code.code, day):
            continue
        notes = references(code.code, "code first", day)
        others = [found for _, found in codes if found is not code]
        causes = [found for found in others if _may_cause(found, day)]
        if any(note.holds(found) for note in notes for found in others):
            continue
        if causes and not notes:
            continue
        named = f" The note names {said(notes[0])}." if notes else ""
        yield Finding(
            "dx.manifestation-alone",
            one.place,
            f"{one.code} ({code.title}) has no code of the disease that causes it beside it."
            f"{named}",
            f"Add the underlying disease before it, unless it is {causes[0].code}."
            if causes
            else "Add the underlying disease before it, or query the provider.",
            Severity.WARNING if causes else Severity.ERROR,
            guideline("I.A.13", day),
        )


def _may_cause(found: Code, day: date) -> bool:
    """Say whether `found` is a disease of its own: no symptom, factor, cause or manifestation."""
    at = chapter(open_table(day), found.code)
    return at not in {_SYMPTOMS, CAUSES, _FACTORS} and not _is_manifestation(found.code, day)


EDITS = (code_first, underlying_first, manifestation_first, manifestation_alone)
