"""`codinglab check`, `build` and `lab`: what they print, write and return."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from made_up import KEY, SLUG, write_unit
from typer.testing import CliRunner

from codinglab.cli.app import app

Write = Callable[..., str]
FINDING_KEYS = ["id", "place", "message", "remedy", "severity", "cite"]


def ran(*words: str) -> tuple[int, str]:
    """Return exit code and standard output of the command `words`."""
    result = CliRunner().invoke(app, list(words), catch_exceptions=False)
    return result.exit_code, result.stdout


def test_a_sound_case_is_proven_and_exits_with_0(write: Write) -> None:
    write()
    assert ran("check", SLUG) == (0, f"{SLUG}: 12 variants, 12 distinct keys: proven\n")


def test_all_cases_are_checked_where_none_is_named(write: Write) -> None:
    write()
    assert ran("check") == (0, f"{SLUG}: 12 variants, 12 distinct keys: proven\n")


def test_a_faulty_case_is_told_and_exits_with_1(write: Write) -> None:
    write(key_yml=KEY.replace("error: unspecified", "error: sloppiness"))
    code, said = ran("check", SLUG)
    assert (code, said.splitlines()) == (
        1,
        [
            f"{SLUG}: 12 variants, 12 distinct keys: 1 findings",
            (
                f"  {SLUG}, knee: 'sloppiness' is no class of error. "
                "Use one of grading/error_classes.py."
            ),
        ],
    )


def test_the_json_of_check_has_stable_keys(write: Write) -> None:
    write(key_yml=KEY.replace("error: unspecified", "error: sloppiness"))
    code, said = ran("check", "--json")
    (proof,) = json.loads(said)
    assert code == 1
    assert list(proof) == ["case", "variants", "distinct_keys", "findings"]
    assert [list(one) for one in proof["findings"]] == [FINDING_KEYS]
    assert (proof["case"], proof["variants"], proof["distinct_keys"]) == (SLUG, 12, 12)


def test_cases_are_proven_in_parallel_in_the_order_asked_for() -> None:
    code, said = ran("check", "--json", "diabetes-kidney-follow-up", "chest-pain-uncertain")
    assert code == 0
    assert [(one["case"], one["findings"]) for one in json.loads(said)] == [
        ("diabetes-kidney-follow-up", []),
        ("chest-pain-uncertain", []),
    ]


@pytest.fixture
def unit(write: Write, checkout: Path) -> str:
    write()
    return write_unit(checkout)


BUILD_KEYS = ["folder", "units", "changed", "written"]


def test_building_writes_what_changed_and_then_nothing(unit: str, tmp_path: Path) -> None:
    target = tmp_path / "notebooks"
    assert ran("build", "--to", str(target)) == (0, f"{unit}: written\n")
    assert (target / unit / f"{unit}.ipynb").is_file()
    assert ran("build", "--to", str(target)) == (0, "1 notebooks are up to date\n")


def test_the_checkouts_notebooks_are_built_where_no_folder_is_named(
    unit: str, checkout: Path
) -> None:
    assert ran("build") == (0, f"{unit}: written\n")
    assert (checkout / "notebooks" / unit / f"{unit}.ipynb").is_file()


def test_build_check_writes_nothing_and_exits_with_1_when_stale(unit: str, tmp_path: Path) -> None:
    target = tmp_path / "notebooks"
    assert ran("build", "--check", "--to", str(target)) == (
        1,
        f"{unit}: not up to date: run codinglab build\n",
    )
    assert not target.exists()
    ran("build", "--to", str(target))
    assert ran("build", "--check", "--to", str(target)) == (0, "1 notebooks are up to date\n")


def test_the_json_of_build_has_stable_keys(unit: str, tmp_path: Path) -> None:
    code, said = ran("build", "--check", "--json", "--to", str(tmp_path / "notebooks"))
    value = json.loads(said)
    assert (code, list(value)) == (1, BUILD_KEYS)
    assert (value["units"], value["changed"], value["written"]) == ([unit], [unit], False)


@pytest.mark.parametrize(
    ("role", "welcome"), [("trainee", "welcome.ipynb"), ("instructor", "instructor.ipynb")]
)
def test_a_lab_can_be_prepared_without_starting_it(
    role: str, welcome: str, unit: str, checkout: Path, tmp_path: Path
) -> None:
    guides = checkout / "curriculum" / "guides"
    guides.mkdir()
    (guides / "instructor.md").write_text("# Guide\n", encoding="utf-8")
    folder = tmp_path / "mine"
    words = ("lab", "--no-start", "--role", role, "--course", str(folder))
    assert ran(*words) == (0, f"{role}'s folder is ready: {folder}\n")
    code, said = ran(*words, "--json")
    assert (code, json.loads(said)) == (
        0,
        {
            "role": role,
            "folder": str(folder),
            "exchange": str(folder / "exchange"),
            "welcome": welcome,
        },
    )
    assert (folder / ".codinglab" / "config" / "nbgrader_config.py").is_file()
    assert unit == "01-one"


def test_an_unknown_role_is_a_usage_error_with_exit_code_2(tmp_path: Path) -> None:
    assert ran("lab", "--role", "owner", "--no-start", "--course", str(tmp_path))[0] == 2
