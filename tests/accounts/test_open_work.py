from datetime import date
from decimal import Decimal

from made_books import ENTERED, FIRST, SECOND, books, claim, line, remittance, visit

from codinglab.accounts import by_hand
from codinglab.accounts.by_hand import Hand, Money
from codinglab.accounts.open_work import NextClaim, Recoupment, next_claims, open_work, recoupments
from codinglab.accounts.overpayment import Credit
from codinglab.accounts.post import post
from codinglab.remit.recoup import reversal

D = Decimal
OFFICE = line("99213 150.00", "80.00", "CO-45 50.00", "PR-2 20.00")


def test_a_claim_waits_for_the_next_payer_until_that_one_has_decided() -> None:
    store = books(visit("A", payers=(FIRST, SECOND)), visit("B", payers=(FIRST, SECOND)))
    post(store, remittance(claim("A", OFFICE), claim("B", OFFICE, status="19")), ENTERED)
    assert next_claims(store, ENTERED) == (
        NextClaim("A", SECOND, D("20.00"), crossed_over=False, since=ENTERED),
        NextClaim("B", SECOND, D("20.00"), crossed_over=True, since=ENTERED),
    )
    # the second denies what is left of A: it has decided, and the denial is worked elsewhere
    told = line("99213 150.00", "0", "OA-23 130.00", "CO-16 20.00")
    post(store, remittance(claim("A", told, status="2"), trace="S", payer=SECOND), ENTERED)
    assert [one.account for one in next_claims(store, ENTERED)] == ["B"]


def test_a_day_before_sees_nothing_of_what_was_posted_later() -> None:
    store = books(visit("A", payers=(FIRST, SECOND)))
    post(store, remittance(claim("A", OFFICE)), ENTERED)
    told = line("99213 150.00", "0", "OA-23 130.00", "CO-16 20.00")
    second = remittance(claim("A", told, status="2"), trace="S", payer=SECOND)
    post(store, second, date(2026, 4, 20))
    waits = NextClaim("A", SECOND, D("20.00"), crossed_over=False, since=ENTERED)
    found = {
        day: next_claims(store, day)
        for day in (date(2026, 3, 22), ENTERED, date(2026, 4, 19), date(2026, 4, 20))
    }
    assert list(found.values()) == [(), (waits,), (waits,), ()]
    assert open_work(store, date(2026, 3, 22)).next_claims == ()


def test_what_is_set_off_later_is_no_recoupment_yet() -> None:
    store = books(visit("A"))
    post(store, remittance(claim("A", OFFICE), beside=("WO 15.00 LETTER 7",)), ENTERED)
    assert recoupments(store, date(2026, 3, 22)) == ()
    assert recoupments(store, ENTERED) == (Recoupment(FIRST, "LETTER 7", D("15.00")),)


def test_what_went_back_with_a_reversal_waits_no_more() -> None:
    store = books(visit("A", payers=(FIRST, SECOND)))
    first = claim("A", OFFICE)
    post(store, remittance(first), ENTERED)
    post(store, remittance(reversal(first), trace="T2", beside=("FB -80.00 T2",)), ENTERED)
    assert next_claims(store, ENTERED) == ()


def test_recoupments_are_matched_by_their_reference() -> None:
    store = books(visit("A"), visit("B"), visit("C"))
    first = claim("A", OFFICE)
    post(store, remittance(first), ENTERED)
    post(store, remittance(reversal(first), trace="T2", beside=("FB -80.00 T2",)), ENTERED)
    assert recoupments(store, ENTERED) == (Recoupment(FIRST, "T2", D("-80.00")),)
    post(store, remittance(claim("B", OFFICE), trace="T3", beside=("FB 80.00 T2",)), ENTERED)
    assert recoupments(store, ENTERED) == ()
    post(store, remittance(claim("C", OFFICE), trace="T4", beside=("WO 15.00 LETTER 7",)), ENTERED)
    assert recoupments(store, ENTERED) == (Recoupment(FIRST, "LETTER 7", D("15.00")),)


def test_open_work_has_credits_and_unapplied_money_too() -> None:
    store = books(visit("A"))
    post(store, remittance(claim("A", OFFICE), claim("NOBODY", OFFICE)), ENTERED)
    pays = Hand("H1", date(2026, 3, 25), "Ann Lee", "biller", "at the desk")
    by_hand.patient_payment(store, pays, Money("A", D(50)))
    found = open_work(store, date(2026, 3, 31))
    assert found.credits == (Credit(Money("A", D("30.00")), federal=False),)
    assert found.unapplied == {FIRST: D("80.00")}
    assert (found.next_claims, found.recoupments) == ((), ())
