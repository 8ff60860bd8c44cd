"""A clue makes one ask; it never makes a code."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from codinglab.codes import icd10cm_dates
from codinglab.core.dates import NotInForce
from codinglab.grouping.hcc_suspects import Clue, rules, suspects

DAY = date(2026, 5, 10)


def egfr(value: int, days_before: int) -> Clue:
    return Clue("result", "eGFR", DAY - timedelta(days=days_before), Decimal(value))


def found(*clues: Clue, codes: tuple[str, ...] = ()) -> list[str]:
    return [one.rule for one in suspects(clues, codes, DAY)]


def test_a_drug_without_its_disease() -> None:
    (one,) = suspects([Clue("drug", "carbidopa-levodopa", DAY)], ["I10"], DAY)
    assert str(one) == (
        "Suspicion, not a diagnosis: Parkinson's disease? Seen: carbidopa-levodopa on 2026-05-10. "
        "It may also be another parkinsonism or restless legs. Ask the practitioner openly [FDA "
        "labelling, indications and usage]"
    )


@pytest.mark.parametrize("code", ["G20.A1", "G21.4", "G25.81"])
def test_a_code_that_explains_the_drug_answers_it(code: str) -> None:
    assert found(Clue("drug", "carbidopa-levodopa", DAY), codes=(code,)) == []


def test_kidney_function_below_60_twice_three_months_apart() -> None:
    assert found(egfr(52, 90), egfr(55, 0)) == ["result.egfr"]


@pytest.mark.parametrize(
    "clues",
    [
        (egfr(52, 0),),  # once
        (egfr(52, 89), egfr(55, 0)),  # a day too near
        (egfr(60, 120), egfr(55, 0)),  # one of them is not low
    ],
)
def test_kidney_function_that_is_no_clue_yet(clues: tuple[Clue, ...]) -> None:
    assert found(*clues) == []


@pytest.mark.parametrize("code", ["N18.31", "I12.9", "E11.22"])
def test_a_coded_kidney_disease_answers_the_results(code: str) -> None:
    assert found(egfr(52, 90), egfr(55, 0), codes=(code,)) == []


def test_a_body_mass_index_alone_is_no_diagnosis_of_obesity() -> None:
    index = Clue("result", "body mass index", DAY, Decimal("40.0"))
    assert found(index, codes=("Z68.41",)) == ["result.bmi"]
    assert found(index, codes=("E66.813",)) == []
    assert found(Clue("result", "body mass index", DAY, Decimal("39.9"))) == []


def test_an_unknown_clue_hints_at_nothing() -> None:
    assert found(Clue("drug", "amlodipine", DAY)) == []


def test_a_result_without_a_value_is_a_fault() -> None:
    with pytest.raises(ValueError, match="eGFR on 2026-05-10 has no value; give it in mL/min"):
        found(Clue("result", "eGFR", DAY))


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2027, 1, 1)])
def test_a_day_without_rules_is_refused(day: date) -> None:
    with pytest.raises(NotInForce, match="known: from 2025-01-01"):
        suspects([], [], day)


def test_every_rule_has_a_source_another_explanation_and_real_codes() -> None:
    every = rules(DAY)
    assert len(every) == 15
    for one in every:
        assert one.source
        assert one.else_by
        assert one.code.startswith(f"{one.kind}.")
        for code in one.answered_by.split():
            assert icd10cm_dates.text().find(code) is not None, (one.code, code)
