"""One encounter of an electronic record (FHIR R4) as a chart, and who the patient is.

Every resource of the file is either in the chart or listed as left, with why; so is every element
of a resource in the chart that has no place there. FHIR JSON is read as plain objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from codinglab.core.findings import Finding
from codinglab.encounter import fhir_lines as lines
from codinglab.encounter import fhir_notes
from codinglab.encounter.chart import Chart, Document
from codinglab.encounter.fhir_bundle import Bundle, read_bundle
from codinglab.encounter.fhir_encounter import face, kind, registration
from codinglab.encounter.fhir_link import EARLIER, Visit, choose, visit, why_not
from codinglab.encounter.fhir_node import LeftOut, Node
from codinglab.encounter.fhir_people import Demographics, Policy, demographics, policies
from codinglab.encounter.fhir_words import Coding, codings, listed, period, words

_BILLS = {
    "Claim": "is a bill, which `codinglab fhir claim` reads",
    "ClaimResponse": "is a payer's answer, which `codinglab fhir eob` reads",
    "ExplanationOfBenefit": "is a payer's answer, which `codinglab fhir eob` reads",
}
_HELPERS = frozenset(
    {"Practitioner", "PractitionerRole", "Organization", "Location", "Goal", "Medication", "Binary"}
    | {"RelatedPerson"}
)
_LINES: dict[str, tuple[str, str, lines.Line]] = {
    "AllergyIntolerance": ("Allergies", "Allergies", lines.allergy),
    "Condition": ("Conditions", "Problem list", lines.condition),
    "MedicationRequest": ("Medications ordered", "Medications before", lines.medication),
    "Immunization": ("Immunizations", "", lines.immunization),
    "Observation": ("Observations", "", lines.observation),
    "DiagnosticReport": ("Reports", "", lines.report),
    "ImagingStudy": ("Imaging", "", lines.imaging),
    "Procedure": ("Procedures", "", lines.procedure),
    "ServiceRequest": ("Orders", "", lines.order),
    "CarePlan": ("Plan of care", "", lines.care_plan),
}
_NOTES: dict[str, Callable[[Bundle, Node], Iterator[Document]]] = {
    "DocumentReference": fhir_notes.of_reference,
    "Composition": fhir_notes.of_composition,
    "DiagnosticReport": fhir_notes.of_report,
}
_OBSERVED = {
    "vital-signs": "Vital signs",
    "laboratory": "Laboratory",
    "imaging": "Imaging findings",
    "procedure": "Findings at procedures",
    "survey": "Questionnaires",
    "exam": "Examination",
    "therapy": "Therapy",
    "activity": "Activity",
    "social-history": "Social history",
}
_ORDER = (
    *("Allergies", "Problem list", "Medications before", "Vital signs", "Social history"),
    *("Questionnaires", "Examination", "Laboratory", "Imaging", "Imaging findings"),
    *("Findings at procedures", "Therapy", "Activity", "Observations", "Reports"),
    *("Procedures", "Immunizations", "Conditions", "Medications ordered", "Orders"),
    "Plan of care",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """An encounter of the file, by which one is chosen."""

    id: str
    when: str
    what: str


@dataclass(frozen=True, slots=True)
class FhirChart:
    """One encounter of a FHIR file.

    `chart` and `patient` are None where no encounter could be chosen or its patient is not in the
    file. `codings` are the codes that the resources of the chart give, which the chart itself does
    not show. `read` counts the resources that the chart holds.
    """

    encounters: tuple[Seen, ...]
    encounter: str = ""
    first: date | None = None
    last: date | None = None
    chart: Chart | None = None
    patient: Demographics | None = None
    policies: tuple[Policy, ...] = ()
    codings: tuple[Coding, ...] = ()
    read: int = 0
    left: tuple[LeftOut, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_chart(source: str | bytes | Path, encounter: str = "") -> FhirChart:
    """Return the encounter with that id, or the only one, of a FHIR file, text or bytes.

    Raises NotFhir where the file is not FHIR JSON, FileNotFoundError where there is none.
    """
    bundle = read_bundle(source)
    seen = tuple(_seen(one) for one in bundle.of("Encounter"))
    chosen = choose(bundle, encounter)
    if chosen is None:
        return _nothing(bundle, seen)
    about = visit(bundle, chosen)
    bundle.day = about.last
    bundle.use(chosen)
    documents = list(_documents(bundle, about))
    known = _known(bundle, about)
    opening = [registration(known[0], list(known[1]))] if known[0] else []
    chart = Chart((*opening, face(bundle, chosen), *documents))
    _leave_rest(bundle)
    found = tuple(_codings(bundle))
    left = bundle.all_left("the chart")
    return FhirChart(
        seen,
        chosen.id,
        about.first,
        about.last,
        chart,
        *known,
        found,
        len(bundle.used),
        left,
        tuple(bundle.notes.findings),
    )


def _nothing(bundle: Bundle, seen: tuple[Seen, ...]) -> FhirChart:
    for one in bundle.resources:
        bundle.leave(one, "no encounter was chosen")
    return FhirChart(seen, left=bundle.all_left("the chart"), findings=tuple(bundle.notes.findings))


def _seen(one: Node) -> Seen:
    told = listed(kind(one), *(words(each) for each in one.many("type")))
    return Seen(one.id, period(one.one("period")), told)


def _known(bundle: Bundle, about: Visit) -> tuple[Demographics | None, tuple[Policy, ...]]:
    if about.patient is None or about.patient.type != "Patient":
        return None, ()
    bundle.use(about.patient)
    held = list(policies(bundle, about.patient))
    for one, _ in held:
        bundle.use(one)
    return demographics(about.patient), tuple(policy for _, policy in held)


def _documents(bundle: Bundle, about: Visit) -> Iterator[Document]:
    """Yield the notes, then a document for each kind of line, in the order of a chart."""
    notes: list[Document] = []
    grouped: dict[str, list[str]] = {}
    for one in [each for name in {**_NOTES, **_LINES} for each in bundle.of(name)]:
        if bundle.is_used(one):
            continue
        why = why_not(bundle, about, one)
        if why and not (why == EARLIER and one.type in _LINES):
            bundle.leave(one, why)
            continue
        bundle.use(one)
        notes += _NOTES[one.type](bundle, one) if one.type in _NOTES else ()
        if one.type in _LINES:
            now, earlier, line = _LINES[one.type]
            title = _observed(one) if one.type == "Observation" else earlier if why else now
            grouped.setdefault(title, []).append(f"- {line(bundle, one)}")
    yield from notes
    for title in sorted(grouped, key=_ORDER.index):
        yield fhir_notes.document(title, "\n".join(grouped[title]))


def _observed(one: Node) -> str:
    told = [each.code for category in one.many("category") for each in codings(category)]
    return next((_OBSERVED[code] for code in told if code in _OBSERVED), "Observations")


def _leave_rest(bundle: Bundle) -> None:
    told = {(one.resource, one.id) for one in bundle.notes.left if not one.field}
    for one in bundle.resources:
        if bundle.is_used(one) or (one.type, one.id or one.place) in told:
            continue
        bundle.leave(one, _why_left(one))


def _why_left(one: Node) -> str:
    if one.type in _BILLS:
        return _BILLS[one.type]
    if one.type == "Encounter":
        return "is another encounter; choose it by its id"
    if one.type in {"Patient", "Coverage"}:
        return "is another patient's"
    if one.type in _HELPERS:
        return "is not named by this encounter"
    return f"{one.type} has no place in a chart of this lab"


def _codings(bundle: Bundle) -> Iterator[Coding]:
    """Yield the codes of what the used resources are about."""
    for one in bundle.resources:
        if not bundle.is_used(one):
            continue
        for key in ("code", "vaccineCode", "medicationCodeableConcept"):
            if isinstance(one.value.get(key), dict):
                yield from (each for each in codings(one.one(key), one.label) if each.code)
        for each in one.many("reasonCode") if one.type == "Encounter" else ():
            yield from (found for found in codings(each, one.label) if found.code)
