"""The 7th character: there, in its place, of one phase, and of the right order."""

import pytest
from made_diagnoses import DAY, coded, found

from codinglab.edits import seventh

WARNING = "warning"


def test_the_characters_that_a_code_takes_are_told_with_their_meaning() -> None:
    (one,) = seventh.missing(coded("S52.501"), DAY)
    assert one.message == (
        "S52.501 (Unspecified fracture of the lower end of right radius) lacks its 7th character."
    )
    # S52 defines 16 characters: A to H, J, K, M, N, P, Q, R and S; three are told.
    assert one.remedy == (
        "Write S52.501A (initial encounter for closed fracture), S52.501B (initial encounter for "
        "open fracture type I or II), S52.501C (initial encounter for open fracture type IIIA, "
        "IIIB, or IIIC), or one of 13 more, as the record tells."
    )


def test_a_code_that_lacks_placeholders_too_is_written_out() -> None:
    (one,) = seventh.missing(coded("W01.0"), DAY)
    assert one.remedy == (
        "Write W01.0XXA (initial encounter), W01.0XXD (subsequent encounter), W01.0XXS (sequela), "
        "as the record tells."
    )


@pytest.mark.parametrize("code", ["S52.50", "E11.2", "I10", "S82", "O31.1", "J18.9"])
def test_a_code_that_lacks_more_or_nothing_is_not_told(code: str) -> None:
    assert found(seventh.missing, code) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [("T15.01A", "T15.01XA"), ("V43.52A", "V43.52XA"), ("T07A", "T07.XXXA")],
)
def test_a_character_in_the_wrong_place_is_put_right(written: str, meant: str) -> None:
    (one,) = seventh.placeholder(coded(written), DAY)
    assert one.remedy.startswith(f"Write {meant} (")


@pytest.mark.parametrize("code", ["T15.01XA", "E11.27", "E11.2", "T15.01"])
def test_other_codes_are_not_read_as_one_without_placeholder(code: str) -> None:
    assert found(seventh.placeholder, code) == []


@pytest.mark.parametrize(
    ("code", "phase"),
    [
        *(("S52.501A", "active"), ("S52.501B", "active"), ("S52.501C", "active")),
        *(("S52.501D", "later"), ("S52.501K", "later"), ("S52.501S", "sequela")),
        ("H40.1112", ""),  # a stage of glaucoma
        *(("S52.501", ""), ("I10", "")),
    ],
)
def test_the_letter_tells_the_phase(code: str, phase: str) -> None:
    assert seventh.phase(code) == phase


def test_one_injury_is_in_one_phase() -> None:
    assert found(seventh.phases, "S52.501A", "S52.501D") == [(WARNING, "line 2")]
    assert found(seventh.phases, "S52.501A", "S52.502D") == []  # the other wrist
    assert found(seventh.phases, "S52.501D", "S52.501G") == []  # both heal


def test_an_external_cause_fits_one_of_the_injuries() -> None:
    assert found(seventh.cause_in_phase, "S93.401D", "W01.0XXA") == [(WARNING, "line 2")]
    assert found(seventh.cause_in_phase, "S93.401A", "S52.501D", "W01.0XXD") == []
    assert found(seventh.cause_in_phase, "M54.50", "W01.0XXA") == []  # no injury to compare
    assert found(seventh.cause_in_phase, "S93.401D", "Y92.009") == []  # a place has no phase


def test_a_sequela_names_the_condition_that_goes_before_it() -> None:
    (one,) = seventh.sequela_second(coded("S61.411S", "W26.0XXS", "L90.5"), DAY)
    assert one.remedy == "Put the condition before it, such as L90.5 on line 3."
    assert found(seventh.sequela_second, "L90.5", "S61.411S") == []
    assert found(seventh.sequela_second, "S61.411A") == []
