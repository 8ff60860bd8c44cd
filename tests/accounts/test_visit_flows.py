"""Whatever happens to a visit, its sums add up to what is still owed."""

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_books import FIRST
from made_patients import JAN, adds_up, hand, of_jan, office_visit

from codinglab.accounts.by_hand import (
    Money,
    NotAllowed,
    owe_refund,
    patient_payment,
    pay_refund,
    transfer,
    undo,
    write_off,
)
from codinglab.accounts.statement import statement

DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["pay", "give up", "help", "bad debt", "owe", "refund", "move", "undo"]),
        st.integers(1, 9_000),
    ),
    max_size=8,
)


def does(store, at: int, deed: str, amount: Decimal) -> None:
    by, money = hand(f"h{at}", date(2026, 4, 2)), Money("OV1", amount)
    if deed == "pay":
        patient_payment(store, by, money)
    elif deed == "owe":
        owe_refund(store, by, money)
    elif deed == "refund":
        pay_refund(store, by, money)
    elif deed == "move":
        transfer(store, by, Money("OV2", amount, FIRST), "")
    elif deed == "undo":
        undo(store, by, f"h{at - 1}")
    else:
        reasons = {"give up": "small balance", "help": "financial assistance"}
        write_off(store, by, money, reasons.get(deed, "bad debt"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DEEDS)
def test_charges_less_what_came_off_are_what_is_owed(deeds: list[tuple[str, int]]) -> None:
    store = office_visit(of_jan("OV2", "99214 90.00"))
    for at, (deed, cents) in enumerate(deeds):
        try:
            does(store, at, deed, Decimal(cents) / 100)
        except NotAllowed:
            continue
    told = statement(store, JAN, date(2026, 4, 20))
    assert all(adds_up(one) for one in told.visits)
    assert sum(told.aging) == told.owed
    assert not any(one.sums.get("other") for one in told.visits)
