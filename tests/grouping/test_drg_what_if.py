"""What if: each change's DRG, weight and money stand beside the stay as it was coded."""

from decimal import Decimal

import pytest
from made_stays import stay

from codinglab.grouping.drg_what_if import (
    Outcome,
    add_diagnosis,
    add_procedure,
    changes,
    drop,
    what_if,
    with_poa,
    with_principal,
    with_status,
)
from codinglab.grouping.msdrg import group
from codinglab.grouping.msdrg_grouped import Grouped
from codinglab.grouping.stay import Stay

PNEUMONIA = stay("J18.9", "J44.1", "L89.153:N", procedures=("0W9930Z",))


def told(outcomes: tuple[Outcome, ...]) -> list[tuple[str, str, str | None]]:
    return [
        (
            one.what,
            one.grouped.drg,
            None if one.weight_difference is None else f"{one.weight_difference}",
        )
        for one in outcomes
    ]


def test_every_code_is_dropped_turned_and_put_first() -> None:
    # weights of FY2026: 193 1.3144, 194 0.8059, 195 0.6285, 190 1.1077
    assert told(what_if(stay("J18.9", "J44.1", "L89.153:N"))) == [
        ("as coded", "194", None),
        ("without J44.1", "195", "-0.1774"),
        ("without L89.153", "194", "0.0000"),
        ("J44.1 with POA N", "194", "0.0000"),
        ("L89.153 with POA Y", "193", "0.5085"),
        ("J44.1 as principal diagnosis", "190", "0.3018"),
    ]


def test_a_diagnosis_acquired_in_the_hospital_is_never_tried_as_principal() -> None:
    assert "L89.153 as principal diagnosis" not in {one.what for one in changes(PNEUMONIA)}


def test_one_change_at_a_time_can_be_asked() -> None:
    asked = [
        add_diagnosis(PNEUMONIA, "J96.01", "Y"),
        add_procedure(PNEUMONIA, "0BTC4ZZ"),
        with_status(PNEUMONIA, "20"),
        with_principal(PNEUMONIA, "line 2"),
    ]
    assert [one.grouped.drg for one in what_if(PNEUMONIA, asked)] == [
        "194",  # as coded
        "193",  # respiratory failure is an MCC
        "164",  # lobectomy: major chest procedure with CC
        "194",  # death does not change pneumonia
        "190",  # obstructive lung disease first, pneumonia as its MCC
    ]


def test_money_is_what_the_caller_says_a_group_pays() -> None:
    def pay(made: Stay, grouped: Grouped) -> Decimal:
        assert made.principal.code == "J18.9"
        return {"193": Decimal(9000), "194": Decimal(5500), "195": Decimal(4300)}[grouped.drg]

    first, second = what_if(PNEUMONIA, [drop(PNEUMONIA, "line 2")], pay)
    assert (first.pay, first.pay_difference) == (Decimal(5500), None)
    assert (second.pay, second.pay_difference) == (Decimal(4300), Decimal(-1200))
    assert second.as_json() == {
        "what": "without J44.1",
        "drg": "195",
        "title": "Simple Pneumonia and Pleurisy without CC/MCC",
        "weight": "0.6285",
        "weight_difference": "-0.1774",
        "pay": "4300",
        "pay_difference": "-1200",
    }


def test_a_group_without_a_weight_has_no_difference() -> None:
    _, outcome = what_if(PNEUMONIA, [with_principal(stay("J18.9", "V00.01XA"), "line 2")])
    assert (outcome.grouped.drg, outcome.weight, outcome.weight_difference) == ("999", None, None)


def test_a_stay_is_not_changed_by_asking() -> None:
    before = group(PNEUMONIA)
    what_if(PNEUMONIA)
    assert group(PNEUMONIA) == before


@pytest.mark.parametrize("place", ["line 1", "line 9"])
def test_only_a_secondary_code_can_be_dropped(place: str) -> None:
    with pytest.raises(ValueError, match=place):
        drop(PNEUMONIA, place)


def test_a_change_at_a_place_without_a_diagnosis_is_refused() -> None:
    with pytest.raises(ValueError, match="line 4: no diagnosis"):
        with_poa(PNEUMONIA, "line 4", "Y")
    with pytest.raises(ValueError, match="line 4: no diagnosis"):
        with_principal(PNEUMONIA, "line 4")
