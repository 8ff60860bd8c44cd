from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from made_books import FIRST, SECOND
from made_patients import hand, office_visit

from codinglab.accounts import by_hand
from codinglab.accounts.balances import balances
from codinglab.accounts.by_hand import Money, NotAllowed
from codinglab.accounts.patient_account import patient_account
from codinglab.accounts.recovery import give_back, recover
from codinglab.accounts.statement import statement

D = Decimal


def lost():
    """The books of Jan, who owed 48.60, paid 8.60, and of whom 40.00 were given up."""
    store = office_visit()
    by_hand.patient_payment(store, hand("P"), Money("OV1", D("8.60")))
    by_hand.write_off(store, hand("W"), Money("OV1", D("40.00")), "bad debt")
    return store


def test_what_comes_back_of_bad_debt_makes_the_loss_less_and_nobody_owes_by_it() -> None:
    store = lost()
    entry = recover(store, hand("R", date(2026, 6, 1)), Money("OV1", D("15.00")))
    assert (entry.kind, entry.reason) == ("patient payment", "recovery of bad debt: as told")
    found = balances(store)
    # 40.00 - 15.00; 66.40 of the payer, 8.60 and 15.00 of the patient
    assert found.total("bad debt") == D("25.00")
    assert found.total("cash") == D("90.00")
    assert found.total("patient receivable") == D("0.00")
    assert not found.credits()
    assert balances(store, until=date(2026, 5, 31)).total("bad debt") == D("40.00")


def test_no_more_comes_back_than_was_given_up_by_then() -> None:
    store = lost()
    with pytest.raises(
        NotAllowed, match=r"40\.00 stand in bad debt, not 40\.01; what is more is a"
    ):
        recover(store, hand("R"), Money("OV1", D("40.01")))
    with pytest.raises(NotAllowed, match=r"0\.00 stand in bad debt, not 1"):
        recover(store, hand("R", date(2026, 4, 1)), Money("OV1", D(1)))  # given up on 2 April
    with pytest.raises(NotAllowed, match="TRN01 is a payer"):
        recover(store, hand("R"), Money("OV1", D(1), FIRST))
    with pytest.raises(NotAllowed, match="-1 is not above 0"):
        recover(store, hand("R"), Money("OV1", D(-1)))


def test_a_payment_after_bad_debt_is_no_credit_that_would_be_given_back() -> None:
    store = lost()
    for enter in (by_hand.patient_payment, by_hand.apply):
        if enter is by_hand.apply:
            by_hand.unapplied(store, hand("U"), D("40.00"))
        with pytest.raises(NotAllowed, match=r"owes 0\.00, and 40\.00 were given up as bad debt"):
            enter(store, hand("X"), Money("OV1", D("40.00")))


def test_a_recovery_is_undone_like_any_entry() -> None:
    store = lost()
    before = balances(store)
    recover(store, hand("R"), Money("OV1", D("15.00")))
    by_hand.undo(store, replace(hand("U"), why="check returned"), "R")
    assert balances(store) == before


def test_the_statement_of_one_who_paid_after_all_adds_up() -> None:
    store = lost()
    recover(store, hand("R"), Money("OV1", D("40.00")))
    day = date(2026, 6, 2)
    assert patient_account(store, "OV1", day).balance == D("0.00")
    assert statement(store, "Doe, Jan 1970-01-01", day).owed == D("0.00")


def test_money_that_is_nobodys_here_goes_back_with_authority() -> None:
    store = lost()
    by_hand.unapplied(store, hand("U"), D("60.00"), SECOND)
    with pytest.raises(NotAllowed, match="ask: supervisor or manager or owner"):
        give_back(store, hand("G", role="biller"), D("60.00"), SECOND)
    with pytest.raises(NotAllowed, match=r"60\.00 wait in unapplied cash under TRN02, not 60\.01"):
        give_back(store, hand("G"), D("60.01"), SECOND)
    with pytest.raises(NotAllowed, match="wait in unapplied cash under no payer"):
        give_back(store, hand("G"), D("60.00"))
    give_back(store, hand("G"), D("60.00"), SECOND)
    found = balances(store)
    assert found.total("unapplied cash") == D("0.00")
    assert found.total("cash") == D("75.00")  # 66.40 of the payer and 8.60
