"""nbgrader's own commands, for the tests to compare with; run as a script, prints JSON."""

import json
import sys

from nbgrader.apps import NbGraderAPI
from traitlets.config import Config

from codinglab.lab.build import STUB


def api(course):
    config = Config()
    config.CourseDirectory.root = course
    config.CourseDirectory.course_id = "codinglab"
    config.ClearSolutions.code_stub = {"python": STUB}
    config.OverwriteCells.add_missing_cells = True
    return NbGraderAPI(config=config)


def generate(course, assignment):
    """Release the assignment."""
    return api(course).generate_assignment(assignment)["success"]


def autograde(course, assignment, *students):
    """Return each student's mark, or None; one by one, for a duplicated cell stops a batch."""
    nbgrader, marks = api(course), {}
    for student in students:
        done = nbgrader.autograde(assignment, student)["success"]
        with nbgrader.gradebook as gradebook:
            marks[student] = gradebook.find_submission(assignment, student).score if done else None
    return marks


def feedback(course, assignment, *students):
    """Let nbgrader read what was autograded, and make its own feedback page of it."""
    nbgrader = api(course)
    done = {one: nbgrader.generate_feedback(assignment, one) for one in students}
    graded = nbgrader.get_autograded_students(assignment)
    return {one: one in graded and said["success"] for one, said in done.items()}


if __name__ == "__main__":
    step = {"generate": generate, "autograde": autograde, "feedback": feedback}[sys.argv[2]]
    print(json.dumps(step(sys.argv[1], *sys.argv[3:])))  # noqa: T201  the answer
