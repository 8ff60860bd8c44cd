"""What to do next with a denial, how and until when; and the order of the work list."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from made_claims import claim as made_claim
from made_denials import (
    MADE,
    PAYERS,
    REJECTED,
    adjusted,
    denial,
    rejection,
    remit_claim,
    remit_line,
    remittance,
)

from codinglab.accounts.balances import balances
from codinglab.accounts.by_hand import Hand, NotAllowed
from codinglab.accounts.charge import charge
from codinglab.accounts.denial import Denial, denials_of
from codinglab.accounts.denial_action import filing_limit, next_action
from codinglab.accounts.denial_cause import causes
from codinglab.accounts.denial_close import NotYet, give_up
from codinglab.accounts.denial_open import rejections
from codinglab.accounts.denial_queue import COLUMNS, as_row, queue, queue_frame
from codinglab.accounts.denial_rules import Seen, action_file, correction_file, odds_file
from codinglab.accounts.store import Store
from codinglab.claim.scrub_rule import StatusAnswer
from codinglab.claim.x277ca_text import Told
from codinglab.core.tables import BadData

TODAY = date(2026, 4, 20)


def test_a_necessity_denial_of_medicare_is_appealed_to_the_contractor():
    found = next_action(denial("MB", "CO 50 210.00", remarks=("N115",)), TODAY)
    assert (found.do, found.last) == ("appeal", date(2026, 8, 10))
    assert (found.appeal.last, found.no_appeal) == (date(2026, 8, 10), "")


def test_an_unprocessable_claim_is_sent_anew_and_never_appealed():
    told = denial("MB", "CO 16 210.00", remarks=("MA130", "N290"))
    found = next_action(told, TODAY)
    assert (found.do, found.route.route, found.route.frequency) == ("correct", "new claim", "1")
    # one calendar year after the service of 2026-03-03
    assert found.last == date(2027, 3, 3)
    assert found.appeal is None
    assert "returned, not decided" in found.no_appeal


def test_medicare_part_b_takes_no_replacement_but_reopens_for_a_clerical_error():
    found = next_action(denial("MB", "CO 4 210.00"), TODAY)
    assert (found.do, found.route.route, found.route.frequency) == ("correct", "reopening", "")
    assert found.last == date(2027, 4, 6)  # a year after the notice of 2026-04-06
    assert found.appeal.last == date(2026, 8, 10)


@pytest.mark.parametrize("reason", ["CO 4", "CO 97", "CO 50"])
def test_after_the_year_medicare_still_reopens_a_clerical_error_so_no_right_is_used_up(reason):
    # 42 CFR 405.980(c): a year for any reason, 4 years with good cause, a clerical error always
    told = denial("MB", f"{reason} 210.00")
    assert next_action(told, date(2027, 4, 6)).last == date(2027, 4, 6)
    late = next_action(told, date(2027, 4, 7))
    assert (late.do, late.last) == ("correct", None)
    assert "the year for any reason ended on 2027-04-06" in late.last_why
    assert "reopened at any time, 42 CFR 405.980(c)(3)" in late.last_why
    assert late.last_why.endswith("with good cause until 2030-04-06")
    assert next_action(told, date(2030, 4, 6)).last_why.endswith("with good cause until 2030-04-06")
    assert next_action(told, date(2030, 4, 7)).last_why.endswith("good cause ended on 2030-04-06")


def test_what_cannot_be_appealed_has_no_day_on_which_the_right_to_appeal_ends():
    told = denial("MB", "CO 29 210.00")
    for day in (TODAY, date(2027, 3, 4)):  # the filing limit is 2027-03-03
        found = next_action(told, day)
        assert (found.do, found.last) == ("ask", None)
        assert found.last_why.startswith("no day is set for this; the filing limit is 2027-03-03")


def test_a_denial_of_a_whole_claim_counts_from_the_days_of_its_lines():
    lines = (remit_line("99214", "210.00", day=date(2026, 3, day)) for day in (5, 3))
    claim = remit_claim("MB", *lines, adjustments=adjusted("CO 16 420.00"))
    (told,) = denials_of(remittance("MB", replace(claim, lines=claim.lines)))
    assert (told.first, told.last) == (date(2026, 3, 3), date(2026, 3, 5))
    (new,) = denials_of(remittance("MB", replace(claim, remarks=("MA130",))))
    # Part B counts by line: 2026-03-03 + 1 year is the limit of the first, and so of the whole
    assert next_action(new, TODAY).last == date(2027, 3, 3)


@pytest.mark.parametrize(
    ("filing", "code", "words"),
    [
        ("MB", "99214-GA", "ask why the notice does not count"),
        ("MB", "99214-GZ", "so it is denied unseen"),
        ("MB", "99214", "does not see that the service was needed"),
        ("CI", "99214-GZ", "does not see that the service was needed"),
    ],
)
def test_a_notice_of_noncoverage_changes_what_is_looked_at_in_medicare_alone(filing, code, words):
    found = next_action(denial(filing, "CO 50 210.00", code=code), TODAY)
    assert (found.do, found.then) == ("appeal", "correct")
    assert words in found.why


def test_medicare_part_a_takes_an_adjustment_bill_within_its_filing_limit():
    found = next_action(denial("MA", "CO 16 210.00", remarks=("M44",)), TODAY)
    assert (found.route.route, found.route.frequency) == ("adjustment", "7")
    assert found.last == date(2027, 3, 3)


def test_a_commercial_payer_takes_a_replacement_within_its_filing_limit():
    found = next_action(denial("HM", "CO 4 210.00"), TODAY)
    assert (found.do, found.route.route, found.route.lines) == ("correct", "replacement", "all")
    assert found.last == date(2026, 6, 1)  # 90 days after 2026-03-03


def test_after_the_filing_limit_a_coding_denial_can_only_be_appealed():
    told = denial("HM", "CO 4 210.00")
    assert next_action(told, date(2026, 6, 1)).do == "correct"
    late = next_action(told, date(2026, 6, 2))
    assert (late.do, late.last) == ("appeal", date(2026, 10, 3))  # 180 days after 2026-04-06
    over = next_action(told, date(2026, 10, 4))
    assert (over.do, over.last) == ("none_left", None)


def test_medicare_gives_no_appeal_of_late_filing_but_an_exception():
    found = next_action(denial("MB", "CO 29 210.00"), TODAY)
    assert (found.do, found.appeal) == ("ask", None)
    assert "exception to the filing limit" in found.no_appeal
    assert found.source == "42 CFR 405.926; 42 CFR 424.44(b)"


def test_a_commercial_payers_late_filing_is_appealed_with_proof():
    found = next_action(denial("CI", "CO 29 210.00"), TODAY)
    assert (found.do, found.last) == ("appeal", date(2026, 10, 3))


def test_a_remark_that_says_no_appeal_is_believed():
    found = next_action(denial("CI", "CO 50 210.00", remarks=("N211",)), TODAY)
    assert (found.do, found.appeal) == ("correct", None)
    assert found.no_appeal == "remark N211 says that there is no appeal"


@pytest.mark.parametrize(
    ("filing", "adjustments", "do"),
    [
        ("CI", "CO 22 210.00", "bill_other"),
        ("CI", "CO 27 210.00", "bill_other"),
        ("CI", "CO 31 210.00", "correct"),
        ("CI", "CO 197 210.00", "appeal"),
        ("CI", "CO 15 210.00", "correct"),
        ("CI", "CO 97 210.00", "correct"),
        ("CI", "OA 18 210.00", "find_first"),
        ("CI", "CO 252 210.00", "records"),
        ("CI", "CO 204 210.00", "appeal"),
        ("CI", "PR 204 210.00", "bill_patient"),
        ("MB", "PR 50 210.00", "bill_patient"),
        ("CI", "CO B7 210.00", "correct"),
        ("CI", "CO A1 210.00", "ask"),
        ("WC", "CO 50 210.00", "appeal"),
        ("CI", "CO 16 210.00", "correct"),
    ],
)
def test_the_first_act_by_cause_reason_and_group(filing, adjustments, do):
    assert next_action(denial(filing, adjustments), TODAY).do == do


@pytest.mark.parametrize(
    ("remark", "cause", "do"),
    [
        ("M62", "authorization", "correct"),
        ("MA04", "cob", "correct"),
        ("N290", "credentialing", "correct"),
        ("M51", "coding", "correct"),
        ("M127", "documentation", "records"),
    ],
)
def test_missing_information_is_mended_and_not_appealed_whatever_it_is(remark, cause, do):
    told = denial("CI", "CO 16 210.00", remarks=(remark,))
    assert (told.cause.code, next_action(told, TODAY).do) == (cause, do)


def test_what_can_be_done_without_an_appeal_has_no_last_day_once_the_appeal_is_past():
    found = next_action(denial("CI", "CO 22 210.00"), date(2026, 12, 1))
    assert (found.do, found.last) == ("bill_other", None)
    assert found.last_why == "the right to appeal ended on 2026-10-03; this can still be done"


def test_a_no_fault_insurer_hears_an_appeal_by_an_invented_rule_that_says_so():
    found = next_action(denial("AM", "CO 50 210.00"), TODAY)
    # 90 days after the notice of 2026-04-06
    assert (found.do, found.path.slug, found.last) == ("appeal", "no-fault", date(2026, 7, 5))
    assert found.path.levels[0].on(MADE).invented


def test_a_liability_insurer_has_no_appeal_and_what_else_is_said():
    told = replace(denial("AM", "CO 50 210.00"), filing="LM", payer_id="TRN08")
    found = next_action(told, TODAY)
    # the claim can be corrected until two calendar years after the service of 2026-03-03
    assert (found.do, found.appeal, found.last) == ("correct", None, date(2028, 3, 3))
    assert found.no_appeal.startswith("a liability insurer owes the injured person")
    assert next_action(told, date(2028, 3, 4)).do == "none_left"


def test_a_payer_without_a_path_in_the_lab_is_asked():
    found = next_action(replace(denial("CI", "CO 50 210.00"), filing="VA"), TODAY)
    assert (found.do, found.path) == ("correct", None)
    assert "no path of appeal for claim filing indicator VA; ask the payer" in found.no_appeal


def test_a_payer_that_the_lab_does_not_know_has_no_filing_limit():
    told = replace(denial("16", "CO 4 210.00"))
    assert filing_limit(told) == (
        None,
        "the lab has no filing limit of Somebody's Medicare Advantage",
    )
    assert next_action(told, TODAY).do == "correct"


def test_every_cause_has_an_act_a_second_one_and_odds_of_both():
    for one in causes(MADE):
        if one.worked:
            row = action_file().find(Seen(one.code, "", "CO"))
            for do in (row.do, row.then):
                assert 0 <= odds_file().find(one.code, do) <= 1
    for row in action_file().actions:
        names = [row.cause] if row.cause else ["data", "unstated"] if row.carc == "16" else []
        for name in names:
            assert odds_file().find(name, row.do) <= 1
    assert odds_file().invented


def test_only_what_the_payer_calls_the_patients_is_billed_to_the_patient():
    for row in action_file().actions:
        if "bill_patient" in {row.do, row.then}:
            assert row.group == "PR"


def test_a_gap_in_the_files_is_an_error_with_the_file_named():
    with pytest.raises(BadData, match=r"actions\.yml: no row for cause nothing"):
        action_file().find(Seen("nothing", "", "CO"))
    with pytest.raises(
        BadData, match=r"corrections\.yml: no route for claim filing indicator 'QQ'"
    ):
        correction_file().find("QQ")
    with pytest.raises(BadData, match=r"odds\.yml: no odds of records for cause cob"):
        odds_file().find("cob", "records")


def test_a_rejection_has_no_appeal_and_the_filing_clock_runs_from_the_service():
    told = rejection()
    found = next_action(told, TODAY)
    assert (told.source, told.cause.code, told.amount) == (
        "277CA",
        "credentialing",
        made_claim("office visit").total,
    )
    assert (found.do, found.route.route, found.appeal) == ("correct", "new claim", None)
    assert found.last == date(2027, 3, 3)
    assert found.no_appeal == "there is no decision to appeal"
    assert "the clock has run since the service" in found.last_why
    assert next_action(told, date(2027, 3, 4)).do == "none_left"


def test_a_rejection_that_names_the_insured_is_of_registration_and_one_that_names_none_is_of_data():
    assert rejection((StatusAnswer("A3", "33", "IL"),)).cause.code == "registration"
    assert rejection((StatusAnswer("A7", "254"),)).cause.code == "data"


def test_an_accepted_claim_is_no_work_and_a_rejected_stranger_is_told_apart():
    claim = made_claim("office visit")
    taken = Told(claim.account, "", None, None, (StatusAnswer("A2", "20"),))
    strange = Told("NOBODY", "", None, None, REJECTED)
    assert rejections([taken, strange], {claim.account: claim}, TODAY) == ((), (strange,))


def several() -> tuple[Denial, ...]:
    lines = (
        remit_line("99214", "210.00", "CO 50 210.00"),  # 0.45 x 210.00 = 94.50
        remit_line("83036-QW", "28.50", "CO 16 28.50", remarks=("M79",)),  # 0.90 x 28.50 = 25.65
        remit_line("20610", "300.00", "CO 197 300.00"),  # 0.40 x 300.00 = 120.00
    )
    return denials_of(remittance("HM", remit_claim("HM", *lines)))


def test_the_queue_goes_by_dollars_times_odds_where_nothing_is_urgent():
    found = queue(several(), TODAY)
    assert [(one.denial.line, one.expected, one.band) for one in found] == [
        (3, Decimal("120.00"), "later"),
        (1, Decimal("94.50"), "later"),
        (2, Decimal("25.65"), "later"),
    ]


def test_what_is_due_this_week_comes_first_however_small():
    # the replacement of line 2 is due on 2026-06-01; appeals on 2026-10-03
    found = queue(several(), date(2026, 5, 26))
    assert [(one.denial.line, one.days_left, one.band) for one in found] == [
        (2, 6, "this week"),
        (3, 130, "later"),
        (1, 130, "later"),
    ]
    assert queue(several(), date(2026, 5, 24))[0].band == "this month"


def test_what_has_no_right_left_comes_last():
    coding = denial("HM", "CO 4 900.00", charge="900.00", account="BIG1")
    found = queue((coding, several()[1]), date(2026, 10, 4))
    assert [(one.denial.account, one.action.do, one.band) for one in found] == [
        ("OV1001", "ask", "later"),
        ("BIG1", "none_left", "no right left"),
    ]
    assert found[-1].expected == 0


def test_the_worth_by_the_contract_stands_for_the_charge_where_it_is_known():
    (first, *_) = queue(several(), TODAY, {"TRN02/OV1001/1/CO-50": Decimal("131.80")})
    assert first.denial.line == 3
    item = next(
        one
        for one in queue(several(), TODAY, {"TRN02/OV1001/1/CO-50": Decimal("131.80")})
        if one.denial.line == 1
    )
    assert (item.worth, item.expected) == (Decimal("131.80"), Decimal("59.31"))


def test_the_queue_as_a_data_frame():
    frame = queue_frame(queue(several(), TODAY))
    assert tuple(frame.columns) == COLUMNS
    assert list(frame["denied"]) == [Decimal("300.00"), Decimal("210.00"), Decimal("28.50")]
    assert sum(frame["expected"]) == Decimal("240.15")
    assert list(queue_frame(()).columns) == list(COLUMNS)
    row = as_row(queue(several(), TODAY)[0])
    assert (row["cause"], row["do"], row["carc"]) == ("authorization", "appeal", "197")


HAND = Hand("W1", date(2026, 10, 10), "M. Ortiz", "supervisor", "no evidence in the record")


@pytest.fixture
def books() -> Iterator[Store]:
    """Yield books in which claim OV1001 was charged: 210.00, 28.50 and 9.00, to Riverbend HMO."""
    claim = made_claim("office visit")
    payer = replace(claim.coverages[0], payer=PAYERS["HM"], filing="HM")
    lines = tuple(
        replace(line, charge=Decimal(charge))
        for line, charge in zip(claim.lines, ("210.00", "28.50", "9.00"), strict=True)
    )
    sent = replace(claim, account="OV1001", coverages=(payer,), lines=lines)
    with Store("sqlite://") as store:
        charge(store, [sent], date(2026, 3, 4))
        yield store


def owed(store: Store) -> Decimal:
    with store.reading() as open_books:
        return balances(open_books, account="OV1001").total("insurance receivable")


def test_a_denial_with_a_right_left_is_not_written_off(books: Store):
    told = denial("HM", "CO 50 210.00")
    with pytest.raises(NotYet, match="appeal is possible until 2026-10-03; do it, or say why"):
        give_up(books, HAND, told, next_action(told, TODAY))
    assert owed(books) == Decimal("247.50")


def test_a_write_off_wants_a_reason_and_somebody_who_may(books: Store):
    told = denial("HM", "CO 4 210.00")
    over = next_action(told, date(2026, 10, 10))
    with pytest.raises(NotYet, match="say why it is written off"):
        give_up(books, replace(HAND, why=" "), told, over)
    with pytest.raises(NotAllowed, match="is no role of this practice"):
        give_up(books, replace(HAND, role="passer-by"), told, over)
    assert owed(books) == Decimal("247.50")


def test_what_the_payer_says_is_the_patients_is_no_write_off(books: Store):
    told = denial("HM", "PR 204 210.00")
    with pytest.raises(NotYet, match="bill the patient"):
        give_up(books, HAND, told, next_action(told, date(2027, 1, 1)))


def test_a_write_off_with_every_right_used_up_says_by_whom_and_why(books: Store):
    told = denial("HM", "CO 4 210.00")
    entry = give_up(books, HAND, told, next_action(told, date(2026, 10, 10)))
    assert [(one.amount, one.payer) for one in entry.postings] == [
        (Decimal("210.00"), "TRN02"),
        (Decimal("-210.00"), "TRN02"),
    ]
    assert entry.authority == "M. Ortiz (supervisor)"
    assert (
        "coding (TRN02/OV1001/1/CO-4): no evidence in the record; every right is used up"
        in entry.reason
    )
    assert owed(books) == Decimal("37.50")  # 28.50 + 9.00


def test_a_waived_right_is_written_down(books: Store):
    told = denial("HM", "CO 50 12.00", charge="12.00")
    hand = replace(HAND, day=TODAY)
    entry = give_up(books, hand, told, next_action(told, TODAY), "costs more than it brings")
    assert entry.reason.endswith("rights waived: costs more than it brings")
    assert owed(books) == Decimal("235.50")  # 247.50 - 12.00


def test_nothing_is_written_off_by_listing_or_deciding_what_to_do(books: Store):
    queue(several(), date(2027, 12, 31))
    assert owed(books) == Decimal("247.50")


@pytest.mark.parametrize(
    ("adjustments", "remarks", "do", "then"),
    [
        ("CO 252 210.00", ("M127",), "records", "ask"),
        ("PI 163 210.00", (), "records", "ask"),
        ("CO 16 210.00", ("M127",), "records", "ask"),
        ("CO 226 210.00", (), "records", "appeal"),
        ("CO 18 210.00", (), "find_first", "correct"),
        ("OA 18 210.00", ("N522",), "find_first", "correct"),
    ],
)
def test_a_document_that_is_asked_for_is_sent_and_a_duplicate_looked_up(
    adjustments, remarks, do, then
):
    for filing in ("MB", "CI", "MC"):
        found = next_action(denial(filing, adjustments, remarks=remarks), TODAY)
        assert (found.do, found.then) == (do, then)


def test_what_an_earlier_payer_did_is_no_denial_in_any_group():
    for group in ("OA", "CO", "PI"):
        line = remit_line("99214", "210.00", f"{group} 23 210.00")
        assert denials_of(remittance("MB", remit_claim("MB", line, status="2"))) == ()


def test_a_claim_that_was_passed_on_to_its_payer_waits_for_that_one():
    # CLP02 23: not this payer's claim, forwarded; without it the right payer is billed
    for adjustments in ("OA 109 210.00", "OA B11 210.00"):
        told = denial("MB", adjustments, status="23")
        found = next_action(told, TODAY)
        assert (found.do, found.then) == ("ask", "bill_other")
        assert odds_file().find(told.cause.code, "ask") == Decimal("0.10")
    assert next_action(denial("MB", "OA 109 210.00", status="4"), TODAY).do == "bill_other"


def test_a_hospitals_exact_duplicate_has_no_appeal_and_a_professional_one_has():
    told = denial("MB", "OA 18 210.00")
    assert next_action(told, TODAY).appeal.last == date(2026, 8, 10)
    found = next_action(replace(told, filing="MA", payer_id="TRNMA"), TODAY)
    assert (found.appeal, found.do) == (None, "find_first")
    assert "exact duplicate is rejected" in found.no_appeal


def test_the_filing_limit_of_part_b_runs_from_the_first_day_of_a_line():
    # 2026-03-03 to 2026-03-10: 2027-03-03, as the payer counts by line; another from the last
    told = replace(denial("MB", "CO 4 210.00"), last=date(2026, 3, 10))
    assert filing_limit(told)[0] == date(2027, 3, 3)
    told = replace(denial("CI", "CO 4 210.00"), last=date(2026, 3, 10))
    assert filing_limit(told)[0] == date(2026, 9, 6)  # 2026-03-10 + 180 days
