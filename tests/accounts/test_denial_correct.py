"""Corrected claims against the denied ones: what changed, how and until when they go, refusals."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from made_claims import claim as made_claim
from made_denials import MADE, PAYERS, SERVICE, rejection, remit_claim, remit_line, remittance

from codinglab.accounts.denial import Denial, denials_of
from codinglab.accounts.denial_again import note, read_again, waiting
from codinglab.accounts.denial_changes import changes
from codinglab.accounts.denial_correct import Correction, correction
from codinglab.claim.model import Claim, Diagnosis, Line
from codinglab.core.findings import Severity
from codinglab.core.tables import BadData

DAY = date(2026, 4, 20)
NUMBER = "2609600001"
TEST = "83036"


def line(code: str, charge: str, control: str) -> Line:
    return Line(code, Decimal(charge), Decimal(1), SERVICE, pointers=(1,), control_number=control)


def sent(filing: str = "CI", **more) -> Claim:
    lines = (line("99214", "210.00", "L1"), line(TEST, "28.50", "L2"), line("36415", "9.00", "L3"))
    claim = replace(made_claim("office visit"), account="OV1001", lines=lines)
    coverage = replace(claim.coverages[0], filing=filing, payer=PAYERS[filing])
    return replace(claim, coverages=(coverage,), **more)


def denied(filing: str, adjustments: str = "CO 4 28.50", **more) -> Denial:
    told = remit_line(TEST, "28.50", adjustments, control_number="L2", **more)
    claim = remit_claim(filing, remit_line("99214", "210.00"), told)
    (found,) = denials_of(remittance(filing, claim))
    return found


def mended(claim: Claim, at: int = 2, **line_changes) -> Claim:
    lines = list(claim.lines)
    lines[at - 1] = replace(lines[at - 1], **(line_changes or {"modifiers": ("QW",)}))
    return replace(claim, lines=tuple(lines))


def again(claim: Claim, **more) -> Claim:
    """Return a claim marked as the replacement of what the payer numbered."""
    return replace(claim, **({"frequency": "7", "original_reference": NUMBER} | more))


def wrong(made: Correction) -> list[str]:
    return [one.id for one in made.findings if one.severity is Severity.ERROR]


def test_a_replacement_goes_with_what_changed_and_until_when():
    made = correction([denied("CI")], sent(), again(mended(sent())), DAY)
    assert made.findings == ()
    assert made.changes == ("line 2 modifiers: nothing becomes QW",)
    assert made.last == date(2026, 8, 30)  # 2026-03-03 + 180 days
    assert made.sending.claim == again(mended(sent()))


def test_the_last_day_itself_is_in_time_and_the_next_is_late():
    for day, found in ((date(2026, 8, 30), []), (date(2026, 8, 31), ["denial.late"])):
        assert wrong(correction([denied("CI")], sent(), again(mended(sent())), day)) == found


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        (again(sent()), ["denial.unchanged"]),
        (again(mended(sent(), control_number="NEW")), ["denial.unchanged"]),
        (mended(sent()), ["denial.frequency"]),
        (again(mended(sent()), original_reference=""), ["denial.frequency"]),
        (again(mended(sent()), frequency="8"), ["denial.frequency"]),
        (again(mended(sent()), original_reference="X"), ["denial.other-number"]),
        (again(mended(sent()), account="OV1001A"), ["denial.account"]),
        (again(replace(sent(), lines=sent().lines[1:2])), ["denial.lines"]),
        (again(mended(sent("HM"))), ["denial.payer"]),
    ],
)
def test_what_is_no_correction_for_this_payer_is_refused(claim, found):
    assert wrong(correction([denied("CI")], sent(), claim, DAY)) == found


@pytest.mark.parametrize(
    ("adjustments", "remarks", "found"),
    [
        ("CO 29 28.50", (), ["denial.not-corrected"]),  # late: appeal with proof of receipt
        ("PR 204 28.50", (), ["denial.not-corrected"]),  # not covered: the patient is billed
        ("CO 252 28.50", (), ["denial.not-corrected"]),  # a document is asked for: send it
        ("CO 109 28.50", (), ["denial.not-corrected"]),  # another payer is billed
        ("CO 50 28.50", (), []),  # appealed, unless the claim was not what the record says
        ("CO 18 28.50", (), []),  # a repeat that the modifier tells
        ("CO 16 28.50", ("M76",), []),
    ],
)
def test_some_denials_are_answered_otherwise(adjustments, remarks, found):
    told = denied("CI", adjustments, remarks=remarks)
    assert wrong(correction([told], sent(), again(mended(sent())), DAY)) == found


def test_part_b_takes_no_replacement_but_a_reopening_within_a_year():
    told = denied("MB")
    assert wrong(correction([told], sent("MB"), again(mended(sent("MB"))), DAY)) == [
        "denial.frequency"
    ]
    made = correction([told], sent("MB"), mended(sent("MB")), DAY)
    assert (made.sending.claim, made.last, wrong(made)) == (None, date(2027, 4, 6), [])
    later = correction([told], sent("MB"), mended(sent("MB")), date(2027, 4, 7))
    assert (later.last, wrong(later)) == (None, [])  # a clerical error: at any time
    assert "reopened at any time" in later.last_why


def test_an_unprocessable_line_may_be_given_alone_or_among_all():
    told = denied("MB", "CO 16 28.50", remarks=("MA130", "M76"))
    whole = mended(sent("MB"))
    alone = replace(whole, lines=whole.lines[1:2])
    for claim, said in ((whole, "line 2"), (alone, "line 1")):
        made = correction([told], sent("MB"), claim, DAY)
        assert made.findings == ()
        assert made.changes == (f"{said} modifiers: nothing becomes QW",)
        assert [one.code for one in made.sending.claim.lines] == [TEST]
        assert made.sending.lines == (2,)
    same = replace(sent("MB"), lines=sent("MB").lines[1:2])
    assert wrong(correction([told], sent("MB"), same, DAY)) == ["denial.unchanged"]
    assert "denial.frequency" in wrong(correction([told], sent("MB"), again(whole), DAY))


def test_a_rejected_claim_goes_again_as_it_was_meant():
    claim = again(made_claim("office visit"), original_reference="X1")
    told = rejection()
    made = correction([told], claim, replace(claim, clia="36D0000001"), DAY)
    assert (wrong(made), made.sending.claim.original_reference) == ([], "X1")
    (same,) = correction([told], claim, claim, DAY).findings
    assert same.remedy.startswith("The same claim again is rejected again")


def test_a_correction_that_leaves_the_denied_line_alone_says_so():
    made = correction([denied("CI")], sent(), again(mended(sent(), 1, code="99213")), DAY)
    assert [one.id for one in made.findings] == ["denial.line-unchanged"]
    above = again(replace(sent(), authorization="A1"))
    assert correction([denied("CI")], sent(), above, DAY).findings == ()


def test_an_adjustment_bill_says_by_one_condition_code_what_changes():
    bill = made_claim("inpatient")
    told = replace(
        denied("CI"),
        account=bill.account,
        filing="MA",
        payer_id="TRNMA",
        line=None,
    )
    for codes, found in (((), True), (("D9",), False), (("D1", "D9"), True), (("D5",), True)):
        claim = again(replace(bill, conditions=codes, note="corrected"))
        assert ("denial.condition" in wrong(correction([told], bill, claim, DAY))) is found


def test_changes_are_told_field_by_field():
    claim = sent()
    other = replace(
        claim,
        diagnoses=(Diagnosis("R51.9"), *claim.diagnoses[1:]),
        patient=replace(claim.patient, born=date(1948, 5, 18)),
        lines=(*claim.lines, line("99000", "5.00", "L4")),
    )
    assert changes(claim, other) == (
        f"claim patient born: {claim.patient.born} becomes 1948-05-18",
        f"claim diagnoses 1 code: {claim.diagnoses[0].code} becomes R51.9",
        "line 4: 99000 is new",
    )
    assert changes(claim, replace(claim, lines=claim.lines[:2])) == ("line 3: 36415 is left out",)
    assert changes(claim, claim) == ()


def test_what_went_again_waits_until_a_later_decision(tmp_path: Path):
    file, told = tmp_path / "again.csv", denied("CI")
    made = correction([told], sent(), again(mended(sent())), DAY)
    note(file, [told], made, DAY)
    note(file, [replace(told, line=9)], made, DAY)
    (mine, _) = noted = read_again(file)
    assert (mine.number, mine.changes) == (NUMBER, "line 2 modifiers: nothing becomes QW")
    assert waiting(told, noted, DAY) == mine
    assert waiting(told, noted, date(2026, 4, 19)) is None
    assert waiting(replace(told, notice=date(2026, 5, 20)), noted, date(2026, 5, 21)) is None
    assert told.notice == MADE


def test_nothing_goes_before_the_notice_came():
    for day, found in ((date(2026, 4, 5), ["denial.not-yet"]), (MADE, [])):
        assert wrong(correction([denied("CI")], sent(), again(mended(sent())), day)) == found


def test_another_file_is_no_list_and_an_empty_one_gets_its_columns(tmp_path: Path):
    other, empty, told = tmp_path / "other.csv", tmp_path / "empty.csv", denied("CI")
    other.write_text("x,y\n", "utf-8")
    empty.touch()
    made = correction([told], sent(), again(mended(sent())), DAY)
    with pytest.raises(BadData, match="its first line is 'x,y'"):
        note(other, [told], made, DAY)
    with pytest.raises(BadData, match="its first line is 'x,y'"):
        read_again(other)
    assert read_again(empty) == ()
    note(empty, [told], made, DAY)
    assert [one.key for one in read_again(empty)] == [told.key]
