"""`codinglab codes set` shows a set, or one code of it, on a day."""

import json

from typer.testing import CliRunner

from codinglab.cli.app import app

HEAD = {"set", "release", "on", "clock", "source", "licence", "rows", "message"}


def run(*words: str):
    return CliRunner().invoke(app, ["codes", "set", *words])


def test_one_code_on_a_day_as_json():
    done = run("carc", "45", "--on", "2026-03-02", "--json")
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert set(said) == HEAD
    assert (said["set"], said["on"], said["clock"]) == ("carc", "2026-03-02", "remit date")
    assert said["rows"] == [
        {
            "code": "45",
            "label": "charge above the fee schedule or the contract",
            "effective_from": "2024-01-01",
            "effective_to": "2027-01-01",
            "denial_class": "contractual",
        }
    ]


def test_a_whole_set_and_its_own_columns_as_text():
    done = run("group_codes", "--on", "2026-03-02")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "group_codes 2026: from 2024-01-01 until before 2027-01-01, by remit date",
        "CO  contract: the provider writes it off",
        "CR  correction of an earlier remittance, no longer in use",
        "OA  other, often another payer's part",
        "PI  payer's own reduction, without a contract",
        "PR  patient's share  (patient pays: True)",
    ]


def test_a_code_that_the_table_lacks_is_a_finding():
    done = run("carc", "300", "--on", "2026-03-02", "--json")
    assert done.exit_code == 1
    said = json.loads(done.stdout)
    assert said["rows"] == []
    assert said["message"] == "300 is not in this lab's table (carc 2026) on 2026-03-02"


def test_a_malformed_code_and_an_unknown_set_cannot_run():
    assert run("carc", "CO45", "--on", "2026-03-02").exit_code == 2
    assert run("carcs", "45", "--on", "2026-03-02").exit_code != 0
    assert run("carc", "45", "--on", "March").exit_code == 2
