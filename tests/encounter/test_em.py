"""The level of a visit: two of three elements, or minutes met; the codes come from the table."""

from datetime import date
from itertools import product

import pytest

from codinglab.encounter.em import (
    ELEMENT_WORDS,
    LEVELS,
    code_by_level,
    code_by_time,
    decision_making,
    neighbours,
)

DAY = date(2026, 2, 11)


def reached_by_two(three: tuple[str, str, str]) -> str:
    """Return the highest level that at least two of the three reach: the rule as it is taught."""
    reached = [
        level
        for place, level in enumerate(LEVELS)
        if sum(LEVELS.index(one) >= place for one in three) >= 2
    ]
    return reached[-1]


@pytest.mark.parametrize("three", list(product(LEVELS, repeat=3)), ids="/".join)
def test_the_level_is_the_highest_that_two_of_three_reach(three: tuple[str, str, str]) -> None:
    assert decision_making(*three) == reached_by_two(three)


def test_two_high_elements_outweigh_one_that_is_straightforward() -> None:
    assert decision_making("straightforward", "high", "high") == "high"


def test_one_high_element_alone_decides_nothing() -> None:
    assert decision_making("low", "high", "straightforward") == "low"


def test_a_word_that_is_no_level_is_named_with_its_element() -> None:
    with pytest.raises(
        ValueError, match=r"^data is 'limited'; it must be one of straightforward, "
    ):
        decision_making("low", "limited", "low")


def test_the_words_of_the_grid_lead_to_the_four_levels_and_no_others() -> None:
    assert set(ELEMENT_WORDS.values()) == set(LEVELS)
    assert ELEMENT_WORDS["limited"] == "low"
    assert ELEMENT_WORDS["extensive"] == "high"


@pytest.mark.parametrize(
    ("family", "codes"),
    [
        ("office-new", ["99202", "99203", "99204", "99205"]),
        ("office-established", ["99212", "99213", "99214", "99215"]),
        ("emergency", ["99282", "99283", "99284", "99285"]),
    ],
)
def test_each_family_has_one_code_for_each_level(family: str, codes: list[str]) -> None:
    assert [code_by_level(family, level, DAY) for level in LEVELS] == codes


@pytest.mark.parametrize(
    ("family", "minutes", "code"),
    [
        ("office-established", 10, "99212"),
        ("office-established", 19, "99212"),
        ("office-established", 20, "99213"),
        ("office-established", 29, "99213"),
        ("office-established", 30, "99214"),
        ("office-established", 39, "99214"),
        ("office-established", 40, "99215"),
        ("office-established", 400, "99215"),
        ("office-new", 15, "99202"),
        ("office-new", 29, "99202"),
        ("office-new", 30, "99203"),
        ("office-new", 44, "99203"),
        ("office-new", 45, "99204"),
        ("office-new", 59, "99204"),
        ("office-new", 60, "99205"),
    ],
)
def test_minutes_reach_the_highest_code_whose_time_is_met(
    family: str, minutes: int, code: str
) -> None:
    assert code_by_time(family, minutes, DAY) == code


@pytest.mark.parametrize(("family", "minutes"), [("office-established", 9), ("office-new", 14)])
def test_too_few_minutes_reach_no_code(family: str, minutes: int) -> None:
    with pytest.raises(LookupError, match=f"^{minutes} minutes reach no code of the family"):
        code_by_time(family, minutes, DAY)


def test_an_emergency_visit_is_never_chosen_by_time() -> None:
    with pytest.raises(LookupError, match=r"^120 minutes reach no code of the family emergency$"):
        code_by_time("emergency", 120, DAY)


def test_an_unknown_family_is_named_with_those_there_are() -> None:
    with pytest.raises(
        LookupError, match=r"'clinic'; known: emergency, home-established, home-new, hospital-"
    ):
        code_by_level("clinic", "low", DAY)


def test_an_unknown_level_is_named_with_its_family() -> None:
    with pytest.raises(LookupError, match=r"^the family emergency has no code of level 'extreme'$"):
        code_by_level("emergency", "extreme", DAY)


def test_neighbours_stand_some_steps_below_or_above() -> None:
    assert neighbours("office-established", "99214", DAY) == (
        ("99212", -2),
        ("99213", -1),
        ("99215", 1),
    )


def test_a_code_without_level_is_nobodys_neighbour() -> None:
    codes = [code for code, _ in neighbours("office-established", "99212", DAY)]
    assert codes == ["99213", "99214", "99215"]  # and not 99211
