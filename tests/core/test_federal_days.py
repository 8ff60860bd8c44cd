from datetime import date

import pytest

from codinglab.core.federal_days import (
    Holiday,
    federal_holidays,
    is_workday,
    next_workday,
    plus_workdays,
)


def test_the_eleven_holidays_of_2026_with_independence_day_kept_on_a_friday() -> None:
    assert [f"{day:%m-%d}" for day in federal_holidays(2026)] == [
        *("01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11"),
        *("11-26", "12-25"),
    ]
    assert federal_holidays(2026)[date(2026, 7, 3)] == "Independence Day"


def test_new_years_day_on_a_saturday_is_kept_in_the_old_year() -> None:
    assert date(2021, 12, 31) in federal_holidays(2021)
    assert date(2022, 1, 1) not in federal_holidays(2022)
    assert len(federal_holidays(2022)) == 10


def test_a_sunday_holiday_is_kept_on_monday() -> None:
    assert federal_holidays(2022)[date(2022, 6, 20)] == "Juneteenth National Independence Day"


def test_juneteenth_was_no_holiday_before_2021() -> None:
    assert date(2020, 6, 19) not in federal_holidays(2020)


def test_the_workday_after_the_saturday_before_columbus_day_is_tuesday() -> None:
    assert next_workday(date(2026, 10, 10)) == date(2026, 10, 13)
    assert is_workday(date(2026, 10, 13))
    assert next_workday(date(2026, 10, 13)) == date(2026, 10, 13)


def test_three_workdays_after_the_wednesday_before_thanksgiving() -> None:
    assert plus_workdays(date(2026, 11, 25), 3) == date(2026, 12, 1)  # 27, 30, 1
    assert plus_workdays(date(2026, 11, 25), 0) == date(2026, 11, 25)
    with pytest.raises(ValueError, match="count forward"):
        plus_workdays(date(2026, 11, 25), -1)


def test_a_holiday_is_either_fixed_or_by_weekday() -> None:
    with pytest.raises(ValueError, match="either day, or weekday and nth"):
        Holiday(name="Neither", month=1)
