"""Dashboards: each has both themes, a text, a table, and needs nothing from elsewhere."""

import re
from itertools import pairwise

import pandas as pd
import pytest

from codinglab.lab import dashboards
from codinglab.lab.dashboard_theme import DARK, LIGHT

MONTHS = pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01"])
MONTHLY = pd.DataFrame(
    {
        "month": [*MONTHS, *MONTHS],
        "id": ["denial-rate"] * 3 + ["charge-lag"] * 3,
        "name": ["Denial rate"] * 3 + ["Charge lag"] * 3,
        "value": [0.04, 0.06, 0.09, 1.0, 1.5, float("nan")],
        "target": [0.05] * 3 + [float("nan")] * 3,
    }
)
AGING = pd.DataFrame(
    {
        "payer": ["TRN01", "TRN01", "patient", "patient"],
        "bucket": ["0-30", "over 120", "0-30", "over 120"],
        "amount": [60.0, 10.0, 20.0, 10.0],
    }
)
DENIALS = pd.DataFrame(
    {"cause": ["timely", "coding"], "claims": [4, 9], "dollars": [900.0, 450.0], "rate": [0.1, 0.2]}
)
LEVELS = pd.DataFrame(
    {
        "month": [MONTHS[0]] * 3,
        "coder": ["Bright", "Bright", "Egan"],
        "level": ["99213", "99214", "99214"],
        "visits": [3, 1, 5],
    }
)
WAYS = pd.DataFrame(
    {"model": ["one", "two"], "income": [10.0, 20.0], "cost": [8.0, 21.0], "left": [2.0, -1.0]}
)
LINES = pd.DataFrame({"month": MONTHS, "payer": ["A", "A", "B"], "missing": [1.0, 2.0, 3.5]})
BOARDS = {
    "kpi": dashboards.kpi_board(MONTHLY),
    "aging": dashboards.aging_board(AGING),
    "denials": dashboards.denials_board(DENIALS),
    "no denials": dashboards.denials_board(DENIALS.iloc[:0]),
    "levels": dashboards.levels_board(LEVELS),
    "ways": dashboards.compared_board(WAYS),
    "lines": dashboards.lines_board(LINES, "missing", "payer", "Below the contract"),
}


@pytest.mark.parametrize("name", BOARDS)
def test_a_board_shows_both_themes_with_words_and_a_table_and_fetches_nothing(name):
    page = BOARDS[name]._repr_html_()
    assert page.count("<img ") == page.count('alt="' + BOARDS[name].title) == 2
    assert "<table" in page
    assert "<figcaption>" in page
    assert not re.search(r'(src|href)="(?!data:)', page)


EMPTY = {
    "kpi": lambda: dashboards.kpi_board(MONTHLY[MONTHLY["month"] == "2026-03-01"]),
    "aging": lambda: dashboards.aging_board(AGING.iloc[:0]),
    "levels": lambda: dashboards.levels_board(LEVELS.iloc[:0]),
    "lines": lambda: dashboards.lines_board(LINES.iloc[:0], "missing", "payer", "Below"),
    "one month": lambda: dashboards.lines_board(LINES.iloc[:1], "missing", "payer", "Below"),
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", EMPTY)
def test_a_practice_without_data_or_with_one_month_has_its_boards_too(name):
    page = EMPTY[name]()._repr_html_()
    assert page.count("<img ") == 2
    assert "nan" not in page.split("<figcaption>")[1]


def test_a_figure_that_cannot_be_told_keeps_its_column():
    table = EMPTY["kpi"]().table
    assert list(table.columns) == ["month", "Denial rate", "Charge lag"]


def test_what_an_empty_board_says():
    assert EMPTY["aging"]().says == "Nothing is owed."
    assert EMPTY["lines"]().says == "Below: nothing to show."


@pytest.mark.parametrize(
    ("bucket", "says"), [("over 60", "0%"), ("over 90", "12%"), ("91-120", "12%")]
)
def test_what_is_older_than_90_days_is_read_from_the_buckets_names(bucket, says):
    # 10 of 80; what is merely over 60 days may be younger
    rows = AGING[AGING["payer"] == "TRN01"].assign(bucket=["0-30", bucket], amount=[70.0, 10.0])
    assert f"{says} of them longer than 90 days" in dashboards.aging_board(rows).says


def test_a_rate_below_nothing_is_not_cut_off():
    rows = MONTHLY[MONTHLY["id"] == "denial-rate"].assign(value=[0.04, -0.5, 0.09])
    axes = dashboards.kpi_board(rows).figure().axes[0]
    assert axes.get_ylim()[0] <= -0.5


@pytest.mark.parametrize("name", BOARDS)
def test_a_board_is_drawn_the_same_each_time(name):
    assert BOARDS[name]._repr_html_() == BOARDS[name]._repr_html_()


def test_what_a_board_says():
    assert BOARDS["aging"].says == "100 dollars are owed, 20% of them longer than 90 days."
    assert BOARDS["denials"].says == "The dearest cause is timely: 900 dollars."
    assert BOARDS["no denials"].says == "No claim was denied."
    assert BOARDS["ways"].says == "Most is left under one: 2 dollars."
    assert BOARDS["lines"].says == "Below the contract: in March 2026 B is highest (3.50)."


def test_levels_are_shares_of_each_coder():
    table = BOARDS["levels"].table.set_index("coder")
    assert table.loc["Bright"].tolist() == [0.75, 0.25]
    assert table.loc["Egan"].tolist() == [0.0, 1.0]


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_ink_and_colours_stand_out_from_the_paper(theme):
    # WCAG 2.2, 1.4.3 (4.5 for text) and 1.4.11 (3 for parts of pictures)
    assert _contrast(theme.ink, theme.paper) >= 4.5
    assert [one for one in theme.colours if _contrast(one, theme.paper) < 3] == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_neighbouring_series_have_different_colours(theme):
    assert all(one != other for one, other in pairwise(theme.colours))


def test_a_figure_can_be_saved_in_either_theme(tmp_path):
    for dark in (False, True):
        path = tmp_path / f"{dark}.png"
        BOARDS["kpi"].figure(dark=dark).savefig(path)
        assert path.read_bytes()[:4] == b"\x89PNG"
