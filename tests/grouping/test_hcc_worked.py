"""Scores worked by hand: every coefficient named, added up, normalized and adjusted by year.

Coefficients of V28 are those of the CY2024 rate announcement, which CMS kept for 2025 and 2026;
those of V24 of the CY2020 announcement, kept until the model ended; those of RxHCC of CMS's
software of payment year 2026. Those of V24 and V28 are also compared with the copy of CMS's tables
in hccpy, name by name. Factors: the rate announcement of the payment year; 5.9 % coding adjustment.
Every score is rounded half up to three decimals after each step.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

import pytest
from hccpy.hcc import HCCEngine
from made_people import person

from codinglab.grouping.hcc import blend, risk
from codinglab.grouping.hcc_factors import adjust, factor, thousandths
from codinglab.grouping.hcc_profile import BadProfile, Model, age_for

DISABLED = {"original_entitlement": "1"}
FOUR = ("E11.22", "N18.4", "I50.22", "J44.9")


@dataclass(frozen=True)
class Worked:
    """A person, the sum written out, and the two steps after it."""

    who: str
    codes: str
    facts: dict[str, object]
    terms: str
    raw: str
    normalized: str
    payment: str
    year: int = 2026
    model: Model = "V28"


WORKED = [
    Worked(
        "woman of 72, diabetes; hypertension has no category",
        "E11.9 I10",
        {"age": 72},
        "CNA_F70_74 0.395 + CNA_HCC38 0.166",
        *("0.561", "0.526", "0.495"),  # 0.561 / 1.067 = 0.52577; 0.526 x 0.941 = 0.494966
    ),
    Worked(
        "man of 70, partial Medicaid, heart failure with lung disease",
        "I50.22 J44.9",
        {"age": 70, "sex": "M", "dual_status": "01"},
        "CPA_M70_74 0.417 + CPA_HCC226 0.311 + CPA_HCC280 0.321 + CPA_HF_CHR_LUNG_V28 0.140",
        *("1.189", "1.114", "1.048"),  # 1.11434; 1.114 x 0.941 = 1.048274
    ),
    Worked(
        "man of 78, full Medicaid, once disabled; HCC 38 falls under HCC 37",
        "E11.42 E11.9 I48.0",
        {"age": 78, "sex": "M", "dual_status": "02", **DISABLED},
        "CFA_M75_79 0.714 + CFA_OriginallyDisabled_Male 0.158 + CFA_HCC37 0.186 + CFA_HCC238 0.407",
        *("1.465", "1.373", "1.292"),  # 1.37301; 1.373 x 0.941 = 1.291993
    ),
    Worked(
        "disabled woman of 52 without Medicaid",
        "F20.9 J44.9",
        {"age": 52, **DISABLED},
        "CND_F45_54 0.340 + CND_HCC151 0.380 + CND_HCC280 0.209",
        *("0.929", "0.871", "0.820"),  # 0.87067; 0.871 x 0.941 = 0.819611
    ),
    Worked(
        "disabled man of 45, partial Medicaid",
        "G80.9 L97.412",
        {"age": 45, "sex": "M", "dual_status": "01", **DISABLED},
        "CPD_M45_54 0.300 + CPD_HCC192 0.104 + CPD_HCC383 0.654",
        *("1.058", "0.992", "0.933"),  # 0.99157; 0.992 x 0.941 = 0.933472
    ),
    Worked(
        "disabled man of 59, full Medicaid",
        "I50.9 C18.9",
        {"age": 59, "sex": "M", "dual_status": "02", **DISABLED},
        "CFD_M55_59 0.410 + CFD_HCC22 0.409 + CFD_HCC226 0.537",
        *("1.356", "1.271", "1.196"),  # 1.27085; 1.271 x 0.941 = 1.196011
    ),
    Worked(
        "woman of 87 in an institution; dementia counts there with 0",
        "E11.9 G30.9",
        {"age": 87, "institutional": True},
        "INS_F85_89 0.750 + INS_HCC38 0.280 + INS_HCC127 0.000",
        *("1.030", "0.965", "0.908"),  # 0.96532; 0.965 x 0.941 = 0.908065
    ),
    Worked(
        "woman of 82 with Medicaid in an institution",
        "I50.9 E11.22",
        {"age": 82, "institutional": True, "dual_status": "02"},
        "INS_F80_84 0.862 + INS_LTIMCAID 0.130 + INS_HCC37 0.280 + INS_HCC226 0.217 + "
        "INS_DIABETES_HF_V28 0.209",
        *("1.698", "1.591", "1.497"),  # 1.59138; 1.591 x 0.941 = 1.497131
    ),
    Worked(
        "disabled man of 55 in an institution: disability and cancer together",
        "C18.9",
        {"age": 55, "sex": "M", "institutional": True, **DISABLED},
        "INS_M55_59 0.989 + INS_HCC22 0.314 + INS_DISABLED_CANCER_V28 0.367",
        *("1.670", "1.565", "1.473"),  # 1.56514; 1.565 x 0.941 = 1.472665
    ),
    Worked(
        "new enrollee of 65: diabetes adds nothing",
        "E11.9",
        {"age": 65, "new_enrollee": True},
        "NE_NMCAID_NORIGDIS_NEF65 0.532",
        *("0.532", "0.499", "0.470"),  # 0.49859; 0.499 x 0.941 = 0.469559
    ),
    Worked(
        "new enrollee of 64 entitled by age turns 65 this year",
        "",
        {"age": 64, "sex": "M", "new_enrollee": True},
        "NE_NMCAID_NORIGDIS_NEM65 0.567",
        *("0.567", "0.531", "0.500"),  # 0.53140; 0.531 x 0.941 = 0.499671
    ),
    Worked(
        "new enrollee of a chronic condition plan, Medicaid, once disabled",
        "E11.9",
        {
            "age": 70,
            "sex": "M",
            "new_enrollee": True,
            "special_needs": True,
            "dual_status": "01",
            **DISABLED,
        },
        "SNPNE_MCAID_ORIGDIS_NEM70_74 2.316",
        *("2.316", "2.171", "2.043"),  # 2.17057; 2.171 x 0.941 = 2.042911
    ),
    Worked(
        "disabled woman of 64, a day too young to be aged",
        "I50.22",
        {"age": 64, **DISABLED},
        "CND_F60_64 0.436 + CND_HCC226 0.442",
        *("0.878", "0.823", "0.774"),  # 0.82287; 0.823 x 0.941 = 0.774443
    ),
    Worked(
        "the same woman at 65: aged, and once entitled by disability",
        "I50.22",
        {"age": 65, **DISABLED},
        "CNA_F65_69 0.330 + CNA_OriginallyDisabled_Female 0.228 + CNA_HCC226 0.360",
        *("0.918", "0.860", "0.809"),  # 0.86036; 0.860 x 0.941 = 0.809260
    ),
    Worked(
        "four payment conditions: no count yet in V28",
        "E11.22 I50.22 J44.9 F33.2",
        {},
        "CNA_F65_69 0.330 + CNA_HCC37 0.166 + CNA_HCC155 0.299 + CNA_HCC226 0.360 + "
        "CNA_HCC280 0.319 + CNA_DIABETES_HF_V28 0.112 + CNA_HF_CHR_LUNG_V28 0.078",
        *("1.664", "1.560", "1.468"),  # 1.55951; 1.560 x 0.941 = 1.467960
    ),
    Worked(
        "a fifth: the count, and a third interaction of heart failure",
        "E11.22 I50.22 J44.9 F33.2 I48.91",
        {},
        "CNA_F65_69 0.330 + CNA_HCC37 0.166 + CNA_HCC155 0.299 + CNA_HCC226 0.360 + "
        "CNA_HCC238 0.299 + CNA_HCC280 0.319 + CNA_DIABETES_HF_V28 0.112 + "
        "CNA_HF_CHR_LUNG_V28 0.078 + CNA_HF_HCC238_V28 0.077 + CNA_D5 0.050",
        *("2.090", "1.959", "1.843"),  # 1.95876; 1.959 x 0.941 = 1.843419
    ),
    Worked(
        "ten payment conditions, the last step of the count",
        "E11.22 I50.22 N18.4 J44.9 C50.911 I48.91 F33.2 G20.A1 M05.79 E66.01",
        {},
        "CNA_F65_69 0.330 + CNA_HCC23 0.186 + CNA_HCC37 0.166 + CNA_HCC48 0.186 + "
        "CNA_HCC93 0.617 + CNA_HCC155 0.299 + CNA_HCC199 0.615 + CNA_HCC226 0.360 + "
        "CNA_HCC238 0.299 + CNA_HCC280 0.319 + CNA_HCC327 0.514 + CNA_DIABETES_HF_V28 0.112 + "
        "CNA_HF_CHR_LUNG_V28 0.078 + CNA_HF_KIDNEY_V28 0.176 + CNA_HF_HCC238_V28 0.077 + "
        "CNA_D10P 0.728",
        *("5.062", "4.744", "4.464"),  # 4.74414; 4.744 x 0.941 = 4.464104
    ),
    Worked(
        "seven codes, three conditions: metastasis above two cancers, stage 5 above 4, 37 above 38",
        "C79.51 C18.9 C50.911 N18.5 N18.4 E11.22 E11.9",
        {"age": 80},
        "CNA_F80_84 0.524 + CNA_HCC18 2.341 + CNA_HCC37 0.166 + CNA_HCC326 0.815",
        *("3.846", "3.604", "3.391"),  # 3.60450; 3.604 x 0.941 = 3.391364
    ),
    Worked(
        "woman of 95, the open band of age",
        "A41.9 L89.154",
        {"age": 95},
        "CNA_F95_GT 0.742 + CNA_HCC2 0.500 + CNA_HCC379 1.965",
        *("3.207", "3.006", "2.829"),  # 3.00562; 3.006 x 0.941 = 2.828646
    ),
    Worked(
        "woman of 70 by V24 in 2025: three interactions and a count of four",
        " ".join(FOUR),
        {"age": 70},
        "CNA_F70_74 0.386 + CNA_HCC18 0.302 + CNA_HCC85 0.331 + CNA_HCC111 0.335 + "
        "CNA_HCC137 0.289 + CNA_DIABETES_CHF 0.121 + CNA_CHF_gCopdCF 0.155 + "
        "CNA_HCC85_gRenal_V24 0.156 + CNA_D4 0.006",
        *("2.081", "1.805", "1.699"),  # 2.081 / 1.153 = 1.80486; 1.805 x 0.941 = 1.698505
        *(2025, "V24"),
    ),
    Worked(
        "the same woman by V28 in 2025",
        " ".join(FOUR),
        {"age": 70},
        "CNA_F70_74 0.395 + CNA_HCC37 0.166 + CNA_HCC226 0.360 + CNA_HCC280 0.319 + "
        "CNA_HCC327 0.514 + CNA_DIABETES_HF_V28 0.112 + CNA_HF_CHR_LUNG_V28 0.078 + "
        "CNA_HF_KIDNEY_V28 0.176",
        *("2.120", "2.029", "1.909"),  # 2.120 / 1.045 = 2.02871; 2.029 x 0.941 = 1.909289
        *(2025, "V28"),
    ),
    Worked(
        "woman of 72 by Part D with her plan's drug benefit: no coding adjustment",
        "E11.22 I10 J44.9",
        {"age": 72},
        "Rx_CE_NoLowAged_F70_74 0.035 + Rx_CE_NoLowAged_RXHCC30 0.567 + "
        "Rx_CE_NoLowAged_RXHCC187 0.046 + Rx_CE_NoLowAged_RXHCC229 0.214",
        *("0.862", "0.722", "0.722"),  # 0.862 / 1.194 = 0.72194
        *(2026, "RxHCC"),
    ),
    Worked(
        "disabled man of 50 with low income in a drug plan alone",
        "F20.9 E78.5",
        {"age": 50, "sex": "M", "low_income": True, "plan": "PDP", **DISABLED},
        "Rx_CE_LowNoAged_M45_54 0.541 + Rx_CE_LowNoAged_RXHCC47 0.096 + "
        "Rx_CE_LowNoAged_RXHCC130 1.574",
        *("2.211", "2.493", "2.493"),  # 2.211 / 0.887 = 2.49267
        *(2026, "RxHCC"),
    ),
    Worked(
        "woman of 86 in an institution by Part D",
        "G30.9 I50.9",
        {"age": 86, "institutional": True},
        "Rx_CE_LTI_F85_89 0.187 + Rx_CE_LTI_RXHCC111 0.000 + Rx_CE_LTI_RXHCC186 0.146",
        *("0.333", "0.279", "0.279"),  # 0.333 / 1.194 = 0.27889
        *(2026, "RxHCC"),
    ),
]


def written(terms: str) -> dict[str, Decimal]:
    """Return the coefficients of a sum that is written out, by name."""
    pairs = (one.rsplit(" ", 1) for one in terms.split(" + "))
    return {name: Decimal(value) for name, value in pairs}


@pytest.mark.parametrize("one", WORKED, ids=[one.who for one in WORKED])
def test_the_score_is_the_sum_that_is_written_out(one: Worked) -> None:
    found = risk(person(*one.codes.split(), **one.facts), one.year, one.model)
    assert {term.name: term.coefficient for term in found.terms} == written(one.terms)
    assert sum(written(one.terms).values()) == Decimal(one.raw) == found.raw
    assert found.adjusted is not None
    assert (str(found.adjusted.normalized), str(found.payment)) == (one.normalized, one.payment)


@lru_cache
def published(version: str) -> dict[str, float]:
    return {name.upper(): value for name, value in HCCEngine(version).coefn.items()}


@pytest.mark.parametrize(
    "one", [each for each in WORKED if each.model != "RxHCC"], ids=lambda one: one.who
)
def test_the_coefficients_are_those_of_another_copy_of_the_tables(one: Worked) -> None:
    table = published(one.model.removeprefix("V"))
    for name, value in written(one.terms).items():
        there = name.upper().removesuffix("_V28")  # as the copy writes its interactions of V28
        assert Decimal(str(table[there])) == value, name


def test_the_woman_of_70_is_paid_in_2025_by_a_third_of_v24() -> None:
    # 0.33 x 1.699 = 0.56067; 0.67 x 1.909 = 1.27903; together 1.83970
    assert blend(person(*FOUR, age=70), 2025).as_text() == (
        "0.33 x 1.699 V24 + 0.67 x 1.909 V28 = 1.840"
    )


def test_a_disabled_man_with_full_medicaid_is_paid_in_2025_by_the_same_shares() -> None:
    man = person("F20.9", "J44.9", age=60, sex="M", dual_status="02", **DISABLED)
    # V24: 0.526 + 0.381 + 0.331 = 1.238; / 1.153 = 1.074; x 0.941 = 1.010634
    # V28: 0.504 + 0.414 + 0.281 = 1.199; / 1.045 = 1.147; x 0.941 = 1.079327
    # 0.33 x 1.011 = 0.33363; 0.67 x 1.079 = 0.72293; together 1.05656
    assert blend(man, 2025).as_text() == "0.33 x 1.011 V24 + 0.67 x 1.079 V28 = 1.057"


def test_in_2024_the_shares_were_the_other_way_round() -> None:
    # The same raw scores: V24 2.081 / 1.146 = 1.816, x 0.941 = 1.708856;
    # V28 2.120 / 1.015 = 2.089, x 0.941 = 1.965749.
    old = adjust(Decimal("2.081"), 2024, "V24", "MA").payment
    new = adjust(Decimal("2.120"), 2024, "V28", "MA").payment
    assert (str(old), str(new)) == ("1.709", "1.966")
    shares = factor(2024, "V24", "MA").share, factor(2024, "V28", "MA").share
    assert shares == (Decimal("0.67"), Decimal("0.33"))
    # 0.67 x 1.709 = 1.14503; 0.33 x 1.966 = 0.64878; together 1.79381
    assert thousandths(shares[0] * old + shares[1] * new) == Decimal("1.794")


def test_who_was_born_on_the_second_of_february_is_a_year_younger_for_the_model() -> None:
    ages = [age_for(date(1961, 2, day), 2026) for day in (1, 2)]
    assert ages == [65, 64]
    found = [risk(person("I50.22", age=age, **DISABLED), 2026, "V28") for age in ages]
    assert [one.segment for one in found] == [
        "community, non-dual, aged",
        "community, non-dual, disabled",
    ]
    assert [str(one.raw) for one in found] == ["0.918", "0.878"]


def test_dialysis_is_refused_and_never_scored_as_if_it_were_not_there() -> None:
    with pytest.raises(BadProfile, match="the ESRD models do, which this lab does not have"):
        risk(person("N18.6", kidney_failure=True), 2026, "V28")
