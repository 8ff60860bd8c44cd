"""Rules on COVID-19 and HIV disease."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.core.findings import Finding, Severity
from codinglab.edits.listed import because, cited, leads, listed, pairs, unlinked
from codinglab.edits.rule import edit
from codinglab.edits.trait import guideline_lists, pair_lists
from codinglab.encounter.coded import CodedEncounter

_AFTER_ADMISSION = "N"
_NO_CONDITION = "VWXYZU"  # first letters of causes, factors and codes for special purposes


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
    "covid.pneumonia",
    "combination",
    source="ICD-10-CM guidelines I.C.1.g.1.c: acute respiratory manifestations of COVID-19",
    on=pair_lists("covid-pneumonia"),
)
def covid_pneumonia(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Pneumonia due to COVID-19 is J12.82.

    It has had that code since January 2021; J12.89 was used before. A warning, as another virus
    may be the cause; a record that calls the two unrelated silences it.
    """
    for pair in pairs(encounter, "covid-pneumonia", day):
        if not unlinked(encounter, pair.one.code, pair.other.code):
            yield Finding(
                "covid.pneumonia",
                pair.other.place,
                f"{pair.other.code} ({pair.row.label}) stands beside {pair.one.code}.",
                f"Use {pair.row.result} if the pneumonia is due to COVID-19.",
                Severity.WARNING,
                cited(pair, day),
            )


@edit(
    "covid.history",
    "combination",
    source="ICD-10-CM guidelines I.C.1.g.1.i: personal history of COVID-19",
    on=guideline_lists("covid-history"),
)
def covid_history(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A history of COVID-19 is for who has it no more.

    Beside the active infection, U07.1, it says the opposite. A warning, as somebody may be
    infected again; what the first infection left is U09.9, and not Z86.16.
    """
    known = listed(encounter, "covid", day)
    for one in listed(encounter, "covid-history", day) if known else ():
        yield Finding(
            "covid.history",
            one.place,
            f"{one.code} says that COVID-19 is over, and {known[0].code} that it is there.",
            f"Take {one.code} out, unless the record tells of two infections.",
            Severity.WARNING,
            because("covid-history", one.code, day),
        )


@edit(
    "covid.later",
    "combination",
    source="ICD-10-CM guidelines I.C.1.g.1.m: post COVID-19 condition; note at U09.9",
    on=guideline_lists("covid-later"),
)
def condition_before_cause(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The condition that COVID-19 left behind comes before U09.9.

    U09.9 says where the condition comes from. It stands first only where nothing more is known
    than a condition after COVID-19. A warning, as the other codes may have other causes.
    """
    first = leads(encounter, "covid-later", day)
    rest = [one for one in encounter.diagnoses[1:] if one.code[0] not in _NO_CONDITION]
    if first and rest:
        yield Finding(
            "covid.later",
            first.place,
            f"{first.code} stands before {rest[0].code}.",
            f"Put {rest[0].code} first if COVID-19 left it behind.",
            Severity.WARNING,
            because("covid-later", first.code, day),
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
    "hiv.status",
    "combination",
    source="ICD-10-CM guidelines I.C.1.a.2: asymptomatic HIV and inconclusive tests",
    on=guideline_lists("hiv-status"),
)
def status_beside_illness(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A patient who has had an HIV-related illness is B20 from then on.

    Z21 is for an infection without any such illness, and R75 for a test that does not decide.
    Beside pneumocystosis and the like they are rarely right. A warning, which a record that calls
    the illness unrelated silences.
    """
    ill = listed(encounter, "hiv-related", day)
    for one in listed(encounter, "hiv-status", day) if ill else ():
        if not unlinked(encounter, one.code, ill[0].code):
            yield Finding(
                "hiv.status",
                one.place,
                f"{one.code} stands beside {ill[0].code}, which often comes with HIV disease.",
                "Use B20, first, if the illness is related to HIV; ask if the record is unclear.",
                Severity.WARNING,
                because("hiv-status", one.code, day),
            )


EDITS = (
    *(covid_order, contact_beside_infection, covid_pneumonia, covid_history),
    *(condition_before_cause, hiv_order, status_beside_illness),
)
