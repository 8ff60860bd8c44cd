"""Key figures of a practice small enough to be worked out by hand.

Four visits in January 2026. A and B go to TRN01, C to TRN01 (denied), D to the patient alone:

    A  100.00  paid 80.00, CO-45 20.00                     closed
    B  200.00  paid 90.00, CO-45 50.00, PR-1 60.00         60.00 patient owes, 20.00 of it paid
    C  300.00  CO-197 300.00 denied                        300.00 insurance owes
    D   50.00  no payer, patient paid 65.00                credit balance of 15.00

charges 650.00, contractual 70.00, payments 80 + 90 + 20 + 65 = 255.00
"""

from datetime import date
from decimal import Decimal

import pytest
from kpi_made import HISTORY, JANUARY, figures, store_of_four

from codinglab.accounts.kpi import by_month, denials_by_cause, gather, kpis
from codinglab.accounts.kpi_books import Period, aging, bucket, buckets
from codinglab.accounts.kpi_history import History
from codinglab.accounts.kpi_rules import definitions
from codinglab.core.dates import NotInForce
from codinglab.core.tables import BadData


@pytest.fixture(scope="module")
def facts():
    return gather(store_of_four(), HISTORY, JANUARY)


def test_days_in_receivables_leave_credit_balances_out(facts):
    # owed: C 300.00 + B 60.00 - 20.00 = 340.00; 650.00 / 31 days = 20.9677 a day; 16.2 days
    assert figures(facts)["days-in-receivables"] == Decimal("16.2")
    assert dict(kpis(facts)[0].parts) == {
        "receivables": Decimal("340.00"),
        "credit balances": Decimal("15.00"),
        "gross charges": Decimal("650.00"),
        "days": Decimal(31),
    }


def test_nothing_is_over_90_days_in_january_and_all_is_in_june(facts):
    assert figures(facts)["over-90"] == Decimal("0.0000")
    june = gather(store_of_four(), HISTORY, Period(date(2026, 6, 1), date(2026, 6, 30)))
    assert figures(june)["over-90"] == Decimal("1.0000")


def test_a_period_without_charges_has_no_days_in_receivables():
    june = gather(store_of_four(), HISTORY, Period(date(2026, 6, 1), date(2026, 6, 30)))
    assert figures(june)["days-in-receivables"] is None


def test_a_claim_is_clean_when_neither_scrubber_nor_payer_stopped_it(facts):
    # A stopped by the scrubber, B clean, C refused at the door and sent again: 1 of 3
    assert figures(facts)["clean-claims"] == Decimal("0.3333")


def test_first_pass_yield_counts_claims_without_a_denied_line(facts):
    # A and B settled, C refused at the first sending: 2 of 3
    assert figures(facts)["first-pass"] == Decimal("0.6667")


def test_a_refused_claim_was_not_decided_and_counts_in_no_denial_rate(facts):
    # first decisions: A and B, none denied; C's first sending was refused
    assert figures(facts)["denial-rate"] == Decimal("0.0000")
    assert denials_by_cause(facts) == {}


def test_collection_rates(facts):
    # 255 / 650 = 0.3923; 255 / (650 - 70) = 255 / 580 = 0.4397
    assert figures(facts)["gross-collection"] == Decimal("0.3923")
    assert figures(facts)["net-collection"] == Decimal("0.4397")


def test_lags(facts):
    # charge entry: A 1, B 0, C 6, D 1 days: 8 / 4 = 2.0
    # payment: A sent 6, paid 20: 14; B sent 7, paid 27: 20; (14 + 20) / 2 = 17.0
    assert figures(facts)["charge-lag"] == Decimal("2.0")
    assert figures(facts)["payment-lag"] == Decimal("17.0")


def test_cost_to_collect(facts):
    # 25.50 / 255.00
    assert figures(facts)["cost-to-collect"] == Decimal("0.1000")


def test_overturn_rate_counts_answered_denials_alone(facts):
    # two answered in January, one of them overturned; the third has no answer yet
    assert figures(facts)["denial-overturn"] == Decimal("0.5000")


def test_denials_given_up_are_read_from_the_ledger():
    from decimal import Decimal as Dollars

    from codinglab.accounts.journal import Entry, Posting

    store = store_of_four()
    sides = (
        Posting("denied", Dollars("58.00"), "C", 1, "TRN01"),
        Posting("insurance receivable", Dollars("-58.00"), "C", 1, "TRN01"),
    )
    store.append([Entry("w1", date(2026, 1, 30), "write-off", "by hand", sides, "why", "who")])
    # 58.00 / 580.00
    found = figures(gather(store, HISTORY, JANUARY))
    assert found["denial-write-off"] == Decimal("0.1000")


def test_an_underpayment_is_an_allowed_amount_below_the_contract(facts):
    # expected A 80.00 + B 160.00 = 240.00; B allowed 150.00: 10.00 below; 10 / 240 = 0.0417
    # C was denied: a denial and no underpayment
    assert figures(facts)["underpaid"] == Decimal("0.0417")


def test_two_causes_of_a_claim_count_under_both():
    from dataclasses import replace

    lines = tuple(
        replace(HISTORY.decided[0], line=at, denied=Decimal(amount), cause=cause, carc="16")
        for at, (amount, cause) in enumerate((("10", "coding"), ("5", "coding"), ("7", "data")), 1)
    )
    found = gather(store_of_four(), replace(HISTORY, decided=lines), JANUARY)
    # one claim decided: 1 / 1 under both causes
    assert denials_by_cause(found) == {
        "coding": (1, Decimal(15), Decimal("1.0000")),
        "data": (1, Decimal(7), Decimal("1.0000")),
    }


def test_targets_say_whether_they_are_met(facts):
    met = {one.definition.id: one.meets for one in kpis(facts)}
    assert met["days-in-receivables"] is True
    assert met["clean-claims"] is False
    assert met["gross-collection"] is None


def test_nothing_measured_has_no_value_and_meets_nothing():
    from codinglab.accounts.store import Store

    found = kpis(gather(Store("sqlite://"), History(), JANUARY))
    assert {one.value for one in found} == {None}
    assert {one.meets for one in found} == {None}


def test_aging_by_payer_and_bucket(facts):
    assert aging(facts.owed, JANUARY.last) == {
        ("", "0-30"): Decimal("40.00"),
        ("TRN01", "0-30"): Decimal("300.00"),
    }


@pytest.mark.parametrize(
    ("age", "name"),
    [(0, "0-30"), (30, "0-30"), (31, "31-60"), (90, "61-90"), (120, "91-120"), (121, "over 120")],
)
def test_ages_fall_into_buckets_whose_ends_are_included(age, name):
    assert bucket(age, (30, 60, 90, 120)) == name
    assert name in buckets((30, 60, 90, 120))


def test_every_figure_of_the_file_has_a_formula_and_the_other_way_round():
    from codinglab.accounts.kpi import FORMULAS

    assert {one.id for one in definitions().at(date(2026, 1, 1)).kpis} == set(FORMULAS)


def test_before_the_first_definitions_there_are_none():
    with pytest.raises(NotInForce, match="the key figures: nothing in force on 2023-12-31"):
        definitions().at(date(2023, 12, 31))


def test_an_unknown_figure_names_those_that_there_are():
    with pytest.raises(BadData, match="there is no key figure 'dso'; choose one of days-in-rec"):
        definitions().at(date(2026, 1, 1)).find("dso")


@pytest.mark.parametrize(
    "period",
    [
        Period(date(2026, 1, 1), date(2026, 3, 31)),
        Period(date(2026, 1, 27), date(2026, 2, 10)),  # from the middle of the journal
        Period(date(2026, 2, 1), date(2026, 2, 28)),
    ],
)
def test_month_by_month_the_facts_are_those_of_each_month_alone(period):
    store = store_of_four()
    alone = [gather(store, HISTORY, month) for month in period.months()]
    assert list(by_month(store, HISTORY, period)) == alone
