"""276 and 277: what is asked of a claim, what the payer answers by the day, and the words."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from made_inquiries import (
    ANSWERED,
    ASKED,
    CHILDS_CLAIM,
    HOSPITAL_CLAIM,
    MATEO_HMO,
    PAYERS,
    status_answer_to,
    status_question_of,
)

from codinglab.claim.model import Claim
from codinglab.claim.parties import Payer
from codinglab.payer.frames import STATUS, status_frame
from codinglab.payer.says import says
from codinglab.payer.status import status_request
from codinglab.payer.status_answer import status_answer
from codinglab.payer.status_inquiry import StatusInquiry
from codinglab.x12.check import check
from codinglab.x12.tree import trees


def body(text: str) -> list[str]:
    lines = text.replace("~", "").splitlines()
    return lines[lines.index(next(one for one in lines if one.startswith("BHT"))) : -3]


def only(text: str, name: str) -> list[str]:
    return [one for one in body(text) if one.partition("*")[0] == name]


def told(name: str, day: int) -> list[str]:
    return says(status_answer_to(name, day), date(2026, 3, day))


def held_back(claim: Claim) -> list[str]:
    said = status_request([StatusInquiry(claim)], ASKED, PAYERS)
    assert said.text == ""
    return [one.id for one in said.findings]


def test_a_childs_claim_is_asked_about_below_the_subscriber() -> None:
    assert body(status_question_of("child's claim by the payer's number")) == [
        "BHT*0010*13*0000000170001*20260303*0930",
        "HL*1**20*1",
        "NM1*PR*2*Riverbend HMO*****PI*TRN02",
        "HL*2*1*21*1",
        "NM1*41*2*Harbor Family Medicine PC*****46*HARBOR",
        "HL*3*2*19*1",
        "NM1*1P*2*Harbor Family Medicine PC*****XX*1234567893",
        "HL*4*3*22*1",
        "NM1*IL*1*Sandoval*Irene*M***MI*RB7741201",
        "HL*5*4*23",
        "DMG*D8*20240110*M",
        "NM1*QC*1*Sandoval*Mateo",
        "TRN*1*0000000170001",
        "REF*1K*26063000417",
        "REF*EJ*PN1002",
        "AMT*T3*317",
        "DTP*472*D8*20260303",
    ]


def test_a_hospital_claim_is_asked_about_with_its_bill_type() -> None:
    lines = body(status_question_of("unknown claim"))
    assert "REF*BLT*131" in lines
    assert "HL*4*3*22*0" in lines


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"coverages": (replace(MATEO_HMO, member_id=""),)}, "payer.no_member_id"),
        ({"coverages": (replace(MATEO_HMO, insured=None),)}, "payer.no_subscriber"),
        ({"coverages": (replace(MATEO_HMO, payer=Payer("N", "X")),)}, "payer.unknown_payer"),
        ({"patient": replace(CHILDS_CLAIM.patient, born=None)}, "payer.no_birth_date"),
        ({"billing": replace(CHILDS_CLAIM.billing, npi="1")}, "payer.provider_npi"),
        ({"lines": ()}, "payer.no_service_date"),
        (
            {"lines": (replace(CHILDS_CLAIM.lines[0], first=date(2026, 3, 4)),)},
            "payer.future_date",
        ),
    ],
)
def test_a_fault_is_found_and_the_question_held_back(change: dict[str, object], found: str) -> None:
    assert held_back(replace(CHILDS_CLAIM, **change)) == [found]


@pytest.mark.parametrize(
    ("day", "stc"),
    [
        (5, "STC*A2:20*20260304**317"),
        (10, "STC*P2:46*20260309**317"),
        (16, "STC*F0:3*20260316**317**20260316"),
        (20, "STC*F1:65*20260318**317*244.8*20260318**20260320*880041377"),
    ],
)
def test_what_the_payer_says_of_a_claim_changes_with_the_day(day: int, stc: str) -> None:
    text = status_answer_to("child's claim", day)
    assert only(text, "STC") == [stc]
    assert only(text, "REF") == ["REF*1K*26063000417", "REF*EJ*PN1002"]
    assert only(text, "TRN") == ["TRN*2*0000000170001"]


def test_before_the_payer_has_the_claim_it_is_not_found() -> None:
    assert only(status_answer_to("child's claim", 3), "STC") == ["STC*A4:35*20260303"]


def test_a_paid_claim_is_told_with_amounts_and_check() -> None:
    assert told("child's claim", 20) == [
        "Riverbend HMO answers Harbor Family Medicine PC.",
        (
            "Claim of Mateo Sandoval for the service of 2026-03-03 (payer's number 26063000417, "
            "account PN1002): done: paid: claim or line was paid; charged $317.00; paid $244.80; "
            "decided 2026-03-18; check or transfer 880041377 of 2026-03-20; status of 2026-03-18."
        ),
        (
            "Next: Find the check or transfer in the bank and post the remittance; bill the "
            "patient only for what it makes the patient's share (PR)."
        ),
    ]


def test_a_claim_in_review_is_not_to_be_sent_again() -> None:
    assert told("child's claim", 10)[2] == (
        "Next: Do not send it again, a second copy is denied as a duplicate. "
        "Send what is asked for, or wait for the decision."
    )


def test_a_rejected_claim_names_the_entity_and_is_told_apart_from_a_denied_one() -> None:
    assert only(status_answer_to("rejected claim", 5), "STC") == ["STC*A7:562:82*20260305**480"]
    claim, then = told("rejected claim", 5)[1:]
    assert "rejected: information invalid: NPI of a party, about the rendering provider" in claim
    assert then == (
        "Next: It never entered the payer's system and is not denied: correct it and send it again "
        "as a new claim, before the filing limit runs out. There is nothing to appeal."
    )


def test_an_unknown_claim_and_an_unknown_member_are_told_apart() -> None:
    assert only(status_answer_to("unknown claim", 5), "STC") == ["STC*A4:35*20260305"]
    assert only(status_answer_to("unknown member", 5), "STC") == ["STC*D0:33*20260305"]


def test_a_denied_claim_of_a_policy_that_had_ended_names_the_patient() -> None:
    question = status_question_of("child's claim")
    for old, new in (
        ("RB7741201", "RB7740007"),
        ("20240110", "19680402"),
        ("20260303~\nSE", "20260203~\nSE"),
        ("AMT*T3*317", "AMT*T3*140"),
    ):
        assert old in question
        question = question.replace(old, new)
    text = status_answer(question, ANSWERED, PAYERS).text
    assert only(text, "STC") == ["STC*F2:88:QC*20260212**140*0*20260212"]


def test_another_charge_or_another_number_is_another_claim() -> None:
    question = status_question_of("child's claim by the payer's number")
    late = replace(ANSWERED, when=datetime(2026, 3, 20, 8, 0))  # noqa: DTZ001  no zone on the wire
    for old, new in (("AMT*T3*317", "AMT*T3*316.99"), ("26063000417", "26063000418")):
        text = status_answer(question.replace(old, new), late, PAYERS).text
        assert only(text, "STC") == ["STC*A4:35*20260320"]


def test_a_question_without_date_and_number_cannot_be_answered() -> None:
    question = status_question_of("child's claim").replace("DTP*472*D8*20260303~\n", "")
    text = status_answer(question.replace("SE*18", "SE*17"), ANSWERED, PAYERS).text
    assert only(text, "STC") == ["STC*E0:187*20260303"]


def test_an_unknown_payer_and_a_wrong_npi_are_told_at_their_level() -> None:
    question = status_question_of("child's claim")
    text = status_answer(question.replace("PI*TRN02", "PI*TRN99"), ANSWERED, PAYERS).text
    assert body(text)[-2:] == ["TRN*2*0000000170001", "STC*E0:153:PR*20260303"]
    assert list(check(text)) == []
    text = status_answer(question.replace("XX*1234567893", "XX*1234567894"), ANSWERED, PAYERS).text
    assert body(text)[-2:] == ["TRN*1*0000000170001", "STC*E0:562:1P*20260303"]
    assert [one.id for one in check(text)] == ["x12.npi"]  # it is the question's, given back
    assert says(text, date(2026, 3, 3))[1] == (
        "The provider's question: the question itself has errors: NPI of a party, "
        "about the provider; status of 2026-03-03."
    )


def test_a_question_is_told_in_one_sentence() -> None:
    assert says(status_question_of("child's claim"), date(2026, 3, 3)) == [
        (
            "Harbor Family Medicine PC asks Riverbend HMO what has become of the claim of "
            "Mateo Sandoval (account PN1002, service of 2026-03-03, charged $317.00)."
        )
    ]


def test_a_code_of_a_day_without_a_list_is_named_and_said_to_be_unknown() -> None:
    said = says(status_answer_to("child's claim", 20), date(2020, 1, 1))
    assert "category F1 (not in the lab's list): status code 65 (not in the lab's list)" in said[1]


def test_the_frame_has_a_row_for_each_status_with_exact_money() -> None:
    table = status_frame(trees(status_answer_to("child's claim", 20)), date(2026, 3, 20))
    assert tuple(table.columns) == STATUS
    assert list(table.paid) == [Decimal("244.8")]
    assert list(table.stage) == ["final"]
    assert list(table.account) == ["PN1002"]


def test_the_bill_of_a_hospital_is_asked_about_by_its_statement_dates() -> None:
    bill = HOSPITAL_CLAIM.bill
    assert bill is not None
    assert StatusInquiry(HOSPITAL_CLAIM).days == (bill.statement_from, bill.statement_to)
