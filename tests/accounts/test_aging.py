from datetime import date
from decimal import Decimal

from made_books import CHARGED, ENTERED, FIRST, SECOND, books, claim, line, remittance, visit

from codinglab.accounts import by_hand
from codinglab.accounts.aging import Aged, aging, totals
from codinglab.accounts.by_hand import Hand, Money
from codinglab.accounts.policy import policy_on
from codinglab.accounts.post import post

D = Decimal
OFFICE = line("99213 150.00", "80.00", "CO-45 50.00", "PR-2 20.00")
EDGES = (30, 60, 90, 120)


def buckets(*told):
    return tuple(D(one) for one in told)


def test_a_payers_balance_is_as_old_as_the_service() -> None:
    store = books(visit())  # served on 2026-03-03
    assert date(2026, 3, 3) == CHARGED
    for day, at in (
        (date(2026, 4, 2), 0),  # 30 days
        (date(2026, 4, 3), 1),  # 31
        (date(2026, 7, 1), 3),  # 120
        (date(2026, 7, 2), 4),  # 121
    ):
        told = ["0.00"] * 5
        told[at] = "150.00"
        assert aging(store, day) == (Aged("OV1", FIRST, buckets(*told)),)


def test_a_second_payers_balance_is_no_younger() -> None:
    store = books(visit(payers=(FIRST, SECOND)))
    post(store, remittance(claim("OV1", OFFICE)), ENTERED)
    assert aging(store, date(2026, 4, 3)) == (
        Aged("OV1", SECOND, buckets("0.00", "20.00", "0.00", "0.00", "0.00")),
    )


def test_a_patients_balance_begins_when_it_became_his_and_the_oldest_is_paid_first() -> None:
    store = books(visit("OV1", "99213 150.00", "93000 60.00"))
    post(store, remittance(claim("OV1", OFFICE)), ENTERED)  # 20 since 2026-03-23
    hand = Hand("H1", date(2026, 4, 20), "Ann Lee", "biller", "not covered by his plan")
    by_hand.transfer(store, hand, Money("OV1", D(60), FIRST, 2), by_hand.PATIENT)
    pays = Hand("H2", date(2026, 4, 25), "Ann Lee", "biller", "check 101")
    by_hand.patient_payment(store, pays, Money("OV1", D(25)))
    # 2026-05-01: 25 pay the 20 of 39 days ago and 5 of the 60 of 11 days ago
    assert aging(store, date(2026, 5, 1)) == (
        Aged("OV1", "", buckets("55.00", "0.00", "0.00", "0.00", "0.00")),
    )
    assert aging(store, date(2026, 4, 24))[0].buckets == buckets("60", "20", "0", "0", "0")


def test_a_returned_check_leaves_the_debt_as_old_as_it_was() -> None:
    store = books(visit())
    post(store, remittance(claim("OV1", OFFICE)), ENTERED)  # 20 since 2026-03-23
    pays = Hand("H1", date(2026, 4, 1), "Ann Lee", "biller", "check 101")
    by_hand.patient_payment(store, pays, Money("OV1", D(20)))
    back = Hand("H2", date(2026, 4, 20), "Ann Lee", "biller", "check 101 came back")
    by_hand.undo(store, back, "H1")
    # 23 March to 1 May: 8 + 30 + 1 = 39 days; 11 since the check came back
    assert aging(store, date(2026, 5, 1)) == (Aged("OV1", "", buckets("0", "20", "0", "0", "0")),)
    assert aging(store, date(2026, 4, 19)) == ()  # as it stood then


def test_a_check_that_was_returned_by_mistake_is_paid_after_all() -> None:
    store = books(visit())
    post(store, remittance(claim("OV1", OFFICE)), ENTERED)
    hands = [
        Hand(f"H{at}", date(2026, 4, at), "Ann Lee", "biller", "check 101") for at in (1, 2, 3)
    ]
    by_hand.patient_payment(store, hands[0], Money("OV1", D(15)))
    by_hand.undo(store, hands[1], "H1")
    by_hand.undo(store, hands[2], "H2")
    # 20 - 15 = 5, 38 days old: 23 March to 30 April
    assert aging(store, date(2026, 4, 30)) == (Aged("OV1", "", buckets("0", "5", "0", "0", "0")),)


def test_what_was_entered_late_is_as_old_as_its_day() -> None:
    store = books(visit("OV1", "99213 150.00", "93000 60.00"))
    post(store, remittance(claim("OV1", OFFICE)), date(2026, 4, 20))  # 20 since then
    late = Hand("H1", date(2026, 3, 10), "Ann Lee", "biller", "not covered by his plan")
    by_hand.transfer(store, late, Money("OV1", D(60), FIRST, 2), by_hand.PATIENT)
    pays = Hand("H2", date(2026, 4, 25), "Ann Lee", "biller", "check 101")
    by_hand.patient_payment(store, pays, Money("OV1", D(50)))
    # 2026-05-01: 50 of the 60 of 52 days ago are paid; the 20 of 11 days ago are not
    assert aging(store, date(2026, 5, 1)) == (Aged("OV1", "", buckets("20", "10", "0", "0", "0")),)


def test_a_credit_hides_nothing_that_another_account_owes() -> None:
    store = books(visit("A"), visit("B"))
    post(store, remittance(claim("A", OFFICE), claim("B", OFFICE)), ENTERED)
    pays = Hand("H2", date(2026, 3, 25), "Ann Lee", "biller", "paid at the desk")
    by_hand.patient_payment(store, pays, Money("A", D(50)))
    rows = aging(store, date(2026, 4, 1))
    assert rows == (
        Aged("A", "", buckets("0", "0", "0", "0", "0"), D("30.00")),
        Aged("B", "", buckets("20.00", "0", "0", "0", "0")),
    )
    assert totals(rows, EDGES) == buckets("20.00", "0", "0", "0", "0")


def test_the_buckets_are_those_of_the_policy() -> None:
    assert policy_on(date(2026, 3, 3)).aging == EDGES
