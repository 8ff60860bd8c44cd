"""The explanation holds: a code said to change nothing changes nothing when it is dropped."""

import pytest
from made_stays import stay
from second_opinion import draw

from codinglab.grouping.drg_what_if import drop
from codinglab.grouping.msdrg import group

STAYS = range(500)
IDLE = {"nothing", "outweighed", "excluded"}


def test_dropping_a_code_that_changes_nothing_leaves_the_drg() -> None:
    wrong = []
    for seed in STAYS:
        made = draw(seed)
        found = group(made)
        wrong += [
            (seed, one.code, one.why)
            for one in (*found.diagnoses[1:], *found.procedures)
            if one.role in IDLE and group(drop(made, one.place).stay).drg != found.drg
        ]
    assert wrong == []


def test_dropping_what_counts_and_all_that_could_takes_the_severity_away() -> None:
    for seed in STAYS:
        made = draw(seed)
        found = group(made)
        less = made
        for one in found.diagnoses:
            if one.role in {"counts", "outweighed"}:
                less = drop(less, one.place).stay
        assert (group(less).drg != found.drg) == bool(found.counted), seed


def test_no_more_than_one_diagnosis_is_the_one_that_counts() -> None:
    assert {len(group(draw(seed)).counted) for seed in STAYS} == {0, 1}


@pytest.mark.parametrize(
    ("drg", "diagnoses", "procedures", "counted"),
    [
        ("981", ("K80.10", "E43", "E11.9"), ("0DBN0ZZ",), "E43"),
        ("982", ("K80.00", "K56.7"), ("0DBN0ZZ",), "K56.7"),
        ("713", ("N40.1", "L89.153:N", "R65.21"), ("0VT08ZZ",), "R65.21"),
    ],
)
def test_a_severity_that_the_grouper_does_not_mark_is_found_by_trying(
    drg: str, diagnoses: tuple[str, ...], procedures: tuple[str, ...], counted: str
) -> None:
    found = group(stay(*diagnoses, procedures=procedures, sex="M"))
    assert (found.drg, [one.code for one in found.counted]) == (drg, [counted])


def test_joints_that_decide_together_are_all_named() -> None:
    found = group(stay("M17.0", procedures=("0SRC0J9", "0SRD0J9", "02HV33Z")))
    assert found.drg == "462"
    assert [(one.role, one.why) for one in found.procedures] == [
        ("defines", "one of the procedures that decide this DRG together"),
        ("defines", "one of the procedures that decide this DRG together"),
        ("nothing", "does not decide this DRG"),
    ]
