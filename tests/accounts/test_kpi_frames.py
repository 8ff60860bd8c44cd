"""The key figures as DataFrames, of the four visits of test_kpi.py."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from kpi_made import HISTORY, JANUARY, store_of_four

from codinglab.accounts import kpi_frames
from codinglab.accounts.kpi import gather, kpis
from codinglab.accounts.kpi_books import Period


@pytest.fixture(scope="module")
def facts():
    return gather(store_of_four(), HISTORY, JANUARY)


def test_a_row_for_every_figure_with_value_and_target(facts):
    found = kpi_frames.kpi_frame(kpis(facts)).set_index("id")
    assert found.loc["days-in-receivables", ["value", "target", "meets"]].tolist() == [
        16.2,
        40.0,
        True,
    ]
    assert len(found) == 13


def test_aging_shows_every_bucket_of_whoever_owes(facts):
    found = kpi_frames.aging_frame(facts)
    assert found.pivot_table(index="payer", columns="bucket", values="amount")[
        "0-30"
    ].to_dict() == {
        "TRN01": 300.0,
        "patient": 40.0,
    }
    assert list(found["bucket"].unique()) == ["0-30", "31-60", "61-90", "91-120", "over 120"]


def test_underpaid_lines_name_what_is_missing(facts):
    found = kpi_frames.underpaid_frame(facts)
    assert found[["account", "expected", "allowed", "missing"]].to_numpy().tolist() == [
        ["B", 160.0, 150.0, 10.0]
    ]


def test_months_are_cut_to_the_period():
    period = Period(date(2026, 1, 15), date(2026, 3, 2))
    assert [(one.first.day, one.last.day, one.days) for one in period.months()] == [
        (15, 31, 17),
        (1, 28, 28),
        (1, 2, 2),
    ]


def test_figures_by_month_are_those_of_the_month_alone():
    period = Period(date(2026, 1, 1), date(2026, 2, 28))
    found = kpi_frames.monthly_frame(store_of_four(), HISTORY, period)
    table = found.pivot_table(index="month", columns="id", values="value")
    # February has no charges, so that its rate is not there at all
    assert table["gross-collection"].to_dict() == {
        pd.Timestamp("2026-01-01"): 0.3923,
        pd.Timestamp("2026-02-01"): pytest.approx(float("nan"), nan_ok=True),
    }


def test_a_month_of_service_is_followed_to_the_end_of_the_books():
    (row,) = kpi_frames.cohorts_frame(store_of_four(), HISTORY).to_dict("records")
    # paid 80 + 90 + 20 + 65; open 300 + 40 - 15; rate 255 / 580
    assert (row["charges"], row["contractual"], row["paid"], row["open"]) == (650, 70, 255, 325)
    assert row["net_rate"] == pytest.approx(255 / 580)


def test_histories_come_as_they_are(facts):
    assert list(kpi_frames.visits_frame(HISTORY)["account"]) == ["A", "B", "C", "D"]
    assert kpi_frames.lines_frame(HISTORY)["denied"].sum() == 300.0
    assert kpi_frames.sent_frame(HISTORY)["attempt"].tolist() == [1, 1, 1, 2]
    assert kpi_frames.worked_frame(HISTORY)["result"].tolist() == ["overturned", "upheld", ""]
    assert facts.credits == Decimal("15.00")
