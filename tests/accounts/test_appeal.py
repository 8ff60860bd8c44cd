"""Where an appeal stands, what is at stake, and claims that go together."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from codinglab.accounts.appeal import Dispute, Round, standing
from codinglab.accounts.appeal_amount import Part, aggregate, at_stake, is_enough
from codinglab.accounts.appeal_path import paths
from codinglab.core.dates import NotInForce
from codinglab.core.tables import BadData

MEDICARE, COMMERCIAL = paths()["medicare"], paths()["commercial"]
NOTICE = date(2026, 4, 6)
LOST = Dispute(NOTICE, Decimal("210.00"), "necessity", "50", ("N115",))
ONE = Round(1, date(2026, 5, 1), "upheld", date(2026, 6, 30))
TWO = Round(2, date(2026, 8, 3), "upheld", date(2026, 10, 2))


def test_the_first_level_is_open_until_its_last_day():
    found = standing(MEDICARE, LOST, [], date(2026, 8, 10))
    assert (found.level.name, found.deadline.last, found.over) == (
        "redetermination",
        date(2026, 8, 10),
        False,
    )
    late = standing(MEDICARE, LOST, [], date(2026, 8, 11))
    assert late.over
    assert "was due on 2026-08-10" in late.why
    assert "good cause" in late.why


def test_a_pending_decision_is_due_after_60_days():
    pending = Round(1, date(2026, 5, 1))
    found = standing(MEDICARE, LOST, [pending], date(2026, 5, 20))
    assert found.waits_until == date(2026, 6, 30)  # 05-01 + 60
    assert not found.over


def test_an_upheld_redetermination_goes_to_the_independent_contractor():
    found = standing(MEDICARE, LOST, [ONE], date(2026, 7, 15))
    # 2026-06-30 + 5 = 07-05; + 180 = 2027-01-01
    assert (found.level.number, found.deadline.last) == (2, date(2027, 1, 1))


def test_the_hearing_of_2026_wants_200_dollars():
    found = standing(MEDICARE, LOST, [ONE, TWO], date(2026, 10, 20))
    # 2026-10-02 + 5 = 10-07; + 60 = 12-06
    assert (found.level.number, found.deadline.last, found.needed) == (3, date(2026, 12, 6), None)
    small = Dispute(NOTICE, Decimal("199.99"), "necessity")
    alone = standing(MEDICARE, small, [ONE, TWO], date(2026, 10, 20))
    assert (alone.needed, alone.over) == (200, False)
    assert alone.why.endswith("199.99 dollars alone are under 200: only together with others")


def test_the_amount_of_a_year_not_published_is_an_error_and_not_a_guess():
    late = Round(2, date(2026, 8, 3), "upheld", date(2026, 12, 30))
    with pytest.raises(NotInForce, match="nothing in force on 2027-01-04"):
        standing(MEDICARE, LOST, [ONE, late], date(2027, 1, 4))


def test_five_levels_and_then_no_more():
    rounds = [
        ONE,
        TWO,
        Round(3, date(2026, 11, 2), "upheld", date(2027, 1, 31)),
        Round(4, date(2027, 3, 1), "upheld", date(2027, 5, 30)),
        Round(5, date(2027, 7, 1), "upheld", date(2028, 1, 3)),
    ]
    found = standing(MEDICARE, LOST, rounds, date(2028, 1, 10))
    assert (found.over, found.why) == (True, "every level has decided")


def test_a_won_appeal_is_over():
    won = Round(1, date(2026, 5, 1), "overturned", date(2026, 6, 30))
    found = standing(MEDICARE, LOST, [won], date(2026, 7, 1))
    assert (found.over, found.why) == (True, "won at level 1: wait for the new remittance")


def test_a_part_won_can_go_on():
    part = Round(1, date(2026, 5, 1), "partly overturned", date(2026, 6, 30))
    assert standing(MEDICARE, LOST, [part], date(2026, 7, 15)).level.number == 2


@pytest.mark.parametrize(
    ("level", "who"),
    [
        (1, "the qualified independent contractor"),
        (2, "an administrative law judge (with the amount in controversy)"),
        (3, "the Medicare Appeals Council"),
    ],
)
def test_a_dismissal_is_no_decision_and_is_reviewed_alone_within_60_days(level: int, who: str):
    before = [ONE, TWO][: level - 1]
    out = Round(level, date(2026, 11, 2), "dismissed", date(2026, 11, 20))
    found = standing(MEDICARE, LOST, [*before, out], date(2026, 12, 1))
    # 2026-11-20 + 5 = 11-25; + 60 = 2027-01-24, a Sunday that no rule moves
    assert (found.level, found.deadline.last, found.over) == (None, date(2027, 1, 24), False)
    assert f"no next level; {who} reviews the dismissal alone" in found.why
    assert standing(MEDICARE, LOST, [*before, out], date(2027, 1, 25)).over


def test_a_dismissal_by_the_council_is_final():
    three = Round(3, date(2026, 11, 2), "upheld", date(2026, 12, 1))
    out = Round(4, date(2026, 12, 15), "dismissed", date(2027, 1, 15))
    found = standing(MEDICARE, LOST, [ONE, TWO, three, out], date(2027, 1, 20))
    assert (found.over, found.source) == (True, "42 CFR 405.1116")
    commercial = standing(COMMERCIAL, LOST, [replace(ONE, outcome="dismissed")], date(2026, 7, 1))
    assert commercial.over


def test_a_level_that_is_late_may_be_passed_by_but_not_the_first():
    two = Round(2, date(2026, 8, 3))
    due = date(2026, 10, 2)  # 08-03 + 60
    on_time = standing(MEDICARE, LOST, [ONE, two], due)
    assert (on_time.waits_until, on_time.why) == (
        due,
        "the qualified independent contractor decides",
    )
    late = standing(MEDICARE, LOST, [ONE, two], date(2026, 10, 3))
    assert "should have decided by 2026-10-02" in late.why
    assert "pass the case on to a judge" in late.why
    assert late.source == "42 CFR 405.970(d) and (e), 405.1002(b)"
    first = standing(MEDICARE, LOST, [Round(1, date(2026, 5, 1))], date(2026, 7, 15))
    assert first.why == "the Medicare administrative contractor decides"


def test_a_case_that_is_sent_back_is_decided_again_below_and_goes_up_again():
    back = Round(3, date(2026, 10, 20), "remanded", date(2026, 12, 1))
    found = standing(MEDICARE, LOST, [ONE, TWO, back], date(2026, 12, 10))
    assert (found.level.number, found.deadline, found.over) == (2, None, False)
    again = Round(2, None, "upheld", date(2026, 12, 20))
    up = standing(MEDICARE, LOST, [ONE, TWO, back, again], date(2026, 12, 28))
    # 2026-12-20 + 5 = 12-25; + 60 = 2027-02-23
    assert (up.level.number, up.deadline.last) == (3, date(2027, 2, 23))
    with pytest.raises(BadData, match="level 1 of Original Medicare sends nothing back"):
        standing(MEDICARE, LOST, [replace(ONE, outcome="remanded")], date(2026, 7, 1))


@pytest.mark.parametrize(
    ("rounds", "said"),
    [
        ([Round(1, date(2026, 4, 5))], "asked on 2026-04-05, before the notice of 2026-04-06"),
        ([Round(1, date(2026, 5, 1), "upheld", date(2026, 4, 30))], "before it was asked"),
        (
            [ONE, Round(2, date(2026, 6, 29))],
            "asked on 2026-06-29, before the notice of 2026-06-30",
        ),
    ],
)
def test_nothing_is_asked_or_decided_before_its_cause(rounds: list[Round], said: str):
    with pytest.raises(BadData, match=said):
        standing(MEDICARE, LOST, rounds, date(2026, 9, 1))


def test_before_the_notice_there_is_nothing_to_ask():
    with pytest.raises(BadData, match="on 2026-04-05 the notice of 2026-04-06 had not come"):
        standing(MEDICARE, LOST, [], date(2026, 4, 5))


def test_a_late_request_is_excused_by_the_rule_of_its_own_level():
    late = standing(MEDICARE, LOST, [ONE], date(2027, 1, 2))  # due on 2027-01-01
    assert late.why.endswith("(42 CFR 405.962(b))")


def test_a_claim_counts_once_in_an_aggregated_appeal():
    # 100.00 + 100.00 would reach the 200 of 2026
    part = Part("A1", Decimal("100.00"), date(2026, 10, 2))
    found = aggregate(MEDICARE, 3, [part, part], date(2026, 10, 20), "the same test")
    assert found.problems == ("A1: it is counted 2 times",)
    early = aggregate(
        MEDICARE, 3, [part, replace(part, account="A2")], date(2026, 10, 1), "the same test"
    )
    assert early.problems[0] == "A1: the level below decided on 2026-10-02, after the request"


def test_levels_cannot_be_skipped_nor_walked_undecided():
    with pytest.raises(BadData, match="round 1 is at level 2"):
        standing(MEDICARE, LOST, [TWO], date(2026, 10, 1))
    with pytest.raises(BadData, match="level 1 is not decided"):
        standing(MEDICARE, LOST, [Round(1, NOTICE), TWO], date(2026, 10, 1))


def test_an_unprocessable_claim_has_no_path():
    told = Dispute(NOTICE, Decimal("210.00"), "data", "16", ("MA130",))
    found = standing(MEDICARE, told, [], date(2026, 5, 1))
    assert found.over
    assert "send a new claim with the information complete" in found.why


def test_the_independent_review_of_medicare_advantage_needs_no_request():
    path = paths()["medicare-advantage"]
    found = standing(path, LOST, [ONE], date(2026, 7, 15))
    assert (found.level.name, found.deadline, found.over) == ("independent review", None, False)
    forwarded = Round(2, None, "upheld", date(2026, 8, 29))
    third = standing(path, LOST, [ONE, forwarded], date(2026, 9, 10))
    assert third.deadline.last == date(2026, 11, 2)  # 08-29 + 5 = 09-03; + 60


def test_external_review_is_for_medical_judgment_alone():
    upheld = Round(1, date(2026, 5, 1), "upheld", date(2026, 6, 15), date(2026, 6, 18))
    found = standing(COMMERCIAL, LOST, [upheld], date(2026, 7, 1))
    # 18 June + 4 months = 18 October, a Sunday, so Monday the 19th
    assert (found.level.number, found.deadline.last) == (2, date(2026, 10, 19))
    late = Dispute(NOTICE, Decimal("210.00"), "timely", "29")
    assert standing(COMMERCIAL, late, [upheld], date(2026, 7, 1)).over


def test_a_fair_hearing_counts_from_the_first_notice():
    medicaid = paths()["medicaid"]
    upheld = Round(1, date(2026, 5, 1), "upheld", date(2026, 6, 30))
    found = standing(medicaid, LOST, [upheld], date(2026, 7, 1))
    assert (found.level.consent, found.deadline.last) == (True, date(2026, 7, 5))  # 04-06 + 90
    assert standing(medicaid, LOST, [upheld], date(2026, 7, 6)).over


def test_what_is_at_stake():
    # charged 300.00, nothing paid, 40.00 of coinsurance may be collected
    assert at_stake(Decimal("300.00"), Decimal(0), Decimal("40.00")) == Decimal("260.00")
    assert at_stake(Decimal("300.00"), Decimal("160.00"), Decimal("40.00")) == Decimal("100.00")
    assert at_stake(Decimal("10.00"), Decimal("10.00"), Decimal("2.00")) == 0


def test_the_amount_is_reached_at_the_dollar():
    hearing, court = MEDICARE.level(3), MEDICARE.level(5)
    assert is_enough(hearing, Decimal(200), date(2026, 5, 1))
    assert not is_enough(hearing, Decimal("199.99"), date(2026, 5, 1))
    assert is_enough(hearing, Decimal("190.00"), date(2025, 12, 31))
    assert not is_enough(court, Decimal("1959.99"), date(2026, 5, 1))
    assert is_enough(MEDICARE.level(1), Decimal("0.01"), date(2026, 5, 1))


def part(account: str, amount: str, decided: date | None = date(2026, 10, 2)) -> Part:
    return Part(account, Decimal(amount), decided)


def test_claims_go_to_a_hearing_together():
    # 90.00 + 70.00 + 40.00 = 200.00
    parts = [part("A", "90.00"), part("B", "70.00"), part("C", "40.00")]
    found = aggregate(MEDICARE, 3, parts, date(2026, 12, 6), "the same injection, monthly")
    assert (found.total, found.needed, found.allowed) == (Decimal("200.00"), 200, True)
    assert "405.1006(e)" in found.source


def test_claims_that_are_too_small_together_late_or_undecided_are_named():
    parts = [part("A", "90.00"), part("B", "70.00", date(2026, 9, 1)), part("C", "39.99", None)]
    found = aggregate(MEDICARE, 3, parts, date(2026, 12, 6), "")
    assert found.problems == (
        "B: the request was due on 2026-11-05",  # 09-01 + 5 + 60
        "C: the level below has not decided",
        "nothing says what makes the claims similar or related; say it",
        "together 199.99 dollars, and 200 are asked for in 2026",
    )
    assert not found.allowed


def test_where_no_amount_is_asked_for_nothing_is_put_together():
    with pytest.raises(BadData, match="asks for no amount"):
        aggregate(MEDICARE, 2, [part("A", "90.00")], date(2026, 12, 6), "same")
