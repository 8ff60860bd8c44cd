"""Financial assistance: the guideline to the dollar, the tier, the limit of 501(r)(5)."""

from dataclasses import replace
from datetime import date

import pytest
from made_patients import JAN, hand, money, office_visit

from codinglab.accounts.assistance import Application, Bill, assess, guideline
from codinglab.accounts.assistance_grant import bill_of, grant
from codinglab.accounts.balances import balances
from codinglab.accounts.by_hand import Money, NotAllowed, patient_payment, undo
from codinglab.accounts.patient_account import refund
from codinglab.accounts.statement import NoSuchPatient, statement
from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce

DAY = date(2026, 5, 1)


def bill(balance: str, charges: str = "1000.00", paid: str = "0") -> Bill:
    return Bill(money(charges), money(paid), money(balance))


def of(income: str, household: int = 3, day: date = DAY) -> Application:
    return Application(day, household, money(income))


@pytest.mark.parametrize(
    ("day", "household", "dollars"),
    [
        (date(2025, 1, 15), 1, 15_650),
        (date(2026, 1, 12), 3, 26_650),  # 15,650 + 2 x 5,500
        (date(2026, 1, 13), 1, 15_960),
        (date(2026, 1, 13), 3, 27_320),  # 15,960 + 2 x 5,680
        (date(2026, 12, 31), 9, 61_400),  # 15,960 + 8 x 5,680
    ],
)
def test_the_guideline_of_the_day(day: date, household: int, dollars: int) -> None:
    assert guideline(day, household)[0] == dollars


@pytest.mark.parametrize(
    ("day", "region", "household", "dollars"),
    [
        (date(2025, 1, 15), "alaska", 1, 19_550),
        (date(2025, 6, 1), "alaska", 4, 40_190),  # 19,550 + 3 x 6,880
        (date(2025, 6, 1), "hawaii", 2, 24_320),  # 17,990 + 6,330
        (date(2026, 1, 13), "alaska", 3, 34_150),  # 19,950 + 2 x 7,100
        (date(2026, 1, 13), "hawaii", 8, 64_070),  # 18,360 + 7 x 6,530
    ],
)
def test_alaska_and_hawaii_have_guidelines_of_their_own(
    day: date, region: str, household: int, dollars: int
) -> None:
    assert guideline(day, household, region)[0] == dollars


def test_days_and_places_without_figures_are_told() -> None:
    for day in (date(2025, 1, 14), date(2027, 1, 1)):
        with pytest.raises(NotInForce):
            guideline(day, 1)
    with pytest.raises(NotInTable):
        guideline(DAY, 1, "guam")
    with pytest.raises(ValueError, match="count the patient too"):
        guideline(DAY, 0)


@pytest.mark.parametrize(
    ("income", "percent", "forgiven"),
    [
        ("0", "0.0", "500.00"),
        ("54640.00", "200.0", "500.00"),  # 2 x 27,320
        ("54640.01", "200.0", "375.00"),  # a cent more: the next tier
        ("68300.00", "250.0", "375.00"),
        ("81960.00", "300.0", "250.00"),
        ("109280.00", "400.0", "125.00"),
    ],
)
def test_each_tier_ends_at_its_percent(income: str, percent: str, forgiven: str) -> None:
    found = assess(of(income), bill("500.00"))
    assert (str(found.percent), found.forgiven) == (percent, money(forgiven))
    assert found.owes == money("500.00") - money(forgiven)


def test_above_the_scale_nothing_is_forgiven() -> None:
    found = assess(of("109280.01"), bill("500.00"))
    assert (found.tier, found.forgiven, found.owes) == (None, 0, money("500.00"))


def test_a_half_cent_is_forgiven() -> None:
    found = assess(of("68300.00"), bill("33.33"))
    # 33.33 x 0.75 = 24.9975, so 25.00; 33.33 - 25.00 = 8.33
    assert (found.forgiven, found.owes) == (money("25.00"), money("8.33"))


def test_a_hospital_may_not_charge_more_than_insurers_allow() -> None:
    # 1,000 x 0.30 forgiven leaves 700; 1,000 x 0.40 = 400 is the most
    found = assess(of("109280.00"), bill("1000.00"), "tax-exempt hospital")
    assert (found.owes, found.forgiven) == (money("400.00"), money("600.00"))
    assert found.steps[-1].source == "26 CFR 1.501(r)-5(a)(1)"


def test_the_limit_counts_what_the_patient_has_paid_and_gives_the_rest_back() -> None:
    # 1,000 x 0.30 forgiven leaves 700, and 400 is the most; 450 were paid, so 50 go back
    found = assess(of("109280.00"), bill("550.00", paid="450.00"), "tax-exempt hospital")
    assert (found.owes, found.forgiven, found.refund) == (0, money("550.00"), money("50.00"))


@pytest.mark.parametrize(
    ("income", "balance", "paid", "owes", "refund"),
    [
        # free care: all 100 that were paid go back
        ("0", "300.00", "100.00", "0", "100.00"),
        # 60 percent of 300 + 100 = 400 forgiven: 160 are the patient's, 100 paid, 60 owed
        ("68300.00", "300.00", "100.00", "60.00", "0"),
        # 160 of 400 again; 250 - 160 = 90 go back
        ("68300.00", "150.00", "250.00", "0", "90.00"),
        # 40 percent of 33.33 = 13.332, forgiven 20.00 (19.998): 13.33; 18.33 - 13.33 = 5.00
        ("68300.00", "15.00", "18.33", "0", "5.00"),
        # a cent less than 5 need not go back: 18.32 - (33.32 - 19.99) = 4.99
        ("68300.00", "15.00", "18.32", "0", "0"),
        # nothing is owed any more, and still 60 percent of 500: 500 - 200 = 300
        ("68300.00", "0", "500.00", "0", "300.00"),
    ],
)
def test_a_hospital_gives_back_what_the_eligible_paid_beyond_their_own_part(
    income: str, balance: str, paid: str, owes: str, refund: str
) -> None:
    found = assess(of(income), bill(balance, paid=paid), "tax-exempt hospital")
    assert (found.owes, found.refund) == (money(owes), money(refund))
    assert found.forgiven == money(balance) - money(owes)
    practice = assess(of(income), bill(balance, paid=paid))
    assert practice.refund == 0  # section 501(r) binds no practice


def test_the_limit_leaves_a_lower_balance_alone() -> None:
    found = assess(of("68300.00"), bill("300.00"), "tax-exempt hospital")
    assert found.owes == money("120.00")  # 300 - 300 x 0.60


def test_above_the_scale_a_hospitals_limit_does_not_hold() -> None:
    found = assess(of("200000"), bill("1000.00"), "tax-exempt hospital")
    assert found.owes == money("1000.00")


def test_negative_dollars_are_refused() -> None:
    with pytest.raises(ValueError, match="dollars of 0 or more"):
        assess(of("-1"), bill("500.00"))
    with pytest.raises(ValueError, match=r"100\.005 is no whole number of cents"):
        assess(of("0"), bill("100.005"))


def test_what_is_granted_is_charity_care_by_somebody_who_may() -> None:
    store = office_visit()
    found = assess(of("68300.00"), bill("48.60", charges="190.00"))
    # 48.60 x 0.75 = 36.45
    with pytest.raises(NotAllowed, match="biller"):
        grant(store, hand("h1", DAY, "biller"), "OV1", found, "practice")
    grant(store, hand("h2", DAY, "supervisor"), "OV1", found, "practice")
    assert balances(store).total("charity care") == money("36.45")
    assert statement(store, JAN, DAY).owed == money("12.15")


def test_what_was_paid_and_is_forgiven_becomes_a_credit_and_is_given_back() -> None:
    store = office_visit()  # 48.60 of 190.00 are Jan's
    patient_payment(store, hand("p1", date(2026, 4, 2)), Money("OV1", money("20.00")))
    found = assess(of("0"), bill("28.60", charges="190.00", paid="20.00"), "tax-exempt hospital")
    assert (found.forgiven, found.refund) == (money("28.60"), money("20.00"))
    beyond = replace(found, refund=money("221.41"))  # 28.60 + 221.41 = 250.01
    with pytest.raises(NotAllowed, match=r"28\.60 before, and 221\.41 now: a supervisor"):
        grant(store, hand("g0", DAY, "supervisor"), "OV1", beyond, "tax-exempt hospital")
    beyond = replace(found, refund=money("20.01"))
    with pytest.raises(NotAllowed, match=r"has paid 20\.00, so 20\.01 cannot be given back"):
        grant(store, hand("g0", DAY), "OV1", beyond, "tax-exempt hospital")
    assert balances(store).total("charity care") == 0  # both or neither
    grant(store, hand("g1", DAY, "supervisor"), "OV1", found, "tax-exempt hospital")
    assert balances(store).total("charity care") == money("48.60")
    refund(store, hand("r1", DAY, "supervisor"), "OV1")
    # 66.40 of the payer stay; Jan's 20.00 came and went
    assert balances(store).total("cash") == money("66.40")
    assert balances(store).total("patient receivable") == 0


def test_nothing_forgiven_is_nothing_to_enter() -> None:
    found = assess(of("200000"), bill("48.60", charges="190.00"))
    with pytest.raises(NotAllowed, match="nothing is forgiven"):
        grant(office_visit(), hand("g1", DAY), "OV1", found, "practice")


def test_what_a_visit_comes_to_is_read_from_the_books() -> None:
    store = office_visit()
    patient_payment(store, hand("p1", date(2026, 4, 2)), Money("OV1", money("20.00")))
    assert bill_of(store, "OV1", DAY) == bill("28.60", charges="190.00", paid="20.00")
    with pytest.raises(NoSuchPatient, match="no visit 'OV9'"):
        bill_of(store, "OV9", DAY)
    patient_payment(store, hand("p2", date(2026, 4, 3)), Money("OV1", money("30.00")))
    # 48.60 - 20.00 - 30.00 = -1.40
    with pytest.raises(NotAllowed, match=r"1\.40 are the patient's own; give them back first"):
        bill_of(store, "OV1", DAY)


def test_a_visit_is_decided_once_until_that_is_undone() -> None:
    store = office_visit()
    found = assess(of("68300.00"), bill("48.60", charges="190.00"))
    grant(store, hand("h1", DAY, "supervisor"), "OV1", found, "practice")
    rest = assess(of("68300.00"), bill("12.15", charges="190.00"))
    with pytest.raises(NotAllowed, match=r"36\.45 were forgiven on .*undo that entry first"):
        grant(store, hand("h2", DAY, "supervisor"), "OV1", rest, "practice")
    undo(store, hand("u1", DAY, "supervisor"), "h1.1")
    grant(store, hand("h2", DAY, "supervisor"), "OV1", found, "practice")
    assert balances(store).total("charity care") == money("36.45")
