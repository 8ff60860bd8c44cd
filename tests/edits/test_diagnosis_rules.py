"""Each rule on diagnoses passes what is right and finds what is wrong, on the day of service."""

from collections.abc import Callable, Iterable
from datetime import date

import pytest

from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding
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


def test_a_code_that_lacks_its_seventh_character_only_is_left_to_the_rule_on_it() -> None:
    assert found(diagnosis.billable, "S83.511", "T15.01", "H40.111") == []
    assert found(diagnosis.billable, "S83.51") == [("dx.header", "line 1")]  # S83.511 lies below


def test_a_code_without_its_placeholder_is_left_to_the_rule_on_it() -> None:
    assert found(diagnosis.exists, "T15.01A", "V43.52A") == []


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


@pytest.mark.parametrize(
    ("code", "day", "ids"),
    [
        ("E66.813", date(2024, 9, 30), ["dx.unknown"]),  # began on 2024-10-01
        ("E66.813", date(2024, 10, 1), []),
        ("E66.8", date(2024, 9, 30), []),  # a code until then
        ("E66.8", date(2024, 10, 1), ["dx.header"]),
        ("G35", date(2025, 9, 30), []),
        ("G35.A", date(2025, 9, 30), ["dx.unknown"]),
        ("U07.1", date(2020, 3, 31), ["dx.unknown"]),
        ("U07.1", date(2020, 4, 1), []),
        ("E11", date(2024, 9, 30), ["dx.header"]),  # a header ever since
        ("E11.27", date(2024, 9, 30), ["dx.unknown"]),  # never a code
        ("G35.A", date(2026, 10, 1), []),  # known beyond the last text
    ],
)
def test_validity_is_judged_for_days_whose_tabular_list_is_not_in_this_lab(
    code: str, day: date, ids: list[str]
) -> None:
    rules = (diagnosis.exists, diagnosis.billable)
    assert [one.id for rule in rules for one in rule(coded(code), day)] == ids


def test_a_day_before_all_releases_is_refused() -> None:
    with pytest.raises(NotInForce):
        list(diagnosis.exists(coded("E11.9"), date(2015, 9, 30)))


def test_a_header_with_longer_codes_below_lacks_no_7th_character() -> None:
    # Z86.010 was a code until 2024-09-30; the codes below it have 7 characters and no 7th.
    assert found(diagnosis.billable, "Z86.010") == [("dx.header", "line 1")]
    (one,) = diagnosis.billable(coded("Z86.010"), DAY)
    assert one.remedy.startswith("Z86.010 was valid from 2015-10-01 until 2024-09-30; since")
