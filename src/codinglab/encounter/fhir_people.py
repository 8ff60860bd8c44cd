"""The patient, the policies and the practitioners of a FHIR file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from codinglab.core.findings import Severity
from codinglab.encounter.fhir_bundle import Bundle
from codinglab.encounter.fhir_node import Node
from codinglab.encounter.fhir_words import codings, listed, period, words

NPI = "http://hl7.org/fhir/sid/us-npi"
_SEXES: dict[str, Literal["F", "M", "U"]] = {
    "female": "F",
    "male": "M",
    "other": "U",
    "unknown": "U",
}
_PHONE_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Place:
    """A postal address as far as it is given."""

    line_1: str = ""
    line_2: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""

    def __str__(self) -> str:
        """Return the address in one line."""
        return listed(self.line_1, self.line_2, self.city, f"{self.state} {self.zip_code}".strip())


@dataclass(frozen=True, slots=True)
class Demographics:
    """Who the patient is.

    `sex` is the administrative one, U where another or none is recorded. `born` is None where no
    whole day is given. `phone` has ten digits or is blank.
    """

    id: str
    last: str
    first: str = ""
    middle: str = ""
    suffix: str = ""
    born: date | None = None
    sex: Literal["F", "M", "U"] | None = None
    place: Place | None = None
    phone: str = ""
    record_number: str = ""

    @property
    def name(self) -> str:
        """Return the name as it is spoken."""
        return " ".join(one for one in (self.first, self.middle, self.last, self.suffix) if one)


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy as the record knows it; `relationship` is the patient's to the subscriber.

    `valid` is its period, after its status where that is not active.
    """

    id: str
    payer: str
    member_id: str = ""
    kind: str = ""
    relationship: str = ""
    group: str = ""
    valid: str = ""


def name_parts(names: list[Node]) -> tuple[str, str, str, str]:
    """Return last, first, middle and suffix of the official name, or of the first one given."""
    ranked = sorted(names, key=lambda one: one.value.get("use") != "official")
    for one in names:
        one.raw("use"), one.raw("text"), one.raw("prefix"), one.raw("period")
    if not ranked:
        return "", "", "", ""
    chosen = ranked[0]
    given = [*chosen.texts("given"), ""]
    last = chosen.text("family") or (chosen.text("text") if not given[0] else "")
    return last, given[0], " ".join(given[1:]).strip(), " ".join(chosen.texts("suffix"))


def place(addresses: list[Node]) -> Place | None:
    """Return the home (or first) address, None where there is none."""
    ranked = sorted(addresses, key=lambda one: str(one.value.get("use")) not in {"home", "work"})
    if not ranked:
        return None
    one = ranked[0]
    for key in ("use", "type", "country", "text"):
        one.raw(key)
    line = [*one.texts("line"), "", ""]
    return Place(
        line[0],
        listed(*line[1:]),
        one.text("city"),
        one.text("state"),
        one.text("postalCode").replace("-", ""),
    )


def phone(contacts: list[Node]) -> str:
    """Return the ten digits of the first telephone, blank where there is none of ten digits."""
    for one in contacts:
        one.raw("use"), one.raw("rank")
        digits = "".join(char for char in one.text("value") if char.isdigit())
        if len(digits) == _PHONE_DIGITS + 1:
            digits = digits.removeprefix("1")
        if one.text("system") in {"phone", ""} and len(digits) == _PHONE_DIGITS:
            return digits
    return ""


def identifier(resource: Node, system: str = "", kind: str = "") -> str:
    """Return the identifier of the `system`, or of the type code `kind`; blank for none."""
    for one in resource.many("identifier"):
        types = {each.code for each in codings(one.one("type"))}
        if (system and one.text("system") == system) or (kind and kind in types):
            return one.text("value")
    return ""


def demographics(patient: Node) -> Demographics:
    """Return who the patient is; what is missing for a claim is a finding."""
    last, first, middle, suffix = name_parts(patient.many("name"))
    gender = patient.text("gender")
    if gender and gender not in _SEXES:
        _no_gender(patient, gender)
    found = Demographics(
        patient.id,
        last,
        first,
        middle,
        suffix,
        patient.day("birthDate"),
        _SEXES.get(gender),
        place(patient.many("address")),
        phone(patient.many("telecom")),
        identifier(patient, kind="MR"),
    )
    wanted = (
        (not last, "name"),
        (bool(last and not first), "name.given"),
        ("birthDate" not in patient.value, "birthDate"),
    )
    for absent, element in wanted:
        if absent:
            patient.notes.say(
                "fhir.missing",
                f"{patient.place}.{element}",
                f"{patient.label} has no {element}, and a claim needs it.",
                "Ask the registration desk for it.",
                Severity.WARNING,
            )
    return found


def _no_gender(patient: Node, gender: str) -> None:
    patient.notes.say(
        "fhir.code",
        f"{patient.place}.gender",
        f"{gender!r} is none of male, female, other and unknown.",
        "Correct it; until then the sex is not known.",
    )


def who(bundle: Bundle, owner: Node, reference: Node) -> str:
    """Return the name of the person or place that a reference means, blank where it says none.

    What it means counts as taken over.
    """
    told = reference.text("display")
    found = bundle.resolve(owner, reference)
    if found is None:
        return told
    bundle.use(found)
    if found.type == "PractitionerRole" and owner.type != "PractitionerRole":
        role = words(found.many("code")[0]) if found.many("code") else ""
        person = who(bundle, found, found.one("practitioner"))
        house = who(bundle, found, found.one("organization"))
        return listed(person, role, house) or told
    if found.type in {"Patient", "Practitioner", "RelatedPerson"}:
        last, first, middle, suffix = name_parts(found.many("name"))
        return " ".join(one for one in (first, middle, last, suffix) if one) or told
    return found.text("name") or told


def policies(bundle: Bundle, patient: Node) -> Iterator[tuple[Node, Policy]]:
    """Yield the policies of the patient that the file holds, each with its resource."""
    for one in bundle.of("Coverage"):
        if not patient.same(bundle.resolve(one, one.one("beneficiary"))):
            continue
        payers = [who(bundle, one, each) for each in one.many("payor")]
        grouped = [each.text("name") or each.text("value") for each in one.many("class")]
        kinds = {each.code for each in codings(one.one("relationship"))}
        member = one.text("subscriberId") or identifier(one, kind="MB")
        kind = words(one.one("type")) if one.one("type") else ""
        state = one.text("status")
        valid = listed("" if state == "active" else state, period(one.one("period")))
        yield (
            one,
            Policy(one.id, listed(*payers), member, kind, listed(*kinds), listed(*grouped), valid),
        )
