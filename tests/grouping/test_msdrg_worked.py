"""Stays worked by hand: the DRG, the code that counts and the code that does not."""

import pytest
from worked_stays import WORKED, Worked

from codinglab.grouping.msdrg import group

NAMES = [f"{one.drg} {one.why[:60]}" for one in WORKED]


@pytest.mark.parametrize("one", WORKED, ids=NAMES)
def test_a_stay_has_the_drg_that_was_worked_by_hand(one: Worked) -> None:
    assert group(one.made).drg == one.drg


@pytest.mark.parametrize("one", WORKED, ids=NAMES)
def test_the_code_that_counts_and_the_one_that_does_not_are_named(one: Worked) -> None:
    found = group(one.made)
    assert [each.code for each in found.counted] == ([one.counts] if one.counts else [])
    said = [each for each in found.diagnoses if each.role in {"excluded", "defines"}]
    dropped = [each.code for each in said if not each.why.endswith("what defines this DRG")]
    assert one.dropped in [*dropped, ""]


def test_the_worked_stays_reach_every_mdc_and_both_classes() -> None:
    found = [group(one.made) for one in WORKED]
    assert {one.mdc for one in found} == {f"{number:02}" for number in range(1, 26)}
    assert {one.kind for one in found} == {
        "surgical",
        "medical",
        "",
    }  # blank: FY2027 is not in the table of classes
    assert len({one.version for one in found}) == 8
