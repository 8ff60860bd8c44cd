"""Payment plans: instalments to the cent, their days, default, and Truth in Lending."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_patients import hand, money, office_visit

from codinglab.accounts.balances import balances
from codinglab.accounts.by_hand import Money, NotAllowed, patient_payment, undo
from codinglab.accounts.plan import Instalment, PlanRefused, agree, lending_note, payments, standing
from codinglab.accounts.plan_file import charge_finance, read_plan, take
from codinglab.accounts.statement import statement
from codinglab.core.dates import NotInForce
from codinglab.core.tables import BadData

AGREED = date(2026, 4, 20)


def plan(amount: str = "300.00", count: int = 3, due_day: int = 15, **more: object):
    return agree("OV1", AGREED, money(amount), count, due_day, **more)


def test_the_last_instalment_takes_the_odd_cents() -> None:
    # 1000 / 6 = 166.666...; 5 x 166.66 = 833.30; 1000 - 833.30 = 166.70
    amounts = [str(one.amount) for one in plan("1000.00", 6).instalments]
    assert amounts == ["166.66"] * 5 + ["166.70"]


def test_a_plan_of_one_instalment_is_the_whole() -> None:
    (one,) = plan("19.99", 1).instalments
    assert (one.due, one.amount) == (date(2026, 5, 15), money("19.99"))


@given(st.integers(30_000, 5_000_000), st.integers(1, 12), st.integers(1, 31))
def test_instalments_add_up_to_the_cent_and_fall_into_months_that_follow(
    cents: int, count: int, due_day: int
) -> None:
    made = agree("A", AGREED, money(str(cents)) / 100, count, due_day)
    assert sum(one.amount for one in made.instalments) == made.total
    months = [one.due.year * 12 + one.due.month for one in made.instalments]
    assert months == list(range(months[0], months[0] + count))
    assert made.instalments[0].due > AGREED


def test_the_first_is_due_on_the_next_such_day_after_the_agreement() -> None:
    assert plan(due_day=21).instalments[0].due == date(2026, 4, 21)
    assert plan(due_day=20).instalments[0].due == date(2026, 5, 20)


def test_a_short_month_has_its_last_day_instead() -> None:
    made = agree("A", date(2026, 1, 31), money("300.00"), 3, 31)
    assert [one.due for one in made.instalments] == [
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]


def test_a_plan_goes_on_in_the_next_year() -> None:
    made = agree("A", date(2026, 11, 20), money("300.00"), 3, 15)
    assert [one.due for one in made.instalments] == [
        date(2026, 12, 15),
        date(2027, 1, 15),
        date(2027, 2, 15),
    ]


@pytest.mark.parametrize(
    ("amount", "count", "due_day", "said"),
    [
        ("300.00", 13, 15, "13 instalments: the policy allows 1 to 12"),
        ("300.00", 0, 15, "0 instalments"),
        ("100.00", 5, 15, "5 instalments of 20.00: the policy asks for 25.00 .* 4 or fewer"),
        ("0", 1, 15, "name an amount above 0"),
        ("-5.00", 1, 15, "name an amount above 0"),
        ("50.00", 2, 32, "a day from 1 to 31"),
        ("50.005", 2, 15, "no whole number of cents"),
    ],
)
def test_what_the_policy_does_not_allow_is_refused_with_a_way_out(
    amount: str, count: int, due_day: int, said: str
) -> None:
    with pytest.raises(PlanRefused, match=said):
        plan(amount, count, due_day)


def test_before_the_first_policy_nothing_can_be_agreed() -> None:
    with pytest.raises(NotInForce):
        agree("A", date(2023, 12, 31), money("300.00"), 3, 15)


def test_four_instalments_without_a_charge_are_no_consumer_credit() -> None:
    assert lending_note(plan(count=4)) == ""


def test_five_instalments_have_the_note_of_regulation_z() -> None:
    assert lending_note(plan(count=5)) == (
        "Truth in Lending: this agreement is payable in more than 4 instalments. Whoever extends "
        "such credit more than 25 times a year is a creditor, and gives the disclosures of "
        "Regulation Z before the patient signs (12 CFR 1026.2(a)(17)(i), 12 CFR 1026.2(a)(17)(v))."
    )


def test_a_finance_charge_brings_the_note_however_few_the_instalments() -> None:
    made = plan(count=2, finance_charge=money("12.01"))
    # 312.01 / 2 = 156.005
    assert [str(one.amount) for one in made.instalments] == ["156.00", "156.01"]
    assert "this agreement has a finance charge" in lending_note(made)


def test_a_plan_without_word_on_interest_has_none() -> None:
    assert plan().finance_charge == 0


@pytest.mark.parametrize(
    ("day", "state", "missed"),
    [
        (date(2026, 5, 15), "kept", 0),
        (date(2026, 5, 16), "late", 0),
        (date(2026, 5, 25), "late", 0),  # the last day of grace: 15 + 10
        (date(2026, 5, 26), "missed", 1),
        (date(2026, 6, 25), "missed", 1),
        (date(2026, 6, 26), "default", 2),
    ],
)
def test_an_unpaid_plan_is_late_then_missed_then_in_default(
    day: date, state: str, missed: int
) -> None:
    found = standing(plan(), (), day)
    assert (found.state, found.missed, found.left) == (state, missed, money("300.00"))
    assert found.defaulted == (date(2026, 6, 26) if state == "default" else None)


def test_a_payment_on_the_last_day_of_grace_is_in_time() -> None:
    paid = [(date(2026, 5, 25), money("100.00"))]
    found = standing(plan(), paid, date(2026, 5, 26))
    assert (found.state, found.missed, found.left) == ("kept", 0, money("200.00"))
    assert found.next is not None
    assert found.next.due == date(2026, 6, 15)


def test_what_is_paid_settles_the_oldest_instalment_first() -> None:
    paid = [(date(2026, 6, 20), money("100.00"))]  # meant for June, taken for May
    found = standing(plan(), paid, date(2026, 6, 26))
    assert (found.state, found.missed) == ("missed", 1)


def test_part_of_an_instalment_does_not_keep_it() -> None:
    paid = [(date(2026, 5, 15), money("99.99"))]
    assert standing(plan(), paid, date(2026, 5, 26)).state == "missed"


def test_a_default_stays_though_money_comes_later() -> None:
    paid = [(date(2026, 7, 1), money("250.00"))]
    found = standing(plan(), paid, date(2026, 7, 2))
    assert (found.state, found.left) == ("default", money("50.00"))
    assert "the whole rest is due at once" in found.why


def test_a_plan_paid_ahead_is_paid() -> None:
    found = standing(plan(), [(date(2026, 4, 21), money("300.00"))], date(2026, 4, 21))
    assert (found.state, found.next, found.left) == ("paid", None, 0)


def test_instalments_are_taken_in_the_books_and_no_more_than_is_left() -> None:
    store = office_visit()
    made = plan("48.60", 1)
    take(store, hand("h1", date(2026, 5, 10)), made, money("40.00"))
    with pytest.raises(NotAllowed, match=r"8\.60 of the plan are left, not 8\.61"):
        take(store, hand("h2", date(2026, 5, 11)), made, money("8.61"))
    take(store, hand("h3", date(2026, 5, 11)), made, money("8.60"))
    paid = payments(store.entries("OV1"), made, date(2026, 5, 11))
    assert standing(made, paid, date(2026, 5, 11)).state == "paid"
    assert balances(store).total("patient receivable") == 0


def test_a_payment_that_bounced_is_undone_and_the_plan_knows() -> None:
    store = office_visit()
    made = plan("48.60", 1)
    take(store, hand("h1", date(2026, 5, 10)), made, money("48.60"))
    undo(store, hand("h2", date(2026, 5, 14)), "h1")
    paid = payments(store.entries("OV1"), made, date(2026, 5, 26))
    assert standing(made, paid, date(2026, 5, 26)).state == "missed"


def test_payments_that_came_back_together_put_the_plan_in_default_on_that_day() -> None:
    store = office_visit()
    made = plan("45.00", 1)  # the terms are those of 25 dollars at least, so three are made here
    three = replace(
        made,
        instalments=tuple(
            Instalment(at, date(2026, 4 + at, 15), money("15.00")) for at in (1, 2, 3)
        ),
    )
    take(store, hand("h1", date(2026, 5, 15)), three, money("15.00"))
    take(store, hand("h2", date(2026, 6, 15)), three, money("15.00"))
    undo(store, hand("h3", date(2026, 7, 1)), "h1")
    undo(store, hand("h4", date(2026, 7, 2)), "h2")
    # on 1 July one is missed (15 of 30 are paid), on 2 July two (0 of 30)
    paid = payments(store.entries("OV1"), three, date(2026, 7, 3))
    assert standing(three, paid, date(2026, 7, 1)).state == "missed"
    found = standing(three, paid, date(2026, 7, 3))
    assert (found.state, found.missed, found.defaulted) == ("default", 2, date(2026, 7, 2))


def test_a_check_of_before_the_agreement_that_comes_back_is_no_part_of_the_plan() -> None:
    store = office_visit()
    patient_payment(store, hand("h1", date(2026, 4, 10)), Money("OV1", money("20.00")))
    made = plan("28.60", 1)  # agreed on 2026-04-20 on what was left
    take(store, hand("h2", date(2026, 5, 10)), made, money("8.60"))
    undo(store, hand("h3", date(2026, 5, 12)), "h1")
    undo(store, hand("h4", date(2026, 5, 13)), "h3")  # the bank was wrong
    paid = payments(store.entries("OV1"), made, date(2026, 5, 13))
    assert paid == ((date(2026, 5, 10), money("8.60")),)
    assert standing(made, paid, date(2026, 5, 13)).left == money("20.00")  # 28.60 - 8.60


def test_what_was_paid_until_the_agreement_is_no_instalment() -> None:
    store = office_visit()
    made = plan("28.60", 1)
    patient_payment(store, hand("h1", date(2026, 4, 19)), Money("OV1", money("20.00")))
    assert payments(store.entries("OV1"), made, date(2026, 5, 1)) == ()
    with pytest.raises(NotAllowed, match="agreed on 2026-04-20, so its instalments come later"):
        take(store, hand("h2", AGREED), made, money("28.60"))


def test_a_finance_charge_is_owed_by_the_patient_as_interest() -> None:
    store = office_visit()
    made = plan("48.60", 1, finance_charge=money("1.40"))
    charge_finance(store, hand("h1", AGREED), made)
    told = statement(store, "Doe, Jan 1970-01-01", AGREED)
    assert told.owed == money("50.00")  # 48.60 + 1.40
    assert str(told.visits[0].why[-1]) == "$1.40 is the finance charge of your payment plan."
    assert balances(store).total("interest income") == money("-1.40")
    with pytest.raises(NotAllowed, match="no finance charge"):
        charge_finance(store, hand("h2", AGREED), plan())
    with pytest.raises(NotAllowed, match="was entered before"):
        charge_finance(store, hand("h2", date(2026, 4, 21)), made)
    with pytest.raises(NotAllowed, match="agreed on 2026-04-20, later"):
        charge_finance(store, hand("h2", date(2026, 4, 19)), made)
    with pytest.raises(NotAllowed, match="no account 'ZZ'"):
        charge_finance(store, hand("h2", AGREED), replace(made, account="ZZ"))
    undo(store, hand("h3", AGREED), "h1")
    charge_finance(store, hand("h4", AGREED), made)
    assert balances(store).total("interest income") == money("-1.40")


def test_a_plan_file_is_read_and_a_wrong_field_named(tmp_path) -> None:
    file = tmp_path / "plan.yml"
    text = "account: OV1\nagreed: 2026-04-20\namount: 1000.00\ninstalments: 6\ndue_day: 15\n"
    file.write_text(text, encoding="utf-8")
    assert read_plan(file) == plan("1000.00", 6)
    file.write_text(text.replace("15", "40"), encoding="utf-8")
    with pytest.raises(BadData, match="due_day: Input should be less than or equal to 31"):
        read_plan(file)
