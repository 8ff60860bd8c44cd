"""What Medicare pays as second payer, to the cent: the examples of 42 CFR 411.33 and others."""

from datetime import date
from decimal import Decimal

import pytest

from codinglab.payer.msp_conditional import Asked, conditional, repaid, repay_by
from codinglab.payer.msp_payment import Bill, Secondary, fee_schedule, other_basis

D = Decimal
HIGHER = "higher allowed amount (primary payer's) less primary payment"


def bill(charge: str, allowed: str, paid: str, **others: str) -> Bill:
    """Return a bill; what is not named is nothing, and `obliged` no obligation."""
    facts = {name: D(amount) for name, amount in others.items()}
    blank = {"deductible": D(0), "coinsurance": D(0)}
    return Bill(charge=D(charge), allowed=D(allowed), paid=D(paid), **{**blank, **facts})


def amounts(found: Secondary) -> tuple[str, str]:
    return f"{found.pays.amount:.2f}", f"{found.owes.amount:.2f}"


def options(found: Secondary) -> list[str]:
    return [f"{one.amount:.2f}" for one in found.pays.steps[:-1]]


# 42 CFR 411.33(a): services on a fee schedule


def test_the_regulations_own_example_of_a_physician() -> None:
    """42 CFR 411.33(b): charge 175, primary allows 150 and pays 120, Medicare's schedule 125."""
    found = fee_schedule(bill("175", "125", "120", coinsurance="25", primary_allowed="150"))
    # 175 - 120 = 55; 125 x 0.80 = 100; 150 - 120 = 30
    assert options(found) == ["55.00", "100.00", "30.00"]
    assert amounts(found) == ("30.00", "0.00")


def test_a_provider_bound_by_the_primary_payers_price_is_owed_no_more_than_that() -> None:
    """Obliged to accept 130 of 175: 130 - 120 = 10, less than 30 and 100."""
    found = fee_schedule(
        bill("175", "125", "120", coinsurance="25", primary_allowed="150", obliged="130")
    )
    assert options(found) == ["10.00", "100.00", "30.00"]
    assert amounts(found) == ("10.00", "0.00")


def test_medicare_pays_as_first_where_the_primary_payer_took_all_for_its_deductible() -> None:
    """Primary allows 150, pays 0: 150 - 0 = 150; 120 x 0.80 = 96; 150 - 0 = 150. Owed: 24 - 0."""
    found = fee_schedule(
        bill("150", "120", "0", coinsurance="24", primary_allowed="150", obliged="150")
    )
    assert options(found) == ["150.00", "96.00", "150.00"]
    assert amounts(found) == ("96.00", "24.00")


def test_a_small_primary_payment_leaves_part_of_the_coinsurance_to_the_patient() -> None:
    """Paid 10 of 24: Medicare 96, and 24 - 10 = 14 are still owed; 10 + 96 + 14 = 120."""
    found = fee_schedule(
        bill("150", "120", "10", coinsurance="24", primary_allowed="150", obliged="150")
    )
    assert options(found) == ["140.00", "96.00", "140.00"]
    assert amounts(found) == ("96.00", "14.00")


def test_the_part_b_deductible_lowers_medicares_own_amount_and_is_met_by_the_primary_payment() -> (
    None
):
    """Charge 400, both allow 300, paid 240; deductible 283 open.

    (300 - 283) x 0.80 = 13.60, which is less than 400 - 240 = 160 and 300 - 240 = 60. Owed:
    283 + 3.40 - 240 = 46.40; 240 + 13.60 + 46.40 = 300. The whole 283 count as met.
    """
    found = fee_schedule(
        bill("400", "300", "240", deductible="283", coinsurance="3.40", primary_allowed="300")
    )
    assert options(found) == ["160.00", "13.60", "60.00"]
    assert amounts(found) == ("13.60", "46.40")
    assert found.credited == D("283.00")


def test_nothing_is_paid_where_the_primary_payer_paid_all_that_must_be_accepted() -> None:
    """42 CFR 411.32(b): obliged 110, paid 110. 110 - 110 = 0."""
    found = fee_schedule(
        bill("150", "120", "110", coinsurance="24", primary_allowed="110", obliged="110")
    )
    assert options(found) == ["0.00", "96.00", "10.00"]
    assert amounts(found) == ("0.00", "0.00")


def test_a_primary_payment_above_medicares_schedule_leaves_nothing_to_pay() -> None:
    """Paid 160 of 200, Medicare's schedule 100, primary allows 160: 40; 80; 160 - 160 = 0."""
    found = fee_schedule(bill("200", "100", "160", coinsurance="20", primary_allowed="160"))
    assert options(found) == ["40.00", "80.00", "0.00"]
    assert amounts(found) == ("0.00", "0.00")


def test_a_laboratory_test_without_coinsurance_is_paid_up_to_medicares_fee() -> None:
    """Charge 40, primary pays 6 of 12 allowed, Medicare's fee 9.70: 34; 9.70; 12 - 6 = 6."""
    found = fee_schedule(bill("40", "9.70", "6", primary_allowed="12"))
    assert options(found) == ["34.00", "9.70", "6.00"]
    assert amounts(found) == ("6.00", "0.00")


def test_medicares_amount_counts_where_it_is_the_higher_one() -> None:
    """Primary allows 90 and pays 72, Medicare's schedule 125: 175-72=103; 100; 125-72=53."""
    found = fee_schedule(bill("175", "125", "72", coinsurance="25", primary_allowed="90"))
    assert options(found) == ["103.00", "100.00", "53.00"]
    assert amounts(found) == ("53.00", "0.00")


def test_a_service_that_the_primary_payer_denied_is_paid_as_if_medicare_were_first() -> None:
    """Paid 0, allowed 0: 175; 100; 125 - 0 = 125. The patient owes the coinsurance of 25."""
    found = fee_schedule(bill("175", "125", "0", coinsurance="25"))
    assert options(found) == ["175.00", "100.00", "125.00"]
    assert amounts(found) == ("100.00", "25.00")


def test_every_step_is_printed_with_its_arithmetic_and_its_rule() -> None:
    found = fee_schedule(bill("175", "125", "120", coinsurance="25", primary_allowed="150"))
    source = "[42 CFR 411.33(a)]"
    assert found.pays.as_text().splitlines() == [
        f"option 1: charge less primary payment: 175.00 - 120.00 = 55.00 {source}",
        f"option 2: Medicare's payment if it were primary: 125.00 - 25.00 = 100.00 {source}",
        f"option 3: {HIGHER}: 150.00 - 120.00 = 30.00 {source}",
        f"secondary payment: lowest of 55.00, 100.00, 30.00 = 30.00 {source}",
        "Pays 30.00",
    ]


# 42 CFR 411.33(e): stays and other services of facilities


def test_the_regulations_stay_of_seven_days() -> None:
    """42 CFR 411.33(f)(1): charges 2,800, gross 2,700, deductible 520, primary paid 2,360."""
    found = other_basis(bill("2800", "2700", "2360", deductible="520"))
    # 2,700-520=2,180; 2,700-2,360=340; 2,800-2,360=440; 2,800-520=2,280
    assert options(found) == ["2180.00", "340.00", "440.00", "2280.00"]
    assert amounts(found) == ("340.00", "0.00")


def test_the_regulations_stay_of_one_day_leaves_part_of_the_deductible() -> None:
    """42 CFR 411.33(f)(2): charges 750, gross 850, deductible 520, primary paid 450."""
    found = other_basis(bill("750", "850", "450", deductible="520"))
    # 850-520=330; 850-450=400; 750-450=300; 750-520=230; the patient owes 520-450=70
    assert options(found) == ["330.00", "400.00", "300.00", "230.00"]
    assert amounts(found) == ("230.00", "70.00")


def test_the_regulations_eight_dialysis_treatments() -> None:
    """42 CFR 411.33(f)(3): 8 x 160 = 1,280 charged, 8 x 131 = 1,048 gross, primary paid 1,024.

    Deductible 75, coinsurance (1,048 - 75) x 0.20 = 194.60.
    """
    found = other_basis(bill("1280", "1048", "1024", deductible="75", coinsurance="194.60"))
    # 1,048-75-194.60=778.40; 1,048-1,024=24; 1,280-1,024=256; 1,280-75-194.60=1,010.40
    assert options(found) == ["778.40", "24.00", "256.00", "1010.40"]
    assert amounts(found) == ("24.00", "0.00")


def test_the_regulations_hospital_that_agreed_to_accept_less() -> None:
    """42 CFR 411.33(f)(4): charges 4,000, gross 3,500, 3,000 to be accepted, 2,900 paid."""
    found = other_basis(bill("4000", "3500", "2900", deductible="520", obliged="3000"))
    # 3,500-520=2,980; 3,500-2,900=600; 3,000-2,900=100; 3,000-520=2,480
    assert options(found) == ["2980.00", "600.00", "100.00", "2480.00"]
    assert amounts(found) == ("100.00", "0.00")


def test_a_stay_of_2026_that_an_employers_plan_paid_in_part() -> None:
    """Gross 12,000, charges 30,000, deductible of 2026 1,736, primary paid 9,000.

    12,000-1,736=10,264; 12,000-9,000=3,000; 30,000-9,000=21,000; 30,000-1,736=28,264.
    """
    found = other_basis(bill("30000", "12000", "9000", deductible="1736"))
    assert options(found) == ["10264.00", "3000.00", "21000.00", "28264.00"]
    assert amounts(found) == ("3000.00", "0.00")


def test_a_stay_with_nothing_paid_is_paid_as_if_medicare_were_first() -> None:
    """A conditional payment: 12,000 - 1,736 = 10,264, and the deductible is the patient's."""
    found = other_basis(bill("30000", "12000", "0", deductible="1736"))
    assert amounts(found) == ("10264.00", "1736.00")


def test_long_stays_count_daily_coinsurance_with_the_deductible() -> None:
    """70 days: days 61 to 70 are 10 x 434 = 4,340; with 1,736 that is 6,076.

    Gross 40,000, charges 90,000, paid 5,000: 33,924; 35,000; 85,000; 83,924. Owed: 1,076.
    """
    found = other_basis(
        bill("90000", "40000", "5000", deductible="1736", coinsurance=str(10 * 434))
    )
    assert options(found) == ["33924.00", "35000.00", "85000.00", "83924.00"]
    assert amounts(found) == ("33924.00", "1076.00")


def test_an_outpatient_copayment_is_met_by_what_the_primary_payer_paid() -> None:
    """Gross 500, copayment 100, charges 1,400, 1,000 to be accepted, 450 paid.

    500-100=400; 500-450=50; 1,000-450=550; 1,000-100=900.
    """
    found = other_basis(bill("1400", "500", "450", coinsurance="100", obliged="1000"))
    assert options(found) == ["400.00", "50.00", "550.00", "900.00"]
    assert amounts(found) == ("50.00", "0.00")


@pytest.mark.parametrize("formula", [fee_schedule, other_basis])
@pytest.mark.parametrize("paid", ["0", "17.5", "99.99", "100", "120", "149.5", "200"])
def test_no_more_than_the_charge_is_ever_collected(formula: object, paid: str) -> None:
    assert callable(formula)
    one = bill("150", "120", paid, deductible="50", coinsurance="14", primary_allowed="140")
    found = formula(one)
    pays, owes = found.pays.amount, found.owes.amount
    assert pays >= 0
    assert 0 <= owes <= 64  # 50 + 14
    assert pays + owes + min(one.paid, one.charge) <= one.charge


# Conditional payments and what is repaid


def test_a_liability_insurer_has_120_days_from_the_end_of_care() -> None:
    """Care ended 2026-01-10; 120 days later is 2026-05-10, still prompt; 2026-05-11 is not."""
    asked = Asked("liability", date(2026, 1, 10), filed=date(2026, 2, 1))
    assert not conditional(asked, date(2026, 5, 10)).may_pay
    assert conditional(asked, date(2026, 5, 10)).from_day == date(2026, 5, 11)
    assert conditional(asked, date(2026, 5, 11)).may_pay


def test_a_no_fault_insurer_has_120_days_from_the_day_it_got_the_claim() -> None:
    """Filed 2026-02-01; 120 days later is 2026-06-01."""
    asked = Asked("no-fault", date(2026, 1, 10), filed=date(2026, 2, 1))
    assert not conditional(asked, date(2026, 6, 1)).may_pay
    assert conditional(asked, date(2026, 6, 2)).may_pay


def test_a_work_injury_insurer_must_be_asked_first() -> None:
    found = conditional(Asked("workers' compensation", date(2026, 1, 10)), date(2026, 12, 1))
    assert not found.may_pay
    assert "no claim was filed" in found.why


def test_a_denial_frees_medicare_at_once_and_a_payment_binds_it() -> None:
    day = date(2026, 2, 20)
    denied = Asked("no-fault", date(2026, 1, 10), date(2026, 2, 1), denied=date(2026, 2, 15))
    assert conditional(denied, day).may_pay
    assert not conditional(denied, date(2026, 2, 14)).may_pay
    paid = Asked("no-fault", date(2026, 1, 10), date(2026, 2, 1), paid=True)
    assert not conditional(paid, day).may_pay


def test_a_conditional_payment_is_repaid_within_sixty_days() -> None:
    assert repay_by(date(2026, 3, 1)) == date(2026, 4, 30)


def test_medicare_bears_its_share_of_the_cost_of_a_settlement() -> None:
    """42 CFR 411.37(c): 10,000 paid, settlement 50,000, cost 20,000.

    10,000 x 20,000 / 50,000 = 4,000; 10,000 - 4,000 = 6,000.
    """
    assert repaid(D(10000), D(50000), D(20000)).amount == D("6000.00")


def test_medicare_takes_the_settlement_less_its_cost_where_it_paid_more() -> None:
    """42 CFR 411.37(d): 60,000 paid, settlement 50,000, cost 20,000: 30,000."""
    assert repaid(D(60000), D(50000), D(20000)).amount == D("30000.00")


def test_medicare_recovers_nothing_where_the_cost_took_the_whole_settlement() -> None:
    """100 paid, settlement 200, cost 300: 100 x 300 / 200 = 150, and no more than 100 is borne."""
    assert repaid(D(100), D(200), D(300)).amount == 0
    assert repaid(D(200), D(200), D(300)).amount == 0
    with pytest.raises(ValueError, match="give neither below 0"):
        repaid(D(100), D(200), D(-1))


def test_a_settlement_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="a settlement of 0 recovers nothing"):
        repaid(D(10), D(0), D(0))
