"""What payers decided, in ClaimResponse and ExplanationOfBenefit, is read to the cent."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from made_claims import claim

from codinglab.claim.adjudicated import Adjustment, PaidLine, PriorPayment
from codinglab.claim.fhir import FhirAnswers, read_answers
from codinglab.claim.fhir_write_response import response
from codinglab.core.findings import Finding, Severity

BASE = "http://terminology.hl7.org/CodeSystem/adjudication"
C4BB = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication"
CARC = "https://x12.org/codes/claim-adjustment-reason-codes"
GROUP = "https://x12.org/codes/claim-adjustment-group-codes"
CPT = "http://www.ama-assn.org/go/cpt"
MEDICARE = "https://bluebutton.cms.gov/resources/variables/"


def coded(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


def amount(system: str, code: str, dollars: float) -> dict[str, Any]:
    return {"category": coded(system, code), "amount": {"value": dollars, "currency": "USD"}}


def adjusted(group: str, carc: str, dollars: float) -> dict[str, Any]:
    return {**amount(GROUP, group, dollars), "reason": coded(CARC, carc)}


def statement(*adjudication: dict[str, Any], **more: Any) -> dict[str, Any]:
    item = {
        "sequence": 1,
        "productOrService": coded(CPT, "99213"),
        "modifier": [coded(CPT, "25")],
        "quantity": {"value": 1},
        "adjudication": list(adjudication),
    }
    base = {
        "resourceType": "ExplanationOfBenefit",
        "id": "e1",
        "identifier": [{"value": "ICN-9"}],
        "status": "active",
        "type": coded("http://terminology.hl7.org/CodeSystem/claim-type", "professional"),
        "use": "claim",
        "patient": {"reference": "Patient/1"},
        "created": "2026-03-20",
        "insurer": {"display": "Northfield Mutual"},
        "provider": {"display": "Harbor"},
        "outcome": "complete",
        "claim": {"reference": "Claim/c1"},
        "insurance": [{"focal": True, "coverage": {"display": "policy"}}],
        "item": [item],
    }
    return {key: one for key, one in {**base, **more}.items() if one is not None}


WHOLE = (
    amount(BASE, "submitted", 150.00),
    amount(BASE, "benefit", 70.56),
    adjusted("CO", "45", 60.00),
    adjusted("CO", "253", 1.44),
    adjusted("PR", "2", 18.00),
)


def read(value: dict[str, Any], coverage: int | None = None) -> FhirAnswers:
    return read_answers(json.dumps(value), coverage)


def the(found: FhirAnswers, name: str) -> Finding:
    (one,) = [each for each in found.findings if each.id == name]
    return one


def test_a_statement_is_read_with_its_lines_and_reasons() -> None:
    found = read(statement(*WHOLE))
    (one,) = found.answers
    assert (one.resource, one.id, one.claim) == ("ExplanationOfBenefit", "e1", "Claim/c1")
    assert one.payment == PriorPayment(
        coverage=0,
        paid=Decimal("70.56"),
        adjudicated=date(2026, 3, 20),
        lines=(
            PaidLine(
                line=1,
                paid=Decimal("70.56"),
                units=Decimal(1),
                code="99213",
                adjudicated=date(2026, 3, 20),
                modifiers=("25",),
                adjustments=(
                    Adjustment("CO", "45", Decimal("60.00")),
                    Adjustment("CO", "253", Decimal("1.44")),
                    Adjustment("PR", "2", Decimal("18.00")),
                ),
            ),
        ),
        control_number="ICN-9",
    )
    assert (found.left, found.findings) == ((), ())


@pytest.mark.parametrize("name", ["secondary", "medicare second", "inpatient second"])
def test_an_answer_that_we_write_is_read_the_same_alone(name: str) -> None:
    prior = claim(name).prior[0]
    text = json.dumps(response(prior, "professional"), default=float)
    (one,) = read_answers(text, 0).answers
    assert one.payment == prior


def test_a_line_that_does_not_balance_is_told() -> None:
    # 150.00 is not 70.56 + 60.00 + 1.44 = 132.00
    found = read(statement(*WHOLE[:4]))
    one = the(found, "fhir.balance")
    assert one.place == "ExplanationOfBenefit.item[0]"
    assert one.message == "The charge 150.0 is not the payment 70.56 and the adjustments 61.44."


def test_a_total_that_is_not_what_the_lines_are_paid_is_told() -> None:
    # 70.56 - 10.00 = 60.56, and 60.00 was paid
    whole = {
        "total": [amount(BASE, "benefit", 60.00)],
        "adjudication": [adjusted("OA", "23", 10.00)],
    }
    assert the(read(statement(*WHOLE, **whole)), "fhir.balance").message == (
        "Paid is 60.0, but the lines are paid 70.56 and the claim's own adjustments take 10.0."
    )


def test_shares_of_the_patient_without_reason_codes_are_read_with_a_note() -> None:
    shares = (
        amount(BASE, "submitted", 100),
        amount(BASE, "benefit", 60),
        amount(BASE, "deductible", 20),
        amount(C4BB, "coinsurance", 15),
        amount(BASE, "copay", 5),
    )
    found = read(statement(*shares))
    assert found.answers[0].payment is not None
    assert found.answers[0].payment.lines[0].adjustments == (
        Adjustment("PR", "1", Decimal(20)),
        Adjustment("PR", "2", Decimal(15)),
        Adjustment("PR", "3", Decimal(5)),
    )
    assert the(found, "fhir.adjustment").severity is Severity.NOTE


def test_shares_beside_reason_codes_are_not_counted_twice() -> None:
    found = read(statement(*WHOLE, amount(C4BB, "coinsurance", 18.00)))
    assert found.findings == ()
    assert [(one.field, one.why) for one in found.left] == [
        ("item[0].adjudication[5]", "coinsurance only informs; it is no adjustment")
    ]


def test_medicares_names_of_fields_are_read() -> None:
    fields = [("line_sbmtd_chrg_amt", 100), ("line_nch_pmt_amt", 80), ("line_coinsrnc_amt", 20)]
    system = "https://bluebutton.cms.gov/resources/codesystem/adjudication"
    found = read(statement(*(amount(system, MEDICARE + name, value) for name, value in fields)))
    assert found.answers[0].payment is not None
    assert found.answers[0].payment.paid == Decimal(80)
    assert found.answers[0].payment.lines[0].adjustments == (Adjustment("PR", "2", Decimal(20)),)


def test_an_amount_that_only_informs_is_listed() -> None:
    found = read(statement(*WHOLE, amount(BASE, "eligible", 90)))
    assert [(one.field, one.why) for one in found.left] == [
        ("item[0].adjudication[5]", "eligible only informs; it is no adjustment")
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (adjusted("XX", "45", 60), "group XX, reason 45 and amount 60"),
        (amount(GROUP, "CO", 60), "group CO, reason none and amount 60"),
        (
            {**amount(BASE, "denialreason", 60), "reason": coded(CARC, "45")},
            "group none, reason 45 and amount 60",
        ),
    ],
)
def test_an_adjustment_without_group_or_reason_is_an_error(
    wrong: dict[str, Any], said: str
) -> None:
    found = read(statement(WHOLE[1], wrong))
    assert the(found, "fhir.adjustment").message == f"An adjustment has {said}."
    assert found.answers[0].payment is not None
    assert found.answers[0].payment.lines[0].adjustments == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"use": "preauthorization"}, "answers a preauthorization, so nothing was billed or paid"),
        ({"outcome": "queued"}, "has the outcome queued, so nothing was decided yet"),
        ({"status": "cancelled"}, "has the status cancelled"),
    ],
)
def test_what_decides_nothing_is_no_payment(change: dict[str, Any], said: str) -> None:
    found = read(statement(*WHOLE, **change))
    assert found.answers[0].payment is None
    assert the(found, "fhir.undecided").message == f"ExplanationOfBenefit/e1 {said}."


def test_a_decision_without_a_day_is_none_and_an_error() -> None:
    found = read(statement(*WHOLE, created=None))
    assert found.answers[0].payment is None
    assert the(found, "fhir.missing").severity is Severity.ERROR


def test_the_day_of_the_payment_goes_before_that_of_the_answer() -> None:
    paid = {"date": "2026-03-24", "amount": {"value": 70.56, "currency": "USD"}}
    found = read(statement(*WHOLE, payment=paid))
    assert found.answers[0].payment is not None
    assert found.answers[0].payment.adjudicated == date(2026, 3, 24)


def test_the_policy_is_the_focal_one_or_the_one_that_is_said() -> None:
    both = [{"focal": False, "coverage": {}}, {"focal": True, "coverage": {}}]
    found = read(statement(*WHOLE, insurance=both))
    assert found.answers[0].payment is not None
    assert found.answers[0].payment.coverage == 1
    silent = read(statement(*WHOLE, insurance=None))
    assert the(silent, "fhir.usual").remedy == "Say which one, counted from 0 as in the claim."
    said = read(statement(*WHOLE, insurance=None), 2)
    assert said.findings == ()
    assert said.answers[0].payment is not None
    assert said.answers[0].payment.coverage == 2


def test_a_file_without_an_answer_is_an_error() -> None:
    found = read({"resourceType": "Patient", "id": "p"})
    assert found.answers == ()
    assert the(found, "fhir.answer").severity is Severity.ERROR
    assert [one.why for one in found.left] == ["is no payer's answer"]


def test_a_statement_of_stu3_is_named_and_not_read() -> None:
    found = read(statement(*WHOLE, information=[]))
    assert found.answers == ()
    assert [one.id for one in found.findings] == ["fhir.version", "fhir.answer"]


def test_our_statement_is_valid_by_the_published_definitions() -> None:
    name = "fhir.resources.R4B.explanationofbenefit"
    peer = pytest.importorskip(name, reason="fhir.resources is in the extra dev")
    # the peer checks the sample that these tests are made of
    sample = statement(*WHOLE)
    sample["insurance"][0]["coverage"] = {"display": "policy"}
    assert peer.ExplanationOfBenefit.model_validate(sample).id == "e1"


def test_two_lines_of_the_same_number_are_numbered_by_their_order() -> None:
    made = statement(*WHOLE)
    made["item"] = [made["item"][0], made["item"][0]]
    found = read(made)
    assert found.answers[0].payment is not None
    assert [one.line for one in found.answers[0].payment.lines] == [1, 2]
    assert the(found, "fhir.repeated").place == "ExplanationOfBenefit.item"


def test_a_reason_that_takes_nothing_is_a_warning() -> None:
    denied = {"category": coded(BASE, "denialreason"), "reason": coded(CARC, "50")}
    one = the(read(statement(*WHOLE, denied)), "fhir.adjustment")
    assert one.severity is Severity.WARNING
    assert one.message == "An adjustment has group none, reason 50 and amount None."


def test_a_payment_without_its_amount_is_an_error_and_not_silently_nothing() -> None:
    bare = {"category": coded(BASE, "benefit")}
    found = read(statement(amount(BASE, "submitted", 150.00), bare, adjusted("CO", "45", 150.00)))
    told = next(one for one in found.findings if one.place.endswith("adjudication[1].amount"))
    assert (told.id, told.severity) == ("fhir.missing", Severity.ERROR)
    assert "benefit is told without a number" in told.message


def test_a_payment_that_is_told_twice_is_an_error_and_the_first_is_read() -> None:
    # 150.00 = 80.00 + 70.00, beside which stands a second payment of 20.00.
    told = (
        amount(BASE, "submitted", 150.00),
        amount(BASE, "benefit", 80.00),
        amount(BASE, "benefit", 20.00),
        adjusted("CO", "45", 70.00),
    )
    found = read(statement(*told))
    (one,) = found.answers
    assert one.payment is not None
    assert one.payment.paid == Decimal("80.00")
    twice = the(found, "fhir.twice_told")
    assert twice.severity is Severity.ERROR
    assert "with 80.0 and with 20.0; 80.0 is read" in twice.message


def test_a_modifier_extension_of_an_answer_is_an_error_at_its_place() -> None:
    odd = [{"url": "http://example.org/reversed", "valueBoolean": True}]
    told = the(read(statement(*WHOLE, modifierExtension=odd)), "fhir.modifier")
    assert (told.place, told.severity) == (
        "ExplanationOfBenefit/e1.modifierExtension",
        Severity.ERROR,
    )
