"""The underlying disease stands before what it does."""

import pytest
from made_diagnoses import DAY, coded, found, recorded

from codinglab.edits import code_first as rules

ERROR, WARNING = ("error", "line 1"), ("warning", "line 1")


def test_a_note_that_names_a_code_on_the_claim_decides_the_order() -> None:
    (one,) = rules.code_first(coded("I50.22", "I11.0"), DAY)
    assert one.message == (
        "I50.22 stands before I11.0, and the note at I50 says: code first heart failure due to "
        "hypertension (I11.0)."
    )
    assert one.remedy == "Put I11.0 before it."
    assert str(one.cite) == "ICD-10-CM tabular list 2026-04, I50, code first"
    assert found(rules.code_first, "I11.0", "I50.22") == []


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        (("N18.31", "E11.22"), [ERROR]),  # "any associated": both are there, so they are
        (("J18.9", "J10.08"), [WARNING]),  # "if applicable"
        (("E11.22", "N18.31"), []),
        (("N18.31",), []),  # "any associated": there is none
        (("I50.22",), []),  # a list of kinds of heart failure that may not apply
    ],
)
def test_if_applicable_makes_a_warning_and_any_associated_does_not(
    codes: tuple[str, ...], says: list[tuple[str, str]]
) -> None:
    assert found(rules.code_first, *codes) == says


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        (("I76",), [WARNING]),  # "underlying infection, such as": others may be meant
        (("R29.705",), [ERROR]),  # "the type of cerebral infarction (I63.-)"
        (("I63.9", "R29.705"), []),
        (("I33.0", "I76"), []),
        (("I10", "R29.705"), []),  # not first-listed: another rule's, or nobody's, to tell
    ],
)
def test_an_underlying_disease_that_is_missing_is_told_where_the_code_stands_first(
    codes: tuple[str, ...], says: list[tuple[str, str]]
) -> None:
    assert found(rules.code_first, *codes) == says


def test_one_named_code_before_is_enough() -> None:
    # I50 names I11.0 and O75.4; with I11.0 before it, a later one changes nothing.
    assert found(rules.code_first, "I11.0", "I50.22", "O75.4") == []


def test_codes_that_the_record_calls_unrelated_keep_their_order() -> None:
    about = recorded("unrelated", ("I50.22", "I11.0"))
    assert found(rules.code_first, "I50.22", "I11.0", about=about) == []


@pytest.mark.parametrize("codes", [("T45.515A", "D68.32"), ("R65.20", "A41.9"), ("Z3A.20", "O80")])
def test_adverse_effects_severe_sepsis_and_pregnancy_are_left_to_their_own_rules(
    codes: tuple[str, ...],
) -> None:
    assert found(rules.code_first, *codes) == []


def test_a_manifestation_that_stands_first_is_told_once() -> None:
    assert found(rules.manifestation_first, "F02.80", "G30.9") == [ERROR]
    assert found(rules.code_first, "F02.80", "G30.9") == []
    assert found(rules.manifestation_first, "G30.9", "F02.80") == []
    assert found(rules.manifestation_first) == []


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        (("D63.1",), ["error"]),
        (("I10", "D63.1"), ["warning"]),  # the note names N18.- alone
        (("N18.4", "D63.1"), []),
        (("R41.3", "F02.80"), ["error"]),  # a symptom is no cause
        (("Z87.891", "F02.80"), ["error"]),  # nor is a history
        (("I10", "F02.80"), ["warning"]),  # "such as": it may be the cause, though not named
    ],
)
def test_a_manifestation_asks_for_a_disease_beside_it(
    codes: tuple[str, ...], says: list[str]
) -> None:
    assert [severity for severity, _ in found(rules.manifestation_alone, *codes)] == says


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("J12.82", ["error"]),  # code first COVID-19 (U07.1)
        ("T22.611A", ["error"]),  # a corrosion: code first (T51-T65) to identify the chemical
        ("Z91.120", ["error"]),  # code first underdosing of medication
        ("Z17.0", ["warning"]),  # malignant neoplasm, such as
        ("I50.22", []),  # notes on failure that is due to something, which it need not be
        ("N18.31", []),  # any associated
        ("A41.9", []),
    ],
)
def test_a_note_that_always_asks_for_a_cause_is_judged_on_a_code_alone(
    code: str, says: list[str]
) -> None:
    assert [severity for severity, _ in found(rules.code_first, code)] == says
