"""Rules on combinations in other chapters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.core.findings import Finding, Severity
from codinglab.edits.listed import because, cited, instead, listed, pairs, unlinked, weight
from codinglab.edits.rule import edit
from codinglab.edits.trait import guideline_lists, pair_lists
from codinglab.encounter.coded import CodedEncounter, Diagnosis

_SEVERITIES = ("dementia-unspecified", "dementia-mild", "dementia-moderate", "dementia-severe")
_PRESENT, _LATER = "Y", "N"  # indicators of present on admission
_UNTOLD = "9"  # last character of a pressure ulcer without a stage


@edit(
    "combination.one-code",
    "combination",
    source="ICD-10-CM guidelines I.B.9: combination code; the titles of the codes",
    on=pair_lists("one-code"),
)
def one_code_says_both(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Two conditions that one code says together are not coded with two.

    A code "without" or "uncomplicated" does not stand beside the code of the same condition that
    says with what, nor the status of a transplant beside its complication.
    Acute and chronic heart failure of one kind, acute and chronic respiratory failure, and acute
    and chronic cholecystitis each have a code that says both. Several codes are used only where
    no combination code describes all that is there.
    """
    for pair in pairs(encounter, "one-code", day):
        if unlinked(encounter, pair.one.code, pair.other.code):
            continue
        told = pair.one.code.startswith(pair.row.result)
        yield Finding(
            "combination.one-code",
            pair.other.place if told else pair.one.place,
            f"{pair.other.code} is told by {pair.one.code} ({pair.row.label})."
            if told
            else f"{pair.one.code} and {pair.other.code} are said by {pair.row.result}.",
            f"Take {pair.other.code} out." if told else f"Use {pair.row.result} in place of both.",
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
    warning where it is not.
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
    error where the record is known, a warning where it is not.
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

    I22 is used only together with a code of I21 that tells the first attack, and only if both are
    of type 1 or unspecified: attacks of other types (I21.A) do not count. Which of the two stands
    first depends on the circumstances of the encounter.
    """
    for one in listed(encounter, "subsequent-infarction", day):
        if not listed(encounter, "infarction", day):
            yield Finding(
                "infarction.subsequent",
                one.place,
                f"{one.code} is a second infarction, and the first (I21) is not coded.",
                "Add the code of I21 (not I21.A), or use it if this is the first within four "
                "weeks.",
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


@edit(
    "infarction.evolved",
    "combination",
    source="ICD-10-CM guidelines I.C.9.e.1 and I.C.9.e.4: type 1 infarction that evolves",
    on=guideline_lists("infarction-not-through-wall"),
)
def evolved_infarction(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """An infarction that evolves from NSTEMI to STEMI is a STEMI.

    I21.4 is not coded beside I21.0 to I21.3 for one attack. A second attack within four weeks is
    I22. A warning.
    """
    through = listed(encounter, "infarction-through-wall", day)
    for one in listed(encounter, "infarction-not-through-wall", day) if through else ():
        yield Finding(
            "infarction.evolved",
            one.place,
            f"{one.code} (NSTEMI) stands beside {through[0].code} (STEMI).",
            f"Take {one.code} out if it is one attack; a second one within four weeks is I22.",
            Severity.WARNING,
            because("infarction-not-through-wall", one.code, day),
        )


@edit(
    "lung.ventilator",
    "combination",
    source="ICD-10-CM guidelines I.C.10.d.1: ventilator associated pneumonia",
    on=guideline_lists("ventilator-pneumonia"),
)
def ventilator_pneumonia(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Pneumonia from a ventilator is J95.851 and the germ, without a code of J12 to J18.

    Another pneumonia that was there on admission keeps its own code, with POA Y, and stands
    before. A warning otherwise.
    """
    for one in listed(encounter, "ventilator-pneumonia", day):
        for other in listed(encounter, "pneumonia", day):
            if other.poa != _PRESENT or one.poa == _PRESENT:
                yield Finding(
                    "lung.ventilator",
                    other.place,
                    f"{other.code} stands beside {one.code}.",
                    f"Take {other.code} out and code the germ (B95 to B97), unless it is another "
                    "pneumonia.",
                    Severity.WARNING,
                    because("ventilator-pneumonia", one.code, day),
                )


@edit(
    "dementia.severity",
    "combination",
    source="ICD-10-CM guidelines I.C.5.d: dementia",
    on=guideline_lists(*_SEVERITIES),
)
def dementia_in_one_severity(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Dementia of one kind has one severity, the highest of the stay.

    Where it got worse during a stay, the code of the highest severity tells it alone. Dementia of
    two causes has a code for each.
    """
    found = [
        (at, one) for at, name in enumerate(_SEVERITIES) for one in listed(encounter, name, day)
    ]
    for at, one in found:
        worse = [two for more, two in found if more > at and two.code[:3] == one.code[:3]]
        if worse:
            yield Finding(
                "dementia.severity",
                one.place,
                f"{one.code} and {worse[-1].code} are two severities of one dementia.",
                f"Keep {worse[-1].code} alone, the highest.",
                cite=because(_SEVERITIES[at], one.code, day),
            )


@edit(
    "ulcer.two-stages",
    "combination",
    source="ICD-10-CM guidelines I.C.12.a.6: pressure ulcer that evolves into another stage",
    on=guideline_lists("pressure-ulcer"),
)
def ulcer_in_two_stages(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A pressure ulcer of one site has one stage, unless it got worse during a stay.

    Then the stage on admission has POA Y and the highest stage POA N, and both are coded. A
    warning elsewhere, as a patient may have two ulcers at one site.
    """
    first: dict[str, Diagnosis] = {}
    for one in listed(encounter, "pressure-ulcer", day):
        other = first.setdefault(one.code[:-1], one)
        evolved = {one.poa, other.poa} == {_PRESENT, _LATER}
        if other.code == one.code or evolved or _UNTOLD in {one.code[-1], other.code[-1]}:
            continue
        yield Finding(
            "ulcer.two-stages",
            one.place,
            f"{other.code} and {one.code} are one site in two stages.",
            "Keep the highest stage, unless there are two ulcers; one that got worse during a stay "
            "has POA Y on the first stage and POA N on the second.",
            Severity.WARNING,
            because("pressure-ulcer", one.code, day),
        )


EDITS = (
    *(one_code_says_both, copd_infection, angina_with_coronary),
    *(subsequent_infarction, body_mass_alone),
    *(evolved_infarction, ventilator_pneumonia, dementia_in_one_severity, ulcer_in_two_stages),
)
