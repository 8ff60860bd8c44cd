"""`codinglab patient`: statements, plans, estimates, assistance and the next step."""

import json
from pathlib import Path

import pytest
from made_books import ENTERED, books, claim, line, remittance
from made_patients import hand, of_jan
from typer.testing import CliRunner, Result

from codinglab.accounts.patient_account import note_sent
from codinglab.accounts.post import post
from codinglab.cli.app import app
from codinglab.core.places import data_folder

EXAMPLES = data_folder("curriculum") / "accounts" / "patient" / "examples"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["patient", *map(str, words)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Books in which Jan owes 48.60 of the visit OV1 since 2026-03-23."""
    path = tmp_path / "books.db"
    store = books(of_jan("OV1", "99213 150.00"), url=f"sqlite:///{path}")
    told = claim("OV1", line("99213 150.00", "54.40", "CO-45 47.00", "PR-1 30.00", "PR-2 18.60"))
    post(store, remittance(told), ENTERED)
    store.close()
    return path


def test_a_statement_as_text_and_as_json(file: Path) -> None:
    told = run("statement", file, "--account", "OV1", "--on", "2026-04-20")
    assert told.exit_code == 0
    assert "Please pay $48.60 by 2026-05-20." in told.stdout
    found = json.loads(
        run(
            "statement", file, "--patient", "Doe, Jan 1970-01-01", "--on", "2026-04-20", "--json"
        ).stdout
    )
    assert {name: found[name] for name in ("owed", "credit", "waiting", "pay_by", "notice")} == {
        "owed": "48.60",
        "credit": "0.00",
        "waiting": "0.00",
        "pay_by": "2026-05-20",
        "notice": 1,
    }
    assert found["visits"][0]["why"][1] == {
        "amount": "18.60",
        "reason": "PR-2",
        "text": "is your coinsurance, your part of the price that your plan allows",
    }


@pytest.mark.parametrize(
    ("suffix", "begins"), [("pdf", b"%PDF-"), ("html", b"<!DOCTYPE html>"), ("txt", b"TRAINING")]
)
def test_a_statement_is_written_as_its_name_ends(
    file: Path, tmp_path: Path, suffix: str, begins: bytes
) -> None:
    to = tmp_path / f"statement.{suffix}"
    told = run("statement", file, "--account", "OV1", "--on", "2026-04-20", "--to", to)
    assert (told.exit_code, told.stdout) == (0, f"{to}: written\n")
    assert to.read_bytes().startswith(begins)


def test_a_bill_that_was_sent_is_noted_once_and_the_next_one_follows(file: Path) -> None:
    first = ("statement", file, "--account", "OV1", "--on", "2026-04-20", "--sent-by", "Ann")
    assert "Bill 1 for Doe, Jan, 2026-04-20" in run(*first).stdout
    again = run(*first)
    assert "a bill was noted for 2026-04-20 already" in str(again.exception)
    step = json.loads(run("next", file, "--account", "OV1", "--on", "2026-04-21", "--json").stdout)
    assert (step["bills"], step["steps"][0]["on"]) == (["2026-04-20"], "2026-05-20")
    for day, number in (("2026-05-20", 2), ("2026-06-19", 3), ("2026-07-19", 3)):
        told = run("statement", file, "--account", "OV1", "--on", day, "--sent-by", "Ann", "--json")
        assert json.loads(told.stdout)["notice"] == number


def test_the_last_letter_comes_after_the_last_bill(file: Path, tmp_path: Path) -> None:
    early = run("letter", file, "--account", "OV1", "--on", "2026-04-20")
    assert "0 of 3 bills were sent" in str(early.exception)
    for day in ("2026-03-23", "2026-04-22", "2026-05-22"):
        run("statement", file, "--account", "OV1", "--on", day, "--sent-by", "Ann")
    asked = ("letter", file, "--account", "OV1", "--on", "2026-06-21")
    assert "To Doe, Jan\n" in run(*asked).stdout
    to = tmp_path / "letter.pdf"
    told = json.loads(run(*asked, "--to", to, "--sent-by", "Ann", "--json").stdout)
    assert (told["deadline"], told["written"]) == ("2026-07-21", str(to))
    step = json.loads(run("next", file, "--account", "OV1", "--on", "2026-06-22", "--json").stdout)
    assert (step["steps"][0]["what"], step["steps"][0]["on"]) == (
        "place with the agency",
        "2026-07-22",
    )


def test_a_plan_and_whether_it_is_kept(file: Path) -> None:
    told = run("plan", EXAMPLES / "plan.yml")
    assert told.exit_code == 0
    assert "   6  2026-10-15      166.70" in told.stdout
    assert "Truth in Lending" in told.stdout
    late = run("plan", EXAMPLES / "plan.yml", "--books", file, "--on", "2026-06-26", "--json")
    assert late.exit_code == 1
    standing = json.loads(late.stdout)["standing"]
    assert (standing["state"], standing["missed"], standing["defaulted"]) == (
        "default",
        2,
        "2026-06-26",
    )


def test_an_estimate_with_its_deadline_and_a_bill_that_may_be_disputed(tmp_path: Path) -> None:
    told = run("estimate", EXAMPLES / "estimate.yml")
    assert told.exit_code == 0
    assert "within 3, 2026-07-07 (45 CFR 149.610(b)(1)(vi)(B))" in told.stdout
    bill = ("--billed", "1234567893=682.00@2026-08-03", "--on", "2026-08-10", "--json")
    high = run("estimate", EXAMPLES / "estimate.yml", *bill)
    assert high.exit_code == 1
    (one,) = json.loads(high.stdout)["disputes"]
    assert (one["excess"], one["may"], one["until"]) == ("400.00", True, "2026-12-01")
    to = tmp_path / "estimate.pdf"
    assert run("estimate", EXAMPLES / "estimate.yml", "--to", to).exit_code == 0
    assert to.read_bytes().startswith(b"%PDF-")


def test_the_outcome_of_a_dispute() -> None:
    bill = ("--billed", "1234567893=782.00@2026-08-03", "--on", "2026-08-10")
    asked = ("outcome", EXAMPLES / "estimate.yml", *bill, "--item", "99213=90.00", "--item")
    told = run(*asked, "11401=692.00")
    assert "The patient pays Harbor Family Medicine PC 257.00." in told.stdout  # 90 + 192 - 25
    found = json.loads(run(*asked, "11401=692.00:400.00", "--json").stdout)
    assert (found["pays"], found["prevailed"]) == ("465.00", True)  # 90 + 400 - 25
    assert "write it as 11401=692.00" in str(run(*asked, "11401").exception)


def test_alaska_and_hawaii_are_asked_for_and_other_regions_are_told() -> None:
    asked = ("assistance", "--household", "3", "--income", "68300", "--balance", "100")
    more = ("--charges", "200", "--on", "2026-05-01", "--json", "--region")
    # 68,300 / 34,150 = 200.0 percent; 68,300 / 31,420 = 217.4
    assert json.loads(run(*asked, *more, "alaska").stdout)["percent"] == "200.0"
    assert json.loads(run(*asked, *more, "hawaii").stdout)["percent"] == "217.4"
    assert "it has contiguous, alaska, hawaii" in str(run(*asked, *more, "Guam").exception)


def test_the_bill_of_whoever_pays_alone_is_what_the_estimate_promised(tmp_path: Path) -> None:
    kept, claim_file = tmp_path / "books.db", EXAMPLES / "visit.yml"
    day = ("--on", "2026-07-21")
    CliRunner().invoke(app, ["accounts", "charge", str(kept), str(claim_file), *day])
    hand_told = ("--who", "Ann", "--role", "biller", *day)
    told = run("self-pay", kept, claim_file, *hand_told)
    assert told.stdout == (
        "SP1001: 188.00 come off 470.00; the patient is asked for 282.00\n"  # 60 + 128
    )
    estimate = json.loads(run("estimate", EXAMPLES / "estimate.yml", "--json").stdout)
    bill = json.loads(run("statement", kept, "--account", "SP1001", *day, "--json").stdout)
    assert bill["owed"] == estimate["providers"][0]["total"] == "282.00"
    again = run("self-pay", kept, claim_file, *hand_told)
    assert "was entered before" in str(again.exception)


def test_a_bill_that_is_not_noted_is_not_written_and_the_other_way(
    file: Path, tmp_path: Path
) -> None:
    asked = ("statement", file, "--account", "OV1", "--on", "2026-04-20", "--sent-by", "Ann")
    assert run(*asked, "--to", tmp_path / "bill.doc").exit_code == 1
    to = tmp_path / "bill.pdf"
    assert run(*asked, "--to", to).exit_code == 0  # the first one noted nothing
    to.unlink()
    again = run(*asked, "--to", to)
    assert "a bill was noted for 2026-04-20 already" in str(again.exception)
    assert not to.exists()


def test_assistance_by_income() -> None:
    asked = ("--household", "3", "--balance", "500", "--charges", "1200", "--on", "2026-05-01")
    told = run("assistance", *asked, "--income", "60000")
    # 60,000 / 27,320 = 219.6 percent: three quarters of 500
    assert told.exit_code == 0
    assert "Income is 219.6 percent of the guideline." in told.stdout
    assert "Forgiven 375.00; the patient owes 125.00." in told.stdout
    above = run("assistance", *asked, "--income", "200000", "--json")
    assert above.exit_code == 1
    assert json.loads(above.stdout)["owes"] == "500.00"


def test_the_next_step_and_all_of_them(file: Path) -> None:
    from codinglab.accounts.store import Store

    with Store(f"sqlite:///{file}") as store:
        note_sent(store, hand("b1", ENTERED), "OV1", "bill")
    asked = ("next", file, "--account", "OV1", "--on", "2026-04-20", "--json")
    found = json.loads(run(*asked).stdout)
    assert found["bills"] == ["2026-03-23"]
    assert [(one["what"], one["notice"], one["on"]) for one in found["steps"]] == [
        ("send a bill", 2, "2026-04-22")
    ]
    assert len(json.loads(run(*asked, "--all").stdout)["steps"]) == 5
    assert json.loads(run(*asked, "--disputed").stdout)["steps"][0]["what"] == "hold"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("statement", "BOOKS", "--patient", "Nobody"), "the books have no visit of 'Nobody'"),
        (("statement", "BOOKS", "--account", "X"), "there is no visit 'X'"),
        (("statement", "BOOKS"), "name a --patient or an --account"),
        (("statement", "BOOKS", "--account", "OV1", "--notice", "9"), "sends bills 1 to 3"),
        (("statement", "BOOKS", "--account", "OV1", "--to", "x.doc"), "end the name in .pdf"),
        (("statement", "none.db", "--account", "OV1"), "none.db: there are no books"),
        (("next", "BOOKS", "--account", "X"), "the books have no visit 'X'"),
        (("next", "BOOKS", "--account", "X", "--plan", "PLAN"), "a plan for OV1, not for X"),
        (("plan", "none.yml"), "none.yml: there is no such file"),
        (
            ("estimate", "ESTIMATE", "--billed", "1234567893=682.005@2026-08-03"),
            "--billed: 682.005 is no whole number of cents",
        ),
        (("estimate", "ESTIMATE", "--billed", "x"), "write it as 1234567893=950.00@2026-08-03"),
        (("estimate", "ESTIMATE", "--billed", "1=5@2026-08-03"), "the estimate has no provider 1"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    file: Path, words: tuple[str, ...], said: str
) -> None:
    from codinglab.core.tables import BadData

    paths = {
        "BOOKS": file,
        "PLAN": EXAMPLES / "plan.yml",
        "ESTIMATE": EXAMPLES / "estimate.yml",
    }
    told = run(*(paths.get(one, one) for one in words))
    assert isinstance(told.exception, BadData)
    assert said in str(told.exception)
    assert "\n" not in str(told.exception)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("no books" * 200, encoding="utf-8")
    told = run("statement", other, "--account", "OV1")
    assert "no books can be read there" in str(told.exception)


def test_what_is_forgiven_is_entered_once_by_somebody_who_may(file: Path) -> None:
    about = ("--account", "OV1", "--household", "3", "--on", "2026-05-01", "--who", "Ann")
    asked = ("forgive", file, *about, "--role", "supervisor")
    above = run(*asked, "--income", "200000", "--number", "A1", "--json")
    assert (above.exit_code, json.loads(above.stdout)["entries"]) == (1, [])
    # 60,000 / 27,320 = 219.6 percent; 48.60 x 0.75 = 36.45
    found = run(*asked, "--income", "60000", "--number", "A1")
    assert found.exit_code == 0
    assert found.stdout.splitlines()[-2:] == [
        "Forgiven 36.45; the patient owes 12.15.",
        "Entered as A1.1.",
    ]
    again = run(*asked, "--income", "60000", "--number", "A2")
    assert "OV1: 36.45 were forgiven on 2026-05-01; to decide anew" in str(again.exception)
