"""No fact of a person is guessed, and each model refuses whom it does not pay."""

from datetime import date

import pytest
from made_people import WOMAN, person

from codinglab.grouping.hcc import risk
from codinglab.grouping.hcc_profile import BadProfile, RiskProfile, age_for


@pytest.mark.parametrize("fact", sorted(WOMAN))
def test_every_fact_must_be_given(fact: str) -> None:
    given = {name: value for name, value in WOMAN.items() if name != fact}
    with pytest.raises(TypeError, match=fact):
        RiskProfile(**given, diagnoses=())


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"age": -1}, "an age of -1 years"),
        ({"age": 125}, "an age of 125 years"),
        ({"sex": None}, "sex None"),
        ({"dual_status": "07"}, "dual status '07': write one of 00, 01, 02"),
        ({"dual_status": ""}, "dual status ''"),
        ({"original_entitlement": "4"}, "original reason for entitlement '4'"),
        ({"original_entitlement": ""}, "original reason for entitlement ''"),
        ({"age": 40}, "40 years old and entitled by age"),
        ({"plan": "HMO"}, "plan 'HMO': write MA, PDP or PACE"),
    ],
)
def test_what_cannot_be_is_refused(facts: dict[str, object], says: str) -> None:
    with pytest.raises(BadProfile, match=says):
        person(**facts)


def test_the_age_is_that_of_the_first_of_february() -> None:
    assert age_for(date(1961, 2, 1), 2026) == 65
    assert age_for(date(1961, 2, 2), 2026) == 64


@pytest.mark.parametrize(
    ("facts", "model", "says"),
    [
        ({"plan": "PACE"}, "V28", "PACE is paid by a blend with the 2017 model"),
        ({"plan": "PDP"}, "V28", "a drug plan alone is Part D: ask for RxHCC"),
        ({"kidney_failure": True}, "V28", "the ESRD models do"),
        ({}, "V22", "model 'V22': choose one of V24, V28, RxHCC"),
    ],
)
def test_a_model_refuses_whom_it_does_not_pay(
    facts: dict[str, object], model: str, says: str
) -> None:
    with pytest.raises(BadProfile, match=says):
        risk(person(**facts), 2026, model)


@pytest.mark.parametrize(
    ("status", "benefits"), [("00", "none"), ("01", "partial"), ("02", "full"), ("08", "full")]
)
def test_the_dual_status_tells_the_medicaid_benefits(status: str, benefits: str) -> None:
    assert person(dual_status=status).medicaid == benefits
