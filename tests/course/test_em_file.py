"""The section `em` of an encounter file, and the worked grid in each form of a review."""

import pytest

from codinglab.core.tables import BadData, check
from codinglab.course.em_file import EmRow
from codinglab.course.review import review
from codinglab.course.review_read import About, read
from codinglab.course.review_text import as_text
from codinglab.lab.review_page import visit_page

FILE = """
on: 2026-03-02
setting: professional
payer: commercial PPO
em:
  problems: [{kind: chronic-worse, what: diabetes <1>}]
  data: [{kind: test, what: "93000"}]
  risk: [{kind: prescription-drug, what: insulin}]
worksheet: |
  dx E11.65
  line 99214-25 x1 dx A
  line 93000 x1 dx A
"""


def test_the_text_shows_each_cell_with_its_reason_and_what_did_not_count() -> None:
    text = as_text(review(read(FILE, "file", About())))
    worked = text[text.index("Level of the visit") :].split("\n\n", maxsplit=1)[0]
    assert worked.splitlines() == [
        "Level of the visit, worked",
        (
            "  problems       moderate         a chronic illness that worsens, is not at its "
            "goal, or has side effects of treatment"
        ),
        "    counted: diabetes <1> (chronic-worse)",
        "  data           straightforward  less than low needs: category 1: 0 pieces",
        "    not counted: test 93000: its reading is billed by the same practitioner",
        (
            "  risk           moderate         managing a prescription drug: begun, changed, or "
            "weighed and continued"
        ),
        "    counted: insulin (prescription-drug)",
        "  two of three   moderate         the middle one of the three",
        "  line 2, billed 99214 99214            99214 by decision making",
    ]


def test_the_json_and_the_page_hold_the_same_cells() -> None:
    one = review(read(FILE, "file", About()))
    found = one.as_json()["visit"]
    assert isinstance(found, dict)
    assert found["decision_making"] == "moderate"
    assert [cell["level"] for cell in found["elements"]] == [
        *("moderate", "straightforward", "moderate"),
    ]
    assert found["time"] is None
    assert found["codes"][0] == {
        "place": "line 2",
        "billed": "99214",
        "family": "office-established",
        "by_decision_making": "99214",
        "by_time": None,
        "reached": "99214",
        "steps_above": 0,
    }
    page = visit_page(one)
    assert "diabetes &lt;1&gt; (chronic-worse)" in page
    assert "<1>" not in page


def test_without_the_section_nothing_is_worked() -> None:
    before, after = FILE.split("em:\n")
    text = before + after[after.index("worksheet:") :]
    one = review(read(text, "file", About()))
    assert one.visit is None
    assert "Level of the visit" not in as_text(one)
    assert visit_page(one) == ""


@pytest.mark.parametrize(
    ("em", "message"),
    [
        ({}, "say problems, data and risk, or time, or both"),
        ({"problems": []}, "say data and risk too, as \\[\\] where there was none"),
        (
            {"problems": [{"kind": "bad", "what": "x"}]},
            "em: problems.0.kind",
        ),
        ({"time": []}, "em: time: Tuple should have at least 1 item"),
        ({"time": [{"minutes": 0, "what": "x", "of": "staff"}]}, "em: time.0.minutes"),
        ({"time": [{"minutes": 5, "what": "x"}]}, "em: time.0.of: Field required"),
    ],
)
def test_a_section_that_says_half_is_refused(em: dict[str, object], message: str) -> None:
    with pytest.raises(BadData, match=message):
        check(EmRow, em, "em")
