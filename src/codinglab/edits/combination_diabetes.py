"""Rules on diabetes: what "with" joins, contradictions, drugs and secondary diabetes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.core.findings import Finding, Severity
from codinglab.edits.listed import Pair, because, cited, denies, instead, listed, pairs, weight
from codinglab.edits.rule import edit
from codinglab.edits.trait import guideline_lists, pair_lists
from codinglab.encounter.coded import CodedEncounter, Diagnosis

_CATEGORY = 3


def _untold(encounter: CodedEncounter, day: date) -> Iterator[Pair]:
    """Yield (complication, diabetes) where no code of diabetes says the complication."""
    diabetes = listed(encounter, "diabetes", day)
    told: set[Diagnosis] = set()
    if listed(encounter, "ulcer-cause", day):
        told.update(listed(encounter, "leg-ulcer", day))
    for pair in pairs(encounter, "diabetes-with", day):
        needed = {one.code[:_CATEGORY] + pair.row.result for one in diabetes}
        said = any(one.code.startswith(tuple(needed)) for one in diabetes)
        if not (said or pair.one in told or denies(encounter, "diabetes", pair.one.code, day)):
            yield pair
        told.add(pair.one)


@edit(
    "diabetes.with",
    "combination",
    source='ICD-10-CM guidelines I.A.15 ("with") and I.C.4.a; the diabetes entries of the index',
    on=pair_lists("diabetes-with"),
)
def diabetes_with(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Diabetes and a condition that the index lists under "with" are linked unless denied.

    Chronic kidney disease, polyneuropathy, gastroparesis, peripheral vascular disease, ulcers of
    foot, leg or other skin, gangrene, osteomyelitis, hypoglycemia, cataract and periodontal disease
    in a patient with diabetes are coded as complications of it, even if nobody wrote "diabetic".
    An ulcer with a cause in the vessels is left to the record. Only a record that says they are
    unrelated undoes the link: an error where the record is known, a warning where it is not.
    """
    for pair in _untold(encounter, day):
        code = pair.other.code[:_CATEGORY] + pair.row.result
        yield Finding(
            "diabetes.with",
            pair.other.place,
            f"{pair.other.code} does not say that the diabetes is with {pair.one.code} "
            f"({pair.row.label}).",
            f"{instead(pair.row, pair.one, code)}, unless the record says they are unrelated.",
            weight(encounter),
            cited(pair, day),
        )


@edit(
    "diabetes.uncomplicated",
    "combination",
    source="ICD-10-CM guidelines I.C.4.a and the titles of E08.9 to E13.9",
    on=guideline_lists("diabetes-uncomplicated"),
)
def uncomplicated_beside(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Diabetes without complications does not stand beside the same diabetes with one.

    The code that ends in 9 says that there is no complication. As many codes of the category as
    are needed to tell all complications are reported, and the one that ends in 9 is none of them.
    """
    diabetes = listed(encounter, "diabetes", day)
    for one in listed(encounter, "diabetes-uncomplicated", day):
        category = one.code[:_CATEGORY]
        told = [two.code for two in diabetes if two.code[:_CATEGORY] == category]
        if others := [code for code in told if code != one.code]:
            yield Finding(
                "diabetes.uncomplicated",
                one.place,
                f"{one.code} says without complications, and {others[0]} stands beside it.",
                f"Take {one.code} out.",
                cite=because("diabetes-uncomplicated", one.code, day),
            )


@edit(
    "diabetes.insulin",
    "combination",
    source="ICD-10-CM guidelines I.C.4.a.3: diabetes mellitus and the use of insulin",
    on=guideline_lists("insulin"),
)
def insulin_without_diabetes(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Long-term use of insulin comes with the condition that it is taken for.

    Z79.4 adds to a code of diabetes, or of low insulin after a procedure. Insulin given for a day
    or two to bring sugar down is not long-term use, and then there is no Z79.4. A warning.
    """
    for one in listed(encounter, "insulin", day):
        if not listed(encounter, "uses-insulin", day):
            yield Finding(
                "diabetes.insulin",
                one.place,
                f"{one.code} stands without a condition that insulin is taken for.",
                "Add the diabetes if the record has it; take the code out if insulin was given "
                "for a short time.",
                Severity.WARNING,
                because("insulin", one.code, day),
            )


@edit(
    "diabetes.from-drug",
    "combination",
    source="ICD-10-CM guidelines I.C.4.a.6.b: secondary diabetes and its causes; notes at E09",
    on=guideline_lists("diabetes-from-drug"),
)
def drug_named(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Diabetes from a drug or chemical names the drug or chemical.

    A code of E09 goes with the code of the substance (T36 to T65): before it for a poisoning,
    after it for an adverse effect. A warning, as the substance may have been stopped long ago.
    """
    for one in listed(encounter, "diabetes-from-drug", day)[:1]:
        if not listed(encounter, "cause-drug", day):
            yield Finding(
                "diabetes.from-drug",
                one.place,
                f"{one.code} names no drug or chemical.",
                "Add the T code of the substance, with the intent that the record tells.",
                Severity.WARNING,
                because("diabetes-from-drug", one.code, day),
            )


EDITS = (diabetes_with, uncomplicated_beside, insulin_without_diabetes, drug_named)
