"""The first two documents of a chart that comes from FHIR: registration and encounter."""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.encounter.chart import Document
from codinglab.encounter.fhir_bundle import Bundle
from codinglab.encounter.fhir_lines import concept, joined, meant, reasons
from codinglab.encounter.fhir_node import Node
from codinglab.encounter.fhir_notes import document
from codinglab.encounter.fhir_people import Demographics, Policy, who
from codinglab.encounter.fhir_words import coding, listed, period, quantity, words

# HL7 v3 ActCode, the classes of an encounter, for files that give no words
_CLASSES = {
    "AMB": "ambulatory",
    "EMER": "emergency",
    "FLD": "field",
    "HH": "home health",
    "IMP": "inpatient",
    "ACUTE": "inpatient, acute",
    "NONAC": "inpatient, not acute",
    "OBSENC": "observation",
    "PRENC": "before admission",
    "SS": "short stay",
    "VR": "virtual",
}
_SEX = {"F": "female", "M": "male", "U": "other or unknown"}


def kind(encounter: Node) -> str:
    """Return the class of the encounter in words, blank where none is known."""
    found = coding(encounter.one("class"))
    return _CLASSES.get(found.code, "") or found.display


def registration(person: Demographics, policies: list[Policy]) -> Document:
    """Return the document of who the patient is and which policies the record knows."""
    lines = [
        f"Patient: {person.name or 'not named'}",
        f"Born: {person.born or 'not known'}",
        f"Sex: {_SEX[person.sex] if person.sex else 'not recorded'}",
    ]
    lines += [f"Address: {person.place}"] if person.place else []
    lines += [f"Phone: {person.phone}"] if person.phone else []
    lines += [f"Record number: {person.record_number}"] if person.record_number else []
    lines += [f"Coverage: {_policy(one)}" for one in policies]
    return document("Registration", "\n".join(lines))


def _policy(one: Policy) -> str:
    return joined(
        one.payer or "payer not named",
        one.kind,
        f"member {one.member_id}" if one.member_id else "",
        f"patient is: {one.relationship}" if one.relationship else "",
        f"group {one.group}" if one.group else "",
        one.valid,
    )


def face(bundle: Bundle, one: Node) -> Document:
    """Return the document of the encounter itself: when, where, who, why and how it ended."""
    return document("Encounter", "\n".join(line for line in _face(bundle, one) if line))


def _face(bundle: Bundle, one: Node) -> Iterator[str]:
    yield _line("Kind", listed(kind(one), *(words(each) for each in one.many("type"))))
    yield _line("When", listed(period(one.one("period")), quantity(one.one("length"))))
    yield _line("Status", one.text("status"))
    yield _line("Service", concept(one, "serviceType"))
    yield _line("Priority", concept(one, "priority"))
    for each in one.many("participant"):
        role = listed(*(words(kind) for kind in each.many("type")))
        name = who(bundle, one, each.one("individual"))
        yield _line(role or "Practitioner", listed(name, period(each.one("period"))))
    yield _line("Provider", who(bundle, one, one.one("serviceProvider")))
    for each in one.many("location"):
        place = who(bundle, one, each.one("location"))
        yield _line("Location", listed(place, period(each.one("period"))))
    yield _line("Reason", reasons(bundle, one))
    for each in one.many("diagnosis"):
        rank = each.number("rank")
        use = listed(concept(each, "use"), f"rank {rank}" if rank is not None else "")
        yield _line("Diagnosis", joined(meant(bundle, one, each.one("condition")), use))
    stay = one.one("hospitalization")
    yield _line("Admitted from", concept(stay, "admitSource"))
    yield _line("Readmission", concept(stay, "reAdmission"))
    yield _line("Discharged to", concept(stay, "dischargeDisposition"))
    yield _line("Destination", who(bundle, one, stay.one("destination")))


def _line(name: str, text: str) -> str:
    return f"{name}: {text}" if text else ""
