"""`codinglab payer`: ask, answer and read in plain words, with the exit codes of every command."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from codinglab.cli.app import app

CLAIMS = Path(__file__).resolve().parents[2] / "curriculum" / "claims"
AT = ("--at", "2026-03-20T09:30:00")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["payer", *map(str, words)])


@pytest.fixture
def coverage(tmp_path: Path) -> Path:
    file = tmp_path / "coverage.270"
    asked = run("ask", CLAIMS / "patient-not-subscriber.yml", "--service", "98", *AT)
    assert asked.exit_code == 0
    file.write_text(asked.stdout, encoding="utf-8")
    return file


def test_a_claim_file_becomes_a_270_about_its_patient(coverage: Path) -> None:
    lines = coverage.read_text(encoding="utf-8").splitlines()
    assert lines[1] == "GS*HS*1234567893*TRN02*20260320*0930*1*X*005010X279A1~"
    assert [one for one in lines if one[:3] in {"NM1", "EQ*", "DTP"}][2:] == [
        "NM1*IL*1*Sandoval*Irene*M***MI*RB7741201~",
        "NM1*03*1*Sandoval*Mateo~",
        "DTP*291*D8*20260303~",
        "EQ*98~",
    ]


def test_the_270_is_answered_and_the_answer_told(coverage: Path, tmp_path: Path) -> None:
    answered = run("answer", coverage, "--control", "7", *AT)
    assert answered.exit_code == 0
    assert answered.stdout.splitlines()[1] == (
        "GS*HB*TRN02*1234567893*20260320*0930*7*X*005010X279A1~"
    )
    file = tmp_path / "answer.271"
    file.write_text(answered.stdout, encoding="utf-8")
    told = run("says", file)
    assert told.exit_code == 0
    assert told.stdout.splitlines()[:3] == [
        "Riverbend HMO answers Harbor Family Medicine PC.",
        "Dependent Mateo Sandoval:",
        "Plan begins 2025-07-01.",
    ]


def test_a_claim_is_asked_about_and_found_paid(tmp_path: Path) -> None:
    question, answer = tmp_path / "status.276", tmp_path / "status.277"
    asked = run("ask", CLAIMS / "patient-not-subscriber.yml", "--about", "claim", *AT)
    question.write_text(asked.stdout, encoding="utf-8")
    answer.write_text(run("answer", question, *AT).stdout, encoding="utf-8")
    told = json.loads(run("says", answer, "--on", "2026-03-20", "--json").stdout)
    assert (
        "done: paid: claim or line was paid; charged $317.00; paid $244.80"
        in (told["sentences"][1])
    )


def test_an_unknown_payer_holds_the_question_back_with_1(tmp_path: Path) -> None:
    text = (CLAIMS / "work-injury.yml").read_text("utf-8")
    file = tmp_path / "unknown.yml"
    file.write_text(text.replace("payer_id: TRN06", "payer_id: TRN99"), encoding="utf-8")
    said = run("ask", file, "--json", *AT)
    assert said.exit_code == 1
    told = json.loads(said.stdout)
    assert told["text"] == ""
    assert [one["id"] for one in told["findings"]] == ["payer.unknown_payer"]


@pytest.mark.parametrize("verb", ["answer", "says"])
def test_what_is_not_x12_leaves_with_2(verb: str, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("good morning", encoding="utf-8")
    assert run(verb, file).exit_code == 2


def test_a_question_that_is_not_answered_leaves_with_1(coverage: Path) -> None:
    text = coverage.read_text(encoding="utf-8").replace("HL*4*3*23*0", "HL*4*3*24*0")
    coverage.write_text(text, encoding="utf-8")
    said = run("answer", coverage, *AT)
    assert said.exit_code == 1
    assert "payer.question_refused" in said.stderr


def test_the_payers_are_listed_and_one_is_read_back_by_its_name() -> None:
    listed = run("terms", "--json")
    assert [one["payer_id"] for one in json.loads(listed.stdout) if one["kind"] == "liability"] == [
        "TRN08"
    ]
    told = run("terms", "northfield mutual", "--on", "2026-03-03")
    assert told.exit_code == 0
    assert told.stdout.splitlines()[0] == (
        "Northfield Mutual (TRN01, commercial) on 2026-03-03: agreement of 2026, invented"
    )
    assert (
        "Sequestration takes 2 percent of each payment"
        in run("terms", "TRNMB", "--on", "2026-03-03").stdout
    )
