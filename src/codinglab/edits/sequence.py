"""Rules on the order of diagnoses: what may, must, or may never stand first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.core.findings import Finding, Severity
from codinglab.edits.listed import because, cited, is_listed, leads, listed, pairs, unlinked
from codinglab.edits.rule import edit
from codinglab.edits.trait import guideline_lists, pair_lists
from codinglab.encounter.coded import CodedEncounter


@edit(
    "sequence.external-cause-first",
    "sequence",
    source="ICD-10-CM guidelines I.C.20.a.6: an external cause code is never first",
    on=guideline_lists("external-cause"),
)
def external_cause_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """An external cause code is never the first-listed or principal diagnosis.

    Codes V00 to Y99 tell how, where and while doing what somebody came to harm. They follow the
    code of the harm itself, which is the reason for the visit.
    """
    if first := leads(encounter, "external-cause", day):
        yield Finding(
            "sequence.external-cause-first",
            first.place,
            f"{first.code} is an external cause and stands first.",
            "Put the injury or other condition first, and this code after it.",
            cite=because("external-cause", first.code, day),
        )


@edit(
    "sequence.secondary-only",
    "sequence",
    source="ICD-10-CM guidelines I.B.14, and the notes of the tabular list at B95 and Z37",
    on=guideline_lists("secondary-only"),
)
def secondary_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Some codes only add to another diagnosis and never stand first.

    Body mass index, coma and stroke scales, social determinants of health and underimmunization
    are reported as secondary diagnoses only. So are the infectious agents B95 to B97, which say
    what caused a disease classified elsewhere, and the outcome of delivery.
    """
    if first := leads(encounter, "secondary-only", day):
        yield Finding(
            "sequence.secondary-only",
            first.place,
            f"{first.code} is for use as an additional code and stands first.",
            "Put the condition that was seen and treated first.",
            cite=because("secondary-only", first.code, day),
        )


@edit(
    "sequence.z-first-only",
    "sequence",
    source="ICD-10-CM guidelines I.C.21.c.16: Z codes that may only be first-listed",
    on=guideline_lists("z-first-only"),
)
def z_first_only(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Certain Z codes are the reason for the whole encounter and may only stand first.

    General examinations, supervision of a normal pregnancy, live birth, donors and a few others
    are listed first or not at all. The one exception is several encounters of the same day whose
    records are combined, so two codes of that list may stand first and second.
    """
    before = True
    for one in encounter.diagnoses:
        inside = is_listed(one.code, "z-first-only", day)
        if inside and not before:
            yield Finding(
                "sequence.z-first-only",
                one.place,
                f"{one.code} may only be the first-listed diagnosis.",
                f"Put it before {encounter.diagnoses[0].code}, or take it out if it is not the "
                "reason for the encounter.",
                cite=because("z-first-only", one.code, day),
            )
        before = before and inside


@edit(
    "sequence.sequela",
    "sequence",
    source="ICD-10-CM guidelines I.B.10: the residual condition first, the sequela code second",
    on=guideline_lists("sequela"),
)
def sequela_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """What an illness left behind comes first, and the illness that left it second.

    A weak limb or a scarred lung is what the patient is seen for. A code such as B90 to B94 or O94
    only says where it came from, and alone it says nothing that could be treated. The sequelae of
    a stroke (I69) are combination codes and stand alone. Old injuries have a rule of their own.
    """
    first = leads(encounter, "sequela", day)
    if first is None:
        return
    others = [
        one
        for one in encounter.diagnoses[1:]
        if not is_listed(one.code, "sequela", day)
        and not is_listed(one.code, "external-cause", day)
    ]
    yield Finding(
        "sequence.sequela",
        first.place,
        f"{first.code} is the cause of a late effect and stands first.",
        f"Put the late effect, such as {others[0].code}, before it."
        if others
        else "Add the late effect that is treated, and put it first.",
        cite=because("sequela", first.code, day),
    )


@edit(
    "sequence.aftercare-injury",
    "sequence",
    source="ICD-10-CM guidelines I.C.21.c.7 and I.C.19.a: aftercare of injuries",
    on=guideline_lists("aftercare"),
)
def aftercare_of_injury(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Aftercare of an injury is the injury's code with 7th character D, not a Z code.

    Z47 and Z48 are for healing after other operations. A warning, since a patient with an injury
    may also be seen after an unrelated operation; where the record says so, the rule is silent.
    """
    for one in listed(encounter, "aftercare", day):
        for injury in listed(encounter, "injury", day):
            if not unlinked(encounter, one.code, injury.code):
                yield Finding(
                    "sequence.aftercare-injury",
                    one.place,
                    f"{one.code} stands beside the injury {injury.code}.",
                    "Leave it out if the aftercare is for the injury: its 7th character says so.",
                    Severity.WARNING,
                    because("aftercare", one.code, day),
                )
                break


@edit(
    "sequence.acute-chronic",
    "sequence",
    source="ICD-10-CM guidelines I.B.8: acute and chronic conditions",
    on=pair_lists("acute-first"),
)
def acute_before_chronic(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Where one condition is both acute and chronic, the acute code comes first.

    That holds where the index lists both forms at the same level and no one code says both. A
    warning: if another reason for the visit decides the first place, only the two change places.
    """
    for pair in pairs(encounter, "acute-first", day):
        order = encounter.diagnoses
        if order.index(pair.one) > order.index(pair.other):
            yield Finding(
                "sequence.acute-chronic",
                pair.one.place,
                f"{pair.one.code} is the acute form of {pair.other.code} and stands after it.",
                f"Put {pair.one.code} before {pair.other.code}.",
                Severity.WARNING,
                cited(pair, day),
            )


@edit(
    "sequence.screening",
    "sequence",
    source="ICD-10-CM guidelines I.C.21.c.5: screening",
    on=pair_lists("screening-finding"),
)
def screening_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A screening stays a screening, whatever it finds.

    The screening code is first if that was the reason for the visit, and what was found follows.
    Payers waive the patient's share by it. A warning where what such a screening finds stands
    first: in a visit for another problem the screening may follow.
    """
    first = encounter.diagnoses[:1]
    for pair in pairs(encounter, "screening-finding", day):
        if pair.other is first[0]:
            yield Finding(
                "sequence.screening",
                pair.one.place,
                f"{pair.one.code} is a screening and stands after {pair.other.code} "
                f"({pair.row.label}).",
                f"Put {pair.one.code} first if the visit was for the screening.",
                Severity.WARNING,
                cited(pair, day),
            )


EDITS = (
    *(external_cause_first, secondary_first, z_first_only, sequela_first),
    *(aftercare_of_injury, acute_before_chronic),
    *(screening_first,),
)
