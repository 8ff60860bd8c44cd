"""Every rule on whole claims has a page, a lesson and examples, and each example holds."""

from datetime import date

import pytest

from codinglab.claim.scrub_catalog import CLAIM_EDITS, find_claim_edit
from codinglab.claim.scrub_examples import ClaimExample, example_names, examples
from codinglab.claim.scrub_rule import ClaimEdit
from codinglab.codes.billing import STATUS_CATEGORIES, STATUS_CODES

ALL = [one for name in example_names() for one in examples(name)]
DAY = date(2026, 3, 16)
ENTITIES = {"", "QC", "IL", "PR", "85", "82", "71", "72", "DN"}


def test_every_rule_has_a_file_and_every_file_a_rule() -> None:
    assert sorted(one.id for one in CLAIM_EDITS) == list(example_names())


def test_no_two_rules_share_an_id() -> None:
    assert len({one.id for one in CLAIM_EDITS}) == len(CLAIM_EDITS)


@pytest.mark.parametrize("one", ALL, ids=str)
def test_the_example_holds(one: ClaimExample) -> None:
    assert one.found() == one.finds


@pytest.mark.parametrize("one", ALL, ids=str)
def test_the_example_shows_what_its_kind_says(one: ClaimExample) -> None:
    assert bool(one.finds) == (one.kind == "fails")


@pytest.mark.parametrize("one", CLAIM_EDITS, ids=lambda one: one.id)
def test_every_rule_has_a_page_a_source_and_a_place_on_the_wire(one: ClaimEdit) -> None:
    assert one.source
    assert one.at
    assert one.title.endswith(".")
    assert len(one.page) > len(one.title), "a page says more than its title"
    assert find_claim_edit(one.id) is one


@pytest.mark.parametrize("one", CLAIM_EDITS, ids=lambda one: one.id)
def test_every_answer_of_a_rule_is_in_the_status_tables(one: ClaimEdit) -> None:
    if one.answer:
        assert STATUS_CATEGORIES.find(one.answer.category, DAY).stage == "rejected"
        assert STATUS_CODES.find(one.answer.code, DAY).code == one.answer.code
        assert one.answer.entity in ENTITIES


def test_an_unknown_rule_names_those_that_are_close() -> None:
    with pytest.raises(LookupError, match=r"did you mean pointer\.none, pointer\.absent"):
        find_claim_edit("pointer.lost")
