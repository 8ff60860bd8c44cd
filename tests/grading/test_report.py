"""Every method on one marking, open and sealed rows, and the classes of errors."""

from dataclasses import replace
from fractions import Fraction

import pytest
from grading_keys import CITE, POLICY, dx, key, line, near, want_dx, want_line

from codinglab.grading.compare import compare
from codinglab.grading.error_classes import ERROR_CLASSES, Direction, error_class
from codinglab.grading.items import Status
from codinglab.grading.methods import methods, scored_errors
from codinglab.grading.report import as_text, rows

F = Fraction
SECRET = "SECRETCODE"  # noqa: S105  a code, not a password
KEY = key(
    want_dx("a", "A", 3, first=True, why=f"Because of {SECRET}.", cites=(CITE,)),
    want_dx("b", SECRET, near=(near("N"),), why=f"{SECRET} is right.", evidence=("note",)),
    want_dx("c", "C", critical=True, error_class="made up by the author"),
    want_line("v", "99213", modifiers=("57",), to=("b",)),
    want_dx("z", "Z", status=Status.OPTIONAL),
    want_dx("no", "X", status=Status.FORBIDDEN, why=f"Code {SECRET} instead."),
)
ANSWER = (
    dx(2, "A"),
    dx(1, "N"),
    dx(3, "Z"),
    dx(4, "X"),
    line(1, "99213", pointers=("d1",)),
)
MARKING = compare(ANSWER, KEY, POLICY)


def test_the_methods_stand_side_by_side():
    # Earned: A 3, N 1/2, C 0, Z 0, X -1, line 2 + 0 + 1 + 1/2, order -2: 4 of 3 + 1 + 1 + 4 1/2.
    assert (MARKING.earned, MARKING.possible) == (4, F(19, 2))
    found = methods(MARKING)
    assert found.weighted == F(8, 19)
    assert found.code_over_code == F(2, 4)  # A and 99213 of four required
    assert found.net == F(1, 4)  # less X
    assert found.record_over_record == 0
    assert found.all_or_nothing_line == F(1, 4)  # 99213 lacks its modifier
    assert found.precision == F(2, 4)  # A and 99213 of A, N, X, 99213; Z is optional
    assert found.recall == F(2, 4)
    assert found.f1 == F(1, 2)
    assert found.drg_accuracy is None
    assert scored_errors(MARKING) == 5  # N, C, X, 99213's modifier, the order


def test_a_right_answer_is_right_by_every_method():
    answer = (dx(1, "A"), dx(2, SECRET), dx(3, "C"), line(1, "99213", ("57",), pointers=("d2",)))
    found = methods(compare(answer, KEY, POLICY)).as_json()
    assert found.pop("drg_accuracy") is None
    assert set(found.values()) == {1.0}


def test_an_empty_answer_has_no_precision():
    found = methods(compare((), KEY, POLICY)).as_json()
    assert found == {
        "weighted": 0.0,
        "code_over_code": 0.0,
        "net": 0.0,
        "record_over_record": 0.0,
        "all_or_nothing_line": 0.0,
        "precision": None,
        "recall": 0.0,
        "f1": None,
        "drg_accuracy": None,
    }


def test_net_never_falls_below_nothing():
    answer = tuple(dx(n, "X", f"x{n}") for n in range(5))
    assert methods(compare(answer, KEY, POLICY)).net == 0


def test_an_open_row_shows_what_the_key_expects_and_why():
    row = next(row for row in rows(MARKING, sealed=False) if row["answered"] == "N")
    assert row == {
        "about": "item",
        "verdict": "partial",
        "kind": "diagnosis",
        "place": "line 1",
        "answered": "N",
        "expected": SECRET,
        "optional": False,
        "critical": False,
        "credit": 0.5,
        "earned": 0.5,
        "possible": 1.0,
        "error_class": "specificity",
        "direction": "",
        "reason": "N is less specific than the record.",
        "cites": [],
        "evidence": ["note"],
        "parts": [],
    }


def test_a_sealed_report_gives_away_neither_values_nor_reasons():
    sealed = repr(rows(MARKING, sealed=True)) + as_text(MARKING, sealed=True)
    for secret in (SECRET, "'C'", "made up", "57", "less specific"):
        assert secret not in sealed


def test_a_sealed_row_shows_verdict_class_general_reason_and_cites():
    found = {(row["about"], row["answered"]): row for row in rows(MARKING, sealed=True)}
    shown = {
        place: (row["verdict"], row["error_class"], row["reason"]) for place, row in found.items()
    }
    assert shown["item", "A"] == ("exact", "", "This is right.")
    assert shown["item", "N"][2] == error_class("specificity").sentence
    assert shown["item", None] == (
        "missing",
        "other",
        "The record supports something that is not here.",
    )
    assert shown["item", "X"] == (
        "extra",
        "unsupported code",
        "The record does not support this code.",
    )
    assert shown["order", "A"][1:] == ("sequencing", error_class("sequencing").sentence)
    assert found["item", "A"]["cites"] == ["ICD-10-CM guidelines FY2026, I.C.4.a"]
    parts = {part["part"]: part for part in found["item", "99213"]["parts"]}
    assert parts["modifiers"]["error_class"] == "modifiers missing"
    assert parts["modifiers"]["reason"] == "A modifier that the record calls for is missing."
    assert parts["pointers"]["answered"] == ["N"]  # what was written, not what it stands for


def test_the_text_names_the_points_the_methods_and_the_block():
    lines = as_text(MARKING, sealed=False).splitlines()
    assert "  modifiers: missing, 0 of 1. modifiers missing: 57" in lines
    assert "points: 4.0 of 9.5" in lines
    assert "code over code: 50.00%" in lines
    assert "drg accuracy: does not apply" in lines
    assert lines[-1] == "not passed, 1 critical: c"
    assert as_text(MARKING, sealed=True).splitlines()[-1] == "not passed, 1 critical"


def test_every_error_class_has_its_own_name_and_a_sentence():
    names = [one.name for one in ERROR_CLASSES]
    assert len(set(names)) == len(names)
    assert all(one.sentence.endswith(".") for one in ERROR_CLASSES)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("units wrong", "The units do not match what the record supports."),
        ("problems missing", "Something is missing under problems."),
        ("modifiers unneeded", "A modifier stands where none is called for."),
    ],
)
def test_a_class_of_any_part_has_a_sentence(name, sentence):
    assert error_class(name).sentence == sentence


@pytest.mark.parametrize("name", ["", "wrong", "nonsense", "missing"])
def test_an_unknown_class_has_none(name):
    assert error_class(name) is None


def test_over_coding_is_told_from_under_coding():
    assert error_class("unsupported code").direction is Direction.OVER
    assert error_class("missed code").direction is Direction.UNDER
    extra = [row["direction"] for row in rows(MARKING, sealed=True) if row["verdict"] == "extra"]
    assert extra == ["over-coded"]


def test_a_cheaper_policy_still_counts_the_errors():
    free = replace(POLICY, extra_item=F(0), forbidden_item=F(0), first_points=F(0))
    assert methods(compare(ANSWER, KEY, free)).record_over_record == 0
