from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from made_books import (
    ENTERED,
    FIRST,
    SECOND,
    THIRD,
    books,
    claim,
    line,
    remittance,
    visit,
)

from codinglab.accounts.balances import balances
from codinglab.accounts.charge import charges
from codinglab.accounts.post import post
from codinglab.accounts.post_faults import REASONS
from codinglab.accounts.quarantine import JUDGED, NotReleased, dismiss, release, waiting
from codinglab.accounts.record import Batch
from codinglab.accounts.remit_text import as_bytes, digest, from_bytes
from codinglab.remit.recoup import reversal

D = Decimal
DAY = date(2026, 4, 1)
OFFICE = line("99213 150.00", "80.00", "CO-45 50.00", "PR-2 20.00")
WHO = {"day": DAY, "who": "Ann Lee (biller)", "why": "asked the payer by telephone"}


def ledgers(store):
    return {name: amount for name, amount in balances(store).by_ledger().items() if amount}


def twice(told):
    return (claim("OV1", told), claim("OV1", told))


BAD = {
    "unknown claim": claim("OV9", OFFICE),
    "payer not on the account": claim("TWO", OFFICE),
    "line does not balance": claim("OV1", replace(OFFICE, paid=D("80.01"))),
    "claim does not balance": replace(claim("OV1", OFFICE), charge=D("149.99")),
    "unknown reason code": claim("OV1", line("99213 150.00", "80.00", "CO-999 70.00")),
    "negative payment": claim("OV1", line("99213 150.00", "-80.00", "CO-45 230.00")),
    "fraction of a cent": claim(
        "OV1", line("99213 150.00", "80.00", "CO-45 49.995", "PR-2 20.005")
    ),
    "unknown line": claim("OV1", line("99214 150.00", "80.00", "CO-45 70.00")),
    "charge differs": claim("OV1", line("99213 160.00", "90.00", "CO-45 70.00", number="OV1L1")),
    "nothing to reverse": reversal(claim("OV1", OFFICE)),
    "price told ahead": claim(
        "OV1", line("99213 150.00", "0", "CO-45 50.00", "OA-101 100.00"), status="25"
    ),
}


@pytest.mark.parametrize("reason", BAD)
def test_a_bad_claim_is_held_with_its_reason_and_the_rest_is_posted(reason) -> None:
    store = books(visit(), visit("GOOD"), visit("TWO", payers=(SECOND,)))
    bad = BAD[reason]
    beside = ("FB -200.00 T1",) if bad.paid < 0 else ()
    posted = post(store, remittance(bad, claim("GOOD", OFFICE), beside=beside), ENTERED)
    (held,) = waiting(store)
    assert (held.reason, held.account, held.place, held.amount, held.number) == (
        reason,
        bad.account,
        1,
        bad.paid,
        "1TRN01/T1/1",
    )
    assert [one.account for one in posted.batch.claims] == ["GOOD"]
    # the good claim is posted, the bad one's money waits, and cash is what the bank has
    assert balances(store).total("patient receivable", account="GOOD") == D("20.00")
    assert balances(store).total("insurance receivable", account="OV1") == D("150.00")
    assert balances(store).total("unapplied cash") == -bad.paid
    assert balances(store).total("cash") == D("80.00") + bad.paid + (200 if beside else 0)
    assert [
        (one.kind, one.reason, one.amount)
        for one in store.notes(bad.account)
        if one.kind == "quarantined"
    ] == [("quarantined", reason, bad.paid)]


def test_an_unbalanced_claim_by_one_cent_says_where() -> None:
    store = books(visit())
    post(store, remittance(claim("OV1", replace(OFFICE, paid=D("80.01")))), ENTERED)
    assert waiting(store)[0].text == (
        "claim OV1, line 1: 150.00 less 70.00 is 80.00, paid says 80.01"
    )


WHOLE = {
    "payment does not balance": remittance(claim("OV1", OFFICE), total="80.01"),
    "payment below zero": remittance(claim("OV1", OFFICE), beside=("WO 90.00 X",)),
    "no trace": remittance(claim("OV1", OFFICE), trace=" "),
    "no way of payment": replace(remittance(claim("OV1", OFFICE)), method="NON"),
    "no code list": remittance(claim("OV1", OFFICE), made=date(2011, 5, 2)),
    "fraction of a cent": remittance(
        claim("OV1", line("99213 150.00", "80.005", "CO-45 69.995")), total="80.005"
    ),
}


@pytest.mark.parametrize("reason", WHOLE)
def test_a_payment_that_cannot_be_trusted_is_held_whole_and_moves_nothing(reason) -> None:
    store = books(visit())
    before = balances(store)
    posted = post(store, WHOLE[reason], ENTERED)
    assert (posted.entries, balances(store), store.remittances()) == ((), before, ())
    (held,) = waiting(store)
    assert (held.reason, held.account, held.place) == (reason, "", 0)
    assert [(one.kind, one.reason) for one in store.notes("")] == [("quarantined", reason)]
    again = post(store, WHOLE[reason], ENTERED)
    assert (again.refused, len(waiting(store))) == ("already held", 1)


def test_a_trace_number_that_comes_again_with_another_payment_is_held() -> None:
    store = books(visit("A"), visit("B"))
    post(store, remittance(claim("A", OFFICE)), ENTERED)
    other = claim("B", line("99213 150.00", "90.00", "CO-45 60.00"))
    post(store, remittance(other), ENTERED)
    (held,) = waiting(store)
    assert (held.reason, held.text) == (
        "trace used before",
        "trace T1 of 1TRN01 was posted on 2026-03-23 with 80.00, now it comes with 90.00",
    )
    release(store, held.number, **WHO, despite=True)
    assert balances(store).total("cash") == D("170.00")
    assert post(store, remittance(other), ENTERED).refused == "already held"


def test_a_trace_number_that_comes_again_with_the_same_total_for_another_claim_is_held() -> None:
    store = books(visit(), visit("OV2"))
    post(store, remittance(claim("OV1", OFFICE)), ENTERED)
    posted = post(store, remittance(claim("OV2", OFFICE)), ENTERED)
    assert [one.reason for one in posted.held] == ["trace used before"]
    again = post(store, remittance(claim("OV1", OFFICE), made=date(2026, 3, 21)), ENTERED)
    assert again.refused == "already posted"  # only the day of the file is another


def test_money_paid_to_somebody_else_is_held_until_a_person_has_it_posted_despite_that() -> None:
    store = books(visit())
    told = remittance(claim("OV1", OFFICE))
    post(store, told, ENTERED, payees=("1999999984", "421234567"))
    (held,) = waiting(store)
    assert (held.reason, held.text) == ("wrong payee", "trace T1: paid to Harbor (1234567893)")
    with pytest.raises(NotReleased, match="paid to Harbor"):
        release(store, held.number, **WHO)
    release(store, held.number, **WHO, despite=True)
    assert balances(store).total("cash") == D("80.00")
    other = books(visit())
    assert post(other, told, ENTERED, payees=("1234567893",)).held == ()


def test_the_same_trace_of_another_payer_is_another_payment() -> None:
    store = books(visit("A"), visit("B", payers=(SECOND,)))
    post(store, remittance(claim("A", OFFICE)), ENTERED)
    posted = post(store, remittance(claim("B", OFFICE), payer=SECOND), ENTERED)
    assert (posted.refused, posted.held) == ("", ())


def test_a_claim_decided_twice_without_a_reversal_is_held() -> None:
    store = books(visit())
    post(store, remittance(claim("OV1", OFFICE), claim("OV1", OFFICE)), ENTERED)
    (held,) = waiting(store)
    assert (held.reason, held.place) == ("decided before", 2)
    # posted by a person's decision, the second payment is a credit balance of the payer
    release(store, held.number, **WHO, despite=True)
    # 150 - (80 + 50 + 20) twice
    assert balances(store).total("insurance receivable") == D("-150.00")
    assert balances(store).total("unapplied cash") == D("0.00")
    assert balances(store).total("cash") == D("160.00")


def test_a_reversal_of_other_amounts_is_held() -> None:
    store = books(visit())
    post(store, remittance(claim("OV1", OFFICE)), ENTERED)
    other = reversal(claim("OV1", line("99213 150.00", "80.00", "CO-45 60.00", "PR-2 10.00")))
    post(store, remittance(other, trace="T2", beside=("FB -80.00 T2",)), ENTERED)
    (held,) = waiting(store)
    assert held.reason == "reversal differs"
    # the payer took 80 back: it waits as a debit in unapplied cash, and FB owes it to the payer
    assert ledgers(store)["unapplied cash"] == D("80.00")
    release(store, held.number, **WHO, despite=True)
    assert ledgers(store) == {
        "cash": D("80.00"),
        "payer recoupment": D("-80.00"),
        "contractual adjustment": D("-10.00"),  # 50 - 60, for a person to put right
        "patient receivable": D("10.00"),  # 20 - 10
        "insurance receivable": D("150.00"),  # -150 + 150 on a line that was settled
        "revenue": D("-150.00"),
    }


def test_a_claim_is_let_go_once_its_account_has_charges() -> None:
    store = books(visit())
    post(store, remittance(claim("NEW", OFFICE)), ENTERED)
    (held,) = waiting(store)
    with pytest.raises(NotReleased, match="1TRN01/T1/1: unknown claim: no account NEW"):
        release(store, held.number, **WHO)
    new = visit("NEW")
    store.write(Batch(entries=charges(new), accounts=(new,)))
    posted = release(store, held.number, **WHO)
    assert [one.number for one in posted.entries] == [
        f"1TRN01/T1/1/released.{at}" for at in (1, 2, 3)
    ]
    assert waiting(store) == ()
    assert ledgers(store) == {
        "cash": D("80.00"),
        "contractual adjustment": D("50.00"),
        "insurance receivable": D("150.00"),
        "patient receivable": D("20.00"),
        "revenue": D("-300.00"),
    }
    note = store.notes("NEW")[-1]
    assert (note.kind, note.reason, note.who, note.text) == (
        "released",
        "unknown claim",
        "Ann Lee (biller)",
        "asked the payer by telephone",
    )
    with pytest.raises(NotReleased, match="nothing with the number '1TRN01/T1/1' waits"):
        release(store, held.number, **WHO)


def test_a_person_names_the_account_where_the_payers_number_is_wrong() -> None:
    store = books(visit("OV1"))
    post(store, remittance(claim("OVI", OFFICE)), ENTERED)
    release(store, "1TRN01/T1/1", **WHO, account="OV1")
    assert balances(store).total("patient receivable", account="OV1") == D("20.00")


def test_what_was_let_go_can_be_reversed_to_the_balances_before() -> None:
    store = books(visit("OV1"))
    before = balances(store)
    told = claim("OVI", OFFICE)
    post(store, remittance(told), ENTERED)
    release(store, "1TRN01/T1/1", **WHO, account="OV1")
    back = reversal(replace(told, account="OV1"))
    post(store, remittance(back, trace="T2", beside=("FB -80.00 T2",)), ENTERED)
    # the 80 stand in cash, and are owed to the payer
    after = ledgers(store)
    assert (after.pop("cash"), after.pop("payer recoupment")) == (D("80.00"), D("-80.00"))
    assert after == {name: one for name, one in before.by_ledger().items() if one}


def test_a_payment_that_does_not_add_up_is_posted_by_decision_with_the_rest_unapplied() -> None:
    store = books(visit())
    post(store, remittance(claim("OV1", OFFICE), total="81.00"), ENTERED)
    (held,) = waiting(store)
    with pytest.raises(
        NotReleased, match=r"claims 80\.00 less provider adjustments 0\.00 are 80\.00"
    ):
        release(store, held.number, **WHO)
    release(store, held.number, **WHO, despite=True)
    assert ledgers(store) == {
        "cash": D("81.00"),
        "contractual adjustment": D("50.00"),
        "patient receivable": D("20.00"),
        "unapplied cash": D("-1.00"),
        "revenue": D("-150.00"),
    }


def test_what_is_dismissed_waits_no_more_and_its_money_stays_unapplied() -> None:
    store = books(visit())
    post(store, remittance(claim("OTHER", OFFICE)), ENTERED)
    dismiss(store, "1TRN01/T1/1", **WHO)
    assert (waiting(store), ledgers(store)["unapplied cash"]) == ((), D("-80.00"))
    assert store.notes("OTHER")[-1].reason == "dismissed"


@pytest.mark.parametrize("blank", [{"who": " "}, {"why": ""}])
def test_nothing_is_let_go_without_a_person_and_a_reason(blank) -> None:
    store = books(visit())
    post(store, remittance(claim("OTHER", OFFICE)), ENTERED)
    with pytest.raises(NotReleased, match="say who lets it go and why"):
        dismiss(store, "1TRN01/T1/1", **{**WHO, **blank})


def test_every_name_has_a_meaning_and_what_is_judged_is_named() -> None:
    assert set(BAD) | set(WHOLE) <= set(REASONS)
    assert set(REASONS) >= JUDGED
    assert {"decided before", "more than is open", "reversal differs"} <= set(REASONS)


def test_a_remittance_comes_back_from_its_text_as_it_was() -> None:
    told = remittance(claim("OV1", OFFICE), beside=("L6 -1.25 X",), payer=THIRD)
    assert from_bytes(as_bytes(told)) == told
    assert digest(told) == digest(replace(told, control="0002"))
    assert digest(told) != digest(replace(told, total=D("80.01")))


def test_a_visit_that_the_patient_pays_alone_names_no_payer() -> None:
    store = books(visit(payers=()))
    post(store, remittance(claim("OV1", OFFICE), payer=FIRST), ENTERED)
    assert waiting(store)[0].text == "account OV1 names no payer, not TRN01"
