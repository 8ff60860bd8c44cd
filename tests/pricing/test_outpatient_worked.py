"""Twelve outpatient claims worked by hand from status to the cent, and who owes what of them.

Rates of 2026 (I/OCE 27.1): 5023 278.89, 5024 426.30, 5025 608.43, 5051 204.98, 5052 415.32, 5112
1642.82, 5193 11794.23, 5441 313.60, 5521 88.91, 5522 106.81, 5693 217.31, 8005 226.07, 8011
2672.15; J1439 1.12 a mg, P9016 184.91 a unit. At the wage index 0.9312 a rate is multiplied by
0.60 x 0.9312 + 0.40 = 0.95872. The patient owes 20 %, at most 1736 for a procedure; Medicare pays
98 % of the rest (sequestration).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from codinglab.encounter.coded import ServiceLine
from codinglab.grouping.apc import Outpatient, group
from codinglab.pricing.outpatient import pay_lines, price
from codinglab.pricing.outpatient_outlier import Charged
from codinglab.pricing.outpatient_share import shares

DAY = date(2026, 4, 10)
TOWN, ONE = Decimal("0.9312"), Decimal(1)


@dataclass(frozen=True)
class Worked:
    """A claim, what each line pays, and the parts of the patient and of Medicare."""

    what: str
    lines: tuple[str, ...]
    wages: Decimal
    pays: tuple[str, ...]
    patient: str
    medicare: str


WORKED = [
    Worked(
        "emergency visit: wound repair, film and tetanus shot are packaged (Q1, N)",
        ("99283-25", "12001", "73140-F1", "90471", "90715"),
        TOWN,
        ("267.38", "0.00", "0.00", "0.00", "0.00"),  # 278.89 x 0.95872
        *("53.48", "209.62"),  # 20 % of 267.38; 213.90 - 4.28
    ),
    Worked(
        "the same repair without a visit: Q1 is paid, the highest takes in the film",
        ("12001", "73140-F1"),
        ONE,
        ("204.98", "0.00"),
        *("41.00", "160.70"),  # 40.996; 163.98 - 3.28
    ),
    Worked(
        "Q2 beside a visit is paid, beside T it is packaged",
        ("12041", "10060-59"),
        ONE,
        ("0.00", "204.98"),
        *("41.00", "160.70"),
    ),
    Worked(
        "the higher of two T on both sides, one and a half; the lesser by half",
        ("20610-50", "10060-59"),
        ONE,
        ("470.40", "102.49"),  # 313.60 x 1.5; 204.98 x 0.5
        *("114.58", "449.14"),  # 94.08 + 20.50; 458.31 - 9.17
    ),
    Worked(
        "the lesser on both sides is twice its half",
        ("12031-59", "20610-50"),
        ONE,
        ("415.32", "313.60"),  # 313.60 x 2 x 0.5
        *("145.78", "571.48"),  # 83.06 + 62.72; 583.14 - 11.66
    ),
    Worked(
        "given up before anesthesia (73): half of the comprehensive payment",
        ("25605-73-RT", "99284-25", "73110-RT"),
        TOWN,
        ("787.50", "0.00", "0.00"),  # 1642.82 x 0.95872 x 0.5 = 787.5022
        *("157.50", "617.40"),  # 630.00 - 12.60
    ),
    Worked(
        "given up under anesthesia (74): the whole of it",
        ("25605-74-RT", "99284-25", "73110-RT"),
        TOWN,
        ("1575.00", "0.00", "0.00"),  # 1642.82 x 0.95872 = 1575.0044
        *("315.00", "1234.80"),  # 1260.00 - 25.20
    ),
    Worked(
        "a day of observation with a visit is one payment (APC 8011)",
        ("99285", "G0378 x24", "70450", "96374", "80053"),
        TOWN,
        ("2561.84", "0.00", "0.00", "0.00", "0.00"),  # 2672.15 x 0.95872 = 2561.8436
        *("512.37", "2008.48"),  # 2049.47 - 40.99
    ),
    Worked(
        "an abscess drained that day undoes it: each by its own APC",
        ("99285-25", "G0378 x24", "70450", "10060"),
        ONE,
        ("608.43", "0.00", "106.81", "204.98"),
        *("184.05", "721.45"),  # 121.69 + 21.36 + 41.00; 736.17 - 14.72
    ),
    Worked(
        "two scans of a kind are one composite (APC 8005)",
        ("99284-25", "70450", "70450-59"),
        ONE,
        ("426.30", "226.07", "0.00"),
        *("130.47", "511.46"),  # 85.26 + 45.21; 521.90 - 10.44
    ),
    Worked(
        "a drug by its units and blood by its units: wages move blood, not the drug",
        ("96374", "J1439 x750", "P9016 x2"),
        TOWN,
        ("208.34", "840.00", "354.55"),  # 217.31, 184.91 x 2 = 369.82, each x 0.95872
        *("280.58", "1099.86"),  # 41.67 + 168.00 + 70.91; 1122.31 - 22.45
    ),
    Worked(
        "a stent with its device: packaged, and the copayment is capped",
        ("C9600-LD", "C1874", "93005"),
        ONE,
        ("11794.23", "0.00", "0.00"),
        *("1736.00", "9857.07"),  # 20 % would be 2358.85; 10058.23 - 201.16
    ),
]


def claim(*texts: str) -> Outpatient:
    """Group lines such as "99283-25 x2"."""
    made = []
    for number, text in enumerate(texts, 1):
        code, _, units = text.partition(" x")
        name, *modifiers = code.split("-")
        made.append(ServiceLine(name, f"line {number}", tuple(modifiers), int(units or 1)))
    return group(made, DAY)


@pytest.mark.parametrize("one", WORKED, ids=[one.what for one in WORKED])
def test_each_line_pays_and_each_payer_owes_what_was_worked_by_hand(one: Worked) -> None:
    grouped = claim(*one.lines)
    paid = pay_lines(grouped, one.wages)
    assert tuple(f"{line.payment:.2f}" for line in paid) == one.pays
    both = shares(grouped, one.wages, deductible=Decimal(0))
    assert (str(both.patient.amount), str(both.medicare.amount)) == (one.patient, one.medicare)


def test_a_stent_that_costs_far_more_than_it_pays_is_an_outlier() -> None:
    # Charges 96,000 + 4,000 packaged; x 0.25 = 25,000. 1.75 x 11,794.23 = 20,639.90;
    # 11,794.23 + 7,000 = 18,794.23: above both. 0.5 x (25,000 - 20,639.9025) = 2,180.05
    charged = Charged(
        {"line 1": Decimal(96000), "line 2": Decimal(4000)}, Decimal("0.25"), Decimal(7000)
    )
    found = price(claim("C9600-LD", "C1874"), ONE, charged)
    assert found.steps[-1].amount == Decimal("2180.05")
    assert found.amount == Decimal("13974.28")  # 11,794.23 + 2,180.05


def test_a_device_procedure_given_up_before_anesthesia_asks_for_the_part_of_its_device() -> None:
    found = claim("C9600-LD-73")
    assert found.lines[0].multiple == "0.5"
    assert found.open == (
        (
            "line 1: the part of the device comes off the payment of C9600 before it is halved, "
            "and is not at hand"
        ),
    )
    assert claim("C9600-LD-74", "C1874").open == ()
    assert claim("25605-73-RT").open == ()
