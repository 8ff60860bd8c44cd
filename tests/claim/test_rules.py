from datetime import date

import pytest

from codinglab.claim.rules import limit, listed, member_id_shape, role_needed, where
from codinglab.claim.said import _cite
from codinglab.core.cite import Cite
from codinglab.core.dates import NotInForce

DAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("professional diagnoses", 12),
        ("institutional diagnoses", 25),
        ("professional lines", 50),
        ("institutional lines", 999),
        ("professional page", 6),
        ("institutional page", 22),
        ("pointers", 4),
        ("modifiers", 4),
    ],
)
def test_the_limits_are_those_of_the_forms_and_guides(name: str, number: int) -> None:
    assert limit(name, DAY).number == number
    assert limit(name, DAY).source


@pytest.mark.parametrize(
    ("code", "name", "on"),
    [
        ("W01.0XXA", "accident cause", True),
        ("V43.52XA", "accident cause", True),
        ("X58.XXXA", "accident cause", True),
        ("X78.8XXA", "accident cause", False),  # harm done to oneself
        ("Y99.0", "accident cause", False),
        ("Y99.0", "external cause", True),
        ("Z23", "external cause", False),
        ("T50.901A", "external cause", False),
        ("AA", "anesthesia modifier", True),
        ("QS", "anesthesia modifier", False),  # tells of monitoring, and of nobody
        ("0459", "unscheduled revenue", True),
    ],
)
def test_a_code_is_on_a_list_by_itself_or_by_its_category(
    code: str, name: str, *, on: bool
) -> None:
    assert (listed(code, name, DAY) is not None) is on  # type: ignore[arg-type]


def test_who_ordered_is_asked_by_medicare_and_not_of_the_reading_alone() -> None:
    row = role_needed("imaging", "MB", (), DAY)
    assert row is not None
    assert (row.role, row.qualifier) == ("ordering", "DK")
    assert role_needed("imaging", "MB", ("26",), DAY) is None
    assert role_needed("imaging", "CI", (), DAY) is None
    assert role_needed("visit", "MB", (), DAY) is None


def test_a_field_is_named_by_the_form_of_its_claim() -> None:
    assert where("billing.npi", "professional", DAY) == "item 33a, 2010AA NM109"
    assert where("billing.npi", "institutional", DAY) == "FL 56, 2010AA NM109"
    assert where("bill.status", "professional", DAY) == "FL 17, 2300 CL103"


def test_a_shape_of_member_numbers_is_known_of_some_payers_alone() -> None:
    assert member_id_shape("MB", DAY) is not None
    assert member_id_shape("CI", DAY) is None


def test_the_lists_begin_in_2020() -> None:
    with pytest.raises(NotInForce, match="claim_rules: nothing in force on 2019-12-31"):
        limit("pointers", date(2019, 12, 31))


@pytest.mark.parametrize(
    ("source", "document", "place"),
    [
        ("45 CFR 162.406", "45 CFR", "162.406"),
        (
            "Medicare Claims Processing Manual ch. 25 s. 75.6, FL 70",
            "Medicare Claims Processing Manual",
            "ch. 25 s. 75.6, FL 70",
        ),
        ("005010X222A1, 2300 REF F8", "005010X222A1", "2300 REF F8"),
    ],
)
def test_a_source_is_cited_as_document_year_and_place(
    source: str, document: str, place: str
) -> None:
    assert _cite(source, DAY) == Cite(document, "2026", place)
