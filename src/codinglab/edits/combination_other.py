"""Rules on combinations in other chapters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.core.findings import Finding, Severity
from codinglab.edits.listed import because, cited, instead, listed, pairs, unlinked, weight
from codinglab.edits.rule import edit
from codinglab.edits.trait import guideline_lists, pair_lists
from codinglab.encounter.coded import CodedEncounter


@edit(
    "combination.one-code",
    "combination",
    source="ICD-10-CM guidelines I.B.9: combination code; the titles of the codes",
    on=pair_lists("one-code"),
)
def one_code_says_both(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Two conditions that one code says together are not coded with two.

    Acute and chronic heart failure of one kind, acute and chronic respiratory failure, and acute
    and chronic cholecystitis each have a code that says both. Several codes are used only where
    no combination code describes all that is there.
    """
    for pair in pairs(encounter, "one-code", day):
        yield Finding(
            "combination.one-code",
            pair.one.place,
            f"{pair.one.code} and {pair.other.code} are said by {pair.row.result}.",
            f"Use {pair.row.result} in place of both.",
            cite=cited(pair, day),
        )


@edit(
    "lung.copd-infection",
    "combination",
    source='ICD-10-CM tabular list at J44.0; guidelines I.A.15 ("with")',
    on=pair_lists("copd-infection"),
)
def copd_infection(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Obstructive lung disease with acute bronchitis or pneumonia is J44.0.

    The infection keeps its own code beside it. J44.9 says that there is no such thing. Only a
    record that says they are unrelated undoes the link: an error where the record is known, a
    note where it is not.
    """
    for pair in pairs(encounter, "copd-infection", day):
        if not unlinked(encounter, pair.one.code, pair.other.code):
            yield Finding(
                "lung.copd-infection",
                pair.one.place,
                f"{pair.one.code} does not tell the infection {pair.other.code} "
                f"({pair.row.label}).",
                f"{instead(pair.row, pair.other)}.",
                weight(encounter),
                cited(pair, day),
            )


@edit(
    "heart.angina",
    "combination",
    source="ICD-10-CM guidelines I.C.9.b: atherosclerotic coronary artery disease and angina",
    on=pair_lists("angina"),
)
def angina_with_coronary(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Coronary disease and angina are one code of I25.11.

    The classification presumes that the angina comes from the narrowed arteries, and the angina
    has no code of its own beside it. Only a record that names another cause undoes the link: an
    error where the record is known, a note where it is not.
    """
    for pair in pairs(encounter, "angina", day):
        if not unlinked(encounter, pair.one.code, pair.other.code):
            yield Finding(
                "heart.angina",
                pair.one.place,
                f"{pair.one.code} says without angina, and {pair.other.code} is coded "
                f"({pair.row.label}).",
                f"{instead(pair.row, pair.other)}.",
                weight(encounter),
                cited(pair, day),
            )


@edit(
    "infarction.subsequent",
    "combination",
    source="ICD-10-CM guidelines I.C.9.e.4: subsequent acute myocardial infarction",
    on=guideline_lists("subsequent-infarction"),
)
def subsequent_infarction(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A second heart attack within four weeks comes with the first.

    I22 is used only together with a code of I21, which tells the first attack. Which of the two
    stands first depends on the circumstances of the encounter.
    """
    for one in listed(encounter, "subsequent-infarction", day):
        if not listed(encounter, "infarction", day):
            yield Finding(
                "infarction.subsequent",
                one.place,
                f"{one.code} is a second infarction, and the first (I21) is not coded.",
                "Add the code of I21, or use it instead if this is the first within four weeks.",
                cite=because("subsequent-infarction", one.code, day),
            )


@edit(
    "bmi.alone",
    "combination",
    source="ICD-10-CM guidelines I.B.14: documentation by clinicians other than the provider",
    on=guideline_lists("body-mass"),
)
def body_mass_alone(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Body mass index is coded only with a diagnosis of the provider that it belongs to.

    A nurse may write down the index; the provider must write the condition, such as obesity or
    malnutrition. A warning, as the guideline names examples only.
    """
    for one in listed(encounter, "body-mass", day):
        if not listed(encounter, "weight-diagnosis", day):
            yield Finding(
                "bmi.alone",
                one.place,
                f"{one.code} stands without a diagnosis that it belongs to.",
                "Add the provider's diagnosis, or leave the index out.",
                Severity.WARNING,
                because("body-mass", one.code, day),
            )


EDITS = (
    *(one_code_says_both, copd_infection, angina_with_coronary),
    *(subsequent_infarction, body_mass_alone),
)
