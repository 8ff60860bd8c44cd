"""Rules on the 7th character of a diagnosis code, and on the placeholder before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from codinglab.codes.icd10cm import Icd10cm, key_of, open_table
from codinglab.core.findings import Finding, Severity
from codinglab.edits.diagnosis_codes import (
    CAUSES,
    FULL,
    INJURIES,
    chapter,
    entry,
    guideline,
    known,
    lacks_seventh,
    sequence_character,
    with_placeholder,
)
from codinglab.edits.rule import edit
from codinglab.edits.trait import INCOMPLETE, SEVENTH
from codinglab.encounter.coded import CodedEncounter, Diagnosis

_SHOWN = 3
_ACTIVE, _SEQUELA = frozenset("ABC"), frozenset("S")
_PHASES = {"active": "active treatment", "later": "healing or recovery", "sequela": "sequela"}


@lru_cache(maxsize=32768)
def phase(code: str) -> str:
    """Return the phase that a 7th letter names: active, later or sequela; "" where there is none.

    A, B and C mean active treatment, S a sequela, any other letter the time between (guidelines
    I.C.19.a). A digit there names a fetus, an eye or a stage, and no phase.
    """
    character = sequence_character(code)
    if not character.isalpha() or key_of(code)[FULL - 1] == "X":
        return ""
    if character in _ACTIVE:
        return "active"
    return "sequela" if character in _SEQUELA else "later"


@edit(
    "seventh.missing",
    "validity",
    source="ICD-10-CM guidelines I.A.5 and I.B.2",
    on=(INCOMPLETE,),
)
def missing(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A code that takes a 7th character is not complete without it.

    The tabular list says at a category, or below it, which characters there are. For injuries
    they tell the phase of care: A while the injury is actively treated, D while it heals, S for
    what it left behind; fractures have more. For eyes, joints and fetuses they tell other things.
    """
    table = open_table(day)
    for one in encounter.diagnoses:
        found = entry(table, one.code)
        if found is None or not lacks_seventh(table, found):
            continue
        below = table.billable_below(found.code)
        meanings = dict(table.seventh_characters(below[0].code))
        said = [f"{code.code} ({meanings.get(code.code[-1], code.title)})" for code in below]
        more = f", or one of {len(said) - _SHOWN} more" if len(said) > _SHOWN else ""
        yield Finding(
            "seventh.missing",
            one.place,
            f"{found.code} ({found.title}) lacks its 7th character.",
            f"Write {', '.join(said[:_SHOWN])}{more}, as the record tells.",
            cite=table.cite(found.code),
        )


@edit(
    "seventh.placeholder",
    "validity",
    source="ICD-10-CM guidelines I.A.4 and I.A.5",
    on=(INCOMPLETE,),
)
def placeholder(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A 7th character stands in the 7th place, with an X in each place left empty before it.

    A code of four or five characters that takes a 7th is filled up with X. Without it the
    character moves forward, and the code is either none at all or another one.
    """
    table = open_table(day)
    for one in encounter.diagnoses:
        meant = None if entry(table, one.code) else with_placeholder(table, one.code)
        if meant is not None:
            yield Finding(
                "seventh.placeholder",
                one.place,
                f"{one.code} lacks the X that keeps its last character in the 7th place.",
                f"Write {meant.code} ({meant.title}).",
                cite=guideline("I.A.4", day),
            )


@edit(
    "seventh.phase",
    "specificity",
    source="ICD-10-CM guidelines I.C.19.a",
    on=(SEVENTH,),
)
def phases(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """One injury is in one phase of care at an encounter.

    The same six characters with two different 7th characters say that an injury is being treated
    and is healing, or is healed, all at once. A warning, as a patient may have two injuries that
    share a code, an old one and a new one.
    """
    first: dict[str, Diagnosis] = {}
    for one, _ in known(encounter, day):
        if not (now := phase(one.code)):
            continue
        earlier = first.setdefault(key_of(one.code)[:-1], one)
        then = phase(earlier.code)
        if then != now:
            yield Finding(
                "seventh.phase",
                one.place,
                f"{one.code} says {_PHASES[now]}, and {earlier.code} on {earlier.place} says "
                f"{_PHASES[then]} of the same injury.",
                "Keep the one that fits this encounter: A while treatment is active, then D or "
                "its like, S only for what is left after healing.",
                Severity.WARNING,
                guideline("I.C.19.a", day),
            )


@edit(
    "seventh.external-cause",
    "specificity",
    source="ICD-10-CM guidelines I.C.20.a.2",
    on=(SEVENTH,),
)
def cause_in_phase(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """An external cause code has the 7th character of the encounter, as the injury has.

    It is assigned for each encounter at which the injury or its sequela is treated, with A, D or
    S. Judged only where no injury on the claim is in the phase that the external cause states.
    """
    table = open_table(day)
    codes = [(one, chapter(table, code.code)) for one, code in known(encounter, day)]
    injuries = {now for one, at in codes if at == INJURIES and (now := phase(one.code))}
    for one, at in codes:
        now = phase(one.code) if at == CAUSES else ""
        if now and injuries and now not in injuries:
            said = " or ".join(_PHASES[each] for each in _PHASES if each in injuries)
            yield Finding(
                "seventh.external-cause",
                one.place,
                f"{one.code} says {_PHASES[now]}, and the injuries say {said}.",
                "Give the external cause the 7th character of this encounter.",
                Severity.WARNING,
                guideline("I.C.20.a.2", day),
            )


@edit(
    "seventh.sequela",
    "sequence",
    source="ICD-10-CM guidelines I.B.10 and I.C.19.a",
    on=(SEVENTH,),
)
def sequela_second(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """An injury code with 7th character S stands behind the condition that the injury left.

    The condition, such as a scar or a stiff joint, comes first and says what is treated now. The
    injury code with S follows and says where it comes from; alone it tells nothing to treat.
    """
    table = open_table(day)
    codes = known(encounter, day)
    for at, (one, code) in enumerate(codes):
        if at or phase(one.code) != "sequela" or chapter(table, code.code) != INJURIES:
            continue
        rest = [other for other, _ in codes if _can_be_left(table, other)]
        yield Finding(
            "seventh.sequela",
            one.place,
            f"{one.code} is what an injury left behind, and stands first.",
            f"Put the condition before it, such as {rest[0].code} on {rest[0].place}."
            if rest
            else "Code the condition that is treated now, and put it first.",
            cite=guideline("I.B.10", day),
        )


def _can_be_left(table: Icd10cm, one: Diagnosis) -> bool:
    found = entry(table, one.code)
    return found is not None and chapter(table, found.code) not in {INJURIES, CAUSES}


EDITS = (missing, placeholder, phases, cause_in_phase, sequela_second)
