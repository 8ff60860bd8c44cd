from datetime import date
from decimal import Decimal

import pytest
from made_books import ENTERED, FIRST, SECOND, books, claim, line, remittance, visit

from codinglab.accounts.by_hand import Money
from codinglab.accounts.overpayment import (
    Credit,
    Investigation,
    NotInOrder,
    credits_of,
    due,
)
from codinglab.accounts.post import post
from codinglab.accounts.quarantine import release
from codinglab.core.dates import NotInForce

D = Decimal
IDENTIFIED = date(2026, 3, 2)


def test_an_overpayment_is_given_back_within_60_days() -> None:
    # March has 29 days left, April 30: 59, so the 60th is May 1
    found = due(IDENTIFIED)
    assert found.day == date(2026, 5, 1)
    assert found.steps == ("2026-03-02 and 60 days (42 CFR 401.305(b)(1)(i)): 2026-05-01",)


@pytest.mark.parametrize(
    ("began", "ended", "last"),
    [
        # begun at once and ended after 45 days: 2026-04-16 and all 60 days
        (IDENTIFIED, date(2026, 4, 16), date(2026, 6, 15)),
        # begun after 10 days, ended on 2026-04-16: 50 days are left
        (date(2026, 3, 12), date(2026, 4, 16), date(2026, 6, 5)),
        # still running: suspended until 180 days after 2026-03-02, which is 2026-08-29
        (IDENTIFIED, None, date(2026, 10, 28)),
        # ended later than that: the suspension had ended by itself
        (IDENTIFIED, date(2026, 12, 1), date(2026, 10, 28)),
    ],
)
def test_a_good_faith_investigation_stops_the_clock_for_180_days_at_most(
    began, ended, last
) -> None:
    assert due(IDENTIFIED, Investigation(began, ended)).day == last


@pytest.mark.parametrize(
    ("began", "ended"),
    [
        (date(2026, 3, 1), None),
        (date(2026, 5, 2), None),
        (date(2026, 3, 9), date(2026, 3, 8)),
    ],
)
def test_an_investigation_out_of_order_is_refused(began, ended) -> None:
    with pytest.raises(NotInOrder, match="the investigation begins from 2026-03-02 to 2026-05-01"):
        due(IDENTIFIED, Investigation(began, ended))


def test_before_2025_another_definition_held_which_is_not_here() -> None:
    with pytest.raises(NotInForce, match="overpayment_rules: nothing in force on 2024-12-31"):
        due(date(2024, 12, 31))


def test_credit_balances_are_told_by_payer_and_whether_the_federal_rule_holds() -> None:
    medicare = visit("M", payers=(SECOND,), filings=("MB",))
    store = books(visit("A"), medicare)
    paid = line("99213 150.00", "100.00", "CO-45 50.00")
    for trace, payer, number in (("1", FIRST, "A"), ("2", SECOND, "M")):
        post(store, remittance(claim(number, paid), trace=trace, payer=payer), ENTERED)
        told = remittance(claim(number, paid), trace=f"{trace}B", payer=payer)
        (held,) = post(store, told, ENTERED).held
        release(store, held.number, day=ENTERED, who="Ann", why="a second check", despite=True)
    # 150 less 100 and 50, twice
    assert credits_of(store, date(2026, 4, 1)) == (
        Credit(Money("A", D("150.00"), FIRST), federal=False),
        Credit(Money("M", D("150.00"), SECOND), federal=True),
    )
    assert credits_of(store, date(2026, 3, 22)) == ()
