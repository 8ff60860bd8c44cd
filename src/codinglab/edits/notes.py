"""Rules from the notes of the tabular list: what excludes, precedes or accompanies what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from codinglab.codes.icd10cm import Code, Icd10cm, open_table
from codinglab.codes.icd10cm_notes import Reference, references
from codinglab.core.findings import Finding, Severity
from codinglab.edits.diagnosis_codes import CATEGORY, CAUSES, Known, chapter, entry, known
from codinglab.edits.rule import edit
from codinglab.edits.trait import TWO_DIAGNOSES, has_notes
from codinglab.encounter.coded import CodedEncounter, Diagnosis

_SHOWN = 4
_WHERE_IT_APPLIES = re.compile(r"\b(?:if|when|where|for adverse)\b", re.IGNORECASE)
_WIDE = frozenset({"chapter", "block"})


def said(note: Reference) -> str:
    """Return the note in one line: the head of its list, then the item."""
    return f"{note.head} {note.note.text}".strip(" ,")


def may_not_apply(note: Reference) -> bool:
    """Say whether the note leaves open if it applies to a code beside it ("if applicable")."""
    return bool(_WHERE_IT_APPLIES.search(said(note)))


def is_unrelated(encounter: CodedEncounter, one: Diagnosis, other: Diagnosis) -> bool:
    """Say whether the record denies that the two diagnoses have to do with each other."""
    return encounter.circumstances.says("unrelated", one.code, other.code) is not None


@edit(
    "dx.excludes1",
    "notes",
    source="ICD-10-CM guidelines I.A.12.a",
    on=(TWO_DIAGNOSES,),
)
def excludes1(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Two codes that an Excludes1 note keeps apart must not stand together.

    A warning, as the guidelines allow both when the two conditions are unrelated; where the
    record says so, the rule is silent. It works in both directions, and two codes are told once,
    with the nearest note. A note's condition ("with fifth character 2") is judged with it.
    """
    table = open_table(day)
    codes = known(encounter, day)
    told: set[frozenset[str]] = set()
    for one, code in codes:
        for excluded in _among(_all(code.code, "excludes1", day), codes):
            for other, found in codes:
                pair = frozenset({one.place, other.place})
                if other is one or pair in told or not excluded.holds(found):
                    continue
                if is_unrelated(encounter, one, other):
                    continue
                told.add(pair)
                at, text = excluded.note.from_code, excluded.note.text
                yield Finding(
                    "dx.excludes1",
                    other.place,
                    f"{found.code} does not go with {code.code}: the note at {at} excludes {text}.",
                    "Keep the one that the record supports; both stay only if the two conditions "
                    "are unrelated.",
                    Severity.WARNING,
                    table.cite(f"{at}, Excludes1"),
                )


@edit(
    "dx.excludes2",
    "notes",
    source="ICD-10-CM guidelines I.A.12.b",
    on=(TWO_DIAGNOSES,),
)
def excludes2(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """An Excludes2 note keeps two conditions apart and allows both codes.

    It says "not included here": the condition is no part of the other code. A patient may have
    both, and then both are coded. It is often mistaken for an Excludes1, which forbids the pair.
    Only notes at the code or its category are told: those of a chapter hold of half the book.
    """
    table = open_table(day)
    codes = known(encounter, day)
    seen: set[frozenset[str]] = set()
    for one, code in codes:
        for apart in _among(_own(code.code, "excludes2", day), codes):
            for other, found in codes:
                pair = frozenset({one.place, other.place})
                if other is one or pair in seen or not apart.holds(found):
                    continue
                seen.add(pair)
                yield Finding(
                    "dx.excludes2",
                    other.place,
                    f"{found.code} is no part of {code.code} (Excludes2 at "
                    f"{apart.note.from_code}): both may be coded.",
                    "Keep both if the record supports both.",
                    Severity.NOTE,
                    table.cite(f"{apart.note.from_code}, Excludes2"),
                )


@lru_cache(maxsize=32768)
def _all(code: str, kind: str, day: date) -> tuple[Reference, ...]:
    return references(code, kind, day)


def _among(notes: Iterable[Reference], codes: Known) -> Iterator[Reference]:
    """Yield the notes that may name one of `codes`: those with a stretch that holds its place."""
    places = [code.ordinal for _, code in codes]
    for note in notes if len(places) > 1 else ():
        if any(one.first <= at <= one.last for one in note.stretches for at in places):
            yield note


@lru_cache(maxsize=32768)
def _own(code: str, kind: str, day: date) -> tuple[Reference, ...]:
    """Return the notes of `kind` stated at `code` or above it up to its category."""
    table = open_table(day)
    return tuple(
        one
        for one in references(code, kind, day)
        if (at := entry(table, one.note.from_code)) is not None and at.kind not in _WIDE
    )


def missing_beside(code: Code, kind: str, codes: Known, day: date) -> list[Reference]:
    """Return the notes of `kind` stated at `code` or its category that no other code meets.

    Where one item of a list is met, the list is; what a whole block or chapter asks for is left
    out, as it holds of hundreds of codes.
    """
    own = _own(code.code, kind, day)
    if not own:
        return []
    others = [found for _, found in codes if found is not code]
    met = {_list_of(one) for one in own if _meets(one, others)} - {None}
    return [one for one in own if _list_of(one) not in met and not _meets(one, others)]


def _list_of(note: Reference) -> tuple[str, str] | None:
    """Return what names the list that `note` heads or stands in; None where it is no list."""
    text = note.head or note.note.text
    return (note.note.from_code, text.rstrip(" :")) if note.head or text.endswith(":") else None


def _meets(note: Reference, others: list[Code]) -> bool:
    return any(note.holds(found) for found in others)


@edit(
    "dx.use-additional",
    "notes",
    source="ICD-10-CM guidelines I.A.13 and I.B.7",
    on=has_notes("use additional code"),
)
def use_additional(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A note "use additional code" asks for a second code, where the record has it.

    The second code follows the first. Most notes name what a patient may or may not have, such
    as tobacco use: they are told as a reminder. Where the first code already says that the patient
    has what the note names (E11.22 says kidney disease, the note asks for its stage), the second
    is missing, and that is a warning. Where another code of the category that the note names is
    there (I12.9 beside N18.6), what is wrong is the pair, and rules of its own say so.
    """
    table = open_table(day)
    codes = known(encounter, day)
    for one, code in codes:
        for notes in _by_list(missing_beside(code, "use additional code", codes, day)):
            if any(_nearly_met(note, codes, table) for note in notes):
                continue
            due = any(_is_due(code, note, table) for note in notes)
            yield Finding(
                "dx.use-additional",
                one.place,
                f"{code.code} has a note: use additional {_joined(notes)}.",
                "Add the code that the record supports, behind this one."
                if due
                else "Add one behind this code if the record tells of it.",
                Severity.WARNING if due else Severity.NOTE,
                table.cite(f"{notes[0].note.from_code}, use additional code"),
            )


def _by_list(notes: list[Reference]) -> list[list[Reference]]:
    found: dict[tuple[str, str], list[Reference]] = {}
    for number, note in enumerate(notes):
        found.setdefault(_list_of(note) or (note.note.from_code, str(number)), []).append(note)
    return list(found.values())


def _joined(notes: list[Reference]) -> str:
    listed = [note.note.text for note in notes if note.head] or [notes[0].note.text]
    head = next((note.head for note in notes if note.head), "")
    more = " and others" if len(listed) > _SHOWN else ""
    return f"{head} {'; '.join(listed[:_SHOWN])}{more}".strip(" ,.:")


def _nearly_met(note: Reference, codes: Known, table: Icd10cm) -> bool:
    """Say whether a code of a category that `note` names only in part is there already."""
    if note.head:
        return False
    named = {table.at(one.first).code for one in note.stretches}
    categories = {code[:CATEGORY] for code in named if len(code) > CATEGORY}
    return any(found.code[:CATEGORY] in categories for _, found in codes)


def _is_due(code: Code, note: Reference, table: Icd10cm) -> bool:
    """Say whether the title of `code` says already what the note asks to be told more exactly.

    External causes are voluntary (guidelines I.C.20) and never due.
    """
    if chapter(table, table.at(note.stretches[0].first).code) == CAUSES:
        return False
    about = re.search(
        r"\b(?:stage|severity|site|type) of (?:the )?(.+?)(?: \(|,|$)", note.note.text
    )
    if about is None or note.head or may_not_apply(note):
        return False
    return about[1].lower().rstrip("s") in code.title.lower()


@edit(
    "dx.code-also",
    "notes",
    source="ICD-10-CM guidelines I.A.17",
    on=has_notes("code also"),
)
def code_also(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A note "code also" says that two codes may be needed, in either order.

    Which of them comes first depends on the reason for the encounter and on how severe each is.
    The note is a reminder: it asks for the second code where the record has the condition.
    """
    table = open_table(day)
    codes = known(encounter, day)
    for one, code in codes:
        for notes in _by_list(missing_beside(code, "code also", codes, day)):
            yield Finding(
                "dx.code-also",
                one.place,
                f"{code.code} has a note: code also {_joined(notes)}.",
                "Add it if the record tells of it; either may stand first.",
                Severity.NOTE,
                table.cite(f"{notes[0].note.from_code}, code also"),
            )


EDITS = (excludes1, excludes2, use_additional, code_also)
