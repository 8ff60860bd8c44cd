"""The wheel carries what a trainee needs, no graded key, and works outside the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

import codinglab

ROOT = Path(__file__).resolve().parents[1]


def files_under(folder: str) -> set[str]:
    """Return the files under a folder of the checkout, without what tools leave behind."""
    files = {file for file in (ROOT / folder).rglob("*") if file.is_file()}
    kept = {file for file in files if not {"__pycache__", ".ipynb_checkpoints"} & set(file.parts)}
    return {file.relative_to(ROOT).as_posix() for file in kept}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(built)


@pytest.fixture(scope="module")
def members(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--no-compile", "--target", str(target), str(wheel)], check=True)
    return target


def run_outside(installed: Path, tmp_path: Path, script: str) -> str:
    """Run a script where only the installed wheel, and no checkout, can be found."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "CODINGLAB_CACHE": str(tmp_path)}
    environment.pop("CODINGLAB_GRADERS", None)
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


@pytest.mark.parametrize("folder", ["code_sets", "curriculum", "graders/keys/practice"])
def test_the_wheel_carries_every_file_of(folder: str, members: set[str]) -> None:
    wanted = {f"codinglab/_data/{name}" for name in files_under(folder)}
    assert wanted - members == set()
    assert wanted != set()


def test_the_wheel_carries_every_module_and_asset(members: set[str]) -> None:
    wanted = {name.removeprefix("src/") for name in files_under("src/codinglab")}
    assert wanted - members == set()


def test_the_wheel_carries_no_graded_key(members: set[str]) -> None:
    graders = {name.removeprefix("codinglab/_data/") for name in members if "/graders/" in name}
    assert graders == files_under("graders/keys/practice") | files_under("graders/rubrics")
    graded = {Path(name).name for name in files_under("graders/keys/graded")}
    assert {name for name in members if Path(name).name in graded} == set()


def test_the_wheel_carries_no_notebook_and_no_test(members: set[str]) -> None:
    assert {name for name in members if name.endswith(".ipynb")} == set()
    assert {name.partition("/")[0] for name in members} == {
        "codinglab",
        f"codinglab-{codinglab.__version__}.dist-info",
    }


def test_the_wheel_carries_its_licences(members: set[str]) -> None:
    licences = {Path(name).name for name in members if "/licenses/" in name}
    assert licences == {"LICENSE", "LICENSE-curriculum", "NOTICE"}


def test_an_installed_wheel_finds_its_own_data(installed: Path, tmp_path: Path) -> None:
    script = (
        "from codinglab.core import places;"
        "print(places.in_checkout(), places.data_folder('curriculum'), places.graders_folder())"
    )
    where = installed / "codinglab" / "_data" / "curriculum"
    assert run_outside(installed, tmp_path, script) == f"False {where} None"


def test_an_installed_wheel_sees_practice_keys_and_no_graded_ones(
    installed: Path, tmp_path: Path
) -> None:
    keys = {
        use: sorted(Path(name).stem for name in files_under(f"graders/keys/{use}"))
        for use in ("practice", "graded")
    }
    script = (
        "from codinglab.core.places import key_file;"
        f"print({{use: [s for s in slugs if key_file(s, use)] for use, slugs in {keys}.items()}})"
    )
    expected = {"practice": keys["practice"], "graded": []}
    assert run_outside(installed, tmp_path, script) == str(expected)


def test_an_installed_wheel_marks_a_practice_case(installed: Path, tmp_path: Path) -> None:
    script = (
        "from codinglab.course.mark import mark, reference\n"
        "from codinglab.course.solution import worksheet\n"
        "slug = 'diabetes-kidney-follow-up'\n"
        "print(mark(slug, 1, worksheet(reference(slug, 1))).score, mark(slug, 1, '').score)"
    )
    assert run_outside(installed, tmp_path, script) == "1 0"
