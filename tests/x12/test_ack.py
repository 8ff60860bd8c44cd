from datetime import datetime

import pytest
from mutants import GOLDEN, MUTANTS, Mutant, recounted

from codinglab.x12.ack import acknowledge, answers
from codinglab.x12.check import check
from codinglab.x12.reading import NotX12

WHEN = datetime(2026, 3, 16, 8, 0)  # noqa: DTZ001  the wire knows no zone
P = (GOLDEN / "837p.edi").read_text("utf-8")


def answer(text: str) -> list[str]:
    return acknowledge(text, when=WHEN, control=7).split("~\n")[:-1]


def test_a_valid_file_is_accepted() -> None:
    said = answer(P)
    assert said[0] == (
        "ISA*00*          *00*          *ZZ*LABPAYER       *ZZ*LABSUBMITTER   *260316*0800"
        "*^*00501*000000007*0*T*:"
    )
    assert said[1:] == [
        "GS*FA*LABPAYER*LABSUBMITTER*20260316*0800*7*X*005010X231A1",
        "ST*999*0001*005010X231A1",
        "AK1*HC*101*005010X222A1",
        "AK2*837*0001*005010X222A1",
        "IK5*A",
        "AK2*837*0002*005010X222A1",
        "IK5*A",
        "AK9*A*2*2*2",
        "SE*8*0001",
        "GE*1*7",
        "IEA*1*000000007",
    ]


def test_a_fault_of_an_element_is_answered_with_its_place_and_value() -> None:
    said = answer(P.replace("41:B:1", "41:C:1"))
    assert said[4:12] == [
        "AK2*837*0001*005010X222A1",
        "IK5*A",
        "AK2*837*0002*005010X222A1",
        "IK3*CLM*20*2300*8",
        "CTX*CLM01:ACCT0003",
        "IK4*5:2*1332*7*C",
        "IK5*R*5",
        "AK9*P*2*2*1",
    ]


def test_a_missing_segment_is_answered_where_it_was_missed() -> None:
    said = answer(recounted(P.replace("N3*100 CLINIC WAY~\n", "", 1)))
    assert said[4:7] == ["AK2*837*0001*005010X222A1", "IK3*N3*9**3", "IK5*R*5"]


def test_warnings_alone_are_accepted_with_errors() -> None:
    said = answer(P.replace("PAT*19~", "PAT*19*~"))
    assert [one for one in said if one[:3] in {"IK5", "AK9"}] == ["IK5*E*5", "IK5*A", "AK9*E*2*2*2"]


def test_a_wrong_count_is_answered_of_the_transaction() -> None:
    said = answer(P.replace("SE*64", "SE*63"))
    assert [one for one in said if one[:2] in {"IK", "AK"} and one[:3] != "AK1"] == [
        "AK2*837*0001*005010X222A1",
        "IK5*R*4",
        "AK2*837*0002*005010X222A1",
        "IK5*A",
        "AK9*P*2*2*1",
    ]


def test_what_the_999_does_not_judge_leaves_it_accepted() -> None:
    said = answer(P.replace("ACCT0001*331.5", "ACCT0001*331.4"))
    assert [one for one in said if one[:3] in {"IK5", "AK9"}] == ["IK5*A", "IK5*A", "AK9*A*2*2*2"]


def test_a_group_at_fault_is_rejected_whole() -> None:
    assert "AK9*R*2*2*0*5" in answer(P.replace("GE*2*", "GE*3*"))


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("IEA*1*000000101", "IEA*1*000000102", "TA1*000000101*260315*1030*R*001"),
        ("IEA*1*000000101", "IEA*2*000000101", "TA1*000000101*260315*1030*R*021"),
        ("IEA*1*000000101~\n", "", "TA1*000000101*260315*1030*R*023"),
        ("*0*T*:", "*1*T*:", "TA1*000000101*260315*1030*A*000"),
    ],
)
def test_the_envelope_is_answered_by_a_ta1(old: str, new: str, wanted: str) -> None:
    said = answer(P.replace(old, new))
    assert [one for one in said if one.startswith("TA1")] == [wanted]


def test_no_ta1_is_sent_where_none_was_asked_for() -> None:
    assert not [one for one in answer(P) if one.startswith("TA1")]


def test_an_acknowledgment_is_not_acknowledged() -> None:
    assert answer(acknowledge(P, when=WHEN, control=7)) == []


def test_each_interchange_has_an_answer_of_its_own() -> None:
    other = (GOLDEN / "835.edi").read_text("utf-8")
    said = answer(P + other)
    assert [one.split("*")[13] for one in said if one[:3] == "ISA"] == ["000000007", "000000008"]
    assert [one for one in said if one[:3] == "AK1"] == [
        "AK1*HC*101*005010X222A1",
        "AK1*HP*103*005010X221A1",
    ]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_every_answer_passes_our_own_check(mutant: Mutant) -> None:
    assert list(check(acknowledge(mutant.text(), when=WHEN, control=7))) == []


def test_the_same_file_at_the_same_time_is_answered_alike() -> None:
    assert answer(P) == answer(P)


def test_what_is_not_x12_has_no_answer() -> None:
    with pytest.raises(NotX12):
        answers("hello")


def test_a_transaction_of_no_known_kind_is_counted_and_not_named() -> None:
    text = (GOLDEN / "837p.edi").read_text("utf-8").replace("ST*837*0001", "ST*472*0001")
    said = acknowledge(text, when=WHEN, control=7)
    assert "AK2*472" not in said
    assert "AK9*P*2*2*1~" in said
    assert list(check(said)) == []


def test_a_time_that_ta1_cannot_repeat_leaves_it_out() -> None:
    text = (GOLDEN / "837p.edi").read_text("utf-8")
    text = text.replace("*260315*1030*", "*260315*10300000*", 1).replace("*0*T*", "*1*T*", 1)
    said = acknowledge(text, when=WHEN, control=7)
    assert "TA1" not in said
    assert list(check(said)) == []
