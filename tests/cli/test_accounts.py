"""`codinglab accounts`, from the charges of claim files to the bank."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from codinglab.cli.app import app
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData

CLAIMS = data_folder("curriculum") / "claims"
OFFICE, SECOND = CLAIMS / "office-visit.yml", CLAIMS / "secondary.yml"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, words)])


def told(*words: str | Path):
    return json.loads(run(*words, "--json").stdout)


@pytest.fixture
def books(tmp_path):
    """Return books with the charges of an office visit (247.50, paid by TRNMB)."""
    file = tmp_path / "books.db"
    assert run("accounts", "charge", file, OFFICE, "--on", "2026-03-05").exit_code == 0
    return file


@pytest.fixture
def paid(tmp_path):
    """Return the 835 that the lab's payer makes of the office visit."""
    file = tmp_path / "paid.835"
    made = run("remit", "pay", OFFICE, "--received", "2026-03-10")
    file.write_text(made.stdout, "utf-8")
    return file


def test_charges_are_told_and_entered_once(tmp_path) -> None:
    file = tmp_path / "books.db"
    assert told("accounts", "charge", file, OFFICE, "--on", "2026-03-05") == [
        {
            "account": "OV1001",
            "patient": told_patient(file),
            "payers": ["TRNMB"],
            "charge": "247.50",
            "lines": 3,
        }
    ]
    again = run("accounts", "charge", file, OFFICE)
    assert again.exit_code == 2
    assert again.stderr == (
        "account OV1001 has charges already; nothing was written: leave out what stands in the "
        "books; a corrected claim has frequency 7 or 8\n"
    )


def test_a_corrected_claim_goes_from_its_charges_to_the_payers_takeback(tmp_path) -> None:
    """The visit was charged with 480.00 and should have been with 500.00; 136.00 is allowed.

    108.80 is paid (136.00 less 20 percent), taken back, and paid again: 500.00 - 136.00 = 364.00
    is contractual in the end, where it was 344.00.
    """
    books, again, file = (tmp_path / name for name in ("books.db", "again.yml", "both.835"))
    emergency = OFFICE.with_name("emergency-room.yml")
    text = emergency.read_text("utf-8").replace("480.00", "500.00")
    frequency = "frequency: 7\noriginal_reference: 260690000001"
    again.write_text(text.replace("frequency: 1", frequency), "utf-8")
    paid = run("remit", "pay", emergency, again, "--received", "2026-03-10")
    file.write_text(paid.stdout, "utf-8")
    assert told("accounts", "charge", books, emergency, again, "--on", "2026-03-05") == [
        {
            "account": "ED1014",
            "patient": "Sandoval, Irene 1983-08-24",
            "payers": ["TRN01"],
            "charge": "500.00",
            "lines": 1,
        }
    ]
    (posted,) = told("accounts", "post", books, file, "--on", "2026-03-28")
    assert (posted["held"], posted["claims"]) == ([], 3)
    found = told("accounts", "balance", books, "--on", "2026-03-28")["balances"]
    assert {name: amount for name, amount in found.items() if amount != "0.00"} == {
        "revenue": "-500.00",
        "cash": "108.80",
        "patient receivable": "27.20",
        "contractual adjustment": "364.00",
    }


def test_no_claim_of_a_file_is_left_out_silently(tmp_path) -> None:
    books, unbuilt, cut = (tmp_path / name for name in ("books.db", "unbuilt.yml", "cut.837"))
    unbuilt.write_text(OFFICE.read_text("utf-8").replace("  99214: 210.00\n", ""), "utf-8")
    sent = run("claim", "x837", OFFICE, "--at", "2026-03-05T09:00:00").stdout
    cut.write_text(sent.replace("SV1*HC:99214*210*UN*1***1:2:3~", ""), "utf-8")
    for file, says in (
        (unbuilt, "The fee list has no charge for 99214"),
        (cut, "Claim OV1001 is left out: there is no SV1 in 2400"),
    ):
        refused = run("accounts", "charge", books, OFFICE, file)
        assert isinstance(refused.exception, BadData)
        assert says in str(refused.exception)
        assert not books.exists()


def told_patient(file) -> str:
    from codinglab.accounts.store import Store

    with Store(f"sqlite:///{file}") as store:
        return store.accounts()["OV1001"].patient


def test_what_the_lab_pays_is_posted_to_the_cent_and_reconciled(books, paid, tmp_path) -> None:
    (posted,) = told("accounts", "post", books, paid, "--on", "2026-03-25")
    assert (posted["refused"], posted["held"], posted["claims"]) == (None, [], 1)
    (remit,) = told("remit", "show", paid)["remittances"]
    (claim,) = remit["claims"]
    balance = told("accounts", "balance", books, "--on", "2026-03-25")["balances"]
    assert balance["cash"] == posted["total"] == claim["paid"]
    assert balance["revenue"] == "-247.50"
    bank = tmp_path / "bank.csv"
    row = f"{remit['paid_on']},{posted['total']},{posted['trace']}"
    bank.write_text(f"day,amount,trace\n{row}\n", "utf-8")
    found = run("accounts", "reconcile", books, bank, "--on", "2026-04-30")
    assert found.exit_code == 0
    assert found.stdout.startswith("agrees  TRNMB ")
    again = run("accounts", "post", books, paid)
    assert again.exit_code == 1
    assert "already posted: trace" in again.stdout


def test_balances_are_printed_by_every_way(books) -> None:
    on = ("--on", "2026-05-05")
    assert run("accounts", "balance", books, *on).stdout.splitlines() == [
        "insurance receivable   247.50",
        "revenue               -247.50",
    ]
    assert told("accounts", "balance", books, "--by", "payer", *on) == {
        "on": "2026-05-05",
        "by": "payer",
        "balances": {"TRNMB": "247.50"},
    }
    assert told("accounts", "balance", books, "--by", "patient", *on)["balances"] == {}
    aged = told("accounts", "balance", books, "--by", "age", *on)
    assert aged["edges"] == [30, 60, 90, 120]
    assert sum(map(float, aged["totals"])) == 247.5
    text = run("accounts", "balance", books, "--by", "age", *on).stdout
    assert text.splitlines()[0].split("  ")[0] == "account"


def test_an_unknown_claim_waits_is_listed_and_dismissed(books, tmp_path) -> None:
    file = tmp_path / "other.835"
    other = tmp_path / "other.yml"
    other.write_text(OFFICE.read_text("utf-8").replace("OV1001", "OV1002"), "utf-8")
    file.write_text(run("remit", "pay", other, "--received", "2026-03-10").stdout, "utf-8")
    posted = run("accounts", "post", books, file)
    assert posted.exit_code == 1
    assert "unknown claim: no account OV1002 has charges" in posted.stdout
    (held,) = told("accounts", "quarantine", books)
    assert (held["reason"], held["account"]) == ("unknown claim", "OV1002")
    number = held["number"]
    nobody = run("accounts", "quarantine", books, "--release", number)
    assert nobody.exit_code == 2
    assert nobody.stderr.startswith("say who lets it go and why")
    by = ("--who", "Ann Lee", "--why", "posted elsewhere")
    ended = run("accounts", "quarantine", books, "--dismiss", number, *by)
    assert (ended.exit_code, ended.stdout) == (0, "Nothing waits.\n")
    trail = told("accounts", "entries", books, "--trail", "--account", "OV1002")
    assert [(one["kind"], one["who"]) for one in trail] == [
        ("quarantined", ""),
        ("released", "Ann Lee"),
    ]


def test_the_journal_is_printed(books) -> None:
    entries = told("accounts", "entries", books, "--account", "OV1001")
    assert [one["number"] for one in entries] == [f"charge OV1001.{at}" for at in (1, 2, 3)]
    assert {side["ledger"] for one in entries for side in one["postings"]} == {
        "insurance receivable",
        "revenue",
    }
    text = run("accounts", "entries", books).stdout.splitlines()
    assert text[0] == "2026-03-05 charge OV1001.1  charge, claim OV1001"


def test_books_that_are_not_there_are_not_made_by_looking(tmp_path) -> None:
    file = tmp_path / "none.db"
    for words in (("balance",), ("quarantine",), ("entries",), ("post", OFFICE)):
        verb, *more = words
        found = run("accounts", verb, file, *more)
        assert found.exit_code == 2
        assert found.stderr.startswith(f"{file}: there are no books here")
    assert not file.exists()


def test_a_file_that_is_no_books_and_a_database_that_is_not_there_are_told(tmp_path) -> None:
    file = tmp_path / "text.db"
    file.write_text("not a database at all, just some text\n" * 40, "utf-8")
    for at in (str(file), "nosuch://host/books"):
        found = run("accounts", "balance", at)
        assert found.exit_code == 2
        assert f"{at}: these books cannot be used:" in found.stderr


PERSON = ("--who", "Ann Lee", "--role", "biller", "--why", "not a benefit of the plan")


def test_entries_by_hand_are_made_and_refused(books) -> None:
    of = ("--account", "OV1001", "--on", "2026-03-30", *PERSON)
    moved = run(
        *("accounts", "enter", books, "transfer", "--number", "H1", "--payer", "TRNMB"),
        *("--line", "3", "--amount", "9.00", *of),
    )
    assert moved.exit_code == 0
    assert moved.stdout.splitlines() == [
        "2026-03-30 H1  transfer, by hand (transfer: not a benefit of the plan; Ann Lee (biller))",
        "    patient receivable     9.00  OV1001.3      -",
        "    insurance receivable  -9.00  OV1001.3  TRNMB",
    ]
    given_up = told(
        *("accounts", "enter", books, "write-off", "--number", "H2", "--reason", "small balance"),
        *("--amount", "9.00", *of),
    )
    assert [(one["ledger"], one["amount"]) for one in given_up["postings"]] == [
        ("write-off", "9.00"),
        ("patient receivable", "-9.00"),
    ]
    undone = run("accounts", "enter", books, "undo", "--number", "H3", "--entry", "H2", *of)
    assert undone.exit_code == 0
    assert told("accounts", "balance", books, "--by", "account")["balances"] == {"OV1001": "247.50"}
    for words, says in (
        (("write-off", "--reason", "small balance", "--amount", "10.01"), "ask: supervisor"),
        (("write-off", "--reason", "small balance", "--amount", "9.01"), "owes 9.00, not 9.01"),
        (("patient-payment", "--amount", "5.005"), "is no whole number of cents"),
        (("patient-payment", "--amount", "NaN"), "'NaN' is no amount in dollars"),
        (("patient-payment", "--amount", "1e30"), "more than the books can hold"),
        (("recovery", "--amount", "1.00"), "0.00 stand in bad debt, not 1.00"),
        (("give-back", "--amount", "1.00"), "a biller may refund 0 at most, not 1.00"),
    ):
        refused = run("accounts", "enter", books, *words, "--number", "H9", *of)
        assert refused.exit_code == 2
        assert says in refused.stderr


def test_open_work_is_listed(books) -> None:
    nothing = run("accounts", "work", books, "--on", "2026-03-30")
    assert (nothing.exit_code, nothing.stdout) == (0, "Nothing is open.\n")
    run(
        *("accounts", "enter", books, "patient-payment", "--account", "OV1001", "--number", "P1"),
        *("--amount", "30.00", "--on", "2026-03-29", *PERSON),
    )
    assert told("accounts", "work", books, "--on", "2026-03-30")["credits"] == [
        {"account": "OV1001", "payer": "", "amount": "30.00", "federal": False}
    ]
    text = run("accounts", "work", books, "--on", "2026-03-30")
    assert (text.exit_code, text.stdout) == (
        1,
        "OV1001: 30.00 paid too much by the patient\n",
    )


@pytest.mark.parametrize(
    "words", ["remit show", "remit underpaid --claim", "accounts post", "denials list"]
)
def test_x12_without_a_remittance_in_it_is_refused_and_nothing_is_posted(
    words, tmp_path, books
) -> None:
    sent = tmp_path / "sent.837"
    sent.write_text(run("claim", "x837", OFFICE).stdout, "utf-8")
    room, verb, *more = words.split()
    given = [OFFICE] if more else []
    before = [books] if room == "accounts" else []
    found = run(room, verb, *before, sent, *more, *given)
    assert isinstance(found.exception, BadData)
    assert str(found.exception).startswith(f"{sent}: there is n")
    assert told("accounts", "balance", books, "--on", "2026-03-25")["balances"] == {
        "insurance receivable": "247.50",
        "revenue": "-247.50",
    }
