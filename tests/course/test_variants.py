"""A variant is (case, number): a fixed shuffle in which every possible record stands once."""

from collections.abc import Callable
from itertools import product

import pytest
from made_up import CASE

from codinglab.core.tables import BadData
from codinglab.course.variants import all_variants, records, variant

SLUG = "diabetes-kidney-follow-up"
Write = Callable[..., str]


def forbid(rule: str) -> str:
    return CASE.replace("surface:", f"forbid: [{rule}]\nsurface:")


def combinations(slug: str) -> set[tuple[str, ...]]:
    return {tuple(one.fact.values()) for one in all_variants(slug)}


EVERY = set(product(["right", "left"], ["insulin", "oral", "none"], ["normal", "high"]))


def test_every_possible_record_stands_exactly_once(write: Write) -> None:
    slug = write()
    assert len(records(slug)) == 12
    assert combinations(slug) == EVERY


def test_the_first_variants_of_a_family_never_change() -> None:
    # A trainee's number must mean the same record in every release of the lab.
    assert [tuple(variant(SLUG, number).fact.values()) for number in (1, 2, 3)] == [
        ("4", "both", "no", "at goal"),
        ("3b", "insulin", "yes", "high"),
        ("3b", "oral", "yes", "high"),
    ]


def test_the_family_has_as_many_variants_as_its_facts_have_combinations() -> None:
    assert len(all_variants(SLUG)) == 3 * 3 * 2 * 2


def test_the_surface_of_a_variant_never_changes() -> None:
    said = [variant(SLUG, number).record["patient"]["name"] for number in (1, 2, 3)]
    assert said == ["Dolores Ibarra", "Raymond Osei", "Dolores Ibarra"]


def test_the_record_names_the_date_of_service() -> None:
    assert str(variant(SLUG, 1).record["service_date"]) == "2026-02-11"


def test_the_chart_is_the_same_each_time() -> None:
    assert variant(SLUG, 5).chart == variant(SLUG, 5).chart


def test_numbers_are_dealt_in_another_order_than_the_facts_are_listed(write: Write) -> None:
    listed = list(product(["right", "left"], ["insulin", "oral", "none"], ["normal", "high"]))
    assert [tuple(one.fact.values()) for one in all_variants(write())] != listed


def test_what_a_rule_forbids_is_left_out(write: Write) -> None:
    slug = write(case_yml=forbid("{drug: oral, side: left}"))
    gone = {("left", "oral", "normal"), ("left", "oral", "high")}
    assert combinations(slug) == EVERY - gone


def test_a_bar_in_a_rule_forbids_either_value(write: Write) -> None:
    slug = write(case_yml=forbid("{drug: insulin|oral, pressure: high}"))
    assert EVERY - combinations(slug) == set(
        product(["right", "left"], ["insulin", "oral"], ["high"])
    )


def test_each_of_several_rules_holds(write: Write) -> None:
    slug = write(case_yml=forbid("{side: left}, {pressure: high}"))
    assert combinations(slug) == {("right", drug, "normal") for drug in ("insulin", "oral", "none")}


def test_the_kept_records_are_numbered_without_gaps(write: Write) -> None:
    slug = write(case_yml=forbid("{side: left}"))
    assert [one.number for one in all_variants(slug)] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("rule", ["{colour: red}", "{side: middle}", "{side: left|middle}"])
def test_a_rule_about_what_is_no_fact_is_refused(rule: str, write: Write) -> None:
    slug = write(case_yml=forbid(rule))
    with pytest.raises(
        BadData, match=r"^curriculum/cases/made-up-knee/case\.yml: forbid: .* is no"
    ):
        records(slug)


@pytest.mark.parametrize("number", [0, -1, 13])
def test_a_number_outside_the_family_is_told_with_its_range(number: int, write: Write) -> None:
    slug = write()
    with pytest.raises(BadData) as caught:
        variant(slug, number)
    assert str(caught.value) == (
        f"case made-up-knee has variants 1 to 12; there is no variant {number}"
    )
