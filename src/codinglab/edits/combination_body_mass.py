"""Rules on body mass index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.guideline_lists import open_lists
from codinglab.core.findings import Finding, Severity
from codinglab.edits.listed import because, cited, listed, pairs
from codinglab.edits.rule import edit
from codinglab.edits.trait import guideline_lists, pair_lists
from codinglab.encounter.circumstances import age_in_years
from codinglab.encounter.coded import CodedEncounter

_ADULT = 20  # years, from which the tabular note at Z68 has adult codes
_CHILD = 2  # years, from which it has percentiles


@edit(
    "bmi.pregnancy",
    "combination",
    source="ICD-10-CM guidelines I.C.21.c.3: no body mass index during pregnancy",
    on=guideline_lists("body-mass"),
)
def not_in_pregnancy(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Body mass index is not coded during pregnancy.

    The weight of a pregnant patient is not only hers. Obesity is coded, by O99.21 and E66, and the
    index is left out. Judged where weeks of gestation or a supervision of pregnancy is coded.
    """
    pregnant = [
        one
        for name in ("weeks", "pregnancy-routine", "pregnant-incidental")
        for one in listed(encounter, name, day)
    ]
    for one in listed(encounter, "body-mass", day) if pregnant else ():
        yield Finding(
            "bmi.pregnancy",
            one.place,
            f"{one.code} is a body mass index, and {pregnant[0].code} says pregnancy.",
            f"Take {one.code} out.",
            cite=open_lists(day).cite("I.C.21.c.3"),
        )


@edit(
    "bmi.once",
    "combination",
    source="ICD-10-CM guidelines I.B.14; titles of Z68",
    on=guideline_lists("body-mass"),
)
def told_once(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A patient has one body mass index at an encounter.

    Two codes of Z68 contradict each other. A warning, as the index may change during a long stay.
    """
    found = listed(encounter, "body-mass", day)
    for one in found[1:]:
        yield Finding(
            "bmi.once",
            one.place,
            f"{one.code} is a second body mass index, after {found[0].code}.",
            "Keep the one of this encounter.",
            Severity.WARNING,
            because("body-mass", one.code, day),
        )


@edit(
    "bmi.class",
    "combination",
    source="Adult BMI categories of the CDC, which the classes of E66.81 follow; guidelines I.B.14",
    on=pair_lists("body-mass-class"),
)
def class_agrees(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The class of obesity agrees with the body mass index beside it.

    Overweight is 25 to 29.9, class 1 is 30 to 34.9, class 2 is 35 to 39.9 and class 3 is 40 and
    more (E66.811 to E66.813, since 2024-10-01). The provider states the class; the coder never
    derives it from the index. A warning, as for some patients providers use other limits.
    """
    for pair in pairs(encounter, "body-mass-class", day):
        yield Finding(
            "bmi.class",
            pair.other.place,
            f"{pair.other.code} is not in the range of {pair.one.code} ({pair.row.label}).",
            "Check the index in the record, and ask the provider if the class does not fit.",
            Severity.WARNING,
            cited(pair, day),
        )


@edit(
    "bmi.age",
    "patient",
    source="ICD-10-CM tabular list, notes at Z68",
    needs=("patient.born",),
    on=guideline_lists("body-mass"),
)
def age_agrees(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Body mass index is a number for adults and a percentile for children.

    Z68.1 to Z68.45 are for 20 years and older, Z68.5 for 2 to 19 years.
    """
    about = encounter.circumstances
    start = about.admitted or day
    if about.patient.born is None or about.patient.born > start:
        return
    age = age_in_years(about.patient.born, start)
    wrong = "body-mass-adult" if age < _ADULT else "body-mass-child"
    too_young = listed(encounter, "body-mass", day) if age < _CHILD else ()
    for one in too_young or listed(encounter, wrong, day):
        yield Finding(
            "bmi.age",
            one.place,
            f"{one.code} is not for a patient of {age} years.",
            "Use Z68.1 to Z68.45 from 20 years on, Z68.5 from 2 to 19 years, and none before.",
            cite=because("body-mass-adult", one.code, day)
            or because("body-mass-child", one.code, day),
        )


EDITS = (not_in_pregnancy, told_once, class_agrees, age_agrees)
