"""The Medicare Code Editor's findings name the code, the problem and the remedy."""

from datetime import date

import pytest
from made_stays import stay

from codinglab.core.findings import Severity
from codinglab.grouping.mce import mce
from codinglab.grouping.mce_words import PAGES, page
from codinglab.grouping.stay import Stay

HIP, KNEE = "0SRC0J9", "0SRD0J9"


def found(made: Stay) -> list[tuple[str, str]]:
    return [(one.id, one.place) for one in mce(made)]


CASES = {
    "a right stay": (stay("I50.21", "N18.4"), []),
    "an external cause first": (stay("V00.01XA"), [("mce.external-cause-first", "line 1")]),
    "a manifestation first": (stay("H28"), [("mce.manifestation-first", "line 1")]),
    "hypertension alone": (stay("I10"), [("mce.questionable-admission", "line 1")]),
    "a history first": (stay("Z85.3"), [("mce.unacceptable-principal", "line 1")]),
    "an aftercare code alone": (stay("Z51.89"), [("mce.needs-secondary-diagnosis", "line 1")]),
    "an aftercare code with its reason": (stay("Z51.89", "C50.911"), []),
    "the principal diagnosis again": (
        stay("J18.9", "I10", "J18.9"),
        [("mce.duplicate-of-principal", "line 3")],
    ),
    "a newborn of 67 years": (stay("J18.9", "Z38.00"), [("mce.age-conflict", "line 2")]),
    "a category instead of a code": (stay("J18.9", "E11"), [("mce.invalid-code", "line 2")]),
    "a procedure that does not exist": (
        stay("J18.9", procedures=(HIP, "0BB99ZZ")),
        [("mce.invalid-code", "line 3")],
    ),
    "two diagnoses without a side": (
        stay("J18.9", "S72.009A", "I10", "S42.309A"),
        [("mce.unspecified-side", "line 2"), ("mce.unspecified-side", "line 4")],
    ),
    "a principal diagnosis without a side": (
        stay("S72.009A"),
        [("mce.unspecified-side", "line 1")],
    ),
    "an operation on the wrong side": (
        stay("J18.9", "Y65.53"),
        [("mce.wrong-procedure", "line 2")],
    ),
    "a heart transplant": (
        stay("I42.0", procedures=("02YA0Z0",)),
        [("mce.limited-coverage", "line 2")],
    ),
    "a delivery without its diagnosis": (
        stay("J18.9", procedures=("10E0XZZ",), age=30),
        [("mce.obstetric-diagnosis-missing", "line 2")],
    ),
    "ventilation over 96 hours in three days": (
        stay("J96.01", procedures=("5A1955Z",), days=3),
        [("mce.length-of-stay", "line 2")],
    ),
    "ventilation over 96 hours in four days": (
        stay("J96.01", procedures=("5A1955Z",), days=4),
        [],
    ),
    "a man who gives birth, after the sex edits ended": (
        stay("J18.9", "O80", age=40, sex="M"),
        [],
    ),
}


@pytest.mark.parametrize(("made", "expected"), CASES.values(), ids=CASES)
def test_the_code_editor_finds(made: Stay, expected: list[tuple[str, str]]) -> None:
    assert found(made) == expected


@pytest.mark.parametrize(
    ("discharged", "expected"),
    [
        (date(2024, 9, 30), [("mce.sex-conflict", "line 1")]),
        (date(2024, 10, 1), []),
    ],
)
def test_the_sex_edit_ended_with_september_2024(
    discharged: date, expected: list[tuple[str, str]]
) -> None:
    assert found(stay("C61", sex="F", discharged=discharged)) == expected


def test_a_finding_says_what_is_wrong_what_to_do_and_by_which_edition() -> None:
    (one,) = mce(stay("V00.01XA"))
    assert str(one) == (
        "line 1: V00.01XA says how an injury happened, which is never the principal diagnosis. "
        "Put the injury or condition first and keep the external cause after it. "
        "[Definitions of Medicare Code Edits v43.1, external-cause-first]"
    )
    assert one.severity is Severity.ERROR


def test_a_questionable_admission_is_a_warning() -> None:
    (one,) = mce(stay("I10"))
    assert one.severity is Severity.WARNING


def test_the_limited_coverage_edits_by_organ_share_a_page() -> None:
    assert page("LIMITED_COVERAGE_KIDNEY") is page("LIMITED_COVERAGE")


def test_an_edit_without_a_page_is_still_an_error_in_words() -> None:
    made = page("SOMETHING_NEW")
    assert (made.id, made.severity) == ("mce.something-new", Severity.ERROR)
    assert made.says == "the code editor says: something new"


def test_no_two_edits_share_an_id() -> None:
    assert len({one.id for one in PAGES.values()}) == len(PAGES)
