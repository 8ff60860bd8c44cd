"""The 270: what is written for a patient and a coverage, and what is held back."""

from dataclasses import replace
from datetime import date

import pytest
from made_inquiries import (
    ASKED,
    CHILD,
    IRENE_HMO,
    IRENE_PPO,
    MATEO_HMO,
    PAYERS,
    WOMAN,
    asks,
    question_of,
)

from codinglab.claim.parties import Name, Payer
from codinglab.core.findings import Severity
from codinglab.payer.eligibility import request
from codinglab.payer.eligibility_problems import last_day_of_month, months_before
from codinglab.payer.inquiry import Inquiry
from codinglab.x12.check import check


def body(text: str) -> list[str]:
    lines = text.replace("~", "").splitlines()
    return lines[lines.index(next(one for one in lines if one.startswith("BHT"))) : -3]


def ids(inquiry: Inquiry) -> list[str]:
    return [one.id for one in request([inquiry], ASKED, PAYERS).findings]


def test_a_subscriber_is_asked_about_in_one_level() -> None:
    assert body(question_of("covered")) == [
        "BHT*0022*13*0000000170001*20260303*0930",
        "HL*1**20*1",
        "NM1*PR*2*Riverbend HMO*****PI*TRN02",
        "HL*2*1*21*1",
        "NM1*1P*2*Harbor Family Medicine PC*****XX*1234567893",
        "HL*3*2*22*0",
        "TRN*1*0000000170001*1421234567",
        "NM1*IL*1*Sandoval*Irene*M***MI*RB7741201",
        "DMG*D8*19830824*F",
        "DTP*291*D8*20260303",
        "EQ*30",
    ]


def test_a_child_is_asked_about_below_the_subscriber_with_its_own_trace_number() -> None:
    assert body(question_of("child"))[5:] == [
        "HL*3*2*22*1",
        "NM1*IL*1*Sandoval*Irene*M***MI*RB7741201",
        "HL*4*3*23*0",
        "TRN*1*0000000170001*1421234567",
        "NM1*03*1*Sandoval*Mateo",
        "DMG*D8*20240110*M",
        "INS*N*19",
        "DTP*291*D8*20260303",
        "EQ*98",
    ]


def test_the_group_number_goes_with_the_subscriber() -> None:
    assert "REF*6P*88120" in body(question_of("in and outside the network"))


def test_a_relationship_that_the_question_has_no_code_for_is_left_out() -> None:
    step_child = replace(MATEO_HMO, relationship="G8")
    text = request([asks(CHILD, step_child)], ASKED, PAYERS).text
    assert not [one for one in body(text) if one.startswith("INS")]
    assert list(check(text)) == []


def test_the_same_inquiry_is_written_the_same_twice() -> None:
    assert question_of("child") == question_of("child")


def test_several_inquiries_are_transactions_of_one_group_with_numbers_of_their_own() -> None:
    text = request([asks(WOMAN, IRENE_HMO), asks(WOMAN, IRENE_PPO)], ASKED, PAYERS).text
    lines = text.splitlines()
    assert [one for one in lines if one[:3] == "ST*"] == [
        "ST*270*0001*005010X279A1~",
        "ST*270*0002*005010X279A1~",
    ]
    assert [one for one in lines if one[:3] == "TRN"] == [
        "TRN*1*0000000170001*1421234567~",
        "TRN*1*0000000170002*1421234567~",
    ]
    assert lines[-2:] == ["GE*2*17~", "IEA*1*000000017~"]


def test_a_social_security_number_never_stands_in_a_trace() -> None:
    sole = replace(asks(WOMAN, IRENE_HMO).provider, tax_id="300112233", tax_id_kind="SY")
    text = request([replace(asks(WOMAN, IRENE_HMO), provider=sole)], ASKED, PAYERS).text
    assert "TRN*1*0000000170001*9234567893~" in text.splitlines()
    assert "300112233" not in text


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"coverage": replace(IRENE_HMO, member_id="")}, "payer.no_member_id"),
        ({"coverage": replace(IRENE_HMO, payer=Payer("Nobody", "X1"))}, "payer.unknown_payer"),
        ({"coverage": replace(IRENE_HMO, relationship="19")}, "payer.no_subscriber"),
        ({"patient": replace(WOMAN, born=None)}, "payer.no_birth_date"),
        ({"patient": replace(WOMAN, name=Name(""))}, "payer.no_name"),
        ({"day": date(1983, 8, 23)}, "payer.before_birth"),
        ({"day": date(2026, 4, 1)}, "payer.future_date"),
        ({"day": date(2025, 2, 28)}, "payer.past_date"),
        ({"services": ()}, "payer.no_service_type"),
        ({"services": ("0",)}, "payer.unknown_service_type"),
    ],
)
def test_a_fault_is_found_and_the_inquiry_held_back(change: dict[str, object], found: str) -> None:
    inquiry = replace(asks(WOMAN, IRENE_HMO), **change)
    assert found in ids(inquiry)
    assert request([inquiry], ASKED, PAYERS).text == ""


def test_a_wrong_npi_of_the_asking_provider_is_found() -> None:
    inquiry = asks(WOMAN, IRENE_HMO)
    wrong = replace(inquiry, provider=replace(inquiry.provider, npi="1234567894"))
    assert ids(wrong) == ["payer.provider_npi"]


def test_a_later_day_of_this_month_is_asked_about_with_a_note() -> None:
    said = request([asks(WOMAN, IRENE_HMO, day=date(2026, 3, 31))], ASKED, PAYERS)
    assert [(one.id, one.severity) for one in said.findings] == [
        ("payer.later_date", Severity.NOTE)
    ]
    assert "DTP*291*D8*20260331~" in said.text


def test_the_first_day_twelve_months_back_may_be_asked_about() -> None:
    assert ids(asks(WOMAN, IRENE_HMO, day=date(2025, 3, 1))) == []


def test_one_bad_inquiry_does_not_hold_back_the_others() -> None:
    bad = asks(WOMAN, replace(IRENE_HMO, member_id=""))
    said = request([bad, asks(WOMAN, IRENE_HMO)], ASKED, PAYERS)
    assert [one.place for one in said.findings] == ["inquiry 1"]
    assert "BHT*0022*13*0000000170002*20260303*0930~" in said.text.splitlines()


def test_a_name_with_a_delimiter_is_a_finding_and_no_crash() -> None:
    odd = replace(WOMAN, name=Name("Sand*val", "Irene"))
    said = request([asks(odd, IRENE_HMO)], ASKED, PAYERS)
    assert said.text == ""
    assert [one.id for one in said.findings] == ["payer.cannot_write"]


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 3, 3), date(2026, 3, 31)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_the_last_day_of_a_month(day: date, last: date) -> None:
    assert last_day_of_month(day) == last


def test_months_are_counted_back_over_a_new_year() -> None:
    assert months_before(date(2026, 1, 31), 12) == date(2025, 1, 1)
    assert months_before(date(2026, 3, 3), 3) == date(2025, 12, 1)
