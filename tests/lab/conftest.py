"""Let the tests of this folder import what they share."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import pytest
from gradebook_class import Course, make_course


@pytest.fixture(scope="session")
def fresh_course(tmp_path_factory):
    """Return a course nobody has handed in to; for copying only."""
    folder = tmp_path_factory.mktemp("fresh") / "course"
    make_course(folder)
    return Course(folder)


@pytest.fixture
def course(fresh_course, tmp_path):
    """Return a course of this test's own."""
    return fresh_course.copy(tmp_path / "course")
