"""The lists that rules on services ask for hold starter codes, and name their sources."""

from datetime import date
from typing import get_args

import pytest

from codinglab.codes import billing, modifiers, procedures, service_lists
from codinglab.codes.release import in_force, rows
from codinglab.codes.service_lists import ListName, MemberRow, members
from codinglab.core.dates import NotInForce

DAY = date(2026, 3, 2)
ROWS = rows(in_force("service_lists", DAY), service_lists.MEMBERS, MemberRow)
NAMES: tuple[ListName, ...] = get_args(ListName)


def test_every_list_has_members_and_every_row_a_source() -> None:
    assert [name for name in NAMES if not members(name, DAY)] == []
    assert [row.code for row in ROWS if not row.source] == []


def test_no_code_stands_twice_on_a_list() -> None:
    pairs = [(row.list, row.code) for row in ROWS]
    assert sorted(set(pairs)) == sorted(pairs)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.list}: {row.code}")
def test_every_member_is_in_the_lab_s_tables(row: MemberRow) -> None:
    if row.list.endswith("modifier"):
        assert modifiers.find(row.code, DAY).code == row.code
    elif row.list.endswith("place"):
        assert billing.place_of_service(row.code, DAY).code == row.code
    else:
        assert procedures.find(row.code, DAY).code == row.code


def test_the_lists_of_new_and_established_patients_share_no_code() -> None:
    assert members("new patient", DAY) & members("established patient", DAY) == frozenset()


def test_a_modifier_does_not_both_price_and_inform() -> None:
    assert members("pricing modifier", DAY) & members("informational modifier", DAY) == frozenset()


@pytest.mark.parametrize(
    "bands",
    [
        ("99381", "99382", "99383", "99384", "99385", "99386", "99387"),
        ("99391", "99392", "99393", "99394", "99395", "99396", "99397"),
    ],
)
def test_the_age_bands_of_check_ups_follow_one_another_without_a_gap(
    bands: tuple[str, ...],
) -> None:
    found = [service_lists.ages(DAY)[code] for code in bands]
    assert found[0].youngest == 0
    assert [one.youngest for one in found[1:]] == [(one.oldest or 0) + 1 for one in found[:-1]]
    assert [one.oldest for one in found][-1] is None


def test_the_global_periods_are_0_10_and_1_before_with_90_after() -> None:
    found = service_lists.periods(DAY)
    assert {kind: (one.before, one.after) for kind, one in found.items()} == {
        "000": (0, 0),
        "010": (0, 10),
        "090": (1, 90),
    }


def test_prevention_beside_complexity_counts_from_2025_on() -> None:
    assert members("allows complexity beside 25", date(2024, 12, 31)) == frozenset()
    assert "G0008" in members("allows complexity beside 25", date(2025, 1, 1))


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2027, 1, 1)])
def test_a_day_without_lists_is_refused(day: date) -> None:
    with pytest.raises(NotInForce, match="service_lists: nothing in force on"):
        members("office visit", day)


def test_every_conflict_is_between_two_known_modifiers_and_names_who_says_so() -> None:
    for one in service_lists.conflicts(DAY):
        assert modifiers.find(one.one, DAY).code != modifiers.find(one.other, DAY).code
        assert one.source
