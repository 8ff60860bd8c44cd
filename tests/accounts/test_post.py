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

from codinglab.accounts.balances import Key, balances
from codinglab.accounts.post import post
from codinglab.remit.recoup import carried_forward, reversal

D = Decimal


def ledgers(store):
    return {name: amount for name, amount in balances(store).by_ledger().items() if amount}


def owed(store):
    """Return the receivables: (ledger, account, line, payer) with dollars."""
    return {
        (key.ledger.partition(" ")[0], key.account, key.line, key.payer): amount
        for key, amount in balances(store)
        if key.ledger.endswith("receivable")
    }


OFFICE = line("99213 150.00", "80.00", "CO-45 50.00", "PR-2 20.00")


def test_payment_contract_and_share_of_one_line_go_to_their_ledgers() -> None:
    store = books(visit())
    posted = post(store, remittance(claim("OV1", OFFICE)), ENTERED)
    assert posted.held == ()
    # 150 charged = 80 paid + 50 contract + 20 that the patient owes
    assert ledgers(store) == {
        "cash": D("80.00"),
        "contractual adjustment": D("50.00"),
        "patient receivable": D("20.00"),
        "revenue": D("-150.00"),
    }
    assert owed(store) == {("patient", "OV1", 1, ""): D("20.00")}


def test_each_line_has_an_entry_for_payment_adjustment_and_transfer() -> None:
    store = books(visit())
    posted = post(store, remittance(claim("OV1", OFFICE)), ENTERED)
    assert [
        (one.number, one.kind, one.day, one.source, [side.amount for side in one.postings])
        for one in posted.entries
    ] == [
        (f"1TRN01/T1/1.{at}", kind, ENTERED, "835 1TRN01/T1, claim OV1 at 1", [a, -a])
        for at, kind, a in (
            (1, "payment", D("80.00")),
            (2, "adjustment", D("50.00")),
            (3, "transfer", D("20.00")),
        )
    ]
    (entry,) = [one for one in posted.entries if one.kind == "adjustment"]
    assert {(side.group, side.carc, side.line) for side in entry.postings} == {("CO", "45", 1)}


@pytest.mark.parametrize("made", [date(2024, 1, 1), date(2025, 7, 31)])
def test_a_remittance_of_an_earlier_year_is_posted_by_the_codes_of_its_day(made) -> None:
    store = books(visit())
    assert post(store, remittance(claim("OV1", OFFICE), made=made), ENTERED).held == ()
    assert owed(store) == {("patient", "OV1", 1, ""): D("20.00")}


def test_sequestration_has_a_ledger_of_its_own() -> None:
    store = books(visit())
    # allowed 100: coinsurance 20, then 2 % of the 80 that Medicare would pay: 1.60, paid 78.40
    told = line("99213 150.00", "78.40", "CO-45 50.00", "PR-2 20.00", "CO-253 1.60")
    post(store, remittance(claim("OV1", told)), ENTERED)
    assert ledgers(store)["sequestration"] == D("1.60")
    assert ledgers(store)["contractual adjustment"] == D("50.00")
    assert ledgers(store)["cash"] == D("78.40")


def test_a_denied_line_stays_owed_by_the_payer_and_is_never_written_off() -> None:
    store = books(visit("OV1", "99213 150.00", "93000 60.00"))
    denied = line("93000 60.00", "0", "CO-197 60.00")
    posted = post(store, remittance(claim("OV1", OFFICE, denied)), ENTERED)
    assert owed(store) == {
        ("patient", "OV1", 1, ""): D("20.00"),
        ("insurance", "OV1", 2, FIRST): D("60.00"),
    }
    assert [
        (one.reason, one.line, one.payer, one.amount)
        for one in posted.batch.notes
        if one.kind == "denied"
    ] == [("CO-197", 2, FIRST, D("60.00"))]
    assert not {"denied", "write-off", "bad debt"} & ledgers(store).keys()


@pytest.mark.parametrize(
    ("paid", "reduced", "contractual", "stays"),
    [("50.00", "50.00", "50.00", "0"), ("0", "100.00", "0", "100.00")],
)
def test_a_multiple_procedure_reduction_is_a_price_where_part_is_paid_and_else_a_denial(
    paid, reduced, contractual, stays
) -> None:
    store = books(visit("OV1", "11102 100.00"))
    post(store, remittance(claim("OV1", line("11102 100.00", paid, f"CO-59 {reduced}"))), ENTERED)
    assert balances(store).total("contractual adjustment") == D(contractual)
    assert balances(store).total("insurance receivable") == D(stays)


def test_a_reduced_price_that_goes_wholly_to_the_deductible_is_a_price() -> None:
    # 100.00 billed: 50.00 by the rule of multiple procedures, the other 50.00 the deductible's.
    store = books(visit("OV1", "11102 100.00"))
    told = line("11102 100.00", "0", "CO-59 50.00", "PR-1 50.00")
    post(store, remittance(claim("OV1", told)), ENTERED)
    assert balances(store).total("contractual adjustment") == D("50.00")
    assert balances(store).total("patient receivable") == D("50.00")
    assert balances(store).total("insurance receivable") == D(0)


def test_the_share_goes_to_the_next_payer_and_the_claim_is_queued() -> None:
    store = books(visit(payers=(FIRST, SECOND)))
    posted = post(store, remittance(claim("OV1", OFFICE)), ENTERED)
    assert owed(store) == {("insurance", "OV1", 1, SECOND): D("20.00")}
    assert [(one.account, one.payer, one.reason, one.amount) for one in posted.next_claims] == [
        ("OV1", SECOND, "claim due", D("20.00"))
    ]


def test_a_claim_that_the_payer_passed_on_has_crossed_over() -> None:
    store = books(visit(payers=(FIRST, SECOND)))
    posted = post(store, remittance(claim("OV1", OFFICE, status="19")), ENTERED)
    assert [one.reason for one in posted.next_claims] == ["crossed over"]


def after_the_first():
    store = books(visit(payers=(FIRST, SECOND)))
    post(store, remittance(claim("OV1", OFFICE)), ENTERED)
    return store


def second(*adjusted, paid, trace="S1"):
    told = line("99213 150.00", paid, *adjusted)
    return remittance(claim("OV1", told, status="2"), trace=trace, payer=SECOND)


def test_a_second_payer_posts_nothing_again_that_the_first_has_posted() -> None:
    store = after_the_first()
    # the first paid 80 and reduced 50: OA-23 130; of the 20 left the second pays 15, a copay is 5
    posted = post(store, second("OA-23 130.00", "PR-3 5.00", paid="15.00"), ENTERED)
    assert posted.held == ()
    assert ledgers(store) == {
        "cash": D("95.00"),
        "contractual adjustment": D("50.00"),
        "patient receivable": D("5.00"),
        "revenue": D("-150.00"),
    }


def test_a_second_payer_that_tells_the_contract_again_does_not_double_it() -> None:
    store = after_the_first()
    # OA-23 holds only the 80 paid, and CO-45 50 comes again: 150 - 80 - 20 open = 50 too much
    post(store, second("OA-23 80.00", "CO-45 50.00", paid="20.00"), ENTERED)
    assert ledgers(store) == {
        "cash": D("100.00"),
        "contractual adjustment": D("50.00"),
        "revenue": D("-150.00"),
    }


def test_a_second_payer_with_a_lower_price_reduces_what_is_left() -> None:
    store = after_the_first()
    # 20 are open; the second allows 90, and the first paid 80: it pays 10 and CO-45 is 10
    post(store, second("OA-23 130.00", "CO-45 10.00", paid="10.00"), ENTERED)
    assert ledgers(store) == {
        "cash": D("90.00"),
        "contractual adjustment": D("60.00"),
        "revenue": D("-150.00"),
    }


def test_a_second_payer_who_comes_before_the_first_waits() -> None:
    store = books(visit(payers=(FIRST, SECOND)))
    posted = post(store, second("OA-23 130.00", paid="20.00"), ENTERED)
    assert [one.reason for one in posted.held] == ["more than is open"]
    assert ledgers(store) == {
        "cash": D("20.00"),
        "unapplied cash": D("-20.00"),
        "insurance receivable": D("150.00"),
        "revenue": D("-150.00"),
    }


def test_what_a_qualified_beneficiary_does_not_owe_goes_to_the_next_payer_alone() -> None:
    told = line("99213 150.00", "80.00", "CO-45 50.00", "OA-209 20.00")
    store = books(visit("A", payers=(FIRST, THIRD)), visit("B"))
    post(store, remittance(claim("A", told), claim("B", told)), ENTERED)
    assert owed(store) == {
        ("insurance", "A", 1, THIRD): D("20.00"),
        ("insurance", "B", 1, FIRST): D("20.00"),
    }


def test_capitation_ends_a_claim_only_where_the_payer_pays_by_the_month() -> None:
    told = line("99213 150.00", "0", "CO-24 140.00", "PR-3 10.00")
    for capitated, stays in (((FIRST,), "0"), ((), "140.00")):
        store = books(visit())
        post(store, remittance(claim("OV1", told)), ENTERED, capitated=capitated)
        assert balances(store).total("insurance receivable") == D(stays)
        assert balances(store).total("patient receivable") == D("10.00")


def test_a_stay_is_posted_as_a_whole_with_the_adjustments_of_its_lines_on_them() -> None:
    store = books(visit("ST1", "0120 4000.00", "0250 1000.00"))
    lines = (line("0120 4000.00", "4000.00"), line("0250 1000.00", "900.00", "CO-96 100.00"))
    # 5000 - 100 of a line - 1800 contract - 1676 deductible = 1424 paid
    posted = post(
        store,
        remittance(claim("ST1", *lines, whole=("CO-45 1800.00", "PR-1 1676.00"))),
        ENTERED,
    )
    assert posted.held == ()
    assert ledgers(store) == {
        "cash": D("1424.00"),
        "contractual adjustment": D("1800.00"),
        "insurance receivable": D("100.00"),
        "patient receivable": D("1676.00"),
        "revenue": D("-5000.00"),
    }


def test_a_claim_without_lines_is_posted_as_a_whole() -> None:
    store = books(visit("ST1", "0120 4000.00", "0250 1000.00"))
    told = claim("ST1", charge="5000.00", paid="3000.00", whole=("CO-45 2000.00",))
    assert post(store, remittance(told), ENTERED).held == ()
    assert balances(store).by_account() == {"ST1": D("0.00")}


def test_a_line_is_found_by_its_control_number_or_by_code_modifiers_and_charge() -> None:
    store = books(visit("OV1", "99213-25 150.00", "20610-LT 90.00", "20610-RT 90.00"))
    told = claim(
        "OV1",
        line("20610-RT 90.00", "0", "CO-50 90.00"),
        line("20610-LT 90.00", "90.00"),
        line("99999 150.00", "150.00", number="OV1L1"),
    )
    post(store, remittance(told), ENTERED)
    assert owed(store) == {("insurance", "OV1", 3, FIRST): D("90.00")}


def test_a_payer_may_divide_one_line_in_two() -> None:
    store = books(visit("OV1", "97110 120.00"))
    told = claim(
        "OV1",
        line("97110 60.00", "40.00", "CO-45 20.00", number="OV1L1"),
        line("97110 60.00", "0", "CO-151 60.00", number="OV1L1"),
    )
    assert post(store, remittance(told), ENTERED).held == ()
    assert owed(store) == {("insurance", "OV1", 1, FIRST): D("60.00")}


def test_a_reversal_undoes_exactly_and_the_correction_follows_in_the_same_file() -> None:
    store = books(visit())
    before = balances(store)
    first = claim("OV1", OFFICE)
    post(store, remittance(first), ENTERED)
    taken_back = reversal(first)
    corrected = claim("OV1", line("99213 150.00", "100.00", "CO-45 50.00"))
    post(store, remittance(taken_back, corrected, trace="T2"), ENTERED)
    # 80 - 80 + 100
    assert ledgers(store) == {
        "cash": D("100.00"),
        "contractual adjustment": D("50.00"),
        "revenue": D("-150.00"),
    }
    again = reversal(corrected)
    post(store, remittance(again, trace="T3", beside=("FB -100.00 T3",)), ENTERED)
    # nothing is left of the decisions; the 100 that the payer could not take yet is owed to it
    assert ledgers(store) == {
        "cash": D("100.00"),
        "payer recoupment": D("-100.00"),
        "insurance receivable": D("150.00"),
        "revenue": D("-150.00"),
    }
    assert {key: one for key, one in before if key.ledger == "insurance receivable"} == {
        Key("insurance receivable", "OV1", 1, FIRST): D("150.00")
    }


def test_a_payment_that_was_reversed_can_not_be_reversed_again() -> None:
    store = books(visit())
    first = claim("OV1", OFFICE)
    post(store, remittance(first), ENTERED)
    post(store, remittance(reversal(first), trace="T2", beside=("FB -80.00 T2",)), ENTERED)
    posted = post(store, remittance(reversal(first), trace="T3", beside=("FB -80.00 T3",)), ENTERED)
    assert [one.reason for one in posted.held] == ["nothing to reverse"]


def test_a_reversal_may_add_up_the_adjustments_of_a_reason() -> None:
    store = books(visit())
    told = line("99213 150.00", "80.00", "CO-45 30.00", "CO-45 20.00", "PR-2 20.00")
    post(store, remittance(claim("OV1", told)), ENTERED)
    undone = reversal(claim("OV1", OFFICE))  # CO-45 -50.00 = -30.00 - 20.00
    posted = post(store, remittance(undone, trace="T2", beside=("FB -80.00 T2",)), ENTERED)
    assert posted.held == ()
    assert owed(store) == {("insurance", "OV1", 1, FIRST): D("150.00")}


@pytest.mark.parametrize("second", ["99212 0", "99212 50.00"])
def test_a_payer_may_divide_a_line_by_its_code_alone(second) -> None:
    store = books(visit())
    rest = D("150.00") - D(second.split()[1])
    # 60.00 and 20.00 are paid of 150.00: CO-45 takes the other 70.00
    first = line(f"99211 {rest}", "60.00", f"CO-45 {rest - 60}")
    then = line(second, "20.00", f"CO-45 {D(second.split()[1]) - 20}")
    told = (replace(one, billed_code="99213") for one in (first, then))
    assert post(store, remittance(claim("OV1", *told)), ENTERED).held == ()
    assert ledgers(store) == {
        "cash": D("80.00"),
        "contractual adjustment": D("70.00"),
        "revenue": D("-150.00"),
    }


def test_a_share_that_is_not_the_sum_of_group_pr_is_told_on_the_trail() -> None:
    store = books(visit())
    post(store, remittance(replace(claim("OV1", OFFICE), patient_share=D("30.00"))), ENTERED)
    (note,) = [one for one in store.notes("OV1") if one.kind == "difference"]
    assert (note.reason, note.amount) == ("patient's share differs", D("30.00") - D("20.00"))
    assert owed(store) == {("patient", "OV1", 1, ""): D("20.00")}


def test_an_overpayment_is_taken_back_over_two_files() -> None:
    store = books(visit("A"), visit("B"))
    first = claim("A", OFFICE)
    post(store, remittance(first), ENTERED)
    # file 1: 80 are taken back and 50 paid again; 30 cannot be taken, so they go forward
    corrected = claim("A", line("99213 150.00", "50.00", "CO-45 80.00", "PR-2 20.00"))
    file_1 = remittance(reversal(first), corrected, trace="T2", beside=("FB -30.00 T2",))
    assert file_1.total == D(0)
    post(store, file_1, ENTERED)
    assert balances(store).total("payer recoupment") == D("-30.00")
    assert balances(store).total("cash") == D("80.00")
    # file 2: another claim pays 80, of which the payer keeps the 30
    (taken,) = carried_forward(file_1)
    file_2 = remittance(
        claim("B", OFFICE), trace="T3", beside=(f"FB {taken.amount} {taken.reference}",)
    )
    assert file_2.total == D("50.00")
    post(store, file_2, ENTERED)
    assert balances(store).total("payer recoupment") == D("0.00")
    assert balances(store).total("cash") == D("130.00")  # 50 for A, 80 for B


def test_interest_and_capitation_are_income_and_an_unknown_reason_waits_in_unapplied_cash() -> None:
    store = books(visit())
    beside = ("L6 -1.25 ICN-OV1", "CT -900.00 PANEL 7", "SL 10.00 LOAN")
    posted = post(store, remittance(claim("OV1", OFFICE), beside=beside), ENTERED)
    # 80 + 1.25 + 900 - 10 = 971.25 came to the bank
    found = ledgers(store)
    assert found["cash"] == D("971.25")
    assert found["interest income"] == D("-1.25")
    assert found["capitation income"] == D("-900.00")
    assert found["unapplied cash"] == D("10.00")
    assert [
        (one.reason, one.account) for one in posted.batch.notes if one.kind == "difference"
    ] == [("unknown provider adjustment", "")]
    (interest,) = [one for one in posted.entries if one.kind == "interest"]
    assert (interest.reason, interest.postings[0].account) == ("L6 ICN-OV1", "OV1")


def test_a_denied_claim_that_is_paid_later_needs_no_reversal() -> None:
    store = books(visit())
    post(store, remittance(claim("OV1", line("99213 150.00", "0", "CO-16 150.00"))), ENTERED)
    posted = post(store, remittance(claim("OV1", OFFICE), trace="T2"), ENTERED)
    assert posted.held == ()
    assert balances(store).total("insurance receivable") == D("0.00")


def test_the_same_remittance_is_refused_and_nothing_is_written() -> None:
    store = books(visit())
    told = remittance(claim("OV1", OFFICE))
    post(store, told, ENTERED)
    before, trail = balances(store), store.notes()
    again = post(store, told, ENTERED)
    assert again.refused == "already posted"
    assert again.text == ("trace T1 of 1TRN01 with the very same content was posted on 2026-03-23")
    assert (balances(store), store.notes()) == (before, trail)


def test_a_payer_may_divide_a_claim_by_its_lines() -> None:
    store = books(visit("OV1", "99213 150.00", "93000 60.00"))
    told = (
        claim("OV1", OFFICE, number="ICN-1"),
        claim("OV1", line("93000 60.00", "40.00", "CO-45 20.00"), number="ICN-2"),
    )
    assert post(store, remittance(*told), ENTERED).held == ()
    assert owed(store) == {("patient", "OV1", 1, ""): D("20.00")}
    back = reversal(told[1])
    post(store, remittance(back, trace="T2", beside=("FB -40.00 T2",)), ENTERED)
    assert owed(store) == {
        ("patient", "OV1", 1, ""): D("20.00"),
        ("insurance", "OV1", 2, FIRST): D("60.00"),
    }


def test_a_file_without_the_payers_id_is_posted_for_the_payer_that_a_person_names() -> None:
    store = books(visit())
    told = remittance(claim("OV1", OFFICE), payer="")
    posted = post(store, told, ENTERED, payer=FIRST, who="Ann Lee")
    assert (posted.held, {one.who for one in store.notes("OV1")}) == ((), {"Ann Lee"})
    assert post(store, told, ENTERED).refused == "already posted"


def test_two_plans_with_one_payer_are_decided_one_after_the_other() -> None:
    store = books(visit(payers=(FIRST, FIRST)))
    post(store, remittance(claim("OV1", OFFICE)), ENTERED)
    assert owed(store) == {("insurance", "OV1", 1, FIRST): D("20.00")}
    told = line("99213 150.00", "20.00", "OA-23 130.00")
    posted = post(store, remittance(claim("OV1", told, status="2"), trace="S1"), ENTERED)
    assert (posted.held, owed(store)) == ((), {})
    again = post(store, remittance(claim("OV1", told, status="2"), trace="S2"), ENTERED)
    assert [one.reason for one in again.held] == ["decided before"]
