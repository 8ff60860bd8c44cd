"""What a worksheet is worth, by hand: every score is the sum of graders/rubrics/weighted.yml.

Variant 8 of diabetes-kidney-follow-up: stage 3a, oral drug, no hypertension, at goal.

    diabetes-kidney  E11.22   first-listed             3
    kidney-stage     N18.31   diagnosis                1
    oral-drug        Z79.84   diagnosis                1
    office-visit     99214    visit 2, units 1, pointer 0.5
    grid             moderate/low/moderate             3 x 1
                                                      11.5
"""

from collections.abc import Callable
from fractions import Fraction

import pytest

from codinglab.course import answers
from codinglab.course import mark as marking_module
from codinglab.course.mark import findings, mark
from codinglab.course.variants import all_variants, variant
from codinglab.grading.marking import Mark, Verdict

SLUG, NUMBER = "diabetes-kidney-follow-up", 8
RIGHT = """dx E11.22
dx N18.31
dx Z79.84
line 99214 x1 dx A
em mdm moderate/low/moderate
"""
ALL = Fraction("11.5")


def score(*changes: tuple[str, str], then: str = "") -> Fraction:
    """Return the score of the right worksheet with passages replaced and lines added."""
    return mark(SLUG, NUMBER, changed(*changes) + then).score


def changed(*changes: tuple[str, str]) -> str:
    text = RIGHT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def lost(points: str) -> Fraction:
    """Return the score where so many points of the 11.5 are lost."""
    return (ALL - Fraction(points)) / ALL


def the_mark(text: str, name: str) -> Mark:
    (one,) = (
        one for one in mark(SLUG, NUMBER, text).marked if one.expected and one.expected.id == name
    )
    return one


def test_the_variant_is_the_one_that_the_sums_are_about() -> None:
    assert variant(SLUG, NUMBER).fact == {
        "stage": "3a",
        "drug": "oral",
        "hypertension": "no",
        "control": "at goal",
    }
    assert mark(SLUG, NUMBER, RIGHT).possible == ALL


def test_the_right_worksheet_earns_all() -> None:
    marking = mark(SLUG, NUMBER, RIGHT)
    assert (marking.earned, marking.score) == (ALL, 1)
    assert marking.blocked_by == ()


def test_an_empty_worksheet_earns_nothing_and_is_blocked_by_what_is_critical() -> None:
    marking = mark(SLUG, NUMBER, "")
    assert (marking.earned, marking.score) == (0, 0)
    assert marking.blocked_by == ("diabetes-kidney",)


def test_a_listed_near_miss_earns_the_share_that_the_key_gives_it() -> None:
    # E11.9 for E11.22 earns 1/2 of 3; the pointer to it is carried forward and loses nothing.
    assert score(("E11.22", "E11.9")) == lost("1.5") == Fraction(20, 23)


def test_a_near_miss_is_no_critical_error() -> None:
    assert mark(SLUG, NUMBER, changed(("E11.22", "E11.9"))).blocked_by == ()


def test_a_pointer_to_a_near_miss_is_right() -> None:
    parts = the_mark(changed(("E11.22", "E11.9")), "office-visit").parts
    (pointers,) = (one for one in parts if one.name == "pointers")
    assert (pointers.verdict, pointers.earned) == (Verdict.EXACT, Fraction(1, 2))


def test_a_missing_visit_level_loses_its_three_elements() -> None:
    assert score(("em mdm moderate/low/moderate\n", "")) == lost("3") == Fraction(17, 23)


def test_one_wrong_element_of_three_loses_one_point() -> None:
    assert score(("moderate/low/moderate", "moderate/low/low")) == lost("1")


def test_time_where_decision_making_is_documented_loses_the_elements_and_is_one_too_much() -> None:
    # 3 for the elements, and half of a visit element (1) for what the record does not have.
    assert score(("em mdm moderate/low/moderate", "em time 35")) == lost("3.5")


def test_a_level_too_high_earns_less_than_the_same_distance_below() -> None:
    over, under = score(("99214", "99215")), score(("99214", "99213"))
    assert over == lost("1.5")  # 1/4 of 2 is earned
    assert under == lost("1")  # 1/2 of 2 is earned
    assert over < under


def test_a_level_two_off_earns_nothing_but_its_line_counts() -> None:
    assert score(("99214", "99212")) == lost("2")  # units and pointer stay


def test_the_visit_without_a_level_is_no_near_miss() -> None:
    # The line's 3.5, and half of a procedure (2) for a line that the record does not support.
    assert score(("99214", "99211")) == lost("4.5")


def test_the_class_of_a_wrong_level_says_its_direction() -> None:
    assert the_mark(changed(("99214", "99215")), "office-visit").error_class == (
        "visit level over-coded"
    )
    assert the_mark(changed(("99214", "99213")), "office-visit").error_class == (
        "visit level under-coded"
    )


def test_a_missing_secondary_diagnosis_loses_its_point_and_nothing_else() -> None:
    assert score(("dx Z79.84\n", "")) == lost("1")


def test_a_missing_first_diagnosis_loses_its_points_and_the_pointer_that_led_to_it() -> None:
    # 3 for the code. A now points to N18.31, which may be pointed to but is neither required (1 of
    # 2 elements of the pointer's 0.5) nor allowed in first place (the other): 0.5.
    assert score(("dx E11.22\n", "")) == lost("3.5")


def test_an_unsupported_diagnosis_costs_half_of_a_diagnosis() -> None:
    assert score(then="dx L30.9\n") == lost("0.5")


def test_a_forbidden_diagnosis_costs_a_whole_one() -> None:
    assert score(then="dx R73.03\n") == lost("1")


def test_a_diagnosis_too_often_costs_half_of_one() -> None:
    assert score(then="dx N18.31\n") == lost("0.5")


def test_a_code_of_one_facts_value_is_forbidden_for_the_other() -> None:
    # I10 is a near miss of I12.9 where there is hypertension; in this variant there is none.
    assert the_mark(RIGHT + "dx I10\n", "uncombined-hypertension").reason == (
        "No hypertension is documented for this patient."
    )
    assert score(then="dx I10\n") == lost("1")


def test_the_first_diagnosis_in_second_place_costs_two_points() -> None:
    swapped = "dx N18.31\ndx E11.22\ndx Z79.84\nline 99214 x1 dx B\nem mdm moderate/low/moderate\n"
    # Being misplaced is one error: that it should stand before N18.31 is not counted again.
    assert mark(SLUG, NUMBER, swapped).score == lost("2")


def test_pdx_puts_the_first_diagnosis_right() -> None:
    swapped = "dx N18.31\npdx E11.22\ndx Z79.84\nline 99214 x1 dx B\nem mdm moderate/low/moderate\n"
    assert mark(SLUG, NUMBER, swapped).score == 1


def test_the_order_of_other_diagnoses_is_free() -> None:
    text = "dx E11.22\ndx Z79.84\ndx N18.31\nline 99214 x1 dx A\nem mdm moderate/low/moderate\n"
    assert mark(SLUG, NUMBER, text).score == 1


def test_wrong_units_lose_their_point() -> None:
    # One value missing and one too many: the share is max(0 - 1/2, 0) = 0.
    assert score((" x1", " x2")) == lost("1")


def test_units_left_out_lose_their_point() -> None:
    assert score((" x1", "")) == lost("1")


def test_a_pointer_left_out_loses_half_a_point() -> None:
    assert score((" dx A", "")) == lost("0.5")


def test_a_pointer_more_that_the_key_allows_costs_nothing() -> None:
    assert score((" dx A", " dx A,B,C")) == 1


def test_a_pointer_in_the_wrong_first_place_loses_one_of_its_two_elements() -> None:
    assert score((" dx A", " dx B,A")) == lost("0.25")


def test_a_modifier_that_is_not_called_for_costs_half_a_point() -> None:
    assert score(("99214", "99214-25")) == lost("0.5")


def test_the_right_place_of_service_neither_earns_nor_costs() -> None:
    assert score((" x1", " x1 pos 11")) == 1


def test_a_wrong_place_of_service_costs_half_a_point() -> None:
    assert score((" x1", " x1 pos 22")) == lost("0.5")


def test_a_second_visit_costs_half_of_a_procedure() -> None:
    assert score(then="line 99213 x1 dx A\n") == lost("1")


def test_everything_wrong_is_no_less_than_nothing() -> None:
    marking = mark(SLUG, NUMBER, "dx L30.9\ndx R73.03\ndx N17.9\n")
    assert marking.earned == -Fraction("2.5")  # 0.5 + 1 + 1
    assert marking.score == 0


def test_findings_stand_in_the_order_of_the_lines_and_need_no_key() -> None:
    text = "dx M17.19\nfoo\ndx N18.3\nline 99214 dx A\n"
    found = findings(variant(SLUG, NUMBER), text)
    assert [(one.place, one.id) for one in found] == [
        ("line 1", "dx.unknown"),
        ("line 2", "worksheet.verb"),
        ("line 3", "dx.header"),
        ("line 4", "units.none"),
    ]


# The made-up knee, variant with pain in the right knee, no drug and no hypertension:
# knee 3, visit 2 + units 1 + pointer 0.5, grid 3 = 9.5
KNEE = "dx {code}\nline 99213 x1 dx A\nem mdm low/straightforward/low\n"
Write = Callable[..., str]


def knee(write: Write, code: str) -> Fraction:
    slug = write()
    wanted = {"side": "right", "drug": "none", "pressure": "normal"}
    (number,) = (one.number for one in all_variants(slug) if one.fact == wanted)
    return mark(slug, number, KNEE.format(code=code)).score


def test_the_other_side_is_a_near_miss_that_no_key_needs_to_list(write: Write) -> None:
    # kindred code: 1/2 of 3
    assert knee(write, "M25.561") == 1
    assert knee(write, "M25.562") == (Fraction("9.5") - Fraction("1.5")) / Fraction("9.5")


def test_what_the_key_lists_goes_before_what_is_kindred(write: Write) -> None:
    # M25.569 (unspecified side) is kindred too, but the key gives it 1/4 of 3.
    assert knee(write, "M25.569") == (Fraction("9.5") - Fraction("2.25")) / Fraction("9.5")


def test_another_joint_is_no_near_miss_and_the_pointer_falls_with_it(write: Write) -> None:
    # knee 3, pointer 0.5, and 0.5 for the extra code
    assert knee(write, "M25.551") == (Fraction("9.5") - 4) / Fraction("9.5")


def test_kindred_codes_are_of_diagnoses_alone() -> None:
    kin = marking_module._policy(SLUG).kin
    assert kin(answers.DIAGNOSIS, "M25.562", "M25.561") is not None
    assert kin(answers.LINE, "M25.562", "M25.561") is None
    assert kin(answers.VISIT_LEVEL, "M25.562", "M25.561") is None


@pytest.mark.parametrize(
    ("answered", "wanted", "error"),
    [
        ("M25.562", "M25.561", "laterality"),
        ("S83.511D", "S83.511A", "7th character"),
        ("N18.30", "N18.31", "unspecified"),
    ],
)
def test_each_kind_of_kinship_has_its_class_of_error(
    answered: str, wanted: str, error: str
) -> None:
    near = marking_module._policy(SLUG).kin(answers.DIAGNOSIS, answered, wanted)
    assert near is not None
    assert (near.error_class, near.credit) == (error, Fraction(1, 2))
