"""A stay's price, each figure worked by hand beside it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.pricing.inpatient import medicare_pays, price_stay
from codinglab.pricing.inpatient_bill import StayBill
from codinglab.pricing.inpatient_rates import hospital, rates_on
from codinglab.pricing.price import Price

DAY = date(2026, 5, 10)


def bill(drg: str, days: int = 4, status: str = "01", **more: object) -> StayBill:
    return StayBill(drg, DAY, days, status, more.pop("charges", None), **more)


def amounts(price: Price) -> dict[str, str]:
    return {step.what: f"{step.amount:.2f}" for step in price.steps}


def test_a_plain_stay_is_weight_times_the_wage_adjusted_rates() -> None:
    # Wage index 1: operating 6752.61 (labour share 0.62: 4186.62 x 1 + 2565.99), capital 524.15.
    # MS-DRG 194 weighs 0.8059: 6752.61 x 0.8059 = 5441.93; 524.15 x 0.8059 = 422.41.
    price = price_stay(bill("194"), "riverbend")
    assert amounts(price) == {
        "wage-adjusted amount": "6752.61",
        "operating payment": "5441.93",
        "low-income patients": "114.28",  # 0.25 x 0.0840 x 5441.93
        "capital rate where the hospital is": "524.15",
        "capital payment": "422.41",
        "capital low-income patients": "17.32",  # 0.0410 x 422.41
        "cut for a transfer": "0.00",
        "uncompensated care": "287.15",
        "outlier payment": "0.00",
        "value-based purchasing": "-11.73",  # (0.997845 - 1) x 5441.93
        "readmissions": "-48.43",  # (0.9911 - 1) x 5441.93
        "hospital-acquired conditions": "-62.23",  # -0.01 x 6222.93
    }
    # 5441.93 + 114.28 + 422.41 + 17.32 + 287.15 - 11.73 - 48.43 = 6222.93; less 62.23 = 6160.70
    assert price.amount == Decimal("6160.70")


def test_wages_above_the_average_move_the_greater_share() -> None:
    # 6752.61 x 0.66 = 4456.72; 4456.72 x 1.2245 + 2295.89 = 7753.14
    price = price_stay(bill("470"), "metro")
    first = price.steps[0]
    assert first.how == "4,456.72 x 1.2245 + 2,295.89"
    assert f"{first.amount:.2f}" == "7753.14"


def test_wages_below_the_average_move_the_lesser_share() -> None:
    # 6752.61 x 0.62 = 4186.62; 4186.62 x 0.9312 + 2565.99 = 6464.57
    first = price_stay(bill("470"), "lakeside").steps[0]
    assert first.how == "4,186.62 x 0.9312 + 2,565.99"
    assert f"{first.amount:.2f}" == "6464.57"


def test_the_geographic_factor_has_four_decimals() -> None:
    # 0.9312^0.6848 = e^(0.6848 x ln 0.9312) = e^(0.6848 x -0.07128) = e^-0.04881 = 0.9524
    found = {step.what: step for step in price_stay(bill("470"), "lakeside").steps}
    assert found["capital rate where the hospital is"].how == (
        "524.15 x 0.9524 (wage index 0.9312^0.6848)"
    )


def test_a_teaching_hospital_has_more() -> None:
    # operating 7753.144 x 1.9289 = 14955.04 (wage index 1.2245)
    # 1.35 x (1.35^0.405 - 1) = 1.35 x (1.1292372 - 1) = 0.1744702; 14955.04 x 0.1744702 = 2609.21
    # capital 524.15 x 1.1488 x 1.9289 = 1161.47; e^(0.2822 x 0.25) - 1 = 0.07310: 84.90
    found = amounts(price_stay(bill("470"), "metro"))
    assert (found["operating payment"], found["teaching"]) == ("14955.04", "2609.21")
    assert (found["capital payment"], found["capital teaching"]) == ("1161.47", "84.90")
    assert found["low-income patients"] == "598.20"  # 0.25 x 0.16 x 14955.04


@pytest.mark.parametrize("days", [1, 2, 9])
def test_a_short_mean_stay_leaves_nothing_to_cut(days: int) -> None:
    # 470 has a mean stay of 1.9 days: (1 + 1) / 1.9 is above 1; 6464.57 x 1.9289 = 12469.51
    found = amounts(price_stay(bill("470", days, "06"), "lakeside"))
    assert found["operating payment"] == "12469.51"
    assert "operating payment of a transfer" not in found


def test_a_post_acute_transfer_is_paid_by_the_day() -> None:
    # 871 has a mean stay of 4.8 days: after 2 days (2 + 1) / 4.8 = 0.625
    # operating 6464.57 x 1.9425 = 12557.43, x 0.625 = 7848.39
    # capital 499.20 x 1.9425 = 969.70, x 0.625 = 606.06; together 8454.45
    price = price_stay(bill("871", 2, "03"), "lakeside")
    found = amounts(price)
    assert found["operating payment of a transfer"] == "7848.39"
    assert found["capital payment of a transfer"] == "606.06"
    assert price.amount == Decimal("8454.45")


def test_a_stay_a_day_shorter_than_the_mean_has_the_whole_payment() -> None:
    # (4 + 1) / 4.8 is above 1
    assert price_stay(bill("871", 4, "03"), "lakeside").amount == Decimal("13527.13")
    assert price_stay(bill("871", 4, "01"), "lakeside").amount == Decimal("13527.13")


def test_a_special_pay_drg_has_half_at_once() -> None:
    # 522 has a mean stay of 4.0 days: after 1 day 0.5 + 0.5 x (1 + 1) / 4.0 = 0.75
    # operating 6752.61 x 2.1177 = 14300.00, x 0.75 = 10725.00
    found = amounts(price_stay(bill("522", 1, "06"), "riverbend"))
    assert found["operating payment of a transfer"] == "10725.00"
    assert found["capital payment of a transfer"] == "832.49"  # 524.15 x 2.1177 x 0.75


def test_special_pay_does_not_hold_for_a_transfer_to_another_acute_hospital() -> None:
    # (1 + 1) / 4.0 = 0.5 of 14300.00
    found = amounts(price_stay(bill("522", 1, "02"), "riverbend"))
    assert found["operating payment of a transfer"] == "7150.00"


@pytest.mark.parametrize(
    ("drg", "days", "status", "codes", "how"),
    [
        ("871", 1, "01", (), "status 01 is no transfer"),
        ("871", 1, "20", (), "status 20 is no transfer"),
        ("871", 1, "61", (), "status 61 is no transfer"),
        ("789", 1, "02", (), "MS-DRG 789 is paid whole"),
        ("313", 1, "03", (), "MS-DRG 313 is not in the post-acute policy"),
        ("871", 1, "06", ("42",), "condition code 42 or 43: no transfer"),
        ("871", 1, "06", ("43",), "condition code 42 or 43: no transfer"),
        ("871", 4, "06", (), "(4 + 1 days) / 4.8 days is at least the whole"),
    ],
)
def test_why_nothing_is_cut_is_said(
    drg: str, days: int, status: str, codes: tuple[str, ...], how: str
) -> None:
    price = price_stay(bill(drg, days, status, condition_codes=codes), "lakeside")
    assert {step.what: step.how for step in price.steps}["cut for a transfer"] == f"none, {how}"


@pytest.mark.parametrize("status", ["02", "66", "82", "94"])
def test_other_acute_and_critical_access_hospitals_are_transfers_of_any_drg(status: str) -> None:
    found = amounts(price_stay(bill("871", 1, status), "lakeside"))
    assert found["operating payment of a transfer"] == "5232.26"  # 12557.43 x 2 / 4.8


def test_condition_codes_of_home_care_do_not_help_a_nursing_facility() -> None:
    found = amounts(price_stay(bill("871", 1, "03", condition_codes=("42",)), "lakeside"))
    assert found["operating payment of a transfer"] == "5232.26"


def test_an_outlier_pays_80_of_100_of_the_cost_above_the_threshold() -> None:
    # 194 at lakeside: operating 6464.57 x 0.8059 = 5209.80, capital 499.20 x 0.8059 = 402.31
    # cost 300,000 x 0.275 = 82,500 operating and x 0.021 = 6,300 capital
    # fixed loss 40,397, operating: 0.62 x 0.9312 + 0.38 = 0.957344; 40,397 x 0.957344 = 38673.83;
    #   its share 0.275 / 0.296 is 35930.07; capital: 40,397 x 0.9524 x 0.021 / 0.296 = 2729.58
    # threshold 5209.80 + 35930.07 + 402.31 + 2729.58 = 44271.76
    # 0.8 x (82500 - 41139.87 + 6300 - 3131.89) = 0.8 x 44528.24 = 35622.59
    price = price_stay(bill("194", charges=Decimal(300000)), "lakeside")
    found = amounts(price)
    assert found["cost of the stay"] == "88800.00"
    assert found["outlier threshold"] == "44271.76"
    assert found["outlier payment"] == "35622.59"
    assert price.amount == Decimal("41234.70")  # 5209.80 + 402.31 + 35622.59


def test_a_cost_below_the_threshold_is_no_outlier() -> None:
    # 149,000 x 0.296 = 44104.00 is below 44271.76; 150,000 x 0.296 = 44400.00 is above
    below = amounts(price_stay(bill("194", charges=Decimal(149000)), "lakeside"))
    above = amounts(price_stay(bill("194", charges=Decimal(150000)), "lakeside"))
    assert below["outlier payment"] == "0.00"
    assert above["outlier payment"] == "102.59"  # 0.8 x 128.24


def test_burns_have_90_of_100() -> None:
    found = price_stay(bill("935", charges=Decimal(900000)), "lakeside").steps[-1]
    assert found.how.startswith("0.90 x (")


def test_the_fixed_loss_of_a_transfer_is_cut_as_the_payment_is() -> None:
    # the whole threshold less payments is 38659.66; (2 + 1) / 4.8 of it 24162.29
    found = {
        step.what: step.how
        for step in price_stay(bill("871", 2, "03", charges=Decimal(1)), "lakeside").steps
    }
    assert found["outlier threshold"] == "payments 8,454.45 + fixed loss 24,162.29"


def test_unknown_charges_are_said_and_not_guessed() -> None:
    last = price_stay(bill("194"), "lakeside").steps[-1]
    assert last.how == "not judged: the charges are not known"


def test_medicare_pays_less_the_patients_share_and_sequestration() -> None:
    # 13432.42 - 1736.00 = 11696.42; 2 % of it 233.93; 11462.49 are left
    price = price_stay(bill("470"), "lakeside")
    assert price.amount == Decimal("13432.42")
    paid = medicare_pays(price, Decimal(1736), Decimal(0), DAY)
    assert paid.amount == Decimal("11462.49")
    assert [step.what for step in paid.steps] == ["after the patient's share", "sequestration"]


def test_a_deductible_above_the_price_leaves_nothing() -> None:
    price = Price(Decimal("1000.00"), ())
    assert medicare_pays(price, Decimal(1736), Decimal(0), DAY).amount == Decimal("0.00")


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        bill("470", 0)
    with pytest.raises(ValueError, match="not negative"):
        bill("470", charges=Decimal(-1))
    with pytest.raises(ValueError, match="not negative"):
        medicare_pays(Price(Decimal(1), ()), Decimal(-1), Decimal(0), DAY)


def test_an_unknown_hospital_names_the_table() -> None:
    with pytest.raises(NotInTable) as refused:
        price_stay(bill("470"), "general")
    assert str(refused.value) == (
        "general is not in this lab's table (teaching_hospitals 2026) on 2026-05-10; "
        "it has lakeside, metro, riverbend"
    )


@pytest.mark.parametrize("day", [date(2025, 9, 30), date(2026, 10, 1)])
def test_a_day_outside_the_fiscal_year_has_no_rates(day: date) -> None:
    with pytest.raises(NotInForce, match="ipps_rates: nothing in force on"):
        price_stay(StayBill("470", day, 2, "01", None), "lakeside")


def test_every_figure_says_its_source() -> None:
    assert all(row.source for row in rates_on(DAY).rows.values())
    assert hospital("metro", DAY).label.startswith("Metro Teaching Hospital")


@given(
    drg=st.sampled_from(["194", "470", "522", "789", "871", "935"]),
    days=st.integers(1, 90),
    status=st.sampled_from(["01", "02", "03", "06", "20"]),
    charges=st.decimals(0, 5_000_000, places=2),
    place=st.sampled_from(["lakeside", "metro", "riverbend"]),
)
def test_a_longer_or_dearer_stay_never_pays_less(
    drg: str, days: int, status: str, charges: Decimal, place: str
) -> None:
    one = price_stay(bill(drg, days, status, charges=charges), place).amount
    longer = price_stay(bill(drg, days + 1, status, charges=charges), place).amount
    dearer = price_stay(bill(drg, days, status, charges=charges + 1000), place).amount
    assert Decimal(0) <= one <= dearer
    if not charges:  # with charges, a longer transfer raises the outlier threshold too
        assert longer >= one
