"""Which resources of a FHIR file belong to one encounter, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from codinglab.core.findings import Severity
from codinglab.encounter.fhir_bundle import Bundle
from codinglab.encounter.fhir_node import Node
from codinglab.encounter.fhir_words import codings

EARLIER = "earlier"
"""A lasting fact that was recorded before the encounter and still held then."""
_NOT_HELD = {
    "entered-in-error": "was entered in error",
    "cancelled": "was cancelled",
    "planned": "is only planned",
}
"""Statuses of R4's EncounterStatus by which the encounter did not take place, or not yet."""
_UNDATED = "names not this encounter, and without dates nobody can say if it held then"


@dataclass(frozen=True, slots=True)
class Visit:
    """The chosen encounter, its patient, its days, and the resources it names itself.

    `named` are the resources that the encounter, or a report or panel of it, refers to.
    """

    encounter: Node
    patient: Node | None
    first: date | None
    last: date | None
    named: frozenset[int]


def visit(bundle: Bundle, encounter: Node) -> Visit:
    """Return the chosen encounter with what it names."""
    patient = bundle.resolve(encounter, encounter.one("subject"))
    found = encounter.one("period")
    first = found.day("start")
    last = found.day("end") or first
    _say_doubts(encounter, first, last)
    named: set[int] = set()
    waiting = [encounter]
    naming = bundle.of("DiagnosticReport")
    naming = naming + [one for one in bundle.of("Observation") if "hasMember" in one.value]
    waiting += [one for one in naming if _is_of(bundle, one, encounter)]
    while waiting:
        owner = waiting.pop()
        for one in _named(bundle, owner):
            if id(one.value) not in named:
                named.add(id(one.value))
                waiting.append(one)
    return Visit(encounter, patient, first, last, frozenset(named))


def _say_doubts(encounter: Node, first: date | None, last: date | None) -> None:
    """Say that the encounter may not have been, that its end is before its start, or no day."""
    say, place = encounter.notes.say, encounter.place
    if doubt := _NOT_HELD.get(str(encounter.value.get("status"))):
        say(
            "fhir.encounter_status",
            f"{place}.status",
            f"The encounter {doubt}, so nothing of it may be coded or billed as done.",
            "Choose another encounter, or ask the sender for its true status.",
        )
    if first and last and last < first:
        say(
            "fhir.period",
            f"{place}.period",
            f"The encounter ends on {last}, before it starts on {first}.",
            "Ask the sender for its days; what held then cannot be told before.",
        )
    elif first is None and "start" not in encounter.one("period").value:
        say(
            "fhir.no_day",
            f"{place}.period",
            "The encounter says no day, so no age, order or release of code sets follows from it.",
            "Ask the sender for its period.",
            Severity.WARNING,
        )


def _is_of(bundle: Bundle, one: Node, encounter: Node) -> bool:
    return any(encounter.same(bundle.resolve(one, each)) for each in encounters(one))


def _named(bundle: Bundle, owner: Node) -> Iterator[Node]:
    references = []
    if owner.type == "Encounter":
        references = [one.one("condition") for one in owner.many("diagnosis")]
        references += owner.many("reasonReference")
    if owner.type == "DiagnosticReport":
        references = owner.many("result")
    if owner.type == "Observation":
        references = owner.many("hasMember")
    for each in references:
        if (found := bundle.resolve(owner, each)) is not None:
            yield found


def encounters(one: Node) -> list[Node]:
    """Return the references of a resource to encounters."""
    if one.type == "DocumentReference":
        return one.one("context").many("encounter")
    return [one.one("encounter")] if "encounter" in one.value else []


def why_not(bundle: Bundle, about: Visit, one: Node) -> str:
    """Return why the resource is no part of the encounter: blank where it is.

    EARLIER is returned for a lasting fact of before.
    """
    if why := _unfit(bundle, about, one):
        return why
    linked = encounters(one)
    if id(one.value) in about.named or any(
        about.encounter.same(bundle.resolve(one, each)) for each in linked
    ):
        return ""
    lasting = _LASTING.get(one.type)
    if lasting and (why := lasting(about, one)):
        return why
    if linked:
        return f"belongs to another encounter ({linked[0].text('reference') or 'not named'})"
    return "names no encounter"


def _unfit(bundle: Bundle, about: Visit, one: Node) -> str:
    subject = one.one("patient" if "patient" in one.value else "subject")
    if subject and not _is_theirs(bundle, about, one, subject):
        return f"is about another patient ({subject.text('reference') or 'not named'})"
    wrong = "entered-in-error"
    if one.value.get("status") == wrong or _is_code(one, "verificationStatus", wrong):
        return "was entered in error"
    if "modifierExtension" in one.value:
        return "has a modifier extension, which changes its meaning in a way unknown to this lab"
    return ""


def _is_theirs(bundle: Bundle, about: Visit, one: Node, subject: Node) -> bool:
    """Say whether a subject is the encounter's; where the file lacks the patient, by its words."""
    whose = bundle.resolve(one, subject)
    if whose is None or about.patient is None:
        named = about.encounter.one("subject").value.get("reference")
        return whose is about.patient and subject.value.get("reference") == named
    return whose.same(about.patient)


def _is_code(one: Node, key: str, code: str) -> bool:
    found = one.one(key)
    return any(each.code == code for each in codings(found))


def _condition(about: Visit, one: Node) -> str:
    start = one.day("recordedDate") or _day(one, "onset")
    end = _day(one, "abatement")
    if start is None or about.first is None or about.last is None:
        return _UNDATED
    if start > about.last:
        return "was recorded after this encounter"
    if end is not None and end < about.first:
        return "had ended before this encounter"
    ended = one.choice("abatement") and end is None
    if end is None and (ended or not _is_code(one, "clinicalStatus", "active")):
        return "has ended, on a day that is not told"
    return EARLIER


def _medication(about: Visit, one: Node) -> str:
    start = one.day("authoredOn")
    if start is None or about.last is None:
        return _UNDATED
    if start > about.last:
        return "was ordered after this encounter"
    if one.value.get("status") != "active":
        return "has ended since, on a day that is not told"
    return EARLIER


def _allergy(about: Visit, one: Node) -> str:
    start = one.day("recordedDate") or _day(one, "onset")
    if start is None or about.last is None:
        return _UNDATED
    if start > about.last:
        return "was recorded after this encounter"
    return EARLIER if _is_code(one, "clinicalStatus", "active") else "no longer holds"


_LASTING = {
    "Condition": _condition,
    "MedicationRequest": _medication,
    "AllergyIntolerance": _allergy,
}


def _day(one: Node, stem: str) -> date | None:
    key = one.choice(stem)
    if isinstance(one.value.get(key), str):
        return one.day(key) if key.endswith("DateTime") else None
    return one.one(key).day("start") if key.endswith("Period") else None


def choose(bundle: Bundle, wanted: str) -> Node | None:
    """Return the encounter with the id `wanted`, or the only one; None with a finding otherwise."""
    known = bundle.of("Encounter")
    if wanted:
        plain = wanted.removeprefix("Encounter/").removeprefix("urn:uuid:")
        if found := [one for one in known if one.id == plain]:
            return found[0]
    elif len(known) == 1:
        return known[0]
    missing = f"no encounter with the id {wanted}" if wanted else f"{len(known)} encounters"
    bundle.notes.say(
        "fhir.encounter",
        "Bundle.entry",
        f"The file holds {missing if known else 'no encounter that can be read'}.",
        "Name one by its id: they are listed under encounters."
        if known
        else "Ask for the record of a visit: a Bundle with its Encounter in FHIR R4.",
        Severity.ERROR,
    )
    return None
