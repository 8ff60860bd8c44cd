"""Sides: as the record says, once, and the same on line and diagnosis."""

from dataclasses import replace

import pytest
from made_diagnoses import DAY, coded, found, recorded

from codinglab.codes.icd10cm import open_table
from codinglab.edits import side as rules
from codinglab.edits.diagnosis_codes import other_sides, side_of
from codinglab.encounter.coded import ServiceLine


@pytest.mark.parametrize(
    ("title", "side"),
    [
        ("Pain in right knee", "right"),
        ("Unilateral primary osteoarthritis, left knee", "left"),
        ("Bilateral primary osteoarthritis of knee", "both"),
        ("Pain in unspecified knee", ""),
        ("Left ventricular failure, unspecified", ""),  # a chamber
        ("Hemiplegia, unspecified affecting right dominant side", ""),  # the patient's hand
        ("Type 2 diabetes mellitus without complications", ""),
    ],
)
def test_a_title_names_a_side_of_the_body(title: str, side: str) -> None:
    assert side_of(title) == side


def test_the_same_code_on_other_sides_is_found_across_its_category() -> None:
    table = open_table(DAY)
    kin = {side: code.code for side, code in other_sides(table, "M17.11")}
    assert kin == {"left": "M17.12", "both": "M17.0"}
    assert other_sides(table, "I10") == ()
    kin = {side: code.code for side, code in other_sides(table, "S52.501A")}
    assert kin == {"left": "S52.502A"}


def test_the_code_of_the_side_that_the_record_states_is_told() -> None:
    about = recorded("side", ("M25.569",), "left")
    (one,) = rules.unspecified(coded("M25.569", about=about), DAY)
    assert one.remedy == "Write M25.562 (Pain in left knee)."


def test_a_code_without_sides_needs_none() -> None:
    about = recorded("side", ("M06.9",), "left")
    assert found(rules.unspecified, "M06.9", about=about) == []
    assert found(rules.conflict, "M06.9", about=about) == []


def test_the_wrong_side_is_told_with_the_right_code() -> None:
    about = recorded("side", ("M25.562",), "right")
    (one,) = rules.conflict(coded("M25.562", about=about), DAY)
    assert one.message == "M25.562 says left, and the record says right."
    assert one.remedy == "Write M25.561 (Pain in right knee)."


def test_two_sides_become_one_where_a_bilateral_code_exists() -> None:
    (one,) = rules.both(coded("M17.12", "I10", "M17.11"), DAY)
    assert one.place == "line 3"
    assert one.remedy == (
        "Write M17.0 (Bilateral primary osteoarthritis of knee) instead of the two."
    )
    assert found(rules.both, "M25.561", "M25.562") == []
    assert found(rules.both, "S52.501A", "S52.502A") == []


@pytest.mark.parametrize(
    ("modifiers", "pointers", "count"),
    [
        (("RT",), (1,), 1),
        (("LT",), (1,), 0),
        (("50",), (1,), 0),
        (("LT", "RT"), (1,), 0),
        (("F5",), (1,), 1),  # right hand, thumb
        (("LC",), (1,), 0),  # a coronary artery
        (("ZZ",), (1,), 0),  # unknown: another rule's
        (("RT",), (2,), 0),  # points to a diagnosis without side
        (("RT",), (1, 3), 0),  # the second pointer explains the right side
        (("RT",), (9,), 0),  # leads nowhere: another rule's
        (("RT",), (), 0),
    ],
)
def test_a_line_is_on_the_side_of_its_diagnosis(
    modifiers: tuple[str, ...], pointers: tuple[int, ...], count: int
) -> None:
    line = ServiceLine("20610", "line 4", modifiers, 1, pointers=pointers)
    encounter = replace(coded("M17.12", "M06.9", "M25.561"), lines=(line,))
    places = [one.place for one in rules.against_modifier(encounter, DAY)]
    assert places == ["line 4"] * count


def test_one_side_does_not_stand_beside_the_code_of_both() -> None:
    (one,) = rules.both(coded("G56.03", "G56.02"), DAY)
    assert one.place == "line 2"
    assert one.remedy == "Take G56.02 out, or G56.03 if only one side has it now."
    assert found(rules.both, "M17.0", "M16.11") == []  # both knees, one hip
