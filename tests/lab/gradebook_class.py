"""A course with one assignment of one case, and trainees who hand in whatever a test asks for."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from codinglab.course.unit import Unit, UnitCase, UnitFile
from codinglab.lab import build

UNIT, CASE, VARIANT, POINTS = "10-one-case", "diabetes-kidney-follow-up", 3, 10
ANSWER, MARK = f"{CASE}-answer", f"{CASE}-mark"
FIRST = f"%%worksheet {CASE}\n"
# Variant 3 can earn 3 (E11.22) + 3 (E11.65) + 1 (I12.9) + 1 (N18.32) + 1 (Z79.84) + 3 1/2 (the
# visit: code 2, units 1, pointer 1/2) + 3 (the three elements of its level) = 15 1/2.
DIAGNOSES = "dx E11.22\ndx E11.65\ndx I12.9\ndx N18.32\ndx Z79.84\n"
RIGHT = f"{DIAGNOSES}line 99214 x1 dx A\nem mdm moderate/low/moderate\n"
ONE_POINTS = 1.94  # E11.22 alone: 3 / 15 1/2 of 10
DIAGNOSES_POINTS = 5.81  # 9 / 15 1/2 of 10
SCRIPT = Path(__file__).with_name("gradebook_stock.py")


def stock(course, *arguments):
    """Run nbgrader itself in a process of its own; return what it says as JSON."""
    scripts = Path(sys.executable).parent  # nbgrader calls alembic by its name
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, SCRIPT, course, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def make_course(folder):
    """Make a course in `folder` by the product's build and nbgrader's generate_assignment."""
    entry = UnitCase(case=CASE, variant=VARIANT, points=POINTS)
    file = UnitFile(title="One case", use="practice", summary="", minutes=8, cases=(entry,))
    unit = Unit(UNIT, file, f"# One case\n\n<!-- case: {CASE} -->\n\nThe end.\n")
    path = build.path_of(folder / "source", UNIT)
    path.parent.mkdir(parents=True)
    path.write_text(build.as_text(build.notebook(unit)), encoding="utf-8")
    stock(folder, "generate", UNIT)


class Course:
    """A course's folder, with short ways to hand in and to look."""

    def __init__(self, folder):
        self.folder = folder

    def path(self, step, student):
        return self.folder / step / student / UNIT / f"{UNIT}.ipynb"

    def released(self):
        text = self.path("release", "").read_text(encoding="utf-8")
        return json.loads(text)

    def notebook(self, body=None, *, source=None):
        """Return the released notebook with `body` in its answer cell, or the whole `source`."""
        found = self.released()
        if body is not None or source is not None:
            cell_of(found, ANSWER)["source"] = FIRST + body if source is None else source
        return found

    def hand_in(self, student, notebook, time="2026-02-11 09:30:00.000000 UTC"):
        path = self.path("submitted", student)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = notebook if isinstance(notebook, str) else json.dumps(notebook)
        path.write_text(text, encoding="utf-8")
        if time:
            (path.parent / "timestamp.txt").write_text(time, encoding="utf-8")

    def autograded(self, student):
        return json.loads(self.path("autograded", student).read_text(encoding="utf-8"))

    def page(self, student):
        path = self.path("feedback", student).with_suffix(".html")
        return path.read_text(encoding="utf-8")

    def query(self, text, *values):
        """Return the rows of a query, and keep what a statement changes."""
        connection = sqlite3.connect(self.folder / "gradebook.db")
        with connection:
            found = connection.execute(text, values).fetchall()
        connection.close()
        return found

    def marks(self):
        """Return each student's automatic points, as the gradebook holds them."""
        return dict(self.query(f"SELECT student_id, auto_score {_FROM} JOIN grade g {_ON}"))

    def comments(self):
        return dict(self.query(f"SELECT student_id, auto_comment {_FROM} JOIN comment g {_ON}"))

    def copy(self, folder):
        shutil.copytree(self.folder, folder)
        return Course(folder)

    def seal(self):
        """Make the assignment graded work."""
        path = self.path("source", "")
        found = json.loads(path.read_text(encoding="utf-8"))
        found["metadata"]["codinglab"]["use"] = "graded"
        path.write_text(json.dumps(found), encoding="utf-8")


_FROM = "FROM submitted_assignment a JOIN submitted_notebook n ON n.assignment_id = a.id"
_ON = "ON g.notebook_id = n.id"


def cell_of(notebook, name):
    """Return the cell with the nbgrader id `name`."""
    return next(cell for cell in notebook["cells"] if id_of(cell) == name)


def id_of(cell):
    return cell["metadata"].get("nbgrader", {}).get("grade_id")


def without(notebook, *names):
    """Return `notebook` without the cells of those nbgrader ids."""
    return {**notebook, "cells": [one for one in notebook["cells"] if id_of(one) not in names]}


def with_cell(notebook, source, before, **metadata):
    """Return `notebook` with one more code cell before the cell called `before`."""
    cell = {"cell_type": "code", "execution_count": None, "id": "more", "outputs": []}
    cells = list(notebook["cells"])
    at = next(n for n, one in enumerate(cells) if id_of(one) == before)
    cells.insert(at, {**cell, "metadata": metadata, "source": source})
    return {**notebook, "cells": cells}


def ids(trainee):
    """Return the ids of what was reported, without their common beginning."""
    return [one.id.removeprefix("submission.") for one in trainee.problems]
