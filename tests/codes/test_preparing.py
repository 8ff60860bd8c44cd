"""What is compiled once tells a terminal alone how far it is, and takes the place of old files."""

import io
import sys
from pathlib import Path

import pytest

from codinglab.codes.preparing import compiled, show_with, steps
from codinglab.core.places import CACHE_VARIABLE


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    return tmp_path


def two_steps() -> None:
    with steps("ICD-10-CM", 4) as step:
        step("tabular list", 0)
        step("notes", 1)
        step("notes", 1.001)  # the same to the reader, so not painted again


def test_a_terminal_sees_each_step_in_one_line_that_goes_away(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    two_steps()
    tabular = "\rPreparing ICD-10-CM, once: tabular list 0 %"
    notes = "\rPreparing ICD-10-CM, once: notes 25 %"
    padded = notes + " " * (len(tabular) - len(notes))
    assert sys.stderr.getvalue() == tabular + padded + "\r" + " " * (len(notes) - 1) + "\r"


def test_nothing_is_written_where_nobody_watches(capfd):
    two_steps()
    assert capfd.readouterr() == ("", "")


def test_a_notebook_may_ask_for_the_line():
    lines: list[str] = []
    show_with(lines.append)
    try:
        two_steps()
    finally:
        show_with(None)
    said = ("tabular list 0 %", "notes 25 %")
    assert lines == [*(f"Preparing ICD-10-CM, once: {one}" for one in said), ""]
    two_steps()
    assert len(lines) == 3


def fail() -> None:
    with steps("it") as step:
        step("writing", 50)
        raise OSError("full")


def test_the_line_goes_away_also_when_the_work_fails():
    lines: list[str] = []
    show_with(lines.append)
    try:
        with pytest.raises(OSError, match="full"):
            fail()
    finally:
        show_with(None)
    assert lines == ["Preparing it, once: writing 50 %", ""]


def test_a_file_is_written_once_and_its_elders_go(cache_folder):
    for name in ("set-2026-aaaa-v1.bin", "set-2026-bbbb-v2.bin", "set-2025-aaaa-v1.bin", "other"):
        (cache_folder / name).write_text("old")
    times = []

    def write(path: Path) -> None:
        times.append(path.name)
        path.write_text("new")

    for _ in range(2):
        made = compiled("set-2026-cccc-v2.bin", r"set-2026-\w{4}-v\d+\.bin", write)
    assert (made.read_text(), times) == ("new", ["set-2026-cccc-v2.bin"])
    left = sorted(one.name for one in cache_folder.iterdir())
    assert left == ["other", "set-2025-aaaa-v1.bin", "set-2026-cccc-v2.bin"]


def test_a_file_that_is_held_open_is_left(cache_folder, monkeypatch):
    (cache_folder / "set-aaaa").write_text("old")

    def refuse(path: Path) -> None:
        raise PermissionError(path.name)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        made = compiled("set-bbbb", r"set-\w+", lambda path: path.write_text("new"))
    assert (made.read_text(), (cache_folder / "set-aaaa").read_text()) == ("new", "old")


def test_a_failed_compile_leaves_nothing(cache_folder):
    def write(path: Path) -> None:
        path.write_text("half")
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        compiled("set-aaaa", "set-.*", write)
    assert list(cache_folder.iterdir()) == []
