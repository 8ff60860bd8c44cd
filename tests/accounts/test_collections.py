"""What is done next about a balance: bills, letter, agency, and what the law makes wait."""

from dataclasses import replace
from datetime import date

import pytest
from made_patients import money

from codinglab.accounts.collections import (
    PatientAccount,
    action_day,
    application_until,
    next_step,
    timeline,
)
from codinglab.accounts.plan import agree, standing
from codinglab.core.dates import NotInForce

SINCE = date(2026, 4, 1)
OFFICE = PatientAccount("A", "practice", money("120.00"), SINCE)
HOSPITAL = replace(OFFICE, site="tax-exempt hospital")
BILLS = (date(2026, 4, 1), date(2026, 5, 1), date(2026, 5, 31))


def short(steps) -> list[tuple[str, int, date]]:
    return [(one.what, one.notice, one.on) for one in steps]


def test_a_practice_sends_three_bills_a_letter_and_then_the_agency() -> None:
    # every 30 days: 1 April, 1 May, 31 May; 30 June; the letter asks until 30 July, so the 31st
    assert short(timeline(OFFICE, SINCE)) == [
        ("send a bill", 1, date(2026, 4, 1)),
        ("send a bill", 2, date(2026, 5, 1)),
        ("send a bill", 3, date(2026, 5, 31)),
        ("send the last letter", 0, date(2026, 6, 30)),
        ("place with the agency", 0, date(2026, 7, 31)),
        ("leave with the agency", 0, date(2026, 7, 31)),
    ]


def test_a_hospital_sends_four_bills_and_the_letter_is_the_notice_of_501r() -> None:
    steps = list(timeline(HOSPITAL, SINCE))
    assert short(steps)[3:] == [
        ("send a bill", 4, date(2026, 6, 30)),
        ("send the last letter", 0, date(2026, 7, 30)),
        ("place with the agency", 0, date(2026, 8, 30)),  # the notice's deadline is the 29th
        ("leave with the agency", 0, date(2026, 8, 30)),
    ]
    assert steps[4].source == "26 CFR 1.501(r)-6(c)(4)(i)"


def test_a_hospital_that_writes_early_waits_until_the_120th_day() -> None:
    # 10 April + 30 = 10 May; 1 April + 120 = 30 July; a practice waits until 10 May has passed
    early = replace(HOSPITAL, bills=BILLS[:1], letter=date(2026, 4, 10))
    step = next_step(early, date(2026, 5, 10))
    assert (step.what, step.on) == ("place with the agency", date(2026, 7, 30))
    assert step.source == "26 CFR 1.501(r)-6(c)(3)(i)"
    assert next_step(replace(early, site="practice"), date(2026, 5, 10)).on == date(2026, 5, 11)


@pytest.mark.parametrize(
    ("letter", "first"),
    [
        (date(2026, 7, 15), date(2026, 8, 15)),  # 15 July + 30 = 14 August, which has to pass
        (date(2026, 6, 30), date(2026, 7, 31)),  # the deadline is the 120th day, 30 July itself
        (date(2026, 6, 29), date(2026, 7, 30)),  # 29 June + 30 = 29 July; 1 April + 120 = 30 July
        (date(2026, 4, 1), date(2026, 7, 30)),
    ],
)
def test_an_action_comes_after_the_deadline_of_the_notice_and_not_before_the_120th_day(
    letter: date, first: date
) -> None:
    assert action_day(replace(HOSPITAL, bills=BILLS, letter=letter), SINCE) == first


def test_an_application_is_taken_until_the_240th_day_or_the_deadline_if_later() -> None:
    # 1 April + 240 = 27 November; 20 November + 30 = 20 December
    billed = replace(HOSPITAL, bills=BILLS)
    assert application_until(billed, SINCE) == date(2026, 11, 27)
    late = replace(billed, letter=date(2026, 11, 20))
    assert application_until(late, SINCE) == date(2026, 12, 20)


@pytest.mark.parametrize("account", [OFFICE, HOSPITAL])
def test_a_letter_without_a_bill_does_not_stand_for_one(account: PatientAccount) -> None:
    step = next_step(replace(account, letter=date(2026, 4, 5)), date(2026, 5, 1))
    assert (step.what, step.notice, step.on) == ("send a bill", 1, date(2026, 5, 1))


def test_no_time_runs_before_the_first_bill() -> None:
    assert action_day(HOSPITAL, SINCE) is None
    with pytest.raises(ValueError, match="no bill was sent"):
        application_until(HOSPITAL, SINCE)


def test_the_agency_is_bound_by_the_collection_practices_act_and_the_hospitals_days() -> None:
    placed = replace(
        HOSPITAL, bills=BILLS, letter=date(2026, 6, 30), placed=date(2026, 8, 1), balance=money("0")
    )
    step = next_step(placed, date(2026, 8, 2))
    assert step.what == "leave with the agency"
    assert "within 5 days of its first contact" in step.notes[0]
    assert "dispute within 30 days (15 U.S.C. 1692g(a))" in step.notes[0]
    assert "before 2026-07-31, by the agency neither" in step.notes[1]
    assert "until 2026-11-27" in step.notes[2]
    assert len(next_step(replace(placed, site="practice"), date(2026, 8, 2)).notes) == 1


def test_a_bill_is_not_sent_before_its_day_and_late_bills_at_once() -> None:
    one = replace(OFFICE, bills=BILLS[:1])
    assert next_step(one, date(2026, 4, 30)).on == date(2026, 5, 1)
    assert next_step(one, date(2026, 5, 9)).on == date(2026, 5, 9)


def test_ten_dollars_are_given_up_after_two_bills_and_ten_and_a_cent_are_not() -> None:
    small = replace(OFFICE, balance=money("10.00"), bills=BILLS[:2])
    step = next_step(small, date(2026, 5, 2))
    assert (step.what, step.on) == ("write off the small balance", date(2026, 5, 31))
    assert "42 U.S.C. 1320a-7a(i)(6)(A)" in step.notes[0]
    assert next_step(replace(small, balance=money("10.01")), date(2026, 5, 2)).notice == 3
    assert next_step(replace(small, bills=BILLS[:1]), date(2026, 5, 2)).notice == 2


def test_a_small_balance_ends_with_its_write_off() -> None:
    small = replace(OFFICE, balance=money("8.00"))
    assert short(timeline(small, SINCE)) == [
        ("send a bill", 1, date(2026, 4, 1)),
        ("send a bill", 2, date(2026, 5, 1)),
        ("write off the small balance", 0, date(2026, 5, 31)),
    ]


def test_nothing_and_credits() -> None:
    assert next_step(replace(OFFICE, balance=money("0")), SINCE).what == "nothing"
    step = next_step(replace(OFFICE, balance=money("-11.40")), SINCE)
    assert (step.what, step.why) == (
        "refund the credit",
        "the patient has paid 11.40 too much; give it back",
    )


@pytest.mark.parametrize(
    ("held", "source"),
    [
        ({"bankrupt": True}, "11 U.S.C. 362(a)(6)"),
        ({"disputed": True}, "45 CFR 149.620"),
        ({"applied": True}, "made up for training, after usual practice"),
        ({"applied": True, "site": "tax-exempt hospital"}, "26 CFR 1.501(r)-6(c)"),
    ],
)
def test_collection_stops_where_the_law_or_the_policy_says_so(held, source: str) -> None:
    step = next_step(replace(OFFICE, bills=BILLS, **held), date(2026, 7, 30))
    assert (step.what, step.source) == ("hold", source)
    assert len(list(timeline(replace(OFFICE, **held), SINCE))) == 1


def test_a_plan_that_is_kept_stops_the_bills_until_it_is_in_default() -> None:
    made = agree("A", date(2026, 4, 20), money("120.00"), 3, 15)
    kept = replace(OFFICE, bills=BILLS[:1], plan=standing(made, (), date(2026, 5, 2)))
    step = next_step(kept, date(2026, 5, 2))
    assert (step.what, step.on) == ("keep the plan", date(2026, 5, 15))
    missed = replace(kept, plan=standing(made, (), date(2026, 5, 26)))
    assert next_step(missed, date(2026, 5, 26)).what == "remind of the plan"
    broken = replace(kept, plan=standing(made, (), date(2026, 6, 26)))
    assert next_step(broken, date(2026, 6, 26)).what == "send a bill"


def test_a_day_before_the_policy_is_told() -> None:
    with pytest.raises(NotInForce, match=r"collections\.yml of a practice"):
        next_step(OFFICE, date(2023, 12, 31))
