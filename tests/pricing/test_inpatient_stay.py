"""A grouped stay has a price, and what a changed code is worth is a difference of prices."""

from datetime import date
from decimal import Decimal

from codinglab.encounter.coded import Diagnosis
from codinglab.grouping.drg_what_if import drop, what_if, with_status
from codinglab.grouping.msdrg import group
from codinglab.grouping.stay import Stay
from codinglab.pricing.inpatient_stay import pays, price_grouped

STAY = Stay(
    admitted=date(2026, 5, 8),
    discharged=date(2026, 5, 10),
    age=71,
    sex="F",
    discharge_status="01",
    diagnoses=(
        Diagnosis("A41.9", "line 1", "Y"),
        Diagnosis("J96.01", "line 2", "Y"),
        Diagnosis("N39.0", "line 3", "Y"),
    ),
    procedures=(),
    reports_poa=True,
)


def test_a_grouped_stay_has_the_price_of_its_drg() -> None:
    # 871 weighs 1.9425: 6464.57 x 1.9425 = 12557.43 and 499.20 x 1.9425 = 969.70
    price = price_grouped(STAY, group(STAY), "lakeside", charges=None)
    assert price.amount == Decimal("13527.13")


def test_what_if_tells_the_money_of_a_code_and_of_a_transfer() -> None:
    # without J96.01 it is 872, weight 1.0233: (6464.57 + 499.20) x 1.0233 = 7126.03
    # to a nursing facility after 2 of 4.8 days: (2 + 1) / 4.8 of 13527.13 = 8454.45
    asked = [drop(STAY, "line 2"), with_status(STAY, "03")]
    first, without, moved = what_if(STAY, asked, pays("lakeside", charges=None))
    assert first.pay == Decimal("13527.13")
    assert (without.grouped.drg, without.pay_difference) == ("872", Decimal("-6401.10"))
    assert (moved.grouped.drg, moved.pay_difference) == ("871", Decimal("-5072.68"))
