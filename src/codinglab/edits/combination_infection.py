"""Rules on sepsis and on the germs of infections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.core.findings import Finding, Severity
from codinglab.edits.listed import because, cited, is_listed, leads, listed, pairs
from codinglab.edits.rule import edit
from codinglab.edits.trait import guideline_lists, pair_lists
from codinglab.encounter.coded import CodedEncounter

_AFTER_ADMISSION = "N"
_UNCERTAIN = (None, "U", "W")


@edit(
    "sepsis.severe",
    "combination",
    source="ICD-10-CM guidelines I.C.1.d.1.b: severe sepsis; note at R65.2",
    on=guideline_lists("severe-sepsis"),
)
def severe_sepsis(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Severe sepsis needs the systemic infection before it.

    R65.20 and R65.21 are never first: a code such as A41.9 comes before them. Without it, or after
    it, they say that a response is severe and not to what.
    """
    severe = listed(encounter, "severe-sepsis", day)[:1]
    for one in severe:
        before = encounter.diagnoses[: encounter.diagnoses.index(one)]
        if not any(is_listed(other.code, "systemic-infection", day) for other in before):
            yield Finding(
                "sepsis.severe",
                one.place,
                f"{one.code} has no systemic infection before it.",
                "Put the sepsis first, A41.9 if the organism is not known.",
                cite=because("severe-sepsis", one.code, day),
            )


@edit(
    "sepsis.organ",
    "combination",
    source="ICD-10-CM guidelines I.C.1.d.1.a.iii and I.C.1.d.1.b; note at R65.2",
    on=guideline_lists("severe-sepsis-without-shock"),
)
def organ_dysfunction(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Severe sepsis is sepsis with an acute organ dysfunction, and the dysfunction is coded.

    R65.20 without one, such as acute kidney failure or acute respiratory failure, is the first
    thing that a payer's auditor looks for. A warning, as the note names examples only.
    """
    for one in listed(encounter, "severe-sepsis-without-shock", day):
        if not listed(encounter, "acute-organ-dysfunction", day):
            yield Finding(
                "sepsis.organ",
                one.place,
                f"{one.code} is coded and no acute organ dysfunction is.",
                "Add the dysfunction that the record links to the sepsis, or ask the provider.",
                Severity.WARNING,
                because("severe-sepsis-without-shock", one.code, day),
            )


@edit(
    "sepsis.order",
    "combination",
    source="ICD-10-CM guidelines I.C.1.d.4: sepsis with a localized infection",
    settings=("inpatient",),
    on=guideline_lists("sepsis"),
)
def sepsis_order(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Sepsis present on admission comes before the localized infection that it came from.

    A patient admitted with pneumonia and sepsis has the sepsis as principal diagnosis. If the
    sepsis arose only after admission (POA N), the localized infection stays first. An error where
    the sepsis was present on admission, a warning where that is not told.
    """
    local = leads(encounter, "localized-infection", day)
    for one in listed(encounter, "sepsis", day)[:1] if local else ():
        if local and one.poa != _AFTER_ADMISSION:
            yield Finding(
                "sepsis.order",
                local.place,
                f"{local.code} is principal, and the sepsis {one.code} stands after it.",
                f"Put {one.code} first if the sepsis was present on admission.",
                Severity.WARNING if one.poa in _UNCERTAIN else Severity.ERROR,
                because("localized-infection", local.code, day),
            )


@edit(
    "infection.organism-twice",
    "combination",
    source="ICD-10-CM guidelines I.C.1.e.1.a: combination codes for MRSA infection",
    on=pair_lists("organism-told"),
)
def organism_twice(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A germ that the code of the infection names is not coded again.

    Sepsis or pneumonia from methicillin-resistant staphylococcus has a combination code, and
    B95.62 is not added. A warning: it may belong to another infection on the claim.
    """
    for pair in pairs(encounter, "organism-told", day):
        yield Finding(
            "infection.organism-twice",
            pair.other.place,
            f"{pair.other.code} is told by {pair.one.code} ({pair.row.label}).",
            f"Take {pair.other.code} out, unless it belongs to another infection.",
            Severity.WARNING,
            cited(pair, day),
        )


@edit(
    "sepsis.shock",
    "combination",
    source="ICD-10-CM guidelines I.C.1.d.2: septic shock; titles of R65.20 and R65.21",
    on=guideline_lists("severe-sepsis-without-shock"),
)
def with_and_without_shock(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Severe sepsis is with or without septic shock, not both.

    R65.20 says that there is no shock, R65.21 that there is. Where shock came later in the stay,
    R65.21 alone tells it.
    """
    shock = listed(encounter, "severe-sepsis-with-shock", day)
    for one in listed(encounter, "severe-sepsis-without-shock", day) if shock else ():
        yield Finding(
            "sepsis.shock",
            one.place,
            f"{one.code} says without septic shock, and {shock[0].code} says with it.",
            f"Take {one.code} out if the record has the shock.",
            cite=because("severe-sepsis-without-shock", one.code, day),
        )


@edit(
    "sepsis.noninfectious",
    "combination",
    source="ICD-10-CM guidelines I.C.1.d.6 and I.C.18.g: response to a noninfectious process",
    on=guideline_lists("noninfectious-response"),
)
def noninfectious_beside_sepsis(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A systemic response to what is no infection is not coded beside sepsis.

    R65.10 and R65.11 are for trauma, pancreatitis and the like. Where an infection follows and
    brings severe sepsis, only one of R65.1 and R65.2 is used, and that is R65.2: an error. Beside
    sepsis without R65.2 a warning.
    """
    severe = listed(encounter, "severe-sepsis", day)
    others = severe or listed(encounter, "sepsis", day)
    for one in listed(encounter, "noninfectious-response", day) if others else ():
        yield Finding(
            "sepsis.noninfectious",
            one.place,
            f"{one.code} is a response to no infection, and {others[0].code} says sepsis.",
            f"Take {one.code} out, unless nothing links it with the infection."
            if not severe
            else f"Take {one.code} out: only one of R65.1 and R65.2 is used.",
            Severity.ERROR if severe else Severity.WARNING,
            because("noninfectious-response", one.code, day),
        )


EDITS = (
    *(severe_sepsis, organ_dysfunction, sepsis_order, organism_twice),
    *(with_and_without_shock, noninfectious_beside_sepsis),
)
