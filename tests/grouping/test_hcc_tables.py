"""The tables of a year are those that the release names, and fit each other."""

from decimal import Decimal

import pytest

from codinglab.grouping.hcc_tables import Tables, tables

EVERY = [(2025, "V24"), (2025, "V28"), (2026, "V28"), (2026, "RxHCC"), (2027, "V28")]


@pytest.mark.parametrize(
    ("year", "model", "codes", "categories"),
    [
        (2025, "V24", 9_855, 86),
        (2025, "V28", 7_810, 115),
        (2026, "V28", 8_037, 115),
        (2026, "RxHCC", 5_404, 84),
        (2027, "V28", 8_019, 115),
    ],
)
def test_how_many_codes_and_categories_a_model_has(
    year: int, model: str, codes: int, categories: int
) -> None:
    found = tables(year, model)
    assert len(found.categories) == codes
    assert len({one for each in found.categories.values() for one in each}) == categories


def coefficient_of(found: Tables, prefix: str, category: str) -> Decimal | None:
    kind = "rxhcc" if found.model == "RxHCC" else "hcc"
    return found.coefficients.get(f"{prefix}{kind}{category}")


@pytest.mark.parametrize(("year", "model"), EVERY)
def test_every_category_has_a_title_and_a_coefficient_in_each_community_segment(
    year: int, model: str
) -> None:
    found = tables(year, model)
    prefixes = (
        ("rx_ce_nolowaged_", "rx_ce_nolownoaged_", "rx_ce_lowaged_", "rx_ce_lownoaged_")
        if model == "RxHCC"
        else ("cna_", "cnd_", "cfa_", "cfd_", "cpa_", "cpd_")
    )
    for category in {one for each in found.categories.values() for one in each}:
        assert found.label(category)
        for prefix in prefixes:
            assert coefficient_of(found, prefix, category) is not None, (prefix, category)


@pytest.mark.parametrize(("year", "model"), EVERY)
def test_no_category_is_above_itself(year: int, model: str) -> None:
    found = tables(year, model)
    for category, above in found.above.items():
        assert category not in above
        for one in above:
            assert category not in found.above.get(one, ())


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_hierarchy_of_heart_failure_is_whole_in_each_year(year: int) -> None:
    assert tables(year, "V28").above["226"] == ("221", "222", "223", "224", "225")


def test_the_coefficients_of_v28_are_the_same_in_three_years() -> None:
    first = tables(2025, "V28").coefficients
    assert first == tables(2026, "V28").coefficients == tables(2027, "V28").coefficients
    assert len(first) == 1_237
