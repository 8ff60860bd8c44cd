"""Codes lead to categories by year, age and sex; a worse category takes the place of a milder."""

import pytest
from made_people import coded, person

from codinglab.codes.release import NotInTable
from codinglab.grouping.hcc import risk
from codinglab.grouping.hcc_categories import Mapped, categorize
from codinglab.grouping.hcc_tables import tables


def only(code: str, year: int = 2026, model: str = "V28", **facts: object) -> Mapped:
    (found,) = risk(person(code, **facts), year, model).diagnoses
    return found


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("E11", "a header, not a billable code of 2025"),
        ("E11.99", "not an ICD-10-CM code of 2025"),
        ("G20", "not an ICD-10-CM code of 2025"),  # ended on 2023-10-01
        ("C83.39", "not an ICD-10-CM code of 2025"),  # ended on 2024-10-01
    ],
)
def test_what_was_no_code_in_the_year_of_service_is_told(code: str, says: str) -> None:
    found = only(code)
    assert (found.role, found.category, found.why) == ("not a code", "", says)


def test_a_code_of_the_last_quarter_of_the_year_counts() -> None:
    assert only("C50.A0").category == "23"  # begun on 2025-10-01


@pytest.mark.parametrize("code", ["E66.813", "C83.390"])
def test_a_code_younger_than_the_mapping_is_refused(code: str) -> None:
    with pytest.raises(NotInTable, match=f"{code} began on 2024-10-01, and the mapping of V28"):
        risk(person(code), 2025, "V28")


def test_the_same_code_a_year_later_is_morbid_obesity() -> None:
    assert only("E66.813").category == "48"


def test_hemophilia_of_a_woman_is_another_category() -> None:
    assert only("D66").category == "112"
    assert only("D66", sex="M").category == "111"


def test_breast_cancer_below_50_is_another_category() -> None:
    assert only("C50.911", age=49, original_entitlement="1").category == "22"
    assert only("C50.911", age=50, original_entitlement="1").category == "23"


def test_emphysema_below_18_has_no_category_of_v28() -> None:
    found = only("J43.9", age=17, original_entitlement="2")
    assert found.role == "edited out"
    assert found.why == "HCC 280 in the mapping, but not at the age of this person"


def test_a_code_of_two_categories_has_a_line_for_each() -> None:
    found = risk(person("I70.249"), 2026, "V28").diagnoses
    assert [(one.category, one.role) for one in found] == [("263", "counts"), ("383", "trumped")]


def test_a_heart_assist_device_counts_only_beside_heart_failure() -> None:
    alone = only("Z95.811")
    assert (alone.category, alone.role) == ("223", "needs another")
    assert alone.why.endswith(
        "counts only beside one of HCC 221, HCC 222, HCC 224, HCC 225, HCC 226"
    )
    both = risk(person("Z95.811", "I50.22"), 2026, "V28")
    assert [(one.category, one.role) for one in both.diagnoses] == [
        ("223", "counts"),
        ("226", "trumped"),
    ]


def test_the_worst_stage_of_kidney_disease_stands_for_all() -> None:
    found = categorize(coded("N18.31", "N18.4", "N18.5"), 67, "F", tables(2026, "V28"), 2025)
    assert found.kept == ("326",)
    assert [one.why.partition(": ")[2] for one in found.mapped] == [
        "does not count beside HCC 326",
        "does not count beside HCC 326",
        "counts",
    ]


def test_a_code_may_be_written_without_its_dot() -> None:
    assert only("e119").category == "38"
