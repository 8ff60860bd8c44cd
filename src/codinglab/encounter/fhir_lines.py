"""One clinical FHIR resource as one line of a chart, in words, codes left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from codinglab.encounter.fhir_bundle import Bundle
from codinglab.encounter.fhir_node import LeftOut, Node
from codinglab.encounter.fhir_people import who
from codinglab.encounter.fhir_words import (
    codings,
    listed,
    notes,
    period,
    quantity,
    value,
    when,
    words,
)

Line = Callable[[Bundle, Node], str]
_BECAME = frozenset({"active", "completed", "stopped"})


def joined(head: str, *parts: str) -> str:
    """Return "head; part; part" of the parts that are not blank."""
    return "; ".join(part for part in (head, *parts) if part)


def _said(name: str, text: str) -> str:
    return f"{name} {text}" if text else ""


def _concepts(resource: Node, key: str) -> str:
    return listed(*(words(one) for one in resource.many(key)))


def _status(resource: Node, usual: str, key: str = "status") -> str:
    found = resource.text(key)
    return "" if found == usual else found


def concept(resource: Node, key: str) -> str:
    """Return the words of the concept at `key`, blank where it is absent."""
    return words(resource.one(key)) if key in resource.value else ""


def meant(bundle: Bundle, owner: Node, reference: Node) -> str:
    """Return the words for what a reference means: its display, or the code of the resource."""
    found = bundle.resolve(owner, reference)
    told = reference.text("display")
    if told or found is None:
        return told
    return next((concept(found, key) for key in ("code", "description") if key in found.value), "")


def reasons(bundle: Bundle, resource: Node) -> str:
    """Return why it was done, of reasonCode and reasonReference."""
    coded = [words(one) for one in resource.many("reasonCode")]
    told = [meant(bundle, resource, one) for one in resource.many("reasonReference")]
    return listed(*dict.fromkeys([*coded, *told]))


def condition(bundle: Bundle, one: Node) -> str:
    """Return a condition with how sure and how current it is."""
    how_sure = concept_code(one, "verificationStatus")
    later = ended_later(bundle, one)
    if later:
        why = "became known only after this encounter"
        keys = (one.choice("abatement"), "clinicalStatus")
        bundle.notes.left += [LeftOut(one.type, one.id, why, key) for key in keys]
    return joined(
        concept(one, "code") or "(a condition without words)",
        "" if how_sure == "confirmed" else how_sure,
        "" if later else concept_code(one, "clinicalStatus"),
        listed(*(_category(each) for each in one.many("category"))),
        _said("severity", concept(one, "severity")),
        _said("at", _concepts(one, "bodySite")),
        _said("since", when(one, "onset")),
        "" if later else _said("until", when(one, "abatement")),
        _said("recorded", one.when("recordedDate")),
        _said("by", who(bundle, one, one.one("recorder"))),
        _said("asserted by", who(bundle, one, one.one("asserter"))),
        *notes(one),
    )


def ended_later(bundle: Bundle, one: Node) -> bool:
    """Say whether a condition ended after the encounter, whose chart cannot know it."""
    key = one.choice("abatement")
    end = one.value.get(key) if key == "abatementDateTime" else None
    return bool(bundle.day and isinstance(end, str) and end[:10] > bundle.day.isoformat())


def _state(one: Node) -> str:
    """Return the status of an order or plan, unless it only tells what became of it later."""
    return "" if str(one.value.get("status")) in _BECAME else one.text("status")


def concept_code(resource: Node, key: str) -> str:
    """Return the code of a status of FHIR's own, which is an English word; blank where absent."""
    found = resource.one(key)
    said = [each.code for each in codings(found)]
    return listed(*said) or found.text("text")


def _category(one: Node) -> str:
    text = one.text("text")
    return listed(*(each.display or each.code for each in codings(one))) or text


def observation(bundle: Bundle, one: Node) -> str:
    """Return an observation: what, the value, its parts, how it compares with the usual range."""
    name = concept(one, "code")
    parts = [_component(each) for each in one.many("component")]
    members = [meant(bundle, one, each) for each in one.many("hasMember")]
    told = listed(value(one), *parts) or _said("no value:", concept(one, "dataAbsentReason"))
    return joined(
        f"{name}: {told}" if told else name,
        _said("of", listed(*members)),
        _concepts(one, "interpretation"),
        _said("usual", listed(*(_range(each) for each in one.many("referenceRange")))),
        _said("at", concept(one, "bodySite")),
        _said("by", concept(one, "method")),
        when(one, "effective"),
        _status(one, "final"),
        _said("by", listed(*(who(bundle, one, each) for each in one.many("performer")))),
        *notes(one),
    )


def _component(one: Node) -> str:
    told = value(one) or _said("no value:", concept(one, "dataAbsentReason"))
    return listed(f"{concept(one, 'code')} {told}", _concepts(one, "interpretation"))


def _range(one: Node) -> str:
    if text := one.text("text"):
        return text
    low, high = quantity(one.one("low")), quantity(one.one("high"))
    return f"{low} to {high}" if low and high else _said("from", low) or _said("to", high)


def medication(bundle: Bundle, one: Node) -> str:
    """Return a prescription: the drug, how it is taken, why and by whom."""
    drug = concept(one, "medicationCodeableConcept")
    if "medicationReference" in one.value:
        found = bundle.resolve(one, one.one("medicationReference"))
        drug = meant(bundle, one, one.one("medicationReference"))
        _ = found is not None and bundle.use(found)
    supply = one.one("dispenseRequest")
    refills = supply.number("numberOfRepeatsAllowed")
    return joined(
        drug or "(a drug without words)",
        *(_dosage(each) for each in one.many("dosageInstruction")),
        _said("dispense", quantity(supply.one("quantity"))),
        f"{refills} refills" if refills is not None else "",
        listed(_state(one), _status(one, "order", "intent")),
        "NOT to be taken" if one.flag("doNotPerform") else "",
        _said("for", reasons(bundle, one)),
        one.when("authoredOn"),
        _said("by", who(bundle, one, one.one("requester"))),
        *notes(one),
    )


def _dosage(one: Node) -> str:
    one.raw("sequence")
    doses = [quantity(each.one("doseQuantity")) for each in one.many("doseAndRate")]
    repeat = one.one("timing").one("repeat")
    times, every = repeat.number("frequency"), repeat.number("period")
    often = ""
    if times is not None and every is not None:
        often = f"{times} times per {every} {repeat.text('periodUnit')}"
    as_needed = "as needed" if one.flag("asNeededBoolean") else ""
    route = concept(one, "route")
    text = one.text("text")
    more = [one.text("patientInstruction"), *(words(i) for i in one.many("additionalInstruction"))]
    return listed(text or listed(*doses, route, often, as_needed), *more)


def immunization(bundle: Bundle, one: Node) -> str:
    """Return an immunization: the vaccine, its lot, where it was given and by whom."""
    performers = [who(bundle, one, each.one("actor")) for each in one.many("performer")]
    return joined(
        concept(one, "vaccineCode") or "(a vaccine without words)",
        when(one, "occurrence"),
        _status(one, "completed"),
        concept(one, "statusReason"),
        quantity(one.one("doseQuantity")),
        _said("lot", one.text("lotNumber")),
        concept(one, "route"),
        concept(one, "site"),
        _said("for", reasons(bundle, one)),
        _said("by", listed(*performers)),
        "as reported, not given here" if one.flag("primarySource") is False else "",
        *notes(one),
    )


def procedure(bundle: Bundle, one: Node) -> str:
    """Return a procedure: what was done, when, where, why, by whom and how it ended."""
    performers = [who(bundle, one, each.one("actor")) for each in one.many("performer")]
    return joined(
        concept(one, "code") or "(a procedure without words)",
        when(one, "performed"),
        _status(one, "completed"),
        concept(one, "statusReason"),
        _said("at", _concepts(one, "bodySite")),
        _said("for", reasons(bundle, one)),
        _said("outcome:", concept(one, "outcome")),
        _said("complication:", _concepts(one, "complication")),
        _said("then", _concepts(one, "followUp")),
        _said("by", listed(*performers)),
        _said("in", who(bundle, one, one.one("location"))),
        *notes(one),
    )


def allergy(bundle: Bundle, one: Node) -> str:
    """Return an allergy: to what, how it shows, how sure and how current it is."""
    how_sure = concept_code(one, "verificationStatus")
    shows = [words(each) for r in one.many("reaction") for each in r.many("manifestation")]
    return joined(
        concept(one, "code") or "(an allergy without words)",
        one.text("type"),
        listed(*one.texts("category")),
        _said("criticality", one.text("criticality")),
        _said("shows as", listed(*shows)),
        "" if how_sure == "confirmed" else how_sure,
        concept_code(one, "clinicalStatus"),
        _said("since", when(one, "onset")),
        _said("recorded", one.when("recordedDate")),
        _said("by", who(bundle, one, one.one("recorder"))),
        *notes(one),
    )


def order(bundle: Bundle, one: Node) -> str:
    """Return a request for a service: what, why, when and by whom."""
    return joined(
        concept(one, "code") or "(an order without words)",
        "NOT to be done" if one.flag("doNotPerform") else "",
        listed(_state(one), _status(one, "order", "intent")),
        _said("for", reasons(bundle, one)),
        when(one, "occurrence") or one.when("authoredOn"),
        _said("at", _concepts(one, "bodySite")),
        _said("by", who(bundle, one, one.one("requester"))),
        *notes(one),
    )


def report(bundle: Bundle, one: Node) -> str:
    """Return a diagnostic report: its name, results, conclusion and date."""
    results = [meant(bundle, one, each) for each in one.many("result")]
    return joined(
        concept(one, "code") or "(a report without words)",
        when(one, "effective"),
        _status(one, "final"),
        _said("results:", listed(*results)),
        _said("conclusion:", one.text("conclusion")),
        _concepts(one, "conclusionCode"),
        _said("by", listed(*(who(bundle, one, each) for each in one.many("performer")))),
    )


def care_plan(bundle: Bundle, one: Node) -> str:
    """Return a plan of care: its kind, what it addresses, its activities and goals."""
    return joined(
        one.text("title") or _concepts(one, "category"),
        one.text("description"),
        listed(_state(one), _status(one, "plan", "intent")),
        period(one.one("period")),
        _said("for", listed(*(meant(bundle, one, each) for each in one.many("addresses")))),
        _said("activities:", listed(*_activities(one))),
        _said("goals:", listed(*(_goal(bundle, one, each) for each in one.many("goal")))),
        *notes(one),
    )


def _activities(one: Node) -> Iterator[str]:
    for each in one.many("activity"):
        detail = each.one("detail")
        text = concept(detail, "code") or detail.text("description")
        yield f"{text} ({detail.text('status')})" if "status" in detail.value else text


def _goal(bundle: Bundle, owner: Node, reference: Node) -> str:
    found = bundle.resolve(owner, reference)
    if found is None or found.type != "Goal":
        return reference.text("display")
    bundle.use(found)
    found.one("subject").text("reference")
    state = concept_code(found, "achievementStatus") or found.text("lifecycleStatus")
    found.raw("lifecycleStatus")
    about = [meant(bundle, found, each) for each in found.many("addresses")]
    return f"{concept(found, 'description')} ({listed(state, *about)})"


def imaging(bundle: Bundle, one: Node) -> str:
    """Return an imaging study: when, of which part and by which means."""
    parts = []
    for each in one.many("series"):
        kinds = [each.one(key) for key in ("modality", "bodySite")]
        told = [kind.text("display") for kind in kinds]
        parts.append(listed(*told, each.text("description")))
    return joined(
        one.text("description") or "Imaging study",
        one.when("started"),
        one.text("status"),
        *parts,
        _said("for", reasons(bundle, one)),
        *notes(one),
    )
