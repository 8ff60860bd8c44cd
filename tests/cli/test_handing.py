"""`codinglab submit` and `codinglab collect` as a person types them."""

import json

import pytest
from typer.testing import CliRunner

from codinglab.cli.app import app

run = CliRunner().invoke


@pytest.fixture
def folder(tmp_path):
    """An assignment to hand in."""
    made = tmp_path / "10-graded"
    made.mkdir()
    (made / "10-graded.ipynb").write_text("{}")
    return made


def test_submit_names_the_file_to_send(folder, tmp_path):
    done = run(app, ["submit", str(folder), "--to", str(tmp_path / "a.zip"), "--as", "ana"])
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{tmp_path / 'a.zip'}: 10-graded of ana.")


def test_collect_takes_the_good_files_and_reports_the_bad_one(folder, tmp_path):
    run(app, ["submit", str(folder), "--to", str(tmp_path / "a.zip"), "--as", "ana"])
    (tmp_path / "b.zip").write_text("no ZIP file")
    files = [str(tmp_path / "a.zip"), str(tmp_path / "b.zip")]
    done = run(app, ["collect", *files, "--course", str(tmp_path / "course"), "--json"])
    said = json.loads(done.stdout)
    assert done.exit_code == 1
    assert [one["trainee"] for one in said["collected"]] == ["ana"]
    assert [(one["id"], one["place"]) for one in said["findings"]] == [("collect.refused", "b.zip")]
    assert (tmp_path / "course" / "submitted" / "ana" / "10-graded" / "10-graded.ipynb").is_file()
