"""People, practices, payers and policies of FHIR R4 resources to those of a claim."""

from __future__ import annotations

from codinglab.claim.fhir_systems import EIN, IDENTIFIER, NPI, RELATIONSHIP, SSN, TAXONOMY, own, x12
from codinglab.claim.parties import Address, Coverage, Name, OtherId, Payer, Person, Provider
from codinglab.core.findings import Severity
from codinglab.encounter.fhir_bundle import Bundle
from codinglab.encounter.fhir_node import Node
from codinglab.encounter.fhir_people import Place, demographics, name_parts, phone, place
from codinglab.encounter.fhir_words import Coding, codings, concept_codes


def missing(node: Node, element: str, why: str, severity: Severity = Severity.WARNING) -> None:
    """Say that an element which a claim needs is not there."""
    node.notes.say(
        "fhir.missing",
        f"{node.place}.{element}",
        f"{element} is not given, and {why}.",
        "Ask the sender for it; until then it is blank.",
        severity,
    )


def code_of(node: Node, key: str, *systems: str) -> str:
    """Return the code of the concept at `key` in the first of the systems that it has."""
    found = list(codings(node.one(key))) if key in node.value else []
    return pick(found, *systems)


def pick(found: list[Coding], *systems: str) -> str:
    """Return the code of the first of the systems that has one, blank for none."""
    return next((one.code for system in systems for one in found if one.system == system), "")


def address(found: Place | None) -> Address | None:
    """Return a claim's address, None for none."""
    if found is None:
        return None
    return Address(found.line_1, found.city, found.state, found.zip_code, found.line_2)


def person(node: Node) -> Person:
    """Return the person of a Patient or RelatedPerson."""
    one = demographics(node)
    name = Name(one.last, one.first, one.middle, one.suffix)
    return Person(name, one.born, one.sex, address(one.place), one.phone)


def provider(node: Node) -> Provider:
    """Return the provider of a Practitioner, Organization or Location."""
    human = node.type == "Practitioner"
    name = Name(*name_parts(node.many("name"))) if human else Name(node.text("name"))
    kinds = [one.one("code") for one in node.many("qualification")] if human else node.many("type")
    taxonomy = pick([each for kind in kinds for each in codings(kind)], TAXONOMY)
    npi, tax, others = _identifiers(node)
    where = node.many("address") if node.type != "Location" else [node.one("address")]
    contact = extension(node, "contact").text("valueString")
    if not npi:
        missing(node, "identifier", "a claim names its providers by NPI")
    return Provider(
        name,
        npi,
        taxonomy,
        tax[0],
        "SY" if tax[1] else "EI",
        address(place([one for one in where if one])),
        contact,
        phone(node.many("telecom")),
        others,
    )


def _identifiers(node: Node) -> tuple[str, tuple[str, bool], tuple[OtherId, ...]]:
    npi, tax, others = "", ("", False), []
    for one in node.many("identifier"):
        system = one.text("system")
        kinds = list(codings(one.one("type")))
        types = {each.code for each in kinds if each.system == IDENTIFIER}
        if system == NPI or "NPI" in types or pick(kinds, *_CARIN) == "npi":
            npi = one.text("value")
        elif system in {EIN, SSN} or types & {"EN", "SS"}:
            tax = (one.text("value").replace("-", ""), system == SSN or "SS" in types)
        elif qualifier := pick(kinds, x12("128")):
            others.append(OtherId(qualifier, one.text("value")))
    return npi, tax, tuple(others)


_CARIN = ("http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBIdentifierType",)


def extension(node: Node, name: str) -> Node:
    """Return this lab's own extension of the name, an empty one where it is absent."""
    for one in node.many("extension"):
        if one.value.get("url") == own(name):
            one.raw("url")
            return one
    return Node({}, f"{node.place}.extension", node.notes)


def coverage(bundle: Bundle, claim: Node, node: Node) -> Coverage:
    """Return a policy; `claim` is the resource that contains it and its parties."""
    for key in ("status", "order"):
        node.raw(key)
    node.one("beneficiary").raw("reference")
    member, event = _numbers(node)
    if not member:
        missing(node, "subscriberId", "the payer knows the insured by it")
    filing = code_of(node, "type", x12("1032"))
    if not filing:
        missing(node, "type", "a claim says what kind of payer it is sent to (X12 element 1032)")
    number, group = _group(node)
    answers = {
        name: extension(node, name).one("valueCoding")
        for name in (
            *("assignment-of-benefits", "release-of-information", "why-medicare-is-second"),
            "signature-source",
        )
    }
    assigned, release, second, signature = (_answer(one) for one in answers.values())
    return Coverage(
        _payer(bundle, claim, node),
        member,
        filing,
        _relationship(node),
        _insured(bundle, claim, node),
        number,
        group,
        second,
        event,
        "N" if assigned == "N" else "W" if assigned == "W" else "Y",
        "I" if release == "I" else "Y",
        signature == "P",
    )


def home(claim: Node, node: Node) -> Node:
    """Return the resource that holds what `node` means by "#": itself, or the claim it is in."""
    return claim if node.place.startswith(f"{claim.place}.contained") else node


def _answer(one: Node) -> str:
    one.raw("system")
    return one.text("code")


def _numbers(node: Node) -> tuple[str, str]:
    member, event = node.text("subscriberId"), ""
    for one in node.many("identifier"):
        kinds = list(codings(one.one("type")))
        if pick(kinds, own("identifier")) == "event-claim-number":
            event = one.text("value")
        elif not member and {"MB", "memberid"} & {each.code for each in kinds}:
            member = one.text("value")
    return member, event


def _relationship(node: Node) -> str:
    found = list(codings(node.one("relationship")))
    told = pick(found, x12("1069"))
    plain = pick(found, RELATIONSHIP)
    exact = {"self": "18", "spouse": "01", "child": "19", "other": "G8"}
    if not told and plain not in exact:
        missing(node, "relationship", "the patient is read as the insured")
    return told or exact.get(plain, "18")


def _group(node: Node) -> tuple[str, str]:
    number, name = "", ""
    for one in node.many("class"):
        kind = concept_codes(one.one("type"))
        if "group" in kind:
            number, name = one.text("value"), one.text("name")
        elif "plan" in kind and not name:
            name = one.text("name") or one.text("value")
            one.raw("value")
    return number, name


def _payer(bundle: Bundle, claim: Node, node: Node) -> Payer:
    for one in node.many("payor"):
        found = bundle.take(home(claim, node), one)
        if found is None or found.type != "Organization":
            return Payer(one.text("display"), "")
        told = found.many("identifier")
        kinds = {id(each): concept_codes(each.one("type")) for each in told}
        ranked = [each for each in told if {"NIIP", "payerid"} & kinds[id(each)]] or told
        number = ranked[0].text("value") if ranked else ""
        if not number:
            missing(found, "identifier", "a clearinghouse knows the payer by it")
        return Payer(found.text("name"), number, address(place(found.many("address"))))
    missing(node, "payor", "a claim is sent to a payer")
    return Payer("", "")


def _insured(bundle: Bundle, claim: Node, node: Node) -> Person | None:
    for key in ("subscriber", "policyHolder"):
        if key not in node.value:
            continue
        found = bundle.take(home(claim, node), node.one(key))
        if found is not None and found.type == "RelatedPerson":
            found.one("patient").raw("reference")
            return person(found)
        if found is not None and found.type == "Organization":
            name = Name(found.text("name"))
            where = address(place(found.many("address")))
            return Person(name, address=where, phone=phone(found.many("telecom")))
        patient = bundle.resolve(claim, claim.one("patient"))
        if found is not None and not found.same(patient):
            return person(found)
    return None
