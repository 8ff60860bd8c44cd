"""Filing in time: from which day, until which day, and by claim or by line."""

from dataclasses import replace
from datetime import date

import pytest
from made_adjudication import decided, line, stay, told, visit


@pytest.mark.parametrize(
    ("service", "received", "late"),
    [
        # 6 March 2027 is a Saturday, so Monday 8 March is the last day
        (date(2026, 3, 6), date(2027, 3, 8), False),
        (date(2026, 3, 6), date(2027, 3, 9), True),
        # 4 July 2027 is a Sunday and kept on Monday the 5th, so Tuesday the 6th is the last day
        (date(2026, 7, 4), date(2027, 7, 6), False),
        (date(2026, 7, 4), date(2027, 7, 7), True),
        (date(2026, 3, 3), date(2027, 3, 3), False),
        (date(2026, 3, 3), date(2027, 3, 4), True),
    ],
)
def test_medicares_year_ends_on_a_working_day(service: date, received: date, *, late: bool) -> None:
    """Medicare Claims Processing Manual ch. 1 s. 70."""
    claim = visit("TRNMB", line("99213", "150", 1, first=service))
    found = decided(claim, received=received)
    assert (told(found.lines[0]) == ["CO 29 150.00 N211"]) is late


def test_medicare_counts_each_line_of_a_practitioner_from_its_first_day() -> None:
    """CR 7080: 1 March 2027 is the last day of a rental from 1 to 31 March 2026."""
    rental = line("E0601-RR", "100", 1, first=date(2026, 3, 1), last=date(2026, 3, 31))
    later = replace(rental, first=date(2026, 4, 1), last=date(2026, 4, 30))
    claim = visit("TRNDM", rental, later, dx=("G47.33",))
    on_time = decided(claim, received=date(2027, 3, 1))
    assert "CO 29 100.00 N211" not in told(on_time.lines[0])
    late = decided(claim, received=date(2027, 3, 2))
    assert told(late.lines[0]) == ["CO 29 100.00 N211"]
    assert "CO 29 100.00 N211" not in told(late.lines[1])


def test_medicare_counts_a_stay_from_the_end_of_its_statement() -> None:
    """3 to 5 March 2026: until 5 March 2027, a Friday."""
    bill = stay("TRNMA", line("0120", "2000"))
    assert decided(bill, received=date(2027, 3, 5)).status == "1"
    assert told(decided(bill, received=date(2027, 3, 6))) == ["CO 29 2000.00 N211"]


def test_a_plan_counts_days_from_the_last_line_and_weekends_too() -> None:
    """180 days from 3 March 2026 are 30 August 2026, a Sunday. A plan's denial can be appealed."""
    claim = visit("TRN01", line("99213", "150", 1, first=date(2026, 2, 1)), line("36415", "9", 1))
    assert decided(claim, received=date(2026, 8, 30)).status == "1"
    late = decided(claim, received=date(2026, 8, 31))
    assert [told(one)[0] for one in late.lines] == ["CO 29 150.00", "CO 29 9.00"]
