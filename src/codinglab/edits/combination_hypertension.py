"""Rules on hypertension: with heart and kidney disease, with stroke, and without the diagnosis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from codinglab.codes.guideline_lists import open_lists
from codinglab.core.findings import Finding, Severity
from codinglab.edits.listed import (
    because,
    cited,
    denies,
    instead,
    is_listed,
    leads,
    listed,
    pairs,
    weight,
)
from codinglab.edits.rule import edit
from codinglab.edits.trait import guideline_lists, pair_lists
from codinglab.encounter.coded import CodedEncounter, Diagnosis

_COMBINED = ("hypertension-heart-code", "hypertension-kidney-code", "hypertension-both-code")
_UNLESS = "unless the record says that they are unrelated"


@dataclass(frozen=True, slots=True)
class _Three:
    """Hypertension (at least one code), heart disease and kidney disease, all linked."""

    hypertension: tuple[Diagnosis, ...]
    heart: Diagnosis
    kidney: Diagnosis


def _linked(encounter: CodedEncounter, name: str, day: date) -> tuple[Diagnosis, ...]:
    """Return the diagnoses of the list `name` whose link with hypertension nobody denies."""
    return tuple(one for one in listed(encounter, name, day) if _is_linked(encounter, one, day))


def _is_linked(encounter: CodedEncounter, one: Diagnosis, day: date) -> bool:
    """Say whether neither the record nor a code of another cause undoes the link of `one`.

    Rheumatic heart failure, or failure after surgery, tells what the heart failure is due to.
    """
    if is_listed(one.code, "heart-failure", day) and listed(encounter, "heart-failure-cause", day):
        return False
    return not denies(encounter, "hypertension-diagnosis", one.code, day)


def _three(encounter: CodedEncounter, day: date) -> _Three | None:
    """Return the three diseases where all are coded, linked, and not by one code of I13."""
    heart = listed(encounter, "hypertension-heart-code", day)
    kidney = listed(encounter, "hypertension-kidney-code", day)
    codes = (*listed(encounter, "hypertension-alone", day), *heart, *kidney)
    if not codes or listed(encounter, "hypertension-both-code", day):
        return None
    hearts = heart or _linked(encounter, "heart-disease", day)
    kidneys = kidney or _linked(encounter, "kidney-disease", day)
    if not (hearts and kidneys):
        return None
    return _Three(codes, hearts[0], kidneys[0])


def _joined(rule: str, name: str, encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Yield a finding for a hypertension that should be one code with the other disease.

    Silent where heart and kidneys are ill, or where a code of hypertension with one of them is
    there already: other rules then speak.
    """
    if any(listed(encounter, one, day) for one in _COMBINED):
        return
    for pair in pairs(encounter, name, day):
        if _three(encounter, day):
            return
        if _is_linked(encounter, pair.other, day):
            yield Finding(
                rule,
                pair.one.place,
                f"{pair.one.code} stands beside {pair.other.code} ({pair.row.label}).",
                f"{instead(pair.row, pair.other)}, {_UNLESS}.",
                weight(encounter),
                cited(pair, day),
            )
            return


@edit(
    "hypertension.heart",
    "combination",
    source="ICD-10-CM guidelines I.C.9.a.1: hypertension with heart disease",
    on=pair_lists("hypertension-heart"),
)
def with_heart(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Hypertension with heart failure or certain heart disease is one code of I11.

    The classification presumes that the one caused the other, whether or not anyone wrote so.
    Heart failure keeps its own code after I11.0; the heart disease of I51 is told by I11.9 alone.
    Only a record that names another cause undoes the link, or a code that does, such as rheumatic
    heart failure: an error where the record is known, a warning where it is not.
    """
    yield from _joined("hypertension.heart", "hypertension-heart", encounter, day)


@edit(
    "hypertension.kidney",
    "combination",
    source="ICD-10-CM guidelines I.C.9.a.2: hypertensive chronic kidney disease",
    on=pair_lists("hypertension-kidney"),
)
def with_kidney(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Hypertension with chronic kidney disease is one code of I12.

    The link is presumed, and the stage keeps its own code of N18 after it. Acute kidney failure
    is another matter and has no such link. Only a record that says the kidney disease is not due
    to hypertension undoes it.
    """
    yield from _joined("hypertension.kidney", "hypertension-kidney", encounter, day)


@edit(
    "hypertension.both",
    "combination",
    source="ICD-10-CM guidelines I.C.9.a.3: hypertensive heart and chronic kidney disease",
    on=guideline_lists("hypertension-alone", "hypertension-heart-code", "hypertension-kidney-code"),
)
def with_both(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Hypertension with both heart and kidney disease is one code of I13.

    I13 takes the place of I10, of I11 and of I12, alone or together, and the codes of the heart
    failure and of the stage follow it. A record that denies one of the links leaves the other.
    """
    if three := _three(encounter, day):
        codes = ", ".join(one.code for one in three.hypertension)
        told = dict.fromkeys((*codes.split(", "), three.heart.code, three.kidney.code))
        yield Finding(
            "hypertension.both",
            three.hypertension[0].place,
            f"{', '.join(told)}: hypertension, heart and kidney disease, and no code of I13.",
            f"Use {_thirteen(encounter, three, day)} in place of {codes}, {_UNLESS}.",
            weight(encounter),
            open_lists(day).cite("I.C.9.a.3"),
        )


def _thirteen(encounter: CodedEncounter, three: _Three, day: date) -> str:
    """Return the code of I13 for the heart and the kidney disease that are coded."""
    hearts = (*_linked(encounter, "heart-failure", day), three.heart)
    kidneys = (*_linked(encounter, "kidney-disease", day), three.kidney)
    row = open_lists(day).joined("hypertension-thirteen", hearts[0].code, kidneys[0].code)
    return row.result if row else "one code of I13"


@edit(
    "hypertension.stage",
    "combination",
    source="ICD-10-CM guidelines I.C.9.a.2 and I.C.9.a.3; notes at I12 and I13",
    on=pair_lists("hypertension-stage"),
)
def stage_agrees(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The code of I12 or I13 agrees with the stage of kidney disease beside it.

    I12.0, I13.11 and I13.2 are for stage 5 and end stage disease; I12.9, I13.0 and I13.10 for
    stages 1 to 4 and unspecified. The two codes are read together by payers, and in risk
    adjustment.
    """
    for pair in pairs(encounter, "hypertension-stage", day):
        yield Finding(
            "hypertension.stage",
            pair.one.place,
            f"{pair.one.code} does not fit {pair.other.code} ({pair.row.label}).",
            f"Use {pair.row.result}, or correct the stage.",
            cite=cited(pair, day),
        )


@edit(
    "hypertension.heart-failure",
    "combination",
    source="ICD-10-CM guidelines I.C.9.a.1 and I.C.9.a.3; titles of I11 and I13",
    on=pair_lists("hypertension-failure"),
)
def failure_agrees(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A code "without heart failure" does not stand beside heart failure.

    I11.9, I13.10 and I13.11 say that there is none. With a code of I50 on the claim, the code
    that says so is I11.0, I13.0 or I13.2.
    """
    for pair in pairs(encounter, "hypertension-failure", day):
        if _is_linked(encounter, pair.other, day):
            yield Finding(
                "hypertension.heart-failure",
                pair.one.place,
                f"{pair.one.code} says without heart failure, and {pair.other.code} is coded.",
                f"Use {pair.row.result}, {_UNLESS}.",
                weight(encounter),
                cited(pair, day),
            )


@edit(
    "hypertension.reading",
    "combination",
    source="ICD-10-CM guidelines I.C.9.a.7: transient hypertension; note at R03",
    on=guideline_lists("pressure-reading"),
)
def reading_beside_diagnosis(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A raised blood pressure reading is not coded in a patient with hypertension.

    R03.0 is for a reading in somebody without the diagnosis. A patient who has hypertension has
    high readings, and the diagnosis says it.
    """
    known = listed(encounter, "hypertension-diagnosis", day)
    for one in listed(encounter, "pressure-reading", day) if known else ():
        yield Finding(
            "hypertension.reading",
            one.place,
            f"{one.code} is a reading without the diagnosis, and {known[0].code} is coded.",
            f"Take {one.code} out.",
            cite=because("pressure-reading", one.code, day),
        )


@edit(
    "hypertension.essential",
    "combination",
    source="ICD-10-CM guidelines I.C.9.a; titles of I10 to I13",
    on=guideline_lists("hypertension-alone"),
)
def essential_beside_combined(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Essential hypertension is not coded beside hypertensive heart or kidney disease.

    I11, I12 and I13 say the hypertension themselves. I10 is for hypertension without them.
    """
    told = [one for name in _COMBINED for one in listed(encounter, name, day)]
    for one in listed(encounter, "hypertension-alone", day) if told else ():
        if not _three(encounter, day):
            yield Finding(
                "hypertension.essential",
                one.place,
                f"{told[0].code} says the hypertension already, and {one.code} stands beside it.",
                f"Take {one.code} out.",
                cite=because("hypertension-alone", one.code, day),
            )


@edit(
    "hypertension.brain",
    "combination",
    source="ICD-10-CM guidelines I.C.9.a.4: hypertensive cerebrovascular disease",
    on=guideline_lists("stroke"),
)
def brain_before_hypertension(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A disease of the vessels of the brain comes before the hypertension.

    A stroke or bleeding (I60 to I63) is first, and the hypertension follows. A warning, as the
    visit may have been for the hypertension. The sequelae (I69) go by the reason for the visit.
    """
    first = leads(encounter, "hypertension-outside-pregnancy", day)
    for one in listed(encounter, "stroke", day)[:1] if first else ():
        if first:
            yield Finding(
                "hypertension.brain",
                first.place,
                f"{first.code} stands before {one.code}.",
                f"Put {one.code} first, unless the visit was for the hypertension alone.",
                Severity.WARNING,
                because("stroke", one.code, day),
            )


EDITS = (
    *(with_heart, with_kidney, with_both, stage_agrees, failure_agrees),
    *(reading_beside_diagnosis, essential_beside_combined, brain_before_hypertension),
)
