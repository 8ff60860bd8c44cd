"""The reference answer as a worksheet: in sequence, pointers within four, and fully marked."""

from fractions import Fraction

import pytest

from codinglab.core.tables import BadData
from codinglab.course import answers
from codinglab.course.mark import mark, reference
from codinglab.course.solution import worksheet
from codinglab.grading.items import Expected, ExpectedItem, ExpectedReferences, Status

SLUG = "diabetes-kidney-follow-up"
ONE = Fraction(1)


def dx(name: str, **fields: object) -> ExpectedItem:
    return ExpectedItem(name, answers.DIAGNOSIS, name.upper(), ONE, **fields)


def line(required: set[str], primary: set[str] = frozenset()) -> ExpectedItem:
    references = ExpectedReferences(
        answers.POINTERS, frozenset(required), ONE, frozenset(primary), frozenset(primary)
    )
    return ExpectedItem("x", answers.LINE, "99213", ONE, references=(references,))


def test_the_worksheet_of_a_variant_is_what_a_trainee_would_write() -> None:
    assert worksheet(reference(SLUG, 3)) == (
        "dx E11.22\ndx E11.65\ndx I12.9\ndx N18.32\ndx Z79.84\n"
        "line 99214 x1 dx A\nem mdm moderate/low/moderate\n"
    )


@pytest.mark.parametrize("number", range(1, 37))
def test_the_worksheet_of_every_variant_earns_all(number: int) -> None:
    assert mark(SLUG, number, worksheet(reference(SLUG, number))).score == 1


def test_another_value_may_stand_in_for_an_item() -> None:
    text = worksheet(reference(SLUG, 8), {"diabetes-kidney": "E11.9", "office-visit": "99213"})
    assert text.splitlines()[0] == "dx E11.9"
    assert text.splitlines()[3] == "line 99213 x1 dx A"


def test_optional_and_forbidden_items_are_left_out() -> None:
    items = (dx("a"), dx("b", status=Status.OPTIONAL), dx("c", status=Status.FORBIDDEN))
    assert worksheet(Expected(items)) == "dx A\n"


def test_a_first_listed_item_stands_first_wherever_the_key_has_it() -> None:
    assert worksheet(Expected((dx("a"), dx("b", first=True)))) == "dx B\ndx A\n"


def test_what_comes_before_another_stands_before_it() -> None:
    items = (dx("a"), dx("b"), dx("c", before=("a",)))
    assert worksheet(Expected(items)) == "dx B\ndx C\ndx A\n"


def test_a_circle_is_told_and_not_walked() -> None:
    items = (dx("a", before=("b",)), dx("b", before=("a",)))
    with pytest.raises(BadData, match=r"^'before' runs in a circle among a, b; take one of them"):
        worksheet(Expected(items))


def test_a_primary_pointer_stands_first() -> None:
    items = (dx("a"), dx("b"), line({"a", "b"}, {"b"}))
    assert worksheet(Expected(items)) == "dx A\ndx B\nline 99213 dx B,A\n"


def test_a_line_has_at_most_four_pointers() -> None:
    items = (*(dx(name) for name in "abcde"), line(set("abcde")))
    assert worksheet(Expected(items)).splitlines()[-1] == "line 99213 dx A,B,C,D"
