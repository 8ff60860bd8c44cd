"""Rules on neoplasms: treatment, primary and secondary, active and past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.core.findings import Finding, Severity
from codinglab.edits.listed import because, cited, is_listed, leads, listed, pairs
from codinglab.edits.rule import edit
from codinglab.edits.trait import guideline_lists, pair_lists
from codinglab.encounter.coded import CodedEncounter


@edit(
    "neoplasm.treatment-first",
    "combination",
    source="ICD-10-CM guidelines I.C.2.e.2 and I.C.21.c.16: encounters for treatment of cancer",
    on=guideline_lists("cancer-treatment"),
)
def treatment_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """An encounter for chemotherapy, immunotherapy or radiation has that treatment first.

    Z51.0, Z51.11 and Z51.12 are only ever first-listed; if two of the treatments are given at one
    encounter they stand together in any order. The malignancy comes after them. An encounter to
    remove the tumor, or to place the source of radiation, has the malignancy first and none of
    the three.
    """
    before = True
    for one in encounter.diagnoses:
        inside = is_listed(one.code, "cancer-treatment", day)
        if inside and not before:
            yield Finding(
                "neoplasm.treatment-first",
                one.place,
                f"{one.code} is only used first, and {encounter.diagnoses[0].code} stands first.",
                f"Put {one.code} first if the encounter was for that treatment; else take it out.",
                cite=because("cancer-treatment", one.code, day),
            )
        before = before and inside


@edit(
    "neoplasm.treated",
    "combination",
    source="ICD-10-CM guidelines I.C.2.e.2: the diagnosis for which the treatment is given second",
    on=guideline_lists("cancer-treatment"),
)
def treated_neoplasm(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Treatment of a cancer names the cancer.

    The malignancy that chemotherapy, immunotherapy or radiation is given for follows as a
    secondary diagnosis, and it is active as long as it is treated, even after its removal.
    """
    first = leads(encounter, "cancer-treatment", day)
    if first and not listed(encounter, "neoplasm", day):
        yield Finding(
            "neoplasm.treated",
            first.place,
            f"{first.code} stands without the neoplasm that is treated.",
            "Add the neoplasm, with its site.",
            cite=because("cancer-treatment", first.code, day),
        )


@edit(
    "neoplasm.primary",
    "combination",
    source="ICD-10-CM guidelines I.C.2.b and I.C.2.d: secondary sites and history of the primary",
    on=guideline_lists("metastasis"),
)
def primary_told(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A metastasis comes with the primary tumor, present or past.

    Where the primary was removed and is treated no more, its history (Z85) is coded; where nobody
    knows it, C80.1. A warning: the primary may be found only in another part of the record.
    """
    spread = listed(encounter, "metastasis", day)
    if spread and not listed(encounter, "primary-or-history", day):
        yield Finding(
            "neoplasm.primary",
            spread[0].place,
            f"{spread[0].code} is secondary, and no primary is coded, present or past.",
            "Add the primary, its history (Z85) or, where it is unknown, C80.1.",
            Severity.WARNING,
            because("metastasis", spread[0].code, day),
        )


@edit(
    "neoplasm.active-and-history",
    "combination",
    source="ICD-10-CM guidelines I.C.2.m: current malignancy versus personal history",
    on=pair_lists("cancer-history"),
)
def active_and_history(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A cancer is active or history, not both.

    As long as it is treated it is active; excised or eradicated, with no further treatment and no
    evidence of it, it is history. A warning: a second primary in the same organ is possible.
    """
    for pair in pairs(encounter, "cancer-history", day):
        yield Finding(
            "neoplasm.active-and-history",
            pair.one.place,
            f"{pair.one.code} is history, and {pair.other.code} is active cancer of the "
            f"{pair.row.label}.",
            "Keep the one that the record supports, or both for two separate primaries.",
            Severity.WARNING,
            cited(pair, day),
        )


@edit(
    "neoplasm.disseminated",
    "combination",
    source="ICD-10-CM guidelines I.C.2.j: disseminated malignant neoplasm, unspecified",
    on=guideline_lists("disseminated"),
)
def disseminated(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Cancer that has spread is coded by its sites where they are known.

    C80.0 is only for advanced disease of which neither the primary nor any secondary site is told,
    and never in place of codes for them. A warning.
    """
    sites = [
        one
        for one in listed(encounter, "malignant", day)
        if not is_listed(one.code, "disseminated", day)
    ]
    for one in listed(encounter, "disseminated", day) if sites else ():
        yield Finding(
            "neoplasm.disseminated",
            one.place,
            f"{one.code} says that no site is known, and {sites[0].code} is coded.",
            f"Take {one.code} out, and code each known site.",
            Severity.WARNING,
            because("disseminated", one.code, day),
        )


@edit(
    "neoplasm.follow-up",
    "combination",
    source="ICD-10-CM guidelines I.C.21.c.8: follow-up",
    on=guideline_lists("follow-up-cancer"),
)
def followed_up(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A follow-up that finds the cancer again is the cancer, and no follow-up.

    Z08 is for treatment that is complete and a cancer that is gone. If it has come back, its code
    stands in place of Z08. A warning, as another cancer may be under treatment.
    """
    active = listed(encounter, "malignant", day)
    for one in listed(encounter, "follow-up-cancer", day) if active else ():
        yield Finding(
            "neoplasm.follow-up",
            one.place,
            f"{one.code} follows a cancer that is gone, and {active[0].code} is active.",
            f"Take {one.code} out if {active[0].code} is what was followed.",
            Severity.WARNING,
            because("follow-up-cancer", one.code, day),
        )


EDITS = (
    treatment_first,
    treated_neoplasm,
    primary_told,
    active_and_history,
    *(
        disseminated,
        followed_up,
    ),
)
