"""`codinglab edits` lists every rule, and prints the page of one."""

import json
from typing import Any

from typer.testing import CliRunner

from codinglab.cli.app import app
from codinglab.edits.catalog import EDITS

KEYS = ["id", "title", "family", "settings", "payer", "contested", "source", "needs"]


def said(*words: str, code: int = 0) -> Any:
    done = CliRunner().invoke(app, ["edits", *words])
    assert done.exit_code == code, done.output
    return json.loads(done.stdout) if "--json" in words else done.output


def test_every_edit_is_listed_in_the_order_of_the_catalog() -> None:
    rows = said("--json")
    assert [row["id"] for row in rows] == [one.id for one in EDITS]
    assert all(list(row) == KEYS for row in rows)


def test_the_list_is_by_family_and_counts() -> None:
    lines = said().splitlines()
    assert lines[0] == "validity"
    assert lines[-1] == f"{len(EDITS)} edits; codinglab edits ID prints the page of one."
    assert len(lines) == len(EDITS) + len({one.family for one in EDITS}) + 1


def test_family_setting_and_payer_restrict_the_list() -> None:
    rows = said("--family", "modifier", "--setting", "professional", "--payer", "Aetna", "--json")
    wanted = [
        one.id
        for one in EDITS
        if one.family == "modifier" and "professional" in one.settings and one.payer == ""
    ]
    assert [row["id"] for row in rows] == wanted
    assert "modifier.25" in wanted


def test_a_rule_of_one_payer_says_so_in_the_list() -> None:
    (line,) = [one for one in said().splitlines() if one.startswith("  modifier.gz ")]
    assert line.endswith("Medicare)")


def test_one_edit_has_page_lesson_source_and_examples() -> None:
    told = said("dx.excludes1", "--json")
    assert list(told) == [*KEYS, "page", "lesson", "examples"]
    assert told["title"] == "Two codes that an Excludes1 note keeps apart must not stand together."
    assert told["source"] == "ICD-10-CM guidelines I.A.12.a"
    assert told["page"].startswith(told["title"])
    assert told["lesson"].startswith('Excludes1 means "not coded here"')
    fails = [one for one in told["examples"] if one["kind"] == "fails"]
    assert fails[0]["worksheet"] == "dx E11.9\ndx E10.9"
    assert fails[0]["finds"] == ["line 2"]


def test_the_text_of_one_edit_shows_its_examples() -> None:
    text = said("dx.excludes1")
    assert "Source: ICD-10-CM guidelines I.A.12.a\n" in text
    assert "professional: two types of diabetes: finds line 2." in text
    assert "professional: the day before it: refuses the day." in text


def test_an_edit_of_the_code_editor_has_a_page_too() -> None:
    told = said("mce.age-conflict", "--json")
    assert list(told) == [*KEYS, "page", "lesson", "examples"]
    assert told["title"] == "Does not fit the patient's age."
    assert (told["settings"], told["payer"]) == (["inpatient"], "Medicare")


def test_an_unknown_edit_or_family_is_refused() -> None:
    assert "there is no edit 'dx.excludes3'" in said("dx.excludes3", code=2)
    assert "there is no edit 'mce.nothing'" in said("mce.nothing", code=2)
    assert "no edit is like that; the families are:" in said("--family", "weather", code=2)
