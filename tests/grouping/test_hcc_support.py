"""A diagnosis counts only where an allowed visit deals with it and the clinician signed."""

from dataclasses import replace
from datetime import date

import pytest
from made_people import coded, person

from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.grouping.hcc import risk
from codinglab.grouping.hcc_support import Support, Unsupported, Visit, meat, without

VISIT = Visit(date(2025, 3, 4), "office", "nurse practitioner", signed=True)
EVIDENCE = ("a1c-today", "foot-exam", "metformin-raised", "copd-stable")


def why(*supports: Support, code: str = "E11.9", year: int = 2026) -> str:
    found = meat(coded(code), supports, EVIDENCE, year)
    return found[0].why if found else ""


@pytest.mark.parametrize("element", ["monitored", "evaluated", "assessed", "treated"])
def test_one_of_the_four_is_enough(element: str) -> None:
    assert why(Support("E11.9", VISIT, **{element: ("a1c-today",)})) == ""


def test_the_code_may_be_written_without_its_dot() -> None:
    assert why(Support("E119", VISIT, treated=("metformin-raised",))) == ""


def test_a_diagnosis_nobody_speaks_of_is_not_supported() -> None:
    found = meat(coded("E11.9", "J44.9"), [Support("E11.9", VISIT, ("a1c-today",))], EVIDENCE, 2026)
    assert found == (
        Unsupported(
            "J44.9",
            "line 2",
            "the record does not monitor, evaluate, assess or treat it; a list is no evidence",
        ),
    )


def test_being_named_is_not_enough() -> None:
    assert why(Support("E11.9", VISIT)) == (
        "on 2025-03-04 it is named, but not monitored, evaluated, assessed or treated"
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"setting": "telephone"},
            (
                "a visit by sound alone does not count [CMS memorandum of 2020-04-10 on telehealth "
                "and risk adjustment]"
            ),
        ),
        (
            {"setting": "laboratory"},
            (
                "a laboratory report does not count [Medicare Managed Care Manual, chapter 7, "
                "section 40]"
            ),
        ),
        (
            {"clinician": "registered nurse"},
            (
                "a registered nurse is not an accepted clinician [CMS list of acceptable physician "
                "specialty types for risk adjustment]"
            ),
        ),
        ({"signed": False}, "the record of 2025-03-04 is not signed with credentials"),
        (
            {"day": date(2024, 12, 31)},
            "the visit of 2024-12-31 is not of 2025, whose diagnoses 2026 pays",
        ),
        (
            {"day": date(2026, 1, 1)},
            "the visit of 2026-01-01 is not of 2025, whose diagnoses 2026 pays",
        ),
    ],
)
def test_what_makes_a_visit_not_count(change: dict[str, object], says: str) -> None:
    assert why(Support("E11.9", replace(VISIT, **change), treated=("metformin-raised",))) == says


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2025, 12, 31)])
def test_the_first_and_the_last_day_of_the_year_of_service_count(day: date) -> None:
    assert why(Support("E11.9", replace(VISIT, day=day), treated=("metformin-raised",))) == ""


@pytest.mark.parametrize("setting", ["video", "hospital inpatient", "nursing facility"])
def test_other_visits_face_to_face_count(setting: str) -> None:
    assert why(Support("E11.9", replace(VISIT, setting=setting), ("a1c-today",))) == ""


def test_one_good_visit_makes_up_for_a_bad_one() -> None:
    by_telephone = Support("E11.9", replace(VISIT, setting="telephone"), ("a1c-today",))
    assert why(by_telephone, Support("E11.9", VISIT, ("a1c-today",))) == ""


def test_a_statement_that_is_not_in_the_record_is_a_fault() -> None:
    with pytest.raises(ValueError, match=r"E11\.9: the record has no statement insulin-started"):
        why(Support("E11.9", VISIT, treated=("insulin-started",)))


def test_an_unknown_setting_names_the_table() -> None:
    with pytest.raises(NotInTable, match=r"spaceship is not in this lab's table \(risk_visits"):
        why(Support("E11.9", replace(VISIT, setting="spaceship"), ("a1c-today",)))


def test_a_year_without_a_list_of_visits_is_refused() -> None:
    early = replace(VISIT, day=date(2023, 3, 4))
    with pytest.raises(NotInForce, match="known: from 2024-01-01"):
        why(Support("E11.9", early, ("a1c-today",)), year=2024)


def test_what_is_not_supported_leaves_the_score() -> None:
    one = person("E11.9", "J44.9")
    found = meat(one.diagnoses, [Support("E11.9", VISIT, ("a1c-today",))], EVIDENCE, 2026)
    kept = without(one, found)
    assert [each.code for each in kept.diagnoses] == ["E11.9"]
    assert str(risk(one, 2026, "V28").raw) == "0.815"  # 0.330 + 0.166 + 0.319
    assert str(risk(kept, 2026, "V28").raw) == "0.496"
