"""The notes of the tabular list: what they keep apart, and what they ask for beside a code."""

import pytest
from made_diagnoses import DAY, coded, found, recorded

from codinglab.core.findings import Severity
from codinglab.edits import notes


def test_two_codes_that_exclude_each_other_are_told_once_whatever_stands_first() -> None:
    # E10 notes "type 2 diabetes mellitus (E11.-)", E11 notes "type 1 diabetes mellitus (E10.-)".
    assert found(notes.excludes1, "E10.9", "E11.9") == [("warning", "line 2")]
    assert found(notes.excludes1, "E11.9", "E10.9") == [("warning", "line 2")]
    # I69 names the history of a stroke in three notes, and Z86.73 names I69 in one.
    assert found(notes.excludes1, "I69.351", "Z86.73") == [("warning", "line 2")]


def test_a_list_whose_head_names_codes_is_told_once_and_met_by_them() -> None:
    # J06.9 notes "(B95-B97) ..., such as:" and below it "respiratory syncytial virus (B97.4)".
    (one,) = [one for one in notes.use_additional(coded("J06.9"), DAY) if one.place == "line 1"]
    assert one.message == (
        "J06.9 has a note: use additional code (B95-B97) to identify infectious agent, if known, "
        "such as: respiratory syncytial virus (RSV) (B97.4)."
    )
    assert found(notes.use_additional, "J06.9", "B97.89") == []


def test_a_stage_that_the_note_does_not_name_is_left_to_the_rule_on_stages() -> None:
    # I12.9 asks for N18.1-N18.4 or N18.9; N18.6 beside it is a wrong pair, and no missing code.
    assert ("warning", "line 1") not in found(notes.use_additional, "I12.9", "N18.6")
    assert ("warning", "line 1") in found(notes.use_additional, "I12.9")


def test_a_range_in_a_note_holds_its_last_category_and_not_the_next() -> None:
    # I10 notes "(O10-O11, O13-O16)": O12 is not among them.
    assert found(notes.excludes1, "I10", "O16.1") == [("warning", "line 2")]
    assert found(notes.excludes1, "I10", "O12.01") == []


def test_an_excludes1_finding_is_a_warning_with_the_note_and_where_it_stands() -> None:
    one = next(iter(notes.excludes1(coded("J45.909", "R06.2"), DAY)))
    assert one.severity is Severity.WARNING
    assert one.message == (
        "R06.2 does not go with J45.909: the note at J45 excludes wheezing NOS (R06.2)."
    )
    assert one.remedy == (
        "Keep the one that the record supports; both stay only if the two conditions are unrelated."
    )
    assert str(one.cite) == "ICD-10-CM tabular list 2026-04, J45, Excludes1"


def test_asthma_and_chronic_obstructive_disease_may_stand_together() -> None:
    assert found(notes.excludes1, "J45.909", "J44.9") == []  # the note there is an Excludes2


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
    assert ("warning", "line 2") in found(notes.excludes1, stated, kept_away)
    assert ("warning", "line 2") not in found(notes.excludes1, stated, fine)


def test_a_code_that_only_describes_what_is_excluded_is_not_excluded() -> None:
    # A15-A19 notes "pneumoconiosis associated with tuberculosis, any type in A15 (J65)".
    assert found(notes.excludes1, "A15.0", "A15.4") == []
    assert ("warning", "line 2") in found(notes.excludes1, "A15.0", "J65")


def test_a_code_does_not_exclude_itself() -> None:
    assert found(notes.excludes1, "E11.9") == []


def test_a_code_not_in_the_list_excludes_nothing() -> None:
    assert found(notes.excludes1, "E11.23", "E10.9") == []


def test_two_excluded_codes_may_stand_where_the_record_calls_them_unrelated() -> None:
    about = recorded("unrelated", ("J45.909", "R06.2"))
    assert found(notes.excludes1, "J45.909", "R06.2", about=about) == []
    assert found(notes.excludes1, "J45.909", "R06.2")[0] == ("warning", "line 2")


def test_an_excludes2_is_a_note_told_once_for_a_pair() -> None:
    # G47.0 notes "sleep apnea (G47.3-)" as Excludes2.
    (one,) = notes.excludes2(coded("G47.00", "G47.33"), DAY)
    assert (one.place, one.severity) == ("line 2", Severity.NOTE)
    assert one.message == "G47.33 is no part of G47.00 (Excludes2 at G47.0): both may be coded."


def test_an_excludes2_of_a_whole_chapter_is_not_told() -> None:
    assert found(notes.excludes2, "J44.9", "R05.9") == []  # chapter 10 notes "(R00-R94)"


def test_what_the_title_says_already_is_due_and_the_rest_is_a_reminder() -> None:
    # E11.22 says chronic kidney disease, so its stage is due; E11 asks for the treatment.
    assert found(notes.use_additional, "E11.22") == [("warning", "line 1"), ("note", "line 1")]
    assert found(notes.use_additional, "E11.22", "N18.6", "Z79.4", "Z99.2", "E88.A") == []


def test_one_item_of_a_list_is_enough() -> None:
    # E11 lists injectables (Z79.85), insulin (Z79.4) and oral drugs (Z79.84).
    assert found(notes.use_additional, "E11.9") == [("note", "line 1")]
    assert found(notes.use_additional, "E11.9", "Z79.84") == []


def test_both_of_two_single_notes_are_due() -> None:
    # I13.0 asks for the kind of heart failure (I50.-) and for the stage (N18.1-N18.4, N18.9).
    due = [("warning", "line 1")]
    assert found(notes.use_additional, "I13.0") == due + due
    assert found(notes.use_additional, "I13.0", "I50.9")[:1] == due
    assert [
        one for one in found(notes.use_additional, "I13.0", "I50.9", "N18.4") if one in due
    ] == []


def test_an_external_cause_is_never_due() -> None:
    # K62.7 asks for "the type of radiation (W88.-)" and its title says radiation.
    assert ("warning", "line 1") not in found(notes.use_additional, "K62.7")


def test_a_note_of_a_block_or_chapter_is_not_told() -> None:
    assert found(notes.use_additional, "I10") == []  # tobacco, at I10-I1A
    assert found(notes.code_also, "I25.10") == []  # hypertension, at I20-I25


def test_code_also_is_met_in_either_order() -> None:
    assert found(notes.code_also, "J44.1") == [("note", "line 1")]
    assert found(notes.code_also, "J44.1", "J45.901") == []
    assert found(notes.code_also, "J45.901", "J44.1") == []
