"""What outpatient claims are paid, each figure worked by hand beside it.

With the wage index 0.9312 a rate is multiplied by 0.60 x 0.9312 + 0.40 = 0.95872, with 1.2245 by
0.60 x 1.2245 + 0.40 = 1.1347, and with 1 by 1.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from codinglab.codes.release import NotInTable
from codinglab.encounter.coded import ServiceLine
from codinglab.grouping.apc import Outpatient, group
from codinglab.pricing.outpatient import price, wage_index_of
from codinglab.pricing.outpatient_outlier import Charged
from codinglab.pricing.outpatient_share import shares

DAY = date(2026, 4, 10)
TOWN, CITY, ONE = Decimal("0.9312"), Decimal("1.2245"), Decimal(1)


def claim(*texts: str) -> Outpatient:
    """Group lines such as "99283-25 x2"."""
    made = []
    for number, text in enumerate(texts, 1):
        code, _, units = text.partition(" x")
        name, *modifiers = code.split("-")
        made.append(ServiceLine(name, f"line {number}", tuple(modifiers), int(units or 1)))
    return group(made, DAY)


def test_wages_move_sixty_percent_of_a_rate() -> None:
    # 426.30 x 0.95872 = 408.70; 217.31 x 0.95872 = 208.34; together 617.04
    found = price(claim("99284-25", "96374", "80053"), TOWN)
    assert [(step.what, step.how, f"{step.amount:.2f}") for step in found.steps] == [
        ("line 1: 99284, APC 5024", "426.30 x (0.60 x 0.9312 + 0.40) x 1", "408.70"),
        ("line 2: 96374, APC 5693", "217.31 x (0.60 x 0.9312 + 0.40) x 1", "208.34"),
        ("line 3: 80053", "packaged into line 1", "0.00"),
        ("outlier", "not judged: charges and threshold are not given", "0.00"),
    ]
    assert found.amount == Decimal("617.04")


def test_wages_do_not_move_a_drug() -> None:
    # 750 x 1.12 = 840.00; 217.31 x 1.1347 = 246.58
    found = price(claim("96374", "J1439 x750"), CITY)
    assert [step.how for step in found.steps[:2]] == [
        "217.31 x (0.60 x 1.2245 + 0.40) x 1",
        "1.12 x 750",
    ]
    assert found.amount == Decimal("1086.58")


def test_half_of_a_lesser_procedure_is_paid() -> None:
    # 415.32 + 0.5 x 204.98 + 0.5 x 313.60 = 415.32 + 102.49 + 156.80
    assert price(claim("12031", "10060", "20610-RT"), ONE).amount == Decimal("674.61")


def test_a_comprehensive_claim_is_one_payment_and_the_vaccine() -> None:
    # 1642.82 x 0.95872 = 1575.00; 47.84 x 0.95872 = 45.87
    found = price(claim("25605-RT", "99284-25", "71046", "36415", "80053", "G0008"), TOWN)
    assert found.amount == Decimal("1620.87")


def test_observation_is_one_payment() -> None:
    # 2672.15 x 1.1347 = 3032.0886
    assert price(claim("99284", "G0378 x12", "80053"), CITY).amount == Decimal("3032.09")


def test_what_this_system_does_not_pay_is_told_and_adds_nothing() -> None:
    found = price(claim("99283", "99213", "90662", "A0429"), ONE)
    assert [step.how for step in found.steps[1:4]] == [
        "not paid",
        "paid at cost, not in this sum",
        "paid by another schedule, not in this sum",
    ]
    assert found.amount == Decimal("278.89")


def test_a_claim_that_pays_nothing_is_zero_in_cents() -> None:
    assert str(price(claim("80053"), ONE).amount) == "0.00"


@pytest.mark.parametrize("index", [Decimal(0), Decimal(-1)])
def test_a_wage_index_that_cannot_be_is_refused(index: Decimal) -> None:
    with pytest.raises(ValueError, match="is not above 0; give the hospital's own"):
        price(claim("99283"), index)


def test_the_wage_index_of_the_labs_hospitals() -> None:
    assert wage_index_of("lakeside", DAY) == TOWN
    assert wage_index_of("metro", date(2026, 12, 31)) == CITY, "FY2026 holds all of 2026"
    with pytest.raises(NotInTable):
        wage_index_of("nowhere", DAY)


def test_the_patient_owes_twenty_percent_and_medicare_the_rest_less_two_percent() -> None:
    # 426.30 + 217.31 = 643.61; 85.26 + 43.46 = 128.72; 514.89 x 0.98 = 504.59
    found = shares(claim("99284-25", "96374"), ONE, Decimal(0))
    assert [step.how for step in found.patient.steps] == [
        "0.00 + 0.20 x (426.30 - 0.00)",
        "0.00 + 0.20 x (217.31 - 0.00)",
    ]
    assert (found.patient.amount, found.medicare.amount) == (Decimal("128.72"), Decimal("504.59"))
    assert [f"{step.amount:.2f}" for step in found.medicare.steps] == ["514.89", "-10.30"]


def test_the_deductible_comes_off_first_line_by_line() -> None:
    # 283.00 of line 1 (156.87) and line 2 (126.13 of 217.31); 0.20 x (217.31 - 126.13) = 18.24
    found = shares(claim("99282-25", "96374"), ONE, Decimal(283))
    assert [f"{step.amount:.2f}" for step in found.patient.steps] == ["156.87", "144.37"]
    assert found.patient.amount == Decimal("301.24")
    # 156.87 + 217.31 - 301.24 = 72.94; less 1.46
    assert found.medicare.amount == Decimal("71.48")


def test_the_patient_owes_nothing_for_a_preventive_service() -> None:
    # 950.10 for the screening, 106.81 for the scan: 0.20 x 106.81 = 21.36
    found = shares(claim("G0121", "70450"), ONE, Decimal(0))
    assert [f"{step.amount:.2f}" for step in found.patient.steps] == ["0.00", "21.36"]
    assert found.patient.steps[0].how == "a preventive service: no share"


def test_a_copayment_is_never_more_than_the_inpatient_deductible() -> None:
    # 11794.23 x 0.20 = 2358.85, capped at 1736
    found = shares(claim("C9600-LD", "C1874"), ONE, Decimal(0))
    assert found.patient.amount == Decimal(1736)
    assert "its copayment of 2,358.85 capped at 1,736.00" in found.patient.steps[0].how
    # 11794.23 - 1736.00 = 10058.23; less 201.16
    assert found.medicare.amount == Decimal("9857.07")


def test_a_deductible_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="is below 0; give what is still owed"):
        shares(claim("99283"), ONE, Decimal(-1))


def charged(threshold: str = "7000", **charges: str) -> Charged:
    places = {name.replace("_", " "): Decimal(amount) for name, amount in charges.items()}
    return Charged(places, Decimal("0.25"), Decimal(threshold))


def test_an_outlier_pays_half_of_the_cost_above_the_multiple() -> None:
    # cost (40000 + 8000) x 0.25 = 12000; 1.75 x 1642.82 = 2874.94 (2874.935); limit 1642.82 + 7000
    # 0.50 x (12000 - 2874.935) = 4562.5325
    found = price(claim("25605-RT", "71046"), ONE, charged(line_1="40000", line_2="8000"))
    assert found.steps[-1].how == (
        "cost 48,000.00 x 0.25 = 12,000.00; 0.50 x (12,000.00 - 1.75 x 1,642.82)"
    )
    assert found.amount == Decimal("6205.35")  # 1642.82 + 4562.53


@pytest.mark.parametrize("charge", ["34571.28", "11499.74"])
def test_a_cost_that_is_not_above_both_limits_pays_no_outlier(charge: str) -> None:
    # 34571.28 x 0.25 = 8642.82 = 1642.82 + 7000 exactly; 11499.74 x 0.25 = 2874.94 is above the
    # multiple and below the threshold
    found = price(claim("25605-RT"), ONE, charged(line_1=charge))
    assert found.amount == Decimal("1642.82")
    assert "is not above both 2,874.94 and 8,642.82" in found.steps[-1].how


def test_packaged_charges_are_spread_by_the_payments() -> None:
    # payments 426.30 and 217.31; of 1000 packaged 426.30 / 643.61 x 1000 = 662.36 go to the first
    found = price(
        claim("99284-25", "96374", "80053"),
        ONE,
        charged("100", line_1="4000", line_2="0", line_3="1000"),
    )
    # (4000 + 662.36) x 0.25 = 1165.59; 0.50 x (1165.59 - 1.75 x 426.30) = 0.50 x 419.565 = 209.78
    assert [step.what for step in found.steps[-2:]] == ["line 1: outlier", "line 2: outlier"]
    assert [f"{step.amount:.2f}" for step in found.steps[-2:]] == ["209.78", "0.00"]


def test_outliers_without_all_charges_are_refused() -> None:
    with pytest.raises(ValueError, match="no charges for line 2"):
        price(claim("99283", "80053"), ONE, charged(line_1="100"))


def test_the_page_of_a_price_is_text_and_json() -> None:
    found = price(claim("99283"), ONE)
    assert found.as_text().splitlines()[-1] == "Pays 278.89"
    assert found.as_json()["amount"] == "278.89"


def test_the_code_names_no_rate() -> None:
    folder = Path(price.__code__.co_filename).parent
    text = "".join(file.read_text("utf-8") for file in folder.glob("outpatient*.py"))
    assert "1736" not in text
    assert "0.60" not in text
