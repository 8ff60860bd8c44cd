"""The 271: what a simulated payer answers, and when it refuses to."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from made_inquiries import ANSWERED, PAYERS, answer_to, question_of

from codinglab.payer.eligibility_answer import answer
from codinglab.x12.check import check
from codinglab.x12.reading import NotX12


def body(text: str) -> list[str]:
    lines = text.replace("~", "").splitlines()
    return lines[lines.index(next(one for one in lines if one.startswith("BHT"))) : -3]


def named(text: str, *names: str) -> list[str]:
    return [one for one in body(text) if one.partition("*")[0] in names]


def changed(name: str, old: str, new: str) -> str:
    question = question_of(name)
    assert question.count(old) == 1
    return answer(question.replace(old, new), ANSWERED, PAYERS).text


def test_a_covered_member_is_told_the_plan_and_what_is_left() -> None:
    text = answer_to("two services")
    assert body(text)[5:] == [
        "HL*3*2*22*0",
        "TRN*2*0000000170001*1421234567",
        "TRN*1*000000401000101*1310000002",
        "NM1*IL*1*Sandoval*Irene*M***MI*RB7741201",
        "REF*6P*RB55",
        "DMG*D8*19830824*F",
        "INS*Y*18",
        "DTP*346*D8*20250701",
        "EB*1**30*HM*Riverbend Family HMO",
        "EB*C*IND*30***23*1500*****Y",
        "EB*C*FAM*30***23*3000*****Y",
        "EB*G*FAM*30***23*8000*****Y",
        "EB*1**98*********Y",
        "EB*B**98***27*25*****Y",
        "EB*1**88*********Y",
        "EB*B**88****10*****Y",
        "MSG*GENERIC DRUG",
        "EB*I**30*********N",
        "EB*C*IND*30***29*400*****Y",
        "EB*C*FAM*30***29*1900*****Y",
        "EB*G*FAM*30***29*6150.25*****Y",
    ]


def test_the_plan_as_a_whole_brings_every_service() -> None:
    services = {one.split("*")[3] for one in named(answer_to("covered"), "EB")}
    assert services == {"30", "98", "86", "68", "88"}


def test_a_childs_answer_stands_below_the_subscriber() -> None:
    assert body(answer_to("child"))[5:14] == [
        "HL*3*2*22*1",
        "NM1*IL*1*Sandoval*Irene*M***MI*RB7741201",
        "REF*6P*RB55",
        "HL*4*3*23*0",
        "TRN*2*0000000170001*1421234567",
        "TRN*1*000000401000101*1310000002",
        "NM1*03*1*Sandoval*Mateo",
        "DMG*D8*20240110*M",
        "INS*N*19",
    ]


def test_shares_stand_as_fractions_in_and_outside_the_network() -> None:
    shares = [one for one in named(answer_to("in and outside the network"), "EB") if one[3] == "A"]
    assert shares == [
        "EB*A*IND*30*****0.2****Y",
        "EB*A*IND*30*****0.4****N",
        "EB*A**98*****0.4****N",
        "EB*A**62*****0.2***Y*Y",
    ]


def test_an_authorization_that_is_needed_and_a_limit_of_visits() -> None:
    said = named(answer_to("in and outside the network"), "EB")
    assert "EB*1**62********Y" in said
    assert "EB*F**33***23***VS*20**Y" in said


def test_a_policy_that_has_ended_is_not_covered_and_names_its_last_day() -> None:
    assert named(answer_to("ended"), "DTP", "EB") == [
        "DTP*346*D8*20250101",
        "DTP*347*D8*20260131",
        "EB*6**30*HM*Riverbend Family HMO",
    ]


def test_the_last_day_of_a_policy_is_still_covered() -> None:
    said = changed("ended", "DTP*291*D8*20260303", "DTP*291*D8*20260131")
    assert named(said, "EB")[0] == "EB*1**30*HM*Riverbend Family HMO"
    said = changed("ended", "DTP*291*D8*20260303", "DTP*291*D8*20260201")
    assert named(said, "EB") == ["EB*6**30*HM*Riverbend Family HMO"]


def test_another_payer_that_is_first_is_named_between_ls_and_le() -> None:
    assert body(answer_to("other payer first"))[-4:] == [
        "EB*R**30",
        "LS*2120",
        "NM1*PRP*2*Riverbend HMO*****PI*TRN02",
        "LE*2120",
    ]


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("not found", "AAA*N**75*C"),
        ("other name", "AAA*N**73*C"),
        ("other birth date", "AAA*N**71*C"),
        ("child not on the policy", "AAA*N**77*C"),
    ],
)
def test_who_is_not_found_is_refused_with_the_reason(name: str, refusal: str) -> None:
    text = answer_to(name)
    assert named(text, "AAA") == [refusal]
    assert named(text, "EB") == []


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ("*Irene*M***MI*RB7741201", "*Irene*M", "AAA*N**72*C"),
        ("*Sandoval*Irene*M***MI", "******MI", "AAA*N**73*C"),
        ("DMG*D8*19830824*F", "DMG***F", "AAA*N**58*C"),
        ("DTP*291*D8*20260303", "DTP*291*D8*20260401", "AAA*Y**63*C"),
        ("DTP*291*D8*20260303", "DTP*291*D8*20250228", "AAA*Y**62*N"),
        ("XX*1234567893", "XX*1234567894", "AAA*N**43*C"),
        ("PI*TRN02", "PI*TRN99", "AAA*N**79*C"),
    ],
)
def test_a_fault_of_the_question_is_refused(old: str, new: str, refusal: str) -> None:
    question = question_of("covered")
    assert question.count(old) == 1
    question = question.replace(old, new)
    said = answer(question, ANSWERED, PAYERS)
    assert said.findings == ()
    assert named(said.text, "AAA") == [refusal]
    assert [one for one in check(said.text) if one.id != "x12.npi"] == []


def test_every_fault_is_told_and_not_the_first_alone() -> None:
    question = question_of("covered")
    for old, new in (("*Sandoval*Irene*M***MI*RB7741201", ""), ("DMG*D8*19830824*F", "DMG***F")):
        question = question.replace(old, new)
    said = answer(question, ANSWERED, PAYERS)
    assert named(said.text, "AAA") == ["AAA*N**72*C", "AAA*N**73*C", "AAA*N**58*C"]
    question = question_of("other name").replace("19830824", "19830428")
    assert named(answer(question, ANSWERED, PAYERS).text, "AAA") == ["AAA*N**73*C", "AAA*N**71*C"]


def test_a_dependent_whose_name_and_birth_date_are_missing_is_told_both() -> None:
    question = question_of("child").replace("NM1*03*1*Sandoval*Mateo", "NM1*03*1*Sandoval")
    said = answer(question.replace("DMG*D8*20240110*M", "DMG***M"), ANSWERED, PAYERS)
    assert named(said.text, "AAA") == ["AAA*N**65*C", "AAA*N**58*C"]


def test_a_service_that_the_plan_has_no_word_on_is_answered_by_the_plan_as_a_whole() -> None:
    text = changed("two services", "EQ*98~", "EQ*33~")
    assert named(text, "EB") == named(answer_to("covered"), "EB")


def test_accents_case_and_marks_do_not_make_another_name() -> None:
    said = changed("covered", "*Sandoval*", "*SAN-DO'VAL*")
    assert named(said, "AAA") == []


def test_without_a_date_today_is_asked_about() -> None:
    question = question_of("ended").replace("DTP*291*D8*20260303~\n", "").replace("SE*13", "SE*12")
    early = replace(ANSWERED, when=datetime(2026, 1, 31, 8, 0))  # noqa: DTZ001  no zone on the wire
    assert named(answer(question, early, PAYERS).text, "EB")[0][:5] == "EB*1*"
    assert named(answer(question, ANSWERED, PAYERS).text, "EB")[0][:5] == "EB*6*"


def test_a_question_that_a_999_refuses_gets_no_answer() -> None:
    said = answer(question_of("covered").replace("HL*3*2*22*0", "HL*3*2*25*0"), ANSWERED, PAYERS)
    assert said.text == ""
    assert {one.id for one in said.findings} == {"payer.question_refused"}


def test_another_transaction_gets_no_answer() -> None:
    said = answer(answer_to("covered"), ANSWERED, PAYERS)
    assert said.text == ""
    assert [one.id for one in said.findings] == ["payer.other_kind"]


def test_a_question_in_an_older_version_gets_no_answer() -> None:
    old = question_of("covered").replace("005010X279A1", "004010X092A1")
    said = answer(old, ANSWERED, PAYERS)
    assert said.text == ""
    assert [one.id for one in said.findings] == ["payer.no_guide"]


def test_what_is_not_x12_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("good morning", encoding="utf-8")
    with pytest.raises(NotX12):
        answer(file, ANSWERED, PAYERS)


def test_the_same_question_is_answered_the_same_twice() -> None:
    assert answer_to("covered") == answer_to("covered")
