"""`codinglab codes pcs` judges a code, lists what may stand next and shows a table."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from codinglab.cli.app import app

KEYS = [
    *("code", "on", "valid", "title", "text", "position", "message", "valid_from", "valid_to"),
    *("successor", "axes", "next", "codes", "release", "titles", "caveat", "source"),
]


def asked(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["codes", *words])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout


def told(*words: str, leaves: int = 0) -> dict[str, Any]:
    code, said = asked(*words, "--on", "2024-01-05", "--json")
    assert code == leaves
    return json.loads(said)


def test_a_valid_code_is_told_with_its_axes() -> None:
    said = told("pcs", "0ft44zz")
    assert list(said) == KEYS
    assert (said["valid"], said["position"], said["next"]) == (True, None, [])
    assert said["title"] == "Resection of Gallbladder, Percutaneous Endoscopic Approach"
    assert list(said["axes"][3]) == ["position", "axis", "value", "label", "meaning"]
    assert [one["label"] for one in said["axes"][2:5]] == [
        *("Resection", "Gallbladder", "Percutaneous Endoscopic"),
    ]
    assert (said["valid_from"], said["valid_to"], said["codes"]) == ("2015-10-01", None, 1)
    assert (said["release"], said["titles"]) == ("icd10pcs_dates 2026-10", "icd10pcs 2024")
    assert (said["caveat"], said["source"]) == ("", "ICD-10-PCS 2026-10, 0FT44ZZ")


def test_an_impossible_code_leaves_with_1_and_says_where() -> None:
    said = told("pcs", "0FT43ZZ", leaves=1)
    assert list(said) == KEYS
    assert (said["valid"], said["position"], said["codes"]) == (False, 5, 0)
    assert [one["value"] for one in said["next"]] == ["0", "4"]
    assert [one["value"] for one in said["axes"]] == list("0FT4")


def test_a_beginning_lists_what_may_follow() -> None:
    said = told("pcs", "0FT4")
    assert (said["valid"], said["position"], said["codes"]) == (False, None, 2)
    assert said["next"] == [
        {"value": "0", "label": "Open", "codes": 1},
        {"value": "4", "label": "Percutaneous Endoscopic", "codes": 1},
    ]


def test_nothing_lists_the_sections() -> None:
    said = told("pcs")
    assert [one["value"] for one in said["next"]] == list("0123456789BCDFGHX")
    assert said["codes"] == 78603


def test_a_table_is_told_in_rows() -> None:
    said = told("pcs", "table", "0FT")
    assert list(said) == [
        *("table", "on", "head", "axes", "rows", "codes", "release", "titles", "caveat", "message"),
    ]
    assert said["axes"] == ["Body Part", "Approach", "Device", "Qualifier"]
    assert [["".join(v["value"] for v in cell) for cell in row] for row in said["rows"]] == [
        ["0124G", "04", "Z", "Z"],
        ["56789CDF", "0478", "Z", "Z"],
    ]
    assert told("pcs", "table", "0FX", leaves=1)["rows"] == []


@pytest.mark.parametrize("words", [("pcs", "0FT44ZZ"), ("pcs", "0FT"), ("pcs", "table", "0FT")])
def test_the_caveat_is_printed_with_each_answer(words: tuple[str, ...]) -> None:
    code, said = asked(*words, "--on", "2026-03-02")
    assert code == 0
    assert "290 codes valid on that day have no title here: import" in said
    assert said.rstrip().endswith("release: icd10pcs_dates 2026-10; titles: icd10pcs 2024")


def test_show_reaches_procedure_codes() -> None:
    said = told("show", "0SR9019")
    assert (said["valid"], said["axes"][6]["label"]) == (True, "Cemented")
    assert said["title"].startswith("Replacement of Right Hip Joint with Metal Synthetic")
