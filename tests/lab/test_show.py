"""What workspace and report show: evidence and reasons in practice, no key in graded work."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from codinglab.core.places import GRADERS_VARIABLE
from codinglab.course.mark import mark, reference
from codinglab.course.solution import worksheet
from codinglab.course.variants import variant
from codinglab.encounter.chart import OPEN
from codinglab.lab.desk import Desk
from codinglab.lab.show import (
    _marker,
    case_view,
    details,
    method_rows,
    nothing_coded,
    workspace,
)

SLUG, NUMBER = "diabetes-kidney-follow-up", 8
OPENED = variant(SLUG, NUMBER)
Write = Callable[..., str]


def test_the_view_of_a_case_of_risk_adjustment_speaks_of_no_claim() -> None:
    view = case_view(variant("annual-wellness-risk", 1), "")
    assert view.setting == "risk adjustment, place of service 11, Medicare Advantage plan"


def test_the_view_says_what_the_case_is() -> None:
    view = case_view(OPENED, "dx I10\n")
    assert (view.slug, view.variant, view.minutes) == (SLUG, "8", 8)
    assert view.setting == "professional claim, place of service 11, commercial PPO"
    assert view.service_date == "2026-02-11"
    assert view.cell_line == f"%%worksheet {SLUG}"
    assert view.text == "dx I10\n"
    assert [title for title, _ in view.documents] == [
        "Face sheet",
        "Nursing intake",
        "Progress note",
    ]


def test_evidence_is_marked_in_practice_and_not_in_graded_work(write: Write) -> None:
    practice = case_view(variant(write(), 1), "")
    graded = case_view(variant(write(use="graded"), 1), "")
    assert [OPEN in text for _, text in practice.documents] == [True]
    assert [OPEN in text for _, text in graded.documents] == [False]


def test_the_code_search_offers_procedures_and_modifiers() -> None:
    shown = dict(case_view(OPENED, "").procedures)
    assert "99214" in shown
    assert shown["25"].startswith("modifier: ")


def test_a_biller_is_offered_no_code_search_unless_the_case_asks_for_codes() -> None:
    opened = variant("reconciling-deposit", 1)
    plain = case_view(opened, "")
    assert (plain.finds_codes, plain.procedures) == (False, ())
    file = opened.case.file.model_copy(update={"finds_codes": True})
    asked = case_view(replace(opened, case=replace(opened.case, file=file)), "")
    assert (asked.finds_codes, "99214" in dict(asked.procedures)) == (True, True)
    assert case_view(OPENED, "").finds_codes


def test_the_details_of_a_code_are_its_place_and_its_notes() -> None:
    said = details(OPENED, "n18.3")
    assert (said["code"], said["billable"]) == ("N18.3", False)
    assert [one["code"] for one in said["ancestors"]] == ["Chapter 14", "N17-N19", "N18"]
    assert [one["code"] for one in said["children"]] == ["N18.30", "N18.31", "N18.32"]
    assert {one["origin"] for one in said["notes"] if one["kind"] == "code first"} == {"N18"}


def test_a_procedure_has_a_label_and_no_place_in_the_list() -> None:
    said = details(OPENED, "99214")
    assert (said["ancestors"], said["children"], said["notes"]) == ([], [], [])
    assert said["title"] == dict(case_view(OPENED, "").procedures)["99214"]


def test_an_unknown_code_is_not_in_the_tables_and_never_invalid() -> None:
    assert details(OPENED, "99499")["title"] == "not in this lab's tables"


def test_practice_marks_at_once_with_reasons_and_methods() -> None:
    practice = _marker(OPENED)
    said = practice(worksheet(reference(SLUG, NUMBER)))
    assert said["score"] == 1.0
    assert {row["verdict"] for row in said["rows"]} == {"exact"}
    assert {one["score"] for one in said["methods"]} == {"100%"}


@pytest.mark.parametrize("text", ["", "# note\n", "foo\n"])
def test_practice_on_an_empty_worksheet_shows_no_row_of_the_key(text: str) -> None:
    assert _marker(OPENED)(text) == {"score": 0.0, "rows": [], "methods": [], "findings": []}


def test_practice_of_a_case_whose_key_is_withheld_is_none(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = write(use="graded")
    monkeypatch.setenv(GRADERS_VARIABLE, "")
    assert _marker(variant(slug, 1)) is None


def test_the_workspace_of_graded_work_never_marks_even_with_the_key(
    write: Write, tmp_path: Path
) -> None:
    graded = workspace(variant(write(use="graded"), 1), Desk(tmp_path))
    practice = workspace(variant(write(), 1), Desk(tmp_path))
    assert graded._practice is None
    assert practice._practice is not None


def row(text: str, what: str) -> dict:
    (found,) = (one for one in _marker(OPENED)(text)["rows"] if one["what"].startswith(what))
    return found


def test_a_part_that_is_wrong_makes_a_right_code_partly_right() -> None:
    text = worksheet(reference(SLUG, NUMBER)).replace(" x1", " x2")
    assert row(text, "99214")["verdict"] == "partial"
    assert row(text, "99214")["reason"].endswith("units: 1, not 2.")


def test_a_row_names_what_is_expected_with_its_title_and_what_stood_for_it() -> None:
    text = worksheet(reference(SLUG, NUMBER)).replace("E11.22", "E11.9")
    assert row(text, "E11.9")["what"] == (
        "E11.9 for E11.22 Type 2 diabetes mellitus with diabetic chronic kidney disease"
    )


@pytest.mark.parametrize(
    ("text", "empty"),
    [("", True), ("foo", True), ("grammar 1", True), ("dx I10", False), ("em time 5", False)],
)
def test_a_worksheet_holds_something_or_nothing_to_mark(text: str, empty: bool) -> None:
    assert nothing_coded(text) is empty


def test_the_methods_are_shares_in_whole_percent() -> None:
    right = method_rows(mark(SLUG, NUMBER, worksheet(reference(SLUG, NUMBER))))
    assert {one["score"] for one in right} == {"100%"}


def test_what_a_coder_must_judge_is_said_with_the_mark_and_not_before(tmp_path: Path) -> None:
    shown = workspace(OPENED, Desk(tmp_path))
    text = "dx E11.9\ndx N18.31\nline 99214 x1 dx A\n"
    assert shown._questions["check"](text) == []
    said = [one["id"] for one in shown._questions["practice"](text)["findings"]]
    assert "diabetes.with" in said


def test_a_billing_case_shows_a_billers_words_and_no_place_of_service() -> None:
    view = case_view(variant("posting-office-payment", 8), "")
    assert view.setting == "billing, commercial PPO"
    assert (view.day_is, view.starters) == ("At work on", ())
    assert view.grammar[0] == (
        "box 24D.1 99213-25\n    what stands in a box of the form: 24D of line 1"
    )
    assert not any(line.startswith("dx") for line in view.grammar)


def test_an_amount_that_is_all_that_counts_is_wrong_and_a_posting_partly_right() -> None:
    deposit = variant("reconciling-deposit", 5)
    (found,) = (
        one
        for one in _marker(deposit)("sum deposit 406.00\n")["rows"]
        if one["what"] == "sum deposit"
    )
    assert (found["verdict"], found["reason"]) == (
        "wrong",
        "The bank's own lines, added up. amount: 405.97, not 406.00.",
    )
    paid = variant("posting-office-payment", 8)
    (found,) = (
        one
        for one in _marker(paid)("post OV1207.3 paid 1.00 CO-97 18.00\n")["rows"]
        if one["what"] == "posting of OV1207.3"
    )
    assert found["verdict"] == "partial"
