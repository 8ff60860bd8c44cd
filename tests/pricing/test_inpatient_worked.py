"""Ten stays priced by hand to the cent, the arithmetic of each part beside its figure.

lakeside: wage index 0.9312, so the labour share is 0.62: 6752.61 x 0.62 = 4186.62;
  4186.62 x 0.9312 + 2565.99 = 6464.5705; capital 524.15 x 0.9312^0.6848 (0.9524) = 499.2005
metro: wage index 1.2245, so 0.66: 4456.72 x 1.2245 + 2295.89 = 7753.1436; capital 524.15 x 1.1488
  = 602.1435; teaching 1.35 x (1.35^0.405 - 1) = 0.1744702, capital e^(0.2822 x 0.25) - 1
  = 0.0730982
riverbend: wage index 1, so 0.62: 6752.61; capital 524.15
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from codinglab.pricing.inpatient import price_stay
from codinglab.pricing.inpatient_bill import StayBill

DAY = date(2026, 5, 10)


@dataclass(frozen=True)
class Worked:
    """A stay's bill and hospital, its payment `due`, and the `parts` that add up to it."""

    what: str
    hospital: str
    drg: str
    days: int
    status: str
    parts: tuple[str, ...]
    due: str
    charges: int | None = None
    conditions: tuple[str, ...] = ()


WORKED = (
    Worked(
        "teaching hospital, wage index above 1, home",
        *("metro", "291", 5, "01"),
        (
            "9953.4858",  # 7753.1436 x weight 1.2838
            "1736.5868",  # teaching: x 0.1744702
            "398.1394",  # low income: 0.25 x 0.16 x 9953.4858
            "773.0319",  # capital: 602.1435 x 1.2838
            "56.5073",  # x 0.0730982
            "49.4740",  # x 0.0640
            "612.4000",  # uncompensated care
            "40.9287",  # (1.004112 - 1) x 9953.4858
            "-37.8232",  # (0.9962 - 1) x 9953.4858
        ),
        "13582.73",
    ),
    Worked(
        "to rehabilitation (62) on day 2, but 2 + 1 days are above the mean of 2.8; no outlier",
        *("lakeside", "065", 2, "62"),
        (
            "6531.1556",  # 6464.5705 x 1.0103
            "504.3422",  # 499.2005 x 1.0103
        ),
        "7035.50",
        charges=38000,  # cost 38000 x 0.296 = 11248.00
    ),
    Worked(
        "special pay DRG to a nursing facility: half, and half by the day",
        *("metro", "481", 3, "03"),
        (
            "15672.4840",  # 7753.1436 x 2.0945 = 16238.9594; x (0.5 + 0.5 x 4 / 4.3) = 0.9651163
            "2734.3817",
            "626.8994",
            "1217.1946",  # 602.1435 x 2.0945 = 1261.1896; x 0.9651163
            "88.9748",
            "77.9005",
            "612.4000",
            "64.4453",
            "-59.5554",
        ),
        "21035.12",
    ),
    Worked(
        "to another acute hospital (02), by the day; acquired conditions cut the whole",
        *("riverbend", "280", 2, "02"),
        (
            "7925.7525",  # 6752.61 x 1.6041 = 10831.8617; x (2 + 1) / 4.1
            "166.4408",  # 0.25 x 0.0840 x 7925.7525
            "615.2115",  # 524.15 x 1.6041 = 840.7890; x 3 / 4.1
            "25.2237",  # x 0.0410
            "287.1500",
            "-17.0800",  # (0.997845 - 1) x 7925.7525
            "-70.5392",  # (0.9911 - 1) x 7925.7525
            "-89.3216",  # -0.01 x 8932.1592
        ),
        "8842.84",
    ),
    Worked(
        "died (20), an outlier: wages move the fixed loss too",
        *("metro", "871", 9, "20"),
        (
            "15060.4815",
            "2627.6055",
            "602.4193",
            "1169.6638",
            "85.5003",
            "74.8585",
            "612.4000",
            # fixed loss 40397 x (0.66 x 1.2245 + 0.34 = 1.14817) x 0.215 / 0.231 = 43170.0
            #   and 40397 x 1.1488 x 0.016 / 0.231 = 3214.4
            # cost 420000 x 0.215 = 90300 and x 0.016 = 6720
            # 0.8 x (90300 - 18902.9062 - 43169.97 + 6720 - 1330.0226 - 3214.40)
            "24322.1479",
            "61.9287",
            "-57.2298",
        ),
        "44559.78",
        charges=420000,
    ),
    Worked(
        "home care (06) that starts late, condition code 43: no transfer",
        *("lakeside", "193", 2, "06"),
        ("8497.0315", "656.1491"),  # 6464.5705 and 499.2005, x 1.3144
        "9153.18",
        conditions=("43",),
    ),
    Worked(
        "burns: 90 of 100 above the threshold",
        *("lakeside", "927", 20, "01"),
        (
            "138021.8134",  # 6464.5705 x 21.3505, the weight after the cap on its fall
            "10658.1794",
            # fixed loss 35930.07 and 2729.58; cost 412500 and 31500
            # 0.9 x (412500 - 138021.8134 - 35930.07 + 31500 - 10658.1794 - 2729.58)
            "230994.3160",
        ),
        "379674.31",
        charges=1500000,
    ),
    Worked(
        "left against advice (07) after a day: no transfer, the whole payment",
        *("metro", "470", 1, "07"),
        (
            "14955.0388",
            "2609.2089",
            "598.2016",
            "1161.4746",
            "84.9017",
            "74.3344",
            "612.4000",
            "61.4951",
            "-56.8291",
        ),
        "20100.23",
    ),
    Worked(
        "post-acute (62) after a day of a mean of 3.3: 2 / 3.3",
        *("metro", "469", 1, "62"),
        (
            "14252.6274",  # 7753.1436 x 3.0332 = 23516.8353; x 2 / 3.3
            "2486.6590",
            "570.1051",
            "1106.9223",
            "80.9141",
            "70.8430",
            "612.4000",
            "58.6068",
            "-54.1600",
        ),
        "19184.92",
    ),
    Worked(
        "special pay transfer and outlier: the fixed loss is cut by the same part",
        *("riverbend", "481", 2, "62"),
        (
            "12005.3947",  # 14143.3416 x (0.5 + 0.5 x 3 / 4.3) = 0.8488372
            "252.1133",
            "931.8808",
            "38.2071",
            "287.1500",
            # fixed loss 40397 x 0.8488372 = 34290.4767: x 0.31 / 0.334 and x 0.024 / 0.334
            # cost 250000 x 0.31 = 77500 and x 0.024 = 6000
            # 0.8 x (77500 - 12544.6580 - 31826.4903 + 6000 - 970.0879 - 2463.9863)
            "28555.8219",
            "-25.8716",
            "-106.8480",
            "-419.3785",  # -0.01 x 41937.8483
        ),
        "41518.47",
        charges=250000,
    ),
)
WHOLE = {"wage-adjusted amount", "capital rate where the hospital is"}
COMPARED = {"cost of the stay", "outlier threshold"}


@pytest.mark.parametrize("one", WORKED, ids=[one.what for one in WORKED])
def test_a_stay_worked_by_hand_has_that_price(one: Worked) -> None:
    charges = None if one.charges is None else Decimal(one.charges)
    bill = StayBill(one.drg, DAY, one.days, one.status, charges, one.conditions)
    price = price_stay(bill, one.hospital)
    cut = {step.what.removesuffix(" of a transfer") for step in price.steps if "of a" in step.what}
    parts = [
        f"{step.amount:.4f}"
        for step in price.steps
        if step.what not in WHOLE | COMPARED | cut and step.amount
    ]
    assert parts == list(one.parts)
    assert price.amount == Decimal(one.due)
    assert round(sum(map(Decimal, one.parts)), 2) == Decimal(one.due)
