"""A patient's balance in the books: bills noted, the agency, credits and refunds."""

from datetime import date

import pytest
from made_books import ENTERED, FIRST, books, claim, line, remittance
from made_patients import DAY, JAN, hand, money, of_jan, office_visit

from codinglab.accounts.balances import balances
from codinglab.accounts.by_hand import Money, NotAllowed, patient_payment, undo, write_off
from codinglab.accounts.collections import next_step
from codinglab.accounts.patient_account import (
    Circumstances,
    PatientCredit,
    next_notice,
    note_bill,
    note_sent,
    patient_account,
    patient_credits,
    place,
    refund,
)
from codinglab.accounts.plan import Plan
from codinglab.accounts.plan_file import charge_finance
from codinglab.accounts.post import post
from codinglab.accounts.statement import NoSuchPatient, statement


def test_the_books_know_balance_day_and_bills() -> None:
    store = office_visit()
    note_sent(store, hand("b1", date(2026, 4, 1)), "OV1", "bill")
    note_sent(store, hand("b2", date(2026, 5, 1)), "OV1", "bill")
    one = patient_account(store, "OV1", DAY)
    assert (one.balance, one.owed_since, one.bills) == (
        money("48.60"),
        date(2026, 3, 23),
        (date(2026, 4, 1),),  # the one of May is after the day
    )
    assert next_step(one, DAY).on == date(2026, 5, 1)


def test_a_second_letter_gives_the_patient_its_own_days() -> None:
    store = office_visit()
    for number, day in (("l1", date(2026, 4, 1)), ("l2", date(2026, 4, 15))):
        note_sent(store, hand(number, day), "OV1", "last letter")
    assert patient_account(store, "OV1", date(2026, 4, 14)).letter == date(2026, 4, 1)
    assert patient_account(store, "OV1", DAY).letter == date(2026, 4, 15)


def test_bills_noted_late_count_in_the_order_of_their_days() -> None:
    store = office_visit()
    for number, day in (("b2", date(2026, 4, 18)), ("b1", date(2026, 3, 24))):
        note_sent(store, hand(number, day), "OV1", "bill")
    assert patient_account(store, "OV1", DAY).bills == (date(2026, 3, 24), date(2026, 4, 18))
    with pytest.raises(
        NotAllowed, match="was opened on 2026-03-03: no bill was sent on 2026-03-02"
    ):
        note_sent(store, hand("b0", date(2026, 3, 2)), "OV1", "bill")


def test_what_the_books_do_not_know_is_told_them() -> None:
    one = patient_account(office_visit(), "OV1", DAY, Circumstances(applied=True))
    assert next_step(one, DAY).what == "hold"


def owes_again(store, day: date) -> None:
    """Put 5.00 of interest on the visit, a debt of its own."""
    made = Plan("OV1", day, money("1.00"), (), money("5.00"))
    charge_finance(store, hand("f1", day), made)


def test_bills_of_a_settled_debt_are_not_counted() -> None:
    store = office_visit()
    for at, day in enumerate((date(2026, 4, 1), date(2026, 5, 1), date(2026, 5, 31))):
        note_sent(store, hand(f"b{at}", day), "OV1", "bill")
    note_sent(store, hand("l", date(2026, 6, 30)), "OV1", "last letter")
    patient_payment(store, hand("h1", date(2026, 7, 1)), Money("OV1", money("48.60")))
    owes_again(store, date(2026, 8, 3))
    one = patient_account(store, "OV1", date(2026, 8, 4))
    assert (one.balance, one.owed_since) == (money("5.00"), date(2026, 8, 3))
    assert (one.bills, one.letter) == ((), None)
    step = next_step(one, date(2026, 8, 4))
    assert (step.what, step.notice) == ("send a bill", 1)
    told = statement(store, JAN, date(2026, 8, 4))
    assert next_notice(store, told, "practice") == 1
    # at the end of June the old debt stood, with its letters
    before = patient_account(store, "OV1", date(2026, 6, 30))
    assert (len(before.bills), before.letter) == (3, date(2026, 6, 30))


def test_a_returned_check_settled_nothing_so_its_bills_count() -> None:
    store = office_visit()
    note_sent(store, hand("b1", date(2026, 4, 1)), "OV1", "bill")
    patient_payment(store, hand("h1", date(2026, 4, 10)), Money("OV1", money("48.60")))
    undo(store, hand("u1", date(2026, 4, 18)), "h1")
    one = patient_account(store, "OV1", DAY)
    assert (one.owed_since, one.bills) == (date(2026, 3, 23), (date(2026, 4, 1),))


def test_a_bill_is_noted_for_all_its_visits_or_for_none() -> None:
    store = office_visit(of_jan("OV3", "93000 60.00", alone=True))
    told = statement(store, JAN, DAY)
    note_sent(store, hand("b1", DAY), "OV3", "bill")
    with pytest.raises(NotAllowed, match="account OV3: a bill was noted for 2026-04-20 already"):
        note_bill(store, told, "Ann")
    assert [one for one in store.notes("OV1") if one.kind == "patient"] == []


@pytest.mark.parametrize(
    ("code", "filing", "unbillable"),
    [
        ("80061", "MB", "42.00"),
        ("80061-GA", "MB", "0"),  # the notice is on file
        ("80061-59", "MB", "42.00"),  # no modifier of a notice
        ("80061", "CI", "0"),  # no payer but Original Medicare knows the notice
    ],
)
def test_a_denial_as_not_necessary_without_a_notice_is_not_billed(
    code: str, filing: str, unbillable: str
) -> None:
    store = books(of_jan("OV7", f"{code} 42.00", filings=(filing,), payers=(FIRST,)))
    told = claim("OV7", line(f"{code} 42.00", "0", "PR-50 42.00"))
    assert not post(store, remittance(told), ENTERED).refused
    one = patient_account(store, "OV7", DAY)
    assert (one.balance, one.unbillable) == (money("42.00"), money(unbillable))
    step = next_step(one, DAY)
    if one.unbillable:
        assert (step.what, step.source) == (
            "hold",
            "Social Security Act 1879(a) and (b); 42 CFR 411.400 to 411.408",
        )
        with pytest.raises(NotAllowed, match="owes nothing: there is no bill"):
            note_bill(store, statement(store, JAN, DAY), "Ann")
    else:
        assert step.what == "send a bill"
        note_bill(store, statement(store, JAN, DAY), "Ann")


def test_what_was_taken_off_is_not_held_any_more() -> None:
    store = books(of_jan("OV7", "80061 42.00", filings=("MB",), payers=(FIRST,)))
    told = claim("OV7", line("80061 42.00", "0", "PR-50 42.00"))
    assert not post(store, remittance(told), ENTERED).refused
    write_off(store, hand("w1", DAY), Money("OV7", money("42.00")), "administrative")
    assert next_step(patient_account(store, "OV7", DAY), DAY).what == "nothing"


def test_a_placed_account_is_bad_debt_and_waits_with_the_agency() -> None:
    store = office_visit()
    with pytest.raises(NotAllowed, match="a biller may write off"):
        place(store, hand("p1", DAY, "biller"), "OV1", "practice")
    place(store, hand("p2", DAY, "supervisor"), "OV1", "practice")
    assert balances(store).total("bad debt") == money("48.60")
    one = patient_account(store, "OV1", DAY)
    assert (one.balance, one.placed) == (0, DAY)
    assert next_step(one, DAY).what == "leave with the agency"
    with pytest.raises(NotAllowed, match="the patient owes 0"):
        place(store, hand("p3", DAY), "OV1", "practice")


def test_an_account_is_placed_and_noted_together_or_neither() -> None:
    store = office_visit()
    note_sent(store, hand("n1", DAY), "OV1", "agency")
    with pytest.raises(NotAllowed, match="agency was noted for 2026-04-20 already"):
        place(store, hand("p1", DAY), "OV1", "practice")
    assert balances(store).total("bad debt") == 0


def test_a_credit_is_found_with_what_the_patient_owes_elsewhere() -> None:
    store = office_visit(of_jan("OV3", "93000 60.00", alone=True))
    patient_payment(store, hand(), Money("OV1", money("60.00")))
    # 60.00 - 48.60 = 11.40
    assert patient_credits(store, DAY) == (PatientCredit("OV1", money("11.40"), money("60.00")),)


def test_a_refund_is_owed_and_then_paid() -> None:
    store = office_visit()
    patient_payment(store, hand(), Money("OV1", money("60.00")))
    refund(store, hand("r1", DAY), "OV1")
    found = balances(store)
    assert found.total("patient receivable") == found.total("refunds payable") == 0
    assert found.total("cash") == money("115.00")  # 66.40 + 60.00 - 11.40
    assert [one.number for one in store.entries("OV1")][-2:] == ["r1.1", "r1.2"]


def test_who_may_not_refund_leaves_it_owed() -> None:
    store = office_visit()
    patient_payment(store, hand(), Money("OV1", money("60.00")))
    with pytest.raises(NotAllowed, match="biller may refund"):
        refund(store, hand("r1", DAY, "biller"), "OV1")
    assert balances(store).total("refunds payable") == money("-11.40")
    with pytest.raises(NotAllowed, match="has no credit"):
        refund(store, hand("r2", DAY), "OV1")


def test_a_bill_is_noted_for_the_visits_it_asks_for_alone() -> None:
    store = office_visit(of_jan("OV4", "80053 35.00"))
    told = statement(store, JAN, DAY)
    assert next_notice(store, told, "practice") == 1
    note_bill(store, told, "Ann")
    assert [one.reason for one in store.notes("OV1") if one.kind == "patient"] == ["bill"]
    assert [one for one in store.notes("OV4") if one.kind == "patient"] == []
    assert next_notice(store, told, "practice") == 2
    patient_payment(store, hand(), Money("OV1", money("48.60")))
    with pytest.raises(NotAllowed, match="owes nothing: there is no bill to send"):
        note_bill(store, statement(store, JAN, DAY), "Ann")


def test_an_unknown_visit_is_told() -> None:
    store = books()
    with pytest.raises(NoSuchPatient, match="no visit 'X'"):
        patient_account(store, "X", DAY)
    with pytest.raises(NoSuchPatient, match="no visit 'X'"):
        note_sent(store, hand(), "X", "bill")
