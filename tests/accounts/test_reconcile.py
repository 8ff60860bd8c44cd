from datetime import date
from decimal import Decimal

import pytest
from made_books import ENTERED, books, claim, line, remittance, visit

from codinglab.accounts.deposits import Deposit, read_deposits
from codinglab.accounts.post import post
from codinglab.accounts.reconcile import reconcile, reconciled
from codinglab.accounts.record import PostedRemittance
from codinglab.core.tables import BadData

D = Decimal
FRIDAY, MONDAY, THURSDAY = date(2026, 3, 20), date(2026, 3, 23), date(2026, 3, 26)
LATER = date(2026, 4, 30)


def told(trace, total, paid_on=FRIDAY):
    return PostedRemittance("1P", trace, D(total), trace, "P", "ACH", paid_on, paid_on)


def said(remittances, deposits, day=LATER):
    return [
        (
            one.name,
            one.remittance.trace if one.remittance else "",
            one.deposit.trace if one.deposit else "",
            one.difference,
        )
        for one in reconciled(remittances, deposits, day, 3)
    ]


def test_trace_amount_and_day_agree_whatever_zeros_lead_the_trace() -> None:
    assert said([told("00T1", "80.00")], [Deposit(MONDAY, D("80.00"), "t1")]) == [
        ("agrees", "00T1", "t1", D("0.00"))
    ]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 3, 25), "agrees"),  # Friday and 3 working days: Monday, Tuesday, Wednesday
        (THURSDAY, "day differs"),
        (date(2026, 3, 17), "agrees"),  # the deposit came first: Tuesday and 3 is Friday
        (date(2026, 3, 16), "day differs"),
    ],
)
def test_a_deposit_may_be_three_working_days_away(day, name) -> None:
    assert said([told("T1", "80.00")], [Deposit(day, D("80.00"), "T1")]) == [
        (name, "T1", "T1", D("0.00"))
    ]


def test_the_difference_is_what_the_bank_has_more() -> None:
    assert said([told("T1", "80.00")], [Deposit(MONDAY, D("79.99"), "T1")]) == [
        ("amount differs", "T1", "T1", D("-0.01"))
    ]


def test_without_a_trace_amount_and_day_find_the_one_that_can_be_meant() -> None:
    assert said([told("T1", "80.00"), told("T2", "90.00")], [Deposit(MONDAY, D("80.00"))]) == [
        ("trace differs", "T1", "", D("0.00")),
        ("no deposit", "T2", "", D("-90.00")),
    ]


def test_two_remittances_of_one_amount_are_not_guessed_at() -> None:
    assert said([told("T1", "80.00"), told("T2", "80.00")], [Deposit(MONDAY, D("80.00"))]) == [
        ("no deposit", "T1", "", D("-80.00")),
        ("no deposit", "T2", "", D("-80.00")),
        ("no remittance", "", "", D("80.00")),
    ]


def test_money_that_can_still_come_is_not_missing() -> None:
    wednesday = date(2026, 3, 25)
    assert said([told("T1", "80.00")], [], wednesday)[0][0] == "not due yet"
    assert said([told("T1", "80.00")], [], THURSDAY)[0][0] == "no deposit"


def test_a_remittance_without_payment_asks_for_no_deposit() -> None:
    assert said([told("T1", "0")], []) == [("no payment", "T1", "", D(0))]


def test_the_bank_may_have_one_trace_twice() -> None:
    twice = [Deposit(MONDAY, D("80.00"), "T1"), Deposit(MONDAY, D("80.00"), "T1")]
    assert said([told("T1", "80.00")], twice) == [
        ("agrees", "T1", "T1", D("0.00")),
        ("deposited twice", "", "T1", D("80.00")),
    ]


def test_several_checks_in_one_deposit_are_found_by_the_numbers_that_the_bank_names() -> None:
    left = [told("101", "50.00"), told("102", "30.00"), told("103", "20.00")]
    both = Deposit(MONDAY, D("80.00"), "0101; 102")  # 50 + 30
    assert said(left, [both]) == [
        ("in one deposit", "101", "0101; 102", D(0)),
        ("in one deposit", "102", "0101; 102", D("0.00")),
        ("no deposit", "103", "", D("-20.00")),
    ]
    less = Deposit(MONDAY, D("79.00"), "101;102")
    assert [one[::3] for one in said(left, [less])] == [
        ("amount differs", D(0)),
        ("amount differs", D("-1.00")),
        ("no deposit", D("-20.00")),
    ]


def test_several_payments_in_one_deposit_are_found_by_the_only_sum() -> None:
    left = [told("101", "50.00"), told("102", "30.00"), told("103", "25.00")]
    # 105 is all three, 75 is 50 + 25 alone, 55 is 30 + 25 alone
    for amount, traces in (("105.00", "101 102 103"), ("75.00", "101 103"), ("55.00", "102 103")):
        found = said(left, [Deposit(MONDAY, D(amount), "SLIP7")])
        assert " ".join(one[1] for one in found if one[0] == "in one deposit") == traces
    far = Deposit(THURSDAY, D("105.00"), "SLIP7")  # four working days after Friday
    assert {one[0] for one in said(left, [far])} == {"no deposit", "no remittance"}


@pytest.mark.parametrize(
    ("totals", "deposits"),
    [
        (("50.00", "30.00", "60.00", "20.00"), ("80.00",)),  # 50 + 30 or 60 + 20
        (("50.00", "30.00", "31.00"), ("80.00", "81.00")),  # both would take the 50
    ],
)
def test_a_sum_that_can_be_made_in_two_ways_is_not_guessed_at(totals, deposits) -> None:
    left = [told(f"10{at}", each) for at, each in enumerate(totals)]
    found = said(left, [Deposit(MONDAY, D(each)) for each in deposits])
    assert {one[0] for one in found} == {"no deposit", "no remittance"}


def test_two_payments_of_one_number_go_each_to_the_deposit_of_its_amount() -> None:
    other = PostedRemittance("1Q", "T1", D("95.00"), "d", "Q", "ACH", FRIDAY, FRIDAY)
    assert said([told("T1", "80.00"), other], [Deposit(MONDAY, D("95.00"), "T1")]) == [
        ("agrees", "T1", "T1", D("0.00")),
        ("no deposit", "T1", "", D("-80.00")),
    ]


def test_a_payment_that_was_posted_though_its_trace_was_used_before_finds_its_deposit() -> None:
    digest = "0123456789ab" + "c" * 52
    twice = PostedRemittance("1P", f"T1 {digest[:12]}", D(9), digest, "P", "CHK", FRIDAY, FRIDAY)
    assert said([twice], [Deposit(MONDAY, D(9), "T1")])[0][0] == "agrees"


def test_the_books_are_reconciled_and_a_remittance_held_whole_explains_its_deposit() -> None:
    store = books(visit("A"), visit("B"))
    paid = line("99213 150.00", "80.00", "CO-45 70.00")
    post(store, remittance(claim("A", paid), trace="T1"), ENTERED)
    post(store, remittance(claim("B", paid), trace="T2", total="81.00"), ENTERED)
    deposits = [Deposit(MONDAY, D("80.00"), "T1"), Deposit(MONDAY, D("80.00"), "T2")]
    found = reconcile(store, deposits, LATER)
    # the second says 81 and its claims 80: the bank shows that the payment was 80
    assert [(one.name, one.difference, one.is_fine) for one in found] == [
        ("agrees", D("0.00"), True),
        ("in quarantine", D("-1.00"), False),
    ]


def test_deposits_are_read_from_the_banks_file(tmp_path) -> None:
    file = tmp_path / "bank.csv"
    file.write_text("day,amount,trace,text\n2026-03-23,80.00,T1,HCCLAIMPMT\n", "utf-8")
    assert read_deposits(file) == (Deposit(MONDAY, D("80.00"), "T1", "HCCLAIMPMT"),)
    file.write_text("day,amount,trace\n2026-03-23,eighty,T1\n", "utf-8")
    with pytest.raises(BadData, match=r"bank\.csv, line 2: amount"):
        read_deposits(file)
