"""A review: findings in the order in which a coder works, and what is not judged."""

from dataclasses import replace
from decimal import Decimal

from made_encounters import VISIT, reviewed

from codinglab.course.edit_examples import edit_file_names, examples
from codinglab.course.encounter_file import read_encounter
from codinglab.course.review import TELL, review
from codinglab.course.review_terms import PricesRow
from codinglab.course.review_text import as_text, written
from codinglab.encounter.circumstances import NEEDS

# Order


def test_findings_stand_in_the_order_of_the_worksheet_and_the_unreadable_among_them() -> None:
    found = reviewed("lin 1\ndx E11.9\ndx E10.9\nline 20610-RT x1 dx A\nline 99213 x1 dx A\nfoo\n")
    places = [one.finding.place for one in found.findings]
    assert places == sorted(places)
    assert places[0] == "line 1"
    assert places[-1] == "line 6"


def test_what_stands_on_no_line_comes_first_and_quotes_none() -> None:
    # The claim says how the patient left, which only an inpatient claim does.
    found = reviewed("dispo 01\ndx M17.11\nline 20610-RT x1 dx A\n")
    assert found.findings[0].finding.place == "the claim"
    assert written(found, "the claim") == ""
    assert written(found, "line 3") == "line 20610-RT x1 dx A"


def test_each_finding_names_the_place_of_its_rule_else_the_source_of_the_rule() -> None:
    found = reviewed("dx E11.9\ndx E10.9\nline 20610-RT x1 dx A\nline 99213 x1 dx A\n")
    sources = {one.finding.id: one.source for one in found.findings}
    assert sources["modifier.25"].startswith("NCCI policy manual ch. I.D")
    assert sources["dx.excludes1"] == "ICD-10-CM tabular list 2026-04, E11, Excludes1"


def test_counts_and_errors_are_told_apart() -> None:
    found = reviewed(VISIT)
    assert found.counts == {"error": 1, "warning": 0, "note": 0}
    assert found.has_errors
    assert not reviewed(VISIT.replace("99213", "99213-25")).has_errors


def test_every_need_of_an_edit_has_words_that_tell_what_to_say() -> None:
    assert set(TELL) == set(NEEDS)


def test_edits_that_are_not_told_enough_are_listed_by_what_to_say() -> None:
    found = reviewed(VISIT, patient={"born": "1951-04-18"})
    assert found.untold == {
        ("the patient's sex, F or M (patient: sex)",): ("patient.sex", "patient.pregnancy-sex")
    }
    assert {one["id"] for one in found.as_json()["not_judged"]} == {  # type: ignore[attr-defined]
        "patient.sex",
        "patient.pregnancy-sex",
    }


# Days


def test_a_day_without_the_tabular_list_is_judged_by_what_reaches_it_and_says_so_first() -> None:
    # Days of codes are known from 2015-10-01 to 2027-09-30, notes of FY2026 alone; E66.8 got codes
    # below it on 2024-10-01.
    found = reviewed("dx E66.8\nline 99213 x1 dx A\n", on="2026-11-20")
    assert [one.finding.id for one in found.findings] == ["dx.header"]
    refused = [one for one in found.not_judged if one.refused]
    assert "dx.use-additional" in {one.id for one in refused}
    assert as_text(found).splitlines()[0] == (
        "2026-11-20, professional claim, Medicare: 1 error; "
        f"{len(refused)} edits not judged: no table for the day"
    )


def test_a_day_before_every_table_finds_nothing_and_says_what_was_not_judged() -> None:
    found = reviewed(VISIT, on="2015-03-02")
    assert found.findings == ()
    assert {"dx.unknown", "line.unknown"} <= {one.id for one in found.not_judged if one.refused}


def test_an_edit_whose_table_does_not_reach_the_day_is_not_judged_and_the_others_are() -> None:
    # Unit limits of the lab begin with 2026, the tabular list with 2025-10-01.
    found = reviewed("dx E11.9\ndx E10.9\nline 99213 x1 dx A\n", on="2025-11-10")
    assert {"dx.excludes1"} <= {one.finding.id for one in found.findings}
    told = {
        ids for tell, ids in found.untold.items() if tell[0].startswith("mue: nothing in force")
    }
    assert told == {("mue.line", "mue.day")}


# All

EVERYTHING = PricesRow(
    locality="13202-01",
    participating=True,
    qualifying_apm=False,
    billed_by="physician",
    place_of_service="11",
    schedule="teaching",
    hospital="lakeside",
    reports_poa=True,
    charges=Decimal(50000),
    as_medicare=True,
)


def test_every_example_of_every_edit_is_reviewed() -> None:
    for name in edit_file_names():
        for one in examples(name):
            read = replace(read_encounter(one.encounter), prices=EVERYTHING)
            found = review(read)
            assert found.valued.why or found.valued.lines, one
            assert as_text(found).startswith(f"{read.day}, ")
            for judged in found.findings:
                assert judged.source, one
                assert judged.at_risk.why, one
