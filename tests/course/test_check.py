"""The check of a case: each fault of a case or its key is found, and a sound family passes."""

from collections.abc import Callable

import pytest
from made_up import CASE, CHART, KEY

from codinglab.course.check import check_case

Write = Callable[..., str]
UNREADABLE = {"case.data", "case.keys"}  # no variant could be read, so there are too few keys


def found(slug: str) -> set[str]:
    """Return what the check of `slug` finds, each id once."""
    return {one.id for one in check_case(slug).findings}


def messages(slug: str) -> set[str]:
    return {one.message for one in check_case(slug).findings}


def swap(text: str, *pairs: tuple[str, str]) -> str:
    """Return `text` with one passage replaced; the passage must be there, once."""
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_a_sound_family_has_no_findings(write: Write) -> None:
    proof = check_case(write())
    assert proof.findings == ()
    assert (proof.variants, proof.distinct_keys) == (12, 12)  # 2 sides x 3 drugs x 2 pressures


def test_the_json_of_a_proof_has_stable_keys(write: Write) -> None:
    assert check_case(write()).as_json() == {
        "case": "made-up-knee",
        "variants": 12,
        "distinct_keys": 12,
        "findings": [],
    }


@pytest.mark.parametrize("code", ["M25.56", "M25.568"], ids=["header", "unknown"])
def test_a_code_that_cannot_be_billed_is_found(code: str, write: Write) -> None:
    slug = write(key_yml=swap(KEY, ("M25.569, credit: 1/4", f"{code}, credit: 1/4")))
    assert messages(slug) == {f"{code} is not a billable code on 2026-02-11."}
    assert {one.place.partition(": ")[2] for one in check_case(slug).findings} == {"knee"}


def test_a_key_that_is_a_header_breaks_an_edit_too(write: Write) -> None:
    slug = write(key_yml=swap(KEY, ("high: I10", "high: N18.3")))
    assert found(slug) == {"case.code", "case.edits"}


def test_a_procedure_outside_the_table_is_found(write: Write) -> None:
    line = (
        "  other:\n    line: '99499'\n    units: '1'\n    points_to: [knee]\n"
        "    why: Done.\n    cites: ['cpt-em: problems']\n"
    )
    slug = write(key_yml=KEY + line)
    assert "99499 is not in this lab's table (cpt 2026) on 2026-02-11." in messages(slug)


def test_evidence_that_the_chart_does_not_mark_is_found(write: Write) -> None:
    slug = write(chart=swap(CHART, (" [[pressure| ]]", "")))
    # Marked where the pressure is high; in 6 of 12 variants it is normal, and no item asks for it.
    assert found(slug) == set()
    slug = write(chart=swap(CHART, ("[[pressure|HTN]]", "HTN"), (" [[pressure| ]]", "")))
    assert messages(slug) == {"evidence ['pressure'] is not marked in the chart."}
    assert len(check_case(slug).findings) == 6


def test_a_cite_of_an_unknown_place_is_found_in_every_variant(write: Write) -> None:
    slug = write(key_yml=swap(KEY, ("guidelines: IV.G", "guidelines: IV.Z")))
    assert found(slug) == UNREADABLE
    assert len(check_case(slug).findings) == 12 + 1  # every variant, and no key where 6 are needed
    assert "no place 'IV.Z' in sources.yml" in check_case(slug).findings[0].message


def test_a_cite_of_an_unknown_source_is_found(write: Write) -> None:
    slug = write(key_yml=swap(KEY, ("guidelines: IV.G", "hearsay: IV.G")))
    assert "no source 'hearsay'; known: guidelines, " in check_case(slug).findings[0].message


@pytest.mark.parametrize("place", ["M25.57X", "M25.56, use additional", "chapter 13"])
def test_a_cite_of_what_is_no_code_of_the_tabular_list_is_found(place: str, write: Write) -> None:
    slug = write(key_yml=swap(KEY, ("tabular: M25.56", f"tabular: {place}")))
    assert messages(slug) == {
        f"cite 'tabular: {place}' does not begin with a code of the tabular list."
    }
    assert len(check_case(slug).findings) == 1


def test_a_class_of_error_that_is_not_the_fields_is_found(write: Write) -> None:
    slug = write(key_yml=swap(KEY, ("error: unspecified", "error: sloppiness")))
    assert messages(slug) == {"'sloppiness' is no class of error."}
    assert len(check_case(slug).findings) == 1


def test_a_near_miss_that_earns_something_else_is_found(write: Write) -> None:
    near = (
        "- {code: M17.11, credit: 1/2, error: specificity, why: A guess.}\n      - {code: M25.569"
    )
    slug = write(key_yml=swap(KEY, ("- {code: M25.569", near)))
    # Where the knee is the right one, the key forbids M17.11: what is forbidden is never near.
    assert messages(slug) == {"M17.11 for M25.561 earns 0, not 1/2."}
    assert found(slug) == {"case.near"}
    assert len(check_case(slug).findings) == 6


def test_a_chart_that_prints_a_code_of_the_key_is_found(write: Write) -> None:
    slug = write(chart=swap(CHART, ("HTN]], stable", "HTN]] (I10), stable")))
    assert messages(slug) == {"the chart prints the code I10."}
    assert len(check_case(slug).findings) == 6


def test_a_chart_that_prints_any_code_is_found(write: Write) -> None:
    slug = write(chart=swap(CHART, ("since last week", "since last week (Z00.00)")))
    assert messages(slug) == {"the chart prints the code Z00.00."}
    assert len(check_case(slug).findings) == 12


def test_a_chart_that_names_an_unknown_fact_is_found(write: Write) -> None:
    slug = write(chart=swap(CHART, ("{{ patient.name }}", "{{ nurse }}")))
    assert found(slug) == UNREADABLE
    assert "curriculum/cases/made-up-knee/chart.md: 'nurse' is undefined" in (
        check_case(slug).findings[0].message
    )


def test_a_chart_with_a_fault_of_reckoning_is_found(write: Write) -> None:
    slug = write(chart=swap(CHART, ("{{ patient.name }}", "{{ 1 + patient.name }}")))
    assert found(slug) == UNREADABLE


def test_a_chart_with_a_malformed_mark_is_found(write: Write) -> None:
    slug = write(chart=swap(CHART, ("[[drug| ]]", "[[drug]]")))
    assert "has an evidence mark that is not [[name|text]]" in check_case(slug).findings[0].message


def test_a_chart_cannot_reach_python(write: Write) -> None:
    slug = write(chart=swap(CHART, ("{{ patient.name }}", "{{ ''.__class__.__mro__ }}")))
    assert "access to attribute '__class__' of 'str' object is unsafe" in (
        check_case(slug).findings[0].message
    )


def test_too_few_variants_are_found(write: Write) -> None:
    forbid = "forbid: [{drug: oral, side: left}]\nsurface:"
    slug = write(case_yml=swap(CASE, ("surface:", forbid)))
    # 12 - 1 (left) x 2 (pressures) = 10
    assert messages(slug) == {"10 variants; a family needs 12."}


def test_too_few_distinct_keys_are_found(write: Write) -> None:
    key = swap(
        KEY,
        ("{by: [side], values: {right: M25.561, left: M25.562}}", "M25.561"),
        ("{by: [drug], values: {insulin|oral: E11.9, none: none}}", "E11.9"),
        ("{by: [drug], values: {insulin: Z79.4, oral: Z79.84, none: none}}", "Z79.4"),
    )
    # Only the pressure decides a code that is required: 2 keys.
    assert messages(write(key_yml=key)) == {"2 distinct keys; a family needs 6."}


def test_a_fact_that_changes_nothing_is_found(write: Write) -> None:
    slug = write(case_yml=swap(CASE, ("facts:\n", "facts:\n  weather: [rain, sun]\n")))
    assert messages(slug) == {"fact weather changes nothing."}


def test_a_forbidden_code_that_costs_nothing_is_found(write: Write) -> None:
    # Four digits are no procedure code, so the worksheet does not read the line at all.
    pair = ("dx: {by: [side], values: {right: M17.11, left: M17.12}}", "line: '9921'")
    slug = write(key_yml=swap(KEY, pair))
    assert "9921 costs nothing." in messages(slug)
    assert found(slug) == {"case.code", "case.forbidden"}


def test_a_key_written_in_another_notation_than_the_worksheet_is_found(write: Write) -> None:
    slug = write(key_yml=swap(KEY, ("high: I10", "high: i10")))
    assert found(slug) == {"case.self"}
    # knee 3 + pressure 1 + visit 2 + units 1 + pointer 0.5 + grid 3 = 10.5, and 2 more with a drug
    # lost: the missing code 1, and 0.5 for what stands in its place
    # (10.5 - 1.5) / 10.5 = 6/7, (12.5 - 1.5) / 12.5 = 22/25
    assert messages(slug) == {
        f"the key itself scores {score}, not 1: diagnosis: i10 is missing: It is documented."
        for score in ("6/7", "22/25")
    }


def test_a_code_that_is_right_and_forbidden_at_once_is_found(write: Write) -> None:
    slug = write(key_yml=swap(KEY, ("right: M17.11", "right: M25.561")))
    assert found(slug) == {"case.data"}
    assert "M25.561 is forbidden by item arthrosis and right by item knee" in (
        check_case(slug).findings[0].message
    )
    assert len(check_case(slug).findings) == 6


def test_a_key_that_breaks_an_edit_is_found(write: Write) -> None:
    # Two types of diabetes: each excludes the other, which is told once.
    more = "  other-type:\n    dx: E10.9\n    why: Wrong.\n    cites: ['guidelines: IV.I']\n"
    slug = write(key_yml=KEY + more)
    assert found(slug) == {"case.edits"}
    assert len(check_case(slug).findings) == 8  # 8 variants with diabetes


_OTHER_TYPE = """  other-type:
    dx: {by: [drug], values: {insulin|oral: E10.9, none: none}}
    why: Wrong.
    cites: ['guidelines: IV.I']
"""
_TRIPS = (
    "trips:\n  dx.excludes1: {by: [drug], values: {insulin|oral: The record says so., none: %s}}\n"
)


def test_an_edit_that_the_key_says_it_breaks_is_no_fault(write: Write) -> None:
    key = swap(KEY + _OTHER_TYPE, ("items:\n", _TRIPS % "none" + "items:\n"))
    assert check_case(write(key_yml=key)).findings == ()


def test_an_edit_that_the_key_does_not_break_as_it_says_is_found(write: Write) -> None:
    key = swap(KEY + _OTHER_TYPE, ("items:\n", _TRIPS % "No." + "items:\n"))
    slug = write(key_yml=key)
    assert messages(slug) == {"the key does not break the edit dx.excludes1, as it says."}
    assert len(check_case(slug).findings) == 2 * 2  # no drug: 2 sides x 2 pressures


def test_an_edit_that_a_key_does_not_name_is_still_found(write: Write) -> None:
    trips = "trips: {dx.unknown: A guess.}\n"
    slug = write(key_yml=swap(KEY + _OTHER_TYPE, ("items:\n", trips + "items:\n")))
    assert found(slug) == {"case.edits", "case.trips"}


def test_diagnoses_that_run_in_a_circle_are_found(write: Write) -> None:
    key = swap(
        KEY,
        ("    critical: yes\n", "    before: [pressure]\n"),
        ("dx: {by: [pressure]", "before: [knee]\n    dx: {by: [pressure]"),
    )
    slug = write(key_yml=key)
    assert found(slug) == {"case.data"}
    assert {message.partition(";")[0] for message in messages(slug)} == {
        "'before' runs in a circle among knee, pressure"
    }
    assert len(check_case(slug).findings) == 6


def test_a_table_without_a_row_for_a_fact_is_found(write: Write) -> None:
    slug = write(key_yml=swap(KEY, ("{high: I10, normal: none}", "{high: I10}")))
    assert found(slug) == {"case.data"}
    assert (
        check_case(slug)
        .findings[0]
        .message.endswith("0 rows fit {'pressure': 'normal'}; write one")
    )


def test_a_key_that_is_not_there_is_found(write: Write) -> None:
    slug = write(key_yml=swap(KEY, ("case: made-up-knee", "case: another")))
    assert found(slug) == {"case.data"}
    assert "case is 'another'; it must be 'made-up-knee'" in check_case(slug).findings[0].message


def test_a_day_without_code_sets_is_found(write: Write) -> None:
    slug = write(case_yml=swap(CASE, ("2026-02-11", "2025-09-30")))
    assert found(slug) == {"case.data"}
    assert "nothing in force on 2025-09-30" in check_case(slug).findings[0].message


def test_a_withheld_key_is_found(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    slug = write(use="graded")
    monkeypatch.setenv("CODINGLAB_GRADERS", "")
    assert messages(slug) == {
        "the key of made-up-knee is with your instructor, who marks this work"
    }
