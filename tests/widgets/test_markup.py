"""Chart text becomes HTML in which nothing of the text can act as HTML."""

from __future__ import annotations

import re

from codinglab.widgets.markup import to_html


def marked(name: str, text: str) -> str:
    return f"\u27e6{name}\u27e7{text}\u27e6/\u27e7"


def test_headings_start_at_the_third_level_because_the_case_has_the_second() -> None:
    assert to_html("## History\n### Social") == "<h3>History</h3>\n<h4>Social</h4>"


def test_lines_of_a_paragraph_are_joined_and_an_empty_line_parts_two() -> None:
    assert to_html("One\ntwo.\n\nThree.") == "<p>One two.</p>\n<p>Three.</p>"


def test_a_list_item_keeps_the_lines_that_continue_it() -> None:
    assert to_html("- insulin\n  at night\n- losartan") == (
        "<ul><li>insulin at night</li><li>losartan</li></ul>"
    )


def test_a_numbered_list_goes_on_counting_after_a_break() -> None:
    assert to_html("1. one\n\n2) two") == '<ol><li>one</li></ol>\n<ol start="2"><li>two</li></ol>'


def test_a_table_with_a_rule_has_column_headings() -> None:
    assert to_html("| Test | Value |\n|---|:-:|\n| eGFR | 38 |") == (
        '<table><thead><tr><th scope="col">Test</th><th scope="col">Value</th></tr></thead>'
        "<tbody><tr><td>eGFR</td><td>38</td></tr></tbody></table>"
    )


def test_a_table_without_a_rule_has_none() -> None:
    assert to_html("| BP | 138/82 |") == (
        "<table><tbody><tr><td>BP</td><td>138/82</td></tr></tbody></table>"
    )


def test_everything_in_the_text_is_escaped_even_a_span_name() -> None:
    assert to_html("<img src=x onerror=1> & **b<**") == (
        "<p>&lt;img src=x onerror=1&gt; &amp; <strong>b&lt;</strong></p>"
    )
    assert to_html(marked('a"><script>', "<i>")) == (
        '<p><span data-evidence="a&quot;&gt;&lt;script&gt;">&lt;i&gt;</span></p>'
    )


def test_evidence_over_several_table_cells_and_blocks_is_closed_in_each() -> None:
    assert to_html("| \u27e6egfr\u27e7eGFR | 38\u27e6/\u27e7 |") == (
        '<table><tbody><tr><td><span data-evidence="egfr">eGFR</span></td>'
        '<td><span data-evidence="egfr">38</span></td></tr></tbody></table>'
    )
    assert to_html("a \u27e6x\u27e7b\n\n- c\u27e6/\u27e7 d") == (
        '<p>a <span data-evidence="x">b</span></p>\n'
        '<ul><li><span data-evidence="x">c</span> d</li></ul>'
    )


def test_a_case_without_marks_has_no_evidence_attributes() -> None:
    assert to_html("Type 2 diabetes.") == "<p>Type 2 diabetes.</p>"


def test_an_empty_document_is_empty() -> None:
    assert to_html("\n \n") == ""


def test_a_face_sheet_keeps_its_lines_and_a_narrative_runs_on() -> None:
    assert to_html("Name: A. B.\nPlace: office.") == "<p>Name: A. B.<br>Place: office.</p>"
    assert (
        to_html("feels well and\nsleeps. Eats\nwell") == "<p>feels well and sleeps. Eats well</p>"
    )


def test_a_signature_between_stars_is_italic_and_a_product_is_not() -> None:
    assert to_html("*Signed, A. B.*") == "<p><em>Signed, A. B.</em></p>"
    assert to_html("4 * 5 * 6 mm, 2*3") == "<p>4 * 5 * 6 mm, 2*3</p>"


def test_the_page_knows_the_line_that_a_released_cell_begins_with() -> None:
    from codinglab.lab.build import STUB
    from codinglab.widgets.workspace import script

    known = re.search(r"const STUB = /\^(.+?)\[", script())
    assert known is not None
    assert STUB.startswith(known[1])


def test_what_stands_between_backticks_is_shown_as_it_stands_and_can_be_scrolled_by_keys() -> None:
    assert to_html("Wire:\n\n```\nISA*00*  *<b>\n- no list **bold**\n```\n\nEnd.") == (
        '<p>Wire:</p>\n<pre tabindex="0">ISA*00*  *&lt;b&gt;\n- no list **bold**</pre>\n<p>End.</p>'
    )


def test_evidence_may_begin_in_a_row_and_go_over_its_cells() -> None:
    row = "| " + marked("eob-1", "1 | 99213") + " |"
    cells = '<span data-evidence="eob-1">1</span>', '<span data-evidence="eob-1">99213</span>'
    assert to_html(row) == (
        f"<table><tbody><tr><td>{cells[0]}</td><td>{cells[1]}</td></tr></tbody></table>"
    )


def test_words_between_backticks_are_what_one_types() -> None:
    assert to_html("Write `sum <a>` here.") == "<p>Write <code>sum &lt;a&gt;</code> here.</p>"
