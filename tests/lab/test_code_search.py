"""The search of the workspace is the search of `codinglab codes search`."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

from typer.testing import CliRunner

from codinglab.cli.app import app
from codinglab.lab.code_search import LIMIT, found

DAY = date(2026, 3, 2)
QUERIES = Path(__file__).parents[1] / "codes" / "search_queries.csv"


def held() -> list[str]:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return [row["query"] for row in csv.DictReader(file) if row["half"].endswith("held")]


def test_the_workspace_finds_what_the_command_finds_for_the_same_reasons():
    runner = CliRunner()
    for query in held():
        options = ["--on", DAY.isoformat(), "--limit", str(LIMIT), "--json"]
        said = runner.invoke(app, ["codes", "search", query, *options])
        hits = [
            (hit["code"], hit["title"], hit["billable"], hit["why"])
            for hit in json.loads(said.stdout)
        ]
        shown = found(DAY, query)["hits"]
        assert [(one["code"], one["title"], one["billable"], one["why"]) for one in shown] == hits
    assert len(held()) == 145


def test_each_hit_says_how_the_worksheet_writes_it():
    kinds = {
        "migraine": "Diagnosis",
        "99213": "Procedure",
        "25": "Modifier",
        "timely filing": "CARC",
    }
    assert {text: found(DAY, text)["hits"][0]["kind"] for text in kinds} == kinds


def test_a_word_that_was_mended_is_named_and_one_that_was_not_is_none():
    assert found(DAY, "migrane left")["mended"] == (("migrane", "migraine"),)
    assert found(DAY, "migraine")["mended"] == ()
    assert found(DAY, "E11.22")["mended"] == ()


def test_a_header_that_is_typed_comes_after_its_codes_and_says_that_it_is_none():
    hits = found(DAY, "J44")["hits"]
    assert [(hit["code"], hit["billable"]) for hit in hits[-2:]] == [
        ("J44.9", True),
        ("J44", False),
    ]


def test_a_case_of_risk_is_offered_diagnoses_alone():
    assert {hit["kind"] for hit in found(DAY, "office visit", diagnoses_alone=True)["hits"]} <= {
        "Diagnosis"
    }
    assert found(DAY, "99213", diagnoses_alone=True) == {"hits": [], "mended": ()}


def test_nothing_typed_finds_nothing():
    assert found(DAY, "") == {"hits": [], "mended": ()}
