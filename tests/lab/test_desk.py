"""The desk of one notebook: which cases are open, and what is written about them."""

import json
from pathlib import Path

import pytest

from codinglab.core.tables import BadData
from codinglab.lab.desk import JOURNAL, Desk

SLUG = "diabetes-kidney-follow-up"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_opening_a_case_puts_its_variant_on_the_desk(desk: Desk) -> None:
    assert desk.open(SLUG, 3).number == 3
    assert desk.opened(SLUG).number == 3


def test_opening_again_takes_the_new_variant(desk: Desk) -> None:
    desk.open(SLUG, 3)
    desk.open(SLUG, 4)
    assert desk.opened(SLUG).number == 4


def test_a_case_that_is_not_open_is_told_with_those_that_are(desk: Desk) -> None:
    with pytest.raises(BadData, match=r"open: none yet: run the cells from the top$"):
        desk.opened(SLUG)
    desk.open(SLUG, 1)
    with pytest.raises(BadData, match=f"'other' is not open in this notebook; open: {SLUG}$"):
        desk.opened("other")


def test_a_variant_that_there_is_not_stays_off_the_desk(desk: Desk) -> None:
    with pytest.raises(BadData, match="variants 1 to 36; there is no variant 37"):
        desk.open(SLUG, 37)
    assert desk.variants == {}


def test_a_worksheet_is_kept_under_its_case(desk: Desk) -> None:
    desk.open(SLUG, 3)
    assert desk.write(SLUG, "dx I10\n").number == 3
    assert desk.worksheets == {SLUG: "dx I10\n"}


def test_the_last_worksheet_holds(desk: Desk) -> None:
    desk.open(SLUG, 3)
    desk.write(SLUG, "dx I10\n")
    desk.write(SLUG, "dx E11.22\n")
    assert desk.worksheets == {SLUG: "dx E11.22\n"}


def test_the_variant_of_the_notebook_may_be_named_and_no_other(desk: Desk) -> None:
    desk.open(SLUG, 3)
    desk.write(f"{SLUG} variant 3", "dx I10\n")
    with pytest.raises(BadData, match="this notebook asks for variant 3, not 4, of diabetes"):
        desk.write(f"{SLUG} variant 4", "dx E11.9\n")
    assert desk.worksheets == {SLUG: "dx I10\n"}


@pytest.mark.parametrize("line", ["", f"{SLUG} please", f"{SLUG}; x", "Diabetes"])
def test_a_line_that_is_not_wholly_a_case_is_refused(line: str, desk: Desk) -> None:
    desk.open(SLUG, 3)
    with pytest.raises(BadData, match="must name one case and nothing else"):
        desk.write(line, "dx I10\n")
    assert desk.worksheets == {}


def test_a_longer_name_is_not_taken_for_the_case_that_begins_alike(desk: Desk) -> None:
    desk.open(SLUG, 3)
    with pytest.raises(BadData, match=f"'{SLUG}-2' is not open"):
        desk.write(f"{SLUG}-2", "dx I10\n")


def test_the_journal_has_one_line_of_json_for_each_event(desk: Desk, tmp_path: Path) -> None:
    desk.note({"kind": "opened", "slug": SLUG})
    desk.note({"kind": "hint", "text": "two\nlines"})
    lines = (tmp_path / JOURNAL).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        {"kind": "opened", "slug": SLUG},
        {"kind": "hint", "text": "two\nlines"},
    ]
