"""A code is as specific as the record, and is not said twice in two degrees."""

import pytest
from made_diagnoses import DAY, coded, found, recorded

from codinglab.edits import specificity as rules


def test_the_code_that_the_record_supports_is_told() -> None:
    about = recorded("specified", ("I50.9",), "I50.22")
    (one,) = rules.unspecified(coded("I50.9", about=about), DAY)
    assert one.remedy == "Write I50.22 (Chronic systolic (congestive) heart failure)."
    assert found(rules.unspecified, "I50.9", "I50.22", about=about) == []  # it is there
    assert found(rules.unspecified, "I10", about=about) == []


def test_a_record_that_names_no_code_of_the_list_decides_nothing() -> None:
    assert found(rules.unspecified, "I50.9", about=recorded("specified", ("I50.9",), "?")) == []


@pytest.mark.parametrize(
    ("codes", "places"),
    [
        (("M25.561", "M25.569"), ["line 2"]),  # no side beside a side
        (("N18.30", "N18.31"), ["line 1"]),  # stage 3 unspecified beside 3a
        (("M25.561", "M25.562"), []),
        (("J45.909", "J44.9"), []),  # other categories
        (("M25.569", "M25.551"), []),  # another joint
        (("M25.569", "M25.561", "M25.562"), ["line 1"]),  # told once
    ],
)
def test_the_vague_form_is_told_beside_the_exact_one(
    codes: tuple[str, ...], places: list[str]
) -> None:
    assert [place for _, place in found(rules.beside_specific, *codes)] == places
