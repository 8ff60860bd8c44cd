"""The segment and the terms of the person are those of Medicare's models."""

import pytest
from made_people import person

from codinglab.codes.release import NotInTable
from codinglab.grouping.hcc import risk

DISABLED = {"age": 60, "original_entitlement": "1"}
PART_C = [
    ({}, "community, non-dual, aged", {"CNA_F65_69": "0.330"}),
    ({"dual_status": "01"}, "community, partial benefit dual, aged", {"CPA_F65_69": "0.365"}),
    (
        {"dual_status": "02", "age": 78, "sex": "M", "original_entitlement": "1"},
        "community, full benefit dual, aged",
        {"CFA_M75_79": "0.714", "CFA_OriginallyDisabled_Male": "0.158"},
    ),
    (DISABLED, "community, non-dual, disabled", {"CND_F60_64": "0.436"}),
    (
        {"institutional": True, "dual_status": "02", "age": 82},
        "long-term institutional",
        {"INS_F80_84": "0.862", "INS_LTIMCAID": "0.130"},
    ),
    ({"new_enrollee": True}, "new enrollee", {"NE_NMCAID_NORIGDIS_NEF67": "0.557"}),
    (
        {"new_enrollee": True, "original_entitlement": "2"},
        "new enrollee",
        {"NE_NMCAID_NORIGDIS_NEF67": "0.557"},
    ),
    (
        {"new_enrollee": True, "age": 64},
        "new enrollee",
        {"NE_NMCAID_NORIGDIS_NEF65": "0.532"},
    ),
    (
        {
            "new_enrollee": True,
            "special_needs": True,
            "dual_status": "01",
            "age": 70,
            "sex": "M",
            "original_entitlement": "1",
        },
        "new enrollee of a chronic condition special needs plan",
        {"SNPNE_MCAID_ORIGDIS_NEM70_74": "2.316"},
    ),
]
PART_D = [
    ({}, "continuing enrollee, community, not low income, aged", {"NoLowAged_F65_69": "0.122"}),
    (
        {"low_income": True, "original_entitlement": "1"},
        "continuing enrollee, community, low income, aged",
        {"LowAged_F65_69": "0.108", "LowAged_F65OD": "0.376"},
    ),
    (
        {**DISABLED, "low_income": True},
        "continuing enrollee, community, low income, below 65",
        {"LowNoAged_F60_64": "0.257"},
    ),
    (
        {"institutional": True, "original_entitlement": "1", "age": 80},
        "continuing enrollee, institutional",
        {"LTI_F80_84": "0.328", "LTI_ORIGDS": "0.298"},
    ),
]


@pytest.mark.parametrize(("facts", "words", "terms"), PART_C)
def test_the_segments_of_part_c(
    facts: dict[str, object], words: str, terms: dict[str, str]
) -> None:
    found = risk(person(**facts), 2026, "V28")
    assert found.segment == words
    assert {one.name: str(one.coefficient) for one in found.terms} == terms


@pytest.mark.parametrize(("facts", "words", "terms"), PART_D)
def test_the_segments_of_part_d(
    facts: dict[str, object], words: str, terms: dict[str, str]
) -> None:
    found = risk(person(**facts), 2026, "RxHCC")
    assert found.segment == words
    assert {one.name: str(one.coefficient) for one in found.terms} == {
        f"Rx_CE_{name}": value for name, value in terms.items()
    }


def test_a_new_enrollee_of_part_d_is_not_in_the_table() -> None:
    with pytest.raises(NotInTable, match="no term rx_ne_nolo_nesrd_nod_x_f for the age 67"):
        risk(person(new_enrollee=True), 2026, "RxHCC")


@pytest.mark.parametrize(
    ("age", "band"),
    [(69, "F65_69"), (70, "F70_74"), (94, "F90_94"), (95, "F95_GT"), (124, "F95_GT")],
)
def test_a_band_of_ages_holds_its_first_and_its_last_year(age: int, band: str) -> None:
    assert risk(person(age=age), 2026, "V28").terms[0].name == f"CNA_{band}"


def test_hiv_below_65_in_an_institution_adds_to_part_d() -> None:
    found = risk(person("B20", institutional=True, **DISABLED), 2026, "RxHCC")
    # 1.098 + 7.179 + 1.491
    assert str(found.raw) == "9.768"
    assert found.terms[-1].name == "Rx_CE_LTI_NonAged_RXHCC1"
    assert found.terms[-1].what == "together: RxHCC 1 and an age below 65"


def test_disability_and_cancer_interact_in_v28_institutions() -> None:
    found = risk(person("C18.9", institutional=True, **DISABLED), 2026, "V28")
    said = {one.name: one.what for one in found.terms}
    assert said["INS_DISABLED_CANCER_V28"] == "together: HCC 22 and disability"
