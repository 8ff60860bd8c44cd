"""Normalization, coding adjustment and shares are those of the payment year, each with a source."""

from decimal import Decimal

import pytest

from codinglab.codes.release import NotInTable
from codinglab.grouping.hcc_factors import adjust, factor, factors


@pytest.mark.parametrize(
    ("year", "model", "normalization", "share"),
    [
        (2024, "V24", "1.146", "0.67"),
        (2024, "V28", "1.015", "0.33"),
        (2025, "V24", "1.153", "0.33"),
        (2025, "V28", "1.045", "0.67"),
        (2026, "V28", "1.067", "1.00"),
    ],
)
def test_the_factors_of_medicare_advantage(
    year: int, model: str, normalization: str, share: str
) -> None:
    row = factor(year, model, "MA")
    assert (row.normalization, row.share) == (Decimal(normalization), Decimal(share))
    assert (row.coding, row.checked) == (Decimal("0.059"), True)
    assert row.source == f"CMS CY{year} rate announcement"


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_the_shares_of_part_c_in_medicare_advantage_are_one_whole(year: int) -> None:
    shares = [one.share for one in factors(year) if one.plan == "MA" and one.model != "RxHCC"]
    assert sum(shares) == Decimal(1)


def test_a_raw_score_of_2024_is_adjusted_though_its_mapping_is_not_here() -> None:
    found = adjust(Decimal("1.522"), 2024, "V24", "MA")
    # 1.522 / 1.146 = 1.32810; 1.328 x 0.941 = 1.249648
    assert (str(found.normalized), str(found.payment)) == ("1.328", "1.250")


def test_each_step_is_rounded_to_three_decimals_half_up() -> None:
    found = adjust(Decimal("0.300"), 2026, "V28", "MA")
    # 0.300 / 1.067 = 0.281162 -> 0.281; 0.281 x 0.941 = 0.264421; rounded once it would be 0.265
    assert (str(found.normalized), str(found.payment)) == ("0.281", "0.264")


def test_a_factor_that_was_not_checked_says_so() -> None:
    assert adjust(Decimal("1.000"), 2025, "RxHCC", "PDP").as_text() == (
        "1.000 / 0.955 = 1.047 (factor not checked against the announcement) [CMS CY2025 rate "
        "announcement; no coding adjustment in Part D (Social Security Act 1853(a)(1)(C)(ii): "
        "Medicare Advantage alone)]"
    )


def test_a_model_that_does_not_pay_the_plan_names_those_that_do() -> None:
    with pytest.raises(NotInTable, match="payment year 2026 has V28 for MA, RxHCC for MA"):
        factor(2026, "V24", "MA")
