"""Shares of the amount by modifier; every code here is worth 100 dollars."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from toy_schedule import DAY, PHYSICIAN, TERMS, amounts, code, dollars, lines, prices, toy

from codinglab.encounter.circumstances import Practitioner
from codinglab.pricing.physician import price


@pytest.mark.parametrize(
    ("modifier", "paid"),
    [
        ("80", "16.00"),  # 100 x 0.16
        ("81", "16.00"),
        ("82", "16.00"),
        ("AS", "13.60"),  # 100 x 0.16 x 0.85
        ("62", "62.50"),
        ("54", "80.00"),  # 0.09 before and 0.71 within
        ("55", "20.00"),
        ("56", "0.00"),
        ("78", "71.00"),
        ("79", "100.00"),
        ("58", "100.00"),
        ("22", "100.00"),
        ("51", "100.00"),
    ],
)
def test_the_share_of_each_modifier(tmp_path: Path, modifier: str, paid: str) -> None:
    said = {"global_days": "090", "preoperative": "0.09", "intraoperative": "0.71"}
    home = toy(tmp_path, code("A0001", "10", postoperative="0.20", **said))
    assert amounts(home, f"A0001-{modifier}") == dollars(paid)


def test_an_assistant_who_is_not_a_physician_is_reduced_once(tmp_path: Path) -> None:
    home = toy(tmp_path, code("A0001", "10"))
    other = replace(PHYSICIAN, practitioner=Practitioner("nonphysician practitioner"))
    (found,) = price(lines("A0001-AS"), other, TERMS, DAY, home)
    assert found.price is not None
    assert found.price.amount == dollars("13.60")[0]


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("A0001-66", "by report"),
        ("A0001-52", "by report"),
        ("A0001-53", "by report"),
        ("A0002-66", "nothing"),
        ("A0002-62", "nothing"),
        ("A0002-80", "nothing"),
        ("A0003-54", "unknown"),
    ],
)
def test_what_has_no_share_says_why(tmp_path: Path, line: str, outcome: str) -> None:
    home = toy(
        tmp_path,
        code("A0001", "10"),
        code("A0002", "10", assistant="1", co_surgeons="0", team="0"),
        code("A0003", "10", global_days="000"),
    )
    (found,) = prices(home, line)
    assert found.outcome == outcome
    assert found.said.startswith(("A000", "a team", "a second surgeon", "an assistant"))


def test_what_needs_documents_is_priced_with_a_note(tmp_path: Path) -> None:
    home = toy(tmp_path, code("A0001", "10", assistant="0", co_surgeons="1"))
    second, assistant = prices(home, "A0001-62", "A0001-80")
    assert second.notes == (
        "a second surgeon (62) for A0001: paid only if the record shows the need",
    )
    assert assistant.notes == (
        "an assistant at surgery for A0001: paid only if the record shows the need",
    )


def test_reductions_multiply_and_are_rounded_once(tmp_path: Path) -> None:
    home = toy(tmp_path, code("A0001", "1.0333", bilateral="1"))
    # 10.333 x 1.5 = 15.4995; x 0.625 = 9.6871875; x 0.95 = 9.202828125 -> 9.20
    terms = replace(TERMS, participating=False)
    (found,) = prices(home, "A0001-50-62", terms=terms)
    assert found.price is not None
    assert found.price.amount == dollars("9.20")[0]
    assert [str(step.amount) for step in found.price.steps] == [
        "10.3330",
        "15.499500",
        "9.687187500",
        "9.20282812500",
    ]


def test_restricted_coverage_is_noted(tmp_path: Path) -> None:
    (found,) = prices(toy(tmp_path, code("A0001", "10", status="R")), "A0001")
    assert found.notes == ("A0001: restricted coverage, paid only where special rules are met",)


@pytest.mark.parametrize(
    ("column", "value"), [("multiple", "1"), ("bilateral", "7"), ("assistant", "?")]
)
def test_an_indicator_that_no_rule_knows_is_named(tmp_path: Path, column: str, value: str) -> None:
    home = toy(tmp_path, code("A0001", "10", **{column: value}))
    (found,) = prices(home, "A0001")
    assert found.price is None
    assert found.said.startswith(f"A0001: the indicator {column} is {value!r} (toy);")


def test_a_payable_code_without_values_is_priced_by_report(tmp_path: Path) -> None:
    (found,) = prices(toy(tmp_path, code("A0001", "0", status="R")), "A0001")
    assert (found.price, found.outcome) == (None, "by report")
    assert found.said == ("A0001 has no values, so that the contractor prices it: status R (toy)")


@pytest.mark.parametrize(
    ("line", "one", "other"),
    [
        ("A0001-54-55", "54", "55"),
        ("A0001-62-80", "62", "80"),
        ("A0001-AS-66", "66", "AS"),
        ("A0001-26-TC", "26", "TC"),
        ("A0001-58-78", "58", "78"),
    ],
)
def test_modifiers_that_contradict_each_other_have_no_price(
    tmp_path: Path, line: str, one: str, other: str
) -> None:
    (found,) = prices(toy(tmp_path, code("A0001", "10", global_days="090")), line)
    assert (found.price, found.outcome) == (None, "unknown")
    assert found.said.startswith(
        f"A0001: {one} and {other} on one line contradict each other; keep the true one, or write"
    )


def test_a_place_without_a_rate_lists_those_that_have_one(tmp_path: Path) -> None:
    terms = replace(TERMS, place_of_service="05")
    (found,) = prices(toy(tmp_path, code("A0001", "10")), "A0001", terms=terms)
    assert found.said.startswith(
        "no rate is stated for place of service 05 (pfs_factors 2025); it has 01, 02, 03, 04, 09,"
    )
