"""A claim in FHIR R4: valid by the published definitions, and with each fact in its element."""

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made_claims import CLAIMS, TO_SPLIT, claim
from made_full import FULL_BILL, FULL_PROFESSIONAL

from codinglab.claim.adjudicated import PriorPayment
from codinglab.claim.fhir import claim_resource, read_claim, to_json
from codinglab.claim.fhir_systems import CDT, CPT, HCPCS, HIPPS, modifier_system, service_system
from codinglab.claim.model import Accident

CREATED = date(2026, 3, 10)
EVERY = CLAIMS | TO_SPLIT | {"full professional": FULL_PROFESSIONAL, "full bill": FULL_BILL}
X12 = "https://codesystem.x12.org/005010/"


def written(name: str) -> dict[str, Any]:
    made = json.loads(to_json(claim_resource(EVERY[name], CREATED)))
    assert isinstance(made, dict)
    return made


def contained(made: dict[str, Any], id_: str) -> dict[str, Any]:
    return next(one for one in made["contained"] if one["id"] == id_)


def codes(concept: dict[str, Any]) -> list[str]:
    return [one["code"] for one in concept["coding"]]


@pytest.mark.parametrize("name", EVERY)
def test_every_claim_is_a_valid_resource_of_r4(name: str) -> None:
    peer = pytest.importorskip("fhir.resources.R4B.claim", reason="fhir.resources is in extra dev")
    text = to_json(claim_resource(EVERY[name], CREATED))
    kept = json.loads(peer.Claim.model_validate_json(text).model_dump_json())
    assert kept["identifier"][0]["value"] == EVERY[name].account
    answers = pytest.importorskip("fhir.resources.R4B.claimresponse")
    for one in kept["contained"]:
        if one["resourceType"] == "ClaimResponse":
            answers.ClaimResponse.model_validate(one)


@pytest.mark.parametrize("name", EVERY)
def test_a_claim_that_is_written_and_read_is_the_same_claim(name: str) -> None:
    found = read_claim(to_json(claim_resource(EVERY[name], CREATED)))
    assert found.claim == EVERY[name]
    assert found.created == CREATED
    assert (found.left, found.findings) == ((), ())


@pytest.mark.parametrize("name", EVERY)
def test_writing_twice_gives_the_same_text(name: str) -> None:
    first, second = (to_json(claim_resource(EVERY[name], CREATED)) for _ in range(2))
    assert first == second


def _fields(value: Any) -> Iterator[tuple[str, bool]]:
    """Yield each field with a default, of a value and of what it holds, and if it differs."""
    for one in dataclasses.fields(value):
        told = getattr(value, one.name)
        if one.default is not dataclasses.MISSING:
            yield f"{type(value).__name__}.{one.name}", told != one.default
        for each in told if isinstance(told, tuple) else (told,):
            if dataclasses.is_dataclass(each):
                yield from _fields(each)


def test_between_them_the_full_samples_use_every_field_of_a_claim() -> None:
    # so the round trip above proves that every field has its place, new ones too
    found = [*_fields(FULL_PROFESSIONAL), *_fields(FULL_BILL)]
    assert {name for name, _ in found} - {name for name, differs in found if differs} == set()


def test_the_head_says_what_the_claim_is_and_for_whom() -> None:
    made = written("office visit")
    assert (made["status"], made["use"], made["created"]) == ("active", "claim", "2026-03-10")
    assert codes(made["type"]) == ["professional"]
    assert made["billablePeriod"] == {"start": "2026-03-03", "end": "2026-03-03"}
    assert made["patient"] == {"reference": "#patient"}
    assert contained(made, "patient")["birthDate"] == "1948-05-17"
    assert contained(made, "billing")["identifier"][0]["value"] == "1234567893"
    assert made["total"] == {"value": 247.5, "currency": "USD"}  # 210.00 + 28.50 + 9.00


def test_a_line_has_its_code_modifiers_pointers_units_and_charge() -> None:
    made = written("office visit")
    visit, test, _ = made["item"]
    assert codes(visit["productOrService"]) == ["99214"]
    assert visit["diagnosisSequence"] == [1, 2, 3]
    assert visit["servicedDate"] == "2026-03-03"
    assert visit["quantity"] == {"value": 1, "system": f"{X12}355", "code": "UN"}
    assert visit["net"] == {"value": 210.0, "currency": "USD"}
    assert codes(test["modifier"][0]) == ["QW"]
    assert test["careTeamSequence"] == [2]  # the claim's rendering doctor is 1


def test_amounts_keep_their_cents_in_the_text() -> None:
    text = to_json(claim_resource(claim("office visit"), CREATED))
    assert '"value": 210.00,' in text
    assert '"value": 28.50,' in text


def test_a_replacement_names_the_claim_that_it_replaces() -> None:
    made = written("replacement")
    assert made["related"][0]["claim"]["identifier"] == {"value": "NF26052200417"}
    frequency = made["supportingInfo"][0]
    assert codes(frequency["category"]) == ["frequency", "info"]
    assert codes(frequency["code"]) == ["7"]


def test_a_hospital_bill_tells_present_on_admission_and_its_procedures() -> None:
    made = written("inpatient")
    told = [(codes(one["diagnosisCodeableConcept"])[0], one) for one in made["diagnosis"]]
    assert [code for code, _ in told] == ["K35.80", "E11.9", "Z79.84", "R10.31"]
    assert codes(told[0][1]["type"][0]) == ["principal"]
    assert codes(told[0][1]["onAdmission"]) == ["y"]
    assert "onAdmission" not in told[2][1]  # exempt
    assert codes(told[3][1]["type"][0]) == ["admitting"]
    assert made["procedure"][0]["date"] == "2026-03-03"
    assert codes(made["procedure"][0]["procedureCodeableConcept"]) == ["0DTJ4ZZ"]
    assert codes(made["item"][0]["revenue"]) == ["0120"]
    assert codes(made["item"][0]["productOrService"]) == ["not-applicable"]


def test_the_payment_of_the_first_payer_stands_with_its_policy() -> None:
    made = written("secondary")
    first, second = made["insurance"]
    assert (first["focal"], second["focal"]) == (False, True)
    assert first["claimResponse"] == {"reference": "#response-1"}
    answer = contained(made, "response-1")
    line = answer["item"][0]["adjudication"]
    assert [codes(one["category"]) for one in line] == [
        ["benefit"],
        ["units"],
        ["CO"],
        ["CO"],
        ["PR"],
        ["memberliability"],
    ]
    assert [codes(one["reason"]) for one in line[2:5]] == [["45"], ["253"], ["2"]]
    assert [one["amount"]["value"] for one in line[2:5]] == [60.0, 1.44, 18.0]


def test_an_accident_without_its_day_says_that_the_day_is_unknown() -> None:
    one = replace(claim("auto accident"), accident=Accident(auto=True, state="OH"))
    made = claim_resource(one, CREATED)
    assert made["accident"]["_date"]["extension"][0]["valueCode"] == "unknown"
    assert read_claim(to_json(made)).claim == one


def test_two_payments_of_one_policy_are_refused() -> None:
    paid = PriorPayment(0, Decimal(1), CREATED)
    one = replace(claim("secondary"), prior=(paid, paid))
    with pytest.raises(ValueError, match="SC1003: two earlier payments of one policy"):
        claim_resource(one, CREATED)


@pytest.mark.parametrize(
    ("code", "system"),
    [("99213", CPT), ("0001U", CPT), ("J1885", HCPCS), ("D0120", CDT), ("KBAD1", HIPPS)],
)
def test_a_service_code_is_of_the_system_that_its_form_shows(code: str, system: str) -> None:
    assert service_system(code) == system


@pytest.mark.parametrize(
    ("modifier", "system"), [("25", CPT), ("P2", CPT), ("LT", HCPCS), ("E1", HCPCS)]
)
def test_a_modifier_is_of_the_system_that_its_form_shows(modifier: str, system: str) -> None:
    assert modifier_system(modifier) == system


def test_nothing_paid_and_a_line_of_no_charge_are_told_and_not_left_out() -> None:
    free = replace(claim("office visit").lines[1], charge=Decimal("0.00"))
    one = replace(claim("office visit"), patient_paid=Decimal("0.00"), lines=(free,))
    text = to_json(claim_resource(one, CREATED))
    assert read_claim(text).claim == one
    assert "patient-paid" in text


def test_a_decision_whose_day_is_not_told_says_so() -> None:
    one = claim("secondary")
    undated = replace(one, prior=(PriorPayment(0, Decimal("70.56"), None),))
    made = claim_resource(undated, CREATED)
    (response,) = [each for each in made["contained"] if each["resourceType"] == "ClaimResponse"]

    assert "created" not in response
    assert response["_created"]["extension"][0]["valueCode"] == "unknown"
    assert read_claim(to_json(made)).claim == undated
