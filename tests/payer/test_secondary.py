"""What other plans pay as second payer, to the cent."""

from datetime import date
from decimal import Decimal

import pytest

from codinglab.claim.adjudicated import Adjustment
from codinglab.payer.coordination_prior import Earlier
from codinglab.payer.coordination_tables import supplement_on
from codinglab.payer.msp_payment import Secondary
from codinglab.payer.secondary import Method, Own, secondary, supplement

D = Decimal
DAY = date(2026, 3, 3)


def earlier(charge: str, paid: str, contract: str, **shares: str) -> Earlier:
    """Return one earlier payer: paid, CO 45 and PR by number ("pr1", "pr2")."""
    left = tuple(Adjustment("PR", name[2:], D(amount)) for name, amount in shares.items())
    allowed = D(paid) + sum(one.amount for one in left)
    return Earlier(D(charge), D(paid), D(contract), D(contract), allowed, left)


def own(allowed: str, **shares: str) -> Own:
    return Own(D(allowed), **{name: D(amount) for name, amount in shares.items()})


def amounts(found: Secondary) -> tuple[str, str]:
    return f"{found.pays.amount:.2f}", f"{found.owes.amount:.2f}"


# A charge of 200, first payer: allowed 150, paid 120, left 30

FIRST = earlier("200", "120", "50", pr2="30")


@pytest.mark.parametrize(
    ("method", "plan", "expected"),
    [
        # normal benefit 160 - 32 = 128; left 150 - 120 = 30; the lesser is 30
        ("standard", own("160", coinsurance="32"), ("30.00", "0.00")),
        # 128 - 120 = 8; of the 30 left 22 stay the patient's
        ("carve-out", own("160", coinsurance="32"), ("8.00", "22.00")),
        # 160 - 120 = 40; 40 x 0.80 = 32; no more than 30 are left
        ("exclusion", own("160", coinsurance="32"), ("30.00", "0.00")),
        # normal benefit 100 - 20 = 80; left 30
        ("standard", own("100", coinsurance="20"), ("30.00", "0.00")),
        # 80 - 120 is below 0
        ("carve-out", own("100", coinsurance="20"), ("0.00", "30.00")),
        # 100 - 120 is below 0
        ("exclusion", own("100", coinsurance="20"), ("0.00", "30.00")),
        # own deductible 140 of 160, coinsurance 20 x 0.20 = 4: normal benefit 16 of the 30 left
        ("standard", own("160", deductible="140", coinsurance="4"), ("16.00", "14.00")),
        # 16 - 120 is below 0
        ("carve-out", own("160", deductible="140", coinsurance="4"), ("0.00", "30.00")),
        # 160 - 120 = 40, less the deductible of 140
        ("exclusion", own("160", deductible="140", coinsurance="4"), ("0.00", "30.00")),
        # a copayment of 25: normal benefit 135; left 30
        ("standard", own("160", copayment="25"), ("30.00", "0.00")),
        # 135 - 120 = 15
        ("carve-out", own("160", copayment="25"), ("15.00", "15.00")),
        # (160 - 120) - 25 = 15
        ("exclusion", own("160", copayment="25"), ("15.00", "15.00")),
    ],
)
def test_a_plan_pays_after_another_by_its_method(
    method: Method, plan: Own, expected: tuple[str, str]
) -> None:
    assert amounts(secondary(method, plan, FIRST)) == expected


def test_exclusion_takes_deductible_then_coinsurance_of_what_is_left() -> None:
    """Allowed 1,000, paid 400, deductible 100, coinsurance 180 = (1,000 - 100) x 0.20.

    1,000 - 400 = 600; 600 - 100 = 500; 500 x 0.80 = 400; of the 600 left 200 are the patient's.
    """
    first = earlier("1000", "400", "0", pr1="500", pr2="100")
    found = secondary("exclusion", own("1000", deductible="100", coinsurance="180"), first)
    assert amounts(found) == ("400.00", "200.00")


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        # 80 - 120 is below 0: nothing
        ("80", "0.00"),
        # 130 - 120 = 10, less than the 30 left
        ("130", "10.00"),
        # 155 - 120 = 35: the 30 left are less
        ("155", "30.00"),
    ],
)
def test_medicaid_pays_the_lesser_of_share_and_rate_and_the_patient_nothing(
    rate: str, expected: str
) -> None:
    assert amounts(secondary("lesser of", own(rate), FIRST)) == (expected, "0.00")


def test_medicaid_after_a_first_payer_that_took_all_for_its_deductible() -> None:
    """Left 150 - 0 = 150; own rate 62: 62."""
    first = earlier("200", "0", "50", pr1="150")
    assert amounts(secondary("lesser of", own("62"), first)) == ("62.00", "0.00")


def test_a_plan_pays_its_normal_benefit_where_the_first_payer_paid_nothing() -> None:
    """The first took 150 for its deductible; 150 x 0.80 = 120, and 30 stay the patient's."""
    first = earlier("200", "0", "50", pr1="150")
    found = secondary("standard", own("150", coinsurance="30"), first)
    assert amounts(found) == ("120.00", "30.00")


@pytest.mark.parametrize(
    ("letter", "deductible", "coinsurance", "stay", "expected"),
    [
        # A: coinsurance alone
        ("A", "100", "40", False, ("40.00", "100.00")),
        ("A", "1736", "0", True, ("0.00", "1736.00")),
        # G: the hospital's deductible, not that of Part B
        ("G", "100", "40", False, ("40.00", "100.00")),
        ("G", "1736", "434", True, ("2170.00", "0.00")),
        # F and C: both
        ("F", "100", "40", False, ("140.00", "0.00")),
        ("C", "100", "40", False, ("140.00", "0.00")),
        # K: half; 40 x 0.50 = 20; 1,736 x 0.50 = 868
        ("K", "100", "40", False, ("20.00", "120.00")),
        ("K", "1736", "0", True, ("868.00", "868.00")),
        # L: three quarters; 40 x 0.75 = 30; 1,736 x 0.75 = 1,302
        ("L", "0", "40", False, ("30.00", "10.00")),
        ("L", "1736", "0", True, ("1302.00", "434.00")),
        # M: half of the hospital's deductible
        ("M", "1736", "434", True, ("1302.00", "868.00")),
        ("M", "0", "40", False, ("40.00", "0.00")),
    ],
)
def test_a_supplement_pays_the_shares_of_its_letter(
    letter: str, deductible: str, coinsurance: str, stay: bool, expected: tuple[str, str]
) -> None:
    """NAIC Model 651 s. 9.1."""
    charge = str(D(deductible) + D(coinsurance) + 1000)
    medicare = earlier(charge, "1000", "0", pr1=deductible, pr2=coinsurance)
    found = supplement(supplement_on(letter, DAY), medicare, hospital_stay=stay)
    assert amounts(found) == expected


METHODS: tuple[Method, ...] = ("standard", "carve-out", "exclusion", "lesser of")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("paid", ["0", "40", "119.99", "150"])
@pytest.mark.parametrize("allowed", ["0", "60", "150", "200"])
def test_all_payers_together_never_pay_more_than_must_be_accepted(
    method: Method, paid: str, allowed: str
) -> None:
    rest = str(D(150) - D(paid))
    first = earlier("200", paid, "50", pr1=rest)
    found = secondary(method, own(allowed, coinsurance=str(D(allowed) / 5)), first)
    pays, owes = found.pays.amount, found.owes.amount
    assert pays >= 0
    assert owes >= 0
    assert first.paid + pays + owes <= 150
    assert pays <= D(allowed)
