"""A review in a notebook: a page that escapes everything, and frames with exact money."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from codinglab.core.tables import BadData
from codinglab.lab.desk import Desk
from codinglab.lab.magic import Names
from codinglab.lab.review_view import (
    FINDING_COLUMNS,
    PRICE_COLUMNS,
    STEP_COLUMNS,
    review,
)

FILE = """on: 2026-03-02
setting: professional
payer: Medicare
patient: {born: 1951-04-18, sex: F}
practitioner: {role: physician}
earlier:
  - {code: "99213", day: 2025-11-03, by: same practitioner}
record: []
prices:
  {locality: 13202-01, participating: yes, qualifying_apm: no, schedule: teaching,
   place_of_service: "11"}
worksheet: |
  dx M17.11
  dx I10
  line 20610-RT x1 dx A
  line 99213 x1 dx A,B
"""
SHEET = "dx M17.11\nline 20610-RT x1 dx A\nline 99213 x1 dx A\n"


def test_the_findings_are_a_frame_with_exact_money() -> None:
    found = review(FILE).frame()
    assert tuple(found.columns) == FINDING_COLUMNS
    (row,) = found.to_dict("records")
    assert (row["line"], row["written"]) == (4, "line 99213 x1 dx A,B")
    assert (row["severity"], row["id"]) == ("error", "modifier.25")
    # (1.30 x 1.065 + 1.35 x 1.166 + 0.10 x 1.656) x 33.4009 = 104.3511
    assert row["at_risk"] == Decimal("104.35")


def test_a_review_without_findings_is_a_frame_without_rows() -> None:
    found = review(FILE.replace("99213 x1", "99213-25 x1")).frame()
    assert tuple(found.columns) == FINDING_COLUMNS
    assert len(found) == 0


def test_the_prices_are_a_frame_whose_sum_is_exact() -> None:
    found = review(FILE).prices()
    assert tuple(found.columns) == PRICE_COLUMNS
    assert found.code.tolist() == ["20610-RT", "99213"]
    assert found.amount.sum() == Decimal("180.15")  # 75.80 + 104.35


def test_the_steps_are_a_frame_of_the_arithmetic() -> None:
    found = review(FILE).steps()
    assert tuple(found.columns) == STEP_COLUMNS
    assert found.how[1] == "(1.30 x 1.065 + 1.35 x 1.166 + 0.10 x 1.656) x 33.4009"


def test_the_page_has_tables_with_captions_and_header_cells() -> None:
    page = review(FILE)._repr_html_()
    assert page.startswith('<div class="codinglab-review"><style>')
    assert "<p><strong>2026-03-02, professional claim, Medicare: 1 error</strong>" in page
    assert "<caption>Findings</caption>" in page
    assert '<th scope="row">line 4 line 99213 x1 dx A,B</th><td>error: modifier.25</td>' in page
    assert "<td>$104.35: what the line pays</td>" in page
    assert '<th scope="row">total of what is priced</th><td>180.15</td>' in page
    assert "Note: made-up schedule" in page


def test_the_page_escapes_what_was_written() -> None:
    page = review("dx <script>alert(1)</script>\n" + SHEET, **MEDICARE)._repr_html_()  # type: ignore[arg-type]
    assert "<script" not in page.lower()
    assert "&lt;script&gt;" in page.lower()


MEDICARE = {"on": "2026-03-02", "setting": "professional", "payer": "Medicare"}


def test_a_worksheet_is_reviewed_with_its_circumstances_and_prices_of_its_own() -> None:
    prices = {"locality": "13202-01", "participating": True, "qualifying_apm": False}
    terms = prices | {"schedule": "teaching", "place_of_service": "11"}
    said = MEDICARE | {"on": date(2026, 3, 2)}
    # Nobody says who rendered the services, and nonphysician practitioners have 85 %.
    untold = review(SHEET, **said, prices=terms)  # type: ignore[arg-type]
    assert untold.review.valued.why.startswith("nobody says who rendered them")
    told = review(SHEET, **said, prices=terms | {"billed_by": "physician"})  # type: ignore[arg-type]
    assert told.prices().amount.sum() == Decimal("180.15")
    assert "edits could not judge" in told._repr_html_()


def test_a_file_is_read_by_its_path_and_a_missing_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "encounter.yml"
    path.write_text(FILE, encoding="utf-8")
    assert str(review(path)) == str(review(str(path))) == str(review(FILE))
    with pytest.raises(BadData, match="there is no such file"):
        review(tmp_path / "nowhere.yml")


def test_a_wrong_field_of_prices_is_named() -> None:
    with pytest.raises(BadData, match=r"prices: county: Extra inputs"):
        review(SHEET, **MEDICARE, prices={"county": "Kings"})  # type: ignore[arg-type]


def test_the_json_is_that_of_the_command() -> None:
    assert review(FILE).as_json()["counts"] == {"error": 1, "warning": 0, "note": 0}


def test_a_notebook_reviews_the_worksheet_of_an_open_case(tmp_path: Path) -> None:
    names = Names(Desk(tmp_path), lambda _: None)
    names.case("diabetes-kidney-follow-up", variant=8)
    names.worksheet("diabetes-kidney-follow-up", "dx E11.9\ndx E10.9\nline 99214 x1 dx A\n")
    found = names.review("diabetes-kidney-follow-up")
    assert found.review.day == date(2026, 2, 11)
    assert {"dx.excludes1"} <= set(found.frame().id)
    assert names.review(FILE).frame().id.tolist() == ["modifier.25"]


def test_a_notebook_says_of_graded_work_only_what_a_claim_could_not_be_read_with(
    tmp_path: Path,
) -> None:
    names = Names(Desk(tmp_path), lambda _: None)
    names.case("diabetes-foot-follow-up", variant=1)
    names.worksheet("diabetes-foot-follow-up", "dx E11.9\ndx E10.9\nfoo\n")
    found = names.review("diabetes-foot-follow-up")
    assert found.frame().id.tolist() == ["worksheet.verb"]
    assert len(found.prices()) == 0
    assert "Not priced: graded work is not priced before it is marked" in found._repr_html_()
