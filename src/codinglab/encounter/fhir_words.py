"""FHIR data types in words, as a reader of a chart has them: no code stands in for its meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Context

from codinglab.core.findings import Severity
from codinglab.encounter.fhir_node import Node

_SIX_DIGITS = Context(prec=6)
_KNOWN = (
    "http://snomed.info/sct",
    "http://loinc.org",
    "http://www.nlm.nih.gov/research/umls/rxnorm",
    "http://unitsofmeasure.org",
    "http://hl7.org/fhir/",
    "http://terminology.hl7.org/",
    "http://www.ama-assn.org/go/cpt",
    "http://www.ada.org/cdt",
    "http://www.cms.gov/",
    "https://www.cms.gov/",
    "https://bluebutton.cms.gov/",
    "http://nucc.org/",
    "https://www.nubc.org/",
    "http://www.nubc.org/",
    "https://codesystem.x12.org/",
    "https://x12.org/codes/",
    "urn:oid:2.16.840.1.113883.",
    "urn:iso:std:iso:4217",
    "urn:ietf:",
    "urn:codinglab:",
)


@dataclass(frozen=True, slots=True)
class Coding:
    """A code that a resource gives, of the resource `label`; a chart shows its words alone."""

    label: str
    system: str
    code: str
    display: str

    def as_json(self) -> dict[str, str]:
        """Return the stable JSON form."""
        return {
            "resource": self.label,
            "system": self.system,
            "code": self.code,
            "display": self.display,
        }


def codings(concept: Node, label: str = "") -> Iterator[Coding]:
    """Yield the codings of a CodeableConcept, with a finding for each unknown code system."""
    for one in concept.many("coding"):
        yield coding(one, label)


def coding(one: Node, label: str = "") -> Coding:
    """Return a Coding, with a finding where its code system is not known."""
    system, code = one.text("system"), one.text("code")
    if code and not system.startswith(_KNOWN) and one.notes.once(f"system {system}"):
        one.notes.say(
            "fhir.system",
            f"{one.place}.system",
            f"Code {code!r} is of {system or 'no code system'}, which this lab does not know.",
            "Map it to a published code system, or rely on its words; the code itself is not used.",
            Severity.WARNING,
        )
    one.raw("version"), one.raw("userSelected")
    return Coding(label, system, code, one.text("display"))


def words(concept: Node) -> str:
    """Return the words of a CodeableConcept: its text, or the first display; blank for neither."""
    told = [one.display for one in codings(concept) if one.display]
    text = concept.text("text") or next(iter(told), "")
    if not text and concept:
        concept.notes.say(
            "fhir.words",
            concept.place,
            "The code comes without words, and a chart shows no codes.",
            "Ask the sender for the display or the text of the code.",
            Severity.WARNING,
        )
    return text


def quantity(found: Node) -> str:
    """Return "166.825 cm": the number to six digits, and its unit."""
    number = found.number("value")
    unit = (found.text("unit") or found.text("code")).strip("{}")
    found.raw("code"), found.raw("system")
    if number is None:
        return ""
    return f"{found.text('comparator')}{format(number.normalize(_SIX_DIGITS), 'f')} {unit}".strip()


def period(found: Node) -> str:
    """Return "2026-03-03 to 2026-03-05", one day where both are the same."""
    start, end = found.when("start"), found.when("end")
    if not end or start == end:
        return start
    return f"{start} to {end}" if start else f"until {end}"


def when(resource: Node, *stems: str) -> str:
    """Return the first of the elements that is given, as a date, a period or a text.

    A stem such as "effective" finds effectiveDateTime and effectivePeriod.
    """
    for stem in stems:
        key = resource.choice(stem) or stem
        if key not in resource.value:
            continue
        found = resource.value[key]
        if isinstance(found, dict):
            return quantity(resource.one(key)) if key.endswith("Age") else period(resource.one(key))
        return resource.text(key) if key.endswith("String") else resource.when(key)
    return ""


def value(found: Node) -> str:
    """Return value[x] in words; blank where there is none or none that has words."""
    key = found.choice("value")
    given = found.value.get(key) if key else None
    if isinstance(given, bool):
        return "yes" if found.flag(key) else "no"
    if key in {"valueDateTime", "valueTime"}:
        return found.when(key) if key == "valueDateTime" else found.text(key)
    if isinstance(given, str):
        return found.text(key)
    if isinstance(given, dict):
        return _OBJECTS[key](found.one(key)) if key in _OBJECTS else ""
    return "" if given is None else str(found.number(key))


_OBJECTS: dict[str, Callable[[Node], str]] = {
    "valueQuantity": quantity,
    "valueCodeableConcept": words,
    "valuePeriod": period,
    "valueRange": lambda one: f"{quantity(one.one('low'))} to {quantity(one.one('high'))}",
    "valueRatio": lambda one: (
        f"{quantity(one.one('numerator'))} per {quantity(one.one('denominator'))}"
    ),
}


def notes(resource: Node) -> Iterator[str]:
    """Yield the texts of the annotations of a resource."""
    for one in resource.many("note"):
        said = " ".join(part for part in (one.when("time"), one.text("authorString")) if part)
        yield f"{one.text('text')} ({said})" if said else one.text("text")


def listed(*parts: str) -> str:
    """Return the parts that are not blank with commas between them."""
    return ", ".join(part for part in parts if part)


def concept_codes(concept: Node) -> frozenset[str]:
    """Return the codes of a CodeableConcept, whatever their systems."""
    return frozenset(one.code for one in codings(concept))
