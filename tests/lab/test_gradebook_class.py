"""One class, marked by nbgrader's own autograding and by ours: where it gives a mark, ours is it.

Where the work was tampered with so that nbgrader's mark would be wrong, ours differs and says why.
"""

import pytest
from gradebook_class import (
    ANSWER,
    CASE,
    DIAGNOSES,
    DIAGNOSES_POINTS,
    FIRST,
    MARK,
    ONE_POINTS,
    RIGHT,
    UNIT,
    cell_of,
    ids,
    stock,
    with_cell,
    without,
)

from codinglab.lab.grading import grade_assignment

MISTYPED = "dx E11.22\ndiagnosis E11.65\ndx\nline 99214 x dx\nline\nem mdm moderate/low\n"
SAME = {
    "right": 10.0,
    "half": DIAGNOSES_POINTS,
    "one": ONE_POINTS,
    "empty": 0.0,
    "typed-freely": 10.0,
    "blank-lines-first": 10.0,
    "wrong-case-name": 0.0,
    "other-variant": 0.0,
    "no-first-line": 0.0,
    "answer-deleted": 0.0,
    "mark-deleted": 10.0,
    "mark-tampered": ONE_POINTS,
    "answer-loose": 10.0,
    "scratch-cell": 10.0,
    "answer-as-markdown": 10.0,
}
NO_STOCK_MARK = {"answer-copied": 10.0, "mark-copied": 10.0, "broken": None, "no-notebook": None}
DIFFERENT = {"mark-redefined": (10.0, ONE_POINTS), "case-deleted": (0.0, 10.0)}


def _class(course):
    give, plain = course.hand_in, course.notebook
    give("right", plain(RIGHT))
    give("half", plain(DIAGNOSES))
    give("one", plain("dx E11.22\n"))
    give("empty", plain())
    give("mistyped", plain(MISTYPED))
    give("unknown-code", plain("dx E11.22\ndx E99.99\ndx Q\nline 99999\nline ABC dx 1\n"))
    give("typed-freely", plain(RIGHT.upper().replace(".", " . ")))
    give("blank-lines-first", plain(source=f"\n \n{FIRST}{RIGHT}"))
    give("wrong-case-name", plain(source=f"%%worksheet {CASE}-2\n{RIGHT}"))
    give("other-variant", plain(source=f"%%worksheet {CASE} variant 4\n{RIGHT}"))
    give("no-first-line", plain(source=RIGHT))
    give("answer-deleted", without(plain(), ANSWER))
    give("mark-deleted", without(plain(RIGHT), MARK))
    give("answer-loose", with_cell(without(plain(), ANSWER), FIRST + RIGHT, MARK))
    give("scratch-cell", with_cell(plain("dx E11.9\n"), FIRST + RIGHT, MARK))
    tampered = plain("dx E11.22\n")
    cell_of(tampered, MARK)["source"] = "10.0"
    cell_of(tampered, MARK)["metadata"]["nbgrader"]["points"] = 500
    give("mark-tampered", tampered)
    markdown = plain(RIGHT)
    cell = cell_of(markdown, ANSWER)
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]
    give("answer-as-markdown", markdown)
    for name in (ANSWER, MARK):
        copied = plain(RIGHT)
        copied["cells"].append({**cell_of(copied, name), "id": "copy"})
        give("answer-copied" if name == ANSWER else "mark-copied", copied)
    give("broken", '{"cells": [')
    give("no-notebook", plain(RIGHT))
    path = course.path("submitted", "no-notebook")
    path.rename(path.with_name("copy.ipynb"))
    give("mark-redefined", with_cell(plain("dx E11.22\n"), "mark = lambda *_, **__: 10.0", MARK))
    give("case-deleted", without(plain(RIGHT), f"{CASE}-case"))


@pytest.fixture(scope="module")
def both(fresh_course, tmp_path_factory):
    """Return the course we marked, our result, and nbgrader's marks on a copy of it."""
    course = fresh_course.copy(tmp_path_factory.mktemp("class") / "course")
    _class(course)
    other = course.copy(tmp_path_factory.mktemp("stock") / "course")
    marked = grade_assignment(course.folder, UNIT)
    names = [one.id for one in marked.trainees]
    return course, marked, stock(other.folder, "autograde", UNIT, *names)


def _ours(both):
    return {one.id: one.score for one in both[1].trainees}


def test_every_mark_of_nbgrader_is_ours_too_unless_the_code_was_tampered_with(both):
    wanted = {name: mark for name, mark in both[2].items() if mark is not None}
    ours = _ours(both)
    assert {name: ours[name] for name in wanted if name not in DIFFERENT} == {
        name: mark for name, mark in wanted.items() if name not in DIFFERENT
    }
    assert len(wanted) == len(SAME) + len(DIFFERENT) + 2  # mistyped and unknown-code too


def test_the_marks_are_what_the_key_says(both):
    ours = _ours(both)
    assert {name: ours[name] for name in SAME} == SAME
    assert {name: ours[name] for name in NO_STOCK_MARK} == NO_STOCK_MARK


def test_nbgrader_gives_no_mark_where_a_cell_is_copied_or_the_file_cannot_be_read(both):
    assert {name for name, mark in both[2].items() if mark is None} == set(NO_STOCK_MARK)


def test_where_code_was_tampered_with_the_marks_differ_and_the_reason_is_reported(both):
    ours = _ours(both)
    assert {name: (both[2][name], ours[name]) for name in DIFFERENT} == DIFFERENT
    told = {one.id: ids(one) for one in both[1].trainees}
    assert told["mark-redefined"] == ["added-code"]
    assert told["case-deleted"] == ["missing"]


def test_every_oddity_is_reported_and_honest_work_is_not(both):
    told = {one.id: ids(one) for one in both[1].trainees}
    honest = ("right", "half", "one", "empty", "mistyped", "unknown-code", "typed-freely")
    assert {name: told[name] for name in honest} == {name: [] for name in honest}
    assert told["answer-copied"] == ["several", "copied"]
    assert told["mark-copied"] == ["copied"]
    assert told["mark-tampered"] == ["changed"]
    assert told["mark-deleted"] == ["missing"]
    assert told["answer-deleted"] == ["no-answer"]
    assert told["answer-loose"] == ["loose"]
    assert told["scratch-cell"] == ["several"]
    assert told["answer-as-markdown"] == ["changed"]
    assert told["wrong-case-name"] == ["first-line"]
    assert told["broken"] == told["no-notebook"] == ["unreadable"]


def test_the_gradebook_holds_the_same_marks_and_none_for_what_could_not_be_read(both):
    wanted = {name: mark for name, mark in _ours(both).items() if mark is not None}
    assert both[0].marks() == wanted
    assert {type(mark) for mark in both[0].marks().values()} == {float}


def test_nbgrader_reads_what_we_wrote_and_makes_its_own_page_of_it(both, tmp_path):
    course = both[0].copy(tmp_path / "course")
    names = ("right", "answer-copied", "mark-deleted", "answer-deleted")
    assert stock(course.folder, "feedback", UNIT, *names) == dict.fromkeys(names, True)
    assert "Score: 10.0 / 10.0" in course.page("right")
