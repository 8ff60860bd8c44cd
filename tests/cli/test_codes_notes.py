"""`codinglab codes notes` prints notes with what they resolve to, and lists what it could not."""

import json
from typing import Any

from typer.testing import CliRunner

from codinglab.cli.app import app


def said(*words: str, code: int = 0) -> Any:
    done = CliRunner().invoke(app, ["codes", "notes", *words])
    assert done.exit_code == code, done.output
    return json.loads(done.stdout) if "--json" in words else done.stdout


def test_the_notes_of_a_code_name_what_they_refer_to() -> None:
    found = said("e1122", "--on", "2026-02-11", "--json")
    assert list(found) == ["code", "title", "release", "notes"]
    assert (found["code"], found["release"]) == ("E11.22", "2026-04")
    assert found["notes"][0] == {
        "kind": "use additional code",
        "text": "code to identify stage of chronic kidney disease (N18.1-N18.6)",
        "from_code": "E11.22",
        "head": "",
        "unparsed": None,
        # N18.1, N18.2, N18.30, N18.31, N18.32, N18.4, N18.5, N18.6
        "refers_to": [
            {"first": "N18.1", "last": "N18.6", "condition": None, "billable_codes": 8},
        ],
    }


def test_a_condition_is_shown_and_counted() -> None:
    found = said("G63", "--json")
    (diabetes,) = [one for one in found["notes"] if one["text"].startswith("diabetes mellitus")]
    assert diabetes["refers_to"] == [
        {
            "first": "E08",
            "last": "E13",
            "condition": {"place": "after dot", "values": ["42"]},
            "billable_codes": 5,  # E08.42, E09.42, E10.42, E11.42, E13.42
        }
    ]
    text = said("G63")
    assert "  G63 excludes1: Lyme disease (A69.22)\n      -> A69.22: 1 billable code\n" in text


def test_each_kind_of_condition_is_told_in_words() -> None:
    assert "      -> E08 to E13, after the dot 42: 5 billable codes\n" in said("G63")
    assert "      -> B27.0 to B27.9, character 5 is 1: 4 billable codes\n" in said("G63")
    assert "-> S06.0X, character 7 is A: 4 billable codes" in said("F07.81")
    assert "-> I69, ending in 20: 6 billable codes" in said("R47.01")
    assert "-> F11 to F19, characters 5 and 6 are 51: 24 billable codes" in said("R44.0")
    assert "-> T36 to T50, intent (character 6, or 5 before an X) is 5: 525 billable codes" in said(
        "D46.9"
    )


def test_every_note_that_could_not_be_resolved_is_listed() -> None:
    found = said("--unparsed", "--json", code=1)
    assert {name: found[name] for name in ("release", "notes", "with_code", "parsed")} == {
        "release": "2026-04",
        "notes": 10_876,
        "with_code": 10_005,
        "parsed": 10_003,
    }
    assert [(one["from_code"], one["reason"]) for one in found["unparsed"]] == [
        ("F02", "G31.90 is not in this release"),
        ("R10.85", "R10.4 is not in this release"),
    ]
    assert "10003 of 10005 notes with a code resolve (99.98%)" in said("--unparsed", code=1)


def test_a_note_that_could_not_be_resolved_says_so_at_its_code() -> None:
    assert "(G31.90) [not resolved: G31.90 is not in this release]" in said("F02.80")


def test_neither_and_both_and_an_unknown_code_are_told() -> None:
    runner = CliRunner()
    for words in (["notes"], ["notes", "I10", "--unparsed"]):
        assert runner.invoke(app, ["codes", *words]).exit_code == 2
    assert "E11.23: no such code" in str(runner.invoke(app, ["codes", "notes", "E11.23"]).exception)
