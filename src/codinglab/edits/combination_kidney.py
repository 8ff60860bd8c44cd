"""Rules on stages of chronic kidney disease."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.guideline_lists import open_lists
from codinglab.core.findings import Finding, Severity
from codinglab.edits.listed import because, is_listed, listed
from codinglab.edits.rule import edit
from codinglab.edits.trait import guideline_lists
from codinglab.encounter.coded import CodedEncounter, Diagnosis


@edit(
    "kidney.end-stage",
    "combination",
    source="ICD-10-CM guidelines I.C.14.a.1: stages of chronic kidney disease",
    on=guideline_lists("kidney-end-stage"),
)
def end_stage_alone(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """End stage renal disease is coded alone, without another stage.

    Where the record has both a stage and end stage disease, N18.6 says it all.
    """
    end = listed(encounter, "kidney-end-stage", day)
    for one in listed(encounter, "kidney-stage", day) if end else ():
        yield Finding(
            "kidney.end-stage",
            one.place,
            f"{one.code} stands beside {end[0].code}.",
            f"Take {one.code} out.",
            cite=because("kidney-stage", one.code, day),
        )


@edit(
    "kidney.dialysis",
    "combination",
    source="ICD-10-CM tabular list, inclusion term and note at N18.6",
    on=guideline_lists("dialysis"),
)
def dialysis_with_earlier_stage(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Chronic kidney disease that needs chronic dialysis is end stage, N18.6.

    Dialysis status beside stages 1 to 5 is a contradiction, which only the record can settle: a
    warning.
    """
    if listed(encounter, "kidney-end-stage", day) or not listed(encounter, "dialysis", day):
        return
    for one in listed(encounter, "kidney-stage-known", day):
        yield Finding(
            "kidney.dialysis",
            one.place,
            f"{one.code} stands with dependence on dialysis.",
            "Chronic kidney disease on chronic dialysis is N18.6; ask if the record is unclear.",
            Severity.WARNING,
            because("kidney-stage-known", one.code, day),
        )


@edit(
    "kidney.two-stages",
    "combination",
    source="ICD-10-CM guidelines I.C.14.a.1: stages of chronic kidney disease",
    on=guideline_lists("kidney-stage-known"),
)
def two_stages(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Chronic kidney disease is in one stage at one encounter.

    Lists that are copied forward keep old stages. A warning: the record says which one is
    current. An unspecified stage beside a known one has a rule of its own.
    """
    first: Diagnosis | None = None
    for one in listed(encounter, "kidney-stage-known", day):
        if is_listed(one.code, "kidney-stage-untold", day):
            continue
        if first and first.code != one.code:
            yield Finding(
                "kidney.two-stages",
                one.place,
                f"{first.code} and {one.code} are two stages of one disease.",
                "Keep the stage that the provider gives at this encounter.",
                Severity.WARNING,
                open_lists(day).cite("I.C.14.a.1"),
            )
        first = first or one


EDITS = (end_stage_alone, dialysis_with_earlier_stage, two_stages)
