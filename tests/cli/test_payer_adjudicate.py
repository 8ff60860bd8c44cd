"""`codinglab payer adjudicate` and `authorize`: what is printed, remembered, and how it leaves."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from codinglab.cli.app import app
from codinglab.core.tables import BadData

CLAIMS = Path(__file__).resolve().parents[2] / "curriculum" / "claims"
SECOND = CLAIMS / "medicare-second.yml"
DAY = ("--received", "2026-04-01")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["payer", *map(str, words)])


def changed(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """Return a copy of a claim file in which `old` stands as `new`."""
    text = (CLAIMS / f"{name}.yml").read_text("utf-8")
    assert old in text
    file = tmp_path / f"{name}.yml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def test_every_step_speaks_and_each_line_has_its_amounts() -> None:
    found = run("adjudicate", SECOND, *DAY)
    assert found.exit_code == 0
    lines = found.stdout.splitlines()
    assert lines[0] == "MS1004: claim 260910000001 of Training Medicare Part B, status 2"
    assert (
        "  coordination of benefits: line 1: option 2: Medicare's payment if it were primary: "
        "86.12 - 17.22 = 68.90 [42 CFR 411.33(a)]"
    ) in lines
    assert lines[-3:] == [
        "  line 1 99213: charge 150.00, allowed 86.12, paid 23.52 (OA 23 126.00; CO 253 0.48)",
        "  line 2 36415: charge 9.00, allowed 9.00, paid 0.00 (OA 23 9.00)",
        "  charge 159.00, paid 23.52, patient 0.00",
    ]


def test_json_says_the_same_with_amounts_as_text() -> None:
    found = run("adjudicate", SECOND, *DAY, "--json")
    assert found.exit_code == 0
    (one,) = json.loads(found.stdout)["claims"]
    assert (one["paid"], one["patient_share"], one["status"], one["denied"]) == (
        *("23.52", "0", "2"),
        False,
    )
    first = one["lines"][0]["reasons"][0]
    assert (first["group"], first["carc"], first["amount"]) == ("OA", "23", "126.00")
    assert one["said"][0]["step"] == "intake"


def test_a_denied_line_leaves_with_one(tmp_path: Path) -> None:
    file = changed(tmp_path, "medicare-second", "amount: 30.00", "amount: 31.00")
    found = run("adjudicate", file, *DAY)
    assert found.exit_code == 1
    assert "CO 129 N4 150.00" in found.stdout


def test_a_refused_claim_leaves_with_one_and_says_that_there_is_no_appeal(tmp_path: Path) -> None:
    file = changed(tmp_path, "office-visit", "1EG4TE5MK73", "1EG4TE5MK74")
    found = run("adjudicate", file, *DAY)
    assert found.exit_code == 1
    assert found.stdout.splitlines() == [
        "OV1001: refused by Training Medicare Part B on 2026-04-01.",
        "  Training Medicare Part B has no member 1EG4TE5MK74.",
        "  A 277CA says A3 33; no appeal. Correct it and send it as new.",
    ]


def test_a_payer_without_a_contract_cannot_be_asked(tmp_path: Path) -> None:
    file = changed(tmp_path, "office-visit", "payer_id: TRNMB", "payer_id: NOBODY")
    found = run("adjudicate", file, *DAY)
    assert isinstance(found.exception, BadData)
    assert "payer NOBODY has no contract" in str(found.exception)


def test_the_payer_remembers_and_finds_the_same_claim_again(tmp_path: Path) -> None:
    state = tmp_path / "payers.yml"
    words = ("adjudicate", CLAIMS / "office-visit.yml", "--payer-state", state)
    assert run(*words, "--received", "2026-03-10").exit_code == 0
    again = run(*words, "--received", "2026-03-12")
    assert again.exit_code == 1
    assert "OA 18 210.00" in again.stdout
    assert state.read_text("utf-8").count("office-visit.yml") == 2


def test_two_claims_of_one_command_follow_each_other() -> None:
    visit = CLAIMS / "office-visit.yml"
    found = run("adjudicate", visit, visit, *DAY, "--json")
    paid = [one["paid"] for one in json.loads(found.stdout)["claims"]]
    assert (found.exit_code, paid) == (1, ["113.44", "0.00"])


def test_a_claim_goes_through_the_payers_of_all_its_policies(tmp_path: Path) -> None:
    """99214 121.31 allowed: Medicare 97.05 less 1.94 is 95.11, and 24.26 for the supplement."""
    text = (CLAIMS / "office-visit.yml").read_text("utf-8")
    supplement = (
        "  - payer: {name: Evergreen Supplement, payer_id: TRN04}\n    member_id: EG5550099\n"
        "    filing: CI\n    relationship: 18\n    assigned: Y\n    release: Y\nto: primary\n"
    )
    file = tmp_path / "both.yml"
    file.write_text(text.replace("billing:\n", supplement + "billing:\n", 1), encoding="utf-8")
    found = run("adjudicate", file, *DAY, "--through", "--json")
    assert found.exit_code == 0
    first, second = json.loads(found.stdout)["claims"]
    assert (first["status"], first["paid"], first["remarks"]) == ("19", "113.44", ["MA18"])
    assert (second["payer"], second["status"], second["paid"]) == ("TRN04", "2", "24.26")
    assert second["patient_share"] == "0"


def test_a_276_after_the_decision_is_answered_out_of_it(tmp_path: Path) -> None:
    state, question = tmp_path / "payers.yml", tmp_path / "status.276"
    file = CLAIMS / "secondary.yml"
    run("adjudicate", file, *DAY, "--payer-state", state)
    at = ("--at", "2026-04-20T09:30:00")
    question.write_text(run("ask", file, "--about", "claim", *at).stdout, encoding="utf-8")
    before = run("answer", question, *at)
    assert "STC*A4:35*" in before.stdout
    after = run("answer", question, *at, "--payer-state", state)
    assert "STC*F0:3*20260411**150" in after.stdout


def test_a_claim_file_that_changed_after_it_was_sent_is_not_replayed(tmp_path: Path) -> None:
    state = tmp_path / "payers.yml"
    file = changed(tmp_path, "office-visit", "account: OV1001", "account: OV7777")
    run("adjudicate", file, *DAY, "--payer-state", state)
    file.write_text(file.read_text("utf-8").replace("OV7777", "OV8888"), encoding="utf-8")
    found = run("adjudicate", SECOND, *DAY, "--payer-state", state)
    assert isinstance(found.exception, BadData)
    assert "office-visit.yml changed since it was sent" in str(found.exception)


# Authorizations


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """Return a planned scan of the head for a member of Northfield Mutual."""
    text = (CLAIMS / "outpatient-hospital.yml").read_text("utf-8")
    text = text.replace("priority: 1", "priority: 3").replace("73110", "70450")
    file = tmp_path / "scan.yml"
    file.write_text(text.replace("70450-LT", "70450"), encoding="utf-8")
    return file


def test_a_request_without_its_records_is_held(scan: Path) -> None:
    found = run("authorize", scan, "--asked", "2026-02-20")
    assert found.exit_code == 1
    assert found.stdout.splitlines()[1:] == [
        "pending NA2602200001: Wanted: visit note. [medical policy RA-3, invented for training]",
        "An answer is due by 2026-02-27.",
    ]


def test_a_request_for_the_wrong_diagnosis_is_denied(scan: Path) -> None:
    """The chart has a broken wrist: S52 is not among the diagnoses of a scan of the head."""
    found = run("authorize", scan, "--asked", "2026-02-20", "--record", "visit note", "--json")
    assert found.exit_code == 1
    answer = json.loads(found.stdout)["answer"]
    assert (answer["status"], answer["number"]) == ("denied", "NA2602200001")


def test_a_granted_number_is_remembered_and_pays_the_claim(scan: Path, tmp_path: Path) -> None:
    state = tmp_path / "payers.yml"
    text = scan.read_text("utf-8").replace("S52.532A", "S09.90XA")
    scan.write_text(text, encoding="utf-8")
    asked = ("--asked", "2026-02-20", "--record", "visit note", "--payer-state", state)
    found = run("authorize", scan, *asked)
    assert found.exit_code == 0
    assert "70450 x1, from 2026-03-03 to 2026-05-01, for the provider 1497002018." in found.stdout
    granted = state.read_text("utf-8")
    expected = {
        "": ["CO 197"],
        "authorization: NA0000000000\n": ["CO 15"],
        "authorization: NA2602200001\n": ["CO 45", "PR 2"],
    }
    for at, (line, reasons) in enumerate(expected.items()):
        bill = tmp_path / f"bill{at}.yml"
        bill.write_text(text.replace("account: OP2002\n", f"account: OP2002\n{line}"), "utf-8")
        state.write_text(granted, encoding="utf-8")
        decide = ("adjudicate", bill, "--received", "2026-03-10", "--payer-state", state)
        (one,) = json.loads(run(*decide, "--json").stdout)["claims"]
        told = [f"{each['group']} {each['carc']}" for each in one["lines"][0]["reasons"]]
        assert told == reasons


def test_a_visit_that_needs_nothing_is_told_so() -> None:
    found = run("authorize", CLAIMS / "office-visit.yml", "--asked", "2026-02-20")
    assert found.exit_code == 0
    assert found.stdout == "Nothing of it must be authorized before.\n"


# Who pays first

ORDER = CLAIMS.parent / "payers" / "order"


def test_the_order_is_told_with_its_rules() -> None:
    found = run("first", ORDER / "small-employer.yml")
    assert found.exit_code == 0
    why = (
        "the employer has fewer than 20 employees, so the plan pays after Medicare. "
        "[42 CFR 411.170(a), 411.172(a)]"
    )
    assert found.stdout.splitlines() == [
        f"1. Medicare pays first: {why}",
        f"2. Shop Plan pays after one other: {why}",
    ]


def test_a_fact_that_is_not_known_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "unknown.yml"
    text = (ORDER / "working-aged.yml").read_text("utf-8")
    file.write_text(text.replace("employees: 25, ", ""), encoding="utf-8")
    found = run("first", file, "--json")
    assert found.exit_code == 1
    told = json.loads(found.stdout)
    assert told["asks"] == [
        "How many employees has the employer of Tool Works Plan? 20 or more decide."
    ]
    assert told["ranked"] == []
