"""The index as the workspace walks it: each answer has what the page shows."""

from datetime import date

import pytest

from codinglab.core.tables import BadData
from codinglab.lab.book_index import BOOKS, term_page, terms

DAY = date(2026, 3, 2)
DISEASES = "Diseases and injuries"


def test_main_terms_are_those_that_begin_alike() -> None:
    found = terms(DAY, f"{DISEASES}\thypertension")
    assert [one["label"] for one in found["terms"]][:1] == ["Hypertension, hypertensive"]
    assert not found["more"]
    assert found["source"].startswith("this lab's own short index")


def test_nothing_typed_lists_nothing_but_says_which_index_it_is() -> None:
    assert terms(DAY, f"{DISEASES}\t ")["terms"] == []


def test_a_term_has_its_way_its_code_and_its_subterms() -> None:
    page = term_page(DAY, f"{DISEASES}\tdiabetes > type 2")
    assert page["way"][-1] == "type 2"
    assert page["term"]["code"] == "E11.9"
    assert page["below"][0]["label"] == "with"


def test_a_site_in_the_table_of_neoplasms_has_six_codes() -> None:
    (first, *_) = terms(DAY, "Neoplasms\tbreast")["terms"]
    assert first["cells"] == [
        ["malignant primary", "C50.9-"],
        ["malignant secondary", "C79.81"],
        ["in situ", "D05.-"],
        ["benign", "D24.-"],
        ["uncertain", "D48.6-"],
        ["unspecified", "D49.3"],
    ]


def test_a_path_or_book_that_is_not_there_is_named() -> None:
    with pytest.raises(BadData, match="has no term 'Diabetes > purple'"):
        term_page(DAY, f"{DISEASES}\tDiabetes > purple")
    with pytest.raises(BadData, match=f"there is no index 'x'; choose one of {', '.join(BOOKS)}"):
        terms(DAY, "x\ty")
