"""What is read from a notebook that was handed in, and what is said of one that is odd."""

import json
import os
from datetime import datetime

import pytest
from gradebook_class import (
    ANSWER,
    CASE,
    MARK,
    POINTS,
    RIGHT,
    UNIT,
    VARIANT,
    id_of,
    with_cell,
)

from codinglab.core.tables import BadData
from codinglab.lab.submission import Submission, Unreadable, read_submission, students
from codinglab.lab.submission_answers import find_answers
from codinglab.lab.submission_notebook import BadNotebook, read_notebook
from codinglab.lab.submission_source import Source, SourceCase, read_source
from codinglab.lab.submission_time import submitted_at

A, B = SourceCase("a-case", 1, 5), SourceCase("b-case", 2, 5)
TWO = Source("two", sealed=True, cases=(A, B), cells=(), metadata={}, minor=5)


def cell(source, name="", kind="code"):
    metadata = {"nbgrader": {"grade_id": name}} if name else {}
    return {"cell_type": kind, "metadata": metadata, "source": source}


def found(*cells):
    """Return (text, cell, what was odd) of the first case of TWO."""
    answers, odd = find_answers(TWO, cells)
    told = [one.id.removeprefix("submission.") for one in odd if "a-case" in str(one)]
    return answers[0].text, answers[0].cell, told


MARK_A = cell('mark("a-case")', "a-case-mark")


def test_the_answer_cell_holds_the_answer_without_its_first_line():
    assert found(cell("%%worksheet a-case\ndx I10\nx", "a-case-answer"), MARK_A) == (
        "dx I10\nx",
        0,
        [],
    )


def test_the_variant_of_the_class_may_stand_in_the_first_line_and_no_other():
    right = cell("%%worksheet a-case variant 1\ndx I10", "a-case-answer")
    assert found(right, MARK_A) == ("dx I10", 0, [])
    wrong = cell("%%worksheet a-case variant 2\ndx I10", "a-case-answer")
    assert found(wrong, MARK_A) == ("", None, ["first-line"])


@pytest.mark.parametrize(
    "line", ["%%worksheet a-case-2", "%%worksheet a-case !ls", "%%worksheets a-case", "dx I10", ""]
)
def test_a_first_line_that_is_not_wholly_the_case_is_reported_and_marks_nothing(line):
    assert found(cell(f"{line}\ndx I10", "a-case-answer"), MARK_A) == ("", None, ["first-line"])


def test_of_several_worksheets_the_last_filled_one_above_the_mark_cell_counts():
    first = cell("%%worksheet a-case\ndx I10", "a-case-answer")
    second = cell("%%worksheet a-case\ndx E11.9", "a-case-answer")
    empty = cell("%%worksheet a-case\n# nothing", "a-case-answer")
    below = cell("%%worksheet a-case\ndx Z00.00")
    assert found(first, second, empty, MARK_A, below) == ("dx E11.9", 1, ["several"])


def test_copies_that_say_the_same_are_told_from_copies_that_differ():
    one, same = (cell(f"%%worksheet a-case\ndx I10{end}", "a-case-answer") for end in ("", " \n"))
    other = cell("%%worksheet a-case\ndx I11.9", "a-case-answer")
    assert "cells 1, 2 hold a worksheet for a-case and say the same" in told(one, same)
    assert "cells 1, 2 hold a worksheet for a-case and differ" in told(one, other)


def told(*cells):
    return str(find_answers(TWO, cells)[1][0])


def test_a_worksheet_without_the_answer_cells_id_counts_where_that_cell_is_gone():
    assert found(cell("%%worksheet a-case\ndx I10"), MARK_A) == ("dx I10", 0, ["loose"])


def test_a_worksheet_below_the_mark_cell_counts_where_none_stands_above():
    answer = cell("%%worksheet a-case\ndx I10", "a-case-answer")
    assert found(MARK_A, answer) == ("dx I10", 1, ["moved"])


def test_an_answer_cell_of_one_case_is_no_worksheet_for_another():
    wrong = cell("%%worksheet a-case\ndx I10", "b-case-answer")
    assert found(wrong, MARK_A) == ("", None, ["no-answer", "first-line"])  # the second: b-case
    assert found(cell("# %%worksheet a-case", kind="markdown"), MARK_A)[2] == ["no-answer"]


def test_the_source_says_which_case_variant_and_points_and_holds_no_solution(course):
    source = read_source(course.folder, UNIT)
    assert source.cases == (SourceCase(CASE, VARIANT, POINTS),)
    assert (source.max_score, source.sealed) == (10.0, False)
    assert "SOLUTION" not in json.dumps(source.cells)
    assert "E11.22" not in source.named[ANSWER]["source"]


def test_variant_and_points_of_a_submission_are_never_read(course):
    notebook = course.notebook(RIGHT)
    notebook["metadata"]["codinglab"] = {"unit": UNIT, "use": "practice", "cases": []}
    course.hand_in("ada", notebook)
    read = read_submission(course.folder, read_source(course.folder, UNIT), "ada")
    assert read.answers[0].case == SourceCase(CASE, VARIANT, POINTS)


def test_a_source_that_was_not_built_is_refused(course):
    path = course.path("source", "")
    path.write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4}), encoding="utf-8")
    with pytest.raises(BadData, match=r"metadata.codinglab"):
        read_source(course.folder, UNIT)
    with pytest.raises(BadData, match=r"99-none.ipynb is not there"):
        read_source(course.folder, "99-none")


FAULTS = {
    b'{"cells": [': "not JSON at line 1, column 12: Expecting value",
    b"": "not JSON at line 1, column 1",
    b"\xff\xfe{": "byte 0 is not UTF-8",
    b"[]": "it has no cells",
    b'{"cells": {}, "nbformat": 4}': "it has no cells",
    b'{"cells": [], "nbformat": 3}': "notebook format 3, not 4",
    b'{"cells": [5], "nbformat": 4}': "cell 1 is no notebook cell",
    b'{"cells": [{"cell_type": "code", "source": 5}], "nbformat": 4}': "cell 1 has no text",
    b"[" * 100_000: "cannot be read",
}


@pytest.mark.parametrize(("content", "said"), FAULTS.items())
def test_a_file_that_is_no_notebook_is_named_with_the_reason(tmp_path, content, said):
    path = tmp_path / "work.ipynb"
    path.write_bytes(content)
    with pytest.raises(BadNotebook, match=said):
        read_notebook(path)


def test_a_missing_notebook_names_the_others_that_are_there(tmp_path):
    (tmp_path / "work (1).ipynb").touch()
    with pytest.raises(BadNotebook, match=r"work.ipynb is not there \(there is work \(1\).ipynb"):
        read_notebook(tmp_path / "work.ipynb")


@pytest.mark.skipif(os.name != "posix", reason="links need no rights on POSIX only")
def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "secret").write_text('{"cells": [], "nbformat": 4}', encoding="utf-8")
    (tmp_path / "work.ipynb").symlink_to(tmp_path / "secret")
    with pytest.raises(BadNotebook, match="not a plain file"):
        read_notebook(tmp_path / "work.ipynb")


def test_a_byte_order_mark_and_half_a_surrogate_pair_do_no_harm(tmp_path):
    path = tmp_path / "work.ipynb"
    cells = [{"cell_type": "code", "source": ["dx \ud800\n", "x"]}]
    text = json.dumps({"cells": cells, "nbformat": 4})
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_notebook(path)["cells"] == [
        {"cell_type": "code", "source": "dx ?\nx", "metadata": {}}
    ]


def test_unknown_ids_added_code_and_changed_cells_are_told_apart(course):
    notebook = with_cell(course.notebook(RIGHT), "import os", MARK)
    notebook["cells"].append(cell("print(1)", "my-own"))
    next(one for one in notebook["cells"] if id_of(one) == f"{CASE}-case")["source"] = "case()"
    course.hand_in("ada", notebook)
    read = read_submission(course.folder, read_source(course.folder, UNIT), "ada")
    assert isinstance(read, Submission)
    assert [(one.id, one.severity.value) for one in read.problems] == [
        ("submission.changed", "warning"),
        ("submission.unknown", "warning"),
        ("submission.added-code", "note"),
        ("submission.added-code", "note"),
    ]


def test_who_handed_in_is_listed_and_a_stray_file_is_not(course):
    for name in ("zoe", "ada"):
        course.hand_in(name, course.notebook())
    (course.folder / "submitted" / "notes.txt").touch()
    assert students(course.folder, UNIT) == ("ada", "zoe")
    assert students(course.folder, "other") == ()


def test_reading_never_raises_for_a_file(course):
    course.hand_in("ada", "null")
    read = read_submission(course.folder, read_source(course.folder, UNIT), "ada")
    assert isinstance(read, Unreadable)
    assert str(read.problems[0]) == (
        f"{UNIT}.ipynb: it is JSON, but not a notebook: it has no cells. Ask for it again."
    )


TIMES = {
    "2026-02-11 09:30:00.250000 UTC": "2026-02-11T09:30:00.250000",
    "2026-02-11 09:30:00": "2026-02-11T09:30:00",
    "2026-02-11T09:30:00+01:00": "2026-02-11T08:30:00",
    "2026-02-11 09:30:00 +0100": "2026-02-11T08:30:00",
    "2026-02-11 09:30:00 EST": "2026-02-11T14:30:00",
}


@pytest.mark.parametrize(("text", "when"), TIMES.items())
def test_the_time_is_read_as_utc(tmp_path, text, when):
    (tmp_path / "timestamp.txt").write_text(text, encoding="utf-8")
    assert submitted_at(tmp_path) == datetime.fromisoformat(when)


def test_no_timestamp_is_no_time_and_a_wrong_one_is_an_error(tmp_path):
    assert submitted_at(tmp_path) is None
    (tmp_path / "timestamp.txt").touch()
    assert submitted_at(tmp_path) is None
    (tmp_path / "timestamp.txt").write_text("yesterday", encoding="utf-8")
    with pytest.raises(ValueError, match="'yesterday' is not a time"):
        submitted_at(tmp_path)
