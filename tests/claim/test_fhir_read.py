"""A claim of FHIR R4 that others wrote is read; what cannot be billed is told with its path."""

import json
import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made_claims import CLAIMS, claim

from codinglab.claim.fhir import FhirClaim, claim_resource, read_answers, read_claim, to_json
from codinglab.claim.fhir_read_bill import dotted
from codinglab.core.findings import Finding, Severity, errors
from codinglab.encounter.fhir_file import NotFhir

CREATED = date(2026, 3, 10)
CPT = "http://www.ama-assn.org/go/cpt"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"


def coded(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


def elsewhere() -> dict[str, Any]:
    """Return a claim as another program writes it: by the base profile, with nothing of ours."""
    return {
        "resourceType": "Claim",
        "id": "c9",
        "contained": [
            {
                "resourceType": "Patient",
                "id": "pat",
                "name": [{"family": "Quill", "given": ["Walter"]}],
                "birthDate": "1948-05-17",
                "gender": "male",
            },
            {
                "resourceType": "Organization",
                "id": "org",
                "name": "Harbor Family Medicine PC",
                "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}],
            },
            {
                "resourceType": "Coverage",
                "id": "cov",
                "status": "active",
                "type": coded("https://codesystem.x12.org/005010/1032", "CI"),
                "subscriberId": "NF1",
                "beneficiary": {"reference": "#pat"},
                "relationship": coded(
                    "http://terminology.hl7.org/CodeSystem/subscriber-relationship", "child"
                ),
                "payor": [{"display": "Northfield Mutual"}],
            },
        ],
        "identifier": [{"value": "ACC-1"}],
        "status": "active",
        "use": "claim",
        "type": coded("http://terminology.hl7.org/CodeSystem/claim-type", "professional"),
        "patient": {"reference": "#pat"},
        "created": "2026-03-10",
        "provider": {"reference": "#org"},
        "priority": coded("http://terminology.hl7.org/CodeSystem/processpriority", "normal"),
        "insurance": [{"sequence": 1, "focal": True, "coverage": {"reference": "#cov"}}],
        "diagnosis": [
            {"sequence": 5, "diagnosisCodeableConcept": coded(ICD, "E119")},
            {"sequence": 3, "diagnosisCodeableConcept": coded(ICD, "I10")},
        ],
        "item": [
            {
                "sequence": 1,
                "diagnosisSequence": [5],
                "productOrService": coded(CPT, "99213"),
                "servicedDate": "2026-03-03",
                "quantity": {"value": 2},
                "unitPrice": {"value": 75.25, "currency": "USD"},
            }
        ],
        "total": {"value": 150.50, "currency": "USD"},
    }


def read(change: Callable[[dict[str, Any]], object] = lambda _: None) -> FhirClaim:
    made = elsewhere()
    change(made)
    return read_claim(json.dumps(made))


def the(found: FhirClaim, name: str) -> Finding:
    (one,) = [each for each in found.findings if each.id == name]
    return one


def test_a_claim_of_another_program_is_read() -> None:
    made = read().claim
    assert made is not None
    assert (made.account, made.kind, made.patient.name.last) == ("ACC-1", "professional", "Quill")
    assert made.billing.npi == "1234567893"
    assert (made.coverage.payer.name, made.coverage.relationship) == ("Northfield Mutual", "19")
    assert [one.code for one in made.diagnoses] == ["I10", "E11.9"]  # in the order of sequence
    assert made.lines[0].pointers == (2,)  # sequence 5 is the second
    assert made.lines[0].charge == Decimal("150.50")  # 2 x 75.25
    assert errors(read().findings) == ()


def test_what_the_claim_does_not_say_is_told_and_never_taken_silently() -> None:
    told = [one.message for one in read().findings if one.id == "fhir.usual"]
    assert told == [
        "The claim does not say its frequency; it is read as 1.",
        "The claim does not say its accepts; it is read as A.",
        "The claim does not say its signature on file; it is read as true.",
    ]


@pytest.mark.parametrize(("code", "with_dot"), [("E119", "E11.9"), ("i10", "I10")])
def test_a_diagnosis_gets_its_dot(code: str, with_dot: str) -> None:
    assert dotted(code) == with_dot


def test_a_diagnosis_of_the_world_edition_is_read_with_a_warning() -> None:
    world = coded("http://hl7.org/fhir/sid/icd-10", "J02.9")
    found = read(lambda one: one["diagnosis"][0].update(diagnosisCodeableConcept=world))
    assert found.claim is not None
    assert found.claim.diagnoses[1].code == "J02.9"
    assert the(found, "fhir.system").severity is Severity.WARNING


def test_a_diagnosis_of_snomed_is_left_and_so_is_the_pointer_to_it() -> None:
    other = coded("http://snomed.info/sct", "44054006")
    found = read(lambda one: one["diagnosis"][0].update(diagnosisCodeableConcept=other))
    assert found.claim is not None
    assert [one.code for one in found.claim.diagnoses] == ["I10"]
    assert found.claim.lines[0].pointers == ()
    assert the(found, "fhir.system").place == "Claim.diagnosis[0].diagnosis[x]"
    assert the(found, "fhir.pointer").place == "Claim.item[0].diagnosisSequence"


def test_a_service_that_is_no_billing_code_cannot_be_billed() -> None:
    other = coded("http://snomed.info/sct", "185349003")
    found = read(lambda one: one["item"][0].update(productOrService=other))
    assert found.claim is None
    assert the(found, "fhir.system").message == (
        "A claim is billed by CPT, HCPCS, CDT or HIPPS; this item has 185349003 of "
        "http://snomed.info/sct."
    )
    assert the(found, "fhir.claim").message == "No claim can be made of it without item."


@pytest.mark.parametrize(
    ("element", "place"), [("patient", "Claim.patient"), ("provider", "Claim.provider")]
)
def test_a_claim_about_nobody_or_from_nobody_is_none(element: str, place: str) -> None:
    found = read(lambda one: one.pop(element))
    assert found.claim is None
    assert place in [one.place for one in found.findings if one.id == "fhir.missing"]
    assert f"without {element}" in the(found, "fhir.claim").message


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"use": "preauthorization"}, "Its use is preauthorization and its status active."),
        ({"status": "cancelled"}, "Its use is claim and its status cancelled."),
        ({"type": coded("urn:ietf:x", "oral")}, "The claim is of the type oral."),
    ],
)
def test_what_is_no_bill_is_refused(change: dict[str, Any], message: str) -> None:
    found = read(lambda one: one.update(change))
    assert found.claim is None
    assert the(found, "fhir.claim").message == message


def test_a_total_that_is_not_the_sum_of_the_lines_is_an_error() -> None:
    found = read(lambda one: one["total"].update(value=150))
    assert the(found, "fhir.balance").message == "The total is 150, the lines add up to 150.50."


def test_an_amount_in_another_currency_is_not_read() -> None:
    found = read(lambda one: one["total"].update(currency="EUR"))
    assert the(found, "fhir.money").place == "Claim.total.currency"


def test_a_policy_that_the_file_lacks_is_known_by_its_words() -> None:
    lost = [{"sequence": 1, "focal": True, "coverage": {"reference": "#no", "display": "Blue"}}]
    found = read(lambda one: one.update(insurance=lost))
    assert found.claim is not None
    assert found.claim.coverage.payer.name == "Blue"
    assert the(found, "fhir.reference").place == "Claim.insurance[0].coverage.reference"


def test_a_practitioner_may_be_named_by_the_number_alone() -> None:
    doctor = {
        "sequence": 1,
        "provider": {
            "identifier": {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1352660660"}
        },
        "role": coded(
            "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimCareTeamRole", "rendering"
        ),
    }
    made = read(lambda one: one.update(careTeam=[doctor])).claim
    assert made is not None
    rendering = made.provider("rendering")
    assert rendering is not None
    assert rendering.npi == "1352660660"


def test_a_member_of_the_team_in_no_role_of_a_claim_is_told() -> None:
    other = {"sequence": 1, "provider": {"reference": "#org"}, "role": coded("urn:ietf:x", "fan")}
    found = read(lambda one: one.update(careTeam=[other]))
    assert found.claim is not None
    assert found.claim.providers == ()
    assert the(found, "fhir.code").place == "Claim.careTeam[0].role"


def test_an_element_that_no_claim_has_is_listed() -> None:
    found = read(lambda one: one.update(fundsReserve={"text": "provider"}))
    assert [(one.field, one.why) for one in found.left] == [
        ("fundsReserve", "this element has no place in the claim")
    ]


def test_diagnoses_may_stand_in_conditions_of_the_bundle() -> None:
    made = elsewhere()
    made["diagnosis"] = [{"sequence": 5, "diagnosisReference": {"reference": "Condition/k1"}}]
    condition = {"resourceType": "Condition", "id": "k1", "code": coded(ICD, "J20.9")}
    entries = [{"resource": made}, {"resource": condition}, {"resource": {"resourceType": "Goal"}}]
    found = read_claim(json.dumps({"resourceType": "Bundle", "entry": entries}))
    assert found.claim is not None
    assert [one.code for one in found.claim.diagnoses] == ["J20.9"]
    assert [one.why for one in found.left if not one.field] == ["is not named by the claim"]


def test_of_several_claims_one_is_chosen_by_its_id() -> None:
    two = [elsewhere(), {**elsewhere(), "id": "c8"}]
    text = json.dumps({"resourceType": "Bundle", "entry": [{"resource": one} for one in two]})
    assert read_claim(text).claim is None
    assert the(read_claim(text), "fhir.claim").message == "The file holds 2 claims."
    assert the(read_claim(text), "fhir.claim").remedy == "Name one of these by its id: c9, c8."
    assert read_claim(text, "c8").claim is not None
    assert the(read_claim(text, "c7"), "fhir.claim").message == "The file holds no claim c7."


def test_a_claim_of_another_version_is_named_and_not_read() -> None:
    found = read(lambda one: one.update(information=[]))
    assert found.claim is None
    assert [one.id for one in errors(found.findings)] == ["fhir.version", "fhir.claim"]


def test_a_date_of_the_month_alone_is_no_day_of_service() -> None:
    found = read(lambda one: one["item"][0].update(servicedDate="2026-03"))
    assert found.claim is None
    assert the(found, "fhir.date").place == "Claim.item[0].servicedDate"


_JUNK: list[Any] = [None, True, -1, 1.5, "", "x", "#x", "2019", [], {}, [1], ["a"], [{}], [[{}]]]


def _slots(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one))
        found += [(one, key) for key in keys]
        waiting += [one[key] for key in keys if isinstance(one[key], (dict, list))]
    return found


@pytest.mark.parametrize("seed", range(100))
def test_a_claim_with_odd_values_anywhere_is_read_without_a_crash(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  the same faults in every run
    value = json.loads(to_json(claim_resource(claim(chance.choice(list(CLAIMS))), CREATED)))
    for _ in range(chance.choice((1, 3, 12))):
        holder, key = chance.choice(_slots(value))
        holder[key] = chance.choice(_JUNK)
    for reading in (read_claim, read_answers):
        try:
            found = reading(json.dumps(value))
        except NotFhir:
            continue
        assert all(one.message and one.remedy and one.place for one in found.findings)
