"""The page of a form: each box is a link with its name, its text, its rule and its place."""

import re
import sys
from datetime import date
from pathlib import Path

import pytest
from lxml import html

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "claim"))

from made_claims import claim

from codinglab.claim.form_fill import fill
from codinglab.core.findings import Finding
from codinglab.lab.form_boxes import box_of
from codinglab.lab.form_page import form_html, form_view, standalone

DAY = date(2026, 3, 3)


def shown(name: str, findings=()):
    return html.fromstring(form_html(fill(claim(name))[0], findings))


def of_class(page, name: str):
    return page.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def links(page, box: str):
    return [one for one in of_class(page, "clf-box") if one.get("data-box") == box]


def link(page, box: str, at: int = 0):
    return links(page, box)[at]


@pytest.mark.parametrize("name", ["office visit", "inpatient"])
def test_every_box_is_a_link_to_a_section_that_is_there(name: str) -> None:
    page = shown(name)
    boxes = list(fill(claim(name))[0][0].layout.boxes)
    sections = {one.get("id") for one in page.xpath(".//section")}
    assert sections == {f"form-{box}" for box in boxes}
    drawn = of_class(page, "clf-box")
    assert {one.get("data-box") for one in drawn} == set(boxes)
    assert {one.get("href").removeprefix("#") for one in drawn} == sections


def test_a_link_says_box_meaning_and_what_is_typed() -> None:
    page = shown("office visit")
    assert link(page, "2").get("aria-label") == (
        "2 Patient: last name, first, middle. Box 2, Patient's name: QUILL, WALTER, B"
    )
    assert link(page, "3").get("aria-label") == (
        "3 Patient: day of birth and sex. Box 3, Patient's day of birth and sex: 05 17 1948, M"
    )
    assert link(page, "24F", 2).get("aria-label") == "Box 24F, line 2, Charge: 28 50"
    assert link(page, "9").get("aria-label") == (
        "9 Other insured: name. Box 9, Other insured's name: nothing"
    )


def test_the_parts_of_an_address_are_links_of_their_own() -> None:
    page = shown("office visit")
    labels = [one.get("aria-label") for one in links(page, "5")]
    told = "Box 5, Patient's address and telephone"
    assert labels == [
        f"5 Patient: street. {told}: 12 ORCHARD LANE",
        f"City. {told}: MILLBROOK",
        f"State. {told}: OH",
        f"ZIP code. {told}: 43015",
        f"Telephone. {told}: 614 5550171",
    ]


def test_a_section_tells_rule_rejection_place_and_source() -> None:
    text = " ".join(shown("office visit").get_element_by_id("form-22").text_content().split())
    assert "7 to replace or 8 to void a claim" in text
    assert "takes it for a duplicate" in text
    assert "loop 2300, CLM05: Its third part" in text
    assert "loop 2300, REF02 where REF01=F8" in text
    assert "Medicare Claims Processing Manual Pub. 100-04, chapter 26, section 10.4" in text


def test_a_box_that_the_wire_does_not_have_says_so() -> None:
    section = shown("inpatient").get_element_by_id("form-65")
    assert "No element carries it." in section.text_content()


def test_a_finding_is_counted_at_its_box_and_told_in_its_section() -> None:
    finding = Finding("form.total", "box 28", "the sum is 1.00.", "Write 247.50.")
    page = shown("office visit", [finding])
    assert link(page, "28").get("aria-label") == (
        "28 Total charge. Box 28, Total charge: 247 50; 1 finding"
    )
    assert "clf-found" in link(page, "28").get("class")
    told = page.get_element_by_id("form-28").text_content()
    assert "error: the sum is 1.00. Write 247.50." in told


@pytest.mark.parametrize(
    ("place", "box"),
    [
        ("box 24E, line 2", "24E"),
        ("page 2, box 28", "28"),
        ("cell 24K", ""),
        ("item 33a, 2010AA NM109", "33a"),
        ("FL 76, 2310A NM109", "76"),
        ("box 67A-Q", "67A-Q"),
    ],
)
def test_the_box_of_a_finding_is_read_from_its_place(place: str, box: str) -> None:
    assert box_of(Finding("x", place, "", "")) == box


def test_what_is_typed_is_escaped() -> None:
    pages, _ = fill(claim("office visit"))
    pages[0].texts["19"] = "<B>&"
    text = form_html(pages)
    assert "<B>" not in text
    assert "&lt;B&gt;&amp;" in text


def test_every_typed_text_stands_on_the_page_once() -> None:
    pages, _ = fill(claim("inpatient"))
    typed = [one.text for one in of_class(html.fromstring(form_html(pages)), "clf-typed")]
    assert sorted(typed) == sorted(
        text[: pages[0].layout.cells[name].characters] for name, text in pages[0].texts.items()
    )


def test_the_document_stands_alone_and_asks_for_nothing() -> None:
    text = standalone(fill(claim("office visit"))[0])
    assert text.startswith("<!DOCTYPE html>")
    assert not re.search(r"https?://|<link|src=|@import", text)
    assert "export" not in text.partition("<script>")[2]
    assert "Training copy, not for submission" in text


def test_the_widget_sends_its_page_when_it_is_opened_and_saves_none_of_it() -> None:
    view = form_view(fill(claim("office visit"))[0])
    sent = []
    view.send = sent.append
    view._receive(view, {"kind": "open"}, [])
    assert [one["kind"] for one in sent] == ["page"]
    assert "QUILL, WALTER, B" in sent[0]["html"]
    state = view.get_state()
    assert "QUILL" not in str(state)
    assert len(str(state)) < 14_000


def test_no_page_cannot_be_shown() -> None:
    with pytest.raises(ValueError, match="no page to show"):
        form_html([])
