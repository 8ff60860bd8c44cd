"""Anesthesia: base and time units by the locality's factor."""

from datetime import date
from decimal import Decimal

import pytest

from codinglab.pricing.physician_anesthesia import Anesthesia, price_anesthesia
from codinglab.pricing.physician_schedule import schedule_on

MANHATTAN = schedule_on(date(2025, 3, 3), "13202-01", None)


def test_time_counts_in_tenths_of_a_unit() -> None:
    # 5 base + 50 / 15 = 3.33 -> 3.3 time; 8.3 x 22.76 = 188.908
    found = price_anesthesia(Anesthesia(5, 50, "AA"), MANHATTAN)
    assert found.amount == Decimal("188.91")
    assert found.steps[0].how == "(5 base + 50 / 15 = 3.3 time) x 22.76"
    assert found.steps[0].source == "pfs_indices 2025, 13202-01 Manhattan"


@pytest.mark.parametrize("role", ["QK", "QX", "QY"])
def test_direction_halves_the_amount(role: str) -> None:
    # (5 + 60 / 15 = 4.0) x 22.76 x 0.5 = 102.42
    assert price_anesthesia(Anesthesia(5, 60, role), MANHATTAN).amount == Decimal("102.42")


def test_supervision_of_more_than_four_pays_three_units_and_one_at_induction() -> None:
    absent = price_anesthesia(Anesthesia(5, 60, "AD", at_induction=False), MANHATTAN)
    present = price_anesthesia(Anesthesia(5, 60, "AD", at_induction=True), MANHATTAN)
    assert (absent.amount, present.amount) == (Decimal("68.28"), Decimal("91.04"))


@pytest.mark.parametrize(("qualifying", "paid"), [(False, "184.48"), (True, "185.40")])
def test_2026_has_two_national_factors(qualifying: bool, paid: str) -> None:
    # 9 units x 20.4976 = 184.4784; x 20.5998 = 185.3982
    schedule = schedule_on(date(2026, 3, 2), "13202-01", qualifying, "teaching")
    found = price_anesthesia(Anesthesia(5, 60, "QZ"), schedule, "teaching")
    assert found.amount == Decimal(paid)
    assert "national; made-up schedule" in found.steps[0].source


def test_what_is_not_stated_is_refused() -> None:
    with pytest.raises(ValueError, match="state both"):
        Anesthesia(5, 0, "AA")
    with pytest.raises(ValueError, match="'P3' is no role"):
        Anesthesia(5, 10, "P3")
    with pytest.raises(ValueError, match="present at induction"):
        Anesthesia(5, 10, "AD")
