"""Rules on poisoning, adverse effects and underdosing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.guideline_lists import drug_intent
from codinglab.codes.icd10cm import key_of
from codinglab.core.findings import Finding, Severity
from codinglab.edits.listed import because, is_listed, leads, listed, unlinked
from codinglab.edits.rule import edit
from codinglab.edits.trait import guideline_lists
from codinglab.encounter.coded import CodedEncounter, Diagnosis

_SEVENTH = 7
_SEQUELA = "S"


@edit(
    "poisoning.first",
    "combination",
    source="ICD-10-CM guidelines I.C.19.e.5.b: poisoning",
    on=guideline_lists("poisoning"),
)
def poisoning_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A poisoning comes before what it did.

    A drug taken in error, in overdose, as an assault or of another's prescription is a poisoning:
    its code of T36 to T50 is first, and all manifestations follow. Pregnancy has priority, as has
    the breakdown of a pump (T85.6) that gave too much, and a sequela follows what it left behind.
    Beside an injury the rule only warns, as an accident may bring both; a record that calls the
    first-listed condition unrelated silences it.
    """
    first = encounter.diagnoses[:1]
    for one in listed(encounter, "poisoning", day):
        free = key_of(one.code).endswith(_SEQUELA) or unlinked(encounter, one.code, first[0].code)
        if not free and not is_listed(first[0].code, "may-precede-poisoning", day):
            yield Finding(
                "poisoning.first",
                one.place,
                f"{one.code} is a poisoning and stands after {first[0].code}.",
                f"Put {one.code} first, and what it did after it.",
                Severity.WARNING if is_listed(first[0].code, "injury", day) else Severity.ERROR,
                because("poisoning", one.code, day),
            )


@edit(
    "adverse-effect.order",
    "combination",
    source="ICD-10-CM guidelines I.C.19.e.5.a: adverse effect",
    on=guideline_lists("adverse-effect"),
)
def adverse_effect_order(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The nature of an adverse effect comes before the drug.

    A drug that was correctly prescribed and properly taken has a T code with 5. What it did, such
    as a rash or a bleeding, is coded first, and the T code follows.
    """
    if first := leads(encounter, "adverse-effect", day):
        yield Finding(
            "adverse-effect.order",
            first.place,
            f"{first.code} is the drug of an adverse effect and stands first.",
            "Put what the drug did first.",
            cite=because("adverse-effect", first.code, day),
        )


@edit(
    "underdosing.first",
    "combination",
    source="ICD-10-CM guidelines I.C.19.e.5.c: underdosing",
    on=guideline_lists("underdosing"),
)
def underdosing_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Underdosing is never first-listed.

    A T code with 6 says that less of a drug was taken than prescribed. If a condition got worse
    for it, that condition comes first; the reason for the underdosing (Z91.12 to Z91.14) may
    follow.
    """
    if first := leads(encounter, "underdosing", day):
        yield Finding(
            "underdosing.first",
            first.place,
            f"{first.code} is underdosing and stands first.",
            "Put the condition that came back or got worse first.",
            cite=because("underdosing", first.code, day),
        )


def _substance(one: Diagnosis) -> str:
    """Return the code up to the drug, without intent and 7th character."""
    key = key_of(one.code)[: _SEVENTH - 1]
    return key[: key.rindex(drug_intent(one.code))]


@edit(
    "drug.two-intents",
    "combination",
    source="ICD-10-CM guidelines I.C.19.e.5: adverse effects, poisoning and underdosing",
    on=guideline_lists("drug"),
)
def two_intents(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """One drug has one intent at one encounter.

    It was taken as prescribed (5), wrongly (1 to 4) or too little (6). Two codes that differ only
    in that contradict each other. A warning: a code may speak of several drugs.
    """
    seen: dict[str, Diagnosis] = {}
    for one in listed(encounter, "drug", day):
        if not drug_intent(one.code):
            continue
        earlier = seen.setdefault(_substance(one), one)
        if drug_intent(earlier.code) != drug_intent(one.code):
            yield Finding(
                "drug.two-intents",
                one.place,
                f"{one.code} and {earlier.code} tell one drug with two intents.",
                "Keep the one that the record supports.",
                Severity.WARNING,
                because("drug", one.code, day),
            )


@edit(
    "toxic-effect.first",
    "combination",
    source="ICD-10-CM guidelines I.C.19.e.5.d: toxic effects; note at T51-T65",
    on=guideline_lists("toxic-effect"),
)
def toxic_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A toxic effect comes before what it did.

    The tabular list says to add the manifestations behind T51 to T65. A warning where another
    condition stands first, as that may be the reason for the visit; an injury, a poisoning and a
    pregnancy may come before, and a sequela follows what it left.
    """
    first = encounter.diagnoses[:1]
    for one in listed(encounter, "toxic-effect", day)[:1]:
        if key_of(one.code).endswith(_SEQUELA) or unlinked(encounter, one.code, first[0].code):
            continue
        free = ("may-precede-poisoning", "injury", "adverse-effect", "underdosing")
        if not any(is_listed(first[0].code, name, day) for name in free):
            yield Finding(
                "toxic-effect.first",
                one.place,
                f"{one.code} is a toxic effect and stands after {first[0].code}.",
                f"Put {one.code} first if it did that.",
                Severity.WARNING,
                because("toxic-effect", one.code, day),
            )


EDITS = (toxic_first, poisoning_first, adverse_effect_order, underdosing_first, two_intents)
