"""Whoever pays alone is asked for the price that the estimate promised."""

from datetime import date

import pytest
from made_adjudication import line, visit
from made_books import CHARGED
from made_patients import DAY, adds_up, hand, money

from codinglab.accounts.by_hand import Money, NotAllowed, patient_payment, undo
from codinglab.accounts.charge import charge
from codinglab.accounts.self_pay import price_number, self_pay_price
from codinglab.accounts.statement import statement
from codinglab.accounts.store import Store

CLAIM = visit("TRNSP", line("99213-25", "150", 1), line("11401", "320", 1), dx=("D22.5",))


def charged(claim=CLAIM) -> tuple[Store, str]:
    store = Store("sqlite://")
    (account,) = charge(store, [claim], CHARGED)
    return store, account.patient


def test_sixty_percent_of_the_charges_are_asked_for() -> None:
    store, patient = charged()
    entry = self_pay_price(store, hand("s1", CHARGED), CLAIM)
    # 150 - 90 = 60; 320 - 192 = 128; 470 - 188 = 282, as the example estimate says
    assert [(one.line, one.amount, one.group, one.carc) for one in entry.postings[::2]] == [
        (1, money("60.00"), "CO", "131"),
        (2, money("128.00"), "CO", "131"),
    ]
    (one,) = statement(store, patient, DAY).visits
    assert (one.patient_owes, one.sums["reduced"]) == (money("282.00"), money("188.00"))
    assert adds_up(one)


def test_the_price_is_entered_once() -> None:
    store, _ = charged()
    self_pay_price(store, hand("s1", CHARGED), CLAIM)
    with pytest.raises(NotAllowed, match="was entered before"):
        self_pay_price(store, hand("s2", CHARGED), CLAIM)


def test_a_price_that_was_undone_is_entered_anew_under_a_number_of_its_own() -> None:
    store, patient = charged()
    assert price_number(store, "T1") == "self-pay T1"
    self_pay_price(store, hand("self-pay T1", CHARGED), CLAIM)
    undo(store, hand("u1", CHARGED), "self-pay T1")
    assert statement(store, patient, DAY).owed == money("470.00")
    assert price_number(store, "T1") == "self-pay T1 2"
    self_pay_price(store, hand("self-pay T1 2", CHARGED), CLAIM)
    assert statement(store, patient, DAY).owed == money("282.00")  # 470 - 188, once
    with pytest.raises(NotAllowed, match="was entered before"):
        self_pay_price(store, hand("s3", CHARGED), CLAIM)


def test_what_cannot_come_off_is_told_and_leaves_the_books_alone() -> None:
    store, _ = charged()
    patient_payment(store, hand("p1", CHARGED), Money("T1", money("100.00"), line=1))
    before = list(store.entries())
    with pytest.raises(NotAllowed, match=r"line 1: the patient owes 50\.00, so 60\.00 cannot"):
        self_pay_price(store, hand("s1", date(2026, 3, 4)), CLAIM)
    assert list(store.entries()) == before


def test_a_payers_claim_and_an_unknown_visit_are_refused() -> None:
    insured = visit("TRN01", line("99213", "150", 1))
    with pytest.raises(NotAllowed, match="is no self-pay contract"):
        self_pay_price(Store("sqlite://"), hand(), insured)
    with pytest.raises(NotAllowed, match="no account 'T1' has charges"):
        self_pay_price(Store("sqlite://"), hand(), CLAIM)
