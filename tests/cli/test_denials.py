"""`codinglab denials`, from the example remittance to the remittance after a won appeal."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest
from typer.testing import CliRunner, Result

from codinglab.accounts.denial_queue import COLUMNS
from codinglab.claim.scrub_rule import StatusAnswer
from codinglab.claim.x277ca import Front, Submission, transaction, write
from codinglab.claim.x277ca_status import ClaimAnswer
from codinglab.cli.app import app
from codinglab.cli.claim_read import read_built
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData
from codinglab.x12.envelope import Envelope

FOLDER = data_folder("curriculum") / "appeals" / "examples"
CLAIM = data_folder("curriculum") / "claims" / "office-visit.yml"
FILE, CHART = FOLDER / "denials.835", FOLDER / "chart.md"
NECESSITY, AUTHORIZATION = FOLDER / "necessity.yml", FOLDER / "authorization.yml"
ON = ("--on", "2026-04-20")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["denials", *map(str, words)])


def told(*words: str | Path) -> dict:
    return json.loads(run(*words, "--json").stdout)


def test_the_list_goes_by_money_and_odds():
    found = run("list", FILE, *ON)
    assert found.exit_code == 1  # there is work
    assert found.stdout.splitlines()[0] == "Later:"
    assert found.stdout.splitlines()[-1] == (
        "6 open, 953.50 dollars denied, 416.58 expected. The odds are invented for training."
    )


def test_the_list_as_json():
    found = told("list", FILE, *ON)
    assert [one["key"] for one in found["items"]] == [
        "TRN01/DN2001/2/CO-197",
        "TRNMB/DN1002/1/CO-16",
        "TRN01/DN2003/1/PR-204",
        "TRN01/DN2002/1/CO-29",
        "TRNMB/DN1001/2/CO-50",
        "TRNMB/DN1001/3/CO-97",
    ]
    assert set(found["items"][0]) == {"key", *COLUMNS}
    # 400.00 x 0.40 + 150.00 x 0.65 + 150.00 x 0.50 + 210.00 x 0.30 + 12.83 + 8.25
    assert (found["denied"], found["expected"], found["unknown"]) == ("953.50", "416.58", [])
    first = found["items"][1]
    assert (first["do"], first["route"], first["last_day"]) == (
        "correct",
        "new claim",
        "2027-03-03",
    )


def test_one_denial_with_its_levels():
    found = told("show", FILE, "--denial", "TRNMB/DN1001/2/CO-50", *ON)
    assert [one["name"] for one in found["levels"]] == [
        *("redetermination", "reconsideration", "hearing", "council review", "judicial review"),
    ]
    assert (found["levels"][0]["last"], found["levels"][2]["amount"]) == ("2026-08-10", "200")
    assert (
        "Level 1: redetermination"
        in run("show", FILE, "--denial", "TRNMB/DN1001/2/CO-50", *ON).stdout
    )


def test_an_unprocessable_claim_shows_no_level():
    found = told("show", FILE, "--denial", "TRNMB/DN1002/1/CO-16", *ON)
    assert (found["levels"], found["appeal_until"]) == ([], None)
    assert "Appeal: none." in run("show", FILE, "--denial", "TRNMB/DN1002/1/CO-16", *ON).stdout


def test_a_denial_that_is_not_there_names_those_that_are():
    found = run("show", FILE, "--denial", "X", *ON)
    assert found.exit_code == 2
    assert "TRN01/DN2001/2/CO-197" in found.stderr


def test_a_letter_as_text_and_as_pdf(tmp_path: Path):
    words = ("letter", FILE, "--denial", "TRNMB/DN1001/2/CO-50", "--evidence", NECESSITY, *ON)
    found = run(*words, "--chart", CHART)
    assert found.exit_code == 0
    assert '- "Glipizide was stopped and insulin glargine begun on 2025-12-01' in found.stdout
    target = tmp_path / "letter.pdf"
    assert run(*words, "--chart", CHART, "--to", target).exit_code == 0
    (page,) = pypdfium2.PdfDocument(target.read_bytes())
    assert "Re: Redetermination: claim DN1001, line 2" in page.get_textpage().get_text_range()


def test_a_letter_without_what_it_needs_leaves_with_1():
    words = ("letter", FILE, "--denial", "TRNMB/DN1001/2/CO-50", "--evidence", AUTHORIZATION, *ON)
    found = run(*words)
    assert found.exit_code == 1
    assert "Nothing shows chart or operative note" in found.stderr


def test_a_letter_for_what_has_no_appeal_leaves_with_1():
    found = run(
        "letter", FILE, "--denial", "TRNMB/DN1002/1/CO-16", "--evidence", AUTHORIZATION, *ON
    )
    assert found.exit_code == 1
    assert "No appeal: an unprocessable claim was returned" in found.stderr


def test_a_won_appeal_writes_the_remittance_that_closes_the_denial(tmp_path: Path):
    target = tmp_path / "new.835"
    words = ("appeal", FILE, "--denial", "TRN01/DN2001/2/CO-197", "--evidence", AUTHORIZATION, *ON)
    found = told(*words, "--granted", "CO 45 279.02, PR 2 24.20", "--to", target)
    assert (found["outcome"], found["rule"], found["notice"]) == (
        "overturned",
        "authorization.before",
        "2026-06-19",  # 04-20 + 60
    )
    assert "BPR*I*96.78*C*CHK" in target.read_text("utf-8")
    left = told("list", FILE, target, "--on", "2026-06-30")
    assert "TRN01/DN2001/2/CO-197" not in {one["key"] for one in left["items"]}
    assert left["denied"] == "553.50"  # 953.50 - 400.00


def test_a_lost_appeal_leaves_with_1_and_the_next_level_can_be_asked(tmp_path: Path):
    bare = tmp_path / "bare.yml"
    bare.write_text("argument: please\n", "utf-8")
    words = ("--denial", "TRNMB/DN1001/2/CO-50", "--evidence", bare)
    found = run("appeal", FILE, *words, *ON)
    assert found.exit_code == 1
    assert found.stdout.startswith("Level 1, redetermination: upheld on 2026-06-19.")
    before = ("--round", "1 2026-04-20 upheld 2026-06-19")
    after = run("appeal", FILE, *words, "--on", "2026-07-01", *before)
    assert after.stdout.startswith("Level 2, reconsideration: upheld on 2026-08-30.")


@pytest.mark.parametrize("text", ["1 upheld", "1 2026-04-20 perhaps 2026-06-19", "1 x upheld y"])
def test_a_round_that_cannot_be_read_is_refused(text: str):
    words = ("--denial", "TRNMB/DN1001/2/CO-50", "--evidence", AUTHORIZATION, "--round", text)
    found = run("appeal", FILE, *words, *ON)
    assert found.exit_code == 2
    assert "write a round like" in found.stderr


def test_what_is_no_x12_leaves_with_2(tmp_path: Path):
    other = tmp_path / "other.txt"
    other.write_text("nothing", "utf-8")
    assert run("list", other, *ON).exit_code == 2


def rejected(target: Path) -> Path:
    """Write the 277CA of 2026-03-09 that refuses claim OV1001 for its billing provider's NPI."""
    claim = read_built(CLAIM).claim
    assert claim is not None
    told = ClaimAnswer(claim, (StatusAnswer("A7", "562", "85"),))
    front = Front("Training Medicare Part B", "TRNMB")
    sent = Submission(claim.billing.name, "SUB1", "B1", date(2026, 3, 9))
    when = datetime(2026, 3, 9, 10, 0)  # noqa: DTZ001  the wire has no time zone
    made = transaction(front, sent, [told], when=when, trace="T1")
    target.write_text(write(Envelope("TRNMB", "SUB1", when, 1), [made]), "utf-8")
    return target


def test_a_rejection_is_on_the_list_with_its_filing_limit_and_no_appeal(tmp_path: Path):
    file = rejected(tmp_path / "ack.277")
    found = told("list", file, "--claim", CLAIM, *ON)
    (item,) = found["items"]
    assert item["key"] == "TRNMB/OV1001/claim/277CA"
    assert (item["source"], item["cause"], item["do"]) == ("277CA", "credentialing", "correct")
    assert (item["last_day"], item["appeal_until"]) == ("2027-03-03", None)
    assert item["denied"] == "247.50"  # 210.00 + 28.50 + 9.00
    assert item["worth"] == "140.01"  # Medicare: 121.31 + 9.70 + 9.00


def test_a_rejection_whose_claim_is_not_given_is_named(tmp_path: Path):
    file = rejected(tmp_path / "ack.277")
    found = told("list", file, *ON)
    assert (found["items"], found["unknown"]) == ([], ["OV1001"])
    assert run("list", file, *ON).exit_code == 1


def test_a_rejection_can_be_neither_appealed_nor_written_about(tmp_path: Path):
    file = rejected(tmp_path / "ack.277")
    for verb in ("letter", "appeal"):
        found = run(verb, file, "--denial", "TRNMB/OV1001/claim/277CA", "--evidence", NECESSITY)
        assert found.exit_code == 2


def accepted(target: Path, account: str) -> Path:
    """Write the 277CA of 2026-03-30 that takes claim `account` in."""
    claim = read_built(CLAIM).claim
    assert claim is not None
    told = ClaimAnswer(replace(claim, account=account), (StatusAnswer("A2", "20"),), number="X9")
    when = datetime(2026, 3, 30, 10, 0)  # noqa: DTZ001  the wire has no time zone
    sent = Submission(claim.billing.name, "SUB1", "B1", date(2026, 3, 30))
    made = transaction(Front("Northfield", "TRN01"), sent, [told], when=when, trace="T1")
    target.write_text(write(Envelope("TRN01", "SUB1", when, 1), [made]), "utf-8")
    return target


def test_a_277ca_proves_timely_filing(tmp_path: Path):
    # service on 2025-10-01, limit 180 days: 2026-03-30, the day on which the payer took it
    bare = tmp_path / "bare.yml"
    bare.write_text("signer: M. Ortiz\n", "utf-8")
    words = (FILE, "--denial", "TRN01/DN2002/1/CO-29", "--evidence", bare, *ON)
    proof = ("--receipt", accepted(tmp_path / "ack.277", "DN2002"))
    assert run("letter", *words).exit_code == 1
    found = run("letter", *words, *proof)
    assert found.exit_code == 0
    assert "- March 30, 2026: claim DN2002 was accepted into adjudication" in found.stdout
    assert told("appeal", *words, *proof)["rule"] == "timely.received"
    other = ("--receipt", accepted(tmp_path / "other.277", "ELSE"))
    refused = run("letter", *words, *other).exception
    assert isinstance(refused, BadData)
    assert "no 277CA of it accepts claim DN2002" in str(refused)


def test_after_a_won_appeal_there_is_no_letter_to_write():
    words = ("--denial", "TRNMB/DN1001/2/CO-50", "--evidence", AUTHORIZATION, *ON)
    found = run("letter", FILE, *words, "--round", "1 2026-04-10 overturned 2026-04-19")
    assert found.exit_code == 2
    assert "wait for the new remittance" in " ".join(found.stderr.split())


def test_the_amount_at_stake_is_charged_less_paid_less_the_patients_share(tmp_path: Path):
    bare = tmp_path / "bare.yml"
    bare.write_text("argument: please\n", "utf-8")
    words = ("appeal", FILE, "--denial", "TRNMB/DN1001/2/CO-50", "--evidence", bare, *ON)
    whole = told(*words)["at_stake"]
    assert whole == told("show", FILE, "--denial", "TRNMB/DN1001/2/CO-50", *ON)["at_stake"]
    assert whole == "28.50"  # charged 28.50, nothing paid and no share told
    assert told(*words, "--share", "5.70")["at_stake"] == "22.80"  # 28.50 - 5.70


ROUND = "1 2026-04-20 upheld 2026-06-19"


def test_a_letter_takes_the_receipt_and_the_number_of_a_decision_and_a_signer():
    words = ("letter", FILE, "--denial", "TRNMB/DN1001/2/CO-50", "--evidence", NECESSITY)
    more = ("--chart", CHART, "--on", "2026-07-01", "--signer", "M. Ortiz")
    found = run(*words, *more, "--round", f"{ROUND} received 2026-06-22 number 1-99")
    assert found.exit_code == 0
    assert "number 1-99, asked for on April 20, 2026" in found.stdout
    assert found.stdout.endswith("\nM. Ortiz\nFor Harbor Family Medicine PC\n")


def test_a_court_is_asked_by_a_lawyer_and_not_by_a_letter():
    words = ("letter", FILE, "--denial", "TRN01/DN2001/2/CO-197", "--evidence", AUTHORIZATION)
    waiting = run(*words, "--on", "2026-05-01", "--round", "1 2026-04-20 pending 2026-04-25")
    assert waiting.exit_code == 2  # nothing was decided, so nothing can be asked
    two = ("--round", ROUND, "--round", "2 2026-06-25 upheld 2026-08-01")
    more = (
        "--round",
        "3 2026-08-10 upheld 2026-09-10",
        "--round",
        "4 2026-09-15 upheld 2026-10-15",
    )
    words = ("letter", FILE, "--denial", "TRNMB/DN1001/2/CO-50", "--evidence", NECESSITY)
    found = run(*words, "--chart", CHART, "--on", "2026-11-02", *two, *more)
    assert isinstance(found.exception, BadData)
    assert "level 5, judicial review: a court is asked by a complaint" in str(found.exception)


SENT, MENDED = FOLDER / "scan-sent.yml", FOLDER / "scan-corrected.yml"
SCAN = ("correct", FILE, "--denial", "TRN01/DN2001/2/CO-197", "--claim", SENT)


def test_a_corrected_claim_is_written_and_noted_and_waits_on_the_list(tmp_path: Path):
    wire, again = tmp_path / "new.837", tmp_path / "again.csv"
    words = (*SCAN, "--corrected", MENDED, "--again", again)
    found = told(*words, "--to", wire, *ON)
    assert (found["route"], found["frequency"], found["original"], found["last"]) == (
        *("replacement", "7", "260680000001"),
        "2026-08-30",  # 2026-03-03 + 180 days
    )
    assert found["changes"] == ["claim authorization: nothing becomes NFA-260227-18"]
    assert "CLM*DN2001*550***11:B:7*" in wire.read_text("utf-8")
    assert "REF*F8*260680000001~" in wire.read_text("utf-8")
    left = told("list", FILE, "--again", again, "--on", "2026-04-21")
    assert (len(left["items"]), left["denied"]) == (5, "553.50")  # 953.50 - 400.00
    assert [one["key"] for one in left["sent_again"]] == ["TRN01/DN2001/2/CO-197"]
    assert "Sent again, and not answered yet:" in run("list", FILE, "--again", again, *ON).stdout
    before = again.read_text("utf-8")
    second = run(*words, "--to", tmp_path / "second.837", "--on", "2026-04-22")
    assert second.exit_code == 1
    assert "denial.sent-again" in second.stdout
    assert not (tmp_path / "second.837").exists()
    assert again.read_text("utf-8") == before


def test_a_claim_that_must_not_go_again_is_neither_written_nor_noted(tmp_path: Path):
    wire, again = tmp_path / "new.837", tmp_path / "again.csv"
    found = run(*SCAN, "--corrected", SENT, "--to", wire, "--again", again, *ON)
    assert found.exit_code == 1
    assert "Write frequency 7 and original 260680000001." in found.stdout
    assert found.stdout.endswith("It does not go, and nothing was written.\n")
    assert not wire.exists()
    assert not again.exists()


def test_a_file_without_the_denied_claim_is_refused():
    words = ("correct", FILE, "--denial", "TRN01/DN2001/2/CO-197", "--corrected", MENDED)
    found = run(*words, "--claim", CLAIM, *ON)
    assert found.exit_code == 2
    assert "holds no claim DN2001" in " ".join(found.stderr.split())


def test_a_duplicate_of_a_paid_service_is_worth_nothing_and_says_what_was_paid(tmp_path: Path):
    # the paid visit of DN1001, told again in a later file as a duplicate
    text = FILE.read_text("utf-8").replace("260406", "260504").replace("20260406", "20260504")
    old = "CLP*DN1002*4*150*0**MB*2609600002~"
    line = "SVC*HC:99213*150*0**0**1~\nDTM*472*20260303~\nCAS*CO*16*150~"
    assert (old in text, text.count(line)) == (True, 1)
    text = text.replace(line, "SVC*HC:99214*150*0**0**1~\nDTM*472*20260303~\nCAS*CO*18*150~")
    text = text.replace("MB26096001", "MB26124001").replace("NM26096001", "NM26124001")
    later = tmp_path / "later.835"
    later.write_text(text.replace("MOA***MA130~\n", "").replace("*40*0001~", "*39*0001~"), "utf-8")
    found = told("list", FILE, later, "--on", "2026-05-11")
    (item,) = (one for one in found["items"] if one["key"] == "TRNMB/DN1002/1/CO-18")
    assert (item["worth"], item["expected"], item["do"]) == ("0.00", "0.00", "find_first")
    shown = run("show", FILE, later, "--denial", "TRNMB/DN1002/1/CO-18", "--on", "2026-05-11")
    assert "; the first was paid on 2026-05-04, claim 2609600001: nothing is owed" in shown.stdout


def test_a_level_that_is_not_open_and_a_correction_that_answers_nothing_are_told():
    shown = run("show", FILE, "--denial", "TRN01/DN2001/2/CO-197", *ON).stdout
    assert "Level 2: external review, an independent review organization; not open to a" in shown
    assert "A correction: replacement." in shown
    late = run("show", FILE, "--denial", "TRN01/DN2002/1/CO-29", *ON).stdout
    assert "A correction: none;" in late
    found = told("show", FILE, "--denial", "TRNMB/DN1001/2/CO-50", *ON)
    assert [one["open"] for one in found["levels"]] == [True] * 5


def test_a_denial_named_twice_is_noted_once_and_two_forms_are_warned_of(tmp_path: Path):
    wire, again = tmp_path / "new.837", tmp_path / "again.csv"
    words = (*SCAN, "--denial", "TRN01/DN2001/2/CO-197", *ON)
    assert run(*words, "--corrected", MENDED, "--again", again, "--to", wire).exit_code == 0
    assert len(again.read_text("utf-8").splitlines()) == 2  # the columns and one denial
    assert "denial.forms" in run(*words, "--corrected", wire).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--round", f"{ROUND} received 2026-06-01"), "received on 2026-06-01, before the notice"),
        (("--received", "2026-04-01"), "received on 2026-04-01, before the notice of 2026-04-06"),
        (("--round", "7 2026-04-20 upheld 2026-06-19"), "Original Medicare has no level 7"),
        (("--round", "1 - upheld 2026-06-19"), "level 1 (redetermination) is reached by a request"),
    ],
)
def test_what_cannot_be_of_an_earlier_decision_is_said_in_a_line(words, said):
    asked = ("letter", FILE, "--denial", "TRNMB/DN1001/2/CO-50", "--evidence", NECESSITY)
    found = run(*asked, "--chart", CHART, "--on", "2026-07-01", *words)
    assert isinstance(found.exception, BadData)
    assert said in str(found.exception)


def test_a_title_without_a_signer_is_refused():
    asked = ("letter", FILE, "--denial", "TRNMB/DN1001/2/CO-50", "--evidence", NECESSITY)
    found = run(*asked, "--chart", CHART, *ON, "--title", "Physician")
    assert found.exit_code == 2
    assert "name the signer" in found.stderr


ROUNDS = ("1 2026-04-20 upheld 2026-06-19", "2 2026-07-20 upheld 2026-09-20")
HEARD = "3 2026-11-20 remanded 2027-01-20"


def _answered(*rounds: str, on: str) -> Result:
    told = [word for one in rounds for word in ("--round", one)]
    given = ("--chart", CHART, "--evidence", NECESSITY, "--together", "--on", on)
    return run("appeal", FILE, "--denial", "TRNMB/DN1001/2/CO-50", *given, *told)


def test_a_case_that_is_sent_back_is_answered_by_the_level_below():
    # 42 CFR 405.1056: the judge sends it to the contractor of level 2; 2027-02-20 + 60 days
    found = _answered(*ROUNDS, HEARD, on="2027-02-20")
    assert found.stdout.splitlines()[0] == "Level 2, reconsideration: overturned on 2027-04-21."


def test_after_the_last_level_nobody_answers():
    later = (
        "3 2026-11-20 upheld 2027-01-20",
        "4 2027-02-20 upheld 2027-05-20",
        "5 2027-06-20 upheld 2028-05-20",
    )
    found = _answered(*ROUNDS, *later, on="2028-06-20")
    assert isinstance(found.exception, BadData)
    assert str(found.exception).startswith("TRNMB/DN1001/2/CO-50: no level is left: ")
