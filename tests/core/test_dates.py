"""Spans hold their first day and not their last; nothing is ever the nearest match."""

from datetime import date

import pytest

from codinglab.core.dates import Dated, NotInForce, Span

FY2026 = Span(date(2025, 10, 1), date(2026, 10, 1))


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2025, 9, 30), False),
        (date(2025, 10, 1), True),
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),
    ],
)
def test_a_span_holds_its_first_day_and_not_its_end(day: date, held: bool) -> None:
    assert (day in FY2026) is held


def test_a_span_without_end_holds_every_later_day() -> None:
    assert date.max in Span(date(2024, 1, 1))
    assert date(2023, 12, 31) not in Span(date(2024, 1, 1))


@pytest.mark.parametrize("end", [date(2025, 10, 1), date(2025, 9, 30)])
def test_an_empty_or_reversed_span_is_refused(end: date) -> None:
    with pytest.raises(ValueError, match=f"ends on {end}, which is not after its start 2025-10-01"):
        Span(date(2025, 10, 1), end)


def test_a_span_says_itself_in_words() -> None:
    assert str(FY2026) == "from 2025-10-01 until before 2026-10-01"
    assert str(Span(date(2024, 1, 1))) == "from 2024-01-01 on"


def test_a_dated_value_changes_on_the_first_day_of_the_next_span() -> None:
    later = Span(date(2026, 10, 1))
    rate = Dated.of("rate", [(later, "new"), (FY2026, "old")])
    assert rate.at(date(2026, 9, 30)) == "old"
    assert rate.at(date(2026, 10, 1)) == "new"


def test_a_gap_between_spans_has_no_value_and_the_error_names_what_is_known() -> None:
    rows = [(Span(date(2024, 1, 1), date(2025, 1, 1)), 1), (Span(date(2026, 1, 1)), 2)]
    with pytest.raises(NotInForce) as caught:
        Dated.of("rate", rows).at(date(2025, 1, 1))
    assert str(caught.value) == (
        "rate: nothing in force on 2025-01-01; known: "
        "from 2024-01-01 until before 2025-01-01; from 2026-01-01 on"
    )


def test_a_subject_without_rows_knows_nothing_at_all() -> None:
    with pytest.raises(NotInForce, match="known: nothing at all"):
        Dated[int].of("rate", []).at(date(2026, 1, 1))


def test_spans_that_touch_do_not_overlap() -> None:
    touching = [(FY2026, 1), (Span(date(2026, 10, 1)), 2)]
    assert len(Dated.of("rate", touching).rows) == 2


@pytest.mark.parametrize(
    "first", [Span(date(2025, 1, 1)), Span(date(2025, 1, 1), date(2025, 10, 2))]
)
def test_overlapping_spans_are_a_fault_of_the_data(first: Span) -> None:
    with pytest.raises(ValueError, match=r"rate: from 2025-01-01 .*overlaps from 2025-10-01"):
        Dated.of("rate", [(FY2026, 2), (first, 1)])
