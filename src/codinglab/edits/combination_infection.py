"""Rules on sepsis, COVID-19 and HIV disease."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.core.findings import Finding, Severity
from codinglab.edits.listed import because, cited, is_listed, leads, listed, pairs, unlinked
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
    "covid.order",
    "combination",
    source="ICD-10-CM guidelines I.C.1.g.1.b and I.C.1.g.1.c: COVID-19 and its manifestations",
    on=guideline_lists("covid"),
)
def covid_order(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """COVID-19 comes before its respiratory manifestations.

    U07.1 is first-listed when it is the reason for the encounter, and bronchitis, respiratory
    distress or failure follow. Pregnancy, sepsis and transplants have orders of their own. A
    warning: the two may be unrelated, and COVID-19 may have come after admission (POA N).
    """
    first = leads(encounter, "covid-manifestation", day)
    for one in listed(encounter, "covid", day) if first else ():
        if first and one.poa != _AFTER_ADMISSION and not unlinked(encounter, first.code, one.code):
            yield Finding(
                "covid.order",
                first.place,
                f"{first.code} stands before {one.code}.",
                f"Put {one.code} first if it is the cause.",
                Severity.WARNING,
                because("covid-manifestation", first.code, day),
            )


@edit(
    "covid.contact",
    "combination",
    source="ICD-10-CM guidelines I.C.1.g.1.e: exposure to COVID-19; Excludes1 note at Z20",
    on=guideline_lists("covid-contact"),
)
def contact_beside_infection(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Contact with COVID-19 is not coded once the infection is.

    Z20.822 is for exposure without the infection: ruled out, or not known. Who has COVID-19 has
    been exposed to it.
    """
    known = listed(encounter, "covid", day)
    for one in listed(encounter, "covid-contact", day) if known else ():
        yield Finding(
            "covid.contact",
            one.place,
            f"{one.code} is contact without the infection, and {known[0].code} is coded.",
            f"Take {one.code} out.",
            cite=because("covid-contact", one.code, day),
        )


@edit(
    "hiv.order",
    "combination",
    source="ICD-10-CM guidelines I.C.1.a.2: selection and sequencing of HIV codes",
    on=guideline_lists("hiv"),
)
def hiv_order(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """HIV disease comes before the conditions that are related to it.

    A patient seen for a condition such as pneumocystosis, as part of HIV disease, has B20 first
    and the condition after it. For a condition that has nothing to do with HIV it is the other way
    round. A warning, which a record that calls them unrelated silences.
    """
    first = leads(encounter, "hiv-related", day)
    for one in listed(encounter, "hiv", day) if first else ():
        if first and not unlinked(encounter, first.code, one.code):
            yield Finding(
                "hiv.order",
                first.place,
                f"{first.code} stands before {one.code}.",
                f"Put {one.code} first if the condition is related to HIV.",
                Severity.WARNING,
                because("hiv-related", first.code, day),
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


EDITS = (
    *(severe_sepsis, organ_dysfunction, sepsis_order),
    *(organism_twice, covid_order, contact_beside_infection, hiv_order),
)
