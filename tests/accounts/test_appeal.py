"""Where an appeal stands, what is at stake, and claims that go together."""

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


def test_a_dismissal_is_no_decision():
    out = Round(1, date(2026, 9, 1), "dismissed", date(2026, 9, 20))
    found = standing(MEDICARE, LOST, [out], date(2026, 10, 1))
    assert found.over
    assert "a dismissal itself can be reviewed or vacated" in found.why


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
