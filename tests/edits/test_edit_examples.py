"""Every edit has a page of lesson and examples, every page an edit, and each example holds."""

import pytest

from codinglab.course.edit_examples import Example, edit_file_names, examples
from codinglab.edits.catalog import EDITS, find_edit
from codinglab.edits.rule import Edit

ALL = [one for name in edit_file_names() for one in examples(name)]


def test_every_edit_has_a_file_and_every_file_an_edit() -> None:
    assert sorted(one.id for one in EDITS) == list(edit_file_names())


def test_no_two_edits_share_an_id() -> None:
    assert len({one.id for one in EDITS}) == len(EDITS)


@pytest.mark.parametrize("one", ALL, ids=str)
def test_the_example_holds(one: Example) -> None:
    assert one.found() == (None if one.not_in_force else one.finds)


@pytest.mark.parametrize("one", ALL, ids=str)
def test_the_example_shows_what_its_kind_says(one: Example) -> None:
    assert bool(one.finds) == (one.kind == "fails") or one.kind == "dates"


@pytest.mark.parametrize("name", edit_file_names())
def test_the_dates_show_both_sides_of_a_day(name: str) -> None:
    sides = {(one.found() or ()) != () for one in examples(name) if one.kind == "dates"}
    refused = any(one.not_in_force for one in examples(name) if one.kind == "dates")
    assert len(sides) == 2 or refused


@pytest.mark.parametrize("one", EDITS, ids=lambda one: one.id)
def test_every_edit_says_its_source_and_has_a_page(one: Edit) -> None:
    assert one.source
    assert one.title.endswith(".")
    assert len(one.page) > len(one.title), "a page says more than its title"
    assert find_edit(one.id) is one
