"""The last day to appeal, by the rules' own arithmetic."""

from datetime import date

import pytest

from codinglab.accounts.appeal_deadline import deadline, plus_months
from codinglab.accounts.appeal_path import amount_in_controversy, path_of, paths
from codinglab.core.dates import NotInForce


def last(filing: str, level: int, notice: date, received: date | None = None) -> date:
    path = path_of(filing)
    assert path is not None
    return deadline(path.level(level).on(notice), notice, received).last


@pytest.mark.parametrize(
    ("notice", "due"),
    [
        # 120 days of receipt, presumed 5 days after the notice: 125 days; a contractor's examples
        (date(2020, 5, 15), date(2020, 9, 17)),
        (date(2020, 8, 14), date(2020, 12, 17)),
        (date(2017, 8, 15), date(2017, 12, 18)),
        # 2026-04-06 + 5 = 04-11; + 120 = 2026-08-09, a Sunday, so Monday the 10th
        (date(2026, 4, 6), date(2026, 8, 10)),
        # 2026-06-07 + 125 = 2026-10-10, the Saturday before Columbus Day: Tuesday the 13th
        (date(2026, 6, 7), date(2026, 10, 13)),
    ],
)
def test_a_redetermination_is_due_120_days_after_the_presumed_receipt(notice: date, due: date):
    assert last("MB", 1, notice) == due


def test_a_receipt_that_can_be_shown_overrules_the_presumption():
    # 2026-04-06 received on 04-20 (a lost letter sent again): 04-20 + 120 = 08-18, a Tuesday
    assert last("MB", 1, date(2026, 4, 6), date(2026, 4, 20)) == date(2026, 8, 18)
    # received the same day, as an electronic remittance is: 04-06 + 120 = 08-04
    assert last("MB", 1, date(2026, 4, 6), date(2026, 4, 6)) == date(2026, 8, 4)


@pytest.mark.parametrize(
    ("level", "due"),
    [
        (2, date(2027, 2, 9)),  # 2026-08-08 + 5 = 08-13; + 180 = 2027-02-09
        (3, date(2026, 10, 12)),  # 08-13 + 60 = 10-12, a holiday: no rule at hand moves it
        (4, date(2026, 10, 12)),
        (5, date(2026, 10, 13)),  # the court's own rule moves it past Columbus Day
    ],
)
def test_the_higher_levels_of_medicare(level: int, due: date):
    assert last("MA", level, date(2026, 8, 8)) == due


def test_the_steps_tell_the_arithmetic():
    path = path_of("MB")
    assert path is not None
    notice = date(2026, 4, 6)
    found = deadline(path.level(1).on(notice), notice)
    assert found.steps == (
        "notice 2026-04-06 + 5 days = 2026-04-11, when receipt is presumed",
        "2026-04-11 + 120 days = 2026-08-09",
        "2026-08-09 is no working day; the next one is 2026-08-10",
    )
    assert found.sure
    assert (found.left(date(2026, 8, 10)), found.left(date(2026, 8, 11))) == (0, -1)


def test_medicare_advantage_counts_65_days_since_2025_and_counted_60_before():
    assert last("16", 1, date(2025, 1, 1)) == date(2025, 3, 7)  # 31-1+28 days to 02-28, + 7
    assert last("16", 1, date(2024, 12, 31)) == date(2025, 3, 1)  # 31 in January, 28, 1


def test_nobody_files_at_the_independent_review_entity():
    path = paths()["medicare-advantage"]
    with pytest.raises(ValueError, match="nobody files here"):
        deadline(path.level(2).on(date(2026, 5, 1)), date(2026, 5, 1))


def test_a_commercial_plan_counts_180_days_from_the_receipt_and_presumes_none():
    path = path_of("CI")
    assert path is not None
    notice = date(2026, 4, 6)
    safe = deadline(path.level(1).on(notice), notice)
    assert (safe.last, safe.sure) == (date(2026, 10, 3), False)  # a Saturday, and it stays
    shown = deadline(path.level(1).on(notice), notice, date(2026, 4, 10))
    assert (shown.last, shown.sure) == (date(2026, 10, 7), True)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 5, 14), date(2026, 9, 14)),  # a Monday
        (date(2026, 5, 7), date(2026, 9, 8)),  # 09-07 is Labor Day
        (date(2026, 10, 30), date(2027, 3, 1)),  # there is no 30 February: the fifth month's first
    ],
)
def test_external_review_is_four_months_by_the_calendar(received: date, due: date):
    assert last("HM", 2, date(2026, 5, 1), received) == due


def test_medicaid_and_workers_compensation():
    assert last("MC", 1, date(2026, 4, 6)) == date(2026, 6, 5)  # 60 days from the notice
    assert last("MC", 2, date(2026, 4, 6)) == date(2026, 7, 5)  # 90 days, a Sunday
    assert last("WC", 1, date(2026, 4, 6), date(2026, 4, 8)) == date(2026, 7, 7)
    assert last("WC", 2, date(2026, 7, 20), date(2026, 7, 20)) == date(2026, 8, 19)


def test_months_by_the_calendar():
    assert plus_months(date(2026, 1, 31), 1) == date(2026, 3, 1)
    assert plus_months(date(2026, 8, 31), 4) == date(2026, 12, 31)
    assert plus_months(date(2026, 12, 31), 2) == date(2027, 3, 1)
    assert plus_months(date(2026, 8, 31), 3) == date(2026, 12, 1)


def test_a_receipt_before_its_notice_is_refused():
    path = paths()["medicare"]
    with pytest.raises(ValueError, match="before the notice of 2026-04-06"):
        deadline(path.level(1).on(date(2026, 4, 6)), date(2026, 4, 6), date(2026, 4, 5))


@pytest.mark.parametrize(
    ("filed", "hearing", "court"),
    [
        (date(2024, 1, 1), 180, 1840),
        (date(2024, 12, 31), 180, 1840),
        (date(2025, 1, 1), 190, 1900),
        (date(2026, 12, 31), 200, 1960),
    ],
)
def test_the_amount_in_controversy_goes_by_the_day_of_the_request(filed, hearing, court):
    assert amount_in_controversy("hearing", filed) == hearing
    assert amount_in_controversy("court", filed) == court


def test_there_is_no_amount_for_a_year_that_nobody_published():
    with pytest.raises(NotInForce, match="nothing in force on 2027-01-01"):
        amount_in_controversy("hearing", date(2027, 1, 1))


def test_every_path_has_its_levels_in_order_and_each_payer_one_path():
    for path in paths().values():
        assert [one.number for one in path.levels] == list(range(1, len(path.levels) + 1))
    filings = [one for path in paths().values() for one in path.filing]
    assert len(filings) == len(set(filings))
    assert path_of("VA") is None


def test_a_level_that_is_not_there_names_those_that_are():
    with pytest.raises(
        LookupError, match=r"has no level 3; its levels are 1 \(internal appeal\), 2"
    ):
        paths()["commercial"].level(3)
