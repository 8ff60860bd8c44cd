"""`codinglab codes prepare`, `forget` and `list`: what is made, taken away and used."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codinglab.cli.app import app
from codinglab.codes.release import forget
from codinglab.core.places import CACHE_VARIABLE, DATA_VARIABLE

HEAD = "Code,Description\n"
DAYS = ["--from", "2026-01-01", "--to", "2100-01-01"]


def run(*words: str, answer: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(app, ["codes", *words], input=answer)
    return done.exit_code, done.stdout


@pytest.fixture
def remarks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Import two remark codes as one release and return the folder of imported sets."""
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    file = tmp_path / "rarc.csv"
    file.write_text(f"{HEAD}N1,made up for a test\nN999,also made up\n")
    said = ("--release", "trial", *DAYS, "--accept-licence", "--partial")
    code, text = run("import", "x12_rarc", str(file), *said)
    assert (code, "2 rows" in text) == (0, True), text
    yield tmp_path / "code_sets"
    forget()


def afresh(cache: Path, *words: str) -> str:
    """Return what a process of its own prints, which has no table open yet."""
    command = [sys.executable, "-m", "codinglab", "codes", *words]
    where = {**os.environ, CACHE_VARIABLE: str(cache)}
    return subprocess.run(command, env=where, check=True, capture_output=True, text=True).stdout


def test_everything_is_prepared_once(tmp_path):
    told = json.loads(afresh(tmp_path, "prepare", "--json"))
    assert (told["folder"], told["remarks"]) == (str(tmp_path), [])
    assert [(one["what"], len(one["files"])) for one in told["prepared"]] == [
        ("ICD-10-CM", 1),
        ("alphabetic index", 4),
        ("search", 1),
        ("search of the billing sets", 1),
        ("ICD-10-PCS", 1),
        ("search of ICD-10-PCS", 1),
    ]
    assert afresh(tmp_path, "prepare").count("was there already") == 6


def test_an_import_is_forgotten_after_a_question(remarks):
    folder = remarks / "x12_rarc" / "trial"
    assert run("forget", "x12-rarc", "trial", answer="n\n")[1].endswith("Nothing was removed.\n")
    assert folder.is_dir()
    code, text = run("forget", "x12_rarc", "trial", "--yes", "--json")
    assert (code, json.loads(text)) == (
        0,
        {"set": "x12_rarc", "release": "trial", "folder": str(folder), "removed": True},
    )
    assert list(remarks.iterdir()) == []


def test_only_what_was_imported_is_forgotten(remarks):
    done = CliRunner().invoke(app, ["codes", "forget", "carc", "2026", "--yes"])
    assert "carc 2026 was not imported; imported are: x12_rarc trial" in str(done.exception)
    assert (remarks / "x12_rarc" / "trial").is_dir()


def test_the_list_says_what_each_set_answers_for(remarks):
    assert remarks.is_dir()
    told = {one["set"]: one["used_for"] for one in json.loads(run("list", "--json")[1])}
    if told["rarc"]:  # in force today
        assert told["rarc"] == ["RARC codes"]
        assert told["x12_rarc"] == ["RARC codes that rarc lacks"]
    assert told["synonyms"] == ["words of the search"]
