"""From a key and the facts of a variant to what the grading core expects."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from made_up import KEY

from codinglab.core.tables import BadData
from codinglab.course.mark import mark, reference
from codinglab.course.solution import worksheet
from codinglab.course.variants import all_variants
from codinglab.grading.items import Expected, ExpectedItem, Status

Write = Callable[..., str]
SLUG = "diabetes-kidney-follow-up"
ELEMENTS = "problems: low, data: straightforward, risk: low"


def swap(old: str, new: str, text: str = KEY) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def number_of(slug: str, *facts: str) -> int:
    (number,) = (one.number for one in all_variants(slug) if tuple(one.fact.values()) == facts)
    return number


def expected(slug: str, *facts: str) -> Expected:
    return reference(slug, number_of(slug, *facts))


def one(wanted: Expected, name: str) -> ExpectedItem:
    (found,) = (item for item in wanted.items if item.id == name)
    return found


def test_the_facts_decide_which_codes_are_expected() -> None:
    # All four facts at their fullest: stage 4, both drugs, hypertension, hyperglycemia.
    wanted = expected(SLUG, "4", "both", "yes", "high")
    assert [(item.id, item.value) for item in wanted.items if item.possible] == [
        ("diabetes-kidney", "E11.22"),
        ("hyperglycemia", "E11.65"),
        ("hypertensive-kidney", "I12.9"),
        ("kidney-stage", "N18.4"),
        ("insulin", "Z79.4"),
        ("oral-drug", "Z79.84"),
        ("office-visit", "99214"),
        ("office-visit level", "decision making"),
    ]
    # two first-listed 6 + four diagnoses 4 + visit 2 + units 1 + pointer 0.5 + grid 3
    assert wanted.possible == Fraction("16.5")


def test_what_the_facts_make_none_is_not_expected(write: Write) -> None:
    wanted = expected(write(), "right", "none", "normal")
    assert [item.id for item in wanted.items] == ["knee", "visit", "arthrosis", "visit level"]


def test_the_visit_code_follows_from_two_of_three_elements(write: Write) -> None:
    high = swap(ELEMENTS, "problems: moderate, data: straightforward, risk: high")
    slug = write(key_yml=high)
    assert one(expected(slug, "right", "none", "normal"), "visit").value == "99214"


def test_the_visit_code_may_follow_from_minutes(write: Write) -> None:
    timed = swap(ELEMENTS, 'minutes: {by: [side], values: {right: "29", left: "30"}}')
    slug = write(key_yml=timed)
    right, left = (expected(slug, side, "none", "normal") for side in ("right", "left"))
    assert (one(right, "visit").value, one(left, "visit").value) == ("99213", "99214")
    assert one(left, "visit level").value == "time"
    # knee 3 + visit 2 + units 1 + pointer 0.5 + minutes 1
    assert left.possible == Fraction("7.5")
    assert worksheet(left) == "dx M25.562\nline 99214 x1 dx A\nem time 30\n"


def test_a_visit_of_no_family_is_no_visit(write: Write) -> None:
    sometimes = swap(
        "family: office-established",
        "family: {by: [side], values: {right: office-established, left: none}}",
    )
    slug = write(key_yml=sometimes)
    names = [item.id for item in expected(slug, "left", "none", "normal").items]
    assert names == ["knee", "arthrosis"]


def test_the_neighbours_of_a_visit_are_near_misses_by_direction(write: Write) -> None:
    visit = one(expected(write(), "right", "none", "normal"), "visit")
    assert visit.value == "99213"
    assert {near.value: (near.credit, near.error_class) for near in visit.near} == {
        "99212": (Fraction(1, 2), "visit level under-coded"),
        "99214": (Fraction(1, 4), "visit level over-coded"),
        "99215": (Fraction(0), "visit level over-coded"),
    }


def test_a_near_visit_that_the_key_lists_goes_before_its_neighbours(write: Write) -> None:
    near = (
        "near: [{code: '99214', credit: 1/8, error: specificity, why: Ours.}]\n    grid: required"
    )
    visit = one(
        expected(write(key_yml=swap("grid: required", near)), "right", "none", "normal"), "visit"
    )
    assert [(one.value, one.credit) for one in visit.near if one.value == "99214"] == [
        ("99214", Fraction(1, 8))
    ]


def test_an_optional_item_neither_earns_nor_costs(write: Write) -> None:
    more = (
        "  slip:\n    dx: W01.0XXA\n    status: optional\n    why: How it happened is told.\n"
        "    cites: ['guidelines: I.C.20']\n"
    )
    slug = write(key_yml=KEY + more)
    number = number_of(slug, "right", "none", "normal")
    right = worksheet(reference(slug, number))
    assert "W01" not in right
    assert mark(slug, number, right).score == 1
    assert mark(slug, number, right + "dx W01.0XXA\n").score == 1


def test_an_accepted_code_earns_all(write: Write) -> None:
    key = swap("    critical: yes\n", "    critical: yes\n    accepted: [M25.551]\n")
    slug = write(key_yml=key)
    number = number_of(slug, "right", "none", "normal")
    right = worksheet(reference(slug, number))
    assert mark(slug, number, right.replace("M25.561", "M25.551")).score == 1


def test_each_modifier_is_worth_its_point(write: Write) -> None:
    slug = write(key_yml=swap('    units: "1"\n', '    units: "1"\n    modifiers: ["25", GT]\n'))
    number = number_of(slug, "right", "none", "normal")
    wanted = reference(slug, number)
    # knee 3 + visit 2 + two modifiers 2 + units 1 + pointer 0.5 + grid 3
    assert wanted.possible == Fraction("11.5")
    right = worksheet(wanted)
    assert "line 99213-25-GT x1 dx A\n" in right
    one_less = mark(slug, number, right.replace("-GT", ""))
    assert one_less.score == (Fraction("11.5") - 1) / Fraction("11.5")


def test_a_modifier_that_may_stand_costs_nothing(write: Write) -> None:
    slug = write(key_yml=swap('    units: "1"\n', '    units: "1"\n    may_have: ["25"]\n'))
    number = number_of(slug, "right", "none", "normal")
    right = worksheet(reference(slug, number))
    assert mark(slug, number, right.replace("99213", "99213-25")).score == 1


def test_a_grid_may_be_optional(write: Write) -> None:
    slug = write(key_yml=swap("grid: required", "grid: optional"))
    wanted = expected(slug, "right", "none", "normal")
    assert one(wanted, "visit level").status is Status.OPTIONAL
    assert worksheet(wanted) == "dx M25.561\nline 99213 x1 dx A\n"
    assert wanted.possible == Fraction("6.5")  # 9.5 without the 3 of the grid


def test_a_key_at_odds_with_the_tables_names_case_and_variant(write: Write) -> None:
    slug = write(key_yml=swap("family: office-established", "family: clinic"))
    with pytest.raises(BadData, match=r"^key of made-up-knee, variant 1: no visit family 'clinic'"):
        reference(slug, 1)


def test_an_element_that_is_no_level_is_named(write: Write) -> None:
    slug = write(key_yml=swap("problems: low", "problems: limited"))
    with pytest.raises(BadData, match="problems is 'limited'; it must be one of straightforward"):
        reference(slug, 1)
