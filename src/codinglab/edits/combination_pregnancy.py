"""Rules on pregnancy, childbirth and the puerperium."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.icd10cm import open_table
from codinglab.core.findings import Finding, Severity
from codinglab.edits.listed import because, is_listed, listed
from codinglab.edits.rule import edit
from codinglab.edits.trait import guideline_lists
from codinglab.encounter.coded import CodedEncounter, Diagnosis

_AFTER_BIRTH = ("puerperium", "postpartum")
_TRIMESTERS = ("first", "second", "third")


@edit(
    "pregnancy.first",
    "combination",
    source="ICD-10-CM guidelines I.C.15.a.1: chapter 15 codes have sequencing priority",
    on=guideline_lists("pregnancy"),
)
def pregnancy_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Codes of pregnancy, childbirth and the puerperium come before those of other chapters.

    Other codes may follow to say more of the condition. A provider who writes that the pregnancy
    is incidental to the visit makes it Z33.1 instead. A sequela of pregnancy (O94) follows what
    it left behind, and an elective termination (Z33.2) has a first place of its own.
    """
    codes = listed(encounter, "pregnancy", day)
    first = encounter.diagnoses[:1]
    if not codes or first[0] in codes or is_listed(first[0].code, "before-pregnancy", day):
        return
    yield Finding(
        "pregnancy.first",
        codes[0].place,
        f"{codes[0].code} is of the chapter on pregnancy and stands after {first[0].code}.",
        f"Put {codes[0].code} first.",
        cite=because("pregnancy", codes[0].code, day),
    )


@edit(
    "pregnancy.incidental",
    "combination",
    source="ICD-10-CM guidelines I.C.15.a.1 and I.C.15.b.1; Excludes1 notes at Z33.1 and Z34",
    on=guideline_lists("pregnancy"),
)
def incidental_beside_pregnancy(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A pregnancy is either normal or incidental, or it has a code of its chapter.

    Z33.1 says that the pregnancy has nothing to do with the visit, and Z34 that it is supervised
    and normal. Neither is used with a code of O00 to O9A.
    """
    codes = listed(encounter, "pregnancy", day)
    if not codes:
        return
    for name in ("pregnant-incidental", "pregnancy-routine"):
        for one in listed(encounter, name, day):
            yield Finding(
                "pregnancy.incidental",
                one.place,
                f"{one.code} is not used with codes of pregnancy, and {codes[0].code} is coded.",
                f"Keep {codes[0].code} if the record supports it, and take {one.code} out.",
                cite=because(name, one.code, day),
            )


def _before_birth(one: Diagnosis, day: date) -> bool:
    found = open_table(day).find(one.code)
    return found is not None and not any(word in found.title.casefold() for word in _AFTER_BIRTH)


@edit(
    "pregnancy.weeks",
    "combination",
    source="ICD-10-CM tabular list, note at chapter 15; guidelines I.C.21.c.11",
    on=guideline_lists("weeks-needed"),
)
def weeks_given(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Codes of pregnancy and delivery come with the weeks of gestation, if known.

    Z3A goes with O09 to O82 until the birth; not with abortive outcomes, and not with codes of the
    puerperium. A warning, since the week may be unknown.
    """
    need = [one for one in listed(encounter, "weeks-needed", day) if _before_birth(one, day)]
    if need and not listed(encounter, "weeks", day):
        yield Finding(
            "pregnancy.weeks",
            need[0].place,
            f"{need[0].code} is coded without the weeks of gestation.",
            "Add the code of Z3A for the week at the visit, or at admission.",
            Severity.WARNING,
            because("weeks-needed", need[0].code, day),
        )


def _trimester(one: Diagnosis, day: date) -> str:
    """Return the trimester in the title of a code: first, second or third; "" if it names none."""
    found = open_table(day).find(one.code)
    title = found.title.casefold() if found else ""
    return next((word for word in _TRIMESTERS if f"{word} trimester" in title), "")


@edit(
    "pregnancy.trimester",
    "combination",
    source="ICD-10-CM tabular list, note on trimesters at chapter 15; guidelines I.C.15.a.3",
    on=guideline_lists("weeks"),
)
def trimester_agrees(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The trimester in a code agrees with the weeks of gestation.

    The first trimester ends before 14 weeks, the second before 28. A warning for a hospital stay:
    there the weeks are those at admission, and a complication may have come later.
    """
    inpatient = encounter.circumstances.setting == "inpatient"
    for weeks in listed(encounter, "weeks", day)[:1]:
        right = next((w for w in _TRIMESTERS if is_listed(weeks.code, f"weeks-{w}", day)), "")
        for one in listed(encounter, "pregnancy", day):
            told = _trimester(one, day)
            if right and told and told != right:
                yield Finding(
                    "pregnancy.trimester",
                    one.place,
                    f"{one.code} says {told} trimester, and {weeks.code} is in the {right}.",
                    "Correct the one that the record does not support.",
                    Severity.WARNING if inpatient else Severity.ERROR,
                    because(f"weeks-{right}", weeks.code, day),
                )


@edit(
    "pregnancy.gestational-drug",
    "combination",
    source="ICD-10-CM guidelines I.C.15.i: gestational diabetes",
    on=guideline_lists("gestational-diabetes"),
)
def gestational_drug(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Gestational diabetes tells its treatment itself.

    The codes of O24.4 say whether diet, tablets or insulin control it, and long-term use of
    insulin or tablets is not coded beside them. With both diet and a drug, the drug is told.
    """
    known = listed(encounter, "gestational-diabetes", day)
    for one in listed(encounter, "diabetes-drug", day) if known else ():
        yield Finding(
            "pregnancy.gestational-drug",
            one.place,
            f"{one.code} is told by {known[0].code}.",
            f"Take {one.code} out.",
            cite=because("diabetes-drug", one.code, day),
        )


@edit(
    "pregnancy.gestational-alone",
    "combination",
    source="ICD-10-CM guidelines I.C.15.i: gestational diabetes",
    on=guideline_lists("gestational-diabetes"),
)
def gestational_alone(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Gestational diabetes does not stand beside diabetes that was there before.

    No other code of O24 goes with a code of O24.4: the diabetes either began in this pregnancy or
    was there before it.
    """
    known = listed(encounter, "gestational-diabetes", day)
    for one in listed(encounter, "other-diabetes-in-pregnancy", day) if known else ():
        yield Finding(
            "pregnancy.gestational-alone",
            one.place,
            f"{one.code} and {known[0].code} are two kinds of diabetes in one pregnancy.",
            "Keep the one that the record supports.",
            cite=because("other-diabetes-in-pregnancy", one.code, day),
        )


EDITS = (
    *(pregnancy_first, incidental_beside_pregnancy, weeks_given, trimester_agrees),
    *(gestational_drug, gestational_alone),
)
