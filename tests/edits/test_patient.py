"""Codes fit the patient's age on the day that counts, and the record they stand in."""

from dataclasses import replace
from datetime import date

import pytest
from made_diagnoses import DAY, coded, found, patient

from codinglab.edits import patient as rules

WARNING = [("warning", "line 1")]


@pytest.mark.parametrize(
    ("rule", "code", "born", "says"),
    [
        # on 2026-03-02, a day before or on the birthday
        (rules.newborn, "Z38.00", date(2025, 3, 3), []),  # 0
        (rules.newborn, "Z38.00", date(2025, 3, 2), WARNING),  # 1
        (rules.pediatric, "Z00.129", date(2008, 3, 3), []),  # 17
        (rules.pediatric, "Z00.129", date(2008, 3, 2), WARNING),  # 18
        (rules.maternity, "O09.523", date(2017, 3, 3), WARNING),  # 8
        (rules.maternity, "O09.523", date(2017, 3, 2), []),  # 9
        (rules.maternity, "O09.523", date(1961, 3, 3), []),  # 64
        (rules.maternity, "O09.523", date(1961, 3, 2), WARNING),  # 65
        (rules.adult, "Z00.00", date(2011, 3, 3), WARNING),  # 14
        (rules.adult, "Z00.00", date(2011, 3, 2), []),  # 15
    ],
)
def test_the_limits_are_completed_years(
    rule: object, code: str, born: date, says: list[tuple[str, str]]
) -> None:
    assert found(rule, code, about=patient(born)) == says


def test_an_inpatient_is_as_old_as_on_the_day_of_admission_and_the_claim_comes_back() -> None:
    # Born 2008-03-01: 17 on 2026-02-28, when admitted, and 18 on 2026-03-02, when discharged.
    about = replace(patient(date(2008, 3, 1), setting="inpatient"), admitted=date(2026, 2, 28))
    assert found(rules.pediatric, "Z00.129", about=about) == []
    later = replace(about, admitted=date(2026, 3, 1))
    (one,) = rules.pediatric(coded("Z00.129", about=later), DAY)
    assert one.severity.value == "error"
    assert one.message == (
        "Z00.129 is a diagnosis of children, for 0 to 17 years; the patient is 18."
    )
    assert str(one.cite) == "Definitions of Medicare Code Edits v43.0, age conflict"


def test_elsewhere_the_limit_is_told_to_be_medicares_for_inpatients() -> None:
    (one,) = rules.newborn(coded("Z38.00", about=patient(date(1990, 1, 1))), DAY)
    assert one.message == (
        "Z38.00 is a diagnosis of newborns, for the first year of life; the patient is 36. The "
        "limit is of Medicare's edit of inpatient claims."
    )


def test_a_code_for_any_age_has_no_limit() -> None:
    about = patient(date(1990, 1, 1))
    for rule in (rules.newborn, rules.pediatric, rules.maternity, rules.adult):
        assert found(rule, "I10", about=about) == []


@pytest.mark.parametrize(
    ("born", "says"),
    [
        (date(2026, 3, 2), []),
        (date(2026, 3, 3), ["The date of birth, 2026-03-03, is after the service began."]),
        (date(1901, 3, 3), []),  # 124
        (date(1901, 3, 2), ["The date of birth, 1901-03-02, is 125 years before it."]),
    ],
)
def test_a_date_of_birth_is_possible(born: date, says: list[str]) -> None:
    assert [one.message for one in rules.birth_date(coded(about=patient(born)), DAY)] == says


def test_a_patient_born_after_the_service_has_no_age_to_judge() -> None:
    assert found(rules.newborn, "I10", "Z38.00", about=patient(date(2026, 5, 1))) == []


def test_mother_and_newborn_are_two_records() -> None:
    assert found(rules.perinatal_chapter, "O70.0", "Z37.0", "P22.1") == [("error", "line 3")]
    assert found(rules.perinatal_chapter, "Z38.00", "P22.1") == []


@pytest.mark.parametrize(
    ("code", "sex", "count"),
    [("N40.1", "F", 1), ("N40.1", "M", 0), ("N83.201", "M", 1), ("I10", "F", 0), ("O21.0", "M", 0)],
)
def test_another_sexs_diagnosis_is_a_warning_and_pregnancy_left_to_its_own_rule(
    code: str, sex: str, count: int
) -> None:
    assert found(rules.sex, code, about=patient(date(1960, 1, 1), sex)) == WARNING * count


def test_the_remedy_for_a_right_claim_depends_on_the_form() -> None:
    def remedy(setting: str) -> str:
        about = patient(date(1996, 1, 1), "M", setting)
        (one,) = rules.pregnancy_sex(coded("O21.0", about=about), DAY)
        return one.remedy.partition("; ")[2]

    assert remedy("professional") == "if all is right, add modifier KX to the line."
    assert remedy("inpatient") == "if all is right, add condition code 45 to the claim."
