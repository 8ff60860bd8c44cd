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


def test_a_limit_is_not_passed_by_dividing_the_sum() -> None:
    store = paid()  # 20 are owed; a biller may give up 10
    by_hand.write_off(store, hand("1"), Money("OV1", D("6.00")), "small balance")
    with pytest.raises(NotAllowed, match=r"6\.00 before, and 4\.01 now: a biller may write off 10"):
        by_hand.write_off(store, hand("2"), Money("OV1", D("4.01")), "administrative")
    by_hand.write_off(store, hand("3"), Money("OV1", D("4.00")), "small balance")
    by_hand.write_off(store, hand("4", "supervisor"), Money("OV1", D("1.00")), "small balance")
    # what was undone was not given up: 10 - 6 = 4, and 6 more
    by_hand.undo(store, hand("5"), "1")
    by_hand.write_off(store, hand("6"), Money("OV1", D("6.00")), "small balance")
    with pytest.raises(NotAllowed, match=r"10\.00 before, and 0\.01 now"):
        by_hand.write_off(store, hand("7"), Money("OV1", D("0.01")), "small balance")


def test_a_refund_is_not_divided_to_pass_the_limit_either() -> None:
    store = paid()
    by_hand.patient_payment(store, hand("1"), Money("OV1", D(150)))
    credit = Money("OV1", D(130))  # 150 - 20
    by_hand.owe_refund(store, hand("2"), credit)
    by_hand.pay_refund(store, hand("3", "supervisor"), replace(credit, amount=D(70)))
    with pytest.raises(NotAllowed, match=r"70\.00 before, and 60 now: a supervisor may refund 100"):
        by_hand.pay_refund(store, hand("4", "supervisor"), replace(credit, amount=D(60)))
    by_hand.pay_refund(store, hand("5", "manager"), replace(credit, amount=D(60)))


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


@pytest.mark.parametrize(
    ("deed", "says"),
    [
        # charged on 2026-03-03: nothing of the account can be of an earlier day
        (
            lambda store, early: by_hand.patient_payment(store, early, Money("OV1", D(5))),
            "opened on",
        ),
        # the 20 became the patient's on 2026-03-23
        (
            lambda store, early: by_hand.write_off(
                store, replace(early, day=date(2026, 3, 22)), Money("OV1", D(5)), "bad debt"
            ),
            r"the patient owes 0\.00, not 5",
        ),
        (
            lambda store, early: by_hand.transfer(
                store, replace(early, day=date(2026, 3, 22)), Money("OV1", D(5)), FIRST
            ),
            r"the patient owes 0\.00, not 5",
        ),
    ],
)
def test_nothing_is_entered_before_the_day_on_which_it_could_be(deed, says) -> None:
    store = paid()
    with pytest.raises(NotAllowed, match=says):
        deed(store, replace(hand(role="owner"), day=date(2026, 3, 2)))


def test_money_is_not_applied_before_the_day_on_which_it_came() -> None:
    store = paid()
    by_hand.unapplied(store, hand("1"), D("12.00"))  # on 2026-04-01
    early = replace(hand("2"), day=date(2026, 3, 31))
    with pytest.raises(NotAllowed, match=r"0\.00 wait in unapplied cash"):
        by_hand.apply(store, early, Money("OV1", D(7)))
    with pytest.raises(NotAllowed, match="entry 1 is of 2026-04-01: undo it on that day or later"):
        by_hand.undo(store, early, "1")


def test_a_line_that_the_account_lacks_and_a_blank_number_are_refused() -> None:
    store = paid()
    with pytest.raises(NotAllowed, match="account OV1 has no line 2"):
        by_hand.patient_payment(store, hand(), Money("OV1", D(5), line=2))
    with pytest.raises(NotAllowed, match="give it a number"):
        by_hand.patient_payment(store, hand(number=" "), Money("OV1", D(5)))


def test_an_amount_that_the_books_cannot_hold_is_refused() -> None:
    for amount in ("1e15", "1e30"):
        with pytest.raises(NotAllowed, match="more than the books can hold"):
            by_hand.patient_payment(paid(), hand(), Money("OV1", D(amount)))


def test_a_small_balance_is_one_where_little_is_open() -> None:
    store = books(visit(charges := "OV1", "99213 25.00", "93000 0.01", payers=()))
    assert charges == "OV1"
    boss = hand(role="owner")
    # 25.00 + 0.01 are open, a cent more than the policy's 25.00, whichever line is named
    for line_of in (None, 1, 2):
        with pytest.raises(NotAllowed, match=r"balances of 25\.00 at most, and 25\.01 are open"):
            by_hand.write_off(store, boss, Money("OV1", D("0.01"), line=line_of), "small balance")
    by_hand.patient_payment(store, hand("P"), Money("OV1", D("0.01")))
    by_hand.write_off(store, boss, Money("OV1", D("25.00")), "small balance")
    assert balances(store).total("patient receivable") == D("0.00")


def test_a_deposit_is_not_undone_while_its_money_has_gone_on() -> None:
    store = paid()
    by_hand.unapplied(store, hand("1"), D("12.00"))
    by_hand.apply(store, hand("2"), Money("OV1", D("7.00")))
    with pytest.raises(NotAllowed, match=r"12\.00 went to unapplied cash and 5\.00 are left"):
        by_hand.undo(store, hand("3", why="check returned"), "1")
    by_hand.undo(store, hand("3", why="check returned"), "2")
    by_hand.undo(store, hand("4", why="check returned"), "1")
    assert (ledgers(store)["patient receivable"], ledgers(store)["cash"]) == (
        D("20.00"),
        D("80.00"),
    )


def test_a_refund_that_was_paid_is_owed_no_more_by_undoing() -> None:
    store = paid()
    by_hand.patient_payment(store, hand("1"), Money("OV1", D(50)))  # 30 too much
    by_hand.owe_refund(store, hand("2"), Money("OV1", D(30)))
    by_hand.pay_refund(store, hand("3", "supervisor"), Money("OV1", D(30)))
    with pytest.raises(NotAllowed, match=r"30\.00 went to refunds payable and 0\.00 are left"):
        by_hand.undo(store, hand("4"), "2")


def test_an_undoing_is_undone() -> None:
    store = paid()
    by_hand.patient_payment(store, hand("P"), Money("OV1", D(20)))
    by_hand.undo(store, hand("U1", why="check returned"), "P")
    by_hand.undo(store, hand("U2", why="the bank was mistaken"), "U1")
    assert balances(store).total("patient receivable") == D("0.00")
