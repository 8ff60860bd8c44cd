"""What stands in nbgrader's gradebook and in autograded/ after grading, whatever happens."""

import json
import os
import sqlite3
import subprocess
import sys

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
    id_of,
    ids,
    with_cell,
    without,
)

from codinglab.core.tables import BadData
from codinglab.lab import grading
from codinglab.lab.autograded_swap import Swap, recover
from codinglab.lab.gradebook_session import GradebookError
from codinglab.lab.grading import grade_assignment
from codinglab.lab.grading_result import State

ONE = "dx E11.22\n"


def points_shown(course, student):
    """Return the points that the mark cell of an autograded notebook shows."""
    outputs = cell_of(course.autograded(student), MARK)["outputs"]
    return float(outputs[-1]["data"]["text/plain"])


def left_over(course):
    return [one.name for one in course.folder.iterdir() if one.name.startswith(".codinglab")]


def test_marks_comment_time_and_notebook_are_written_for_a_new_trainee(course):
    course.hand_in("ada", course.notebook(DIAGNOSES))
    result = grade_assignment(course.folder, UNIT)
    assert result.as_json() == {
        "assignment": UNIT,
        "use": "practice",
        "trainees": [
            {
                "id": "ada",
                "status": "marked",
                "score": DIAGNOSES_POINTS,
                "max_score": 10.0,
                "seconds_late": 0.0,
                "cases": [{"case": CASE, "points": DIAGNOSES_POINTS, "max_points": 10.0}],
                "problems": [],
            }
        ],
    }
    assert course.query("SELECT id FROM student") == [("ada",)]
    assert course.query("SELECT timestamp FROM submitted_assignment") == [
        ("2026-02-11 09:30:00.000000",)
    ]
    grade = "SELECT auto_score, manual_score, extra_credit, needs_manual_grade FROM grade"
    assert course.query(grade) == [(DIAGNOSES_POINTS, None, None, 0)]
    said = "5.81 of 10 points.\n- line 1: E11.22: right, 3 of 3."
    assert course.comments()["ada"].startswith(said)
    assert points_shown(course, "ada") == DIAGNOSES_POINTS
    stamp = course.path("autograded", "ada").with_name("timestamp.txt")
    assert stamp.read_text(encoding="utf-8") == "2026-02-11 09:30:00.000000 UTC"
    assert left_over(course) == []


def test_the_autograded_notebook_has_the_instructors_cells_and_the_trainees_answer(course):
    work = with_cell(course.notebook(ONE), "print('mine')", MARK)
    cell_of(work, MARK)["source"] = "10.0"
    cell_of(work, f"{CASE}-case")["outputs"] = [{"output_type": "display_data", "data": {}}]
    course.hand_in("ada", work)
    grade_assignment(course.folder, UNIT)
    kept = course.autograded("ada")
    assert cell_of(kept, MARK)["source"] == f'mark("{CASE}", points=10)'
    assert cell_of(kept, ANSWER)["source"] == FIRST + ONE
    assert [one["source"] for one in kept["cells"] if one["source"].startswith("print")] == [
        "print('mine')"
    ]
    assert cell_of(kept, f"{CASE}-case")["outputs"] == []


def test_what_was_taken_out_is_put_back_in_its_place_and_every_id_stands_once(course):
    names = [id_of(one) for one in course.released()["cells"] if id_of(one)]
    course.hand_in("ada", without(course.notebook(RIGHT), ANSWER, MARK, f"{CASE}-case"))
    twice = course.notebook(RIGHT)
    twice["cells"] += [dict(one) for one in twice["cells"]]
    course.hand_in("bob", twice)
    grade_assignment(course.folder, UNIT)
    for student in ("ada", "bob"):
        cells = course.autograded(student)["cells"]
        assert [id_of(one) for one in cells if id_of(one)] == names
        assert len({one["id"] for one in cells}) == len(cells)


def test_the_autograded_notebook_is_a_valid_notebook(course):
    import nbformat

    twice = course.notebook(RIGHT)
    twice["cells"] += [{**one, "id": "not an id!"} for one in twice["cells"]]
    course.hand_in("ada", twice)
    grade_assignment(course.folder, UNIT)
    nbformat.validate(nbformat.from_dict(course.autograded("ada")))


def test_manual_marks_extra_credit_and_comments_survive_and_changed_work_asks_for_a_look(course):
    course.hand_in("ada", course.notebook(ONE))
    grade_assignment(course.folder, UNIT)
    course.query("UPDATE grade SET manual_score = 7.5, extra_credit = 1.0")
    course.query("UPDATE comment SET manual_comment = 'Well argued.'")
    wanted = "SELECT auto_score, manual_score, extra_credit, needs_manual_grade FROM grade"

    assert grade_assignment(course.folder, UNIT).trainees[0].score == 8.5
    assert course.query(wanted) == [(ONE_POINTS, 7.5, 1.0, 0)]

    course.hand_in("ada", course.notebook(RIGHT))
    for _ in range(2):  # the second run must not take the wish for a look back
        assert grade_assignment(course.folder, UNIT).trainees[0].score == 8.5
        assert course.query(wanted) == [(10.0, 7.5, 1.0, 1)]
    assert course.query("SELECT manual_comment FROM comment") == [("Well argued.",)]


def test_late_work_is_reported_and_costs_what_the_course_has_configured(course):
    course.query("UPDATE assignment SET duedate = '2026-02-11 09:00:00.000000'")
    course.hand_in("ada", course.notebook(RIGHT))
    assert (trainee := grade_assignment(course.folder, UNIT).trainees[0]).seconds_late == 1800.0
    assert trainee.score == 10.0
    config = "c = get_config()\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
    (course.folder / "nbgrader_config.py").write_text(config, encoding="utf-8")
    assert grade_assignment(course.folder, UNIT).trainees[0].score == 0.0
    assert course.query("SELECT late_submission_penalty FROM submitted_notebook") == [(10.0,)]
    course.query("UPDATE submitted_assignment SET extension = '1970-01-01 00:30:00.000000'")
    assert grade_assignment(course.folder, UNIT).trainees[0].score == 10.0


def test_an_unreadable_file_leaves_neither_mark_nor_notebook_and_stops_nobody(course):
    course.hand_in("ada", "{")
    course.hand_in("bob", course.notebook(RIGHT))
    ada, bob = grade_assignment(course.folder, UNIT).trainees
    assert (ada.state, ada.score, ids(ada)) == (State.UNREADABLE, None, ["unreadable"])
    assert (bob.state, bob.score) == (State.MARKED, 10.0)
    assert course.marks() == {"bob": 10.0}
    assert not course.path("autograded", "ada").exists()


def test_an_unreadable_file_after_a_readable_one_leaves_the_earlier_mark_and_notebook(course):
    course.hand_in("ada", course.notebook(ONE))
    grade_assignment(course.folder, UNIT)
    course.hand_in("ada", "{", time="2026-02-12 09:30:00.000000 UTC")
    ada = grade_assignment(course.folder, UNIT).trainees[0]
    assert (ada.state, ids(ada)) == (State.UNREADABLE, ["unreadable", "earlier"])
    assert "the mark of an earlier submission stands: 1.94 of 10." in str(ada.problems[1])
    assert course.marks() == {"ada": ONE_POINTS}
    assert points_shown(course, "ada") == ONE_POINTS
    assert course.query("SELECT timestamp FROM submitted_assignment") == [
        ("2026-02-11 09:30:00.000000",)
    ]


@pytest.mark.parametrize("broken", ["new", "put"])
def test_what_cannot_be_written_is_neither_in_the_gradebook_nor_in_the_folder(
    course, monkeypatch, broken
):
    course.hand_in("ada", course.notebook(ONE))
    course.hand_in("bob", course.notebook(ONE))
    grade_assignment(course.folder, UNIT)
    for student in ("ada", "bob", "cleo"):
        course.hand_in(student, course.notebook(RIGHT))
    whole = getattr(Swap, broken)

    def fails(self, student):
        done = whole(self, student)
        if student in {"ada", "cleo"}:
            raise OSError(28, "No space left on device")
        return done

    monkeypatch.setattr(Swap, broken, fails)
    ada, bob, cleo = grade_assignment(course.folder, UNIT).trainees
    assert (ada.state, bob.state, cleo.state) == (State.FAILED, State.MARKED, State.FAILED)
    assert "OSError: [Errno 28] No space left on device." in str(ada.problems[0])
    assert course.marks() == {"ada": ONE_POINTS, "bob": 10.0}
    assert (points_shown(course, "ada"), points_shown(course, "bob")) == (ONE_POINTS, 10.0)
    assert not course.path("autograded", "cleo").exists()
    assert left_over(course) == []


def test_a_fault_in_marking_one_answer_stops_nobody(course, monkeypatch):
    course.hand_in("ada", course.notebook(ONE))
    course.hand_in("bob", course.notebook(RIGHT))
    whole = grading.mark_answer

    def fails(answer, *, sealed):
        if "E11.65" not in answer.text:
            raise ZeroDivisionError("division by zero")
        return whole(answer, sealed=sealed)

    monkeypatch.setattr(grading, "mark_answer", fails)
    ada, bob = grade_assignment(course.folder, UNIT).trainees
    assert (ada.state, ids(ada), bob.score) == (State.UNREADABLE, ["mark"], 10.0)


def test_an_interrupted_run_leaves_everything_as_it_was(course):
    course.hand_in("ada", course.notebook(ONE))
    grade_assignment(course.folder, UNIT)
    for student in ("ada", "bob"):
        course.hand_in(student, course.notebook(RIGHT))

    def interrupt(student):
        if student == "bob":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade_assignment(course.folder, UNIT, progress=interrupt)
    assert course.marks() == {"ada": ONE_POINTS}
    assert points_shown(course, "ada") == ONE_POINTS
    assert not course.path("autograded", "bob").exists()
    assert left_over(course) == []


KILLED = """
import os, sys
from pathlib import Path
from sqlalchemy import Connection
from codinglab.lab import grading
whole = Connection.commit
def commit(connection):
    if sys.argv[2] == "after":
        whole(connection)
    os._exit(9)
Connection.commit = commit
grading.grade_assignment(Path(sys.argv[1]), sys.argv[3])
"""


@pytest.mark.parametrize(("when", "stands"), [("before", ONE_POINTS), ("after", 10.0)])
def test_a_run_killed_around_the_commit_is_undone_or_finished_by_the_next(course, when, stands):
    course.hand_in("ada", course.notebook(ONE))
    grade_assignment(course.folder, UNIT)
    course.hand_in("ada", course.notebook(RIGHT))
    course.hand_in("bob", course.notebook(RIGHT))
    command = [sys.executable, "-c", KILLED, course.folder, when, UNIT]
    assert subprocess.run(command, check=False).returncode == 9
    assert left_over(course) == [".codinglab-grading-2"]
    assert course.marks()["ada"] == stands
    assert points_shown(course, "ada") == 10.0  # the new notebook, whose mark may not stand

    for student in ("ada", "bob"):  # so that the next run writes neither
        course.hand_in(student, "{")
    grade_assignment(course.folder, UNIT)
    assert course.marks()["ada"] == stands
    assert points_shown(course, "ada") == stands
    assert ("bob" in course.marks()) == course.path("autograded", "bob").exists()
    assert ("bob" in course.marks()) == (when == "after")
    assert left_over(course) == []


def test_undoing_twice_changes_nothing_more(tmp_path):
    old = tmp_path / "autograded" / "ada" / "unit"
    old.mkdir(parents=True)
    (old / "page").write_text("old", encoding="utf-8")
    swap = Swap(tmp_path, "unit", 3)
    (swap.new("ada") / "page").write_text("new", encoding="utf-8")
    swap.new("bob")
    swap.put("ada")
    swap.put("bob")
    assert (old / "page").read_text(encoding="utf-8") == "new"
    recover(tmp_path, 2)
    recover(tmp_path, 2)
    assert (old / "page").read_text(encoding="utf-8") == "old"
    assert not (tmp_path / "autograded" / "bob" / "unit").exists()
    assert left_over_names(tmp_path) == ["autograded"]


def left_over_names(folder):
    return sorted(one.name for one in folder.iterdir())


def test_grading_twice_changes_nothing(course):
    for student, text in (("ada", ONE), ("bob", RIGHT)):
        course.hand_in(student, course.notebook(text))
    first = grade_assignment(course.folder, UNIT)
    rows = "SELECT * FROM grade ORDER BY id"
    before, files = course.query(rows), course.path("autograded", "ada").read_bytes()
    assert grade_assignment(course.folder, UNIT) == first
    assert course.query(rows) == before
    assert course.path("autograded", "ada").read_bytes() == files


def test_only_the_named_trainees_are_marked_and_told_of(course):
    for student in ("ada", "bob", "cleo"):
        course.hand_in(student, course.notebook(RIGHT))
    told = []
    grade_assignment(course.folder, UNIT, only=["bob", "cleo"], progress=told.append)
    assert told == ["bob", "cleo"]
    assert course.marks() == {"bob": 10.0, "cleo": 10.0}


def test_without_a_timestamp_there_is_no_time_and_a_wrong_one_is_reported(course):
    course.hand_in("ada", course.notebook(RIGHT), time=None)
    course.hand_in("bob", course.notebook(RIGHT), time="yesterday")
    ada, bob = grade_assignment(course.folder, UNIT).trainees
    assert (ids(ada), ids(bob), bob.score) == ([], ["time"], 10.0)
    assert course.query("SELECT timestamp FROM submitted_assignment") == [(None,), (None,)]


def test_the_comment_lets_no_html_through(course):
    course.hand_in("ada", course.notebook("<script>alert(1)</script>\ndx E11.22\n"))
    grade_assignment(course.folder, UNIT)
    said = course.comments()["ada"]
    assert "<" not in said
    assert "\u2039script\u203aalert(1)" in said


def test_a_worksheet_is_never_executed(course):
    evil = "__import__('os').system('touch executed')\n!touch executed\n"
    course.hand_in("ada", course.notebook(evil))
    grade_assignment(course.folder, UNIT)
    assert list(course.folder.rglob("executed")) == []


def test_an_assignment_that_was_not_generated_is_named_with_what_to_do(course):
    other = course.path("source", "").parent.with_name("02-other")
    other.mkdir()
    text = course.path("source", "").read_text(encoding="utf-8")
    (other / "02-other.ipynb").write_text(text, encoding="utf-8")
    with pytest.raises(GradebookError, match="run 'nbgrader generate_assignment 02-other'"):
        grade_assignment(course.folder, "02-other")
    (course.folder / "gradebook.db").unlink()
    with pytest.raises(GradebookError, match=r"gradebook.db is not there; run 'nbgrader"):
        grade_assignment(course.folder, UNIT)
    with pytest.raises(BadData, match=r"03-none.ipynb is not there"):
        grade_assignment(course.folder, "03-none")


def test_points_that_changed_after_generating_are_refused(course):
    course.query("UPDATE grade_cells SET max_score = 20.0")
    with pytest.raises(GradebookError, match=f"has 20.0 points for {CASE}, the source notebook 10"):
        grade_assignment(course.folder, UNIT)
    assert left_over(course) == []


def test_a_gradebook_that_is_in_use_is_named(course, monkeypatch):
    monkeypatch.setattr("codinglab.lab.gradebook_session._WAIT", 0.1)
    course.hand_in("ada", course.notebook(RIGHT))
    other = sqlite3.connect(course.folder / "gradebook.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(GradebookError, match="database is locked; close what uses it"):
        grade_assignment(course.folder, UNIT)
    other.close()
    assert not course.path("autograded", "ada").exists()


LIGHT = """
import sys
from pathlib import Path
from codinglab.lab.grading import grade_assignment
grade_assignment(Path(sys.argv[1]), sys.argv[2])
heavy = ("nbgrader", "nbformat", "jsonschema", "pandas", "IPython", "ipywidgets", "nbconvert")
print([name for name in heavy if name in sys.modules])
"""


def test_grading_loads_neither_nbgraders_applications_nor_a_kernel(course):
    course.hand_in("ada", course.notebook(RIGHT))
    command = [sys.executable, "-c", LIGHT, course.folder, UNIT]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout == "[]\n"


def test_the_models_are_nbgraders_own_where_nbgrader_is_loaded_already():
    code = (
        "import nbgrader.api\nfrom codinglab.lab.gradebook_models import models\n"
        "print(models() is nbgrader.api)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_a_trainee_known_to_nbgrader_with_a_name_keeps_it(course):
    course.query("INSERT INTO student (id, first_name) VALUES ('ada', 'Ada')")
    course.hand_in("ada", course.notebook(RIGHT))
    grade_assignment(course.folder, UNIT)
    assert course.query("SELECT id, first_name FROM student") == [("ada", "Ada")]


def test_files_beside_the_notebook_are_kept_as_nbgrader_keeps_them(course):
    course.hand_in("ada", course.notebook(RIGHT))
    beside = course.path("submitted", "ada").with_name("journal.jsonl")
    beside.write_text(json.dumps({"at": 1}), encoding="utf-8")
    grade_assignment(course.folder, UNIT)
    kept = course.path("autograded", "ada").with_name("journal.jsonl")
    assert kept.read_text(encoding="utf-8") == '{"at": 1}'
