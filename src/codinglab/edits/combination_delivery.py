"""Rules on the outcome of delivery, on weeks of gestation that are not coded, and on fetuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from codinglab.codes.guideline_lists import open_lists
from codinglab.codes.icd10cm import open_table
from codinglab.core.findings import Finding, Severity
from codinglab.edits.listed import because, is_listed, listed
from codinglab.edits.rule import edit
from codinglab.edits.trait import PROCEDURE, guideline_lists
from codinglab.encounter.coded import CodedEncounter, Diagnosis

_FETUS = re.compile(r"\b(?:fetus \d|other fetus)")


def _delivered(encounter: CodedEncounter, day: date) -> str:
    """Return the place that tells of a delivery, "" where none does."""
    codes = listed(encounter, "delivery", day)
    done = [one for one in encounter.procedures if is_listed(one.code, "delivery", day)]
    return codes[0].place if codes else done[0].place if done else ""


@edit(
    "pregnancy.outcome",
    "combination",
    source="ICD-10-CM guidelines I.C.15.b.5: outcome of delivery; tabular note at Z37",
    on=(PROCEDURE, *guideline_lists("delivery", "outcome")),
)
def outcome_given(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Every record of a mother on which a delivery occurred has one outcome of delivery.

    Z37 says how many were born, and whether alive. It belongs to the delivery and to the mother:
    not to later records, and never to the newborn's.
    """
    outcomes = listed(encounter, "outcome", day)
    if (place := _delivered(encounter, day)) and not outcomes:
        yield Finding(
            "pregnancy.outcome",
            place,
            "There was a delivery, and no outcome of it is coded.",
            "Add the code of Z37, such as Z37.0 for a single live birth.",
            cite=open_lists(day).cite("I.C.15.b.5"),
        )
    if outcomes and not listed(encounter, "pregnancy", day):
        yield Finding(
            "pregnancy.outcome",
            outcomes[0].place,
            f"{outcomes[0].code} stands on a claim without any code of delivery.",
            "Keep it for the mother's record of the delivery.",
            cite=because("outcome", outcomes[0].code, day),
        )


@edit(
    "pregnancy.normal-delivery",
    "combination",
    source="ICD-10-CM guidelines I.C.15.n: normal delivery, code O80",
    on=guideline_lists("normal-delivery"),
)
def normal_delivery(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A normal delivery stands without any other code of its chapter, with a single live birth.

    O80 is for a full-term delivery with no complication before, during or after it. Any other
    code of chapter 15 takes its place, and Z37.0 is the only outcome that goes with it.
    """
    for one in listed(encounter, "normal-delivery", day):
        others = [two for two in listed(encounter, "pregnancy", day) if two.code != one.code]
        for other in others[:1]:
            yield Finding(
                "pregnancy.normal-delivery",
                one.place,
                f"{one.code} says that all was normal, and {other.code} says what was not.",
                f"Take {one.code} out.",
                cite=because("normal-delivery", one.code, day),
            )
        for outcome in listed(encounter, "outcome", day):
            if not is_listed(outcome.code, "outcome-single-live", day):
                yield Finding(
                    "pregnancy.normal-delivery",
                    outcome.place,
                    f"{outcome.code} does not go with {one.code}.",
                    f"Take {one.code} out if the outcome is right.",
                    cite=because("outcome", outcome.code, day),
                )


@edit(
    "pregnancy.outcome-number",
    "combination",
    source="ICD-10-CM tabular list, titles of Z37 and O30",
    on=guideline_lists("outcome"),
)
def outcome_number(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The outcome of delivery counts as many as the pregnancy had.

    A single birth does not go with twins, nor twins with a pregnancy that is not coded as
    multiple. A warning: a fetus may have been lost before, which O31 tells.
    """
    several = listed(encounter, "multiple-gestation", day)
    if listed(encounter, "fewer-born", day) or not listed(encounter, "pregnancy", day):
        return
    name = "outcome-single" if several else "outcome-several"
    for one in listed(encounter, name, day):
        yield Finding(
            "pregnancy.outcome-number",
            one.place,
            f"{one.code} is a single birth, and {several[0].code} a multiple gestation."
            if several
            else f"{one.code} is a multiple birth, and no code of O30 says multiple gestation.",
            "Correct the one that the record does not support."
            if several
            else "Add the code of O30, or correct the outcome.",
            Severity.WARNING,
            because(name, one.code, day),
        )


@edit(
    "pregnancy.weeks-not-used",
    "combination",
    source="ICD-10-CM guidelines I.C.21.c.11: weeks of gestation",
    on=guideline_lists("weeks"),
)
def weeks_not_used(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Weeks of gestation are not coded with an abortive outcome.

    Z3A does not go with O00 to O08, nor with an elective termination (Z33.2). Where another code
    of a pregnancy that goes on is on the claim, the rule is silent.
    """
    ended = listed(encounter, "no-weeks", day)
    if not ended or listed(encounter, "weeks-needed", day):
        return
    for one in listed(encounter, "weeks", day):
        yield Finding(
            "pregnancy.weeks-not-used",
            one.place,
            f"{one.code} tells weeks, and {ended[0].code} is a pregnancy that ended early.",
            f"Take {one.code} out.",
            cite=because("no-weeks", ended[0].code, day),
        )


@edit(
    "pregnancy.fetus",
    "combination",
    source="ICD-10-CM guidelines I.C.15.a.6: 7th character for fetus identification",
    on=guideline_lists("pregnancy"),
)
def fetus_of_several(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A 7th character that numbers a fetus needs the code of multiple gestation.

    1 to 5 and 9 say which of several fetuses is meant, and a code of O30 says that there are
    several. With one fetus, or where the record does not tell which, the character is 0.
    """
    if listed(encounter, "multiple-gestation", day):
        return
    for one in listed(encounter, "pregnancy", day):
        if _numbers_fetus(one, day):
            yield Finding(
                "pregnancy.fetus",
                one.place,
                f"{one.code} numbers a fetus, and no multiple gestation is coded.",
                "Add the code of O30, or write 0 as the 7th character for a single fetus.",
                cite=open_lists(day).cite("I.C.15.a.6"),
            )


def _numbers_fetus(one: Diagnosis, day: date) -> bool:
    found = open_table(day).find(one.code)
    return found is not None and bool(_FETUS.search(found.title.casefold()))


@edit(
    "pregnancy.cesarean",
    "combination",
    source="ICD-10-CM guidelines I.C.15.b.4; title of O82",
    on=guideline_lists("cesarean-without-reason"),
)
def cesarean_with_reason(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A cesarean delivery with a reason is coded by the reason.

    O82 is for a cesarean without indication, by choice. Where a breech, a scar of an earlier
    operation or distress of the fetus was the reason, that is coded and O82 is left out. A
    warning, as the other condition may not have been the reason.
    """
    reasons = listed(encounter, "cesarean-reason", day)
    for one in listed(encounter, "cesarean-without-reason", day) if reasons else ():
        yield Finding(
            "pregnancy.cesarean",
            one.place,
            f"{one.code} says without indication, and {reasons[0].code} may be one.",
            f"Take {one.code} out if {reasons[0].code} was the reason for the operation.",
            Severity.WARNING,
            because("cesarean-without-reason", one.code, day),
        )


EDITS = (
    *(outcome_given, normal_delivery, outcome_number),
    *(weeks_not_used, fetus_of_several, cesarean_with_reason),
)
