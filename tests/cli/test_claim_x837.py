"""`codinglab claim x837` writes a claim file as an 837, and reads an 837 as claims."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from codinglab.cli.app import app
from codinglab.core.places import data_folder

FOLDER = data_folder("curriculum") / "claims"
GOLDEN = Path(__file__).resolve().parents[1] / "golden"
AT = ("--at", "2026-03-10T09:30:00")


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["claim", "x837", *map(str, words)])


def test_a_claim_file_becomes_an_837_from_the_billing_provider_to_the_payer() -> None:
    result = run(FOLDER / "secondary.yml", *AT, "--control", "12")
    lines = result.stdout.splitlines()

    assert result.exit_code == 0
    assert lines[0] == (
        "ISA*00*          *00*          *ZZ*1234567893     *ZZ*TRN04          *260310*0930*^"
        "*00501*000000012*0*T*:~"
    )
    assert lines[3:7] == [
        "BHT*0019*00*000000012*20260310*0930*CH~",
        "NM1*41*2*Harbor Family Medicine PC*****46*1234567893~",
        "PER*IC*Billing Office*TE*6145550100~",
        "NM1*40*2*Evergreen Supplement*****46*TRN04~",
    ]
    assert lines[-1] == "IEA*1*000000012~"


def test_sender_and_receiver_may_be_others() -> None:
    words = ("--submitter", "Harbor Billing", "--submitter-id", "HB001")
    result = run(
        *(FOLDER / "telehealth.yml", *AT, *words, "--receiver", "Clearing", "--receiver-id", "CLR"),
        *("--production",),
    )
    lines = result.stdout.splitlines()

    assert lines[0][32:54] == "ZZ*HB001          *ZZ*"
    assert lines[0][102] == "P"
    assert "NM1*41*2*Harbor Billing*****46*HB001~" in lines
    assert "NM1*40*2*Clearing*****46*CLR~" in lines


def test_findings_go_to_standard_error_and_leave_the_837_alone() -> None:
    result = run(FOLDER / "14-diagnoses.yml", *AT)

    assert result.exit_code == 0
    assert all(line.endswith("~") for line in result.stdout.splitlines())
    assert "claim.split" in result.stderr
    accounts = [line.split("*")[1] for line in result.stdout.splitlines() if line[:4] == "CLM*"]
    assert accounts == ["FD1015", "FD1015-2"]


def test_json_holds_text_and_findings() -> None:
    told = json.loads(run(FOLDER / "telehealth.yml", *AT, "--json").stdout)

    assert list(told) == ["text", "findings"]
    assert told["text"].startswith("ISA*00*")
    assert told["findings"] == []


def test_an_837_is_read_as_claims() -> None:
    result = run(GOLDEN / "837P.x12", "--json")
    told = json.loads(result.stdout)

    assert result.exit_code == 0
    (transaction,) = told["transactions"]
    assert transaction["findings"] == []
    assert transaction["batch"]["submitter_id"] == "HB001"
    assert {one["account"]: one["total"] for one in transaction["claims"]} == {
        "SC1003": "150",
        "PN1002": "317",
        "AM1006": "746",
        "AN1005": "540",
        "RP1011": "180",
    }


def test_what_was_left_of_an_837_is_told_and_leaves_with_1(tmp_path: Path) -> None:
    file = tmp_path / "odd.x12"
    text = (GOLDEN / "837P.x12").read_text("utf-8")
    file.write_text(text.replace("NTE*ADD*", "CN1*02*100~\nNTE*ADD*"), "utf-8")
    result = run(file)

    assert result.exit_code == 1
    assert "x837.left_out" in result.stdout
    assert "CN1*02*100 is left out: a claim here has no place for it." in result.stdout


@pytest.mark.parametrize("text", ["ISA is all there is", "ISA*00*"])
def test_what_only_begins_like_x12_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "odd.x12"
    file.write_text(text, "utf-8")

    assert run(file).exit_code == 2


def test_an_837_of_another_guide_has_no_claims_and_says_so(tmp_path: Path) -> None:
    result = run(FOLDER / "telehealth.yml", *AT)
    file = tmp_path / "other.x12"
    file.write_text(result.stdout.replace("005010X222A1", "005010X217"), "utf-8")

    told = run(file)
    assert told.exit_code == 1
    assert "Transaction 0001 is left out: no tables of the guide '005010X217'" in told.stdout
