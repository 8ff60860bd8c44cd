import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codinglab.claim.scrub_catalog import CLAIM_EDITS
from codinglab.cli.app import app
from codinglab.core.places import data_folder

CLAIMS = data_folder("curriculum") / "claims"
RUNNER = CliRunner()
ON = ["--on", "2026-04-01"]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Return an 837 of the office visit, as `claim x837` writes it."""
    sent = ["claim", "x837", str(CLAIMS / "office-visit.yml"), "--at", "2026-04-01T08:00:00"]
    made = RUNNER.invoke(app, sent)
    file = tmp_path / "batch.x12"
    file.write_text(made.stdout, "utf-8")
    return file


def spoilt(file: Path, old: str, new: str) -> Path:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return file


def test_a_clean_claim_leaves_with_0() -> None:
    result = RUNNER.invoke(app, ["claim", "scrub", str(CLAIMS / "office-visit.yml"), *ON])
    assert result.exit_code == 0
    assert result.stdout.startswith("Claim OV1001: clean, 2 to look at\n")
    assert result.stdout.endswith("1 of 1 claims are clean.\n")


def test_every_claim_of_the_curriculum_is_clean() -> None:
    files = [str(one) for one in sorted(CLAIMS.glob("*.yml"))]
    told = json.loads(RUNNER.invoke(app, ["claim", "scrub", *files, *ON, "--json"]).stdout)
    assert told["clean_claims"] == told["claims_judged"] == len(files) + 1  # one is split in two


def test_an_837_is_judged_as_it_stands(written: Path) -> None:
    assert RUNNER.invoke(app, ["claim", "scrub", str(written), *ON]).exit_code == 0
    file = spoilt(written, "HC:99214*210", "HC:99214*211")
    told = json.loads(RUNNER.invoke(app, ["claim", "scrub", str(file), *ON, "--json"]).stdout)
    (one,) = told["claims"]
    found = [each["id"] for each in one["findings"] if each["rejects"]]
    assert found == ["x12.claim_total"]


def test_a_claim_that_cannot_be_made_is_no_clean_one_beside_a_clean_one(tmp_path: Path) -> None:
    text = (CLAIMS / "telehealth.yml").read_text("utf-8")
    assert "frequency: 1\n" in text
    file = tmp_path / "telehealth.yml"
    file.write_text(text.replace("frequency: 1\n", ""), "utf-8")
    files = [str(CLAIMS / "office-visit.yml"), str(file)]
    result = RUNNER.invoke(app, ["claim", "scrub", *files, *ON])
    assert result.exit_code == 1
    assert "Whether this claim is new is not told." in result.stdout


def test_an_837_of_a_guide_without_tables_is_told_beside_a_clean_one(written: Path) -> None:
    old = spoilt(written, "*005010X222A1~", "*004010X098A1~")
    spoilt(old, "ST*837*0001*005010X222A1", "ST*837*0001*004010X098A1")
    files = [str(CLAIMS / "telehealth.yml"), str(old)]
    result = RUNNER.invoke(app, ["claim", "scrub", *files, *ON])
    assert result.exit_code == 1
    assert "Transaction 0001 is left out: no tables of the guide '004010X098A1'" in result.stdout


def test_files_are_one_batch_in_which_duplicates_are_found(written: Path) -> None:
    files = [str(CLAIMS / "office-visit.yml"), str(written)]
    result = RUNNER.invoke(app, ["claim", "scrub", *files, *ON])
    assert result.exit_code == 1
    assert "ERROR claim.duplicate (SNIP 4)" in result.stdout


def test_what_is_no_claim_file_leaves_with_2(tmp_path: Path) -> None:
    file = tmp_path / "other.yml"
    file.write_text("a: b\n", "utf-8")
    with pytest.raises(Exception, match=r"other\.yml"):
        RUNNER.invoke(app, ["claim", "scrub", str(file)], catch_exceptions=False)


def test_all_rules_are_listed_and_one_has_its_page() -> None:
    listed = RUNNER.invoke(app, ["claim", "rules"]).stdout
    assert listed.endswith(f"{len(CLAIM_EDITS)} rules; codinglab claim rules ID prints the page.\n")
    page = RUNNER.invoke(app, ["claim", "rules", "frequency.no-original"]).stdout
    assert page.startswith("frequency.no-original (registration; SNIP 4; professional, ")
    assert "277CA: A6 464\n" in page
    assert "Example: the number was left out: finds the claim." in page


def test_an_unknown_rule_is_a_usage_error() -> None:
    result = RUNNER.invoke(app, ["claim", "rules", "frequency.none"])
    assert result.exit_code == 2
    assert "did you mean" in result.stderr


def test_a_277ca_answers_each_claim_and_tells_it_on_standard_error(written: Path) -> None:
    when = ["--when", "2026-04-01T09:30:00"]
    taken = RUNNER.invoke(app, ["x12", "ack", str(written), "--277ca", *when])
    assert taken.exit_code == 0
    assert "STC*A2:20*20260401*WQ*247.5~" in taken.stdout
    assert "1 of 1 claims were let in." in taken.stderr
    file = spoilt(written, "HI*ABK:E1122", "HI*ABK:E1123")
    refused = RUNNER.invoke(app, ["x12", "ack", str(file), "--277ca", *when])
    assert refused.exit_code == 1
    assert "STC*A7:255*20260401*U*247.5~" in refused.stdout
    assert "Rejected is not denied." in refused.stderr
    assert "Last day to file: 2027-03-03, 336 days from now." in refused.stderr


def test_a_transaction_that_the_999_rejects_has_no_277ca(written: Path) -> None:
    file = spoilt(written, "CLM*OV1001*247.5", "CLM*OV1001*")
    result = RUNNER.invoke(app, ["x12", "ack", str(file), "--277ca", "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {"text": "", "claims": []}
    assert "Transaction 1 is not answered: the 999 rejects it." in result.stderr


def test_x12_check_judges_code_sets_too(written: Path) -> None:
    file = spoilt(written, "HI*ABK:E1122", "HI*ABK:E1123")
    told = json.loads(RUNNER.invoke(app, ["x12", "check", str(file), "--json"]).stdout)
    assert [(one["id"], one["snip"]) for one in told[0]["findings"]] == [("code.diagnosis", 5)]
