"""`codinglab x12` judges X12 files, shows them in plain words, and answers them."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from codinglab.cli.app import app

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "x12"
VERBS = ("check", "show", "ack")
P = (GOLDEN / "837p.edi").read_text("utf-8")


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["x12", *map(str, words)])


def told(*words: object, code: int) -> Any:
    done = run(*words, "--json")
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


def test_a_valid_file_leaves_with_0() -> None:
    done = run("check", GOLDEN / "837p.edi", GOLDEN / "835.edi")
    assert done.exit_code == 0
    assert [line.split(": ", 1)[1] for line in done.stdout.splitlines()] == [
        "104 segments, 2 transactions: valid",
        "51 segments, 1 transactions: valid",
    ]


def test_a_finding_leaves_with_1_and_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "bad.edi"
    file.write_text(P.replace("ACCT0001*331.5", "ACCT0001*331.4"), "utf-8")
    done = run("check", file)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0] == (
        f"{file}: error, SNIP 3, transaction 0001, segment 20 (2300 CLM02): CLM02 is 331.4, but "
        "the lines add up to 331.5. Correct the total in CLM02, or the charge of the line that is "
        "wrong. [claim ACCT0001] (x12.claim_total)"
    )
    assert done.stdout.splitlines()[1].endswith("104 segments, 2 transactions: 1 finding")


def test_only_the_snip_types_wanted_count(tmp_path: Path) -> None:
    file = tmp_path / "bad.edi"
    file.write_text(P.replace("ACCT0001*331.5", "ACCT0001*331.4"), "utf-8")
    assert run("check", file, "--snip", "1,2").exit_code == 0
    assert run("check", file, "--snip", "2-4").exit_code == 1
    assert run("check", file, "--snip", "0-8").exit_code == 2
    assert run("check", file, "--snip", "some").exit_code == 2


def test_what_is_not_x12_leaves_with_2_and_the_others_are_judged(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("Dear colleague", "utf-8")
    done = run("check", file, GOLDEN / "835.edi", tmp_path / "none.edi")
    assert done.exit_code == 2
    assert "51 segments, 1 transactions: valid" in done.stdout
    assert (
        "note.txt begins with 'Dear colleague' and not with an ISA segment; not X12" in done.stderr
    )
    assert "No such file" in done.stderr


def test_json_has_stable_keys(tmp_path: Path) -> None:
    file = tmp_path / "bad.edi"
    file.write_text(P.replace("XX*1456789019", "XX*1456789018"), "utf-8")
    (one,) = told("check", file, code=1)
    assert list(one) == ["file", "segments", "transactions", "error", "findings"]
    (finding,) = one["findings"]
    assert list(finding) == [
        *("id", "place", "message", "remedy", "severity", "cite", "snip", "transaction"),
        *("position", "loop", "segment", "element", "value", "claim", "error"),
    ]
    assert (finding["id"], finding["snip"], finding["claim"]) == ("x12.npi", 5, "ACCT0001")


def test_a_file_is_shown_in_plain_words() -> None:
    lines = run("show", GOLDEN / "837p.edi").stdout.splitlines()
    assert lines[0] == "interchange 000000101 from LABSUBMITTER to LABPAYER, 2026-03-15"
    assert lines[1] == "  group 101 by the guide 005010X222A1"
    assert lines[2] == "    transaction 837P"
    assert "        2010AA billing provider" in lines
    assert (
        "                28 SV1 professional service: procedure with modifiers what the procedure "
        "code is HC, procedure 99213, modifier 1 25; charge of the line 150; units or minutes UN; "
        "quantity 1; pointers to diagnoses first pointer 1, second pointer 2"
    ) in lines


def test_the_same_lines_come_as_json() -> None:
    rows = told("show", GOLDEN / "835.edi", code=0)
    assert rows[0] == {
        "depth": 0,
        "text": "interchange 000000103 from LABSUBMITTER to LABPAYER, 2026-03-15",
    }
    assert len([row for row in rows if row["text"] == "2110 service payment"]) == 4


def test_a_valid_file_is_answered_with_a_999_and_0() -> None:
    done = run("ack", GOLDEN / "835.edi", "--when", "2026-03-16T08:00:00", "--control", "12")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1:5] == [
        "GS*FA*LABPAYER*LABSUBMITTER*20260316*0800*12*X*005010X231A1~",
        "ST*999*0001*005010X231A1~",
        "AK1*HP*103*005010X221A1~",
        "AK2*835*0001~",
    ]


def test_a_rejected_transaction_leaves_with_1(tmp_path: Path) -> None:
    file = tmp_path / "bad.edi"
    file.write_text(P.replace("41:B:1", "41:C:1"), "utf-8")
    assert told("ack", file, code=1) == [
        {
            "interchange": "000000101",
            "ta1": "000",
            "groups": [
                {
                    "group": "101",
                    "transactions": [
                        {"transaction": "0001", "kind": "837", "verdict": "A"},
                        {"transaction": "0002", "kind": "837", "verdict": "R"},
                    ],
                }
            ],
        }
    ]


def test_show_and_ack_refuse_what_is_not_x12(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("Dear colleague", "utf-8")
    assert run("show", file).exit_code == 2
    assert run("ack", file).exit_code == 2


def test_a_dash_is_standard_input_for_all_three() -> None:
    read = {verb: CliRunner().invoke(app, ["x12", verb, "-"], input=P) for verb in VERBS}
    assert [done.exit_code for done in read.values()] == [0, 0, 0]
    assert read["check"].stdout == "-: 104 segments, 2 transactions: valid\n"
    assert read["show"].stdout == run("show", GOLDEN / "837p.edi").stdout
    assert read["ack"].stdout.count("AK2*837*") == 2


@pytest.mark.parametrize("verb", ["check", "show", "ack"])
def test_a_folder_and_a_file_that_is_not_there_leave_with_2(verb: str, tmp_path: Path) -> None:
    assert run(verb, tmp_path).exit_code == 2
    assert run(verb, tmp_path / "nothing.edi").exit_code == 2
