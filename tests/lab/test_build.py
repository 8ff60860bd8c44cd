"""Notebooks are built: the same input gives the same bytes, and a release shows no solution."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from made_up import LESSON, SLUG, UNIT, write_unit

from codinglab.core.places import GRADERS_VARIABLE
from codinglab.core.tables import BadData
from codinglab.course.key import KeyWithheld
from codinglab.course.mark import reference
from codinglab.course.solution import worksheet
from codinglab.course.unit import load_unit, unit_slugs
from codinglab.lab.build import (
    BEGIN,
    END,
    STUB,
    as_text,
    notebook,
    pages,
    path_of,
    released,
    stale,
)
from codinglab.lab.build import (
    write as write_notebooks,
)

Write = Callable[..., str]


@pytest.fixture
def unit(write: Write, checkout: Path) -> str:
    write()
    return write_unit(checkout)


def source(slug: str) -> str:
    return as_text(notebook(load_unit(slug)))


def test_the_same_input_gives_the_same_bytes(unit: str) -> None:
    assert source(unit) == source(unit)


def test_the_cells_stand_in_the_lessons_order(unit: str) -> None:
    assert [cell["id"] for cell in notebook(load_unit(unit))["cells"]] == [
        "setup",
        "lesson-0",
        "made-up-knee-heading",
        "made-up-knee-case",
        "made-up-knee-answer",
        "made-up-knee-mark",
        "lesson-1",
    ]


def test_a_view_becomes_a_cell_that_shows_it(write: Write, checkout: Path) -> None:
    write()
    slug = write_unit(checkout, lesson=LESSON + "\n<!-- view: ways-of-paying -->\n")
    cell = notebook(load_unit(slug))["cells"][-1]
    assert (cell["id"], cell["source"]) == (
        "ways-of-paying-view",
        "from codinglab.lab.practice_year import ways_of_paying\n\nways_of_paying()",
    )
    assert cell["metadata"]["nbgrader"]["locked"]


def test_a_view_that_there_is_not_is_named(write: Write, checkout: Path) -> None:
    write()
    slug = write_unit(checkout, lesson=LESSON + "\n<!-- view: moon -->\n")
    with pytest.raises(BadData, match=r"there is no view 'moon'; choose of practice-year, ways"):
        notebook(load_unit(slug))


def test_the_built_file_is_a_valid_notebook(unit: str) -> None:
    nbformat.validate(nbformat.reads(source(unit), as_version=4))
    nbformat.validate(json.loads(as_text(released(notebook(load_unit(unit))))))


def test_nbgrader_sees_one_solution_one_grade_and_locked_cells(unit: str) -> None:
    cells = notebook(load_unit(unit))["cells"]
    said = {
        cell["id"]: tuple(
            cell["metadata"]["nbgrader"].get(name)
            for name in ("grade", "solution", "locked", "points")
        )
        for cell in cells
        if "nbgrader" in cell["metadata"]
    }
    assert said == {
        "setup": (False, False, True, None),
        "made-up-knee-case": (False, False, True, None),
        "made-up-knee-answer": (False, True, False, None),
        "made-up-knee-mark": (True, False, True, 7),
    }


def test_the_source_says_unit_use_variant_and_points(unit: str) -> None:
    assert notebook(load_unit(unit))["metadata"]["codinglab"] == {
        "unit": "01-one",
        "use": "practice",
        "cases": [{"case": SLUG, "variant": 2, "points": 7}],
    }


def answer(built: dict) -> str:
    (cell,) = (cell for cell in built["cells"] if cell["id"] == f"{SLUG}-answer")
    return cell["source"]


def test_the_source_holds_the_reference_answer_between_its_marks(unit: str) -> None:
    right = worksheet(reference(SLUG, 2))
    assert answer(notebook(load_unit(unit))) == f"%%worksheet {SLUG}\n{BEGIN}\n{right}{END}"


def test_the_release_has_a_line_to_begin_on_in_its_place(unit: str) -> None:
    assert answer(released(notebook(load_unit(unit)))) == f"%%worksheet {SLUG}\n{STUB}"


def test_the_release_names_no_code_of_the_answer(unit: str) -> None:
    text = as_text(released(notebook(load_unit(unit))))
    codes = {item.value for item in reference(SLUG, 2).items if item.kind != "visit level"}
    assert {code for code in codes if code in text} == set()
    assert "SOLUTION" not in text


def test_releasing_leaves_the_source_as_it_is(unit: str) -> None:
    built = notebook(load_unit(unit))
    before = as_text(built)
    released(built)
    assert as_text(built) == before


@pytest.mark.parametrize("slug", unit_slugs())
def test_no_release_of_a_real_unit_holds_a_solution(slug: str) -> None:
    built = released(notebook(load_unit(slug)))
    sources = [cell["source"] for cell in built["cells"] if cell["id"].endswith("-answer")]
    assert {text.partition("\n")[2] for text in sources} == {STUB}
    assert "SOLUTION" not in as_text(built)


def test_a_graded_unit_cannot_be_built_where_its_key_is_withheld(
    write: Write, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(use="graded")
    slug = write_unit(checkout, UNIT.replace("use: practice", "use: graded"))
    assert "M25.56" in source(slug)
    monkeypatch.setenv(GRADERS_VARIABLE, "")
    from made_up import forget

    forget()
    with pytest.raises(KeyWithheld):
        source(slug)


def test_writing_builds_every_unit_once(unit: str, tmp_path: Path) -> None:
    target = tmp_path / "notebooks"
    assert write_notebooks(target) == (unit,)
    assert path_of(target, unit).read_text(encoding="utf-8") == source(unit)
    assert write_notebooks(target) == ()
    assert stale(target) == ()


def test_a_folder_that_is_not_there_is_wholly_stale(unit: str, tmp_path: Path) -> None:
    assert stale(tmp_path / "notebooks") == (unit,)


def test_a_hand_edit_is_seen_and_built_over(unit: str, tmp_path: Path) -> None:
    write_notebooks(tmp_path)
    file = path_of(tmp_path, unit)
    file.write_text(file.read_text(encoding="utf-8").replace("Before.", "Edited."), "utf-8")
    assert stale(tmp_path) == (unit,)
    assert write_notebooks(tmp_path) == (unit,)
    assert file.read_text(encoding="utf-8") == source(unit)


def test_a_changed_lesson_is_seen(unit: str, checkout: Path, tmp_path: Path) -> None:
    write_notebooks(tmp_path)
    write_unit(checkout, lesson=LESSON.replace("After.", "Later."))
    assert stale(tmp_path) == (unit,)


def left_over(folder: Path, unit: str, name: str) -> Path:
    """Put a notebook that a build once wrote under `name` into `folder`."""
    file = path_of(folder, name)
    file.parent.mkdir()
    file.write_text(source(unit).replace('"unit": "01-one"', f'"unit": "{name}"'), "utf-8")
    return file


def test_the_notebook_of_a_unit_that_is_gone_is_seen_and_removed(unit: str, tmp_path: Path) -> None:
    write_notebooks(tmp_path)
    file = left_over(tmp_path, unit, "09-gone")
    assert stale(tmp_path) == ("09-gone",)
    assert write_notebooks(tmp_path) == ("09-gone",)
    assert not file.parent.exists()


def test_files_beside_a_left_over_notebook_are_kept(unit: str, tmp_path: Path) -> None:
    write_notebooks(tmp_path)
    file = left_over(tmp_path, unit, "09-gone")
    (file.parent / "mine.txt").touch()
    write_notebooks(tmp_path)
    assert [path.name for path in file.parent.iterdir()] == ["mine.txt"]
    assert stale(tmp_path) == ()


def test_what_no_build_wrote_is_left_alone(unit: str, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "photos.ipynb").write_text('{"metadata": {}, "cells": []}')
    (tmp_path / ".ipynb_checkpoints").mkdir()
    assert write_notebooks(tmp_path) == (unit,)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "checkout") == [
        ".ipynb_checkpoints",
        "01-one",
        "photos",
    ]


def test_pages_are_cut_at_their_sections() -> None:
    built = pages("# Guide\n\nText.\n\n## One\n\nA.\n\n## Two\n\nB.\n")
    assert [cell["source"] for cell in built["cells"]] == [
        "# Guide\n\nText.",
        "## One\n\nA.",
        "## Two\n\nB.",
    ]


def test_the_welcome_names_every_unit_for_practice_once() -> None:
    lesson = load_unit("00-welcome").lesson
    practice = [slug for slug in unit_slugs() if load_unit(slug).file.use == "practice"]
    named = re.findall(r"^- `practice/([a-z0-9-]+)`: ", lesson, re.MULTILINE)
    assert sorted(["00-welcome", *named]) == practice
