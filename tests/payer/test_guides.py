"""The guides of 270, 271, 276 and 277 judge: what we write is valid, one fault is found."""

import re

import pytest
from made_inquiries import (
    answer_to,
    everything,
    question_of,
    status_answer_to,
    status_question_of,
)

from codinglab.x12.check import check


def test_everything_that_is_written_is_valid() -> None:
    assert {name: list(check(text)) for name, text in everything().items()} == {
        name: [] for name in everything()
    }


MUTANTS = [
    # text, what is changed, by what, the finding and its place
    ("270", "BHT*0022*13", "BHT*0019*13", "x12.code", "BHT01"),
    ("270", "HL*3*2*22*0", "HL*3*1*22*0", "x12.hl_parent", "HL02"),
    ("270", "HL*2*1*21*1", "HL*2*1*21*0", "x12.code", "HL04"),
    ("270", "NM1*PR*2", "NM1*PR*3", "x12.code", "NM102"),
    ("270", "NM1*PR*2*Riverbend HMO", "NM1*PR*2*", "x12.element_missing", "NM103"),
    ("270", "TRN*1*0000000170001*1421234567", "TRN*1*0000000170001*14", "x12.too_short", "TRN03"),
    ("270", "DMG*D8*19830824", "DMG*D8*19830832", "x12.date", "DMG02"),
    ("270", "DMG*D8*19830824*F", "DMG*D8*19830824*X", "x12.code", "DMG03"),
    ("270", "DTP*291", "DTP*346", "x12.code", "DTP01"),
    ("270", "EQ*30~", "EQ*ZZ~", "x12.code", "EQ01"),
    ("270", "EQ*30~", "EQ~", "x12.condition", "EQ01"),
    ("270", "SE*13", "SE*14", "x12.segment_count", "SE01"),
    ("271", "EB*6**30", "EB*9**30", "x12.code", "EB01"),
    ("271", "EB*6**30*HM", "EB*6**30*ZZ", "x12.code", "EB04"),
    ("271", "INS*Y*18", "INS*Y*19", "x12.code", "INS02"),
    ("271", "DTP*347*D8*20260131", "DTP*347*D8*20260231", "x12.date", "DTP03"),
    ("271 PPO", "***VS*20", "***VS*", "x12.condition", "EB10"),
    ("271 PPO", "EB*A*IND*30*****0.4****N", "EB*A*IND*30*****0.4****X", "x12.code", "EB12"),
    ("271 AAA", "AAA*N**75*C", "AAA*N**75", "x12.element_missing", "AAA04"),
    ("271 AAA", "AAA*N**75*C", "AAA*N**50*C", "x12.code", "AAA03"),
    ("271 AAA", "AAA*N**75*C", "AAA*N*1*75*C", "x12.not_used", "AAA02"),
    ("271 LS", "LS*2120", "LS*2110", "x12.code", "LS01"),
    ("276", "BHT*0010*13", "BHT*0010*08", "x12.code", "BHT02"),
    ("276", "NM1*41*2", "NM1*40*2", "x12.code", "NM101"),
    ("276", "REF*EJ*PN1002", "REF*EJ", "x12.element_missing", "REF02"),
    ("276", "AMT*T3*317", "AMT*T3*31A7", "x12.number", "AMT02"),
    ("276", "HL*5*4*23", "HL*5*3*23", "x12.hl_parent", "HL02"),
    ("276", "NM1*QC*1*Sandoval*Mateo", "NM1*QC*1", "x12.element_missing", "NM103"),
    ("277", "*DG~", "*TH~", "x12.code", "BHT06"),
    ("277", "STC*F1:65*", "STC*F1*", "x12.element_missing", "STC01-2"),
    ("277", "*20260318**317", "*20260318*WQ*317", "x12.not_used", "STC03"),
    ("277", "HL*4*3*22*1", "HL*4*3*22*0", "x12.hl_child", "HL04"),
]


def source(name: str) -> str:
    return {
        "270": lambda: question_of("covered"),
        "271": lambda: answer_to("ended"),
        "271 PPO": lambda: answer_to("in and outside the network"),
        "271 AAA": lambda: answer_to("not found"),
        "271 LS": lambda: answer_to("other payer first"),
        "276": lambda: status_question_of("child's claim"),
        "277": lambda: status_answer_to("child's claim", 20),
    }[name]()


@pytest.mark.parametrize(("of", "old", "new", "found", "element"), MUTANTS)
def test_one_fault_is_found_where_it_is(
    of: str, old: str, new: str, found: str, element: str
) -> None:
    text = source(of)
    assert old in text
    told = {(one.id, one.element) for one in check(text.replace(old, new, 1))}
    assert (found, element) in told


@pytest.mark.parametrize(
    ("of", "segment", "loop"),
    [
        ("270", "NM1*PR", "2100A"),
        ("270", "BHT", "ST"),
        ("271 AAA", "NM1*IL", "2100C"),
        ("276", "TRN", "2200E"),
        ("276", "DMG", "2000E"),
        ("277", "STC", "2200E"),
    ],
)
def test_a_segment_that_is_left_out_is_missed(of: str, segment: str, loop: str) -> None:
    text = re.sub(rf"^{re.escape(segment)}.*\n", "", source(of), count=1, flags=re.MULTILINE)
    told = [one for one in check(text) if one.id in {"x12.segment_missing", "x12.loop_missing"}]
    told += [one for one in check(text) if one.id == "x12.segment_unexpected"]
    assert told
    assert loop in {one.loop for one in told}


@pytest.mark.parametrize("services", ["30^", "^30", "^"])
def test_a_repetition_that_holds_nothing_is_told(services: str) -> None:
    told = [
        (one.id, one.element) for one in check(source("270").replace("EQ*30~", f"EQ*{services}~"))
    ]
    assert ("x12.trailing_separators", "EQ01") in told
