"""Each year begins without diagnoses: what was there last year is looked into, not copied."""

import pytest
from made_people import coded, person

from codinglab.grouping.hcc_profile import BadProfile
from codinglab.grouping.hcc_recapture import Open, recapture

LAST = coded("E11.22", "I50.22", "J44.9", "A41.9", "I10")


def test_categories_of_last_year_that_are_not_coded_yet() -> None:
    found = recapture(LAST, person("E11.9"), 2026, "V28")
    assert [(one.category, one.codes, one.lasting) for one in found] == [
        ("2", ("A41.9",), False),
        ("37", ("E11.22",), True),
        ("226", ("I50.22",), True),
        ("280", ("J44.9",), True),
    ]


def test_the_same_category_by_another_code_closes_it() -> None:
    found = recapture(coded("E11.22"), person("E11.42"), 2026, "V28")
    assert found == ()


def test_a_worse_category_closes_a_milder_one_and_not_the_other_way() -> None:
    assert recapture(coded("N18.4"), person("N18.5"), 2026, "V28") == ()
    (found,) = recapture(coded("N18.5"), person("N18.4"), 2026, "V28")
    assert found.category == "326"


def test_an_open_category_says_what_to_ask() -> None:
    last = coded("E11.22", "A41.9")
    acute, lasting = recapture(last, person(), 2026, "V28")
    assert str(acute) == (
        "HCC 2 Septicemia, Sepsis, Systemic Inflammatory Response Syndrome/Shock (A41.9): not "
        "lasting: code it only if it happened again"
    )
    assert str(lasting) == (
        "HCC 37 Diabetes with Chronic Complications (E11.22): lasting: does a visit of this year "
        "deal with it?"
    )


def test_for_part_d_the_table_does_not_say_what_is_lasting() -> None:
    (found,) = recapture(coded("I10"), person(), 2026, "RxHCC")
    assert found == Open("187", "RxHCC 187 Hypertension", ("I10",), None)


def test_last_year_is_judged_by_its_own_codes() -> None:
    # C83.39 could be reported until 2024-09-30, not in 2025
    (found,) = recapture(coded("C83.39"), person(), 2026, "V28")
    assert found.codes == ("C83.39",)
    assert recapture((), person("C83.39"), 2026, "V28") == ()


def test_nobody_is_judged_whom_the_model_does_not_pay() -> None:
    with pytest.raises(BadProfile, match="PACE"):
        recapture(LAST, person(plan="PACE"), 2026, "V28")
