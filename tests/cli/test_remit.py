"""`codinglab remit`: from claims to an 835, and from an 835 or a paper EOB to what it means."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from codinglab.cli.app import app

CLAIMS = Path(__file__).resolve().parents[2] / "curriculum" / "claims"
VISIT = CLAIMS / "office-visit.yml"
PAPER = """
entered_by: Ann Lee
entered_at: 2026-03-21T10:15:00
source: paper EOB of Northfield Mutual
payer: {name: Northfield Mutual, payer_id: TRN01}
payee: {name: Harbor Family Practice, npi: "1234567893"}
check: {number: "100234", amount: 82.00, day: 2026-03-18, method: CHK}
claims:
  - account: A1
    patient: {last: Doe, first: Jane}
    status: "1"
    charge: 150.00
    paid: 82.00
    patient_share: 20.00
    lines:
      - code: "99213"
        day: 2026-03-03
        charge: 150.00
        paid: 82.00
        adjustments: [CO 45 48, PR 3 20]
"""


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["remit", *map(str, words)])


@pytest.fixture
def visit(tmp_path: Path) -> Path:
    """Return the 835 for an office visit: 121.31 + 9.70 + 9.00 allowed, 113.44 paid."""
    file = tmp_path / "visit.835"
    made = run("pay", VISIT, "--received", "2026-03-20")
    assert made.exit_code == 0
    file.write_text(made.stdout, encoding="utf-8")
    return file


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "paper.yml"
    file.write_text(PAPER, encoding="utf-8")
    return file


def test_a_claim_file_becomes_the_835_of_its_payer(visit: Path) -> None:
    lines = visit.read_text(encoding="utf-8").splitlines()
    bank = "CCP*01*999900015*DA*1000200030*1310000003**01*999900028*DA*5550100"
    assert lines[3] == f"BPR*I*113.44*C*ACH*{bank}*20260403~"
    assert lines[4] == "TRN*1*TRN00001001*1310000003~"
    checked = CliRunner().invoke(app, ["x12", "check", str(visit)])
    assert checked.exit_code == 0


def test_it_is_shown_in_plain_words(visit: Path) -> None:
    shown = run("show", visit)
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert lines[1] == "$113.44 by deposit on 2026-04-03, number TRN00001001."
    assert "  The patient owes $24.26: $24.26 coinsurance." in lines
    assert lines[-1] == "Every line, every claim and the payment balance."


def test_as_json_it_has_the_fields_of_a_remittance(visit: Path) -> None:
    told = json.loads(run("show", visit, "--json").stdout)
    assert set(told) == {"remittances", "left", "findings"}
    (one,) = told["remittances"]
    assert (one["total"], one["method"], one["claims"][0]["patient_share"]) == (
        "113.44",
        "ACH",
        "24.26",
    )


def test_the_page_is_printed_or_written(visit: Path, tmp_path: Path) -> None:
    assert run("show", visit, "--html").stdout.startswith("<!DOCTYPE html>")
    page = tmp_path / "eob.html"
    written = run("show", visit, "--to", page)
    assert (written.exit_code, written.stdout) == (0, f"Wrote {page}.\n")
    assert page.read_text(encoding="utf-8").endswith("</html>\n")


def test_a_cent_that_is_changed_is_found(visit: Path) -> None:
    assert run("check", visit).exit_code == 0
    text = visit.read_text(encoding="utf-8")
    visit.write_text(text.replace("*95.11*", "*95.12*", 1), encoding="utf-8")
    found = run("check", visit, "--json")
    assert found.exit_code == 1
    assert [one["id"] for one in json.loads(found.stdout)["findings"]] == [
        "remit.line",
        "remit.lines_paid",
    ]


def test_what_is_left_out_is_told_apart_from_the_text(visit: Path) -> None:
    text = visit.read_text(encoding="utf-8")
    visit.write_text(text.replace("LX*1~", "LX*1~\nTS3*1*11*20261231*1*1~", 1), encoding="utf-8")
    shown = run("show", visit)
    assert shown.exit_code == 1
    assert "TS3*1*11*20261231*1*1 is left out" in shown.stderr
    assert "TS3" not in shown.stdout


def test_a_typed_eob_is_shown_with_who_typed_it(paper: Path) -> None:
    entered = run("enter", paper)
    assert entered.exit_code == 0
    assert entered.stdout.splitlines()[:4] == [
        "Entered by Ann Lee on 2026-03-21 10:15 from paper EOB of Northfield Mutual.",
        "",
        "Northfield Mutual to Harbor Family Practice",
        "$82.00 by check on 2026-03-18, number 100234.",
    ]
    told = json.loads(run("enter", paper, "--json").stdout)
    assert told["provenance"] == {
        "by": "Ann Lee",
        "at": "2026-03-21T10:15:00",
        "source": "paper EOB of Northfield Mutual",
        "notes": "",
    }


def test_a_typed_eob_that_does_not_balance_is_told_once(paper: Path) -> None:
    paper.write_text(PAPER.replace("amount: 82.00", "amount: 28.00"), encoding="utf-8")
    entered = run("enter", paper)
    assert entered.exit_code == 1
    assert entered.stdout.count("remit.total") == 1
    assert run("check", paper).exit_code == 1


def test_an_835_is_not_typed(visit: Path) -> None:
    entered = run("enter", visit)
    assert "nobody types" in str(entered.exception)


def test_what_the_payer_allowed_is_compared_with_its_contract(visit: Path) -> None:
    agreed = run("underpaid", visit, "--claim", VISIT)
    assert agreed.exit_code == 0
    assert agreed.stdout.splitlines()[-1] == "The payer owes 0.00 on 0 of 3 lines."
    text = visit.read_text(encoding="utf-8")
    # ten dollars more by CO 45: 98.69, and as much less paid
    text = text.replace("*210*95.11*", "*210*85.11*", 1).replace("CO*45*88.69", "CO*45*98.69", 1)
    visit.write_text(text, encoding="utf-8")
    short = run("underpaid", visit, "--claim", VISIT, "--json")
    assert short.exit_code == 1
    told = json.loads(short.stdout)
    assert (told["owed"], told["not_compared"]) == ("10.00", [])
    assert [one["verdict"] for one in told["lines"]] == ["underpaid", "as agreed", "as agreed"]
    assert told["lines"][0]["difference"] == "10.00"


def test_a_file_that_is_neither_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.txt"
    file.write_text("hello", encoding="utf-8")
    assert run("show", file).exit_code != 0
    assert run("show", tmp_path / "missing.835").exit_code != 0


def test_a_claim_that_cannot_be_made_is_in_no_remittance() -> None:
    made = run("pay", CLAIMS / "faulty" / "office-visit.yml", "--received", "2026-03-20")
    assert "no claim can be made of it" in str(made.exception)
    assert not made.stdout


def test_a_claim_too_long_for_one_is_paid_in_the_parts_that_are_sent() -> None:
    # Fourteen diagnoses: the claim goes as two, and each comes back under its own number.
    text = run("pay", CLAIMS / "14-diagnoses.yml", "--received", "2026-04-10").output
    assert re.findall(r"CLP\*([^*]+)", text) == ["FD1015", "FD1015-2"]
    # He is a member, so that no line is denied as "cannot be identified as insured" (CARC 31).
    assert not re.search(r"CAS\*\w\w\*31\*", text)
