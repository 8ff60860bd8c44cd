"""The explanation holds: a code said to change nothing changes nothing when it is dropped."""

from datetime import date

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


def roles(*diagnoses: str, **facts: object) -> dict[str, tuple[str, str]]:
    found = group(stay(*diagnoses, **facts))
    return {one.code: (one.role, one.why) for one in found.diagnoses}


def test_what_a_drg_is_made_of_is_not_also_its_mcc() -> None:
    # 280 asks for an infarction as any diagnosis of MDC 5; the MCC is the respiratory failure:
    # without it the stay is 282, though I21.4 stands on the list of MCCs
    assert group(stay("I48.0", "I21.4", "J96.01")).drg == "280"
    assert group(stay("I48.0", "I21.4")).drg == "282"
    assert roles("I48.0", "I21.4", "J96.01") == {
        "I48.0": ("principal", "principal diagnosis, of MDC 05"),
        "I21.4": (
            "defines",
            "a secondary diagnosis that this DRG asks for, and therefore not its MCC",
        ),
        "J96.01": ("counts", "the MCC that counts"),
    }


def test_a_cc_beside_an_mcc_is_told_what_it_would_do_alone() -> None:
    # pneumonia is split in three: a CC waits behind the MCC; sepsis in two: a CC never matters
    assert roles("J18.9", "J96.01", "N17.9")["N17.9"] == (
        "outweighed",
        "CC, but an MCC counts already",
    )
    assert roles("A41.9", "J96.01", "N17.9")["N17.9"] == (
        "outweighed",
        "CC, but this DRG asks only for an MCC",
    )


def test_a_cc_left_by_an_acquired_mcc_does_not_count_where_the_drg_asks_for_an_mcc() -> None:
    # 606 with MCC, 607 without: the open fracture with POA N is acquired (HAC 05), and the closed
    # fracture that is left is only a CC
    found = group(stay("L67.8", "S22.41XB:N", "S02.30XA"))
    assert (found.before_hospital_acquired, found.drg, found.counted) == ("606", "607", ())
    assert [one.role for one in found.diagnoses] == ["principal", "excluded", "outweighed"]
    assert "MS-DRG 606 before conditions that were not present" in found.as_text()


def test_the_weeks_of_a_newborn_make_its_drg() -> None:
    assert [group(stay("Z38.00", *codes, age=0)).drg for codes in ((), ("P07.38",))] == [
        "795",
        "792",
    ]
    assert roles("Z38.00", "P07.38", age=0)["P07.38"] == (
        "defines",
        "a secondary diagnosis that this DRG asks for",
    )


@pytest.mark.parametrize(
    ("diagnoses", "procedures", "lines"),
    [
        (
            ("I42.0",),
            ("02YA0Z0",),
            [
                (
                    "Category: none; procedures decide before the MDC (MDC 05, Diseases and "
                    "Disorders of the Circulatory System, by I42.0) is asked."
                ),
                "Class: surgical, by 02YA0Z0.",
                "Severity: no CC or MCC counts.",
            ],
        ),
        (
            ("B59", "B20"),
            (),
            [
                (
                    "Category: MDC 25, Human Immunodeficiency Virus Infections; B59 is a condition "
                    "related to HIV; with the diagnosis B20 it makes MDC 25."
                ),
                "Class: medical; there is no procedure.",
                "Severity: no CC or MCC counts.",
            ],
        ),
        (
            ("M17.11", "N17.9"),
            ("0SRC0J9",),
            [
                (
                    "Category: MDC 08, Diseases and Disorders of the Musculoskeletal System and "
                    "Connective Tissue, by the principal diagnosis M17.11."
                ),
                "Class: surgical, by 0SRC0J9.",
                "Severity: CC, but this DRG is not split by it.",
            ],
        ),
        (
            ("J18.9",),
            ("0BH17EZ",),
            [
                (
                    "Category: MDC 04, Diseases and Disorders of the Respiratory System, by the "
                    "principal diagnosis J18.9."
                ),
                "Class: medical; no procedure decides.",
                "Severity: no CC or MCC counts.",
            ],
        ),
    ],
)
def test_the_text_tells_the_steps_in_their_order(
    diagnoses: tuple[str, ...], procedures: tuple[str, ...], lines: list[str]
) -> None:
    text = group(stay(*diagnoses, procedures=procedures)).as_text().splitlines()
    assert [line.strip() for line in text[1 : 1 + len(lines)]] == lines


def test_the_class_is_not_told_for_a_year_that_the_table_lacks() -> None:
    later = group(stay("J18.9", discharged=date(2026, 10, 1)))
    assert (later.drg, later.kind) == ("195", "")
    assert "Class" not in later.as_text()
