"""The cells of the grid: what counts, what does not and why, in the words that a review prints."""

from datetime import date
from typing import get_args

import pytest

from codinglab.codes import visit_grid
from codinglab.codes.release import in_force, rows
from codinglab.encounter import em_grid
from codinglab.encounter.em_data import count
from codinglab.encounter.em_elements import (
    Datum,
    Problem,
    ProblemKind,
    RiskDecision,
    RiskKind,
    Spent,
    TimeOf,
)

DAY = date(2026, 3, 2)


def data_cell(*found: Datum) -> em_grid.Cell:
    return em_grid.data(count(found, {}, DAY), DAY)


def plain_tests(number: int) -> tuple[Datum, ...]:
    return tuple(Datum("test", f"test {n}") for n in range(number))


HISTORIAN, READING, TALK = (
    Datum("historian", "wife"),
    Datum("interpretation", "71046"),
    Datum("discussion", "surgeon"),
)


def test_every_kind_has_one_row_and_every_row_is_a_kind() -> None:
    release = in_force("visit_levels", DAY)
    problems = [row.code for row in rows(release, visit_grid.PROBLEMS, visit_grid.ProblemRow)]
    risks = [row.code for row in rows(release, visit_grid.RISK, visit_grid.RiskRow)]
    assert problems == list(get_args(ProblemKind))
    assert risks == list(get_args(RiskKind))


@pytest.mark.parametrize(
    ("found", "level"),
    [
        ((), "straightforward"),
        (plain_tests(1), "straightforward"),
        (plain_tests(2), "low"),
        ((HISTORIAN,), "low"),  # a category of its own at low
        ((*plain_tests(1), HISTORIAN), "low"),
        ((*plain_tests(2), HISTORIAN), "moderate"),  # 2 + 1 = 3 of 3: counted among the pieces
        (plain_tests(3), "moderate"),
        (plain_tests(9), "moderate"),  # one category, however many
        ((READING,), "moderate"),
        ((TALK,), "moderate"),
        ((READING, Datum("interpretation", "93010")), "moderate"),  # both of category 2
        ((READING, TALK), "high"),
        ((*plain_tests(3), READING), "high"),
        ((*plain_tests(2), HISTORIAN, TALK), "high"),
        ((*plain_tests(2), TALK), "moderate"),
        ((HISTORIAN, Datum("historian", "son"), *plain_tests(1)), "low"),  # 1 + 1 = 2 of 3
    ],
)
def test_the_level_of_the_data_by_categories(found: tuple[Datum, ...], level: str) -> None:
    assert data_cell(*found).level == level


def test_the_reason_names_the_categories_that_were_met() -> None:
    assert data_cell(*plain_tests(3), TALK).reason == (
        "category 1: 3 pieces of 3 needed and category 3: discussion with an outside professional"
    )
    assert data_cell(*plain_tests(1)).reason == "less than low needs: category 1: 1 piece"


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (
            Datum("test", "93000", reports="reading"),
            "its reading is billed by the same practitioner",
        ),
        (
            Datum("interpretation", "80053"),
            "a result that nobody reads on its own cannot be read independently",
        ),
        (
            Datum("test", "80053", ordered="earlier visit"),
            "its review was counted with the order, at the earlier visit",
        ),
        (
            Datum("note", "partner", same_group=True),
            "of one's own group and specialty, so not from outside",
        ),
    ],
)
def test_what_does_not_count_says_why(one: Datum, why: str) -> None:
    (left,) = data_cell(one).not_counted
    assert left.endswith(f": {why}")


def test_a_panel_is_one_test_and_a_repeated_test_is_one() -> None:
    sodium, potassium = (Datum("test", one, panel="80048") for one in ("sodium", "potassium"))
    cell = data_cell(sodium, potassium, Datum("test", "80048"), Datum("test", "83036"))
    assert cell.counted == ("test sodium, of the panel 80048", "test 83036")
    assert cell.not_counted == (
        "test potassium, of the panel 80048: already counted",
        "test 80048: already counted",
    )


def test_a_test_ordered_and_read_counts_twice_and_says_that_this_is_contested() -> None:
    cell = data_cell(*plain_tests(2), Datum("test", "71046"), READING)
    assert (cell.level, len(cell.contested)) == ("high", 1)


def test_two_minor_or_stable_problems_rise_and_two_simple_ones_do_not() -> None:
    for kind, one, two in (
        ("minor", "straightforward", "low"),
        ("chronic-stable", "low", "moderate"),
        ("acute-uncomplicated", "low", "low"),
        ("chronic-worse", "moderate", "moderate"),
    ):
        first, second = Problem(kind, "first"), Problem(kind, "second")  # type: ignore[arg-type]
        assert em_grid.problems((first,), DAY).level == one
        assert em_grid.problems((first, second), DAY).level == two
        assert em_grid.problems((first, first), DAY).level == one  # named twice, it is one


def test_no_problem_addressed_is_said_so() -> None:
    cell = em_grid.problems((Problem("threat", "stroke", "neurology manages it"),), DAY)
    assert (cell.level, cell.reason) == ("straightforward", "no problem was addressed")
    assert cell.not_counted == ("stroke: neurology manages it",)


def test_the_riskiest_decision_gives_the_risk_and_older_examples_are_contested() -> None:
    cell = em_grid.risk(
        (RiskDecision("over-the-counter", "ibuprofen"), RiskDecision("hospital", "admitted")), DAY
    )
    assert (cell.level, cell.counted) == ("high", ("admitted (hospital)",))
    assert cell.not_counted == ("ibuprofen: low, lower",)
    assert cell.contested == ()
    assert len(em_grid.risk((RiskDecision("therapy", "physical"),), DAY).contested) == 1


def test_only_the_practitioner_s_own_minutes_of_the_day_count() -> None:
    spent = tuple(Spent(10, of, of) for of in get_args(TimeOf))
    time = em_grid.worked_time(spent)
    assert (time.minutes, len(time.not_counted)) == (10, 5)
