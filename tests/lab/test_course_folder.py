"""A person's folder is made once; what is in it afterwards stays as it is."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from made_up import LESSON, SLUG, UNIT, write_unit

from codinglab.core.tables import BadData
from codinglab.course.unit import load_unit
from codinglab.lab import course_folder
from codinglab.lab.build import STUB, as_text, notebook
from codinglab.lab.course_folder import default_folder, prepare

Write = Callable[..., str]
GUIDE = "# Guide\n\nRun a class.\n\n## Later\n\nGrade it.\n"


@pytest.fixture
def unit(write: Write, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    write()
    (checkout / "curriculum" / "guides").mkdir()
    (checkout / "curriculum" / "guides" / "instructor.md").write_text(GUIDE, encoding="utf-8")
    monkeypatch.setattr(course_folder, "WELCOME", "00-none")
    return write_unit(checkout)


def files(folder: Path) -> list[str]:
    return sorted(
        file.relative_to(folder).as_posix() for file in folder.rglob("*.*") if file.is_file()
    )


def test_a_trainee_gets_every_practice_unit_without_its_solution(unit: str, tmp_path: Path) -> None:
    work = tmp_path / "work"
    here = prepare("trainee", work, None)
    assert files(work) == ["practice/01-one/01-one.ipynb"]
    text = (work / "practice" / unit / f"{unit}.ipynb").read_text(encoding="utf-8")
    assert "SOLUTION" not in text
    assert STUB in text
    assert here.exchange == work / "exchange"


def test_the_unit_that_welcomes_lies_at_the_top(
    unit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course_folder, "WELCOME", unit)
    here = prepare("trainee", tmp_path / "work", None)
    assert files(here.folder) == ["welcome.ipynb"]
    assert here.welcome == "welcome.ipynb"


def test_a_trainee_gets_no_graded_unit(
    write: Write, unit: str, checkout: Path, tmp_path: Path
) -> None:
    write(use="graded")
    write_unit(checkout, UNIT.replace("use: practice", "use: graded"), LESSON)
    assert files(prepare("trainee", tmp_path / "work", None).folder) == []
    assert unit == "01-one"


def test_an_instructor_gets_the_sources_and_a_guide(unit: str, tmp_path: Path) -> None:
    here = prepare("instructor", tmp_path / "class", None)
    assert files(here.folder) == ["instructor.ipynb", "source/01-one/01-one.ipynb"]
    text = (here.folder / "source" / unit / f"{unit}.ipynb").read_text(encoding="utf-8")
    assert text == as_text(notebook(load_unit(unit)))
    assert f"%%worksheet {SLUG}" in text


@pytest.mark.parametrize("role", ["trainee", "instructor"])
def test_a_second_run_overwrites_nothing(
    role: course_folder.Role, unit: str, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    prepare(role, folder, None)
    for file in folder.rglob("*.ipynb"):
        file.write_text("my own work", encoding="utf-8")
    prepare(role, folder, None)
    assert unit == "01-one"
    assert {file.read_text(encoding="utf-8") for file in folder.rglob("*.ipynb")} == {"my own work"}


def test_a_second_run_brings_back_only_what_was_deleted(unit: str, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    prepare("trainee", folder, None)
    (folder / "practice" / unit / f"{unit}.ipynb").unlink()
    prepare("trainee", folder, None)
    assert files(folder) == ["practice/01-one/01-one.ipynb"]


def test_the_exchange_may_lie_elsewhere_and_is_open_to_the_class(unit: str, tmp_path: Path) -> None:
    here = prepare("instructor", tmp_path / "class", tmp_path / "exchange")
    assert here.exchange == tmp_path / "exchange"
    assert stat.S_IMODE(here.exchange.stat().st_mode) == 0o777
    assert unit == "01-one"


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def test_a_trainees_work_and_exchange_cache_are_nobody_elses(unit: str, tmp_path: Path) -> None:
    here = prepare("trainee", tmp_path / "mine", tmp_path / "exchange")
    assert unit == "01-one"
    assert (mode(here.folder), mode(here.private)) == (0o700, 0o700)


def test_the_class_can_reach_the_exchange_and_nothing_else_of_a_course(
    unit: str, tmp_path: Path
) -> None:
    here = prepare("instructor", tmp_path / "class", None)
    assert unit == "01-one"
    assert (mode(here.folder), mode(here.exchange)) == (0o711, 0o777)
    steps = ("source", "release", "submitted", "autograded", "feedback", ".codinglab")
    assert {mode(here.folder / step) for step in steps} == {0o700}


def test_a_folder_that_was_there_before_keeps_its_rights(unit: str, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o750)
    assert (unit, mode(prepare("trainee", folder, None).folder)) == ("01-one", 0o750)


def test_a_checkout_is_no_place_to_work_in(unit: str, checkout: Path) -> None:
    assert unit == "01-one"
    with pytest.raises(BadData, match="is a checkout of codinglab itself; name another folder"):
        prepare("trainee", checkout, None)


def test_each_role_has_a_folder_of_its_own_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_folder("trainee") == tmp_path / "codinglab-work"
    assert default_folder("instructor") == tmp_path / "codinglab-course"
