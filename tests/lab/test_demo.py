"""The demo is a real course: release, submit and gradebook are nbgrader's own."""

import json
import sqlite3
import subprocess
import sys

import pytest

from codinglab.course.mark import mark
from codinglab.lab.demo_class import Trainee, answer, trainees

CASE, NUMBER = "diabetes-kidney-follow-up", 3


def test_the_same_seed_is_the_same_class_and_another_seed_is_another():
    assert trainees(5, 1) == trainees(5, 1)
    assert trainees(5, 1) != trainees(5, 2)
    assert [one.id for one in trainees(3, 1)] == ["trainee01", "trainee02", "trainee03"]
    assert trainees(101, 1)[100].id == "trainee101"


def test_a_trainee_who_knows_everything_writes_the_reference_and_others_err():
    assert mark(CASE, NUMBER, answer(Trainee("ana", 1.0), CASE, NUMBER)).score == 1
    assert mark(CASE, NUMBER, answer(Trainee("bob", 0.0), CASE, NUMBER)).score < 1


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Four trainees through the first graded unit; the course is kept."""
    course = tmp_path_factory.mktemp("demo") / "course"
    command = [sys.executable, "-m", "codinglab", "demo", "--trainees", "4", "--json"]
    done = subprocess.run(
        [*command, "--keep", str(course)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return course, json.loads(done.stdout)


def test_the_demo_prints_what_it_promises(demo):
    _, said = demo
    assert [set(one) for one in said["trainees"]] == [{"id", "score", "max_score"}] * 4
    assert [one["max_score"] for one in said["trainees"]] == [30.0] * 4
    stages = ["course", "release", "submit", "collect", "grade", "feedback", "report"]
    assert list(said["stages"]) == stages
    assert {"case", "item", "expected", "missed", "of", "why", "errors"} == set(
        said["most_missed"][0]
    )


def test_the_marks_stand_in_nbgraders_own_gradebook(demo):
    course, said = demo
    with sqlite3.connect(course / "gradebook.db") as book:
        rows = book.execute(
            "select s.student_id, sum(g.auto_score) from grade g"
            " join submitted_notebook n on n.id = g.notebook_id"
            " join submitted_assignment s on s.id = n.assignment_id"
            " group by s.student_id order by s.student_id"
        ).fetchall()
    assert rows == [(one["id"], pytest.approx(one["score"])) for one in said["trainees"]]


def test_the_released_notebook_holds_no_answer(demo):
    course, _ = demo
    released = (course / "release" / "10-graded-office" / "10-graded-office.ipynb").read_text()
    assert "BEGIN SOLUTION" not in released
    assert "dx " not in released.replace("`dx", "")
    assert released.count("%%worksheet") == 3


def test_every_trainee_has_a_page_of_feedback_that_keeps_the_key_sealed(demo):
    course, said = demo
    for one in said["trainees"]:
        page = course / "feedback" / one["id"] / "10-graded-office" / "10-graded-office.html"
        notebook = json.loads(
            (
                course / "submitted" / one["id"] / "10-graded-office" / "10-graded-office.ipynb"
            ).read_text()
        )
        written = " ".join("".join(cell["source"]) for cell in notebook["cells"])
        text = page.read_text()
        for missed in said["most_missed"]:
            assert missed["expected"] in written or missed["expected"] not in text
