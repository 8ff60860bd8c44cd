"""`codinglab codes search` prints hits and their reasons, as text and as JSON."""

import json

from typer.testing import CliRunner

from codinglab.cli.app import app


def test_hits_have_the_documented_keys():
    words = ["codes", "search", "type 2 diabetes hyperglycemia", "--on", "2026-03-02"]
    done = CliRunner().invoke(app, [*words, "--limit", "1", "--json"])
    assert done.exit_code == 0
    (hit,) = json.loads(done.stdout)
    assert list(hit) == ["code", "title", "system", "billable", "score", "why"]
    assert hit["code"] == "E11.65"
    assert hit["why"] == ("index 'Diabetes, diabetic (mellitus) (sugar) type 2 with hyperglycemia'")


def test_nothing_found_is_said():
    done = CliRunner().invoke(app, ["codes", "search", "zzzzqq"])
    assert (done.exit_code, done.stdout) == (0, "Nothing found; try other words.\n")


def test_an_unknown_chapter_cannot_run():
    done = CliRunner().invoke(app, ["codes", "search", "cough", "--chapter", "44"])
    assert done.exit_code == 2
    assert "chapter 44 is none of 1 to 22" in done.output
