"""What is paid after a dispute over an estimate: item by item, and the fee that is credited."""

from datetime import date

import pytest
from made_patients import money

from codinglab.accounts.estimate import EstimateRefused
from codinglab.accounts.estimate_dispute import Billed
from codinglab.accounts.estimate_file import read_estimate
from codinglab.accounts.estimate_outcome import BilledItem, outcome
from codinglab.core.places import data_folder

# the practice expects 90.00 for 99213-25 and 192.00 for 11401, 282.00 in all
FILE = data_folder("curriculum") / "accounts" / "patient" / "examples" / "estimate.yml"
CAME, STARTED = date(2026, 8, 3), date(2026, 8, 10)


def item(told: str) -> BilledItem:
    """Return an item told as "11401 692.00 credible 400.00"."""
    code, billed, *more = told.split()
    median = money(more[1]) if len(more) > 1 else None
    return BilledItem(code, money(billed), bool(more), median)


def decided(*told: str, day: date = STARTED):
    items = [item(one) for one in told]
    bill = Billed("1234567893", sum((one.billed for one in items), money("0")), CAME)
    return outcome(read_estimate(FILE), bill, items, day)


@pytest.mark.parametrize(
    ("told", "pays"),
    [
        ("11401 692.00", "192.00"),  # not justified: as estimated
        ("11401 692.00 credible 400.00", "400.00"),  # the lesser of 692 and 400
        ("11401 692.00 credible 800.00", "692.00"),  # the lesser of 692 and 800
        ("11401 692.00 credible 150.00", "192.00"),  # a median below the estimate: the estimate
        ("11401 692.00 credible 192.00", "192.00"),
        ("80053 692.00", "0"),  # new, and not justified
        ("80053 692.00 credible 35.00", "35.00"),  # new: the lesser, however low
        ("80053 692.00 credible 700.00", "692.00"),
    ],
)
def test_each_item_is_paid_by_its_own_rule(told: str, pays: str) -> None:
    found = decided("99213-25 90.00", told)
    assert [one.pays for one in found.items] == [money("90.00"), money(pays)]


def test_the_fee_is_credited_where_less_than_the_bill_is_to_be_paid() -> None:
    found = decided("99213-25 90.00", "11401 692.00")
    # 90 + 192 = 282, less than 782: 282 - 25 = 257
    assert (found.decided, found.credited, found.pays) == (
        money("282.00"),
        money("25"),
        money("257.00"),
    )
    assert found.prevailed


def test_the_fee_is_not_credited_where_all_of_the_bill_is_to_be_paid() -> None:
    found = decided("99213-25 90.00", "11401 692.00 credible 692.00")
    assert (found.pays, found.credited, found.prevailed) == (money("782.00"), 0, False)


def test_an_item_billed_lower_than_estimated_is_paid_as_billed() -> None:
    found = decided("99213 60.00", "11401 692.00")
    # the modifier makes no other service of it: 60 of 90 expected
    assert [one.pays for one in found.items] == [money("60.00"), money("192.00")]
    assert found.pays == money("227.00")  # 60 + 192 - 25


def test_a_fee_is_credited_no_further_than_what_is_to_be_paid() -> None:
    found = decided("80053 700.00")  # nothing of the estimate was billed
    assert (found.decided, found.credited, found.pays) == (0, 0, 0)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (("99213 90.00", "11401 591.99"), r"399\.99 above the estimate, less than 400"),
        (("11401 692.00 credible",), "11401 is justified: name the median"),
        (("11401 400.00", "11401-59 400.00"), "11401 stands twice"),
        (("11401 800.00", "99213 -1.00"), "99213: dollars are 0 or more"),
    ],
)
def test_what_cannot_be_decided_is_told(told: tuple[str, ...], says: str) -> None:
    with pytest.raises(EstimateRefused, match=says):
        decided(*told)


def test_items_that_are_not_the_bill_and_late_disputes_are_refused() -> None:
    bill = Billed("1234567893", money("782.00"), CAME)
    with pytest.raises(EstimateRefused, match=r"the items add up to 692\.00, and the bill is 782"):
        outcome(read_estimate(FILE), bill, [item("11401 692.00")], STARTED)
    with pytest.raises(EstimateRefused, match="the 120 days ended on 2026-12-01"):
        decided("99213 90.00", "11401 692.00", day=date(2026, 12, 2))
