import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codinglab.cli.app import app
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData

DOCS = Path(__file__).resolve().parents[2] / "docs"
FOLDER = data_folder("curriculum") / "claims"
RUNNER = CliRunner()


def test_a_claim_is_built_and_leaves_with_0() -> None:
    result = RUNNER.invoke(app, ["claim", "build", str(FOLDER / "office-visit.yml"), "--json"])
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert told["findings"] == []
    assert [one["total"] for one in told["claims"]] == ["247.50"]  # 210.00 + 28.50 + 9.00


def test_a_claim_that_is_too_long_is_told_in_parts() -> None:
    result = RUNNER.invoke(app, ["claim", "build", str(FOLDER / "14-diagnoses.yml"), "--json"])
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert [one["account"] for one in told["claims"]] == ["FD1015", "FD1015-2"]
    assert [one["id"] for one in told["findings"]] == ["claim.split"]


def test_without_a_fee_there_is_no_claim_and_it_leaves_with_1(tmp_path: Path) -> None:
    text = (FOLDER / "office-visit.yml").read_text("utf-8").replace("  36415: 9.00\n", "")
    file = tmp_path / "visit.yml"
    file.write_text(text, "utf-8")
    result = RUNNER.invoke(app, ["claim", "build", str(file)])
    assert result.exit_code == 1
    head, _, count, said = result.stdout.splitlines()
    assert (head, count) == ("There is no claim yet: see what is missing.", "1 finding")
    assert said == (
        "error    claim.charge  line 3, item 24F, 2400 SV102: "
        "The fee list has no charge for 36415. Add 36415 to charges."
    )


def test_what_the_worksheet_could_not_be_read_with_comes_first(tmp_path: Path) -> None:
    text = (FOLDER / "office-visit.yml").read_text("utf-8").replace("dx I12.9", "dx ?")
    file = tmp_path / "visit.yml"
    file.write_text(text, "utf-8")
    result = RUNNER.invoke(app, ["claim", "build", str(file), "--json"])
    assert json.loads(result.stdout)["findings"][0]["id"] == "worksheet.dx-shape"
    assert result.exit_code == 1


def test_a_file_that_is_no_claim_file_names_its_field(tmp_path: Path) -> None:
    file = tmp_path / "visit.yml"
    file.write_text("setting: office\non: 2026-03-03\nworksheet: dx I10\n", "utf-8")
    result = RUNNER.invoke(app, ["claim", "build", str(file)])
    assert isinstance(result.exception, BadData)
    assert "visit.yml: setting: " in str(result.exception)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)
def test_every_practice_file_makes_a_claim(path: Path) -> None:
    result = RUNNER.invoke(app, ["claim", "build", str(path), "--json"])
    assert result.exit_code == 0


def test_the_page_on_claims_shows_what_the_command_prints(tmp_path: Path) -> None:
    page = (DOCS / "claims.md").read_text("utf-8")
    file = tmp_path / "claim.yml"
    file.write_text(page.split("```yaml\n")[1].split("```")[0], "utf-8")
    result = RUNNER.invoke(app, ["claim", "build", str(file)])
    assert result.exit_code == 1
    assert result.stdout == page.split("```text\n")[1].split("```")[0]
