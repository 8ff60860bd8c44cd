"""Risk adjustment reviewed: the score, and diagnoses without support."""

from decimal import Decimal
from typing import Any

import pytest
from made_encounters import at_risk, reviewed

from codinglab.core.tables import BadData
from codinglab.course.review import EncounterReview
from codinglab.course.review_money import AtRisk
from codinglab.course.review_text import as_text

RISK: dict[str, Any] = {
    "payment_year": "2026",
    "model": "V28",
    "plan": "MA",
    "dual_status": "00",
    "original_entitlement": "0",
    "kidney_failure": "no",
    "new_enrollee": "no",
    "institutional": "no",
    "special_needs": "no",
    "low_income": "no",
    "base_rate": "1000",
    "visit": {"setting": "office", "clinician": "physician", "signed": "yes"},
    "supports": [
        {"code": "E11.22", "treated": ["empagliflozin"]},
        {"code": "N18.31", "monitored": ["eGFR"]},
    ],
}


def at_risk_score(**fields: Any) -> EncounterReview:
    said = {"on": "2025-11-10", "patient": {"born": "1950-04-01", "sex": "F"}, "risk": RISK}
    return reviewed("dx E11.22\ndx N18.31\ndx I50.22\n", **(said | fields))


def test_a_diagnosis_without_support_puts_what_a_month_pays_at_risk() -> None:
    found = at_risk_score()
    assert found.risk is not None
    assert found.risk.score is not None
    # 0.465 + 0.166 + 0.360 + 0.127 + 0.112 + 0.176 = 1.406
    # 1.406 / 1.067 = 1.318, x (1 - 0.059) = 1.240
    assert found.risk.score.payment == Decimal("1.240")
    assert found.risk.month == "1240.00"
    # Without heart failure 0.465 + 0.166 + 0.127 = 0.758: / 1.067 = 0.710, x 0.941 = 0.668
    assert at_risk(found, "risk.unsupported") == AtRisk(
        Decimal("572.00"), "a month; the score is 0.668, not 1.240, without I50.22"
    )
    assert "A month pays 1240.00 dollars" in as_text(found)


def test_what_the_record_does_is_said_of_each_diagnosis_that_bears_risk() -> None:
    found = at_risk_score()
    assert found.risk is not None
    assert [str(one) for one in found.risk.meat] == [
        "line 1, E11.22: treated: empagliflozin",
        "line 2, N18.31: monitored: eGFR",
        (
            "line 3, I50.22: not supported: the record does not monitor, evaluate, assess or treat "
            "it; a list is no evidence"
        ),
    ]
    assert "What the record does about each (MEAT)\n  line 1, E11.22: treated" in as_text(found)
    assert found.risk.as_json()["meat"][0] == {
        "place": "line 1",
        "code": "E11.22",
        "said": {"treated": ["empagliflozin"]},
        "why": None,
    }


def test_two_unsupported_diagnoses_of_one_category_cost_it_together_and_neither_alone() -> None:
    found = reviewed(
        "dx E11.22\ndx E11.42\n",
        on="2025-11-10",
        patient={"born": "1950-04-01", "sex": "F"},
        risk=RISK | {"supports": []},
    )
    assert found.risk is not None
    assert [money.amount for _, money in found.risk.unsupported] == [Decimal("0.00")] * 2
    # 0.465 + 0.166 = 0.631, / 1.067 = 0.591, x 0.941 = 0.556; without both 0.465 / 1.067 = 0.436,
    # x 0.941 = 0.410
    assert found.risk.month == "556.00"
    assert found.risk.kept == "the score is 0.410, and a month pays 410.00 dollars"


def test_a_diagnosis_without_a_category_needs_no_word_on_its_support() -> None:
    found = reviewed(
        "dx E11.22\ndx I10\n",
        on="2025-11-10",
        patient={"born": "1950-04-01", "sex": "F"},
        risk=RISK,
    )
    assert found.risk is not None
    assert [one.code for one in found.risk.meat] == ["E11.22"]


def test_the_support_of_a_code_that_nobody_wrote_is_said() -> None:
    supports = [*RISK["supports"], {"code": "I50.23", "treated": ["furosemide"]}]
    found = at_risk_score(risk=RISK | {"supports": supports})
    assert "Not judged: the support of I50.23, which is not coded" in as_text(found)


def test_support_that_nobody_stated_is_not_judged() -> None:
    bare = {name: said for name, said in RISK.items() if name not in {"visit", "supports"}}
    found = at_risk_score(risk=bare)
    assert "risk.unsupported" not in {one.finding.id for one in found.findings}
    assert "Not judged: whether the record supports the diagnoses" in as_text(found)


def test_without_a_base_rate_the_score_is_said_and_not_the_money() -> None:
    bare = {name: said for name, said in RISK.items() if name != "base_rate"}
    assert at_risk(at_risk_score(risk=bare), "risk.unsupported").why == (
        "not priced: the score is 0.668, not 1.240, without I50.22; "
        "the file does not say risk: base_rate"
    )


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        (
            {"risk": RISK | {"payment_year": "2025"}},
            "diagnoses of 2025 are paid in 2026, not in 2025",
        ),
        ({"patient": {"born": "1950-04-01"}}, "the file does not say patient: sex"),
        (
            {"patient": {"born": "1980-04-01", "sex": "F"}},
            (
                "45 years old and entitled by age: below 65 Medicare begins by disability (1) or "
                "kidney failure (2, 3)"
            ),
        ),
    ],
    ids=["year", "sex", "entitlement"],
)
def test_a_score_that_cannot_be_says_why(fields: dict[str, Any], why: str) -> None:
    found = at_risk_score(**fields)
    bare = {"hcc": None, "meat": [], "month": None, "kept": "", "open": "", "why": why}
    assert found.as_json()["risk"] == bare
    assert f"No risk score: {why}" in as_text(found)


def test_nothing_of_who_is_risk_adjusted_is_guessed() -> None:
    bare = {name: said for name, said in RISK.items() if name != "dual_status"}
    with pytest.raises(BadData, match=r"risk\.dual_status: Field required"):
        at_risk_score(risk=bare)
    with pytest.raises(BadData, match="give visit and supports together"):
        at_risk_score(risk={name: said for name, said in RISK.items() if name != "visit"})
