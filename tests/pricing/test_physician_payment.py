"""Who pays: deductible, coinsurance, sequestration, and the limiting charge."""

from datetime import date
from decimal import Decimal

import pytest

from codinglab.pricing.physician_payment import limiting_charge, payment, unassigned
from codinglab.pricing.physician_schedule import schedule_on

SCHEDULE = schedule_on(date(2025, 3, 3), "13202-01", None)
ALLOWED = Decimal("101.06")


def test_sequestration_is_taken_after_deductible_and_coinsurance() -> None:
    # 101.06 - 20.21 = 80.85; 2 % of it is 1.617 -> 1.62; Medicare pays 79.23
    found = payment(ALLOWED, SCHEDULE, deductible_left=Decimal(0), shared=True)
    assert (found.deductible, found.coinsurance) == (Decimal("0.00"), Decimal("20.21"))
    assert (found.sequestered, found.medicare.amount) == (Decimal("1.62"), Decimal("79.23"))
    assert found.patient + found.sequestered + found.medicare.amount == ALLOWED


def test_the_deductible_comes_first() -> None:
    # 101.06 - 61.06 = 40.00; coinsurance 8.00; 32.00 - 0.64 = 31.36
    found = payment(ALLOWED, SCHEDULE, deductible_left=Decimal("61.06"), shared=True)
    assert (found.deductible, found.coinsurance) == (Decimal("61.06"), Decimal("8.00"))
    assert found.medicare.amount == Decimal("31.36")


def test_an_unmet_deductible_leaves_nothing_to_pay() -> None:
    found = payment(ALLOWED, SCHEDULE, deductible_left=Decimal("257.00"), shared=True)
    assert (found.patient, found.medicare.amount) == (ALLOWED, Decimal("0.00"))


def test_preventive_services_cost_the_patient_nothing() -> None:
    # 101.06 x 0.02 = 2.0212 -> 2.02
    found = payment(ALLOWED, SCHEDULE, deductible_left=Decimal("257.00"), shared=False)
    assert (found.patient, found.medicare.amount) == (Decimal("0.00"), Decimal("99.04"))


def test_the_limiting_charge_is_115_percent_of_the_reduced_amount() -> None:
    # 101.0569353 x 0.95 = 96.004088535; x 1.15 = 110.40470...
    found = limiting_charge(Decimal("96.004088535"), SCHEDULE)
    assert found.amount == Decimal("110.40")


def test_the_deductible_is_that_of_the_year() -> None:
    later = schedule_on(date(2026, 1, 1), "13202-01", qualifying=False, name="teaching")
    assert SCHEDULE.factor("deductible").value == Decimal("257.00")
    assert later.factor("deductible").value == Decimal("283.00")


def test_negative_amounts_are_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        payment(Decimal(-1), SCHEDULE, deductible_left=Decimal(0), shared=True)


def test_without_assignment_the_patient_pays_the_charge_and_medicare_pays_the_patient() -> None:
    # allowed 96.00 (95 % of 101.06); limiting charge 96.00 x 1.15 = 110.40
    # coinsurance 19.20, Medicare 76.80 less 1.54 (2 % = 1.536) = 75.26; 110.40 - 75.26 = 35.14
    found = unassigned(
        Decimal("110.40"), Decimal("96.00"), SCHEDULE, deductible_left=Decimal(0), shared=True
    )
    assert (found.medicare, found.patient) == (Decimal("75.26"), Decimal("35.14"))


def test_a_charge_above_the_limit_is_refused() -> None:
    with pytest.raises(ValueError, match=r"110\.41 is above the limiting charge of 110\.40"):
        unassigned(
            Decimal("110.41"), Decimal("96.00"), SCHEDULE, deductible_left=Decimal(0), shared=True
        )
