"""Rules on who the patient is: age, mother or child, and sex."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.icd10cm import open_table
from codinglab.codes.mce_lists import MceList, ages, on_list
from codinglab.core.cite import Cite
from codinglab.core.findings import Finding, Severity
from codinglab.edits.diagnosis_codes import PERINATAL, PREGNANCY, chapter, guideline, known
from codinglab.edits.rule import edit
from codinglab.edits.trait import MALE, NO_BIRTH_DATE, NO_SEX, TWO_DIAGNOSES, editor_lists
from codinglab.encounter.circumstances import Circumstances, age_in_years
from codinglab.encounter.coded import CodedEncounter
from codinglab.grouping.versions import version_on

_MCE = "Definitions of Medicare Code Edits, age conflict"
_SEXES = "Definitions of Medicare Code Edits, sex conflict (ended for discharges from 2024-10-01)"
_BORN = ("patient.born",)
_SEX = ("patient.sex",)
_SEX_OF: dict[str, MceList] = {"F": "male", "M": "female"}  # the list that does not fit
_OLDEST = 124  # the greatest age that the Medicare Code Editor takes


def _age(about: Circumstances, day: date) -> int | None:
    """Return the completed years at admission, or on the day of service; None if born later."""
    start = about.admitted or day
    born = about.patient.born
    return age_in_years(born, start) if born is not None and born <= start else None


def _at_age(encounter: CodedEncounter, day: date, name: MceList, title: str) -> Iterator[Finding]:
    """Find each code of the list `name` that does not fit the patient's age."""
    about = encounter.circumstances
    age, limits = _age(about, day), ages(name, day)
    if age is None or limits.first <= age <= limits.last:
        return
    inpatient = about.setting == "inpatient"
    edge = "" if inpatient else " The limit is of Medicare's edit of inpatient claims."
    span = f"{limits.first} to {limits.last} years" if limits.last else "the first year of life"
    for one in encounter.diagnoses:
        if on_list(one.code, name, day):
            yield Finding(
                f"patient.{name}",
                one.place,
                f"{one.code} is {title}, for {span}; the patient is {age}.{edge}",
                "Check the date of birth, then choose a code for this age.",
                Severity.ERROR if inpatient else Severity.WARNING,
                Cite("Definitions of Medicare Code Edits", f"v{version_on(day)}", "age conflict"),
            )


@edit(
    "patient.newborn",
    "patient",
    source=_MCE,
    needs=_BORN,
    on=(NO_BIRTH_DATE, *editor_lists("newborn")),
)
def newborn(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A diagnosis of newborns only belongs to a patient who is not yet one year old.

    Such as Z38 (liveborn infant), which stands on the birth record. The Medicare Code Editor
    returns an inpatient claim with it for an older patient. For other claims this is a warning,
    as other payers keep edits of their own.
    """
    yield from _at_age(encounter, day, "newborn", "a diagnosis of newborns")


@edit(
    "patient.pediatric",
    "patient",
    source=_MCE,
    needs=_BORN,
    on=(NO_BIRTH_DATE, *editor_lists("pediatric")),
)
def pediatric(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A diagnosis of children only belongs to a patient of 17 years or less.

    Such as Z00.121 (routine child health examination). The Medicare Code Editor returns an
    inpatient claim with it for an older patient; for other claims this is a warning.
    """
    yield from _at_age(encounter, day, "pediatric", "a diagnosis of children")


@edit(
    "patient.maternity",
    "patient",
    source=_MCE,
    needs=_BORN,
    on=(NO_BIRTH_DATE, *editor_lists("maternity")),
)
def maternity(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A diagnosis of pregnancy or childbirth belongs to a patient of 9 to 64 years.

    The Medicare Code Editor returns an inpatient claim with it for a patient of another age; for
    other claims this is a warning. A wrong date of birth is the usual cause.
    """
    yield from _at_age(encounter, day, "maternity", "a diagnosis of pregnancy or childbirth")


@edit(
    "patient.adult",
    "patient",
    source=_MCE,
    needs=_BORN,
    on=(NO_BIRTH_DATE, *editor_lists("adult")),
)
def adult(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A diagnosis of adults only belongs to a patient of 15 years or more.

    Such as Z00.00 (general adult examination), where a child has Z00.12-. The Medicare Code
    Editor returns an inpatient claim with it for a younger patient; for other claims this is a
    warning.
    """
    yield from _at_age(encounter, day, "adult", "a diagnosis of adults")


@edit("patient.birth-date", "patient", source="CMS-1500 item 3 and UB-04 FL 10", needs=_BORN)
def birth_date(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A date of birth lies before the service, and not more than 124 years before it.

    A payer matches patient and claim by it, and every edit on age hangs on it. A claim with a
    date of birth after the service is rejected before anybody reads a code.
    """
    about = encounter.circumstances
    age, born = _age(about, day), about.patient.born
    if age is None or age > _OLDEST:
        when = "after the service began" if age is None else f"{age} years before it"
        yield Finding(
            "patient.birth-date",
            "the patient",
            f"The date of birth, {born}, is {when}.",
            "Correct it from the registration.",
        )


@edit(
    "patient.perinatal-chapter",
    "patient",
    source="ICD-10-CM guidelines I.C.15.a and I.C.16.a.1",
    on=(TWO_DIAGNOSES,),
)
def perinatal_chapter(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Codes of the newborn never stand on the mother's record, nor hers on the newborn's.

    Chapter 16 (P) is for the newborn and chapter 15 (O) for the mother. A claim has one patient, so
    both together are an error on one side or the other. What the newborn does to the mother's
    care has its own codes in chapter 15.
    """
    table = open_table(day)
    codes = [(one, chapter(table, code.code)) for one, code in known(encounter, day)]
    mothers = [one for one, at in codes if at == PREGNANCY]
    for one, at in codes:
        if at == PERINATAL and mothers:
            yield Finding(
                "patient.perinatal-chapter",
                one.place,
                f"{one.code} is a code of the newborn, and {mothers[0].code} on "
                f"{mothers[0].place} one of the mother.",
                "Find out whose record this is, and move the other's codes to theirs.",
                cite=guideline("I.C.16.a.1", day),
            )


@edit(
    "patient.sex",
    "patient",
    source=_SEXES,
    needs=_SEX,
    on=(NO_SEX, *editor_lists("female", "male")),
)
def sex(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A diagnosis of the other sex's organs is worth a second look, and is no error.

    Medicare ended its sex edits for discharges from 2024-10-01, because they turned back right
    claims of transgender and intersex patients and of wrong registrations alike. So this is a
    warning: a typing error is common, and where code and registration are both right a modifier
    or condition code tells the payer so. Pregnancy has a rule of its own.
    """
    about = encounter.circumstances
    table = open_table(day)
    wrong = _SEX_OF[str(about.patient.sex)]
    for one, code in known(encounter, day):
        if on_list(code.code, wrong, day) and chapter(table, code.code) != PREGNANCY:
            yield Finding(
                "patient.sex",
                one.place,
                f"{one.code} is a diagnosis of {wrong} patients; the record says "
                f"{about.patient.sex}. Medicare's sex edits ended on 2024-10-01.",
                f"Check code and registration; if both are right, {_tell(about)}.",
                Severity.WARNING,
            )


def _tell(about: Circumstances) -> str:
    """Return how a payer is told that code and sex are both right (Pub. 100-04, 32.240)."""
    if about.setting == "professional":
        return "add modifier KX to the line"
    return "add condition code 45 to the claim"


@edit(
    "patient.pregnancy-sex",
    "patient",
    source=f"{_SEXES}; Pub. 100-04, 32.240",
    needs=_SEX,
    on=(NO_SEX, MALE),
)
def pregnancy_sex(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A pregnancy of a patient registered as male is worth a second look, and is no error.

    Usually a digit is wrong in the registration or the newborn's and the mother's records were
    mixed up. A transgender man can be pregnant, though, and Medicare ended its sex edits for
    discharges from 2024-10-01: where all is right, a modifier or condition code says so.
    """
    about = encounter.circumstances
    table = open_table(day)
    if about.patient.sex != "M":
        return
    for one, code in known(encounter, day):
        if chapter(table, code.code) == PREGNANCY:
            yield Finding(
                "patient.pregnancy-sex",
                one.place,
                f"{one.code} tells of a pregnancy, and the patient is registered as male. "
                "Medicare's sex edits ended on 2024-10-01.",
                f"Check whose record it is; if all is right, {_tell(about)}.",
                Severity.WARNING,
            )


EDITS = (
    *(newborn, pediatric, maternity, adult, birth_date),
    *(perinatal_chapter, sex, pregnancy_sex),
)
