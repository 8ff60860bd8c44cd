"""Rules on injuries and on the external causes that go with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.icd10cm import key_of, open_table
from codinglab.core.findings import Finding, Severity
from codinglab.edits.listed import because, is_listed, listed, unlinked
from codinglab.edits.rule import edit
from codinglab.edits.trait import guideline_lists
from codinglab.encounter.coded import CodedEncounter, Diagnosis

_ONCE = ("place-of-occurrence", "activity", "external-status")
_REGION = 2  # S6 is the wrist and hand, whatever the injury
_SEVENTH = 7
_SEQUELA = "S"
_ACTIVE = "ABC"  # 7th characters of active treatment


def _side(one: Diagnosis, day: date) -> str:
    found = open_table(day).find(one.code)
    words = found.title.casefold().replace(",", " ").split() if found else []
    return next((word for word in ("left", "right") if word in words), "")


def _same_site(one: Diagnosis, other: Diagnosis, day: date) -> bool:
    """Say whether two injuries are of one body region, and not of different sides."""
    sides = {_side(one, day), _side(other, day)} - {""}
    return key_of(one.code)[:_REGION] == key_of(other.code)[:_REGION] and len(sides) <= 1


@edit(
    "injury.superficial",
    "combination",
    source="ICD-10-CM guidelines I.C.19.b.1: superficial injuries",
    on=guideline_lists("superficial"),
)
def superficial(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """An abrasion or contusion at the site of a more severe injury is not coded.

    It comes with the fracture, sprain or open wound. Codes tell the region and the side, not the
    site, so the rule only warns; a record that calls the two separate silences it.
    """
    severe = [
        one
        for one in listed(encounter, "injury", day)
        if not is_listed(one.code, "superficial", day)
    ]
    for one in listed(encounter, "superficial", day):
        near = [
            other
            for other in severe
            if _same_site(one, other, day)
            and not encounter.circumstances.says("separate", one.code, other.code)
            and not unlinked(encounter, one.code, other.code)
        ]
        for other in near[:1]:
            yield Finding(
                "injury.superficial",
                one.place,
                f"{one.code} is superficial, in the same region as {other.code}.",
                "Take it out if it is at the same site.",
                Severity.WARNING,
                because("superficial", one.code, day),
            )


@edit(
    "fracture.osteoporotic",
    "combination",
    source="ICD-10-CM guidelines I.C.13.d.2: osteoporosis with current pathological fracture",
    on=guideline_lists("bone-fracture"),
)
def osteoporotic(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A fracture in known osteoporosis is looked at before it is called traumatic.

    A code of M80 is used, and none for a traumatic fracture, if the fall or trauma was minor and
    would not usually break a normal, healthy bone. M81 beside a traumatic fracture says the
    opposite, and M80 beside one at a break of the same kind says it twice. A warning: only the
    provider can say which it was.
    """
    yield from _told_twice(encounter, day)
    for one in listed(encounter, "osteoporosis-without-fracture", day):
        for fracture in listed(encounter, "bone-fracture", day):
            if not unlinked(encounter, one.code, fracture.code):
                yield Finding(
                    "fracture.osteoporotic",
                    fracture.place,
                    f"{fracture.code} is traumatic, and {one.code} says osteoporosis.",
                    "Use M80 for both if a minor fall broke the bone; ask if the record is "
                    "unclear.",
                    Severity.WARNING,
                    because("osteoporosis-without-fracture", one.code, day),
                )


def _told_twice(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    for one in listed(encounter, "osteoporosis-with-fracture", day)[:1]:
        for fracture in listed(encounter, "bone-fracture", day):
            if not unlinked(encounter, one.code, fracture.code):
                yield Finding(
                    "fracture.osteoporotic",
                    fracture.place,
                    f"{fracture.code} is a traumatic fracture, and {one.code} one of osteoporosis.",
                    f"Take {fracture.code} out if both speak of one fracture.",
                    Severity.WARNING,
                    because("osteoporosis-with-fracture", one.code, day),
                )


@edit(
    "external-cause.once",
    "combination",
    source="ICD-10-CM guidelines I.C.20.b, I.C.20.c and I.C.20.k",
    on=guideline_lists("place-of-occurrence", "activity", "external-status"),
)
def told_once(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Place, activity and status of an accident are each told by one code.

    A hospital stay is the exception: a new injury during it may add a place, so there the rule
    warns.
    """
    inpatient = encounter.circumstances.setting == "inpatient"
    for name in _ONCE:
        found = listed(encounter, name, day)
        for one in found[1:]:
            yield Finding(
                "external-cause.once",
                one.place,
                f"{one.code} is a second code of its kind, after {found[0].code}.",
                "Keep the one that tells the accident best.",
                Severity.WARNING if inpatient else Severity.ERROR,
                because(name, one.code, day),
            )


def _phase(one: Diagnosis) -> str:
    key = key_of(one.code)
    return key[-1] if len(key) == _SEVENTH else ""


@edit(
    "external-cause.initial",
    "combination",
    source="ICD-10-CM guidelines I.C.20.b, I.C.20.c and I.C.20.k: initial encounter only",
    on=guideline_lists("place-of-occurrence", "activity", "external-status"),
)
def initial_only(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Place, activity and status of an accident are told only at the initial encounter.

    Later visits for the same injury, with 7th character D, S and the like, repeat the cause and
    leave these out.
    """
    phases = {_phase(one) for one in listed(encounter, "injury", day)} - {""}
    if not phases or phases & set(_ACTIVE):
        return
    for name in _ONCE:
        for one in listed(encounter, name, day):
            yield Finding(
                "external-cause.initial",
                one.place,
                f"{one.code} is for the initial encounter, and no injury here is at its initial "
                "encounter.",
                f"Take {one.code} out.",
                cite=because(name, one.code, day),
            )


@edit(
    "abuse.first",
    "combination",
    source="ICD-10-CM guidelines I.C.19.f: adult and child abuse, neglect and other maltreatment",
    on=guideline_lists("abuse"),
)
def abuse_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Abuse and neglect come before the injuries and mental disorders that go with them.

    A code of T74 (confirmed) or T76 (suspected) is first, and what was done to body and mind
    follows. In pregnancy a code of O9A comes before all. What is left of abuse long ago (7th
    character S) follows what it left.
    """
    for one in listed(encounter, "abuse", day)[:1]:
        before = encounter.diagnoses[: encounter.diagnoses.index(one)]
        harm = [
            other
            for other in before
            if is_listed(other.code, "injury", day) or is_listed(other.code, "mental-disorder", day)
        ]
        if harm and _phase(one) != _SEQUELA:
            yield Finding(
                "abuse.first",
                one.place,
                f"{one.code} stands after {harm[0].code}.",
                f"Put {one.code} before {harm[0].code}.",
                cite=because("abuse", one.code, day),
            )


@edit(
    "abuse.suspected",
    "combination",
    source="ICD-10-CM guidelines I.C.19.f: no cause or perpetrator where abuse is only suspected",
    on=guideline_lists("abuse-suspected"),
)
def suspected_abuse(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Where abuse is only suspected, no assault and no perpetrator is coded.

    X92 to Y09 accuse somebody. They go with confirmed abuse (T74), and not with T76.
    """
    suspected = listed(encounter, "abuse-suspected", day)
    if not suspected or listed(encounter, "abuse-confirmed", day):
        return
    for one in listed(encounter, "abuse-cause", day):
        yield Finding(
            "abuse.suspected",
            one.place,
            f"{one.code} tells of an assault, and {suspected[0].code} is only suspected.",
            f"Take {one.code} out, or use T74 if the provider confirms the abuse.",
            cite=because("abuse-cause", one.code, day),
        )


EDITS = (
    *(superficial, osteoporotic, told_once, initial_only),
    *(abuse_first, suspected_abuse),
)
