"""The 277CA: what it answers, that it keeps its guide, and how it reads in plain words."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from made_claims import CLAIMS
from pyx12_opinion import refusals

from codinglab.claim.model import Claim
from codinglab.claim.parties import Name
from codinglab.claim.scrub import scrub
from codinglab.claim.scrub_rule import StatusAnswer
from codinglab.claim.x277ca import Front, Submission, transaction, write
from codinglab.claim.x277ca_status import ACCEPTED, ClaimAnswer, answers
from codinglab.claim.x277ca_text import NOT_DENIED, as_text, read, says
from codinglab.x12.check import check
from codinglab.x12.envelope import Envelope

DAY = date(2026, 4, 1)
WHEN = datetime(2026, 4, 1, 9, 30)  # noqa: DTZ001  the wire tells no zone
VISIT = CLAIMS["office visit"]
STAY = CLAIMS["inpatient"]

BAD_NUMBER = replace(VISIT, account="B1", billing=replace(VISIT.billing, npi="1234567890"))
BAD_LINE = replace(
    VISIT, account="B2", lines=(replace(VISIT.lines[0], pointers=(9,)), *VISIT.lines[1:])
)
BAD_PATIENT = replace(
    VISIT,
    account="B3",
    clia="",
    patient=replace(VISIT.patient, born=None, sex=None, address=None),
)
BAD_STAY = replace(STAY, account="B4", bill=replace(STAY.bill, status="1"))


def answered(*claims: Claim) -> tuple[ClaimAnswer, ...]:
    return answers(scrub(claims, DAY))


def text(*claims: Claim) -> str:
    front = Front("Training Medicare Part B", "TRNMB")
    sent = Submission(Name("Harbor Billing"), "SUB001", "BATCH7", DAY)
    made = transaction(front, sent, answered(*claims), when=WHEN, trace="T0001")
    return write(Envelope("TRNMB", "SUB001", WHEN, 7), [made])


def segments(*claims: Claim) -> list[str]:
    return text(*claims).replace("\n", "").split("~")


def test_a_clean_claim_is_accepted_into_adjudication_and_gets_a_number() -> None:
    (one,) = answered(VISIT)
    assert one.statuses == (ACCEPTED,)
    assert one.number == "260910000001"  # year 26, day 91, the first


def test_a_wrong_check_digit_is_invalid_information_of_the_billing_provider() -> None:
    (one,) = answered(BAD_NUMBER)
    assert one.statuses == (StatusAnswer("A7", "562", "85"),)
    assert one.number == ""


def test_a_fault_of_a_line_is_told_of_the_line_and_of_the_claim() -> None:
    (one,) = answered(BAD_LINE)
    assert one.statuses == (StatusAnswer("A7", "247"),)
    assert [(each.line, each.statuses) for each in one.lines] == [
        (1, (StatusAnswer("A7", "477"),)),
    ]


def test_numbers_are_given_to_accepted_claims_alone() -> None:
    found = [one.number for one in answered(VISIT, BAD_NUMBER, STAY)]
    assert found == ["260910000001", "", "260910000002"]


def test_totals_count_claims_and_charges_of_both_kinds() -> None:
    found = segments(VISIT, BAD_NUMBER, STAY)
    # accepted 247.50 + 15700.25 = 15947.75, rejected 247.50, received 16195.25
    assert "STC*A1:19:PR*20260401*WQ*16195.25" in found
    assert "QTY*90*2" in found
    assert "QTY*AA*1" in found
    assert "AMT*YU*15947.75" in found
    assert "AMT*YY*247.5" in found


def test_a_provider_has_totals_of_its_own() -> None:
    found = segments(VISIT, STAY, BAD_STAY)
    at = found.index("NM1*85*2*Millbrook General Hospital*****XX*1497002018")
    assert found[at + 1 : at + 7] == [
        "TRN*1*0",
        "STC*A1:19:PR**WQ*31400.5",  # 15700.25 twice
        "QTY*QA*1",
        "QTY*QC*1",
        "AMT*YU*15700.25",
        "AMT*YY*15700.25",
    ]


def test_a_rejected_claim_has_its_trace_action_type_of_bill_and_days() -> None:
    found = segments(BAD_STAY)
    at = found.index("TRN*2*B4")
    assert found[at : at + 4] == [
        "TRN*2*B4",
        "STC*A7:234*20260401*U*15700.25",
        "REF*BLT*111",
        "DTP*472*RD8*20260303-20260305",
    ]


def test_more_than_three_statuses_take_a_second_segment() -> None:
    found = segments(BAD_PATIENT)
    at = found.index("TRN*2*B3")
    assert found[at + 1 : at + 3] == [
        "STC*A6:158:QC*20260401*U*247.5******A6:157:QC*A6:126:QC",
        "DTP*472*D8*20260303",
    ]
    assert "SVC*HC:83036:QW*28.5*****1" in found  # the CLIA number is missing for this line


def test_an_invalid_number_is_not_repeated_as_an_npi() -> None:
    assert "NM1*85*2*Harbor Family Medicine PC*****FI*421234567" in segments(BAD_NUMBER)


def test_the_same_input_gives_the_same_text() -> None:
    assert text(VISIT, BAD_NUMBER) == text(VISIT, BAD_NUMBER)


BATCHES = {
    "accepted": (VISIT,),
    "rejected": (BAD_NUMBER, BAD_LINE, BAD_PATIENT),
    "mixed": (VISIT, BAD_NUMBER, STAY, BAD_STAY, CLAIMS["patient not subscriber"]),
    "every sample": tuple(CLAIMS.values()),
    "to nobody": (replace(VISIT, coverages=()),),
    "not to be written": (replace(VISIT, account="A*B~", lines=()),),
}


@pytest.mark.parametrize("name", BATCHES)
def test_our_own_check_finds_nothing_wrong(name: str) -> None:
    assert [str(one.as_finding()) for one in check(text(*BATCHES[name]))] == []


@pytest.mark.parametrize("name", BATCHES)
def test_another_reader_accepts_it(name: str, tmp_path: Path) -> None:
    assert refusals(text(*BATCHES[name]), tmp_path) == []


def test_it_reads_back_to_what_was_answered() -> None:
    claims = (VISIT, BAD_NUMBER, BAD_LINE, STAY)
    told = {one.account: one for one in read(text(*claims))}
    for one in answered(*claims):
        found = told[one.claim.account]
        assert found.statuses == one.statuses
        assert found.charge == one.claim.total
        assert [statuses for _, statuses in found.lines] == [each.statuses for each in one.lines]
        assert found.payer_number == one.number
        assert found.stage(DAY) == ("accepted" if one.accepted else "rejected")


def test_a_status_is_told_in_plain_words() -> None:
    assert says(StatusAnswer("A7", "562", "85"), DAY) == (
        "A7 562 85: rejected: information invalid; NPI of a party; billing provider"
    )


def test_a_code_outside_the_table_is_told_as_such() -> None:
    assert says(StatusAnswer("A7", "999"), DAY) == (
        "A7 999: rejected: information invalid; 999, which is not in this lab's table"
    )


def test_the_plain_words_name_the_last_day_and_say_that_rejected_is_not_denied() -> None:
    claims = (VISIT, BAD_NUMBER)
    last = {one.claim.account: one.last_day for one in answered(*claims) if one.last_day}
    said = as_text(list(read(text(*claims))), DAY, last).splitlines()
    assert said == [
        "Claim OV1001, Quill, Walter, 247.50 dollars: accepted",
        "  A2 20: accepted into adjudication; accepted for processing",
        "  The payer's number: 260910000001",
        "Claim B1, Quill, Walter, 247.50 dollars: rejected",
        "  A7 562 85: rejected: information invalid; NPI of a party; billing provider",
        "  Last day to file: 2027-03-03, 336 days from now.",
        "1 of 2 claims were let in.",
        NOT_DENIED,
    ]


def test_a_last_day_that_has_passed_is_told() -> None:
    told = list(read(text(BAD_NUMBER)))
    said = as_text(told, DAY, {"B1": date(2026, 3, 30)})
    assert "  Last day to file: 2026-03-30, 2 days ago." in said


def test_where_nothing_is_rejected_nothing_is_said_of_rejections() -> None:
    assert NOT_DENIED not in as_text(list(read(text(VISIT))), DAY)
