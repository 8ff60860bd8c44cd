"""People, practices and payers of a claim as FHIR R4 resources."""

from __future__ import annotations

from typing import Any

from codinglab.claim.fhir_systems import (
    COVERAGE_CLASS,
    EIN,
    IDENTIFIER,
    NPI,
    RELATIONSHIP,
    SSN,
    TAXONOMY,
    coding,
    concept,
    filled,
    own,
    x12,
)
from codinglab.claim.parties import Address, Coverage, Name, Payer, Person, Provider

RELATIONS = {"18": "self", "01": "spouse", "19": "child", "20": "other", "G8": "other"}
"""X12 element 1069 to HL7's relationship of a patient to the subscriber, where one fits."""
_GENDERS = {"F": "female", "M": "male", "U": "unknown"}
_SHORT_ZIP = 5


def address(one: Address | None) -> dict[str, Any]:
    """Return an Address, empty for none."""
    if one is None:
        return {}
    code = one.zip_code
    return filled(
        line=[line for line in (one.line_1, one.line_2) if line],
        city=one.city,
        state=one.state,
        postalCode=f"{code[:_SHORT_ZIP]}-{code[_SHORT_ZIP:]}" if code[_SHORT_ZIP:] else code,
        country="US",
    )


def human_name(name: Name) -> dict[str, Any]:
    """Return a HumanName."""
    return filled(
        family=name.last,
        given=[one for one in (name.first, name.middle) if one],
        suffix=[name.suffix] if name.suffix else [],
    )


def _phone(number: str) -> list[dict[str, Any]]:
    return [{"system": "phone", "value": number}] if number else []


def _listed(one: dict[str, Any]) -> list[dict[str, Any]]:
    return [one] if one else []


def identifier(code: str, value: str, system: str = "") -> dict[str, Any]:
    """Return an Identifier of HL7's type `code`."""
    return filled(type=concept((IDENTIFIER, code)), system=system, value=value)


def person(one: Person, id_: str, kind: str = "Patient") -> dict[str, Any]:
    """Return a Patient, or a RelatedPerson of the patient."""
    return filled(
        resourceType=kind,
        id=id_,
        patient={"reference": "#patient"} if kind == "RelatedPerson" else None,
        name=[human_name(one.name)],
        telecom=_phone(one.phone),
        gender=_GENDERS[one.sex] if one.sex else "",
        birthDate=one.born.isoformat() if one.born else "",
        address=_listed(address(one.address)),
    )


def organization(one: Person, id_: str) -> dict[str, Any]:
    """Return an insured organization, such as the employer of an injured worker."""
    return filled(
        resourceType="Organization",
        id=id_,
        name=one.name.last,
        telecom=_phone(one.phone),
        address=_listed(address(one.address)),
    )


def payer(one: Payer, id_: str) -> dict[str, Any]:
    """Return the Organization of a payer."""
    return filled(
        resourceType="Organization",
        id=id_,
        identifier=[identifier("NIIP", one.payer_id)] if one.payer_id else [],
        name=one.name,
        address=_listed(address(one.address)),
    )


def _identifiers(one: Provider) -> list[dict[str, Any]]:
    found = [identifier("NPI", one.npi, NPI)] if one.npi else []
    if one.tax_id:
        employer = one.tax_id_kind == "EI"
        found.append(identifier("EN" if employer else "SS", one.tax_id, EIN if employer else SSN))
    other = [(x12("128"), each.qualifier, each.text) for each in one.other_ids]
    return found + [{"type": concept((kind, code)), "value": text} for kind, code, text in other]


def provider(one: Provider, id_: str) -> dict[str, Any]:
    """Return a Practitioner for a person, an Organization for a practice."""
    shared = filled(
        identifier=_identifiers(one),
        extension=_contact(one),
        telecom=_phone(one.phone),
        address=_listed(address(one.address)),
    )
    taxonomy = concept((TAXONOMY, one.taxonomy)) if one.taxonomy else {}
    if one.name.is_person:
        mine = filled(name=[human_name(one.name)], qualification=_listed(filled(code=taxonomy)))
        return {"resourceType": "Practitioner", "id": id_, **shared, **mine}
    mine = filled(name=one.name.last, type=_listed(taxonomy))
    return {"resourceType": "Organization", "id": id_, **shared, **mine}


def _contact(one: Provider) -> list[dict[str, Any]]:
    if not one.contact:
        return []
    return [{"url": own("contact"), "valueString": one.contact}]


def facility(one: Provider, id_: str) -> dict[str, Any]:
    """Return the Location where the services were given."""
    return filled(
        resourceType="Location",
        id=id_,
        extension=_contact(one),
        identifier=_identifiers(one),
        name=one.name.last,
        type=[concept((TAXONOMY, one.taxonomy))] if one.taxonomy else [],
        telecom=_phone(one.phone),
        address=address(one.address),
    )


def coverage(one: Coverage, at: int) -> dict[str, Any]:
    """Return the Coverage of the policy at the place `at`, from 0; its payer is "#payer-N"."""
    grouped = filled(value=one.group_number, name=one.group_name) if one.group_number else {}
    plan = {"value": one.group_name, "name": one.group_name}
    classes = [{"type": concept((COVERAGE_CLASS, "group")), **grouped}] if grouped else []
    if one.group_name and not grouped:
        classes = [{"type": concept((COVERAGE_CLASS, "plan")), **plan}]
    relation = [(x12("1069"), one.relationship)]
    if one.relationship in RELATIONS:
        relation.append((RELATIONSHIP, RELATIONS[one.relationship]))
    whose = _insured(one, at)
    return {
        "resourceType": "Coverage",
        "id": f"coverage-{at + 1}",
        "extension": list(_answers(one)),
        **filled(
            identifier=_claim_number(one),
            status="active",
            type=concept((x12("1032"), one.filing)) if one.filing else {},
            **whose,
            subscriberId=one.member_id,
            beneficiary={"reference": "#patient"},
            relationship=concept(*relation),
            payor=[{"reference": f"#payer-{at + 1}"}],
            class_=classes,
            order=at + 1,
        ),
    }


def _claim_number(one: Coverage) -> list[dict[str, Any]]:
    if not one.claim_number:
        return []
    kind = concept((own("identifier"), "event-claim-number"))
    return [{"type": kind, "value": one.claim_number}]


def _insured(one: Coverage, at: int) -> dict[str, Any]:
    if one.insured is None:
        return {"subscriber": {"reference": "#patient"}}
    role = "subscriber" if is_human(one.insured) else "policyHolder"
    return {role: {"reference": f"#insured-{at + 1}"}}


def is_human(one: Person) -> bool:
    """Say whether an insured is a person rather than an organization."""
    return one.name.is_person or one.born is not None or one.sex is not None


def _answers(one: Coverage) -> list[dict[str, Any]]:
    """Return what a policy's answers are that FHIR has no element for."""
    told = [
        ("assignment-of-benefits", x12("1073"), one.assigned),
        ("release-of-information", x12("1363"), one.release),
        ("why-medicare-is-second", x12("1336"), one.msp_type),
        ("signature-source", x12("1351"), "P" if one.signed_for_patient else ""),
    ]
    return [
        {"url": own(name), "valueCoding": coding(system, code)}
        for name, system, code in told
        if code
    ]
