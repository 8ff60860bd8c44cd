"""Where data lives: a checkout or a wheel, the instructor's keys, the user's cache."""

from pathlib import Path

import pytest

from codinglab.core import places
from codinglab.core.places import (
    CACHE_VARIABLE,
    DATA_VARIABLE,
    GRADERS_VARIABLE,
    DataMissing,
    cache_folder,
    checkout,
    data_folder,
    graders_folder,
    in_checkout,
    key_file,
    user_data_folder,
)

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for a checkout with one practice key and one graded key."""
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "curriculum").mkdir()
    for use in ("practice", "graded"):
        folder = tmp_path / "graders" / "keys" / use
        folder.mkdir(parents=True)
        (folder / f"{use}-case.yml").touch()
    monkeypatch.setattr(places, "_CHECKOUT", tmp_path)
    monkeypatch.delenv(GRADERS_VARIABLE, raising=False)
    return tmp_path


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for an installed wheel: no checkout around the package."""
    package = tmp_path / "site-packages" / "codinglab"
    (package / "_data" / "graders" / "keys" / "practice").mkdir(parents=True)
    monkeypatch.setattr(places, "_CHECKOUT", tmp_path)
    monkeypatch.setattr(places, "_PACKAGE", package)
    monkeypatch.delenv(GRADERS_VARIABLE, raising=False)
    return package


def test_this_very_package_runs_from_its_checkout() -> None:
    assert checkout() == ROOT
    assert data_folder("curriculum") == ROOT / "curriculum"


def test_a_wheel_reads_its_own_data(wheel: Path) -> None:
    assert not in_checkout()
    assert data_folder("graders") == wheel / "_data" / "graders"


def test_a_folder_that_is_missing_is_named_with_what_to_do(wheel: Path) -> None:
    with pytest.raises(DataMissing) as caught:
        data_folder("code_sets")
    assert str(caught.value) == (
        f"{wheel / '_data' / 'code_sets'} is missing; "
        "reinstall codinglab, or run from a complete checkout"
    )


def test_a_wheel_is_no_checkout(wheel: Path) -> None:
    assert wheel.is_dir()
    with pytest.raises(DataMissing, match="run it from a source checkout"):
        checkout()


def test_a_checkout_has_its_own_graded_keys(tree: Path) -> None:
    assert graders_folder() == tree / "graders"
    assert key_file("graded-case", "graded") == tree / "graders/keys/graded/graded-case.yml"


def test_a_wheel_has_no_graded_keys(wheel: Path) -> None:
    assert wheel.is_dir()
    assert graders_folder() is None
    assert key_file("graded-case", "graded") is None


def test_an_empty_variable_withholds_graded_keys_and_no_practice_ones(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(GRADERS_VARIABLE, "")
    assert graders_folder() is None
    assert key_file("graded-case", "graded") is None
    assert key_file("practice-case", "practice") == (
        tree / "graders/keys/practice/practice-case.yml"
    )


def test_the_variable_names_another_folder_for_graded_keys_alone(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = tmp_path / "bank"
    (bank / "keys" / "graded").mkdir(parents=True)
    (bank / "keys" / "graded" / "private.yml").touch()
    monkeypatch.setenv(GRADERS_VARIABLE, str(bank))
    assert key_file("private", "graded") == bank / "keys/graded/private.yml"
    assert key_file("graded-case", "graded") is None
    assert key_file("practice-case", "practice") == (
        tree / "graders/keys/practice/practice-case.yml"
    )


def test_a_variable_that_names_no_folder_is_an_error_and_not_a_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(GRADERS_VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(
        DataMissing, match=r"^CODINGLAB_GRADERS names .*gone, which is not a folder; correct or"
    ):
        key_file("any", "graded")


def test_a_case_without_key_file_has_none(tree: Path) -> None:
    assert tree.is_dir()
    assert key_file("unknown", "practice") is None


def test_the_cache_is_made_where_the_variable_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "deep" / "cache"))
    assert cache_folder() == tmp_path / "deep" / "cache"
    assert cache_folder().is_dir()


def test_imported_data_lies_where_the_variable_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "own"))
    assert user_data_folder() == tmp_path / "own"
    assert not user_data_folder().exists()
    monkeypatch.delenv(DATA_VARIABLE)
    assert user_data_folder().name == "codinglab"
