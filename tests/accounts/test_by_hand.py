from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from made_books import ENTERED, FIRST, SECOND, books, claim, line, remittance, visit

from codinglab.accounts import by_hand
from codinglab.accounts.balances import balances
from codinglab.accounts.by_hand import PATIENT, Hand, Money, NotAllowed
from codinglab.accounts.journal import Posting
from codinglab.accounts.post import post
from codinglab.accounts.store import Refused

D = Decimal
DAY = date(2026, 4, 1)
OFFICE = line("99213 150.00", "80.00", "CO-45 50.00", "PR-2 20.00")


def hand(number="H1", role="biller", why="agreed by telephone", who="Ann Lee"):
    return Hand(number, DAY, who, role, why)


def paid(payers=(FIRST,)):
    """Return books in which the patient (or the second payer) owes 20."""
    store = books(visit(payers=payers))
    post(store, remittance(claim("OV1", OFFICE)), ENTERED)
    return store


def ledgers(store):
    return {name: amount for name, amount in balances(store).by_ledger().items() if amount}


def test_a_write_off_has_reason_and_authority() -> None:
    store = paid()
    entry = by_hand.write_off(store, hand(), Money("OV1", D("8.50")), "small balance")
    assert (entry.kind, entry.reason, entry.authority) == (
        "write-off",
        "small balance: agreed by telephone",
        "Ann Lee (biller)",
    )
    assert entry.postings == (
        Posting("write-off", D("8.50"), "OV1"),
        Posting("patient receivable", D("-8.50"), "OV1"),
    )
    assert balances(store).total("patient receivable", account="OV1") == D("11.50")
    assert [one.kind for one in store.notes("OV1")][-1] == "by hand"


@pytest.mark.parametrize(
    ("role", "amount", "money", "reason", "says"),
    [
        ("biller", "10.01", {}, "small balance", "10.00 at most, not 10.01; ask: supervisor or"),
        ("poster", "0.01", {}, "small balance", "ask: biller or supervisor"),
        ("intern", "1.00", {}, "small balance", "'intern' is no role of this practice"),
        ("owner", "20.01", {}, "bad debt", "the patient owes 20.00, not 20.01"),
        ("owner", "5.00", {}, "because", "'because' is no reason of the policy"),
        ("owner", "5.00", {"payer": FIRST}, "bad debt", "for patient balances, not for insurance"),
        ("owner", "5.00", {"payer": FIRST}, "administrative", "TRN01 owes 0.00, not 5.00"),
        ("owner", "0", {}, "bad debt", "0 is not above 0"),
        ("owner", "-5", {}, "bad debt", "-5 is not above 0"),
    ],
)
def test_a_write_off_is_refused_with_its_reason(role, amount, money, reason, says) -> None:
    store = paid()
    before = ledgers(store)
    with pytest.raises(NotAllowed, match=says):
        by_hand.write_off(store, hand(role=role), Money("OV1", D(amount), **money), reason)
    assert ledgers(store) == before


def test_a_denial_is_given_up_with_authority_and_a_word_on_its_rights_alone() -> None:
    store = books(visit())
    post(store, remittance(claim("OV1", line("99213 150.00", "0", "CO-197 150.00"))), ENTERED)
    money, boss = Money("OV1", D(150), FIRST, 1), hand(role="supervisor")
    for blank in ("", " "):
        with pytest.raises(NotAllowed, match="asks what became of the right to appeal"):
            by_hand.write_off(store, boss, money, "denial given up", blank)
    with pytest.raises(NotAllowed, match=r"may write off 10\.00 at most, not 150"):
        by_hand.write_off(store, hand(), money, "denial given up", "used up")
    entry = by_hand.write_off(store, boss, money, "denial given up", "every right is used up")
    assert entry.reason == "denial given up: agreed by telephone; every right is used up"
    assert ledgers(store) == {"denied": D("150.00"), "revenue": D("-150.00")}


def test_nothing_is_entered_without_a_person_and_a_why() -> None:
    for blank in ({"who": " "}, {"why": ""}):
        with pytest.raises(NotAllowed, match="say who enters it and why"):
            by_hand.write_off(paid(), hand(**blank), Money("OV1", D(5)), "small balance")


def test_bad_debt_and_charity_stand_on_their_own_ledgers() -> None:
    store = paid()
    by_hand.write_off(store, hand("1", "manager"), Money("OV1", D(15)), "bad debt")
    by_hand.write_off(store, hand("2", "manager"), Money("OV1", D(5)), "financial assistance")
    found = ledgers(store)
    assert (found["bad debt"], found["charity care"]) == (D("15.00"), D("5.00"))


def test_a_transfer_moves_what_is_open_between_payers_and_patient() -> None:
    store = paid((FIRST, SECOND))
    by_hand.transfer(store, hand("1"), Money("OV1", D(12), SECOND, 1), PATIENT)
    by_hand.transfer(store, hand("2"), Money("OV1", D(2), PATIENT, 1), FIRST)
    assert balances(store).by_payer() == {FIRST: D("2.00"), SECOND: D("8.00")}
    assert balances(store).total("patient receivable") == D("10.00")
    with pytest.raises(NotAllowed, match="names TRN01, TRN02, not TRN09"):
        by_hand.transfer(store, hand("3"), Money("OV1", D(1), SECOND), "TRN09")
    with pytest.raises(NotAllowed, match="owed by the patient already"):
        by_hand.transfer(store, hand("3"), Money("OV1", D(1)), PATIENT)
    with pytest.raises(NotAllowed, match=r"line 1: TRN02 owes 8\.00, not 8\.01"):
        by_hand.transfer(store, hand("3"), Money("OV1", D("8.01"), SECOND, 1), PATIENT)


def test_a_patient_pays_too_much_and_is_given_it_back() -> None:
    store = paid()
    by_hand.patient_payment(store, hand("1"), Money("OV1", D(50)))
    assert balances(store).total("patient receivable") == D("-30.00")  # 20 owed, 50 paid
    credit = Money("OV1", D(30))
    with pytest.raises(NotAllowed, match=r"the credit of the patient is 30\.00, so 31"):
        by_hand.owe_refund(store, hand("2"), replace(credit, amount=D(31)))
    by_hand.owe_refund(store, hand("2"), credit)
    assert ledgers(store)["refunds payable"] == D("-30.00")
    with pytest.raises(NotAllowed, match="ask: supervisor or manager or owner"):
        by_hand.pay_refund(store, hand("3"), credit)
    by_hand.pay_refund(store, hand("3", "supervisor"), credit)
    # 80 of the payer, 50 less 30 of the patient
    assert ledgers(store) == {
        "cash": D("100.00"),
        "contractual adjustment": D("50.00"),
        "revenue": D("-150.00"),
    }
    with pytest.raises(NotAllowed, match=r"0\.00 is owed back, not 30"):
        by_hand.pay_refund(store, hand("4", "supervisor"), credit)


def test_a_refund_is_not_owed_where_nothing_was_paid_too_much() -> None:
    with pytest.raises(NotAllowed, match="the credit of TRN01 is 0"):
        by_hand.owe_refund(paid(), hand(), Money("OV1", D(1), FIRST))


def test_money_without_an_account_waits_and_is_applied() -> None:
    store = paid()
    by_hand.unapplied(store, hand("1"), D("12.00"))
    by_hand.apply(store, hand("2"), Money("OV1", D("7.00")))
    found = ledgers(store)
    assert (found["unapplied cash"], found["patient receivable"]) == (D("-5.00"), D("13.00"))
    with pytest.raises(NotAllowed, match=r"5\.00 wait in unapplied cash under no payer, not 6"):
        by_hand.apply(store, hand("3"), Money("OV1", D(6)))
    with pytest.raises(NotAllowed, match="under TRN01"):
        by_hand.apply(store, hand("3"), Money("OV1", D(1), FIRST))


def test_an_entry_is_undone_once_and_never_changed() -> None:
    store = paid()
    before = balances(store)
    by_hand.patient_payment(store, hand("P1"), Money("OV1", D(20)))
    undone = by_hand.undo(store, hand("U1", why="posted to the wrong patient"), "P1")
    assert (undone.kind, undone.reason) == (
        "correction",
        "undoes entry P1: posted to the wrong patient",
    )
    assert balances(store) == before
    with pytest.raises(NotAllowed, match="entry P1 was undone before"):
        by_hand.undo(store, hand("U2"), "P1")
    with pytest.raises(NotAllowed, match="no entry has the number 'P9'"):
        by_hand.undo(store, hand("U2"), "P9")


def test_an_entry_of_a_remittance_is_undone_by_its_payer_alone() -> None:
    store = paid()
    with pytest.raises(NotAllowed, match="only the payer's reversal undoes it"):
        by_hand.undo(store, hand(), "1TRN01/T1/1.1")


def test_a_number_is_used_once() -> None:
    store = paid()
    by_hand.patient_payment(store, hand("P1"), Money("OV1", D(5)))
    with pytest.raises(Refused, match="entries: a number of this batch stands in the books"):
        by_hand.patient_payment(store, hand("P1"), Money("OV1", D(5)))
    assert balances(store).total("patient receivable") == D("15.00")


def test_an_unknown_account_and_a_payer_in_the_patients_place_are_refused() -> None:
    store = paid()
    with pytest.raises(NotAllowed, match="no account 'OV9' has charges"):
        by_hand.patient_payment(store, hand(), Money("OV9", D(5)))
    with pytest.raises(NotAllowed, match="TRN01 is a payer, not the patient"):
        by_hand.patient_payment(store, hand(), Money("OV1", D(5), FIRST))
