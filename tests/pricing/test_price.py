"""A price prints its arithmetic and loses no digit."""

from decimal import Decimal

import pytest

from codinglab.pricing.price import Price, Step, cents

STEP = Step("operating payment", "6000.00 x 1.5", Decimal("9000.0000"), "42 CFR 412.64")


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [("1.005", "1.01"), ("1.0049999", "1.00"), ("2.675", "2.68"), ("-1.005", "-1.01")],
)
def test_half_a_cent_goes_up(exact, rounded):
    assert cents(Decimal(exact)) == Decimal(rounded)


def test_a_price_reads_as_its_steps_and_then_its_amount():
    assert Price(Decimal("9000.00"), (STEP,)).as_text() == (
        "operating payment: 6000.00 x 1.5 = 9,000.00 [42 CFR 412.64]\nPays 9,000.00"
    )


def test_json_keeps_every_digit_as_text():
    assert Price(Decimal("9000.00"), (STEP,)).as_json() == {
        "amount": "9000.00",
        "steps": [
            {
                "what": "operating payment",
                "how": "6000.00 x 1.5",
                "amount": "9000.0000",
                "source": "42 CFR 412.64",
            }
        ],
    }
