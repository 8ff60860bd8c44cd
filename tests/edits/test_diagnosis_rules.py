"""Each rule on diagnoses passes what is right and finds what is wrong, on the day of service."""

from collections.abc import Callable, Iterable
from datetime import date

import pytest

from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, Severity
from codinglab.edits import diagnosis
from codinglab.edits.review import judge
from codinglab.encounter.circumstances import Circumstances
from codinglab.encounter.coded import CodedEncounter, Diagnosis

DAY = date(2026, 2, 11)
Rule = Callable[[CodedEncounter, date], Iterable[Finding]]


def coded(*codes: str) -> CodedEncounter:
    """Return an encounter with `codes` as diagnoses, the first on line 1."""
    places = enumerate(codes, start=1)
    return CodedEncounter(
        tuple(Diagnosis(code, f"line {number}") for number, code in places),
        about=Circumstances("professional", "Medicare"),
    )


def found(rule: Rule, *codes: str) -> list[tuple[str, str]]:
    """Return (id, place) of what `rule` finds."""
    return [(one.id, one.place) for one in rule(coded(*codes), DAY)]


def test_a_code_of_the_tabular_list_exists() -> None:
    assert found(diagnosis.exists, "E11.22", "N18.31", "S83.511A") == []


def test_a_code_that_the_list_lacks_is_unknown_and_the_others_stand() -> None:
    assert found(diagnosis.exists, "E11.22", "E11.23") == [("dx.unknown", "line 2")]


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (
            "E11.23",
            (
                "E11.2 (Type 2 diabetes mellitus with kidney complications) exists; "
                "look at what stands below it."
            ),
        ),
        (
            "I10.9",
            "I10 (Essential (primary) hypertension) takes no more characters; check what you read.",
        ),
        ("U99.9", "Look the condition up again; check each character."),
    ],
)
def test_an_unknown_code_is_told_with_the_longest_beginning_that_exists(
    code: str, remedy: str
) -> None:
    (one,) = diagnosis.exists(coded(code), DAY)
    assert one.remedy == remedy
    assert one.message == f"{code} is not an ICD-10-CM code on 2026-02-11."


def test_a_full_code_is_billable_even_when_it_has_three_characters() -> None:
    assert found(diagnosis.billable, "I10", "E11.22") == []


def test_a_header_is_not_billable_and_the_remedy_names_codes_below_it() -> None:
    (one,) = diagnosis.billable(coded("E11.2"), DAY)
    assert (one.id, one.place) == ("dx.header", "line 1")
    assert one.remedy == "Choose a full code below it, such as E11.21, E11.22, E11.29."


def test_a_code_without_its_seventh_character_is_a_header() -> None:
    assert found(diagnosis.billable, "S83.511") == [("dx.header", "line 1")]


def test_an_unknown_code_is_no_header() -> None:
    assert found(diagnosis.billable, "E11.23") == []


def test_a_code_that_stands_twice_is_found_at_its_second_place() -> None:
    assert found(diagnosis.repeated, "I10", "E11.22", "I10") == [("dx.repeated", "line 3")]
    assert found(diagnosis.repeated, "I10", "E11.22") == []


TWELVE = (
    *("A09", "B20", "E11.22", "E78.5", "F32.A", "G47.33"),
    *("I10", "J45.909", "K21.9", "L30.9", "M54.50", "N18.31"),
)


def test_twelve_diagnoses_fit_on_a_claim_and_the_thirteenth_does_not() -> None:
    assert found(diagnosis.at_most_twelve, *TWELVE) == []
    assert found(diagnosis.at_most_twelve, *TWELVE, "R05.9", "R07.9") == [
        ("dx.too-many", "line 13"),
        ("dx.too-many", "line 14"),
    ]


def test_each_of_two_types_of_diabetes_excludes_the_other() -> None:
    # E10 notes "type 2 diabetes mellitus (E11.-)", E11 notes "type 1 diabetes mellitus (E10.-)".
    assert found(diagnosis.excludes1, "E10.9", "E11.9") == [
        ("dx.excludes1", "line 2"),
        ("dx.excludes1", "line 1"),
    ]


def test_a_range_in_a_note_holds_its_last_category_and_not_the_next() -> None:
    # I10 notes "(O10-O11, O13-O16)": O12 is not among them.
    assert found(diagnosis.excludes1, "I10", "O16.1") == [("dx.excludes1", "line 2")]
    assert found(diagnosis.excludes1, "I10", "O12.01") == []


def test_an_excludes1_finding_is_a_warning_with_the_note_and_where_it_stands() -> None:
    one = next(iter(diagnosis.excludes1(coded("J45.909", "R06.2"), DAY)))
    assert one.severity is Severity.WARNING
    assert one.message == "R06.2 is excluded by the note at J45: wheezing NOS (R06.2)."
    assert one.remedy == "Keep it beside J45.909 only if the two conditions are unrelated."
    assert str(one.cite) == "ICD-10-CM tabular list 2026-04, J45, Excludes1"


def test_asthma_and_chronic_obstructive_disease_may_stand_together() -> None:
    assert found(diagnosis.excludes1, "J45.909", "J44.9") == []  # the note there is an Excludes2


@pytest.mark.parametrize(
    ("stated", "kept_away", "fine"),
    [
        ("G63", "E11.42", "E11.9"),  # diabetes mellitus (E08-E13 with .42)
        ("J17", "A37.01", "A37.00"),  # whooping cough with pneumonia (A37 with fifth-character 1)
        ("F07.81", "S06.0X0A", "S06.0X0D"),  # (S06.0X- with seventh character A)
        ("R47.01", "I69.320", "I69.20"),  # (I69. with final characters -20)
        ("S01.00XA", "S02.0XXB", "S02.0XXA"),  # open skull fracture (S02.- with 7th character B)
        ("E87.20", "E11.10", "E11.22"),  # see categories E08-E10, E11, E13 with ketoacidosis
        ("Z85.6", "C91.01", "C91.00"),  # in remission C91.0-C95.9 with 5th character 1
    ],
)
def test_a_note_that_asks_for_certain_characters_keeps_only_those_away(
    stated: str, kept_away: str, fine: str
) -> None:
    assert ("dx.excludes1", "line 2") in found(diagnosis.excludes1, stated, kept_away)
    assert ("dx.excludes1", "line 2") not in found(diagnosis.excludes1, stated, fine)


def test_a_code_that_only_describes_what_is_excluded_is_not_excluded() -> None:
    # A15-A19 notes "pneumoconiosis associated with tuberculosis, any type in A15 (J65)".
    assert found(diagnosis.excludes1, "A15.0", "A15.4") == []
    assert ("dx.excludes1", "line 2") in found(diagnosis.excludes1, "A15.0", "J65")


def test_a_code_does_not_exclude_itself() -> None:
    assert found(diagnosis.excludes1, "E11.9") == []


def test_a_code_not_in_the_list_excludes_nothing() -> None:
    assert found(diagnosis.excludes1, "E11.23", "E10.9") == []


@pytest.mark.parametrize("day", [date(2025, 9, 30), date(2026, 10, 1)])
def test_a_day_without_a_code_set_is_not_judged_by_the_nearest_one(day: date) -> None:
    with pytest.raises(NotInForce, match=f"^icd10cm: nothing in force on {day}; known: from 2025-"):
        judge(coded("I10"), day)


@pytest.mark.parametrize("day", [date(2025, 10, 1), date(2026, 9, 30)])
def test_the_first_and_the_last_day_of_a_code_set_are_judged_by_it(day: date) -> None:
    assert judge(coded("I10"), day).findings == ()


def test_a_code_of_other_days_is_told_with_its_days_and_successors() -> None:
    (gone,) = diagnosis.exists(coded("T40.4X1A"), DAY)
    assert gone.message == "T40.4X1A is not an ICD-10-CM code on 2026-02-11."
    assert gone.remedy == (
        "T40.4X1A was valid from 2015-10-01 until 2020-09-30; "
        "since 2020-10-01 use T40.411A or T40.421A or T40.491A."
    )
    (early,) = diagnosis.exists(coded("D69.11"), DAY)
    assert early.remedy == "D69.11 is valid only from 2026-10-01 on."


def test_a_header_that_was_a_code_is_told_since_when() -> None:
    (one,) = diagnosis.billable(coded("B88.0"), DAY)
    assert one.message == "B88.0 (Other acariasis) is a header and not billable on 2026-02-11."
    assert one.remedy == (
        "B88.0 was valid from 2015-10-01 until 2025-09-30; since 2025-10-01 use B88.01 or B88.09."
    )
