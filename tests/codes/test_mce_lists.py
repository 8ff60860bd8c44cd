from datetime import date

import pytest

from codinglab.codes.icd10cm import open_table
from codinglab.codes.mce_lists import MceList, ages, on_list
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("newborn", 0, 0), ("pediatric", 0, 17), ("maternity", 9, 64), ("adult", 15, 124)],
)
def test_ages_of_the_lists(name: MceList, first: int, last: int) -> None:
    found = ages(name, DAY)
    assert (found.first, found.last) == (first, last)


def test_a_list_of_another_kind_has_no_ages() -> None:
    with pytest.raises(NotInTable, match="female is not in this lab's table"):
        ages("female", DAY)


@pytest.mark.parametrize(
    ("code", "name", "listed"),
    [
        *(("Z38.00", "newborn", True), ("P22.1", "newborn", False)),
        *(("Z00.129", "pediatric", True), ("Z00.00", "pediatric", False)),
        *(("O80", "maternity", True), ("Z37.0", "maternity", True)),
        *(("Z00.00", "adult", True), ("z0000", "adult", True)),
        *(("N40.1", "male", True), ("N83.201", "female", True), ("I10", "male", False)),
        *(("D63.1", "manifestation", True), ("N18.6", "manifestation", False)),
    ],
)
def test_a_code_is_on_the_list_by_itself_or_by_a_header(
    code: str, name: MceList, listed: bool
) -> None:
    assert on_list(code, name, DAY) is listed


@pytest.mark.parametrize(
    ("name", "count"),
    [
        *(("newborn", 42), ("pediatric", 125), ("maternity", 2543), ("adult", 856)),
        ("manifestation", 422),
    ],
)
def test_as_many_codes_as_the_editor_itself_holds_to_it(name: MceList, count: int) -> None:
    codes = [code for code, _ in open_table(DAY).billable_rows()]
    assert sum(on_list(code, name, DAY) for code in codes) == count


@pytest.mark.parametrize("day", [date(2025, 9, 30), date(2026, 10, 1)])
def test_other_years_are_not_known(day: date) -> None:
    with pytest.raises(NotInForce, match=f"mce_lists: nothing in force on {day}"):
        on_list("I10", "male", day)
