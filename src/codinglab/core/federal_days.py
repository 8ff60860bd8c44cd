"""Federal holidays and working days, for the deadlines whose rule asks for them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from pydantic import model_validator

from codinglab.core.places import data_folder
from codinglab.core.tables import Row, read_yaml

_DAY = timedelta(days=1)
_WEEKDAYS = tuple(calendar.day_name)
_SATURDAY, _SUNDAY = 5, 6
_KEPT = {_SATURDAY: -_DAY, _SUNDAY: _DAY}


class Holiday(Row):
    """A holiday: on a fixed `day` of its `month`, or on its `nth` weekday (-1: the last)."""

    name: str
    month: int
    day: int | None = None
    weekday: Literal["", "Monday", "Thursday"] = ""
    nth: int = 0
    since: int = 0

    @model_validator(mode="after")
    def _one_of_two(self) -> Holiday:
        if (self.day is None) != bool(self.weekday and self.nth):
            raise ValueError("say either day, or weekday and nth")
        return self

    def on(self, year: int) -> date:
        """Return the day on which federal offices keep the holiday in `year`."""
        if self.day is not None:
            found = date(year, self.month, self.day)
            return found + _KEPT.get(found.weekday(), timedelta())
        wanted = _WEEKDAYS.index(self.weekday)
        weeks = calendar.monthcalendar(year, self.month)
        days = [week[wanted] for week in weeks if week[wanted]]
        return date(year, self.month, days[self.nth - 1 if self.nth > 0 else self.nth])


class HolidayFile(Row):
    """The file of holidays and where it comes from."""

    source: str
    holidays: tuple[Holiday, ...]


@lru_cache(maxsize=1)
def holiday_file() -> HolidayFile:
    """Return curriculum/calendar/federal_holidays.yml; raises BadData naming file and field."""
    return read_yaml(data_folder("curriculum") / "calendar" / "federal_holidays.yml", HolidayFile)


@lru_cache(maxsize=64)
def federal_holidays(year: int) -> dict[date, str]:
    """Return the days of `year` on which federal offices are closed for a holiday, with its name.

    New Year's Day of the next year may be kept on 31 December.
    """
    kept = (
        (one.on(each), one.name)
        for each in (year, year + 1)
        for one in holiday_file().holidays
        if each >= one.since
    )
    return {day: name for day, name in sorted(kept) if day.year == year}


def is_workday(day: date) -> bool:
    """Say whether `day` is neither a Saturday, a Sunday nor a federal holiday."""
    return day.weekday() < _SATURDAY and day not in federal_holidays(day.year)


def next_workday(day: date) -> date:
    """Return `day` if it is a working day, else the first one after it."""
    while not is_workday(day):
        day += _DAY
    return day


def plus_workdays(day: date, count: int) -> date:
    """Return the working day that comes `count` working days after `day` (which is not counted).

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"{count} working days: count forward from the earlier day")
    for _ in range(count):
        day = next_workday(day + _DAY)
    return day
