"""A risk score is a sum that can be read: person, conditions, interactions, then the factors."""

import subprocess
import sys
from decimal import Decimal

import pytest
from made_people import person

from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.grouping.hcc import RiskScore, blend, risk, risk_frame
from codinglab.grouping.hcc_profile import BadProfile


def roles(score: RiskScore) -> list[tuple[str, str, str]]:
    return [(one.code, one.category, one.role) for one in score.diagnoses]


def names(score: RiskScore) -> dict[str, str]:
    return {one.name: str(one.coefficient) for one in score.terms}


@pytest.mark.parametrize(
    ("codes", "raw", "payment"),
    [
        ((), "0.330", "0.291"),  # 0.330 / 1.067 = 0.309; 0.309 x 0.941 = 0.290769
        (("E11.9",), "0.496", "0.438"),  # 0.330 + 0.166; 0.465; 0.437565
        (("E11.22", "N18.32"), "0.623", "0.550"),  # + 0.166 + 0.127; 0.584; 0.549544
        (("E11.10",), "0.496", "0.438"),
        (("I50.22", "E11.22", "N18.4"), "1.658", "1.462"),  # 1.554; 1.462314
        (("I50.9", "J44.9"), "1.087", "0.959"),  # 1.019; 0.958879
        (("C79.51", "C50.911"), "2.671", "2.355"),  # 2.503; 2.355323
        (("F32.9",), "0.330", "0.291"),
        (("F33.2",), "0.629", "0.555"),  # 0.590; 0.555190
        (("E11.51", "I73.9"), "0.496", "0.438"),
    ],
)
def test_a_woman_of_67_by_v28_in_2026(codes: tuple[str, ...], raw: str, payment: str) -> None:
    found = risk(person(*codes), 2026, "V28")
    assert (str(found.raw), str(found.payment)) == (raw, payment)


def test_heart_failure_diabetes_and_kidney_disease_add_two_interactions() -> None:
    found = risk(person("I50.22", "E11.22", "N18.4"), 2026, "V28")
    assert names(found) == {
        "CNA_F65_69": "0.330",
        "CNA_HCC37": "0.166",
        "CNA_HCC226": "0.360",
        "CNA_HCC327": "0.514",
        "CNA_DIABETES_HF_V28": "0.112",
        "CNA_HF_KIDNEY_V28": "0.176",
    }
    assert [one.what for one in found.terms if one.kind == "interaction"] == [
        "together: HCC 37 and HCC 226",
        "together: HCC 226 and HCC 327",
    ]


def test_the_same_person_by_v24_in_2025() -> None:
    found = risk(person("I50.22", "E11.22", "N18.4"), 2025, "V24")
    # 0.323 + 0.302 + 0.331 + 0.289 + 0.121 + 0.156 = 1.522; / 1.153 = 1.320; x 0.941 = 1.242120
    assert (str(found.raw), str(found.payment)) == ("1.522", "1.242")
    assert found.categories == ("18", "85", "137")


def test_seven_conditions_add_a_count() -> None:
    codes = ("E11.22", "I50.22", "N18.4", "J44.9", "C50.911", "I48.91", "F33.2")
    found = risk(person(*codes), 2026, "V28")
    assert names(found)["CNA_D7"] == "0.188"
    assert str(found.raw) == "3.104"


def test_what_each_diagnosis_did() -> None:
    found = risk(person("C79.51", "C50.911", "E11.22", "E11.42", "E11.9", "I10"), 2026, "V28")
    assert roles(found) == [
        ("C79.51", "18", "counts"),
        ("C50.911", "23", "trumped"),
        ("E11.22", "37", "counts"),
        ("E11.42", "37", "same category"),
        ("E11.9", "38", "trumped"),
        ("I10", "", "no category"),
    ]
    assert [one.why for one in found.diagnoses[3:]] == [
        "HCC 37 Diabetes with Chronic Complications: counts once, as line 3 has it",
        (
            "HCC 38 Diabetes with Glycemic, Unspecified, or No Complications: "
            "does not count beside HCC 37"
        ),
        "no category of V28",
    ]


def test_the_text_is_the_sum_and_the_steps() -> None:
    assert risk(person("E11.9", "I10"), 2026, "V28").as_text() == (
        "V28, payment year 2026: community, non-dual, aged\n"
        "   0.330 CNA_F65_69: female, 67 years\n"
        "   0.166 CNA_HCC38: HCC 38 Diabetes with Glycemic, Unspecified, or No Complications\n"
        "0.330 + 0.166 = 0.496 [CMS rate announcement CY2026, V28 coefficients]\n"
        "0.496 / 1.067 = 0.465; 0.465 x (1 - 0.059) = 0.438 [CMS CY2026 rate announcement]\n"
        "  line 1, E11.9: HCC 38 Diabetes with Glycemic, Unspecified, or No Complications: "
        "counts.\n"
        "  line 2, I10: no category of V28."
    )


def test_the_json_has_numbers_as_text() -> None:
    found = risk(person("E11.9"), 2026, "V28").as_json()
    assert (found["raw"], found["segment"]) == ("0.496", "community, non-dual, aged")
    assert found["adjusted"] == {
        "raw": "0.496",
        "normalization": "1.067",
        "coding": "0.059",
        "normalized": "0.465",
        "payment": "0.438",
        "checked": True,
        "source": "CMS CY2026 rate announcement",
    }


def test_a_month_pays_the_base_rate_times_the_score() -> None:
    found = risk(person("E11.9"), 2026, "V28")
    assert found.monthly(Decimal("1012.34")) == Decimal("443.40")  # x 0.438 = 443.40492


def test_2025_blends_a_third_of_v24_with_two_thirds_of_v28() -> None:
    found = blend(person("I50.22", "E11.22", "N18.4"), 2025)
    # V28: 1.658 / 1.045 = 1.587; x 0.941 = 1.493367. 0.33 x 1.242 + 0.67 x 1.493 = 1.410170
    assert found.as_text() == "0.33 x 1.242 V24 + 0.67 x 1.493 V28 = 1.410"


def test_2026_pays_by_v28_alone() -> None:
    assert blend(person("E11.9"), 2026).as_text() == "1.00 x 0.438 V28 = 0.438"


def test_a_drug_plan_alone_has_no_part_c_score() -> None:
    with pytest.raises(BadProfile, match="no Part C model pays PDP in 2026; ask for RxHCC"):
        blend(person("E11.9", plan="PDP"), 2026)


def test_part_d_has_no_coding_adjustment_and_its_own_factor_for_each_plan() -> None:
    with_drugs = risk(person("E11.9", "I10"), 2026, "RxHCC")
    alone = risk(person("E11.9", "I10", plan="PDP"), 2026, "RxHCC")
    assert str(with_drugs.raw) == str(alone.raw) == "0.416"  # 0.122 + 0.248 + 0.046
    assert str(with_drugs.payment) == "0.348"  # 0.416 / 1.194 = 0.34841
    assert str(alone.payment) == "0.469"  # 0.416 / 0.887 = 0.46900


def test_the_hierarchy_holds_in_part_d_too() -> None:
    found = risk(person("E11.9", "E11.22"), 2026, "RxHCC")
    assert roles(found) == [("E11.9", "31", "trumped"), ("E11.22", "30", "counts")]
    assert str(found.raw) == "0.689"  # 0.122 + 0.567


def test_conditions_add_nothing_for_a_new_enrollee() -> None:
    found = risk(person("E11.9", new_enrollee=True), 2026, "V28")
    assert names(found) == {"NE_NMCAID_NORIGDIS_NEF67": "0.557"}
    assert (found.categories, found.diagnoses[0].role) == ((), "not used")
    assert found.diagnoses[0].why == (
        "HCC 38 Diabetes with Glycemic, Unspecified, or No Complications: not used for a new "
        "enrollee"
    )
    assert found.not_used == (
        "A new enrollee is scored by age, sex and status alone; conditions add nothing."
    )


def test_a_year_without_a_normalization_factor_has_a_raw_score_alone() -> None:
    found = risk(person("E11.9"), 2027, "V28")
    assert (str(found.raw), found.adjusted) == ("0.496", None)
    with pytest.raises(NotInTable, match="normalization factor of V28 for MA in payment year 2027"):
        found.monthly(Decimal(1000))


@pytest.mark.parametrize("year", [2023, 2028])
def test_a_year_without_tables_is_refused(year: int) -> None:
    with pytest.raises(NotInForce, match="known: from 2024-01-01"):
        risk(person("E11.9"), year, "V28")


@pytest.mark.parametrize(
    ("year", "model", "had"),
    [(2024, "V28", "none"), (2026, "V24", "V28, RxHCC"), (2025, "RxHCC", "V24, V28")],
)
def test_a_model_without_tables_in_the_year_is_refused(year: int, model: str, had: str) -> None:
    with pytest.raises(NotInTable, match=f"tables of that year: {had}"):
        risk(person("E11.9"), year, model)


def test_the_frame_adds_up() -> None:
    score = risk(person("I50.22", "E11.22", "E11.9", "I10"), 2026, "V28")
    frame = risk_frame(score)
    assert frame["role"].tolist() == ["counts", "counts", "trumped", "no category"]
    assert frame["coefficient"].dropna().sum() == Decimal("0.526")  # 0.360 + 0.166
    assert frame.attrs["raw"] == Decimal("0.968")  # 0.330 + 0.526 + 0.112
    assert frame.attrs["payment"] == Decimal("0.853")  # 0.907; 0.853487


def test_an_empty_frame_has_its_columns() -> None:
    frame = risk_frame(risk(person(), 2026, "V28"))
    assert list(frame.columns) == ["code", "place", "category", "role", "coefficient", "why"]
    assert frame.empty


def test_the_package_is_not_loaded_before_it_is_asked() -> None:
    code = "import sys, codinglab.grouping.hcc; print({'hccinfhir', 'pandas'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "set()\n"
