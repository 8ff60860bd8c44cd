"""In a case of risk adjustment the note of the visit carries each diagnosis that bears risk."""

from collections.abc import Callable

import pytest
from made_up import CASE, CHART, KEY

from codinglab.core.tables import BadData
from codinglab.course.case import load
from codinglab.course.check import check_case
from codinglab.course.mark import findings, reference
from codinglab.course.review import review
from codinglab.course.review_read import of_case
from codinglab.course.review_terms import PricesRow
from codinglab.course.solution import worksheet
from codinglab.course.variants import all_variants, variant

Write = Callable[..., str]

RISK = """risk:
  payment_year: 2026
  model: V28
  plan: MA
  dual_status: "00"
  original_entitlement: "0"
  kidney_failure: no
  new_enrollee: no
  institutional: no
  special_needs: no
  low_income: no
  born: 1950-04-01
  sex: F
  visit: {setting: office, clinician: physician, signed: yes}
  note: Note
"""
RISK_CASE = (
    CASE.replace("setting: professional", "setting: risk").replace("2026-02-11", "2025-11-10")
    + RISK
)
# E11.9 and Z79.4 are of a category of V28 (HCC 38); the knee and the pressure are of none.
SUPPORT = "    meat:\n      treated: [drug]\n"
RISK_KEY = KEY.replace("none: none}}\n    evidence: [drug]\n", f"none: none}}}}\n{SUPPORT}")
START, END = RISK_KEY.index("  visit:\n"), RISK_KEY.index("  arthrosis:\n")
RISK_KEY = RISK_KEY[:START] + RISK_KEY[END:]  # no visit is billed
LISTED = """  listed:
    dx: J44.9
    forbidden_because: It stands in a list alone.
    error: copied forward
    evidence: [listed]
    cites: ['guidelines: IV.J']
"""
LIST = "# Problem list\n\n[[listed|COPD]]\n\n"


def messages(slug: str) -> set[str]:
    return {one.message for one in check_case(slug).findings}


def risk(write: Write, **files: str) -> str:
    return write(**{"case_yml": RISK_CASE, "key_yml": RISK_KEY, **files})


def test_a_sound_case_of_risk_has_no_findings(write: Write) -> None:
    slug = risk(write, chart=LIST + CHART, key_yml=RISK_KEY + LISTED)
    assert check_case(slug).findings == ()


def test_a_diagnosis_that_bears_risk_without_meat_is_found_in_each_variant(write: Write) -> None:
    slug = risk(write, key_yml=RISK_KEY.replace(SUPPORT, "    evidence: [drug]\n", 1))
    says = "the record does not monitor, evaluate, assess or treat it; a list is no evidence"
    assert messages(slug) == {f"E11.9 bears risk and is not supported: {says}."}
    # 2 sides x 2 drugs (none has no diabetes) x 2 pressures = 8
    assert [one.id for one in check_case(slug).findings] == ["case.meat"] * 8


def test_an_optional_diagnosis_needs_its_meat_too(write: Write) -> None:
    optional = "    status: optional\n    evidence: [drug]\n"
    found = check_case(risk(write, key_yml=RISK_KEY.replace(SUPPORT, optional, 1))).findings
    assert [one.id for one in found if one.id == "case.meat"] == ["case.meat"] * 8


def test_meat_that_stands_in_another_document_is_found(write: Write) -> None:
    key = RISK_KEY.replace("treated: [drug]", "treated: [listed]", 1)
    slug = risk(write, chart=LIST + CHART, key_yml=key)
    assert messages(slug) == {"listed is no span of 'Note', where it counts."}


def test_meat_that_one_variant_lacks_is_found_there(write: Write) -> None:
    table = "{by: [drug], values: {insulin: drug, oral: none, none: none}}"
    slug = risk(write, key_yml=RISK_KEY.replace("treated: [drug]", f"treated: [{table}]", 1))
    assert [one.id for one in check_case(slug).findings] == ["case.meat"] * 4  # oral alone


def test_a_span_without_words_carries_nothing(write: Write) -> None:
    slug = risk(write, chart=CHART.replace("[[drug|{{", "[[other|{{"))
    assert messages(slug) == {"drug is no span of 'Note', where it counts."}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("setting: office", "setting: telephone", "a visit by sound alone does not count"),
        ("clinician: physician", "clinician: pharmacist", "a pharmacist is not an accepted clin"),
        ("signed: yes", "signed: no", "the record of 2025-11-10 is not signed with credentials"),
    ],
)
def test_a_visit_that_does_not_count_carries_nothing(
    old: str, new: str, says: str, write: Write
) -> None:
    slug = risk(write, case_yml=RISK_CASE.replace(old, new))
    first, second = sorted(messages(slug))
    assert first.startswith(f"E11.9 bears risk and is not supported: {says}")
    assert second.startswith(f"Z79.4 bears risk and is not supported: {says}")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("    evidence: [listed]\n", "J44.9 bears risk: name where the record mentions it."),
        ("    error: copied forward\n", "J44.9 bears risk: say the class of error."),
    ],
)
def test_a_distractor_says_where_it_comes_from_and_of_what_kind_it_is(
    line: str, says: str, write: Write
) -> None:
    slug = risk(write, chart=LIST + CHART, key_yml=RISK_KEY + LISTED.replace(line, ""))
    assert messages(slug) == {says}


def test_a_distractor_with_meat_is_refused(write: Write) -> None:
    slug = risk(write, key_yml=RISK_KEY + LISTED + SUPPORT)
    (found,) = check_case(slug).findings
    assert "meat belongs to a diagnosis that the record supports, and only there" in found.message


def test_a_note_that_the_chart_does_not_have_is_found(write: Write) -> None:
    slug = risk(write, case_yml=RISK_CASE.replace("note: Note", "note: Visit"))
    assert "risk: note: the chart has no document 'Visit'; it has: ['Note']" in messages(slug)


def test_meat_in_a_case_of_another_setting_is_found(write: Write) -> None:
    slug = write(
        key_yml=KEY.replace("    why: The knee", "    meat: {treated: [knee]}\n    why: The knee")
    )
    assert messages(slug) == {"names meat, which only a case of risk needs."}


def test_who_is_risk_adjusted_is_said_in_a_case_of_risk_and_only_there(write: Write) -> None:
    says = "risk belongs to a case of the setting risk, and only there"
    for text in (RISK_CASE.replace(RISK, ""), CASE + RISK):
        with pytest.raises(BadData, match=says):
            load(write(case_yml=text))


def test_the_payment_year_follows_that_of_the_visit(write: Write) -> None:
    late = RISK_CASE.replace("payment_year: 2026", "payment_year: 2027")
    with pytest.raises(BadData, match="diagnoses of 2025 are paid in 2026"):
        load(write(case_yml=late))


def test_the_marking_says_what_the_record_does_about_the_diagnosis(write: Write) -> None:
    slug = risk(write)
    said = {
        one.why
        for each in all_variants(slug)
        for one in reference(slug, each.number).items
        if one.id == "diabetes"
    }
    assert said == {
        'It is documented. Treated: "insulin".',
        'It is documented. Treated: "glipizide".',
    }


def test_a_review_of_an_answer_scores_it_and_leaves_the_support_to_the_marking(
    write: Write,
) -> None:
    one = variant(risk(write), 1)
    found = review(of_case(one, "dx E11.9\n", PricesRow()))
    assert found.risk is not None
    assert found.risk.score is not None
    # a woman of 75 on 2026-02-01: 0.465 + 0.166 = 0.631
    assert str(found.risk.score.raw) == "0.631"
    assert found.risk.meat == ()
    assert found.risk.open.startswith("whether the record supports the diagnoses")


def test_a_service_line_is_not_judged_by_code_sets_that_do_not_reach_back() -> None:
    one = variant("annual-wellness-risk", 5)  # of November 2025
    found = findings(one, "dx J44.9\nline 99213 x1 dx A\n")
    assert [(each.place, each.message) for each in found if each.id == "case.line"] == [
        ("line 2", "99213: risk adjustment reads diagnoses; no service is coded here.")
    ]


def test_the_edits_know_the_patient_of_a_case_of_risk(write: Write) -> None:
    one = variant(risk(write), 1)
    assert one.case.file.circumstances.patient.sex == "F"
    assert findings(one, worksheet(reference(one.case.slug, 1))) is not None
