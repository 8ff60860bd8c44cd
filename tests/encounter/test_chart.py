"""A chart: documents by first-level headings, and named spans that carry evidence."""

import pytest

from codinglab.encounter.chart import CLOSE, END, OPEN, BadChart, parse

TEXT = """# Intake

BP 134/78.

# Progress note

## Plan

1. [[kidney|CKD stage
   3a]], stable. [[diabetes|Type 2 DM]].
2. Labs. [[kidney|eGFR 51]]
"""


def test_each_first_level_heading_opens_a_document() -> None:
    assert [one.title for one in parse(TEXT, "chart.md").documents] == ["Intake", "Progress note"]


def test_a_trainee_reads_the_text_without_marks() -> None:
    assert parse("# Note\n\nHas [[a|one]] and [[b|two]].\n", "chart.md").text == (
        "# Note\n\nHas one and two."
    )


def test_evidence_is_each_span_of_that_name_with_its_document_on_one_line() -> None:
    chart = parse(TEXT, "chart.md")
    assert chart.evidence("kidney") == (
        ("Progress note", "CKD stage 3a"),
        ("Progress note", "eGFR 51"),
    )


def test_a_name_that_no_span_has_is_no_evidence() -> None:
    assert parse(TEXT, "chart.md").evidence("asthma") == ()


def test_the_names_of_all_spans_are_known() -> None:
    assert parse(TEXT, "chart.md").evidence_names == {"kidney", "diabetes"}


def test_a_view_gets_each_span_between_private_marks() -> None:
    (one,) = parse("# Note\n\nHas [[a|one]].\n", "chart.md").documents
    assert one.marked == f"Has {OPEN}a{CLOSE}one{END}."


@pytest.mark.parametrize("text", ["", "no heading\n", "before\n# Note\n\ntext\n", "## Plan\n"])
def test_a_chart_must_begin_with_a_document(text: str) -> None:
    with pytest.raises(BadChart, match=r"^chart\.md: a chart must begin with a document heading"):
        parse(text, "chart.md")


@pytest.mark.parametrize("mark", ["[[kidney]]", "[[Kidney|CKD]]", "[[kidney|CKD", "CKD]]"])
def test_a_malformed_mark_is_told_with_its_document(mark: str) -> None:
    with pytest.raises(BadChart, match="document 'Note' has an evidence mark that is not"):
        parse(f"# Note\n\n{mark} here\n", "chart.md")
