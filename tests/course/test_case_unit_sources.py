"""Cases, units and sources are found by name, and what is wrong is named with what there is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from made_up import CASE, LESSON, SLUG, UNIT, write_unit

from codinglab.core.tables import BadData
from codinglab.course.case import load, slugs
from codinglab.course.sources import cite, tabular_code
from codinglab.course.unit import UnitCase, UnitView, load_unit, unit_slugs

Write = Callable[..., str]


def test_a_case_is_known_by_its_folder(write: Write) -> None:
    assert (write(), slugs()) == (SLUG, (SLUG,))
    assert str(load(SLUG).day) == "2026-02-11"
    assert load(SLUG).file.facts["side"] == ("right", "left")


@pytest.mark.parametrize("slug", ["made-up", "made-up-knee-2", "../cases/made-up-knee", ""])
def test_an_unknown_case_is_told_with_those_there_are(slug: str, write: Write) -> None:
    write()
    with pytest.raises(BadData) as caught:
        load(slug)
    assert str(caught.value) == f"there is no case {slug!r}; the cases are: made-up-knee"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("use: practice", "use: exam", "use"),
        ("setting: professional", "setting: hospital", "setting"),
        ('"11"', '"1"', "place_of_service"),
        ("2026-02-11", "2026-02-30", "service_date"),
        ("[knee]", "[]", "competencies"),
        ("difficulty: 1", "difficulty: 6", "difficulty"),
        ("minutes: 5", "minutes: 121", "minutes"),
        ("hints: [Which side is it?]", "hints: []", "hints"),
        ("title: A knee that hurts\n", "", "title"),
        ("payer:", "colour: red\npayer:", "colour"),
    ],
)
def test_a_wrong_field_of_a_case_is_named(old: str, new: str, field: str, write: Write) -> None:
    assert CASE.count(old) == 1
    slug = write(case_yml=CASE.replace(old, new))
    with pytest.raises(BadData, match=rf"made-up-knee/case\.yml: {field}(?:\.\d+)?: "):
        load(slug)


def test_a_units_lesson_is_cut_at_its_cases(write: Write, checkout: Path) -> None:
    write()
    read = load_unit(write_unit(checkout))
    assert unit_slugs() == ("01-one",)
    assert read.parts == (
        ("# One\n\nBefore.", UnitCase(case=SLUG, variant=2, points=7)),
        ("After.", None),
    )


def test_a_lesson_has_places_for_something_to_look_at(write: Write, checkout: Path) -> None:
    write()
    lesson = f"# One\n\n<!-- view: ways-of-paying -->\n\nThen.\n\n<!-- case: {SLUG} -->\n"
    read = load_unit(write_unit(checkout, lesson=lesson))
    assert read.parts == (
        ("# One", UnitView("ways-of-paying")),
        ("Then.", read.case(SLUG)),
        ("", None),
    )


def test_a_unit_knows_its_cases_and_no_others(write: Write, checkout: Path) -> None:
    write()
    read = load_unit(write_unit(checkout))
    assert read.case(SLUG).points == 7
    with pytest.raises(BadData, match="case 'other' is not in unit 01-one"):
        read.case("other")


def test_lesson_and_unit_name_the_same_cases(write: Write, checkout: Path) -> None:
    write()
    slug = write_unit(checkout, lesson="# One\n")
    with pytest.raises(
        BadData, match=r"lesson\.md places the cases \[\], unit\.yml lists \['made-up-knee'\]"
    ):
        load_unit(slug)


def test_a_unit_has_one_variant_of_a_case(write: Write, checkout: Path) -> None:
    write()
    twice = UNIT + "  - {case: made-up-knee, variant: 3, points: 7}\n"
    slug = write_unit(checkout, twice, LESSON + "\n<!-- case: made-up-knee -->\n")
    with pytest.raises(
        BadData, match="case made-up-knee stands twice; a unit has one variant of a"
    ):
        load_unit(slug)


def test_a_graded_case_has_no_place_in_a_practice_unit(write: Write, checkout: Path) -> None:
    write(use="graded")
    slug = write_unit(checkout)
    with pytest.raises(BadData, match="case made-up-knee is for graded, not practice"):
        load_unit(slug)


def test_an_unknown_unit_is_told_with_those_there_are(checkout: Path) -> None:
    write_unit(checkout)
    with pytest.raises(BadData, match=r"^there is no unit '02-two'; the units are: 01-one$"):
        load_unit("02-two")


def test_a_cite_is_shown_with_what_its_place_is_about() -> None:
    assert str(cite("guidelines: I.C.4.a")) == (
        "ICD-10-CM guidelines FY2026, I.C.4.a (diabetes mellitus)"
    )


def test_a_cite_of_a_source_without_listed_places_takes_any_place() -> None:
    assert str(cite("tabular: E11.22 use additional")) == (
        "ICD-10-CM Tabular April 2026, E11.22 use additional"
    )


def test_a_cite_of_a_codes_entry_names_the_answer_and_one_of_a_rule_does_not() -> None:
    assert cite("tabular: E11.22").names_answer
    assert not cite("guidelines: I.C.4.a").names_answer


@pytest.mark.parametrize("text", ["guidelines: I.Z", "guidelines:", "guidelines", "tabular: "])
def test_a_cite_of_no_listed_place_is_refused(text: str) -> None:
    with pytest.raises(
        BadData, match=r"^cite '.*': ICD-10-CM .* has no place '.*' in sources\.yml$"
    ):
        cite(text)


def test_a_cite_of_no_source_is_refused() -> None:
    with pytest.raises(BadData, match="no source 'hearsay'; known: guidelines, tabular, "):
        cite("hearsay: I.A")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tabular: E11.22", "E11.22"),
        ("tabular: R73.0 excludes1", "R73.0"),
        ("tabular: chapter 4", None),
        ("guidelines: I.C.4.a", None),
    ],
)
def test_the_code_of_a_tabular_cite_is_its_first_word(text: str, code: str | None) -> None:
    assert tabular_code(text) == code
